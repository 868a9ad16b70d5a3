"""The year month by month (按月趋势): how tasks stood and who reported, as the ledger was on each last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.bookkeeping import keep_ledger
from generator.analysis.ledger import Ledger
from generator.analysis.tallies import Tally, whole_tally
from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import Period, PeriodKind, Plan, ReturnState, RulesFile


@dataclass(frozen=True)
class TrendMonth:
    """A month as it stood on `day`, its last day or that of the ledger; `asked` units owed a return in it."""

    month: Period
    day: date
    tally: Tally
    asked: int
    reported: int


def trend(
    graph: ResponsibilityGraph, rows: tuple[TaskRow, ...], rules: RulesFile, plan: Plan, as_of: date
) -> tuple[TrendMonth, ...]:
    """Every month from the first in which a return came or was decided on, up to the day of the ledger."""
    first = _first_day(plan, as_of)
    month = Period.holding(first, PeriodKind.MONTH) if first else None
    found: list[TrendMonth] = []
    while month and month.first <= as_of and len(found) < 24:
        day = min(month.last, as_of)
        found.append(_month(keep_ledger(graph, rows, rules, (plan,), day), plan.id, month, day))
        month = month.following
    return tuple(found)


def _first_day(plan: Plan, as_of: date) -> date | None:
    received = [file.received for returned in plan.returns for file in returned.files]
    decided = [ruling.on for _, file in plan.decisions for rulings in dict(file).values() for ruling in rulings]
    return min((day for day in (*received, *decided) if day <= as_of), default=None)


def _month(ledger: Ledger, plan: str, month: Period, day: date) -> TrendMonth:
    owed = [
        standing
        for standing in ledger.returns
        if standing.asked and month.first <= standing.period.last <= month.last
    ]
    came = [standing for standing in owed if standing.state is not ReturnState.UNREPORTED]
    return TrendMonth(month, day, whole_tally(ledger, plan), len(owed), len(came))
