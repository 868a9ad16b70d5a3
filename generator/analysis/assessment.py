"""Annual assessment (年度考核): what a unit answers for in a year, and the weights, decided or proposed."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.schedule import labelled_objectives
from generator.analysis.scored_duties import ScoredDuty, scored_duties
from generator.analysis.tasks import DutyRow, TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import (
    AssessmentFile,
    AssessmentMode,
    Criterion,
    Deadline,
    Plan,
    Target,
    UnitKind,
)

TOWN_KINDS = frozenset({UnitKind.TOWN, UnitKind.SUBDISTRICT})


@dataclass(frozen=True)
class AssessmentRow:
    """One scored task: why it is in the year's form, its weight, and the scheme tasks asked together with it.

    `twins` are tasks of the year's own plan in the same form that ask in part for the very same thing.
    """

    duty: DutyRow
    reason: str
    weight: float
    weight_suggested: bool
    scoring: str
    scoring_suggested: bool
    scored_by: str
    together: tuple[TaskRow, ...]
    twins: tuple[str, ...]


@dataclass(frozen=True)
class AssessmentForm:
    """年度考核表 of one unit; towns have a part on air quality, departments do not."""

    unit: str
    plan: str
    year: int
    for_town: bool
    mode: AssessmentMode
    mode_suggested: bool
    total: float
    suggested: bool
    basis: str
    air_quality: tuple[Criterion, ...]
    common: tuple[Criterion, ...]
    rows: tuple[AssessmentRow, ...]
    adjustments: tuple[Criterion, ...]

    @property
    def weight_sum(self) -> float:
        """The weights of all scored rows and criteria together, adjustments apart."""
        criteria = sum(found.weight or 0 for found in (*self.air_quality, *self.common))
        return round(criteria + sum(row.weight for row in self.rows), 1)

    @property
    def weights_open(self) -> bool:
        """Whether a criterion has no weight yet: the weights of the tasks take up what it will need."""
        return any(found.weight is None for found in (*self.air_quality, *self.common))


def assessment_form(
    graph: ResponsibilityGraph, duties: tuple[DutyRow, ...], plan: Plan, unit: str
) -> AssessmentForm | None:
    """The form of one unit for the year of `plan`; None for a unit that answers for nothing or is not assessed."""
    if plan.assessment is None or plan.head.year is None:
        return None
    decided = {graph_unit(graph, found.unit): found.mode for found in plan.assessment.units}
    named = next((one for one in (unit, *graph.took_over.get(unit, ())) if one in decided), unit)
    mode = decided.get(named, AssessmentMode.SCORED)
    found = scored_duties(graph, duties, plan)
    if not found or mode is AssessmentMode.NONE:
        return None
    for_town = graph.unit_by_id[unit].kind in TOWN_KINDS
    air_quality = plan.assessment.air_quality if for_town else ()
    fixed = sum(criterion.weight or 0 for criterion in (*air_quality, *plan.assessment.common))
    return AssessmentForm(
        unit=unit,
        plan=plan.id,
        year=plan.head.year,
        for_town=for_town,
        mode=mode,
        mode_suggested=named not in decided and not plan.assessment.confirmed,
        total=plan.assessment.total,
        suggested=not plan.assessment.confirmed,
        basis=plan.assessment.basis,
        air_quality=air_quality,
        common=plan.assessment.common,
        rows=_weighted(found, plan.assessment, plan.assessment.total - fixed),
        adjustments=plan.assessment.adjustments,
    )


@dataclass(frozen=True)
class CriterionFacts:
    """What the objective (工作目标) that a criterion rests on says, under the objective's label."""

    label: str
    targets: tuple[Target, ...]
    deadlines: tuple[Deadline, ...]


def criterion_facts(plan: Plan, criterion: Criterion) -> CriterionFacts | None:
    """The figures and times of a criterion; None where it rests on no objective of the plan."""
    for number, (label, objective) in enumerate(labelled_objectives(plan), 1):
        if number == criterion.objective:
            targets = tuple(target for found in objective.statements for target in found.targets)
            deadlines = tuple(deadline for found in objective.statements for deadline in found.deadlines)
            return CriterionFacts(label, targets, deadlines)
    return None


def graph_unit(graph: ResponsibilityGraph, written: str) -> str | None:
    """The id of a unit by its name or alias; None where there is no such unit."""
    for unit in graph.units:
        if written in {unit.id, unit.name, unit.full_name, *(alias.name for alias in unit.aliases)}:
            return unit.id
    return None


def _weighted(
    found: tuple[ScoredDuty, ...], assessment: AssessmentFile, available: float
) -> tuple[AssessmentRow, ...]:
    """Decided weights as they are; what is left is spread evenly, rounded to 0.1, the remainder on the last."""
    decided = [duty.duty.row.breakdown.weight if duty.duty.row.breakdown else None for duty in found]
    weights = _spread(decided, available)
    return tuple(
        AssessmentRow(
            duty=scored.duty,
            reason=scored.reason,
            weight=weight,
            weight_suggested=known is None,
            scoring=_scoring(scored.duty.row) or _default_scoring(assessment, scored.reason),
            scoring_suggested=_scoring(scored.duty.row) is None,
            scored_by=assessment.scored_by or "",
            together=scored.together,
            twins=scored.twins,
        )
        for scored, weight, known in zip(found, weights, decided, strict=True)
    )


def _default_scoring(assessment: AssessmentFile, reason: str) -> str:
    """A task whose day lies after the year cannot be scored by its day."""
    later = assessment.later_scoring if reason == "reason.later" else None
    return later or assessment.default_scoring


def _scoring(row: TaskRow) -> str | None:
    return row.breakdown.scoring if row.breakdown else None


def _spread(decided: list[float | None], available: float) -> list[float]:
    """Tenths as whole numbers, so that the sum is exact."""
    open_places = [place for place, weight in enumerate(decided) if weight is None]
    weights = [round((weight or 0) * 10) for weight in decided]
    left = max(0, round(available * 10) - sum(weights))
    for place in open_places:
        weights[place] = round(left / len(open_places))
    if open_places:
        weights[open_places[-1]] += left - sum(weights[place] for place in open_places)
    return [weight / 10 for weight in weights]
