"""The rows that a foreign template can take: a task at one unit, or a task with all its units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator.analysis.ledger import LedgerEntry
from generator.analysis.tasks import TaskRow
from generator.book import Book
from generator.model import FilledBy, LedgerState, Period, TaskReport

Value = str | int | float | None
Single = Callable[["EntryLine"], Value]


@dataclass(frozen=True)
class EntryLine:
    """A task at one unit, as it was reported for a period."""

    book: Book
    entry: LedgerEntry
    period: Period

    @cached_property
    def said(self) -> tuple[Period, TaskReport, LedgerState | None] | None:
        """The report for the period with the state it stands for; None where nothing came."""
        return next((found for found in self.entry.reports if found[0].id == self.period.id), None)

    @property
    def report(self) -> TaskReport | None:
        """The report for the period."""
        return self.said[1] if self.said else None

    @property
    def cumulative(self) -> float | None:
        """The last figure that was reported up to the period."""
        until = [one.cumulative for period, one, _ in self.entry.reports if period.last <= self.period.last]
        return next((figure for figure in reversed(until) if figure is not None), None)


@dataclass(frozen=True)
class Line:
    """One row of the template; `number` counts the rows that are written, from 1."""

    book: Book
    period: Period
    row: TaskRow
    entries: tuple[EntryLine, ...]
    number: int = 0

    def each(self, value: Single) -> Value:
        """The value of the only unit, else one line for each unit that has any: `区水务局：已完成`."""
        found = [(entry.entry.unit, value(entry)) for entry in self.entries]
        if len(found) == 1:
            return found[0][1]
        said = [(unit, text) for unit, text in found if text not in {None, ""}]
        return "\n".join(f"{self.book.graph.name(unit)}：{_plain(text)}" for unit, text in said) or None


def _plain(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def lines(book: Book, plan: str, period: Period, kind: FilledBy, unit: str | None) -> tuple[Line, ...]:
    """The rows of an annual plan in their natural order, of one unit if wished."""
    entries = [EntryLine(book, entry, period) for entry in book.ledger.of_plan(plan)]
    entries = [found for found in entries if unit in {None, found.entry.unit}]
    if kind is FilledBy.DUTY:
        return tuple(Line(book, period, found.entry.row, (found,)) for found in entries)
    return tuple(_by_task(book, period, entries))


def _by_task(book: Book, period: Period, entries: Iterable[EntryLine]) -> Iterator[Line]:
    """Tasks in the order of the document, those from outside the plan last."""
    held: dict[str, list[EntryLine]] = {}
    for found in entries:
        held.setdefault(found.entry.task, []).append(found)
    places = {row.label: place for place, row in enumerate(book.rows)}
    for label in sorted(held, key=lambda label: places.get(label, len(places))):
        yield Line(book, period, held[label][0].entry.row, tuple(held[label]))


def numbered(found: Iterable[Line]) -> tuple[Line, ...]:
    """The rows with their numbers, after filtering and sorting."""
    return tuple(replace(line, number=number) for number, line in enumerate(found, 1))
