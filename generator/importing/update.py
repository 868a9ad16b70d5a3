"""A draft against what lies in plan/ already: new files are written, what a person has changed is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path

from generator.storage.draft_writer import STAMP, untouched
from generator.writing import write_file

MOST_LINES = 30
OWN = (".map.txt", "import-report.md")
"""Files that only the import writes."""


class ChangeKind(StrEnum):
    """What an import does to a file (改动)."""

    NEW = "new"
    SAME = "same"
    REPLACED = "replaced"
    KEPT = "kept"
    STALE = "stale"


@dataclass(frozen=True)
class Change:
    """One file of plan/ with what the import would write; `difference` are the lines of a diff."""

    path: str
    kind: ChangeKind
    content: bytes = b""
    difference: tuple[str, ...] = ()


def changes(folder: Path, files: Mapping[str, bytes], plan_ids: tuple[str, ...]) -> tuple[Change, ...]:
    """Every file of a draft held against `folder` (plan/), and measures that the document no longer has."""
    found = [_change(folder / path, path, content) for path, content in sorted(files.items())]
    return (*found, *_stale(folder, files, plan_ids))


def _change(target: Path, path: str, content: bytes) -> Change:
    if not target.is_file():
        return Change(path, ChangeKind.NEW, content)
    present = target.read_bytes()
    if _without_stamp(present) == _without_stamp(content):
        return Change(path, ChangeKind.SAME)
    free = path.startswith("source/") or path.endswith(OWN) or untouched(present) or _only_adds(present, content)
    kind = ChangeKind.REPLACED if free else ChangeKind.KEPT
    shown = () if path.endswith(OWN) or not path.endswith((".yml", ".txt")) else _difference(present, content)
    return Change(path, kind, content, shown)


def _without_stamp(content: bytes) -> str:
    return STAMP.sub("", content.decode("utf-8", errors="replace"), count=1)


def _only_adds(present: bytes, content: bytes) -> bool:
    """units.yml with new entries: every line that stood there still does, in its order."""
    kept = iter(content.decode("utf-8", errors="replace").split("\n"))
    return all(
        any(line == other for other in kept)
        for line in present.decode("utf-8", errors="replace").split("\n")
        if line
    )


def _difference(present: bytes, content: bytes) -> tuple[str, ...]:
    before, after = _without_stamp(present).split("\n"), _without_stamp(content).split("\n")
    lines = [
        line for line in unified_diff(before, after, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))
    ]
    more = (f"……另有 {len(lines) - MOST_LINES} 行",) if len(lines) > MOST_LINES else ()
    return (*lines[:MOST_LINES], *more)


def _stale(folder: Path, files: Mapping[str, bytes], plan_ids: tuple[str, ...]) -> Iterator[Change]:
    """Measures of an earlier import that the document does not have now."""
    for plan_id in plan_ids:
        for path in sorted((folder / plan_id / "measures").glob("*.yml")):
            name = f"{plan_id}/measures/{path.name}"
            if name not in files:
                yield Change(name, ChangeKind.STALE if untouched(path.read_bytes()) else ChangeKind.KEPT)


def apply(folder: Path, found: tuple[Change, ...]) -> tuple[str, ...]:
    """Write what is new and what nobody has touched, remove what is stale; returns the paths that changed."""
    done: list[str] = []
    for change in found:
        if change.kind in {ChangeKind.NEW, ChangeKind.REPLACED}:
            write_file(folder / change.path, change.content)
            done.append(change.path)
        elif change.kind is ChangeKind.STALE:
            (folder / change.path).unlink()
            done.append(change.path)
    return tuple(done)
