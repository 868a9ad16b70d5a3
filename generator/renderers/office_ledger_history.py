"""The history in the ledger of the office: every change with its origin, and who reported when."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from generator.analysis.history import Change
from generator.analysis.ledger import LedgerEntry, ReturnStanding
from generator.analysis.wording import day_text
from generator.book import Book
from generator.model import Period, PeriodKind, ReturnState
from generator.office.excel_styles import Paper
from generator.office.tables import Cell, Column, Row, Table
from generator.renderers.imprint import document_numbers
from generator.renderers.office_papers import unit_text

Columns = tuple[tuple[str, float, str], ...]

CHANGES: Columns = (
    ("number", 5, "centre"),
    ("on", 12, "day"),
    ("task", 10, "centre"),
    ("unit", 18, "text"),
    ("kind", 12, "centre"),
    ("period", 12, "centre"),
    ("state", 13, "centre"),
    ("content", 40, "text"),
    ("by", 16, "text"),
    ("basis", 24, "text"),
    ("evidence", 12, "text"),
    ("source", 26, "text"),
)
UNIT_WIDTH, PERIOD_WIDTH = 22.0, 12.0


def ledger_table(
    book: Book, key: str, columns: tuple[Column, ...], rows: Sequence[Row], frozen: int, note: str
) -> Table:
    terms = book.terms
    return Table(
        name=terms(f"office_ledger.sheet.{key}"),
        title=terms(f"office_ledger.sheet_title.{key}"),
        note=note,
        columns=columns,
        rows=tuple(rows),
        paper=Paper.A3,
        frozen_columns=frozen,
    )


def ledger_columns(book: Book, columns: Columns) -> tuple[Column, ...]:
    return tuple(Column(book.terms(f"office_ledger.heading.{key}"), width, style) for key, width, style in columns)


def ledger_note(book: Book, key: str) -> str:
    words = {"numbers": document_numbers(book), "day": day_text(book.as_of)}
    return book.terms(f"office_ledger.note.{key}").format(**words)


def changes_table(book: Book, entries: Sequence[LedgerEntry]) -> Table:
    """Every change of every task, by day, then in the order of the ledger."""
    found = [(change, entry) for entry in entries for change in entry.history]
    found.sort(key=lambda pair: pair[0].on)
    rows = [_change_line(book, number, change, entry) for number, (change, entry) in enumerate(found, 1)]
    note = ledger_note(book, "changes" if rows else "no_changes")
    return ledger_table(book, "changes", ledger_columns(book, CHANGES), rows, frozen=3, note=note)


def _change_line(book: Book, number: int, change: Change, entry: LedgerEntry) -> Row:
    terms = book.terms
    period = Period.parse(change.period) if change.period else None
    until = terms("office_ledger.until").format(day=day_text(change.until)) if change.until else ""
    return (
        number,
        change.on,
        entry.task,
        unit_text(book, entry.unit),
        terms.label(change.kind),
        period.label if period else None,
        terms.label(change.state) if change.state else None,
        "；".join(filter(None, (change.text, until))),
        unit_text(book, change.by) if change.by in book.graph.unit_by_id else change.by,
        change.basis,
        "、".join(change.evidence),
        change.source,
    )


def returns_table(book: Book, standings: Sequence[ReturnStanding]) -> Table:
    """Units by periods: what came, 迟报 marked; a blank where the period asked the unit for nothing."""
    periods = {one.period.id: one.period for one in standings}
    by_unit = {unit: list(found) for unit, found in groupby(_by_unit(book, standings), key=lambda one: one.unit)}
    rows = [
        (unit_text(book, unit), *(_return_cell(book, found, period) for period in periods))
        for unit, found in by_unit.items()
    ]
    headings = [_short_label(period) for period in periods.values()]
    columns = (
        Column(book.terms("office_ledger.heading.unit"), UNIT_WIDTH),
        *(Column(heading, PERIOD_WIDTH, "centre") for heading in headings),
    )
    note = ledger_note(book, "returns" if rows else "no_returns")
    return ledger_table(book, "returns", columns, rows, frozen=1, note=note)


def _by_unit(book: Book, standings: Sequence[ReturnStanding]) -> list[ReturnStanding]:
    return sorted(standings, key=lambda one: (book.graph.order[one.unit], one.period.last))


def _short_label(period: Period) -> str:
    return period.label if period.kind is not PeriodKind.YEAR else f"{period.label}度"


def _return_cell(book: Book, found: Sequence[ReturnStanding], period: str) -> Cell:
    standing = next((one for one in found if one.period.id == period), None)
    if standing is None:
        return None
    if standing.state is ReturnState.UNREPORTED and not standing.closed:
        return book.terms("circular.returned.not_due")
    told = book.terms.label(standing.state)
    return book.terms("office_ledger.late").format(state=told) if standing.late else told
