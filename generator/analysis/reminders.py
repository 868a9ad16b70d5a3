"""Who has not reported (催报名单), and the message that is sent to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.ledger import Ledger, ReturnStanding
from generator.analysis.wording import day_text
from generator.graph import ResponsibilityGraph
from generator.model import ReturnState
from generator.terms import Terms

OWING = frozenset({ReturnState.UNREPORTED, ReturnState.SENT_BACK})
"""Nothing came, or what came was sent back and has not come again."""


@dataclass(frozen=True)
class Reminder:
    """A unit and the returns that it owes, by period; `late` where the cut-off day of any has passed."""

    unit: str
    owed: tuple[ReturnStanding, ...]

    @property
    def late(self) -> bool:
        """Whether any cut-off day has passed."""
        return any(standing.closed for standing in self.owed)


def reminders(graph: ResponsibilityGraph, ledger: Ledger, plan: str) -> tuple[Reminder, ...]:
    """Every unit that owes a return of the year; those whose cut-off day has passed come first."""
    owed: dict[str, list[ReturnStanding]] = {}
    for standing in ledger.returns:
        if standing.plan == plan and standing.state in OWING and standing.asked:
            owed.setdefault(standing.unit, []).append(standing)
    found = (Reminder(unit.id, tuple(owed[unit.id])) for unit in graph.units if unit.id in owed)
    return tuple(sorted(found, key=lambda reminder: not reminder.late))


def reminder_text(graph: ResponsibilityGraph, terms: Terms, reminder: Reminder, as_of: date) -> str:
    """The message: what is owed for which period, by when, and that it has not come; no name of a person."""
    lines = [_owed_text(terms, standing) for standing in reminder.owed]
    words = {"unit": graph.name(reminder.unit), "day": day_text(as_of), "owed": "；".join(lines)}
    return terms("reminder.message").format(**words)


def _owed_text(terms: Terms, standing: ReturnStanding) -> str:
    key = "reminder.sent_back" if standing.state is ReturnState.SENT_BACK else "reminder.unreported"
    words = {
        "period": standing.period.label,
        "cutoff": day_text(standing.cutoff),
        "count": len(standing.asked),
        "tasks": "、".join(standing.asked),
    }
    return terms(key).format(**words)
