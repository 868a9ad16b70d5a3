"""Occasions (日程): the days of a calendar, and the times that have no day and must not be given one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.analysis.schedule import objective_rows, sentences
from generator.analysis.tasks import TaskRow
from generator.model import Deadline, DeadlineKind, Plan


@dataclass(frozen=True)
class Occasion:
    """A time expression on its days, `first` to `last` inclusive; None where the text gives no day.

    `id` is `scheme-14.1.5-1`, the first time of that statement: it stays the same from build to build.
    `decided` are nodes (分解节点) that the office set and the text does not hold.
    """

    id: str
    label: str
    title: str
    sentence: str
    deadline: Deadline
    days: tuple[date, date] | None
    decided: bool = False

    def __hash__(self) -> int:
        """Its id alone: what is written of it once is looked up for every unit."""
        return hash(self.id)


def task_occasions(plans: tuple[Plan, ...], rows: tuple[TaskRow, ...]) -> tuple[Occasion, ...]:
    """Every time expression of the tasks and every node that the office set in them, in document order."""
    texts = sentences(plans, {row.measure_id for row in rows})
    return tuple(_numbered(found for row in rows for found in (*_of_text(row, texts), *_of_nodes(row))))


def objective_occasions(plans: tuple[Plan, ...]) -> tuple[Occasion, ...]:
    """Every time expression of the objectives (工作目标), in document order; their label says their title."""
    return tuple(
        _numbered(
            Occasion(row.statement, row.label, "", row.sentence, row.deadline, days_of(row.deadline))
            for row in objective_rows(plans)
        )
    )


def days_of(deadline: Deadline) -> tuple[date, date] | None:
    """The days to enter: a last day alone, a first day alone for `from`, a span otherwise."""
    start, end = deadline.start or deadline.end, deadline.end or deadline.start
    if start is None or end is None:
        return None
    if deadline.kind is DeadlineKind.BY:
        return end, end
    if deadline.kind is DeadlineKind.FROM:
        return start, start
    return min(start, end), max(start, end)


def _of_text(row: TaskRow, texts: dict[str, str]) -> Iterator[Occasion]:
    for statement, deadline in row.deadlines:
        yield Occasion(statement, row.label, row.title, texts[statement], deadline, days_of(deadline))


def _of_nodes(row: TaskRow) -> Iterator[Occasion]:
    for node in row.breakdown.nodes if row.breakdown else ():
        deadline = Deadline(phrase=node.text, kind=DeadlineKind.BY, end=node.due)
        yield Occasion(f"{row.id}-node", row.label, row.title, node.text, deadline, (node.due, node.due), True)


def _numbered(found: Iterator[Occasion]) -> Iterator[Occasion]:
    """Ids made unique by counting within the statement."""
    seen: Counter[str] = Counter()
    for occasion in found:
        seen[occasion.id] += 1
        yield replace(occasion, id=f"{occasion.id}-{seen[occasion.id]}")
