"""What a leader ticked in the 拟督办事项建议清单, as decisions; what cannot be taken is told and left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.analysis.ledger import LedgerEntry
from generator.analysis.query import find_unit, unit_suggestion
from generator.book import Book
from generator.findings import shown
from generator.forms.answers import is_ticked, read_day, read_list, says_none, storable
from generator.forms.comparing import plain
from generator.forms.deciding import Decider
from generator.forms.monthly_marks import PROPERTY, RowMark
from generator.forms.monthly_reader import task_label
from generator.forms.safe_zip import RefusedFileError
from generator.forms.sheets import Grid, read_workbook
from generator.forms.supervision_list import HEADINGS, MARK, ListKey
from generator.model import Rung, Supervision, text_stamp

LONGEST = 200
"""Characters of a requirement that still leave the sheet on one page."""
REFUSALS = frozenset({"x", "X", "×", "✗", "否", "不", "不同意", "暂不", "no", "0"})


class RowError(Exception):
    """A ticked row that cannot be taken; its text says why, in Chinese."""


@dataclass(frozen=True)
class Ticked:
    """The decisions of a list, and what could not be taken or should be looked at."""

    plan: str
    supervisions: tuple[Supervision, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class _Sheet:
    """The sheet of the list: its grid, the row of the headings, the column of each."""

    grid: Grid
    head: int
    places: Mapping[str, int]

    def text(self, row: int, key: str) -> str:
        return self.grid.text(row, self.places[key]).strip() if key in self.places else ""


def read_supervision_list(book: Book, content: bytes, decider: Decider) -> Ticked:
    """RefusedFileError for a file that is no such list, or of another plan."""
    workbook = read_workbook(content)
    key = ListKey.parse(workbook.properties.get(PROPERTY, ""))
    sheet = _sheet(book, workbook.grids)
    marks = [RowMark.parse(sheet.text(row, MARK)) for row in sheet.grid.lines if row > sheet.head]
    plans = {mark.form.plan for mark in marks if mark} | ({key.plan} if key else set())
    known = {plan.id for plan in book.plans}
    if len(plans) != 1 or not plans <= known:
        raise RefusedFileError("看不出是哪个计划的清单；请用 planbook papers 生成的清单填写")
    (plan,) = plans
    taken, problems = [], []
    for row in sorted(line for line in sheet.grid.lines if line > sheet.head):
        try:
            if supervision := _supervision(book, plan, sheet, row, decider):
                taken.append(supervision.model_copy(update={"period": key.period if key else None}))
                problems += [f"第{row}行：{told}" for told in _doubts(book, plan, sheet, row)]
        except RowError as refused:
            problems.append(f"第{row}行：{refused}")
    return Ticked(plan, tuple(dict.fromkeys(taken)), tuple(problems))


def _sheet(book: Book, grids: tuple[Grid, ...]) -> _Sheet:
    headings = dict(_headings(book))
    for grid in grids:
        for row, cells in sorted(grid.lines.items()):
            places: dict[str, int] = {}
            for column, cell in sorted(cells.items()):
                name = headings.get(_bare(cell.text))
                if name:
                    places.setdefault(name, column)
            if {"task", "unit", "tick"} <= places.keys():
                return _Sheet(grid, row, places)
    raise RefusedFileError("表里找不到“任务编号”“承办单位”“勾选”等栏目，不是拟督办事项建议清单")


def _headings(book: Book) -> Iterator[tuple[str, str]]:
    for key, text in book.terms.words.items():
        if key.startswith(HEADINGS):
            yield _bare(text), key.removeprefix(HEADINGS)


def _bare(text: str) -> str:
    return re.sub(r"\(.*?\)", "", plain(text))


def _supervision(book: Book, plan: str, sheet: _Sheet, row: int, decider: Decider) -> Supervision | None:
    """The decision of a ticked row; None for a row that is not ticked, RowError for one that cannot be taken."""
    tick = sheet.text(row, "tick")
    if not tick or says_none(tick) or plain(tick) in REFUSALS:
        return None
    if not is_ticked(tick):
        raise RowError(f"“{shown(tick)}”看不出是否勾选；同意督办的请填“√”")
    entry = _entry(book, plan, sheet, row)
    answer_by = _answer_by(sheet, row, decider.on)
    requirement = storable(sheet.text(row, "requirement"))
    if len(requirement) > LONGEST:
        raise RowError(f"办理要求有{len(requirement)}字，超过{LONGEST}字，一页放不下；请精简")
    return Supervision(
        task=entry.task,
        unit=book.graph.name(entry.unit),
        rung=_rung(book, sheet, row),
        requirement=requirement or None,
        answer_by=answer_by,
        supporting=tuple(name for name in _supporting(book, sheet, row) if name != book.graph.name(entry.unit)),
        basis=decider.basis,
        by=decider.by,
        on=decider.on,
    )


def _entry(book: Book, plan: str, sheet: _Sheet, row: int) -> LedgerEntry:
    mark = RowMark.parse(sheet.text(row, MARK))
    task = task_label(sheet.text(row, "task"))
    written = re.sub(r"（.*?）$", "", sheet.text(row, "unit"))
    unit = find_unit(book.graph, written) if written else None
    if mark and (mark.task != task or (unit is not None and mark.form.unit != unit)):
        told = f"“{shown(task)} {shown(written)}”与表内标记“{mark.task}”不一致"
        raise RowError(f"{told}；请用原清单重新勾选")
    unit = mark.form.unit if mark else unit
    entry = book.ledger.entry(plan, task, unit) if unit else None
    if entry is None:
        raise RowError(f"任务“{shown(task)}”不由“{shown(written)}”承担，没有采用")
    return entry


def _rung(book: Book, sheet: _Sheet, row: int) -> Rung:
    labels = {plain(book.terms.label(rung)): rung for rung in Rung}
    adopted, proposed = sheet.text(row, "adopted"), sheet.text(row, "rung")
    written = adopted or proposed
    running = {plain(book.terms("proposal.running").format(rung=label)) for label in labels}
    if not adopted and plain(proposed) in running:
        raise RowError("这项已采取措施、尚在办理；确要再发的，请在“采用措施”栏写明哪一种")
    if plain(written) not in labels:
        raise RowError(f"没有“{shown(written)}”这种措施；应为 {'、'.join(labels)}")
    return labels[plain(written)]


def _answer_by(sheet: _Sheet, row: int, on: date) -> date | None:
    written = sheet.text(row, "answer_by")
    if not written:
        return None
    cell = sheet.grid.cell(row, sheet.places["answer_by"])
    day = read_day(written, on.year, cell.number if cell else None)
    if day is None:
        raise RowError(f"反馈时限“{shown(written)}”看不出是哪天；应写作 2024-12-20")
    if day < on:
        raise RowError(f"反馈时限 {day.isoformat()} 早于决定日期 {on.isoformat()}；请核对")
    return day


def _supporting(book: Book, sheet: _Sheet, row: int) -> Iterator[str]:
    written = sheet.text(row, "supporting")
    for name in read_list(written) if written and not says_none(written) else ():
        unit = find_unit(book.graph, name)
        if unit is None:
            raise RowError(f"没有协办单位“{shown(name)}”；{unit_suggestion(book.graph, name)}")
        yield book.graph.name(unit)


def _doubts(book: Book, plan: str, sheet: _Sheet, row: int) -> Iterator[str]:
    mark = RowMark.parse(sheet.text(row, MARK))
    entry = _entry(book, plan, sheet, row)
    if mark and mark.stamp != text_stamp(entry.row.text):
        yield f"任务 {entry.task} 的原文在清单生成后有改动，已采用，请核对"
