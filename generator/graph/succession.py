"""Units renamed, merged or split (撤并、更名): who answers on a day for what the text gave to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from generator.graph.responsibility import Assignment, ResponsibilityGraph, Task
from generator.model import UnitGroup


def on_day(graph: ResponsibilityGraph, day: date) -> ResponsibilityGraph:
    """The graph as it stands on a day: every printed name stays, and leads to the unit that answers then."""
    changed = {unit.id: successors_on(graph, unit.id, day) for unit in graph.units}
    changed = {unit: after for unit, after in changed.items() if after != (unit,)}
    if not changed:
        return graph
    return replace(
        graph,
        groups=tuple(_group(group, changed) for group in graph.groups),
        tasks=tuple(_task(task, changed) for task in graph.tasks),
        took_over=_took_over(changed),
    )


def successors_on(graph: ResponsibilityGraph, unit: str, day: date) -> tuple[str, ...]:
    """Who stands for a unit on a day: itself, or those that took over from it; a loop ends where it began."""
    found: dict[str, None] = {}
    waiting, seen = [unit], set()
    while waiting:
        current = waiting.pop(0)
        record = graph.unit_by_id[current]
        gone = record.valid_until is not None and record.valid_until < day
        after = [name for name in record.succeeded_by if name in graph.unit_by_id and name not in seen]
        seen.add(current)
        if gone and after:
            waiting += after
        else:
            found[current] = None
    return tuple(found)


def _took_over(changed: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for former, after in changed.items():
        for unit in after:
            found.setdefault(unit, []).append(former)
    return {unit: tuple(former) for unit, former in found.items()}


def _group(group: UnitGroup, changed: dict[str, tuple[str, ...]]) -> UnitGroup:
    members = dict.fromkeys(unit for member in group.members for unit in changed.get(member, (member,)))
    return group.model_copy(update={"members": tuple(members)})


def _task(task: Task, changed: dict[str, tuple[str, ...]]) -> Task:
    held = (*task.assignments, *task.decided)
    if not any(found.party in changed for found in held):
        return task
    return replace(
        task,
        assignments=tuple(_assignments(task.assignments, changed)),
        decided=tuple(_assignments(task.decided, changed)),
    )


def _assignments(found: Iterable[Assignment], changed: dict[str, tuple[str, ...]]) -> Iterator[Assignment]:
    for one in found:
        if one.party not in changed:
            yield one
        for unit in changed.get(one.party, ()):
            yield replace(one, party=unit, former=one.party)
