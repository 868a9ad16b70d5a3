"""The rows of an annual form as scores are keyed to them: air quality, common, tasks, adjustments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.analysis.assessment import AssessmentForm
from generator.model import Criterion


class PartName(StrEnum):
    """考核表的各部分, in their order."""

    AIR_QUALITY = "air-quality"
    COMMON = "common"
    TASKS = "tasks"
    ADJUSTMENTS = "adjustments"


ADJUSTMENTS = PartName.ADJUSTMENTS


@dataclass(frozen=True)
class ScoredRow:
    """One row: `key` is a task number, or `common.reports` for a criterion; `weight` None while undecided."""

    part: PartName
    key: str
    item: str
    weight: float | None


def scored_rows(form: AssessmentForm) -> tuple[ScoredRow, ...]:
    """Every row that can be given a score, in the order of the form."""
    tasks = (ScoredRow(PartName.TASKS, row.duty.row.label, row.duty.row.title, row.weight) for row in form.rows)
    return (
        *_criteria(PartName.AIR_QUALITY, form.air_quality),
        *_criteria(PartName.COMMON, form.common),
        *tasks,
        *_criteria(PartName.ADJUSTMENTS, form.adjustments),
    )


def _criteria(part: PartName, criteria: tuple[Criterion, ...]) -> tuple[ScoredRow, ...]:
    return tuple(ScoredRow(part, f"{part}.{one.id}", one.item, one.weight) for one in criteria)
