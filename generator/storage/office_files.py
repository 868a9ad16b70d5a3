"""The year's records of a plan: what units reported, what was decided; and air quality beside them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import ValidationError

from generator.findings import Finding, Place, Severity, shown
from generator.model import AirRow, DecisionsFile, Record, RepliesFile, UnitReturn
from generator.storage.folders import entries, is_folder
from generator.storage.loaded import shown_path
from generator.storage.text_reader import RefusedError, read_printable_text

R = TypeVar("R", bound=Record)

AIR_FOLDER = "air"
PROGRESS_FOLDER = "progress"
REPLIES_FOLDER = "replies"
DECISIONS_FOLDER = "decisions"
AIR_HEADINGS = {
    info.title or "": name for name, info in AirRow.model_fields.items() if name not in {"file", "line"}
}
YES, NO = frozenset({"是", "已审核", "yes", "true", "1"}), frozenset({"否", "未审核", "no", "false", "0"})


class Reads(Protocol):
    """What reads one file and keeps its findings."""

    root: Path
    findings: list[Finding]

    def read(self, name: str, model: type[R], required: bool = True) -> R | None:
        """The record in a file; None, with findings, where it cannot be had."""


def return_file(plan: str, period: str, unit: str) -> str:
    """Where the return of a unit lies, relative to plan/."""
    return f"{plan}/{PROGRESS_FOLDER}/{period}/{unit}.yml"


def replies_file(plan: str, unit: str) -> str:
    """Where a unit's answers to supervision lie, relative to plan/."""
    return f"{plan}/{PROGRESS_FOLDER}/{REPLIES_FOLDER}/{unit}.yml"


def read_replies(reader: Reads, plan: str) -> tuple[RepliesFile, ...]:
    """What every unit answered to supervision, by file name."""
    names = _yaml_names(reader, f"{plan}/{PROGRESS_FOLDER}/{REPLIES_FOLDER}")
    found = (reader.read(name, RepliesFile) for name in names)
    return tuple(record for record in found if record)


def read_returns(reader: Reads, plan: str) -> tuple[UnitReturn, ...]:
    """Every return of a plan, by period, then by file name."""
    folders = _folders(reader, f"{plan}/{PROGRESS_FOLDER}")
    periods = [name for name in folders if not name.endswith(f"/{REPLIES_FOLDER}")]
    names = [name for period in periods for name in _yaml_names(reader, period)]
    found = (reader.read(name, UnitReturn) for name in names)
    return tuple(record for record in found if record)


def read_decisions(reader: Reads, plan: str) -> tuple[tuple[str, DecisionsFile], ...]:
    """Every file of decisions of a plan, with its name."""
    found = [
        (name, reader.read(name, DecisionsFile)) for name in _yaml_names(reader, f"{plan}/{DECISIONS_FOLDER}")
    ]
    return tuple((Path(name).name, record) for name, record in found if record)


def read_air(reader: Reads) -> tuple[AirRow, ...]:
    """Every row of every table in plan/air/, by file name and line."""
    names = _names(reader, AIR_FOLDER, ".csv") if os.path.lexists(reader.root / AIR_FOLDER) else []
    return tuple(row for name in names for row in _air_table(reader, name))


def _folders(reader: Reads, name: str) -> list[str]:
    if not os.path.lexists(reader.root / name):
        return []
    try:
        return [f"{name}/{path.name}" for path in entries(reader.root, name) if is_folder(path)]
    except RefusedError as refused:
        reader.findings.append(refused.finding)
        return []


def _yaml_names(reader: Reads, name: str) -> list[str]:
    return _names(reader, name, ".yml") if os.path.lexists(reader.root / name) else []


def _names(reader: Reads, name: str, suffix: str) -> list[str]:
    try:
        return [f"{name}/{path.name}" for path in entries(reader.root, name) if path.suffix == suffix]
    except RefusedError as refused:
        reader.findings.append(refused.finding)
        return []


def _air_table(reader: Reads, name: str) -> Iterator[AirRow]:
    try:
        text = read_printable_text(reader.root / name, shown_path(name))
    except RefusedError as refused:
        reader.findings.append(refused.finding)
        return
    lines = csv.reader(io.StringIO(text, newline=""))
    headings = [cell.strip() for cell in next(lines, [])]
    unknown = [heading for heading in headings if heading and heading not in AIR_HEADINGS]
    lacking = [title for title in ("月份", "镇街", "数据来源", "是否审核") if title not in headings]
    if unknown or lacking:
        told = [f"不认识的列：{shown('、'.join(unknown))}"] if unknown else []
        told += [f"缺少列：{'、'.join(lacking)}"] if lacking else []
        _report(reader, name, 1, f"{'；'.join(told)}；列名应照 plan/air/ 的样表")
        return
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield from _air_row(reader, name, lines.line_num, headings, cells)
    except csv.Error:
        _report(reader, name, lines.line_num, "表格的引号没有闭合，读不下去；请用 Excel 或 WPS 另存为 CSV UTF-8")


def _air_row(reader: Reads, name: str, line: int, headings: list[str], cells: list[str]) -> Iterator[AirRow]:
    written = {AIR_HEADINGS[head]: cell.strip() for head, cell in zip(headings, cells, strict=False) if head}
    values: dict[str, object] = {key: text for key, text in written.items() if text not in {"", "—", "/"}}
    audited = str(values.get("audited", "")).lower()
    if audited in YES | NO:
        values["audited"] = audited in YES
    try:
        yield AirRow.model_validate({**values, "file": name, "line": line})
    except ValidationError as fault:
        for error in fault.errors(include_url=False):
            title = next((head for head, key in AIR_HEADINGS.items() if key == error["loc"][0]), "")
            found = written.get(str(error["loc"][0]), "")
            told = f"“{title}”是“{shown(found)}”" if found else f"“{title}”没有填"
            _report(reader, name, line, f"{told}；{_expected(title)}")


def _expected(title: str) -> str:
    if title == "月份":
        return "应写作 2024-09"
    if title == "是否审核":
        return "应填 是 或 否"
    return "必须填写" if title in {"镇街", "数据来源"} else "应为合理范围内的数字，没有数据的留空"


def _report(reader: Reads, name: str, line: int, message: str) -> None:
    reader.findings.append(Finding(Place(shown_path(name), line), "air-table", Severity.ERROR, message))
