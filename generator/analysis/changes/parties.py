"""Who gained or lost what: units and groups in a task, and what that makes of each one's duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.analysis.changes.pieces import Reference
from generator.analysis.changes.tables import DutyChange, Held, PartyChange, PartyDuties, PartyName
from generator.graph import ResponsibilityGraph, Task
from generator.model import Role


@dataclass(frozen=True)
class Side:
    """One of the two versions: who its units and groups are, and what each holds in every task."""

    graph: ResponsibilityGraph

    def name(self, party: str) -> PartyName | None:
        """How a unit or a group is called; None for one that this version does not have."""
        found = self.graph.unit_by_id.get(party) or self.graph.group_by_id.get(party)
        return PartyName(party, found.name, found.confirmed) if found else None

    @cached_property
    def held(self) -> Mapping[str, Mapping[str, tuple[Held, ...]]]:
        """By task, then by unit or group: every role there, in the order of roles."""
        found: dict[str, dict[str, list[Held]]] = {task.id: {} for task in self.graph.tasks}
        for duty in self.graph.duties:
            settled = duty.certain and (duty.via is None or self.graph.group_by_id[duty.via].confirmed)
            held = Held(duty.role, duty.via or "", settled, duty.written if duty.via else "")
            found[duty.task.id].setdefault(duty.unit, []).append(held)
        for task in self.graph.tasks:
            for name in task.assignments:
                if name.party in self.graph.group_by_id:
                    found[task.id].setdefault(name.party, []).append(Held(name.role))
        return {
            task: {party: tuple(_in_order(held)) for party, held in parties.items()}
            for task, parties in found.items()
        }


def _in_order(held: Iterable[Held]) -> list[Held]:
    roles = list(Role)
    return sorted(held, key=lambda found: (roles.index(found.role), found.via))


def party_changes(before: Side, after: Side, old: Task | None, new: Task | None) -> tuple[PartyChange, ...]:
    """The units and groups that a task names otherwise than it did, in the order in which it names them."""
    ours, theirs = _roles(old), _roles(new)
    return tuple(
        PartyChange(found, ours.get(party, ()), theirs.get(party, ()))
        for party in dict.fromkeys((*theirs, *ours))
        if ours.get(party) != theirs.get(party) and (found := after.name(party) or before.name(party))
    )


def _roles(task: Task | None) -> dict[str, tuple[Role, ...]]:
    found: dict[str, list[Role]] = {}
    for name in task.assignments if task else ():
        found.setdefault(name.party, []).append(name.role)
    return {party: tuple(role for role in Role if role in roles) for party, roles in found.items()}


@dataclass(frozen=True)
class ComparedTask:
    """Two versions of a task; `altered` where its title, words, times or figures changed."""

    before: Task | None
    after: Task | None
    altered: bool


def duty_changes(before: Side, after: Side, tasks: Iterable[ComparedTask]) -> tuple[PartyDuties, ...]:
    """What every unit and group gained, lost, or has otherwise, in official order."""
    found: dict[str, list[DutyChange]] = {}
    for compared in tasks:
        for party, change in _in_task(before, after, compared):
            found.setdefault(party, []).append(change)
    order = dict.fromkeys((*after.graph.order, *before.graph.order))
    units = {*before.graph.unit_by_id, *after.graph.unit_by_id}
    return tuple(
        PartyDuties(name, party not in units, tuple(found[party]))
        for party in order
        if party in found and (name := after.name(party) or before.name(party))
    )


def _in_task(before: Side, after: Side, compared: ComparedTask) -> Iterator[tuple[str, DutyChange]]:
    old, new = compared.before, compared.after
    ours = before.held[old.id] if old else {}
    theirs = after.held[new.id] if new else {}
    for party in dict.fromkeys((*theirs, *ours)):
        had, has = ours.get(party, ()), theirs.get(party, ())
        if had != has or compared.altered:
            yield party, DutyChange(task_reference(old), task_reference(new), had, has)


def task_reference(task: Task | None) -> Reference | None:
    """How a task is called."""
    return Reference(task.id, task.label, task.measure.title or "") if task else None
