"""Workload (承担任务数) per unit, and what hangs on one unit or on no lead."""

from __future__ import annotations

from dataclasses import dataclass

from generator.graph import ResponsibilityGraph, Task
from generator.model import Role


@dataclass(frozen=True)
class Workload:
    """Tasks of one unit or group by role; `through_groups` come on top, `uncertain` may not be meant."""

    party: str
    by_role: tuple[tuple[Role, int], ...]
    direct: int
    through_groups: int
    uncertain: int

    @property
    def total(self) -> int:
        """Direct tasks and those through groups whose members are known."""
        return self.direct + self.through_groups

    def count(self, role: Role) -> int:
        """Tasks in which the unit is named directly in this role."""
        return dict(self.by_role)[role]


def workloads(graph: ResponsibilityGraph) -> tuple[Workload, ...]:
    """Every unit in official order, zeros included."""
    return tuple(_workload(graph, unit.id) for unit in graph.units)


def _workload(graph: ResponsibilityGraph, unit: str) -> Workload:
    duties = graph.duties_of(unit)
    direct = [duty for duty in duties if not duty.via and not duty.decided]
    return Workload(
        party=unit,
        by_role=tuple((role, sum(1 for duty in direct if duty.role is role)) for role in Role),
        direct=len({duty.task.id for duty in direct}),
        through_groups=len({duty.task.id for duty in duties if duty.decided or (duty.via and duty.certain)}),
        uncertain=len({duty.task.id for duty in duties if not duty.certain}),
    )


def group_workloads(graph: ResponsibilityGraph) -> tuple[Workload, ...]:
    """Every group that any task names, in the order of units.yml."""
    found = []
    for group in graph.groups:
        held = [
            (task.id, name.role) for task in graph.tasks for name in task.assignments if name.party == group.id
        ]
        if held:
            by_role = tuple((role, sum(1 for _, held_role in held if held_role is role)) for role in Role)
            found.append(Workload(group.id, by_role, len({task for task, _ in held}), 0, 0))
    return tuple(found)


def tasks_without_lead(graph: ResponsibilityGraph) -> tuple[Task, ...]:
    """Tasks for which the text names no lead: somebody must decide who consolidates."""
    return tuple(task for task in graph.tasks if not task.parties(Role.LEAD))


def tasks_on_one_unit(graph: ResponsibilityGraph) -> tuple[Task, ...]:
    """Tasks that hang on a single unit: one name, no group, no 等."""
    return tuple(task for task in graph.tasks if len(task.assignments) == 1 and not task.open)
