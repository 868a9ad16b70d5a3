"""The small plan, copied and edited: cases say in YAML what a keeper might write."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from generator.checks import check
from generator.findings import Finding
from generator.graph import ResponsibilityGraph, resolve
from generator.project import Project
from generator.storage import LoadedProject, load_project

SMALL = Path(__file__).parent / "plans" / "small"


def copied(folder: Path, edits: list[dict[str, Any]] | None = None) -> Project:
    """A copy of the small plan in `folder`, edited."""
    shutil.copytree(SMALL, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
    for edit in edits or []:
        apply(folder / "plan", edit)
    return Project(folder)


def apply(plan: Path, edit: dict[str, Any]) -> None:
    """One edit: `find` and `put` (once), `write`, `append`, `remove` or `rename`; `file` is relative to plan/."""
    path = plan / edit["file"]
    if "find" in edit:
        text = path.read_text("utf-8")
        assert text.count(edit["find"]) == 1, (
            f"{edit['find']!r} stands {text.count(edit['find'])} times in {edit['file']}"
        )
        path.write_text(text.replace(edit["find"], edit["put"]), "utf-8")
    elif "write" in edit:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit["write"], "utf-8")
    elif "append" in edit:
        path.write_text(path.read_text("utf-8") + edit["append"], "utf-8")
    elif "rename" in edit:
        path.rename(plan / edit["rename"])
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def examined(project: Project) -> tuple[LoadedProject, ResponsibilityGraph, tuple[Finding, ...]]:
    """The project loaded, resolved and checked."""
    loaded = load_project(project)
    graph = resolve(loaded)
    return loaded, graph, check(loaded, graph)


def findings(project: Project) -> tuple[Finding, ...]:
    """All findings of a project."""
    return examined(project)[2]
