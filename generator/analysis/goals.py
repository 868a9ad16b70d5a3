"""Goals (目标): each figure to be reached with how it binds, by when, who answers, and where the text says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.tasks import TaskRow
from generator.document import objective_id
from generator.graph import ResponsibilityGraph, Task
from generator.model import Deadline, Objective, Passage, Plan, Target, TargetKind


@dataclass(frozen=True)
class Goal:
    """A figure (目标值) in its sentence; an objective has a `kind`, a task a `row` that says who answers.

    `place` is the address: that of the statement, or of the objective.
    """

    place: str
    label: str
    title: str
    plan: str
    target: Target
    passage: Passage
    kind: TargetKind | None
    row: TaskRow | None
    year: int | None

    @property
    def times(self) -> tuple[Deadline, ...]:
        """The times of its own sentence: those of another sentence bind something else."""
        return self.passage.deadlines


def goals(graph: ResponsibilityGraph, rows: tuple[TaskRow, ...]) -> tuple[Goal, ...]:
    """Every figure, plan by plan, objectives before tasks, in the order of the document."""
    by_id = {row.id: row for row in rows}
    return tuple(
        goal
        for plan in graph.plans
        for goal in (
            *_of_objectives(plan),
            *(it for task in graph.tasks if task.plan.id == plan.id for it in _of_task(task, by_id[task.id])),
        )
    )


def _of_objectives(plan: Plan) -> Iterator[Goal]:
    found: list[Objective] = [it for section in plan.head.sections for it in section.objectives]
    for number, objective in enumerate(found, 1):
        label = "·".join(filter(None, (plan.head.label, objective.title)))
        for passage in objective.statements:
            for target in passage.targets:
                place = objective_id(plan, number)
                yield Goal(place, label, "", plan.id, target, passage, objective.kind, None, plan.head.year)


def _of_task(task: Task, row: TaskRow) -> Iterator[Goal]:
    for index, passage in enumerate(task.clause.statements):
        for target in passage.targets:
            place, title = task.statement_id(index), row.title
            yield Goal(place, row.label, title, task.plan.id, target, passage, None, row, task.plan.head.year)
