"""Two versions of the small plan, told by edits; and git repositories made for a test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from generator.analysis.changes import Changes, Run, VersionChangeKind, compare
from generator.graph import ResponsibilityGraph, resolve
from generator.project import Project
from generator.storage import load_project
from generator.storage.versions import VersionName
from tests.small_plan import apply, copied

SWAPPED = {
    VersionChangeKind.ADDED: VersionChangeKind.REMOVED,
    VersionChangeKind.REMOVED: VersionChangeKind.ADDED,
}
NAMES = VersionName("旧"), VersionName("新")


def graph_of(project: Project) -> ResponsibilityGraph:
    """A project's graph; the project must be sound."""
    loaded = load_project(project)
    graph = resolve(loaded)
    assert loaded.complete, loaded.findings
    assert not graph.findings, graph.findings
    return graph


def changes_by(
    folder: Path, edits: list[dict[str, Any]], before_edits: list[dict[str, Any]] | None = None
) -> Changes:
    """What the edits change in the small plan, or in the small plan as `before_edits` leave it."""
    before = copied(folder / "before", before_edits)
    after = copied(folder / "after", [*(before_edits or []), *edits])
    return compare(graph_of(before), graph_of(after), *NAMES)


def mirrored(changes: Changes) -> Any:
    """The changes the other way round: every `before` is an `after`, what came has gone."""
    return _mirrored(changes)


def _mirrored(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_mirrored(found) for found in value)
    if isinstance(value, VersionChangeKind):
        return SWAPPED.get(value, value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    mine = {found.name: _mirrored(getattr(value, found.name)) for found in fields(value)}
    return replace(value, **{_other(name): found for name, found in mine.items()})


def _other(name: str) -> str:
    if "before" in name:
        return name.replace("before", "after")
    return name.replace("after", "before")


def unordered(value: Any) -> Any:
    """A table in which order tells nothing, for comparing; the runs of a sentence keep theirs."""
    if isinstance(value, tuple):
        found = [unordered(item) for item in value]
        return found if value and isinstance(value[0], Run) else sorted(found, key=repr)
    if is_dataclass(value) and not isinstance(value, type):
        return {it.name: unordered(getattr(value, it.name)) for it in fields(value) if it.compare}
    return value


def joined(runs: Iterable[Run]) -> str:
    """The sentence of some runs."""
    return "".join(run.text for run in runs)


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder as a user of its own, whatever this machine's settings are."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=管理员", "-c", "user.email=keeper@example.invalid", "-c", "init.defaultBranch=main")
    command = ["git", *who, "-C", str(folder), *arguments]
    days = {"GIT_AUTHOR_DATE": "2024-05-09T08:00:00+0800", "GIT_COMMITTER_DATE": "2024-05-09T08:00:00+0800"}
    done = subprocess.run(command, env=os.environ | settings | days, capture_output=True, text=True, check=True)
    return done.stdout


def repository(folder: Path, *steps: list[dict[str, Any]]) -> Project:
    """A repository of the small plan: one commit, tagged 印发, and one more for each step of edits, tagged v1, v2 …"""
    project = copied(folder)
    git(folder, "init", "--quiet")
    for number, edits in enumerate(((), *steps)):
        for edit in edits:
            apply(folder / "plan", edit)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", f"第{number + 1}版")
        git(folder, "tag", f"v{number}" if number else "印发")
    return project
