"""How a task stands at one unit: finding, due day, light, proposed rung, from what was reported and decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model import (
    CloseOut,
    Extension,
    LedgerState,
    Light,
    Period,
    Review,
    RulesFile,
    Rung,
    TaskReport,
)

BRIGHTNESS = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)
"""Of several lights the first in this order shines."""
HELD_UP = frozenset({LedgerState.BEHIND, LedgerState.BLOCKED})
DONE = frozenset({LedgerState.COMPLETED, LedgerState.NOT_CONCERNED})
SLOWEST_FIRST = (
    LedgerState.BLOCKED,
    LedgerState.BEHIND,
    LedgerState.NOT_STARTED,
    None,
    LedgerState.ON_TRACK,
    LedgerState.CONTINUING,
    LedgerState.EXTENDED,
    LedgerState.COMPLETION_CLAIMED,
    LedgerState.COMPLETED,
    LedgerState.NOT_CONCERNED,
)
"""Which unit a shared task waits for; None is a unit that reported nothing."""


class DueStanding(StrEnum):
    """Where a task stands to its last day (时限情况); OVERDUE 逾期 only once the office has confirmed it."""

    UNDATED = "undated"
    AHEAD = "ahead"
    SOON = "soon"
    PASSED_UNREPORTED = "passed_unreported"
    PASSED_OPEN = "passed_open"
    PASSED_CLAIMED = "passed_claimed"
    OVERDUE = "overdue"
    DONE = "done"


PASSED = frozenset(
    {DueStanding.PASSED_UNREPORTED, DueStanding.PASSED_OPEN, DueStanding.PASSED_CLAIMED, DueStanding.OVERDUE}
)


DUE_ORDER = (
    DueStanding.OVERDUE,
    DueStanding.PASSED_UNREPORTED,
    DueStanding.PASSED_OPEN,
    DueStanding.PASSED_CLAIMED,
    DueStanding.SOON,
    DueStanding.AHEAD,
    DueStanding.UNDATED,
    DueStanding.DONE,
)
"""Of several units the first in this order tells where the task stands to its last day."""


@dataclass(frozen=True)
class TaskRecord:
    """What was reported and decided of one task and unit up to a day; reports by period, decisions by day."""

    reports: tuple[tuple[Period, TaskReport], ...] = ()
    reviews: tuple[Review, ...] = ()
    extensions: tuple[Extension, ...] = ()
    close_outs: tuple[CloseOut, ...] = ()

    @property
    def last(self) -> tuple[Period, TaskReport] | None:
        """The report of the latest period."""
        return self.reports[-1] if self.reports else None


def reported_states(record: TaskRecord) -> tuple[LedgerState | None, ...]:
    """The state of every report; 本期无变化 without a state carries the one before."""
    found: list[LedgerState | None] = []
    for _, report in record.reports:
        carried = found[-1] if found and report.unchanged else None
        found.append(report.state or carried)
    return tuple(found)


def found_state(record: TaskRecord, as_of: date) -> tuple[LedgerState | None, date | None]:
    """环委办认定 with its day: the latest of reviews, extensions that still run, and close-outs."""
    found = [(review.on, 0, review.state) for review in record.reviews if review.state]
    found += [(one.on, 1, LedgerState.EXTENDED) for one in record.extensions if as_of <= one.until]
    found += [(one.on, 2, LedgerState.COMPLETED) for one in record.close_outs]
    if not found:
        return None, None
    on, _, state = max(found, key=lambda one: (one[0], one[1]))
    return state, on


def standing_state(record: TaskRecord, as_of: date) -> LedgerState | None:
    """What counts now: the office's finding, unless the unit has reported for a later period since."""
    found, _ = found_state(record, as_of)
    states = reported_states(record)
    reported = next((state for state in reversed(states) if state), None)
    if found is None or found in {LedgerState.COMPLETED, LedgerState.EXTENDED}:
        return found or reported
    reviewed = max(review.period for review in record.reviews if review.state)
    newer = record.last is not None and record.last[0].id > reviewed and states[-1] is not None
    return reported if newer else found


def due_day(record: TaskRecord, closing: date | None) -> date | None:
    """The last day of the task; an approved extension moves it."""
    latest = max(record.extensions, key=lambda one: (one.on, one.until), default=None)
    return latest.until if latest else closing


def due_standing(
    rules: RulesFile, record: TaskRecord, state: LedgerState | None, due: date | None, as_of: date
) -> DueStanding:
    """A date that has passed without a report is 时限已过·未填报, and 逾期 only where a review says so."""
    if state in DONE:
        return DueStanding.DONE
    if due is None:
        return DueStanding.UNDATED
    if due >= as_of:
        near = (due - as_of).days <= rules.lights.due_soon_days
        return DueStanding.SOON if near else DueStanding.AHEAD
    if any(review.overdue and review.on > due for review in record.reviews):
        return DueStanding.OVERDUE
    if state is LedgerState.COMPLETION_CLAIMED:
        return DueStanding.PASSED_CLAIMED
    reported = record.last is not None and record.last[0].last >= due
    return DueStanding.PASSED_OPEN if reported else DueStanding.PASSED_UNREPORTED


def light(rules: RulesFile, state: LedgerState | None, standing: DueStanding, unreported: int) -> Light:
    """亮灯: the gravest of what applies; grey where there is nothing to judge by."""
    lights = rules.lights
    if state is LedgerState.COMPLETED:
        return Light.GREEN
    if state is LedgerState.NOT_CONCERNED:
        return Light.GREY
    shining = [Light.GREEN if state else Light.GREY]
    shining += [lights.passed] if standing in PASSED else []
    shining += [lights.due_soon] if standing is DueStanding.SOON else []
    shining += [lights.behind] if state is LedgerState.BEHIND else []
    shining += [lights.blocked] if state is LedgerState.BLOCKED else []
    shining += [lights.unreported] if unreported else []
    return min(shining, key=BRIGHTNESS.index)


def periods_behind(record: TaskRecord) -> int:
    """For how many of the last reports in a row the task was 滞后 or 受阻, findings before claims."""
    decided = {review.period: review.state for review in record.reviews if review.state}
    count = 0
    for (period, _), state in zip(reversed(record.reports), reversed(reported_states(record)), strict=True):
        if (decided.get(period.id) or state) not in HELD_UP:
            break
        count += 1
    return count


def periods_unreported(record: TaskRecord, asked: Sequence[Period]) -> int:
    """For how many of the closed periods that asked for the task, counted back from the last, nothing came."""
    reported = {period.id for period, _ in record.reports}
    count = 0
    for period in reversed(asked):
        if period.id in reported:
            break
        count += 1
    return count


def proposed_rung(
    rules: RulesFile, standing: DueStanding, behind: int, unreported: int, days_passed: int
) -> Rung | None:
    """The gravest rung of the ladder whose condition is met; only a proposal, a leader decides.

    A date that passed while nobody was asked for a report proposes nothing: silence alone is no delay.
    """
    if standing is DueStanding.DONE:
        return None
    days = days_passed if standing in {DueStanding.PASSED_OPEN, DueStanding.OVERDUE} else 0
    found = None
    for rule in rules.ladder:
        conditions = (
            (rule.periods_behind, behind),
            (rule.periods_unreported, unreported),
            (rule.days_passed, days),
        )
        if any(least is not None and reached >= least for least, reached in conditions):
            found = rule.rung
    return found


def slowest(states: Iterable[LedgerState | None]) -> LedgerState | None:
    """The state of the unit that a shared task waits for; units that are not concerned count only alone."""
    return min(states, key=SLOWEST_FIRST.index, default=None)
