"""Who owes what: units, groups, tasks and links, resolved, behind named questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from generator.document import chapters_called
from generator.findings import Finding
from generator.graph.names import folded, names_of
from generator.model import Chapter, Clause, Link, Measure, Plan, Role, Section, Unit, UnitGroup

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True)
class Assignment:
    """A unit or group named in a task, as written, with its role; `party` is the resolved id.

    `former` is the unit that the text means where another has taken over from it since.
    """

    written: str
    party: str
    role: Role
    former: str | None = None


@dataclass(frozen=True)
class Task:
    """任务: a clause of a measure, with its assignments resolved; `id` is `scheme-10.1`, `label` 方案-10①.

    `decided` are the units and groups that the office decided are meant by 等 or 各有关部门; the text does not
    name them.
    """

    id: str
    label: str
    plan: Plan
    measure: Measure
    clause: Clause
    position: int
    assignments: tuple[Assignment, ...]
    decided: tuple[Assignment, ...] = ()

    @property
    def measure_id(self) -> str:
        """`scheme-10`."""
        return self.plan.measure_id(self.measure)

    @property
    def open(self) -> bool:
        """Whether the list of units ends in 等."""
        return self.clause.responsibility is not None and self.clause.responsibility.open

    def parties(self, *roles: Role) -> tuple[Assignment, ...]:
        """Assignments in any of the roles, in the text's order."""
        return tuple(found for found in self.assignments if found.role in roles)

    def statement_id(self, index: int) -> str:
        """`scheme-14.1.5`; `index` counts statements from 0."""
        return f"{self.id}.{index + 1}"


@dataclass(frozen=True)
class Duty:
    """What a unit owes in a task, directly or through a group (`via`); not `certain` where it may not be meant.

    `former` is the unit that it took over from; `decided` where not the text but the office named it.
    """

    task: Task
    unit: str
    role: Role
    written: str
    via: str | None = None
    certain: bool = True
    former: str | None = None
    decided: bool = False


@dataclass(frozen=True, eq=False)
class ResponsibilityGraph:
    """Units, groups, tasks and links, resolved; the answers to who owes what.

    `took_over` tells of every unit of a day which earlier ones it stands for (`generator.graph.succession`).
    Compared by identity, so that what is worked out from it can be kept.
    """

    units: tuple[Unit, ...]
    groups: tuple[UnitGroup, ...]
    plans: tuple[Plan, ...]
    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...] = ()
    took_over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def unit_by_id(self) -> Mapping[str, Unit]:
        """Units by id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def group_by_id(self) -> Mapping[str, UnitGroup]:
        """Groups by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The official order (建制顺序) of units, groups after them."""
        parties: tuple[Unit | UnitGroup, ...] = (*self.units, *self.groups)
        return {party.id: place for place, party in enumerate(parties)}

    def name(self, party: str) -> str:
        """The name of a unit or a group."""
        return (self.unit_by_id.get(party) or self.group_by_id[party]).name

    @cached_property
    def _own_names(self) -> Mapping[str, frozenset[str]]:
        return {unit.id: frozenset(folded(name) for name in names_of(unit)) for unit in self.units}

    def now_called(self, written: str, party: str) -> str:
        """The name of the unit that answers now, where the text names one that it took over from; else empty."""
        own = self._own_names.get(party)
        return "" if own is None or folded(written) in own else self.unit_by_id[party].name

    @cached_property
    def measures(self) -> Mapping[str, tuple[Plan, Measure]]:
        """Every measure with its plan by `scheme-14`, in the order of the document."""
        return {plan.measure_id(measure): (plan, measure) for plan in self.plans for measure in plan.measures}

    @cached_property
    def _tasks_by_measure(self) -> Mapping[str, tuple[Task, ...]]:
        grouped: dict[str, list[Task]] = {}
        for task in self.tasks:
            grouped.setdefault(task.measure_id, []).append(task)
        return {measure: tuple(tasks) for measure, tasks in grouped.items()}

    def tasks_of(self, measure_id: str) -> tuple[Task, ...]:
        """The tasks of one measure."""
        return self._tasks_by_measure.get(measure_id, ())

    @cached_property
    def task_order(self) -> Mapping[str, int]:
        """The place of a task in the document, by its id."""
        return {task.id: place for place, task in enumerate(self.tasks)}

    @cached_property
    def task_by_label(self) -> Mapping[str, Task]:
        """Tasks by their visible number, 方案-14."""
        return {task.label: task for task in self.tasks}

    def members(self, group: str) -> tuple[str, ...]:
        """The units of a group as far as they are known, in official order."""
        return tuple(member for member in self.group_by_id[group].members if member in self.unit_by_id)

    def candidates(self, group: str) -> tuple[str, ...]:
        """The units that a group may mean where its members are not known but its range is."""
        found = self.group_by_id[group]
        unknown = found.members or found.subset_of not in self.group_by_id
        return () if unknown else self.members(str(found.subset_of))

    @cached_property
    def _members_or_candidates(self) -> Mapping[str, tuple[str, ...]]:
        return {group.id: (*self.members(group.id), *self.candidates(group.id)) for group in self.groups}

    def members_or_candidates(self, party: str) -> tuple[str, ...]:
        """The units that a group holds or may hold; none for a unit."""
        return self._members_or_candidates.get(party, ())

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty of every unit; one named directly does not also stand through a group in the same task."""
        return tuple(duty for task in self.tasks for duty in self._duties_in(task))

    def _duties_in(self, task: Task) -> Iterable[Duty]:
        """Each unit once in a role: two that were merged since are one, one that the office added is not twice."""
        named = {found.party for found in (*task.assignments, *task.decided)}
        held: dict[tuple[str, Role], Duty] = {}
        for duty in (*self._named_in(task, named), *self._decided_in(task)):
            held.setdefault((duty.unit, duty.role), duty)
        return held.values()

    def _named_in(self, task: Task, named: set[str]) -> Iterable[Duty]:
        for found in task.assignments:
            if found.party in self.unit_by_id:
                yield Duty(task, found.party, found.role, found.written, former=found.former)
                continue
            for member in self.members(found.party):
                if member not in named:
                    yield Duty(task, member, found.role, found.written, via=found.party)
            for member in self.candidates(found.party):
                if member not in named:
                    yield Duty(task, member, found.role, found.written, via=found.party, certain=False)

    def _decided_in(self, task: Task) -> Iterable[Duty]:
        """Units that the office added; of a group, its members as far as they are known."""
        texts = {found.party for found in task.assignments}
        for found in task.decided:
            for unit in (found.party,) if found.party in self.unit_by_id else self.members(found.party):
                if unit not in texts:
                    yield Duty(task, unit, found.role, found.written, former=found.former, decided=True)

    @cached_property
    def _duties_by_unit(self) -> Mapping[str, tuple[Duty, ...]]:
        grouped: dict[str, list[Duty]] = {unit.id: [] for unit in self.units}
        for duty in self.duties:
            grouped[duty.unit].append(duty)
        return {unit: tuple(duties) for unit, duties in grouped.items()}

    def duties_of(self, unit: str) -> tuple[Duty, ...]:
        """What one unit owes, in the order of the document."""
        return self._duties_by_unit[unit]

    @cached_property
    def _links_by_end(self) -> Mapping[tuple[str, str], tuple[Link, ...]]:
        grouped: dict[tuple[str, str], list[Link]] = {}
        for link in self.links:
            grouped.setdefault(("from", link.source), []).append(link)
            grouped.setdefault(("to", link.to), []).append(link)
        return {end: tuple(links) for end, links in grouped.items()}

    def links_from(self, measure_id: str) -> tuple[Link, ...]:
        """What a measure carries out."""
        return self._links_by_end.get(("from", measure_id), ())

    def links_to(self, measure_id: str) -> tuple[Link, ...]:
        """What carries a measure out."""
        return self._links_by_end.get(("to", measure_id), ())

    @cached_property
    def network(self) -> networkx.MultiDiGraph[str]:
        """Plans, measures, clauses, units and groups as nodes; assignments (with role) and links as edges."""
        # networkx takes a quarter of a second to import, and `check` does not need it.
        from generator.graph.network import network_of

        return network_of(self)

    def chapter_of(self, plan: Plan, measure: Measure) -> tuple[Section, Chapter] | None:
        """The chapter that a measure stands under."""
        return self._chapters.get((plan.id, measure.chapter))

    @cached_property
    def _chapters(self) -> dict[tuple[str, str | None], tuple[Section, Chapter] | None]:
        found: dict[tuple[str, str | None], tuple[Section, Chapter] | None] = {}
        for plan, measure in self.measures.values():
            if (plan.id, measure.chapter) not in found:
                called = chapters_called(plan, measure.chapter)
                found[plan.id, measure.chapter] = next(iter(called), None)
        return found
