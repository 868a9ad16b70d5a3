"""任务台账.xlsx: every task on one line, with its times, figures and units on sheets of their own."""

from __future__ import annotations

from collections.abc import Mapping

from generator.analysis.notes import remark_text
from generator.analysis.party_wording import listed_party_texts
from generator.analysis.readings import comparator_text, recurrence_text, target_reading
from generator.analysis.schedule import ScheduleRow, TargetRow, closing_day, objective_rows
from generator.analysis.tasks import TaskRow
from generator.analysis.unit_wording import alias_texts, certainty_text, full_name_text, unit_kind_text
from generator.analysis.wording import day_text, deadline_texts, target_texts
from generator.analysis.workload import Workload, workloads
from generator.book import Book
from generator.model import Deadline, Role
from generator.office.excel import workbook_bytes
from generator.office.excel_styles import Paper
from generator.office.tables import Cell, Column, Row, Styled, Table
from generator.renderers.deliverables import Deliverable, Item, the_whole
from generator.renderers.imprint import document_numbers, explanation_table

LEDGER = (
    ("number", 5, "centre"),
    ("category", 12, "text"),
    ("task", 9, "centre"),
    ("title", 13, "text"),
    ("measures", 60, "text"),
    ("target", 18, "text"),
    ("deadline", 13, "text"),
    ("last_day", 12, "day"),
    ("leader", 9, "text"),
    ("lead", 15, "text"),
    ("shared", 20, "text"),
    ("support", 22.5, "text"),
    ("section", 9, "text"),
    ("progress", 22, "text"),
    ("state", 10, "centre"),
    ("remark", 24, "text"),
)
DEADLINES = (
    ("number", 5, "centre"),
    ("task", 13, "centre"),
    ("title", 22, "text"),
    ("phrase", 20, "text"),
    ("kind", 8, "centre"),
    ("start", 12, "day"),
    ("end", 12, "day"),
    ("recurrence", 9, "centre"),
    ("inferred", 6, "centre"),
    ("basis", 28, "text"),
    ("sentence", 52, "text"),
    ("units", 30, "text"),
)
TARGETS = (
    ("number", 5, "centre"),
    ("task", 13, "centre"),
    ("indicator", 28, "text"),
    ("reading", 16, "text"),
    ("comparator", 9, "centre"),
    ("value", 8, "number"),
    ("symbol", 12, "centre"),
    ("baseline", 8, "centre"),
    ("external", 8, "centre"),
    ("deadline", 14, "text"),
    ("phrase", 22, "text"),
    ("sentence", 50, "text"),
    ("units", 30, "text"),
)
UNITS = (
    ("number", 5, "centre"),
    ("unit", 22, "text"),
    ("full_name", 26, "text"),
    ("aliases", 26, "text"),
    ("unit_kind", 16, "centre"),
    ("direct", 9, "count"),
    ("through_groups", 10, "count"),
    ("uncertain", 10, "count"),
    ("confirmed", 18, "text"),
    ("basis", 52, "text"),
)
LEADING = (Role.LEAD,)
RESPONSIBLE = (Role.RESPONSIBLE, Role.SHARED, Role.IMPLEMENT)
SUPPORTING = (Role.SUPPORT, Role.GUIDE)
STATES = (
    "not_started",
    "on_track",
    "behind",
    "blocked",
    "completion_claimed",
    "completed",
    "continuing",
    "extended",
    "not_concerned",
)


def draw_ledger(book: Book, item: Item) -> bytes:
    """The workbook of the whole."""
    explanations = explanation_table(book, book.rows, book.matrix.roles)
    named = _everyone(book)
    tables = (_ledger(book), _deadlines(book, named), _targets(book, named), _units(book), explanations)
    return workbook_bytes(book.terms("workbook.ledger_title"), tables, book.as_of, mark=book.page_mark)


def _columns(book: Book, keys: tuple[tuple[str, float, str], ...]) -> tuple[Column, ...]:
    states = tuple(book.terms(f"ledger_state.{state}") for state in STATES)
    return tuple(
        Column(book.terms(f"column.{key}"), width, style, choices=states if key == "state" else ())
        for key, width, style in keys
    )


def _note(book: Book, key: str) -> str:
    return book.terms(key).format(numbers=document_numbers(book), day=day_text(book.as_of))


def _ledger(book: Book) -> Table:
    return Table(
        name=book.terms("workbook.ledger"),
        title=book.terms("workbook.ledger_title"),
        note=_note(book, "workbook.ledger_note"),
        columns=_columns(book, LEDGER),
        rows=tuple(_ledger_line(book, number, row) for number, row in enumerate(book.every_row, 1)),
        paper=Paper.A3,
        frozen_columns=4,
    )


def _ledger_line(book: Book, number: int, row: TaskRow) -> Row:
    terms, decided = book.terms, row.breakdown
    times = deadline_texts(terms, (deadline for _, deadline in row.deadlines))
    return (
        number,
        terms("task_list.extra") if row.extra else row.chapter,
        row.label,
        row.title,
        row.text,
        "\n".join(target_texts(row)),
        "\n".join(times) or terms("mark.no_deadline"),
        _day(closing_day(row)),
        decided.leader if decided else "",
        *(_parties(book, row, *roles) or terms("mark.none") for roles in (LEADING, RESPONSIBLE, SUPPORTING)),
        decided.section if decided else "",
        *(_progress(book, row) if book.internal else (None, None)),
        remark_text(terms, row, row.remarks),
    )


def _progress(book: Book, row: TaskRow) -> tuple[Cell, Cell]:
    """What units reported, in the office's wording where it has one, and the state that counts now."""
    terms = book.terms
    found = book.ledger.latest(row.label)
    lines = (
        f"{book.graph.name(entry.unit)}：{told}"
        for entry in (found.entries if found else ())
        if (told := entry.wording or (entry.report.progress if entry.report else None))
    )
    state = found.state if found else None
    return "\n".join(lines) or None, terms.label(state) if state else None


def _parties(book: Book, row: TaskRow, *roles: Role) -> str:
    return "\n".join(listed_party_texts(book.graph, book.terms, row, *roles))


def _everyone(book: Book) -> dict[str, str]:
    """Whoever stands in a task, by its number; an objective has nobody."""
    return {row.label: _parties(book, row, *Role) for row in book.rows}


def _day(deadline: Deadline | None) -> Cell:
    if deadline is None:
        return None
    return Styled(deadline.end, "day_inferred" if deadline.inferred else "day")


def _deadlines(book: Book, named: Mapping[str, str]) -> Table:
    rows = (*objective_rows(book.plans), *book.schedule)
    return Table(
        name=book.terms("workbook.deadlines"),
        title=book.terms("workbook.deadlines_title"),
        note=_note(book, "workbook.plain_note"),
        columns=_columns(book, DEADLINES),
        rows=tuple(_deadline_line(book, number, row, named.get(row.label)) for number, row in enumerate(rows, 1)),
        paper=Paper.A3,
        frozen_columns=2,
    )


def _deadline_line(book: Book, number: int, row: ScheduleRow, named: str | None) -> Row:
    terms, found = book.terms, row.deadline
    style = "day_inferred" if found.inferred else "day"
    return (
        number,
        row.label,
        row.title,
        found.phrase,
        terms.label(found.kind),
        Styled(found.start, style),
        Styled(found.end, style),
        recurrence_text(terms, found),
        terms("mark.inferred") if found.inferred else "",
        found.basis,
        row.sentence,
        named,
    )


def _targets(book: Book, named: Mapping[str, str]) -> Table:
    return Table(
        name=book.terms("workbook.targets"),
        title=book.terms("workbook.targets_title"),
        note=_note(book, "workbook.plain_note"),
        columns=_columns(book, TARGETS),
        rows=tuple(
            _target_line(book, number, row, named.get(row.label)) for number, row in enumerate(book.targets, 1)
        ),
        paper=Paper.A3,
        frozen_columns=2,
    )


def _target_line(book: Book, number: int, row: TargetRow, named: str | None) -> Row:
    terms, found = book.terms, row.target
    return (
        number,
        row.label,
        found.indicator,
        target_reading(terms, found),
        comparator_text(terms, found),
        found.value,
        found.symbol,
        found.baseline,
        terms("workbook.yes") if found.external else "",
        "\n".join(deadline_texts(terms, row.deadlines)),
        found.phrase,
        row.sentence,
        named,
    )


def _units(book: Book) -> Table:
    return Table(
        name=book.terms("workbook.units"),
        title=book.terms("workbook.units_title"),
        note=_note(book, "workbook.plain_note"),
        columns=_columns(book, UNITS),
        rows=tuple(_unit_line(book, number, load) for number, load in enumerate(workloads(book.graph), 1)),
        paper=Paper.A3,
        frozen_columns=2,
    )


def _unit_line(book: Book, number: int, load: Workload) -> Row:
    terms, unit = book.terms, book.graph.unit_by_id[load.party]
    return (
        number,
        unit.name,
        full_name_text(terms, unit),
        "、".join(alias_texts(terms, unit)),
        unit_kind_text(terms, unit),
        load.direct,
        load.through_groups,
        load.uncertain,
        certainty_text(terms, unit),
        unit.note,
    )


DELIVERABLE = Deliverable("ledger", the_whole, draw_ledger)
