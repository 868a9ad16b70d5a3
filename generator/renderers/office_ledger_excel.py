"""任务台账（内部）.xlsx: 单位自报 beside 环委办认定 for every task and unit, every change, who reported when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.analysis.ledger import Ledger, LedgerEntry, TaskStanding
from generator.analysis.party_wording import listed_party_texts
from generator.analysis.wording import day_text, deadline_texts, role_text, target_texts
from generator.book import Book
from generator.model import ExtraTask, LedgerState, Role
from generator.office.excel import workbook_bytes
from generator.office.tables import Band, Row, Styled, Table
from generator.renderers.imprint import explanation_table
from generator.renderers.office_ledger_history import (
    Columns,
    changes_table,
    ledger_columns,
    ledger_note,
    ledger_table,
    returns_table,
)
from generator.renderers.office_papers import Drawn, Issue, OfficePaper, unit_text, units_text

ENTRIES: Columns = (
    ("number", 4, "centre"),
    ("task", 8, "centre"),
    ("origin", 10, "text"),
    ("title", 10, "text"),
    ("text", 30, "text"),
    ("unit", 12, "text"),
    ("duty", 10, "text"),
    ("deadline", 10, "text"),
    ("due", 11.5, "day"),
    ("due_standing", 9, "centre"),
    ("light", 5, "centre"),
    ("reported_for", 9, "centre"),
    ("reported", 8, "centre"),
    ("progress", 20, "text"),
    ("problems", 14, "text"),
    ("evidence", 7, "text"),
    ("found", 8, "centre"),
    ("found_on", 11, "day"),
    ("wording", 16, "text"),
    ("opinion", 12, "text"),
    ("state", 8, "centre"),
    ("rung", 7, "centre"),
    ("remark", 12, "text"),
)
QUANTITIES: Columns = (
    ("number", 5, "centre"),
    ("task", 10, "centre"),
    ("title", 22, "text"),
    ("unit", 22, "text"),
    ("target", 34, "text"),
    ("yearly", 10, "quantity"),
    ("symbol", 9, "centre"),
    ("reported_for", 12, "centre"),
    ("quantity", 10, "quantity"),
    ("cumulative", 10, "quantity"),
    ("rate", 9, "share"),
    ("behind", 8, "count"),
    ("unreported", 8, "count"),
    ("coordination", 30, "text"),
)
BANDS = (
    ("task", "task", "duty"),
    ("due", "deadline", "light"),
    ("unit", "reported_for", "evidence"),
    ("office", "found", "opinion"),
    ("standing", "state", "rung"),
)
TASKS: Columns = (
    ("number", 5, "centre"),
    ("task", 10, "centre"),
    ("title", 26, "text"),
    ("units", 44, "text"),
    ("state", 14, "centre"),
    ("due_standing", 18, "centre"),
    ("light", 8, "centre"),
    ("decisive", 30, "text"),
    ("rule", 16, "centre"),
)


def draw_ledger(book: Book, issue: Issue) -> Iterator[Drawn]:
    """One workbook, on the book's day."""
    ledger = book.ledger
    entries = ledger.of_plan(issue.plan)
    rows = list({entry.task: entry.row for entry in entries}.values())
    tables = (
        _entries(book, ledger, issue, entries),
        _tasks(book, issue, [standing for standing in ledger.tasks if standing.plan == issue.plan]),
        _quantities(book, entries),
        changes_table(book, entries),
        returns_table(book, [standing for standing in ledger.returns if standing.plan == issue.plan]),
        explanation_table(book, rows, [role for role in Role if any(role in _roles(entry) for entry in entries)]),
    )
    title = book.terms("office_ledger.title").format(year=book.plan(issue.plan).head.year)
    yield {}, workbook_bytes(title, tables, book.as_of, mark=book.internal_mark)


def _roles(entry: LedgerEntry) -> set[Role]:
    return {role for role, _, _ in entry.row.parties}


def _entries(book: Book, ledger: Ledger, issue: Issue, entries: Sequence[LedgerEntry]) -> Table:
    places = {key: place for place, (key, _, _) in enumerate(ENTRIES)}
    extras = {task.task: task for task in book.plan(issue.plan).extra_tasks}
    table = ledger_table(
        book,
        "entries",
        ledger_columns(book, ENTRIES),
        [_entry_line(book, number, entry, extras) for number, entry in enumerate(entries, 1)],
        frozen=4,
        note=ledger_note(book, "entries" if ledger.started else "not_started"),
    )
    bands = (
        Band(book.terms(f"office_ledger.band.{key}"), places[first], places[last]) for key, first, last in BANDS
    )
    return replace(table, bands=tuple(bands))


def _entry_line(book: Book, number: int, entry: LedgerEntry, extras: dict[str, ExtraTask]) -> Row:
    terms, row, report = book.terms, entry.row, entry.report
    times = deadline_texts(terms, (found for _, found in row.deadlines))
    return (
        number,
        entry.task,
        _origin(book, entry, extras),
        row.title,
        row.text,
        unit_text(book, entry.unit),
        role_text(terms, entry.obligation.role),
        "\n".join(times) or terms("mark.no_deadline"),
        Styled(entry.due, "day_inferred" if entry.due_inferred else "day"),
        terms.label(entry.due_standing),
        terms.label(entry.light),
        entry.reported_for.label if entry.reported_for else None,
        _state(book, entry.reported) if report else None,
        report.progress if report else None,
        report.problems if report else None,
        "、".join(report.evidence) if report else None,
        _state(book, entry.found) if entry.found else None,
        entry.found_on,
        entry.wording,
        entry.opinion,
        _state(book, entry.state),
        terms.label(entry.rung) if entry.rung else None,
        "；".join(_remarks(book, entry)),
    )


def _quantities(book: Book, entries: Sequence[LedgerEntry]) -> Table:
    rows = [_quantity_line(book, number, entry) for number, entry in enumerate(entries, 1)]
    return ledger_table(
        book, "quantities", ledger_columns(book, QUANTITIES), rows, 4, ledger_note(book, "quantities")
    )


def _quantity_line(book: Book, number: int, entry: LedgerEntry) -> Row:
    quantity = entry.quantity
    return (
        number,
        entry.task,
        entry.row.title,
        unit_text(book, entry.unit),
        "\n".join(target_texts(entry.row)),
        quantity.target,
        quantity.symbol,
        entry.reported_for.label if entry.reported_for else None,
        quantity.this_period,
        quantity.cumulative,
        quantity.rate,
        entry.periods_behind,
        entry.periods_unreported,
        entry.report.coordination if entry.report else None,
    )


def _state(book: Book, state: LedgerState | None) -> str:
    return book.terms.label(state) if state else book.terms("office_ledger.no_state")


def _origin(book: Book, entry: LedgerEntry, extras: dict[str, ExtraTask]) -> str:
    """The plan, or for a task from outside the plan where it comes from and when it was given."""
    extra = extras.get(entry.task)
    if extra is None:
        return entry.row.plan_title
    words = {"origin": book.terms.label(extra.origin), "source": extra.source, "on": day_text(extra.assigned)}
    return book.terms("supervision.extra_source").format(**words)


def _remarks(book: Book, entry: LedgerEntry) -> Iterator[str]:
    terms, one = book.terms, entry.obligation
    if not one.certain:
        yield terms("duty.uncertain")
    if one.together:
        yield terms("office_ledger.together").format(tasks="、".join(row.label for row in one.together))
    if one.transferred_from:
        yield terms("office_ledger.transferred").format(unit=unit_text(book, one.transferred_from))
    if one.predecessor:
        yield terms("office_ledger.predecessor").format(unit=unit_text(book, one.predecessor))
    if entry.due and entry.closing and entry.due != entry.closing:
        yield terms("office_ledger.extended")
    plan = book.plan(entry.plan)
    if entry.due and plan.head.year and entry.due.year > plan.head.year and one.row.plan == entry.plan:
        yield terms("office_ledger.across_years")


def _tasks(book: Book, issue: Issue, standings: Sequence[TaskStanding]) -> Table:
    """In the order of the document: the year's own tasks, those of the plans above it, those from outside."""
    order = {row.label: place for place, row in enumerate(book.rows)}
    in_order = sorted(
        standings,
        key=lambda one: (one.row.label not in order, one.row.plan != issue.plan, order.get(one.row.label, 0)),
    )
    rows = [_task_line(book, number, standing) for number, standing in enumerate(in_order, 1)]
    return ledger_table(
        book, "tasks", ledger_columns(book, TASKS), rows, frozen=3, note=ledger_note(book, "tasks")
    )


def _task_line(book: Book, number: int, standing: TaskStanding) -> Row:
    terms, row = book.terms, standing.row
    return (
        number,
        row.label,
        row.title,
        "\n".join(listed_party_texts(book.graph, terms, row, *Role)),
        _state(book, standing.state),
        terms.label(standing.due_standing),
        terms.label(standing.light),
        units_text(book, standing.decisive),
        terms("office_ledger.rule.lead" if standing.by_lead else "office_ledger.rule.slowest"),
    )


PAPER = OfficePaper("ledger", draw_ledger, yearly=True)
