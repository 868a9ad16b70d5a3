"""考核汇总: what each unit scored in a year, by part; totals, rank and grade are proposals, never final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from generator.analysis.assessment import AssessmentForm, graph_unit
from generator.analysis.ledger import Ledger
from generator.analysis.obligations import party_ids
from generator.analysis.progress import UnitProgress, unit_progress
from generator.analysis.scored_rows import ADJUSTMENTS, PartName, ScoredRow, scored_rows
from generator.graph import ResponsibilityGraph, folded
from generator.model import AssessmentMode, Grade, Plan, Score

Forms = Mapping[tuple[str, str], AssessmentForm]
CENT = Decimal("0.01")


@dataclass(frozen=True)
class PartScore:
    """A part of the form: rows asked and decided, points so far; a part is scored once every row is decided."""

    asked: int
    decided: int
    points: float

    @property
    def score(self) -> float | None:
        """The points; None as long as a row is open."""
        return self.points if self.asked == self.decided else None


@dataclass(frozen=True)
class Deduction:
    """扣分: how much less than its weight a row was given, or a negative adjustment."""

    unit: str
    row: ScoredRow
    points: float
    score: Score


@dataclass(frozen=True)
class UnitSummary:
    """One line of a tab; a part that the form does not have is None, and so is what cannot be worked out yet.

    `self_total` is what the unit gave itself, as it stands in its form; `gap` 合理缺项分.
    """

    unit: str
    parts: Mapping[PartName, PartScore | None]
    bonus: float
    penalty: float
    self_total: float | None
    self_open: int
    total: float | None
    gap: float
    scaled: float | None
    deductions: tuple[Deduction, ...]
    rank: int | None = None
    grade: str | None = None


@dataclass(frozen=True)
class UnscoredUnit:
    """A unit that is circulated only or not assessed, with the basis of that decision and how its tasks stand."""

    unit: str
    mode: AssessmentMode
    basis: str
    progress: UnitProgress


@dataclass(frozen=True)
class Summary:
    """考核汇总表 of a year; `suggested` while the office has not confirmed the weights."""

    plan: str
    year: int
    full: float
    suggested: bool
    departments: tuple[UnitSummary, ...]
    towns: tuple[UnitSummary, ...]
    unscored: tuple[UnscoredUnit, ...]

    @property
    def deductions(self) -> tuple[Deduction, ...]:
        """扣分明细 of all, by unit, then in the order of the form."""
        return tuple(found for line in (*self.departments, *self.towns) for found in line.deductions)


def summary(
    graph: ResponsibilityGraph, ledger: Ledger, grades: tuple[Grade, ...], plan: Plan, forms: Forms
) -> Summary:
    """The summary of an annual plan as scored up to the ledger's day."""
    own = [form for (owner, _), form in forms.items() if owner == plan.id]
    scored = [form for form in own if form.mode is AssessmentMode.SCORED]
    lines = {form.unit: _line(graph, ledger, plan, form) for form in scored}
    departments = [lines[form.unit] for form in scored if not form.for_town]
    towns = [lines[form.unit] for form in scored if form.for_town]
    assessment = plan.assessment
    return Summary(
        plan=plan.id,
        year=plan.head.year or 0,
        full=assessment.total if assessment else 100,
        suggested=assessment is None or not assessment.confirmed,
        departments=_ranked(departments, grades),
        towns=_ranked(towns, grades),
        unscored=tuple(_unscored(graph, ledger, plan)),
    )


def _line(graph: ResponsibilityGraph, ledger: Ledger, plan: Plan, form: AssessmentForm) -> UnitSummary:
    rows, found = scored_rows(form), _scores(graph, ledger, plan, form.unit)
    asked = [row for row in rows if row.part is not ADJUSTMENTS]
    extra = [score for row in rows if row.part is ADJUSTMENTS and (score := _points(found, row)) is not None]
    parts = {part: _part(part, asked, found) for part in PartName if part is not ADJUSTMENTS}
    gap = sum(row.weight or 0 for row in asked if row.key in found and found[row.key].not_applicable)
    bonus, penalty = sum(max(0.0, one) for one in extra), -sum(min(0.0, one) for one in extra)
    total = _total(parts, bonus, penalty)
    selves = _self_scores(ledger, plan, form)
    return UnitSummary(
        unit=form.unit,
        parts=parts,
        bonus=bonus,
        penalty=penalty,
        self_total=sum(selves.values()) if selves else None,
        self_open=sum(row.key not in selves for row in asked),
        total=total,
        gap=gap,
        scaled=_scaled(total, gap, form.total),
        deductions=tuple(_deductions(form.unit, rows, found)),
    )


def _scores(graph: ResponsibilityGraph, ledger: Ledger, plan: Plan, unit: str) -> dict[str, Score]:
    """The last score of every row up to the day."""
    ids = party_ids(graph)
    found = [
        one
        for _, file in plan.decisions
        for one in file.scores
        if one.on <= ledger.as_of and one.year == plan.head.year and ids.get(folded(one.unit)) == unit
    ]
    return {one.task: one for one in sorted(found, key=lambda one: one.on)}


def _points(found: Mapping[str, Score], row: ScoredRow) -> float | None:
    return found[row.key].score if row.key in found else None


def _part(part: PartName, rows: list[ScoredRow], found: Mapping[str, Score]) -> PartScore | None:
    own = [row for row in rows if row.part is part]
    if not own:
        return None
    points = sum(_points(found, row) or 0 for row in own)
    return PartScore(len(own), sum(row.key in found for row in own), points)


def _total(parts: Mapping[PartName, PartScore | None], bonus: float, penalty: float) -> float | None:
    scores = [part.score for part in parts.values() if part]
    known = [score for score in scores if score is not None]
    return round(sum(known) + bonus - penalty, 6) if known and len(known) == len(scores) else None


def _scaled(total: float | None, gap: float, full: float) -> float | None:
    """折算得分: the score as if the rows that do not apply were not asked, rounded as a workbook rounds."""
    if total is None or gap >= full:
        return None
    return rounded(total / (full - gap) * full)


def rounded(value: float) -> float:
    """Two decimals, halves away from zero, as ROUND does."""
    return float(Decimal(f"{value:.12g}").quantize(CENT, ROUND_HALF_UP))


def _self_scores(ledger: Ledger, plan: Plan, form: AssessmentForm) -> dict[str, float]:
    standing = ledger.return_of(plan.id, form.unit, str(plan.head.year))
    rows = standing.found.rows if standing and standing.found else ()
    return {row.task: row.self_score for row in rows if row.self_score is not None}


def _deductions(unit: str, rows: tuple[ScoredRow, ...], found: Mapping[str, Score]) -> Iterator[Deduction]:
    for row in rows:
        score = _points(found, row)
        if score is None:
            continue
        lost = -score if row.part is ADJUSTMENTS else (row.weight or score) - score
        if lost > 0:
            yield Deduction(unit, row, round(lost, 6), found[row.key])


def _ranked(lines: list[UnitSummary], grades: tuple[Grade, ...]) -> tuple[UnitSummary, ...]:
    """Equal scores share a rank; what is not scored wholly has none."""
    scores = [line.scaled for line in lines if line.scaled is not None]
    return tuple(
        line
        if line.scaled is None
        else replace(
            line,
            rank=1 + sum(other > line.scaled for other in scores),
            grade=next((grade.name for grade in grades if line.scaled >= grade.minimum), None),
        )
        for line in lines
    )


def _unscored(graph: ResponsibilityGraph, ledger: Ledger, plan: Plan) -> Iterator[UnscoredUnit]:
    for decided in plan.assessment.units if plan.assessment else ():
        unit = graph_unit(graph, decided.unit)
        if unit and decided.mode is not AssessmentMode.SCORED:
            yield UnscoredUnit(unit, decided.mode, decided.basis, unit_progress(ledger, plan.id, unit, None))
