"""Earlier versions of a plan: plan/ at a revision of git, or a dated copy of it in a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.findings import Finding, Place, PlanError, Severity, has_errors, shown
from generator.project import Project
from generator.storage.history import HistoryError, read_revision
from generator.storage.loaded import LoadedProject
from generator.storage.loader import load_folder
from generator.storage.text_reader import MAX_BYTES, RefusedError, read_text
from generator.writing import fill_folder

RULE = "version"
SETTING = "changes_since"
UNREAD = ("schemas", "progress", "decisions")
"""Folders that the plan itself is not read from."""
MOST_SHOWN = 20
"""How many faults of an old plan are shown: nobody can mend them any more."""


@dataclass(frozen=True)
class VersionName:
    """What a version is called: as a person wrote it, which commit and of which day; empty for the present one."""

    written: str = ""
    commit: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Asked:
    """Where a version is named: a setting in a file, called by its key, or an argument of the command line."""

    place: Place
    key: str = ""

    def finding(self, message: str) -> Finding:
        """What is wrong with the version that is named there."""
        told = f"{self.key}：{message}" if self.key else message
        return Finding(self.place, RULE, Severity.ERROR, told)


def argument(name: str) -> Asked:
    """A version named by an argument of the command line; the terminal must not take it for a file."""
    return Asked(Place("命令行", within=f"参数“{name}”"))


def setting(project: Project) -> Asked:
    """The version that mkdocs.yml names."""
    path = project.mkdocs_yml
    with suppress(RefusedError):
        for number, line in enumerate(read_text(path, path.name).splitlines(), 1):
            if (column := line.find(f"{SETTING}:")) >= 0 and not line.lstrip().startswith("#"):
                return Asked(Place(path.name, number, column + 1), SETTING)
    return Asked(Place(path.name), SETTING)


@dataclass(frozen=True)
class Version:
    """版本: one state of plan/, with what it is called."""

    name: VersionName
    loaded: LoadedProject


def read_version(project: Project, written: str, beside: Path, asked: Asked | None = None) -> Version:
    """plan/ in a folder (relative to `beside`), else at a git revision of the project; PlanError says why not."""
    asked = asked or argument("版本")
    folder = _plan_folder(beside, written)
    try:
        version = Version(VersionName(written), load_folder(folder)) if folder else _from_history(project, written)
    except HistoryError as refused:
        raise PlanError([asked.finding(f"{refused}{_folder_hint(written)}")]) from None
    if has_errors(version.loaded.findings):
        raise PlanError(unusable(asked, version.name, version.loaded.findings))
    return version


def unusable(asked: Asked, name: VersionName, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Why a version cannot be compared, then its errors, each in the file of that version."""
    called = shown(name.written)
    found = [finding for finding in findings if finding.severity is Severity.ERROR]
    told = f"版本“{called}”的计划数据有 {len(found)} 处错误，不能比较；可能是用较早的格式写的，请换一个较新的版本"
    inside = (
        replace(fault, place=replace(fault.place, file=f"{called}:{fault.place.file}"))
        for fault in found[:MOST_SHOWN]
    )
    return (asked.finding(told), *inside)


def _plan_folder(beside: Path, written: str) -> Path | None:
    """The folder meant: one that holds plan/, or is itself a copy of plan/; None where it is none."""
    if not written.strip():
        return None
    try:
        folder = beside / written
        if (folder / "plan").is_dir():
            return folder / "plan"
        return folder if (folder / "units.yml").is_file() else None
    except (OSError, ValueError):
        return None


def _from_history(project: Project, written: str) -> Version:
    revision = read_revision(project.root, written, "plan", MAX_BYTES)
    files = ((name, content) for name, content in revision.files if not _unread(name))
    with tempfile.TemporaryDirectory(prefix="planbook-") as folder:
        fill_folder(Path(folder), files)
        loaded = load_folder(Path(folder))
    return Version(VersionName(written, revision.commit, date.fromisoformat(revision.day)), loaded)


def _folder_hint(written: str) -> str:
    looks_like_path = "/" in written or "\\" in written or written.startswith(".")
    return "；如果指的是文件夹，里面应有 plan/ 或 units.yml" if looks_like_path else ""


def _unread(name: str) -> bool:
    """Whether a file stands in a folder that the plan is not read from: `schemas/…`, `scheme/progress/…`."""
    folders = name.split("/")[:-1]
    return bool(set(folders[:2]) & set(UNREAD))
