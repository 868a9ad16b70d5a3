"""Whom one unit works with (共事单位) and on which tasks, those through groups included and told apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.analysis.tasks import DutyRow
from generator.graph import ResponsibilityGraph
from generator.model import Role


class SharedTask(NamedTuple):
    """A task that two share: what the other is in it, and whether the unit is only meant by a group's name."""

    party: str
    label: str
    id: str
    role: Role
    through_group: bool


class Companion(NamedTuple):
    """A unit or group beside one unit; `tasks` stand in the order of the document, each once."""

    party: str
    tasks: tuple[SharedTask, ...]

    @property
    def direct(self) -> int:
        """In how many of them the unit itself is named."""
        return sum(1 for task in self.tasks if not task.through_group)


def circle_of(graph: ResponsibilityGraph, duties: Iterable[DutyRow]) -> tuple[Companion, ...]:
    """Everyone named in a unit's tasks but itself and the group that it stands in; most shared tasks first."""
    found: dict[str, dict[str, SharedTask]] = {}
    place = graph.order.__getitem__
    for duty in sorted(duties, key=lambda duty: graph.task_order[duty.row.id]):
        row, unnamed = duty.row, duty.via is not None or duty.decided
        for role, _, party in row.parties:
            if party not in (duty.unit, duty.via):
                shared = found.setdefault(party, {})
                if row.id not in shared:
                    shared[row.id] = SharedTask(party, row.label, row.id, role, unnamed)
    companions = (Companion(party, tuple(tasks.values())) for party, tasks in found.items())
    return tuple(sorted(companions, key=lambda one: (-len(one.tasks), -one.direct, place(one.party))))
