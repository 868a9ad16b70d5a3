"""Deadlines (时限) by day and by month, and those without a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from generator.analysis.tasks import TaskRow
from generator.model import Deadline, DeadlineKind, Objective, Passage, Plan, Target


@dataclass(frozen=True)
class ScheduleRow:
    """One time expression of a task or an objective; `sentence` is the verbatim statement it stands in."""

    statement: str
    label: str
    measure_id: str
    title: str
    sentence: str
    deadline: Deadline
    units: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The day to sort by: the last day, or the first where there is no last."""
        return self.deadline.end or self.deadline.start


@dataclass(frozen=True)
class TargetRow:
    """One figure that must be reached, with the times of its sentence."""

    statement: str
    label: str
    measure_id: str
    title: str
    sentence: str
    target: Target
    deadlines: tuple[Deadline, ...]
    units: tuple[str, ...]


def schedule(plans: tuple[Plan, ...], rows: tuple[TaskRow, ...]) -> tuple[ScheduleRow, ...]:
    """Every time expression: dated ones by day, then the recurring and the continuing in document order."""
    texts = sentences(plans, {row.measure_id for row in rows})
    found = [
        ScheduleRow(statement, row.label, row.measure_id, row.title, texts[statement], deadline, _units(row))
        for row in rows
        for statement, deadline in row.deadlines
    ]
    return tuple(sorted(found, key=lambda row: (row.day is None, row.day or date.max)))


def months(rows: tuple[ScheduleRow, ...]) -> tuple[tuple[str, tuple[ScheduleRow, ...]], ...]:
    """The dated rows by the month of their day, `2024-12`, in order; months without any are left out."""
    grouped: dict[str, list[ScheduleRow]] = {}
    for row in rows:
        if row.day:
            grouped.setdefault(f"{row.day:%Y-%m}", []).append(row)
    return tuple((month, tuple(found)) for month, found in sorted(grouped.items()))


def undated(rows: tuple[ScheduleRow, ...]) -> tuple[ScheduleRow, ...]:
    """The rows without a day: recurring and continuing."""
    return tuple(row for row in rows if row.day is None)


def targets(plans: tuple[Plan, ...], rows: tuple[TaskRow, ...]) -> tuple[TargetRow, ...]:
    """Every target of the objectives and of the tasks, in document order."""
    texts = sentences(plans, {row.measure_id for row in rows})
    of_tasks = {
        plan.id: [
            TargetRow(
                statement,
                row.label,
                row.measure_id,
                row.title,
                texts[statement],
                target,
                tuple(deadline for name, deadline in row.deadlines if name == statement),
                _units(row),
            )
            for row in rows
            if row.plan == plan.id
            for statement, target in row.targets
        ]
        for plan in plans
    }
    return tuple(found for plan in plans for found in (*_objective_targets(plan), *of_tasks[plan.id]))


def objective_id(plan: Plan, index: int) -> str:
    """`scheme-objective-1`; `index` counts objectives of the plan from 1."""
    return f"{plan.id}-objective-{index}"


def objective_rows(plans: tuple[Plan, ...]) -> tuple[ScheduleRow, ...]:
    """Every time expression of the objectives (工作目标), in document order; nobody is named for them."""
    return tuple(
        ScheduleRow(statement_id, label, "", title, statement.text, deadline, ())
        for plan in plans
        for statement_id, label, title, statement in _objective_statements(plan)
        for deadline in statement.deadlines
    )


def _objective_targets(plan: Plan) -> list[TargetRow]:
    return [
        TargetRow(statement_id, label, "", title, statement.text, target, statement.deadlines, ())
        for statement_id, label, title, statement in _objective_statements(plan)
        for target in statement.targets
    ]


def _objective_statements(plan: Plan) -> Iterator[tuple[str, str, str, Passage]]:
    """The objective's id, label and title with each of its statements."""
    for index, (label, objective) in enumerate(labelled_objectives(plan), 1):
        for statement in objective.statements:
            yield objective_id(plan, index), label, objective.title or "", statement


def labelled_objectives(plan: Plan) -> tuple[tuple[str, Objective], ...]:
    """The objectives in document order, each under `方案·约束性指标`."""
    objectives = (found for section in plan.head.sections for found in section.objectives)
    return tuple((f"{plan.head.label}·{found.title or ''}".rstrip("·"), found) for found in objectives)


def sentences(plans: tuple[Plan, ...], measures: Collection[str]) -> dict[str, str]:
    """The verbatim text of every statement of these measures by its id, `scheme-14.1.5`."""
    return {
        f"{plan.clause_id(measure, position)}.{number}": statement.text
        for plan in plans
        for measure in plan.measures
        if plan.measure_id(measure) in measures
        for position, clause in enumerate(measure.clauses, 1)
        for number, statement in enumerate(clause.statements, 1)
    }


def _units(row: TaskRow) -> tuple[str, ...]:
    return tuple(written for _, written, _ in row.parties)


def is_binding_day(deadline: Deadline) -> bool:
    """Whether a deadline has a last day that can pass."""
    return deadline.end is not None and deadline.kind in {DeadlineKind.BY, DeadlineKind.BETWEEN}


def closing_day(row: TaskRow) -> Deadline | None:
    """The deadline that ends a task: the latest of its last days; None where none can pass."""
    binding = [found for _, found in row.deadlines if is_binding_day(found)]
    return max(binding, key=lambda found: found.end or date.min, default=None)
