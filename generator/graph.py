"""Names → units: the graph of responsibility; networkx stands behind named questions only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.findings import Finding, Severity, shown, suggestion
from generator.model import Chapter, Clause, Link, Measure, Plan, Role, Section, Unit, UnitGroup
from generator.storage import LoadedProject, Loc

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True)
class Assignment:
    """A unit or group named in a task, as written, with its role; `party` is the resolved id."""

    written: str
    party: str
    role: Role


@dataclass(frozen=True)
class Task:
    """任务: a clause of a measure, with its assignments resolved; `id` is `scheme-10.1`, `label` 方案-10①."""

    id: str
    label: str
    plan: Plan
    measure: Measure
    clause: Clause
    position: int
    assignments: tuple[Assignment, ...]

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
    """What a unit owes in a task, directly or through a group (`via`); not `certain` where it may not be meant."""

    task: Task
    unit: str
    role: Role
    written: str
    via: str | None = None
    certain: bool = True


@dataclass(frozen=True)
class ResponsibilityGraph:
    """Units, groups, tasks and links, resolved; the answers to who owes what."""

    units: tuple[Unit, ...]
    groups: tuple[UnitGroup, ...]
    plans: tuple[Plan, ...]
    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...] = ()

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
    def task_by_label(self) -> Mapping[str, Task]:
        """Tasks by their visible number, 方案-14."""
        return {task.label: task for task in self.tasks}

    def members(self, group: str) -> tuple[str, ...]:
        """The units of a group as far as they are known, in official order."""
        return self.group_by_id[group].members

    def candidates(self, group: str) -> tuple[str, ...]:
        """The units that a group may mean where its members are not known but its range is."""
        found = self.group_by_id[group]
        return self.members(found.subset_of) if not found.members and found.subset_of else ()

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty of every unit; one named directly does not also stand through a group in the same task."""
        return tuple(duty for task in self.tasks for duty in self._duties_in(task))

    def _duties_in(self, task: Task) -> Iterable[Duty]:
        named = {found.party for found in task.assignments}
        for found in task.assignments:
            if found.party in self.unit_by_id:
                yield Duty(task, found.party, found.role, found.written)
                continue
            for member in self.members(found.party):
                if member not in named:
                    yield Duty(task, member, found.role, found.written, via=found.party)
            for member in self.candidates(found.party):
                if member not in named:
                    yield Duty(task, member, found.role, found.written, via=found.party, certain=False)

    @cached_property
    def _duties_by_unit(self) -> Mapping[str, tuple[Duty, ...]]:
        grouped: dict[str, list[Duty]] = {unit.id: [] for unit in self.units}
        for duty in self.duties:
            grouped[duty.unit].append(duty)
        return {unit: tuple(duties) for unit, duties in grouped.items()}

    def duties_of(self, unit: str) -> tuple[Duty, ...]:
        """What one unit owes, in the order of the document."""
        return self._duties_by_unit[unit]

    def links_from(self, measure_id: str) -> tuple[Link, ...]:
        """What a measure carries out."""
        return tuple(link for link in self.links if link.source == measure_id)

    def links_to(self, measure_id: str) -> tuple[Link, ...]:
        """What carries a measure out."""
        return tuple(link for link in self.links if link.to == measure_id)

    @cached_property
    def network(self) -> networkx.MultiDiGraph[str]:
        """Plans, measures, clauses, units and groups as nodes; assignments (with role) and links as edges."""
        return _network(self)

    def chapter_of(self, plan: Plan, measure: Measure) -> tuple[Section, Chapter] | None:
        """The chapter that a measure stands under."""
        for section in plan.head.sections:
            for chapter in section.chapters:
                if measure.chapter in {chapter.number, f"{section.number}/{chapter.number}"}:
                    return section, chapter
        return None


def folded(name: str) -> str:
    """A name as it is compared: full-width and half-width alike, no white space, any bracket style."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return plain.translate(str.maketrans("〔〕[]【】", "()()()"))


def _parties(loaded: LoadedProject) -> tuple[Unit | UnitGroup, ...]:
    return (*loaded.units.units, *loaded.units.groups)


def name_index(loaded: LoadedProject) -> dict[str, tuple[str, ...]]:
    """Folded name → ids of the units and groups that bear it; more than one is ambiguous."""
    index: dict[str, dict[str, None]] = {}
    for party in _parties(loaded):
        names = [party.name, *(alias.name for alias in party.aliases)]
        if isinstance(party, Unit) and party.full_name:
            names.append(party.full_name)
        for name in names:
            index.setdefault(folded(name), {})[party.id] = None
    return {name: tuple(ids) for name, ids in index.items()}


def resolve(loaded: LoadedProject) -> ResponsibilityGraph:
    """Resolve every name in every responsibility; what cannot be resolved is left out and is a finding."""
    resolver = _Resolver(loaded)
    tasks = tuple(
        Task(
            id=plan.clause_id(measure, position),
            label=plan.task_label(measure, position),
            plan=plan,
            measure=measure,
            clause=clause,
            position=position,
            assignments=resolver.assignments(plan, measure, position, clause),
        )
        for plan in loaded.plans
        for measure in plan.measures
        for position, clause in enumerate(measure.clauses, 1)
    )
    return ResponsibilityGraph(
        units=loaded.units.units,
        groups=loaded.units.groups,
        plans=loaded.plans,
        tasks=tasks,
        links=tuple(link for plan in loaded.plans for link in plan.links),
        findings=tuple(resolver.findings),
    )


class _Resolver:
    """Looks names up and gathers what it does not find."""

    def __init__(self, loaded: LoadedProject) -> None:
        self.loaded = loaded
        self.index = name_index(loaded)
        self.names = {
            folded(name): name
            for party in _parties(loaded)
            for name in (party.name, *(alias.name for alias in party.aliases))
        }
        self.findings: list[Finding] = []

    def assignments(self, plan: Plan, measure: Measure, position: int, clause: Clause) -> tuple[Assignment, ...]:
        if clause.responsibility is None:
            return ()
        file = self.loaded.measure_file(plan, measure)
        loc: Loc = ("clauses", position - 1, "responsibility")
        found = []
        for role in Role:
            for index, written in enumerate(getattr(clause.responsibility, role.value)):
                party = self._party(written, file, (*loc, role.value, index))
                if party is not None:
                    found.append(Assignment(written, party, role))
        return tuple(found)

    def _party(self, written: str, file: str, loc: Loc) -> str | None:
        ids = self.index.get(folded(written), ())
        if len(ids) == 1:
            return ids[0]
        if ids:
            message = f"“{shown(written)}”有 {len(ids)} 个单位同名（{'、'.join(ids)}）；应在 units.yml 中区分"
            self._report("unit-ambiguous", message, file, loc)
        elif "units.yml" in self.loaded.files and self.loaded.units.units:
            hint = suggestion(written, self.names.values()) or "应先在 units.yml 中登记"
            self._report("unit-unknown", f"没有“{shown(written)}”这个单位或单位集合；{hint}", file, loc)
        return None

    def _report(self, rule: str, message: str, file: str, loc: Loc) -> None:
        self.findings.append(Finding(self.loaded.place(file, loc), rule, Severity.ERROR, message))


def _network(graph: ResponsibilityGraph) -> networkx.MultiDiGraph[str]:
    # networkx takes a quarter of a second to import, and `check` does not need it.
    import networkx

    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for plan in graph.plans:
        network.add_node(plan.id, kind="plan", label=plan.head.title)
    for measure_id, (plan, measure) in graph.measures.items():
        network.add_node(measure_id, kind="measure", label=measure.title or measure_id)
        network.add_edge(plan.id, measure_id, kind="contains", role="")
    for unit in graph.units:
        network.add_node(unit.id, kind="unit", label=unit.name)
    for group in graph.groups:
        network.add_node(group.id, kind="group", label=group.name)
        for member in group.members:
            network.add_edge(group.id, member, kind="member", role="", confirmed=group.confirmed)
    for task in graph.tasks:
        network.add_node(task.id, kind="clause", label=task.label)
        network.add_edge(task.measure_id, task.id, kind="contains", role="")
        for found in task.assignments:
            network.add_edge(found.party, task.id, kind="assignment", role=found.role.value)
    for link in graph.links:
        network.add_edge(link.source, link.to, kind=link.kind.value, role="", reason=link.reason)
    return network
