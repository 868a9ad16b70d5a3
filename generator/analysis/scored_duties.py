"""Which tasks stand in a unit's form for a year (年度考核), and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.analysis.tasks import ANSWERING, DutyRow, TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import AssessmentMode, DeadlineKind, LinkKind, Plan, Target

ENDING = frozenset({DeadlineKind.BY, DeadlineKind.BETWEEN})
GOING_ON = frozenset({DeadlineKind.ONGOING, DeadlineKind.RECURRING, DeadlineKind.FROM})
"""Times by which a task is over, and times by which it goes on."""


@dataclass(frozen=True)
class ScoredDuty:
    """A duty in the year's form: why, with which tasks it is asked, which of the year's own ask for the same."""

    duty: DutyRow
    reason: str
    together: tuple[TaskRow, ...] = ()
    twins: tuple[str, ...] = ()


def scored_duties(graph: ResponsibilityGraph, duties: tuple[DutyRow, ...], plan: Plan) -> tuple[ScoredDuty, ...]:
    """Of a unit's duties the year's own tasks first, then scheme tasks not already asked with one of them."""
    answered = [duty for duty in duties if duty.role in ANSWERING and _counts(duty.row)]
    own = [duty for duty in answered if duty.row.plan == plan.id]
    parents = {parent.plan for parent in plan.head.parents if parent.plan}
    above = [duty for duty in answered if duty.row.plan in parents]
    own_rows, rows_above = by_its_measure(own), by_its_measure(above)
    together = {duty.row.id: implemented_rows(graph, duty, rows_above) for duty in own}
    asked = {row.id for found in together.values() for row in found}
    scored = [ScoredDuty(duty, "reason.annual", together[duty.row.id]) for duty in own]
    for duty in above:
        reason = reason_in_year(duty.row, plan.head.year or 0)
        if duty.row.id not in asked and reason:
            scored.append(ScoredDuty(duty, reason, twins=_twins(graph, duty.row, own_rows)))
    return tuple(scored)


def _counts(row: TaskRow) -> bool:
    """Safeguards (保障措施) are not scored unless the office decided that they are."""
    decided = row.breakdown.assessment if row.breakdown else None
    return decided is AssessmentMode.SCORED if decided else not row.safeguard


def by_its_measure(duties: Iterable[DutyRow]) -> dict[str, list[TaskRow]]:
    """The tasks of some duties by measure, measures and tasks in the order of the duties."""
    found: dict[str, list[TaskRow]] = {}
    for duty in duties:
        found.setdefault(duty.row.measure_id, []).append(duty.row)
    return found


def implemented_rows(
    graph: ResponsibilityGraph, duty: DutyRow, above: Mapping[str, list[TaskRow]]
) -> tuple[TaskRow, ...]:
    """Parent tasks, of those given by measure, that this task carries out wholly: shown with it and asked once."""
    links = graph.links_from(duty.row.measure_id)
    return _rows_of((link.to for link in links if link.kind is LinkKind.IMPLEMENTS), above)


def _twins(graph: ResponsibilityGraph, row: TaskRow, own: Mapping[str, list[TaskRow]]) -> tuple[str, ...]:
    """Tasks of the year's plan that carry this one out in part and share a target: one work asked twice."""
    found = _rows_of((link.source for link in graph.links_to(row.measure_id)), own)
    aims = {_aim(target) for _, target in row.targets} if found else frozenset()
    return tuple(task.label for task in found if any(_aim(target) in aims for _, target in task.targets))


def _rows_of(measures: Iterable[str], rows: Mapping[str, list[TaskRow]]) -> tuple[TaskRow, ...]:
    """The rows of some measures, in their order."""
    wanted = set(measures) & rows.keys()
    if len(wanted) < 2:
        return tuple(row for measure in wanted for row in rows[measure])
    return tuple(row for measure, found in rows.items() if measure in wanted for row in found)


def _aim(target: Target) -> tuple[object, ...]:
    return target.indicator, target.comparator, target.value, target.symbol, target.baseline


@lru_cache(maxsize=4096)
def reason_in_year(row: TaskRow, year: int) -> str | None:
    """Why a scheme task stands in the year's form; None where all its times ended before the year.

    A text without a word of time is not read as one that goes on.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    if any(_falls_in(found.start, found.end, first, last) for found in row.dated):
        return "reason.dated"
    ends = [found.end for found in row.dated if found.end]
    only_dated = bool(row.deadlines) and all(found.kind in ENDING for _, found in row.deadlines)
    if only_dated and ends and max(ends) < first:
        return None
    if any(end > last for end in ends):
        return "reason.later"
    if any(found.kind in GOING_ON for _, found in row.deadlines):
        return "reason.continuing"
    return "reason.day_unknown" if row.deadlines else "reason.undated"


def _falls_in(start: date | None, end: date | None, first: date, last: date) -> bool:
    """A last day within the year, or a span that touches it."""
    if end is None:
        return start is not None and first <= start <= last
    return (start or end) <= last and end >= first
