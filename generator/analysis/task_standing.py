"""How a task stands as a whole, from how it stands at its units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.analysis.ledger import LedgerEntry, TaskStanding
from generator.analysis.obligations import party_ids
from generator.analysis.standing import BRIGHTNESS, DUE_ORDER, slowest
from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph, folded
from generator.model import Role


def task_standings(
    graph: ResponsibilityGraph, plan: str, entries: tuple[LedgerEntry, ...]
) -> Iterator[TaskStanding]:
    """Every task of an annual plan; one that is asked with another stands where that one stands."""
    by_task: dict[str, tuple[TaskRow, list[LedgerEntry]]] = {}
    for entry in entries:
        if entry.plan == plan:
            for row in (entry.row, *entry.obligation.together):
                by_task.setdefault(row.label, (row, []))[1].append(entry)
    ids = party_ids(graph)
    for row, found in by_task.values():
        yield _task_standing(plan, row, tuple(found), ids, graph.took_over)


def _task_standing(
    plan: str,
    row: TaskRow,
    entries: tuple[LedgerEntry, ...],
    ids: Mapping[str, str],
    took_over: Mapping[str, tuple[str, ...]],
) -> TaskStanding:
    """Where its lead stands (a consolidating unit that the office decided is one), else the slowest unit."""
    consolidator = row.breakdown.consolidator if row.breakdown else None
    leading = tuple(
        entry
        for entry in entries
        if entry.obligation.role is Role.LEAD
        or (
            consolidator is not None
            and ids.get(folded(consolidator)) in (entry.unit, *took_over.get(entry.unit, ()))
        )
    )
    state = slowest(entry.state for entry in leading or entries)
    decisive = tuple(entry for entry in leading or entries if entry.state is state)
    return TaskStanding(
        plan=plan,
        row=row,
        state=state,
        due_standing=min((entry.due_standing for entry in decisive), key=DUE_ORDER.index),
        light=min((entry.light for entry in decisive), key=BRIGHTNESS.index),
        decisive=tuple(entry.unit for entry in decisive),
        by_lead=bool(leading),
        entries=entries,
    )
