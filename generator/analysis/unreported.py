"""How a task stands (任务状态) as long as nothing is reported of it: what its times alone say on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.analysis.schedule import is_binding_day
from generator.analysis.tasks import TaskRow
from generator.model import DeadlineKind


class StandingKind(StrEnum):
    """What can be said of a task for which nothing was reported; never 逾期, which only the office decides."""

    PASSED = "passed"
    UNREPORTED = "unreported"
    CONTINUING = "continuing"


@dataclass(frozen=True)
class Standing:
    """How a task stands up to and on the day `until`; after it, its time has passed (PASSED).

    `kind` is any enumeration that the terms have labels for: what units report has words of its own.
    """

    kind: StrEnum
    until: date | None = None


def standings(rows: tuple[TaskRow, ...], as_of: date) -> dict[str, Standing]:
    """Every task by its id: 时限已过·未填报 once any of its days has passed, else 未填报 or 常态化推进."""
    return {row.id: _standing(row, as_of) for row in rows}


def _standing(row: TaskRow, as_of: date) -> Standing:
    days = _last_days(row)
    if not days:
        lasting = any(found.kind in {DeadlineKind.ONGOING, DeadlineKind.RECURRING} for _, found in row.deadlines)
        return Standing(StandingKind.CONTINUING if lasting else StandingKind.UNREPORTED)
    first = min(days)
    return Standing(StandingKind.PASSED) if first < as_of else Standing(StandingKind.UNREPORTED, first)


def _last_days(row: TaskRow) -> list[date]:
    """The days that can pass: those of the text, and those that the office set within the task."""
    nodes = row.breakdown.nodes if row.breakdown else ()
    ends = [found.end for _, found in row.deadlines if is_binding_day(found) and found.end]
    return ends + [node.due for node in nodes]
