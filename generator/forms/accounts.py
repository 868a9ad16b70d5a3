"""What was taken from each file and what was not, and why; and what goes back to a unit (退回意见)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.analysis.wording import day_text
from generator.book import Book
from generator.forms.fields import UNIT_ANSWERS
from generator.forms.monthly_headings import headings
from generator.forms.monthly_marks import PROPERTY
from generator.forms.reply_marks import ReplyAnswer
from generator.model import (
    Flag,
    LedgerState,
    Period,
    PeriodKind,
    ReturnState,
    SupervisionReply,
    TaskReport,
    UnitReturn,
)
from generator.office.excel import workbook_bytes
from generator.office.tables import Column, Row, Table
from generator.terms import Terms

FEEDBACK_MARK = "planbook:feedback:1"
ACCOUNT_COLUMNS = (
    ("file", 44.0),
    ("outcome", 16.0),
    ("unit", 24.0),
    ("period", 14.0),
    ("taken", 10.0),
    ("note", 70.0),
)
COLUMNS = (("task", 12.0), ("field", 16.0), ("written", 36.0), ("problem", 56.0), ("advice", 12.0))


class Outcome(StrEnum):
    """What became of a file (处理结果)."""

    TAKEN = "taken"
    KNOWN = "known"
    SCAN = "scan"
    UNCONVERTED = "unconverted"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True)
class FileAccount:
    """One file: what became of it, for whom, how many rows were taken, and what there is to say."""

    name: str
    outcome: Outcome
    unit: str = ""
    period: str = ""
    taken: int = 0
    notes: tuple[str, ...] = ()


def account_lines(book: Book, accounts: tuple[FileAccount, ...]) -> Iterator[str]:
    """The account in Chinese, one file after another."""
    for account in accounts:
        period = Period.parse(account.period)
        about = period.label if period else book.terms("feedback.reply")
        whose = f"{book.graph.name(account.unit)} {about}" if account.unit else ""
        rows = f"，采用 {account.taken} 行" if account.outcome is Outcome.TAKEN else ""
        yield f"{account.name}：{book.terms.label(account.outcome)}{rows}{f'（{whose}）' if whose else ''}"
        yield from (f"    {note}" for note in account.notes)


def account_workbook(book: Book, accounts: tuple[FileAccount, ...], day: date) -> bytes:
    """收表情况: what became of every file of a round, also of those that belong to no unit."""
    terms = book.terms
    title = terms("account.title").format(day=day_text(day))
    table = Table(
        name=terms("account.sheet"),
        title=title,
        note=terms("account.note"),
        columns=tuple(Column(terms(f"account.heading.{key}"), width) for key, width in ACCOUNT_COLUMNS),
        rows=tuple(_account_row(book, account) for account in accounts),
    )
    return workbook_bytes(title, (table,), day, {PROPERTY: FEEDBACK_MARK}, book.page_mark)


def _account_row(book: Book, account: FileAccount) -> Row:
    period = Period.parse(account.period)
    about = period.label if period else book.terms("feedback.reply") if account.unit else ""
    unit = book.graph.name(account.unit) if account.unit else ""
    outcome = book.terms.label(account.outcome)
    return (account.name, outcome, unit, about, account.taken, "\n".join(account.notes))


def flags_of(terms: Terms, found: UnitReturn) -> Iterator[tuple[str, Flag, str]]:
    """Every flag of a return: task number, flag, and what was written."""
    for flag in found.flags:
        yield "", flag, ""
    for row in found.rows:
        for flag in row.flags:
            yield row.task, flag, _shown(terms, row, flag.field)


def _shown(terms: Terms, row: TaskReport | SupervisionReply, field: str | None) -> str:
    """What was written in a field; nothing for a flag on the whole."""
    value = row.written.get(field or "") or getattr(row, field or "task", "")
    if isinstance(value, LedgerState):
        return terms.label(value)
    shown = "、".join(value) if isinstance(value, tuple) else value
    return "" if field is None or shown is None else str(shown)


def feedback_workbook(book: Book, found: UnitReturn, day: date) -> bytes:
    """退回意见 of a unit: what to correct, row by row; nothing in it is filled in again."""
    period = Period.parse(found.period)
    label = period.label if period else found.period
    rows = _lines(book, flags_of(book.terms, found), _field_names(book, period))
    return _workbook(book, found.unit, label, found.state, rows, day)


def reply_feedback_workbook(book: Book, unit: str, replies: Iterable[SupervisionReply], day: date) -> bytes:
    """退回意见 on what a unit answered to supervision letters."""
    flags = [
        (reply.task, flag, _shown(book.terms, reply, flag.field)) for reply in replies for flag in reply.flags
    ]
    heads = {name.value: book.terms(f"supervision.reply.{name}") for name in ReplyAnswer}
    state = ReturnState.INCOMPLETE if any(flag.send_back for _, flag, _ in flags) else ReturnState.REPORTED
    return _workbook(book, unit, book.terms("feedback.reply"), state, _lines(book, flags, heads), day)


def _workbook(book: Book, unit: str, label: str, state: ReturnState, rows: Iterable[Row], day: date) -> bytes:
    terms = book.terms
    title = terms("feedback.title").format(unit=book.graph.name(unit), period=label)
    table = Table(
        name=terms("feedback.sheet"),
        title=title,
        note=terms("feedback.note").format(day=day_text(day), state=terms.label(state)),
        columns=tuple(Column(terms(f"feedback.heading.{key}"), width) for key, width in COLUMNS),
        rows=tuple(rows),
        filtered=False,
    )
    return workbook_bytes(title, (table,), day, {PROPERTY: FEEDBACK_MARK}, book.page_mark)


def _lines(book: Book, flags: Iterable[tuple[str, Flag, str]], heads: Mapping[str, str]) -> Iterator[Row]:
    for task, flag, written in flags:
        advice = book.terms(f"feedback.advice.{'send_back' if flag.send_back else 'check'}")
        field = heads.get(flag.field or "", "")
        yield (task or book.terms("feedback.whole"), field, written, flag.message, advice)


def _field_names(book: Book, period: Period | None) -> Mapping[str, str]:
    """What the columns are called in the form that was filled in, the periodic one or the annual one."""
    kind = period.kind if period else PeriodKind.MONTH
    if kind is not PeriodKind.YEAR:
        return headings(book.terms, kind)
    return {field: book.terms(f"assessment_form.heading.{answer}") for answer, field in UNIT_ANSWERS.items()}
