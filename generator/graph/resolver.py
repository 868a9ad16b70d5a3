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
        self.names = sorted({name for party in parties(loaded) for name in names_of(party)})
        self.units_known = loaded.readable("units.yml")
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
