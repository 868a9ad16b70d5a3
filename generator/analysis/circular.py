"""通报: air, progress, problems and what is asked next, for one period of an annual plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.air import AirTable, air_table
from generator.analysis.facts import has_problem
from generator.analysis.ledger import Ledger, LedgerEntry, ReturnStanding
from generator.analysis.periods import cutoff_day
from generator.analysis.progress import UnitProgress, commended, counted, unit_progress
from generator.analysis.standing import DUE_ORDER, SLOWEST_FIRST, DueStanding
from generator.analysis.supervision import decided_supervisions
from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import AirRow, BlockKind, Period, Plan, ReturnState, RulesFile


@dataclass(frozen=True)
class TaskProblem:
    """One line of 存在问题: a task, the units where it has a problem, the days ahead decided for them."""

    row: TaskRow
    entries: tuple[LedgerEntry, ...]
    required: tuple[date | None, ...]


@dataclass(frozen=True)
class Circular:
    """What a circular says; `started` is False where nothing was ever reported or decided.

    `silent` counts the tasks whose day passed unreported while nobody was asked: that is no problem of a unit.
    """

    plan: str
    period: Period
    cutoff: date
    as_of: date
    started: bool
    addressees: str
    air: AirTable | None
    units: tuple[UnitProgress, ...]
    commended: tuple[str, ...]
    problems: tuple[TaskProblem, ...]
    unreported: tuple[str, ...]
    silent: int
    following: Period
    following_cutoff: date
    due_next: tuple[TaskRow, ...]


def circular(
    graph: ResponsibilityGraph,
    ledger: Ledger,
    rules: RulesFile,
    plan: Plan,
    air: tuple[AirRow, ...],
    returns: tuple[ReturnStanding, ...],
    period: Period,
) -> Circular:
    """The circular of a period as the ledger stands; `returns` are those of `reporting` for the same period."""
    came = {standing.unit: standing for standing in returns}
    units = tuple(
        unit_progress(ledger, plan.id, unit.id, came.get(unit.id))
        for unit in graph.units
        if counted(ledger.of_unit(unit.id, plan.id))
    )
    problems = _problems(graph, ledger, plan) if ledger.started else ()
    return Circular(
        plan=plan.id,
        period=period,
        cutoff=cutoff_day(rules, period),
        as_of=ledger.as_of,
        started=ledger.started,
        addressees=_addressees(graph, plan),
        air=air_table(graph, air, period),
        units=units,
        commended=commended(ledger, plan.id, units),
        problems=problems,
        unreported=_unreported(returns) if ledger.started else (),
        silent=_silent(ledger, plan.id, {problem.row.label for problem in problems}),
        following=period.following,
        following_cutoff=cutoff_day(rules, period.following),
        due_next=_due_next(ledger, plan.id, period.following),
    )


def _problems(graph: ResponsibilityGraph, ledger: Ledger, plan: Plan) -> tuple[TaskProblem, ...]:
    """Gravest first: what is confirmed overdue, then open past its day, held up, unreported."""
    required = {
        (one.task, unit): one.answer_by
        for one, unit in decided_supervisions(graph, plan, ledger.as_of)
        if one.answer_by and one.answer_by >= ledger.as_of
    }
    by_task: dict[str, list[LedgerEntry]] = {}
    for standing in ledger.tasks:
        found = [entry for entry in counted(standing.entries) if has_problem(entry)]
        if standing.plan == plan.id and found and standing.row.label == found[0].task:
            by_task[standing.row.label] = found
    problems = [
        TaskProblem(found[0].row, tuple(found), tuple(required.get((one.task, one.unit)) for one in found))
        for found in by_task.values()
    ]
    return tuple(sorted(problems, key=lambda problem: min(_gravity(entry) for entry in problem.entries)))


def _gravity(entry: LedgerEntry) -> tuple[int, int]:
    return DUE_ORDER.index(entry.due_standing), SLOWEST_FIRST.index(entry.state)


def _unreported(returns: tuple[ReturnStanding, ...]) -> tuple[str, ...]:
    return tuple(one.unit for one in returns if one.closed and one.state is ReturnState.UNREPORTED)


def _silent(ledger: Ledger, plan: str, told: set[str]) -> int:
    return sum(
        standing.plan == plan
        and standing.due_standing is DueStanding.PASSED_UNREPORTED
        and standing.row.label not in told
        for standing in ledger.tasks
    )


def _due_next(ledger: Ledger, plan: str, period: Period) -> tuple[TaskRow, ...]:
    """Tasks whose last day, or a node of which, lies in a period and that are not done."""
    found: dict[str, TaskRow] = {}
    for entry in counted(ledger.of_plan(plan)):
        nodes = entry.row.breakdown.nodes if entry.row.breakdown else ()
        days = [node.due for node in nodes] + ([entry.due] if entry.due else [])
        if entry.due_standing is not DueStanding.DONE and any(period.first <= day <= period.last for day in days):
            found[entry.task] = entry.row
    order = {standing.row.label: place for place, standing in enumerate(ledger.tasks)}
    return tuple(sorted(found.values(), key=lambda row: order.get(row.label, 0)))


def _addressees(graph: ResponsibilityGraph, plan: Plan) -> str:
    """Whom the document itself was addressed to; empty where it does not say."""
    above = {parent.plan for parent in plan.head.parents}
    heads = [plan.head, *(found.head for found in graph.plans if found.id in above)]
    return next((line.text for head in heads for line in head.front if line.kind is BlockKind.ADDRESSEES), "")
