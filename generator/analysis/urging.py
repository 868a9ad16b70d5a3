"""催报名单: who has not reported for a period, or not wholly, and the message to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.ledger import ReturnStanding
from generator.analysis.periods import notice_day
from generator.analysis.unit_wording import formal_name
from generator.analysis.wording import day_text
from generator.graph import ResponsibilityGraph
from generator.model import PeriodKind, ReturnState, RulesFile
from generator.terms import Terms

ORDER = (
    ReturnState.UNREPORTED,
    ReturnState.SCAN_ONLY,
    ReturnState.UNCONVERTED,
    ReturnState.SENT_BACK,
    ReturnState.INCOMPLETE,
)
"""What is lacking, the gravest first."""


@dataclass(frozen=True)
class Urging:
    """One unit to be urged: what it lacks, and by how many days its cut-off has passed (0 before it)."""

    standing: ReturnStanding
    lack: ReturnState
    notice: date
    days_late: int

    @property
    def unit(self) -> str:
        """Who is urged."""
        return self.standing.unit


def urgings(rules: RulesFile, returns: tuple[ReturnStanding, ...], as_of: date) -> tuple[Urging, ...]:
    """Everyone whose return is not there, or not as it should be; `returns` are those of `reporting`."""
    found = [
        Urging(one, lack, notice_day(rules, one.period), max(0, (as_of - one.cutoff).days))
        for one in returns
        if (lack := _lack(one))
    ]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.lack)))


def _lack(standing: ReturnStanding) -> ReturnState | None:
    if standing.state in ORDER:
        return standing.state
    return ReturnState.INCOMPLETE if standing.missing else None


def urging_message(graph: ResponsibilityGraph, terms: Terms, urging: Urging, as_of: date) -> str:
    """Text to paste into a chat: whom, what, by when, what is lacking; no reproach before the cut-off."""
    standing = urging.standing
    moment = "late" if urging.days_late else "ahead"
    lacking = standing.missing if urging.lack is ReturnState.INCOMPLETE else standing.asked
    lack = urging.lack if lacking else "unsigned"
    annual = standing.period.kind is PeriodKind.YEAR
    form = terms("urging.form.annual" if annual else "urging.form.periodic")
    words = {
        "unit": formal_name(graph.unit_by_id[standing.unit]),
        "form": form.format(period=standing.period.label),
        "cutoff": day_text(standing.cutoff),
        "day": day_text(as_of),
        "days": urging.days_late,
        "count": len(lacking),
        "tasks": "、".join(lacking),
    }
    head = terms(f"urging.head.{moment}").format(**words)
    return head + terms(f"urging.lack.{lack}").format(**words) + terms(f"urging.close.{moment}").format(**words)
