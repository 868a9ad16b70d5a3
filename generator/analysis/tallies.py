"""How tasks stand, counted (进展统计): by unit, by chapter, as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.analysis.ledger import Ledger, ReturnStanding, TaskStanding
from generator.analysis.progress import counted
from generator.analysis.standing import DueStanding
from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import LedgerState, Light


class StateGroup(StrEnum):
    """进展类别: 办结、待核验、正常、滞后、受阻、未启动、未填报、不涉及; SILENT is a task nobody reported on."""

    COMPLETED = "completed"
    CLAIMED = "claimed"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    BLOCKED = "blocked"
    NOT_STARTED = "not_started"
    SILENT = "silent"
    NOT_CONCERNED = "not_concerned"


GROUPS = {
    LedgerState.COMPLETED: StateGroup.COMPLETED,
    LedgerState.COMPLETION_CLAIMED: StateGroup.CLAIMED,
    LedgerState.ON_TRACK: StateGroup.ON_TRACK,
    LedgerState.CONTINUING: StateGroup.ON_TRACK,
    LedgerState.EXTENDED: StateGroup.ON_TRACK,
    LedgerState.BEHIND: StateGroup.BEHIND,
    LedgerState.BLOCKED: StateGroup.BLOCKED,
    LedgerState.NOT_STARTED: StateGroup.NOT_STARTED,
    LedgerState.NOT_CONCERNED: StateGroup.NOT_CONCERNED,
}


@dataclass(frozen=True)
class Tally:
    """How many of some tasks are in each class; `counts` follow the order of StateGroup."""

    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)

    def count(self, group: StateGroup) -> int:
        """Those in one class."""
        return self.counts[list(StateGroup).index(group)]

    @property
    def completed_share(self) -> float | None:
        """办结率, 1 for all; what does not concern a unit does not count. None where nothing counts."""
        counting = self.total - self.count(StateGroup.NOT_CONCERNED)
        return self.count(StateGroup.COMPLETED) / counting if counting else None


def tally(states: Iterable[LedgerState | None]) -> Tally:
    """Tasks counted by class; None is one that was never reported."""
    groups = [GROUPS[state] if state else StateGroup.SILENT for state in states]
    return Tally(tuple(groups.count(group) for group in StateGroup))


@dataclass(frozen=True)
class UnitTally:
    """One unit: its tasks by class, how many have a day that passed, its lights, its return of the period."""

    unit: str
    tally: Tally
    passed_unreported: int
    overdue: int
    red: int
    yellow: int
    latest: ReturnStanding | None


def unit_tallies(graph: ResponsibilityGraph, ledger: Ledger, plan: str) -> tuple[UnitTally, ...]:
    """Every unit that answers for anything in the year of a plan, in official order."""
    found = (_of_unit(ledger, plan, unit.id) for unit in graph.units)
    return tuple(row for row in found if row.tally.total)


def _of_unit(ledger: Ledger, plan: str, unit: str) -> UnitTally:
    entries = counted(ledger.of_unit(unit, plan))
    due = [entry.due_standing for entry in entries]
    lights = [entry.light for entry in entries]
    return UnitTally(
        unit=unit,
        tally=tally(entry.state for entry in entries),
        passed_unreported=due.count(DueStanding.PASSED_UNREPORTED),
        overdue=due.count(DueStanding.OVERDUE),
        red=lights.count(Light.RED),
        yellow=lights.count(Light.YELLOW),
        latest=ledger.return_of(plan, unit, ledger.period.id),
    )


@dataclass(frozen=True)
class ChapterTally:
    """A chapter of a plan: its tasks by class; those from outside the plan stand in one that has no plan title."""

    plan_title: str
    chapter: str
    tally: Tally


def chapter_tallies(rows: Iterable[TaskRow], ledger: Ledger, plan: str) -> tuple[ChapterTally, ...]:
    """The tasks of a year by chapter, in the order of the document, tasks from outside the plan last."""
    standings = {standing.row.id: standing for standing in ledger.tasks if standing.plan == plan}
    inside = [row for row in rows if row.id in standings]
    outside = [standing for standing in standings.values() if not standing.row.measure_id]
    grouped: dict[tuple[str, str], list[TaskStanding]] = {}
    for row in inside:
        grouped.setdefault((row.plan_title, row.chapter or row.section), []).append(standings[row.id])
    if outside:
        grouped["", ""] = outside
    return tuple(
        ChapterTally(title, chapter, tally(standing.state for standing in found))
        for (title, chapter), found in grouped.items()
    )


def whole_tally(ledger: Ledger, plan: str) -> Tally:
    """All tasks of a year by class, each counted once however many units share it."""
    return tally(standing.state for standing in ledger.tasks if standing.plan == plan)
