"""What lies in plan/: plan folders, measure files, and files that nobody reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.findings import Finding, Place, Severity, suggestion
from generator.storage.loaded import shown_path
from generator.storage.text_reader import RefusedError, reason, refusal

RESERVED = ("source", "schemas", "air")
SUBFOLDERS = ("measures", "progress", "decisions")
YAML_NAME = re.compile(r"\.ya?ml", re.IGNORECASE)

LEAST = {
    "units.yml": ("order_confirmed: false", "units: []"),
    "calendar.yml": ("seasons: []",),
    "rules.yml": ("grades: [{{name: 合格, minimum: 60}}, {{name: 不合格, minimum: 0}}]", "grades_basis: 待定"),
    "plan.yml": ("id: {id}", "label: 任务", "title: 方案全称", "short_title: 简称"),
}
"""What a file must have at least, line by line."""


def entries(root: Path, name: str = "") -> list[Path]:
    """What a folder under `root` holds, sorted, hidden names left out; RefusedError where it cannot be listed."""
    try:
        return sorted(path for path in (root / name).iterdir() if not path.name.startswith("."))
    except (OSError, ValueError) as fault:
        message = f"无法列出这个文件夹：{reason(fault)}；应为可以读取的文件夹"
        raise refusal(shown_path(name), "file", message) from None


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that may not be looked at is not."""
    try:
        return path.is_dir()
    except OSError:
        return False


def plan_folders(root: Path) -> list[str]:
    """Names of the folders that hold a plan, or plan files without plan.yml, which is a fault to report."""
    folders = [path.name for path in entries(root) if is_folder(path) and path.name not in RESERVED]
    return [name for name in folders if _looks_like_plan(root, name)]


def _looks_like_plan(root: Path, name: str) -> bool:
    try:
        return any(path.name == "measures" or YAML_NAME.search(path.name) for path in entries(root, name))
    except RefusedError:
        return True


def how_to_get(name: str) -> str:
    """What a required file that is not there must have at least, and which command writes it."""
    file = name.rsplit("/", 1)[-1]
    lines = [line.format(id=name.split("/", 1)[0]) for line in LEAST[file]]
    told = f"应新建，最少写 {len(lines)} 行：{''.join(f'“{line}”' for line in lines)}"
    if "/" in name:
        return f"{told}；不要这个计划的，删去它的文件夹"
    return f"{told}；运行 planbook new 新计划的id，会在新建空白计划时补出"


def no_plan() -> Finding:
    """There is nothing to read."""
    message = "plan/ 下没有任何计划；应有 plan/<计划 id>/plan.yml，可运行 planbook new 或 planbook import 新建"
    return Finding(Place("plan"), "plan-missing", Severity.ERROR, message)


def stray_files(root: Path, name: str, known: Collection[str], folders: Collection[str]) -> Iterator[Finding]:
    """What nobody reads in a plan folder is a likely slip: link.yml for links.yml, measure/ for measures/."""
    for path in entries(root, name):
        folder = is_folder(path)
        expected = folders if folder else known
        if path.name not in expected and (folder or YAML_NAME.search(path.name)):
            hint = suggestion(path.name, expected, 0.6) or f"可用的有：{'、'.join(expected)}"
            yield _stray(f"{name}/{path.name}" if name else path.name, hint)


def stray_measures(root: Path, name: str) -> Iterator[Finding]:
    """Among the measures only names that end in .yml are read: not 14.yaml, 14.YML or 14.yml.orig."""
    for path in entries(root, name):
        if path.suffix != ".yml" and YAML_NAME.search(path.name):
            stem = YAML_NAME.split(path.name)[0]
            yield _stray(f"{name}/{path.name}", f"是否指“{stem}.yml”？不用的请删去")


def _stray(name: str, hint: str) -> Finding:
    return Finding(Place(shown_path(name)), "stray-file", Severity.WARNING, f"不会被读取；{hint}")
