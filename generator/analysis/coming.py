"""What falls due in a period (本期到期) and what has passed: days of the text, extensions, the office's nodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.ledger import Ledger, TaskStanding
from generator.analysis.standing import DONE, DUE_ORDER, PASSED, DueStanding
from generator.analysis.tasks import TaskRow
from generator.model import LedgerState, Period


@dataclass(frozen=True)
class Coming:
    """A day of a task: its last day, or a node (`node` is what must stand by it); `units` have not finished."""

    day: date
    row: TaskRow
    units: tuple[str, ...]
    state: LedgerState | None
    due_standing: DueStanding
    inferred: bool = False
    node: str = ""


def coming(ledger: Ledger, plan: str, period: Period) -> tuple[Coming, ...]:
    """Last days and nodes within a period, by day; what is finished is not due any more."""
    found = [
        one
        for standing in ledger.tasks
        if standing.plan == plan
        for one in (*_last_days(standing), *_nodes(standing))
        if period.first <= one.day <= period.last
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.row.id, one.node)))


def passed(ledger: Ledger, plan: str) -> tuple[Coming, ...]:
    """Tasks whose last day has passed and that are not finished: gravest first, then by day."""
    found = [
        one
        for standing in ledger.tasks
        if standing.plan == plan
        for one in _last_days(standing)
        if one.due_standing in PASSED
    ]
    return tuple(sorted(found, key=lambda one: (DUE_ORDER.index(one.due_standing), one.day, one.row.id)))


def _last_days(standing: TaskStanding) -> list[Coming]:
    """One for each day and standing that units have: an extension may move the day of one of them."""
    grouped: dict[tuple[date, DueStanding], list[int]] = {}
    for place, entry in enumerate(standing.entries):
        if entry.due and entry.state not in DONE:
            grouped.setdefault((entry.due, entry.due_standing), []).append(place)
    return [
        Coming(
            day=day,
            row=standing.row,
            units=tuple(standing.entries[place].unit for place in places),
            state=standing.state,
            due_standing=due,
            inferred=any(standing.entries[place].due_inferred for place in places),
        )
        for (day, due), places in grouped.items()
    ]


def _nodes(standing: TaskStanding) -> list[Coming]:
    units = tuple(entry.unit for entry in standing.entries if entry.state not in DONE)
    nodes = standing.row.breakdown.nodes if standing.row.breakdown and units else ()
    return [
        Coming(node.due, standing.row, units, standing.state, standing.due_standing, node=node.text)
        for node in nodes
    ]
