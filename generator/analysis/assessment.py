"""Annual assessment (年度考核): what a unit answers for in a year, and the weights, decided or proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.tasks import ANSWERING, DutyRow, TaskRow, duty_rows
from generator.graph import ResponsibilityGraph
from generator.model import (
    AssessmentFile,
    AssessmentMode,
    Criterion,
    DeadlineKind,
    LinkKind,
    Plan,
    UnitKind,
)

TOWN_KINDS = frozenset({UnitKind.TOWN, UnitKind.SUBDISTRICT})


@dataclass(frozen=True)
class AssessmentRow:
    """One scored task: why it is in the year's form, its weight, and the scheme tasks asked together with it."""

    duty: DutyRow
    reason: str
    weight: float
    weight_suggested: bool
    scoring: str
    scoring_suggested: bool
    scored_by: str
    together: tuple[TaskRow, ...]


@dataclass(frozen=True)
class AssessmentForm:
    """年度考核表 of one unit; towns have a part on air quality, departments do not."""

    unit: str
    plan: str
    year: int
    for_town: bool
    mode: AssessmentMode
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


def assessment_form(
    graph: ResponsibilityGraph, rows: tuple[TaskRow, ...], plan: Plan, unit: str
) -> AssessmentForm | None:
    """The form of one unit for the year of `plan`; None for a unit that answers for nothing or is not assessed."""
    if plan.assessment is None or plan.head.year is None:
        return None
    decided = {graph_unit(graph, found.unit): found.mode for found in plan.assessment.units}
    mode = decided.get(unit, AssessmentMode.SCORED)
    found = _scored_duties(graph, rows, plan, unit)
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
        total=plan.assessment.total,
        suggested=not plan.assessment.confirmed,
        basis=plan.assessment.basis,
        air_quality=air_quality,
        common=plan.assessment.common,
        rows=_weighted(found, plan.assessment, plan.assessment.total - fixed),
        adjustments=plan.assessment.adjustments,
    )


def graph_unit(graph: ResponsibilityGraph, written: str) -> str | None:
    """The id of a unit by its name or alias; None where there is no such unit."""
    for unit in graph.units:
        if written in {unit.id, unit.name, unit.full_name, *(alias.name for alias in unit.aliases)}:
            return unit.id
    return None


@dataclass(frozen=True)
class _Scored:
    duty: DutyRow
    reason: str
    together: tuple[TaskRow, ...] = ()


def _scored_duties(
    graph: ResponsibilityGraph, rows: tuple[TaskRow, ...], plan: Plan, unit: str
) -> tuple[_Scored, ...]:
    """The year's own tasks first, then scheme tasks not already asked with one of them."""
    duties = [duty for duty in duty_rows(graph, unit, rows) if duty.role in ANSWERING and _counts(duty.row)]
    own = [duty for duty in duties if duty.row.plan == plan.id]
    parents = {parent.plan for parent in plan.head.parents if parent.plan}
    above = [duty for duty in duties if duty.row.plan in parents]
    together = {duty.row.id: implemented_rows(graph, duty, above) for duty in own}
    asked = {row.id for found in together.values() for row in found}
    scored = [_Scored(duty, "reason.annual", together[duty.row.id]) for duty in own]
    for duty in above:
        reason = reason_in_year(duty.row, plan.head.year or 0)
        if duty.row.id not in asked and reason:
            scored.append(_Scored(duty, reason))
    return tuple(scored)


def _counts(row: TaskRow) -> bool:
    """Safeguards (保障措施) are not scored unless the office decided that they are."""
    decided = row.breakdown.assessment if row.breakdown else None
    return decided is AssessmentMode.SCORED if decided else not row.safeguard


def implemented_rows(graph: ResponsibilityGraph, duty: DutyRow, above: list[DutyRow]) -> tuple[TaskRow, ...]:
    """Parent tasks that this task carries out wholly: shown with it and asked once."""
    targets = {link.to for link in graph.links_from(duty.row.measure_id) if link.kind is LinkKind.IMPLEMENTS}
    return tuple(found.row for found in above if found.row.measure_id in targets)


def reason_in_year(row: TaskRow, year: int) -> str | None:
    """Why a scheme task stands in the year's form; None where all its times ended before the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if any(_falls_in(found.start, found.end, first, last) for found in row.dated):
        return "reason.dated"
    ends = [found.end for found in row.dated if found.end]
    only_dated = bool(row.deadlines) and all(found.kind is DeadlineKind.BY for _, found in row.deadlines)
    if only_dated and ends and max(ends) < first:
        return None
    return "reason.later" if any(end > last for end in ends) else "reason.continuing"


def _falls_in(start: date | None, end: date | None, first: date, last: date) -> bool:
    """A last day within the year, or a span that touches it."""
    if end is None:
        return start is not None and first <= start <= last
    return (start or end) <= last and end >= first


def _weighted(
    found: tuple[_Scored, ...], assessment: AssessmentFile, available: float
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
            scoring=_scoring(scored.duty.row) or assessment.default_scoring,
            scoring_suggested=_scoring(scored.duty.row) is None,
            scored_by=assessment.scored_by or "",
            together=scored.together,
        )
        for scored, weight, known in zip(found, weights, decided, strict=True)
    )


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
