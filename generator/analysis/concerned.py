"""Whom a task concerns (涉及单位): units named, and members of groups, told apart where that is unconfirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.analysis.tasks import TaskList
from generator.graph import ResponsibilityGraph


@dataclass(frozen=True)
class Concerned:
    """A unit that a task concerns; not `settled` where it stands in a group of which nobody has confirmed that."""

    unit: str
    settled: bool


def concerned(graph: ResponsibilityGraph, lists: Iterable[TaskList]) -> dict[str, tuple[Concerned, ...]]:
    """Every task's id with the units that it concerns, each once; what settles it wins."""
    found: dict[str, dict[str, bool]] = {}
    for units_list in lists:
        for duty in units_list.rows:
            settled = duty.via is None or (duty.certain and graph.group_by_id[duty.via].confirmed)
            held = found.setdefault(duty.row.id, {})
            held[duty.unit] = held.get(duty.unit, False) or settled
    return {task: tuple(Concerned(*pair) for pair in held.items()) for task, held in found.items()}
