"""The fields that a mapping file may name: one field = one line here and its Chinese name in terms.yml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from generator.analysis.breakdown_wording import decision_line
from generator.analysis.party_wording import listed_party_texts
from generator.analysis.tasks import DutyRow
from generator.analysis.wording import (
    day_text,
    deadline_texts,
    duty_texts,
    node_texts,
    origin_text,
    remark_texts,
    target_texts,
)
from generator.book import Book
from generator.filling.lines import EntryLine, Line, Value
from generator.model import Period, Role

Field = Callable[[Line], Value]
RESPONSIBLE = (Role.SHARED, Role.RESPONSIBLE, Role.IMPLEMENT)
SUPPORTING = (Role.SUPPORT, Role.GUIDE)


def _parties(*roles: Role) -> Field:
    return lambda line: "\n".join(listed_party_texts(line.book.graph, line.book.terms, line.row, *roles)) or None


def _decided(name: str) -> Field:
    return lambda line: getattr(line.row.breakdown, name) if line.row.breakdown else None


def _reported(name: str) -> Field:
    def value(entry: EntryLine) -> Value:
        found: Value = getattr(entry.report, name) if entry.report else None
        return found

    return lambda line: line.each(value)


def _label(value: StrEnum | None, line: EntryLine) -> Value:
    return line.book.terms.label(value) if value is not None else None


def _deadlines(line: Line) -> Value:
    found = (deadline for _, deadline in line.row.deadlines)
    return "\n".join(deadline_texts(line.book.terms, found)) or line.book.terms("mark.no_deadline")


def _last_day(entry: EntryLine) -> Value:
    """The last day, with ※ where it was inferred."""
    due = entry.entry.due
    mark = entry.book.terms("mark.inferred") if entry.entry.due_inferred else ""
    return day_text(due) + mark if due else None


def _duty(entry: EntryLine) -> Value:
    one = entry.entry.obligation
    written = next((name for _, name, party in one.row.parties if party == one.via), "")
    duty = DutyRow(one.row, one.unit, one.role, written, one.via, one.certain, ())
    return "\n".join(duty_texts(entry.book.graph, entry.book.terms, duty))


def _progress(entry: EntryLine) -> Value:
    """The office's wording where it edited the last report of this period, else the unit's own."""
    report = entry.report
    if report is None:
        return None
    last = entry.entry.reported_for is not None and entry.entry.reported_for.id == entry.period.id
    said = (entry.entry.wording if last else None) or report.progress
    return said or (entry.book.terms("fill.unchanged") if report.unchanged else said)


def _rate(entry: EntryLine) -> Value:
    target = entry.entry.quantity.target
    return entry.cumulative / target if target and entry.cumulative is not None else None


def _expected(entry: EntryLine) -> Value:
    return day_text(entry.report.expected) if entry.report and entry.report.expected else None


def _remark(line: Line) -> Value:
    terms, row = line.book.terms, line.row
    told = (origin_text(terms, row), *remark_texts(terms, row.remarks), decision_line(terms, row))
    return "；".join(filter(None, told))


FIELDS: Mapping[str, Field] = {
    "number": lambda line: line.number,
    "task": lambda line: line.row.label,
    "title": lambda line: line.row.title,
    "text": lambda line: line.row.text,
    "plan": lambda line: line.row.plan_title,
    "chapter": lambda line: line.row.chapter or line.row.section,
    "unit": lambda line: "、".join(line.book.graph.name(found.entry.unit) for found in line.entries),
    "duty": lambda line: line.each(_duty),
    "lead": _parties(Role.LEAD),
    "responsible": _parties(*RESPONSIBLE),
    "support": _parties(*SUPPORTING),
    "target": lambda line: "\n".join(target_texts(line.row)) or None,
    "deadline": _deadlines,
    "last_day": lambda line: line.each(_last_day),
    "nodes": lambda line: "\n".join(node_texts(line.row)) or None,
    "leader": _decided("leader"),
    "section": _decided("section"),
    "remark": _remark,
    "year_target": lambda line: line.each(lambda entry: entry.entry.quantity.target),
    "symbol": lambda line: line.each(lambda entry: entry.entry.quantity.symbol),
    "quantity": _reported("quantity"),
    "cumulative": lambda line: line.each(lambda entry: entry.cumulative),
    "rate": lambda line: line.each(_rate) if len(line.entries) == 1 else None,
    "reported": lambda line: line.each(lambda entry: _label(entry.said[2] if entry.said else None, entry)),
    "found": lambda line: line.each(lambda entry: _label(entry.entry.found, entry)),
    "state": lambda line: line.each(lambda entry: _label(entry.entry.state, entry)),
    "due_standing": lambda line: line.each(lambda entry: _label(entry.entry.due_standing, entry)),
    "progress": lambda line: line.each(_progress),
    "own_progress": _reported("progress"),
    "problems": _reported("problems"),
    "coordination": _reported("coordination"),
    "next_steps": _reported("next_steps"),
    "expected": lambda line: line.each(_expected),
    "evidence": lambda line: line.each(lambda entry: "、".join(entry.report.evidence) if entry.report else None),
    "opinion": lambda line: line.each(lambda entry: entry.entry.opinion),
}

HEAD_FIELDS: Mapping[str, Callable[[Book, Period, str | None], str]] = {
    "period": lambda book, period, unit: period.label,
    "as_of": lambda book, period, unit: day_text(book.as_of),
    "reporter": lambda book, period, unit: book.graph.name(unit) if unit else book.terms("fill.whole"),
    "page_mark": lambda book, period, unit: book.page_mark,
}
"""What may stand above the table, once."""


def field_names(book: Book) -> dict[str, str]:
    """Chinese name → key, for the columns of a template."""
    return {book.terms(f"fill.field.{key}"): key for key in FIELDS}


def head_names(book: Book) -> dict[str, str]:
    """Chinese name → key, for single cells."""
    return {book.terms(f"fill.head.{key}"): key for key in HEAD_FIELDS}


def rank(line: Line, key: str) -> tuple[int, float, str]:
    """Where a row stands by a field: units and tasks in their own order, figures by size, blanks last."""
    if key == "task":
        return _place([row.label for row in line.book.rows], line.row.label)
    if key == "unit":
        return _place([unit.id for unit in line.book.graph.units], line.entries[0].entry.unit)
    if key == "last_day":
        days = [found.entry.due.toordinal() for found in line.entries if found.entry.due]
        return (0, min(days), "") if days else (2, 0, "")
    value = FIELDS[key](line)
    if value is None or value == "":
        return (2, 0, "")
    return (1, 0, value) if isinstance(value, str) else (0, value, "")


def _place(order: list[str], name: str) -> tuple[int, float, str]:
    return (0, order.index(name), "") if name in order else (1, 0, name)
