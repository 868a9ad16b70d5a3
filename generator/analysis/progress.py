"""任务进展 of units: how many tasks each carries and how they stand; who is commended by a stated rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.analysis.ledger import Ledger, LedgerEntry, ReturnStanding
from generator.analysis.standing import HELD_UP, PASSED
from generator.model import LedgerState, ReturnState

GOING_WELL = frozenset(
    {LedgerState.ON_TRACK, LedgerState.CONTINUING, LedgerState.COMPLETION_CLAIMED, LedgerState.EXTENDED}
)
"""What the column 正常 counts; a claim of completion stays there until the office has verified it."""
COLUMNS = GOING_WELL | {LedgerState.COMPLETED, LedgerState.BEHIND, LedgerState.BLOCKED}
REPORTED = frozenset({ReturnState.REPORTED, ReturnState.REVIEWED})


@dataclass(frozen=True)
class UnitProgress:
    """One line of 任务进展; `others` are the tasks that no column counts, None being those without a report.

    `returned` is None for a unit that the period asks for nothing.
    """

    unit: str
    total: int
    completed: int
    going_well: int
    behind: int
    blocked: int
    others: tuple[tuple[LedgerState | None, int], ...]
    returned: ReturnStanding | None


def counted(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Entries that count as carried: where it is not settled whether a unit is meant, only once it reported."""
    return tuple(entry for entry in entries if entry.obligation.certain or entry.report)


def unit_progress(ledger: Ledger, plan: str, unit: str, returned: ReturnStanding | None) -> UnitProgress:
    """How the tasks of one unit stand."""
    entries = counted(ledger.of_unit(unit, plan))
    counts = Counter(entry.state for entry in entries)
    return UnitProgress(
        unit=unit,
        total=len(entries),
        completed=counts[LedgerState.COMPLETED],
        going_well=sum(counts[state] for state in GOING_WELL),
        behind=counts[LedgerState.BEHIND],
        blocked=counts[LedgerState.BLOCKED],
        others=tuple(
            (state, counts[state]) for state in (*LedgerState, None) if state not in COLUMNS and counts[state]
        ),
        returned=returned,
    )


def commended(ledger: Ledger, plan: str, lines: Iterable[UnitProgress]) -> tuple[str, ...]:
    """工作推进较好的单位: all that was asked came in time, nothing is held up, no date has passed open."""
    return tuple(line.unit for line in lines if _commended(ledger, plan, line))


def _commended(ledger: Ledger, plan: str, line: UnitProgress) -> bool:
    returned = line.returned
    if returned is None or returned.state not in REPORTED or returned.late or returned.missing:
        return False
    entries = counted(ledger.of_unit(line.unit, plan))
    return not any(
        entry.state in HELD_UP or entry.due_standing in PASSED or entry.state is LedgerState.NOT_STARTED
        for entry in entries
    )
