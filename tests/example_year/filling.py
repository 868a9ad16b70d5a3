"""Clerks at work: forms as `planbook forms` wrote them are opened, filled in and saved."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from generator.forms.monthly_marks import MonthlyKey
from generator.forms.monthly_reader import task_label
from generator.forms.monthly_workbook import PLACES
from generator.forms.word_answers import read_word
from generator.office.archives import repeatable
from tests.example_year.scenario import Answers, Asked, answers
from tests.returned_forms import beside, fill_word

HEAD_ROWS = 3
SIGNATURES = ("填表人", "审核人")
CLERKS = ("示例甲", "示例乙")

Change = Callable[[str, Asked, Answers], Answers | None]
"""What goes wrong in a row: task, what is asked, the right answers → what is written; None leaves the row empty."""


@dataclass(frozen=True)
class Form:
    """A form of one unit as it went out; `twin` is the same in Word."""

    key: MonthlyKey
    name: str
    content: bytes
    twin: bytes


def forms_in(folder: Path, plan: str, units: Mapping[str, str]) -> Iterator[Form]:
    """Every workbook of a folder that `planbook forms` filled, with its Word twin; units by their names."""
    for path in sorted(folder.glob("*.xlsx")):
        key = MonthlyKey(plan, folder.name, units[path.stem.split()[1]])
        yield Form(key, path.stem, path.read_bytes(), path.with_suffix(".docx").read_bytes())


def as_asked(task: str, asked: Asked, right: Answers) -> Answers | None:
    """Nothing goes wrong."""
    return right


def filled_workbook(
    form: Form,
    day: date,
    dated: Mapping[str, bool],
    change: Change = as_asked,
    signed: bool = True,
    note: tuple[str, str] | None = None,
    without: str = "",
) -> bytes:
    """The workbook as a clerk saves it; `note` replaces words above the table, `without` deletes a row."""
    workbook = openpyxl.load_workbook(io.BytesIO(form.content))
    sheet = workbook.worksheets[0]
    for row in sheet.iter_rows(min_row=HEAD_ROWS + 1):
        asked = _asked(form.key, row, dated)
        written = change(asked.task, asked, answers(asked)) if asked else None
        for key, value in (written or {}).items():
            row[PLACES[key]].value = value
    for label, name in zip(SIGNATURES, CLERKS, strict=True) if signed else ():
        beside(sheet, label).value = name
    if note:
        sheet.cell(2, 1).value = str(sheet.cell(2, 1).value).replace(*note)
    for row in sheet.iter_rows(min_row=HEAD_ROWS + 1) if without else ():
        if row[0].value == without:
            sheet.delete_rows(row[0].row)
            break
    buffer = io.BytesIO()
    workbook.save(buffer)
    return repeatable(buffer.getvalue(), day)


def with_office_columns(content: bytes, found: Mapping[str, str], day: date) -> bytes:
    """A returned workbook in which the office wrote its opinion and finding on one task."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    for row in workbook.worksheets[0].iter_rows(min_row=HEAD_ROWS + 1):
        if row[0].value == found["task"]:
            row[PLACES["opinion"]].value, row[PLACES["found"]].value = found["opinion"], found["found"]
    buffer = io.BytesIO()
    workbook.save(buffer)
    return repeatable(buffer.getvalue(), day)


def with_ticks(content: bytes, ticks: Sequence[Mapping[str, str]], day: date) -> bytes:
    """The list of proposed supervision in which a leader ticked some rows and wrote what is to be done."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    sheet = workbook.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "勾选" for cell in row))
    column = {str(cell.value): cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        texts = [str(cell.value or "") for cell in row]
        for tick in ticks:
            unit = texts[column["承办单位"] - 1].removesuffix("（待确认）")
            if (texts[column["任务编号"] - 1], unit) == (tick["task"], tick["unit"]):
                written = {"勾选": "√", **{key: text for key, text in tick.items() if key not in {"task", "unit"}}}
                for name, text in written.items():
                    sheet.cell(row[0].row, column[name]).value = text
    buffer = io.BytesIO()
    workbook.save(buffer)
    return repeatable(buffer.getvalue(), day)


def rows_of(form: Form) -> tuple[str, ...]:
    """The task numbers that a form asks."""
    sheet = openpyxl.load_workbook(io.BytesIO(form.content), read_only=True).worksheets[0]
    cells = (row[0] for row in sheet.iter_rows(min_row=HEAD_ROWS + 1, max_col=1, values_only=True))
    return tuple(str(cell) for cell in cells if cell and task_label(str(cell)))


def filled_paper(form: Form, day: date, dated: Mapping[str, bool]) -> bytes:
    """The Word twin with the same answers in its content controls."""
    written: dict[tuple[str, str], str] = {}

    def note(task: str, asked: Asked, right: Answers) -> Answers | None:
        written.update({(task, key): _as_text(value) for key, value in right.items()})
        return right

    filled_workbook(form, day, dated, note)
    tags = {tag: tag.split("/") for tag in read_word(form.twin).tagged}
    texts = {tag: written[parts[0], parts[-1]] for tag, parts in tags.items() if (parts[0], parts[-1]) in written}
    signatures = dict(zip(("preparer", "reviewer"), CLERKS, strict=True))
    texts |= {tag: signatures[parts[-1]] for tag, parts in tags.items() if parts[-1] in signatures}
    return repeatable(fill_word(form.twin, texts), day)


def _as_text(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _asked(key: MonthlyKey, row: Any, dated: Mapping[str, bool]) -> Asked | None:
    task = str(row[PLACES["task"]].value or "")
    if task not in dated:
        return None
    target, before = row[PLACES["target"]].value, row[PLACES["previous_cumulative"]].value
    return Asked(
        unit=key.unit,
        task=task,
        month=int(key.period[5:7]),
        dated=dated[task],
        target=None if target is None else float(target),
        symbol=str(row[PLACES["symbol"]].value or ""),
        previous_cumulative=float(before or 0),
        previous_progress=str(row[PLACES["previous_progress"]].value or ""),
    )
