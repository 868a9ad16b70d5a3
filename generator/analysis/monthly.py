"""月调度表: what a period asks one unit, beside what it reported before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.ledger import Ledger, LedgerEntry
from generator.analysis.obligations import is_asked_for
from generator.analysis.periods import cutoff_day, notice_day
from generator.graph import ResponsibilityGraph
from generator.model import LedgerState, Node, Period, RulesFile, TaskReport


@dataclass(frozen=True)
class MonthlyRow:
    """One task that is asked: `previous` is the last report of an earlier period, with the state it stood for."""

    entry: LedgerEntry
    nodes: tuple[Node, ...]
    previous_period: Period | None
    previous: TaskReport | None
    previous_state: LedgerState | None

    @property
    def previous_cumulative(self) -> float | None:
        """上月累计: the last figure that was reported before."""
        return self.previous.cumulative if self.previous else None


@dataclass(frozen=True)
class MonthlyForm:
    """月调度表 of one unit: what it is asked in a period, in the order of the document."""

    plan: str
    unit: str
    period: Period
    cutoff: date
    notice: date
    rows: tuple[MonthlyRow, ...]


def monthly_forms(
    graph: ResponsibilityGraph, ledger: Ledger, rules: RulesFile, plan: str, period: Period
) -> tuple[MonthlyForm, ...]:
    """The forms of every unit that a period asks for anything, in official order."""
    forms = (monthly_form(ledger, rules, plan, unit.id, period) for unit in graph.units)
    return tuple(form for form in forms if form.rows)


def monthly_form(ledger: Ledger, rules: RulesFile, plan: str, unit: str, period: Period) -> MonthlyForm:
    """The form of one unit; a task that was closed out before the period is not asked any more."""
    asked = (
        entry
        for entry in ledger.of_unit(unit, plan)
        if is_asked_for(rules, entry.obligation, period) and not _closed_before(entry, period)
    )
    rows = tuple(_row(entry, period) for entry in asked)
    return MonthlyForm(plan, unit, period, cutoff_day(rules, period), notice_day(rules, period), rows)


def _closed_before(entry: LedgerEntry, period: Period) -> bool:
    closed = entry.found is LedgerState.COMPLETED
    return closed and entry.found_on is not None and entry.found_on < period.first


def _row(entry: LedgerEntry, period: Period) -> MonthlyRow:
    nodes = entry.row.breakdown.nodes if entry.row.breakdown else ()
    before = [found for found in entry.reports if found[0].last < period.first]
    last, report, state = before[-1] if before else (None, None, None)
    due = tuple(node for node in nodes if period.first <= node.due <= period.last)
    return MonthlyRow(entry, due, last, report, state)
