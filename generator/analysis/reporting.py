"""报送情况 of a period: who was asked for what, what came; also where no return ever came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.analysis.assessment import AssessmentForm
from generator.analysis.ledger import Ledger, ReturnStanding
from generator.analysis.monthly import monthly_forms
from generator.analysis.periods import cutoff_day
from generator.graph import ResponsibilityGraph
from generator.model import Period, PeriodKind, ReturnState, RulesFile

Forms = Mapping[tuple[str, str], AssessmentForm]


def reporting(
    graph: ResponsibilityGraph, ledger: Ledger, rules: RulesFile, forms: Forms, plan: str, period: Period
) -> tuple[ReturnStanding, ...]:
    """Every unit that a period asks, in official order; `forms` are the annual ones, asked for by a year."""
    if period.kind is PeriodKind.YEAR:
        asked = [(unit, _rows_of(form)) for (owner, unit), form in forms.items() if owner == plan]
    else:
        made = monthly_forms(graph, ledger, rules, plan, period)
        asked = [(form.unit, tuple(row.entry.task for row in form.rows)) for form in made]
    cutoff = cutoff_day(rules, period)
    return tuple(_standing(ledger, plan, unit, period, cutoff, tasks) for unit, tasks in asked)


def _rows_of(form: AssessmentForm) -> tuple[str, ...]:
    return tuple(row.duty.row.label for row in form.rows)


def _standing(
    ledger: Ledger, plan: str, unit: str, period: Period, cutoff: date, asked: Iterable[str]
) -> ReturnStanding:
    held = ledger.return_of(plan, unit, period.id)
    found = held.found if held else None
    came = {row.task for row in found.rows} if found else set()
    tasks = tuple(asked)
    return ReturnStanding(
        plan=plan,
        unit=unit,
        period=period,
        cutoff=cutoff,
        closed=cutoff < ledger.as_of,
        state=held.state if held else ReturnState.UNREPORTED,
        late=bool(held and held.late),
        asked=tasks,
        missing=tuple(task for task in tasks if task not in came),
        received=held.received if held else None,
        found=found,
    )
