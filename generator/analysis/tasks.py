"""Every task as one row of plain values: the table that most papers draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from generator.analysis.remarks import duty_remarks, is_before_issue, task_remarks
from generator.graph import Duty, ResponsibilityGraph, Task
from generator.model import Deadline, DeadlineKind, ExtraTask, Plan, Role, Target, TaskBreakdown

ANSWERING = (Role.LEAD, Role.SHARED, Role.RESPONSIBLE, Role.IMPLEMENT)
"""Roles that report and are assessed; support and guidance report to whoever consolidates."""


class ListedParty(NamedTuple):
    """A unit or group among others that are named in a task; `rest` is 等 where the list goes on behind it."""

    role: Role
    written: str
    party: str
    rest: str = ""


@dataclass(frozen=True)
class TaskRow:
    """One task (任务): number, verbatim text, units as written by role, times, figures, remarks as term keys.

    `repairs` tell what was mended in the text, `phrase_repair` what in the responsibility; `extra` is set for a
    task from outside the plans.
    """

    label: str
    id: str
    measure_id: str
    measure_label: str
    plan: str
    plan_title: str
    section: str
    chapter: str
    title: str
    text: str
    phrase: str
    phrase_repair: str
    repairs: tuple[str, ...]
    issued: date | None
    parties: tuple[tuple[Role, str, str], ...]
    deadlines: tuple[tuple[str, Deadline], ...]
    targets: tuple[tuple[str, Target], ...]
    remarks: tuple[str, ...]
    safeguard: bool
    breakdown: TaskBreakdown | None
    extra: ExtraTask | None = None

    def __hash__(self) -> int:
        """Its number alone: papers look up what was worded before, and hashing every text would take longer."""
        return hash(self.id)

    def named(self, *roles: Role) -> tuple[str, ...]:
        """Units and groups in any of the roles, as the text writes them."""
        return tuple(written for role, written, _ in self.parties if role in roles)

    @cached_property
    def listed(self) -> tuple[ListedParty, ...]:
        """Everyone who is named, with 等 where the text has it right behind a name: the list goes on."""
        return tuple(ListedParty(*party, self.rest_after(party[1])) for party in self.parties)

    def listed_as(self, roles: tuple[Role, ...]) -> list[ListedParty]:
        """Those of them in any of the roles."""
        return [named for named in self.listed if named.role in roles]

    @cached_property
    def by_role(self) -> list[tuple[Role, list[ListedParty]]]:
        """The same under each role that anybody holds, in their fixed order."""
        under: dict[Role, list[ListedParty]] = {}
        for named in self.listed:
            under.setdefault(named.role, []).append(named)
        return [(role, under[role]) for role in Role if role in under]

    @cached_property
    def dated(self) -> tuple[Deadline, ...]:
        """Deadlines that have a day."""
        return tuple(found for _, found in self.deadlines if found.start or found.end)

    @property
    def inferred(self) -> bool:
        """Whether any of its times was inferred."""
        return any(found.inferred for _, found in self.deadlines)

    @property
    def early(self) -> tuple[str, ...]:
        """The times that had passed when the document was issued, as it writes them."""
        passed = (found for _, found in self.deadlines if is_before_issue(found, self.issued))
        return tuple(found.phrase for found in passed)

    def rest_after(self, written: str) -> str:
        """`等` where the text has it right behind a name: the list goes on."""
        return "等" if f"{written}等" in self.phrase else ""


@dataclass(frozen=True)
class DutyRow:
    """A task as one unit sees it: its role, by which name, through which group.

    `former` is the unit that it took over from, `decided` tells that the office named it and not the text.
    """

    row: TaskRow
    unit: str
    role: Role
    written: str
    via: str | None
    certain: bool
    remarks: tuple[str, ...]
    former: str | None = None
    decided: bool = False


def held_roles(rows: Iterable[TaskRow]) -> tuple[Role, ...]:
    """The roles that any party of the tasks holds, in their fixed order."""
    held = {role for row in rows for role, _, _ in row.parties}
    return tuple(role for role in Role if role in held)


def task_rows(graph: ResponsibilityGraph) -> tuple[TaskRow, ...]:
    """All tasks in the order of the document."""
    breakdowns = {found.task: found for plan in graph.plans for found in plan.breakdown}
    return tuple(_task_row(graph, task, breakdowns.get(task.label)) for task in graph.tasks)


def _task_row(graph: ResponsibilityGraph, task: Task, breakdown: TaskBreakdown | None) -> TaskRow:
    under = graph.chapter_of(task.plan, task.measure)
    responsibility = task.clause.responsibility
    numbered = [(task.statement_id(index), found) for index, found in enumerate(task.clause.statements)]
    return TaskRow(
        label=task.label,
        id=task.id,
        measure_id=task.measure_id,
        measure_label=task.plan.measure_label(task.measure),
        plan=task.plan.id,
        plan_title=task.plan.head.short_title,
        section=under[0].title if under else "",
        chapter=under[1].title if under else "",
        title=task.measure.title or "",
        text=task.clause.text,
        phrase=responsibility.printed() if responsibility else "",
        phrase_repair=(responsibility.source_note or "") if responsibility and responsibility.source_text else "",
        repairs=tuple(found.source_note or "" for found in task.clause.statements if found.source_text),
        issued=task.plan.head.issued,
        parties=tuple((found.role, found.written, found.party) for found in task.assignments),
        deadlines=tuple((name, found) for name, statement in numbered for found in statement.deadlines),
        targets=tuple((name, found) for name, statement in numbered for found in statement.targets),
        remarks=task_remarks(graph, task),
        safeguard=bool(under and under[1].safeguard),
        breakdown=breakdown,
    )


def duty_rows(graph: ResponsibilityGraph, rows: tuple[TaskRow, ...]) -> dict[str, tuple[DutyRow, ...]]:
    """What every unit owes, in the order of the document; `rows` are those of `task_rows`."""
    by_id = {row.id: row for row in rows}
    return {
        unit.id: tuple(_duty_row(graph, duty, by_id[duty.task.id]) for duty in graph.duties_of(unit.id))
        for unit in graph.units
    }


def _duty_row(graph: ResponsibilityGraph, duty: Duty, row: TaskRow) -> DutyRow:
    return DutyRow(
        row=row,
        unit=duty.unit,
        role=duty.role,
        written=duty.written,
        via=duty.via,
        certain=duty.certain,
        remarks=(*row.remarks, *duty_remarks(graph, duty)),
        former=duty.former,
        decided=duty.decided,
    )


@dataclass(frozen=True)
class TaskList:
    """A unit's task list (任务清单) in parts: answering, supporting, through groups, from outside the plans."""

    unit: str
    answering: tuple[DutyRow, ...]
    supporting: tuple[DutyRow, ...]
    through_groups: tuple[DutyRow, ...]
    extra: tuple[DutyRow, ...] = ()

    @property
    def rows(self) -> tuple[DutyRow, ...]:
        """All parts, one after another."""
        return self.answering + self.supporting + self.through_groups + self.extra

    @property
    def parts(self) -> tuple[tuple[str, tuple[DutyRow, ...]], ...]:
        """The parts with their term keys, empty ones left out."""
        named = (
            ("task_list.answering", self.answering),
            ("task_list.supporting", self.supporting),
            ("task_list.through_groups", self.through_groups),
            ("task_list.extra", self.extra),
        )
        return tuple(part for part in named if part[1])


def task_list(unit: str, duties: tuple[DutyRow, ...], extra: tuple[DutyRow, ...] = ()) -> TaskList:
    """The task list of one unit with the duties that it has; `extra` are its tasks from outside the plans."""
    return TaskList(
        unit=unit,
        answering=tuple(duty for duty in duties if not _unnamed(duty) and duty.role in ANSWERING),
        supporting=tuple(duty for duty in duties if not _unnamed(duty) and duty.role not in ANSWERING),
        through_groups=tuple(duty for duty in duties if _unnamed(duty)),
        extra=extra,
    )


def _unnamed(duty: DutyRow) -> bool:
    """Whether the text does not name the unit itself but a group or 等."""
    return duty.via is not None or duty.decided


def units_with_duties(graph: ResponsibilityGraph) -> tuple[str, ...]:
    """Ids of the units that owe anything, in official order."""
    return tuple(unit.id for unit in graph.units if graph.duties_of(unit.id))


def due_by(duty: DutyRow, day: date) -> bool:
    """Whether a duty has a deadline with a last day on or before `day`; `from` and undated ones have none."""
    ends = [found.end for found in duty.row.dated if found.end and found.kind is not DeadlineKind.FROM]
    return any(end <= day for end in ends)


def annual_plans(plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """The plans that are for one year; each has its own assessment."""
    return tuple(plan for plan in plans if plan.head.year is not None)
