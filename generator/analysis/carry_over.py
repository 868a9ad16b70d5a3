"""What of a year's plan is unfinished and goes on in the next (结转), and what went where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.analysis.ledger import Ledger, LedgerEntry
from generator.analysis.standing import DONE, HELD_UP
from generator.analysis.tasks import TaskRow
from generator.model import ExtraTask, LedgerState, Measure, Plan


@dataclass(frozen=True)
class Unfinished:
    """结转任务: a task with the units that still owe it, and those that are done with it.

    `extra` is set for a task from outside the plan; `continuing` where it has no last day and nothing is held up.
    """

    row: TaskRow
    open: tuple[LedgerEntry, ...]
    done: tuple[LedgerEntry, ...]
    extra: ExtraTask | None
    continuing: bool


def unfinished(ledger: Ledger, plan: Plan) -> tuple[Unfinished, ...]:
    """Every task of an annual plan, and from outside it, that any unit has not finished; in their order.

    Tasks of the plans above it are none of them: those plans go on themselves.
    """
    grouped: dict[str, list[LedgerEntry]] = {}
    for entry in ledger.of_plan(plan.id):
        if entry.row.plan == plan.id:
            grouped.setdefault(entry.task, []).append(entry)
    order = {plan.task_label(measure, place): (measure.number, place) for measure, place in _clauses(plan)}
    labels = sorted(grouped, key=lambda label: (label not in order, order.get(label, (0, 0)), label))
    found = (_unfinished(grouped[label]) for label in labels)
    return tuple(task for task in found if task.open)


def _clauses(plan: Plan) -> Iterable[tuple[Measure, int]]:
    return ((measure, place) for measure in plan.measures for place in range(1, len(measure.clauses) + 1))


def _unfinished(entries: list[LedgerEntry]) -> Unfinished:
    done = tuple(entry for entry in entries if entry.state in DONE)
    still = tuple(entry for entry in entries if entry.state not in DONE)
    dated = any(entry.due for entry in still)
    held_up = any(entry.state in HELD_UP or entry.state is LedgerState.NOT_STARTED for entry in still)
    return Unfinished(
        row=entries[0].row,
        open=still,
        done=done,
        extra=entries[0].obligation.extra,
        continuing=not dated and not held_up,
    )


def carried_into(plans: Iterable[Plan]) -> Mapping[str, tuple[str, ...]]:
    """Measure → the measures of later plans that it was carried into (结转至)."""
    found: dict[str, list[str]] = {}
    for plan in plans:
        for measure in plan.measures:
            if measure.carried_from:
                found.setdefault(measure.carried_from, []).append(plan.measure_id(measure))
    return {origin: tuple(measures) for origin, measures in found.items()}
