"""Names in the plan → the units and groups they mean."""

from __future__ import annotations

from generator.findings import Finding, Severity, shown
from generator.graph.names import folded, name_index, names_of, parties, unit_hint
from generator.graph.responsibility import Assignment, ResponsibilityGraph, Task
from generator.model import Clause, Measure, Plan, Role
from generator.storage import LoadedProject, Loc


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
            decided=resolver.decided(plan.task_label(measure, position), clause),
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
        self.index = name_index(parties(loaded))
        self.names = sorted({name for party in parties(loaded) for name in names_of(party)})
        self.units_known = loaded.readable("units.yml")
        self.open_lists = {
            found.task: found.open_list for plan in loaded.plans for found in plan.breakdown if found.open_list
        }
        self.hints: dict[str, str] = {}
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

    def decided(self, label: str, clause: Clause) -> tuple[Assignment, ...]:
        """Whom the office counts among 等 or 各有关部门, in the role in which the list goes on.

        A list that is closed takes nobody in; a name that is not known is told by the checks of breakdown.yml.
        """
        role = self._open_role(clause) if label in self.open_lists else None
        if role is None:
            return ()
        ids = ((name, self.index.get(folded(name), ())) for name in self.open_lists[label])
        return tuple(Assignment(name, found[0], role) for name, found in ids if len(found) == 1)

    def _open_role(self, clause: Clause) -> Role | None:
        """The role of a group whose members nobody knows, else of the name before 等; None for a closed list."""
        if clause.responsibility is None:
            return None
        held = tuple(clause.responsibility.by_role())
        unknown = {name for group in self.loaded.units.groups if not group.members for name in names_of(group)}
        in_group = [role for role, name in held if name in unknown]
        before = [role for role, name in held if f"{name}等" in clause.responsibility.phrase]
        rest = [role for role, _ in held] if clause.responsibility.open else []
        return next(iter((*in_group, *before, *reversed(rest))), None)

    def _party(self, written: str, file: str, loc: Loc) -> str | None:
        ids = self.index.get(folded(written), ())
        if len(ids) == 1:
            return ids[0]
        if ids:
            message = f"“{shown(written)}”有 {len(ids)} 个单位同名（{'、'.join(ids)}）；应在 units.yml 中区分"
            self._report("unit-ambiguous", message, file, loc)
        elif self.units_known:
            message = f"没有“{shown(written)}”这个单位或统称；{self._hint(written)}"
            self._report("unit-unknown", message, file, loc)
        return None

    def _hint(self, written: str) -> str:
        if written not in self.hints:
            self.hints[written] = unit_hint(written, self.names)
        return self.hints[written]

    def _report(self, rule: str, message: str, file: str, loc: Loc) -> None:
        self.findings.append(Finding(self.loaded.place(file, loc), rule, Severity.ERROR, message))
