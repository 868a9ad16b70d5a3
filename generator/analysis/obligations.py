"""Who reports what (任务承担): one obligation for each task and unit, tasks from outside the plan included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.analysis.periods import asked_at
from generator.analysis.schedule import closing_day
from generator.analysis.scored_duties import by_its_measure, implemented_rows, reason_in_year
from generator.analysis.tasks import ANSWERING, DutyRow, TaskRow, duty_rows
from generator.analysis.wording import day_text
from generator.graph import ResponsibilityGraph, folded, names_of, successors_on
from generator.model import (
    Deadline,
    DeadlineKind,
    ExtraTask,
    Frequency,
    Period,
    PeriodKind,
    Plan,
    Role,
    RulesFile,
    Transfer,
    Unit,
    UnitGroup,
)


@dataclass(frozen=True)
class Obligation:
    """A task that one unit reports on, in the year of `plan`; `together` is asked with it and not by itself.

    `extra` is set for a task from outside the plan; `transferred_from` and `predecessor` name earlier units.
    """

    plan: str
    row: TaskRow
    unit: str
    role: Role
    via: str | None = None
    certain: bool = True
    together: tuple[TaskRow, ...] = ()
    extra: ExtraTask | None = None
    transferred_from: str | None = None
    predecessor: str | None = None


def obligations(
    graph: ResponsibilityGraph, rows: tuple[TaskRow, ...], plan: Plan, day: date
) -> tuple[Obligation, ...]:
    """Every obligation of an annual plan as it stands on a day, in the order of units, then of the document."""
    duties = duty_rows(graph, rows)
    found = [one for unit in graph.units for one in _of_unit(graph, duties[unit.id], plan)]
    found += list(_extra(graph, plan, day))
    transfers = [
        transfer for _, file in plan.decisions for transfer in file.transfers if transfer.effective <= day
    ]
    ids = party_ids(graph) if transfers else {}
    moved = (after for one in found for after in _succeeded(graph, _transferred(graph, one, transfers, ids), day))
    unique: dict[tuple[str, str], Obligation] = {}
    for one in moved:
        unique.setdefault((one.unit, one.row.label), one)
    return tuple(sorted(unique.values(), key=lambda one: graph.order[one.unit]))


def _of_unit(graph: ResponsibilityGraph, duties: tuple[DutyRow, ...], plan: Plan) -> Iterator[Obligation]:
    """The year's own tasks, then those of the plans above it that are not asked with one of them."""
    reported = [duty for duty in _strongest(duties) if is_reported(duty.row)]
    own = [duty for duty in reported if duty.row.plan == plan.id]
    parents = {parent.plan for parent in plan.head.parents if parent.plan}
    above = [duty for duty in reported if duty.row.plan in parents]
    rows_above = by_its_measure(above)
    asked: set[str] = set()
    for duty in own:
        together = implemented_rows(graph, duty, rows_above)
        asked.update(row.id for row in together)
        yield _obligation(plan, duty, together)
    for duty in above:
        if duty.row.id not in asked and reason_in_year(duty.row, plan.head.year or 0):
            yield _obligation(plan, duty)


def _obligation(plan: Plan, duty: DutyRow, together: tuple[TaskRow, ...] = ()) -> Obligation:
    return Obligation(
        plan.id, duty.row, duty.unit, duty.role, duty.via, duty.certain, together, predecessor=duty.former
    )


def _strongest(duties: tuple[DutyRow, ...]) -> list[DutyRow]:
    """Of several answering roles in one task the first of `ANSWERING` counts."""
    found: dict[str, DutyRow] = {}
    for duty in duties:
        held = found.get(duty.row.id)
        stronger = (
            held is None or ANSWERING.index(duty.role) < ANSWERING.index(held.role) if _answers(duty) else False
        )
        if stronger:
            found[duty.row.id] = duty
    return list(found.values())


def _answers(duty: DutyRow) -> bool:
    return duty.role in ANSWERING


def party_ids(graph: ResponsibilityGraph) -> dict[str, str]:
    """Folded name, alias or id → the id of its unit or group."""
    parties: tuple[Unit | UnitGroup, ...] = (*graph.units, *graph.groups)
    return {folded(name): party.id for party in parties for name in (party.id, *names_of(party))}


def unit_names(graph: ResponsibilityGraph) -> Mapping[str, frozenset[str]]:
    """Every way to write a unit, its id included, by its id."""
    return {unit.id: frozenset((unit.id, *names_of(unit))) for unit in graph.units}


def is_reported(row: TaskRow) -> bool:
    """保障措施 are not reported as tasks unless the office set a frequency; `none` takes any task out."""
    decided = row.breakdown.frequency if row.breakdown else None
    return decided is not Frequency.NONE if decided else not row.safeguard


def _extra(graph: ResponsibilityGraph, plan: Plan, day: date) -> Iterator[Obligation]:
    parties = party_ids(graph)
    for task in (task for task in plan.extra_tasks if task.assigned <= day):
        row = extra_row(plan, task, parties)
        seen: set[str] = set()
        for role, _, party in row.parties:
            members = graph.members(party) if party in graph.group_by_id else (party,)
            for unit in members if role in ANSWERING else ():
                via = party if party in graph.group_by_id else None
                if unit not in seen:
                    yield Obligation(plan.id, row, unit, role, via, extra=task)
                seen.add(unit)


def extra_row(plan: Plan, task: ExtraTask, parties: dict[str, str]) -> TaskRow:
    """A task from outside the plan as a row like any other; its chapter is empty and its id its number."""
    named = ((Role.LEAD, task.lead), (Role.RESPONSIBLE, task.responsible), (Role.SUPPORT, task.support))
    due = Deadline(phrase=f"{day_text(task.due)}前", kind=DeadlineKind.BY, end=task.due) if task.due else None
    return TaskRow(
        label=task.task,
        id=task.task,
        measure_id="",
        measure_label=task.task,
        plan=plan.id,
        plan_title=plan.head.short_title,
        section="",
        chapter="",
        title=task.title,
        text=task.text,
        phrase="",
        phrase_repair="",
        repairs=(),
        issued=plan.head.issued,
        parties=tuple(
            (role, name, parties[folded(name)])
            for role, names in named
            for name in names
            if folded(name) in parties
        ),
        deadlines=((task.task, due),) if due else (),
        targets=(),
        remarks=(),
        safeguard=False,
        breakdown=next((found for found in plan.breakdown if found.task == task.task), None),
        extra=task,
    )


def extra_duties(graph: ResponsibilityGraph, plans: Iterable[Plan], day: date) -> dict[str, tuple[DutyRow, ...]]:
    """The tasks from outside the plans that were assigned by a day, by unit, supporting ones included."""
    parties, found = party_ids(graph), dict[str, list[DutyRow]]()
    assigned = ((plan, task) for plan in plans for task in plan.extra_tasks if task.assigned <= day)
    for row in (extra_row(plan, task, parties) for plan, task in assigned):
        held: dict[str, DutyRow] = {}
        for role, written, party in row.parties:
            group = party if party in graph.group_by_id else None
            for member in graph.members(party) if group else (party,):
                for unit in successors_on(graph, member, day):
                    held.setdefault(unit, DutyRow(row, unit, role, written, group, True, ()))
        for unit, duty in held.items():
            found.setdefault(unit, []).append(duty)
    return {unit: tuple(duties) for unit, duties in found.items()}


def _transferred(
    graph: ResponsibilityGraph, one: Obligation, transfers: list[Transfer], names: Mapping[str, str]
) -> Obligation:
    for transfer in sorted(transfers, key=lambda found: (found.effective, found.on)):
        to = names.get(folded(transfer.to))
        held_by = (one.unit, *graph.took_over.get(one.unit, ()))
        if transfer.task == one.row.label and names.get(folded(transfer.unit)) in held_by and to:
            one = replace(one, unit=to, via=None, transferred_from=one.unit)
    return one


def _succeeded(graph: ResponsibilityGraph, one: Obligation, day: date) -> Iterator[Obligation]:
    """A unit that was merged or renamed before a day is followed by those that took over."""
    successors = successors_on(graph, one.unit, day)
    if successors == (one.unit,):
        yield one
    else:
        for unit in successors:
            yield replace(one, unit=unit, predecessor=one.unit)


def frequency_of(rules: RulesFile, row: TaskRow) -> tuple[Frequency, bool]:
    """How often a task is reported, and whether that is only proposed (建议)."""
    if row.breakdown and row.breakdown.frequency:
        return row.breakdown.frequency, False
    return (rules.dated_frequency if closing_day(row) else rules.continuing_frequency), True


def is_asked_for(rules: RulesFile, one: Obligation, period: Period) -> bool:
    """Whether a period asks a unit for a task; one from outside the plan not before it was assigned."""
    begun = one.extra is None or one.extra.assigned <= period.last
    return begun and is_asked(rules, one.row, period)


def is_asked(rules: RulesFile, row: TaskRow, period: Period) -> bool:
    """Whether a period asks for a task: by its frequency, or because a node of it is due in the period."""
    nodes = row.breakdown.nodes if row.breakdown else ()
    if any(period.first <= node.due <= period.last for node in nodes):
        return True
    frequency, suggested = frequency_of(rules, row)
    short = period.kind in {PeriodKind.WEEK, PeriodKind.TEN_DAYS}
    return asked_at(frequency, period) or (suggested and short and frequency is Frequency.MONTHLY)
