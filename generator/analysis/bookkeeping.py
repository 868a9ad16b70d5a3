"""Returns and decisions → the ledger (台账) as it stands on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from generator.analysis.history import Change, decision_changes, is_about, reply_changes, report_changes
from generator.analysis.known import answered_by, decided_by, received_by
from generator.analysis.ledger import Ledger, LedgerEntry, Quantity, ReturnStanding
from generator.analysis.obligations import (
    Obligation,
    frequency_of,
    is_asked_for,
    obligations,
    party_ids,
    unit_names,
)
from generator.analysis.periods import cutoff_day
from generator.analysis.return_standings import PeriodReturns
from generator.analysis.schedule import closing_day
from generator.analysis.standing import (
    TaskRecord,
    due_day,
    due_standing,
    found_state,
    light,
    periods_behind,
    periods_unreported,
    proposed_rung,
    reported_states,
    standing_state,
)
from generator.analysis.task_standing import task_standings
from generator.analysis.tasks import TaskRow, annual_plans
from generator.graph import ResponsibilityGraph, folded, successors_on
from generator.model import (
    LedgerState,
    Period,
    PeriodKind,
    Plan,
    RulesFile,
    Ruling,
    UnitReturn,
)

Forms = Mapping[tuple[str, str], tuple[str, ...]]
"""Plan and unit → the task numbers in its annual form."""


def keep_ledger(
    graph: ResponsibilityGraph,
    rows: tuple[TaskRow, ...],
    rules: RulesFile,
    plans: tuple[Plan, ...],
    as_of: date,
    forms: Forms | None = None,
) -> Ledger:
    """The ledger of every annual plan; what came or was decided after `as_of` is not in it.

    An annual form that is due and did not come stands as 未报; without `forms` nobody is asked for one.
    """
    annual = annual_plans(plans)
    books = [_PlanBook(graph, rows, rules, plan, as_of, last_day_asked(plan, annual)) for plan in annual]
    entries = tuple(entry for book in books for entry in book.entries())
    return Ledger(
        as_of=as_of,
        period=Period.holding(as_of, rules.period),
        entries=entries,
        tasks=tuple(standing for book in books for standing in task_standings(graph, book.plan.id, entries)),
        returns=tuple(found for book in books for found in book.return_standings(forms or {})),
        started=any(book.returns or book.decisions for book in books),
    )


def last_day_asked(plan: Plan, annual: tuple[Plan, ...]) -> date:
    """Until when an annual plan asks: for its open tasks a year more, unless a later plan has begun."""
    year = plan.head.year or 0
    later = [found.head.year for found in annual if found.head.year and found.head.year > year]
    return date(min([*later, year + 2]) - 1, 12, 31)


class _PlanBook:
    """The returns and decisions of one annual plan up to a day."""

    def __init__(
        self,
        graph: ResponsibilityGraph,
        rows: tuple[TaskRow, ...],
        rules: RulesFile,
        plan: Plan,
        as_of: date,
        last: date,
    ) -> None:
        self.graph, self.rules, self.plan, self.as_of = graph, rules, plan, as_of
        self.obligations = obligations(graph, rows, plan, as_of)
        self.returns = received_by(plan, as_of)
        self.replies = answered_by(plan, as_of)
        self.decisions = decided_by(plan, as_of)
        self.names = unit_names(graph)
        self.ids = party_ids(graph)
        self.periods = self._periods(last)
        self.returns_of: dict[str, list[UnitReturn]] = defaultdict(list)
        for found in self.returns:
            for unit in successors_on(graph, found.unit, as_of) if found.unit in graph.unit_by_id else ():
                self.returns_of[unit].append(found)
        self.asked = {period.id: self._asked_units(period) for period in self.periods}

    def _periods(self, last: date) -> tuple[Period, ...]:
        """The reporting periods that ask for a return: from the first that brought one, or as the rules say."""
        came = [period for found in self.returns if (period := Period.parse(found.period))]
        starts = [period.first for period in came if period.kind is self.rules.period]
        if self.rules.reporting_from:
            starts = [self.rules.reporting_from]
        if not starts:
            return ()
        period, found = Period.holding(min(starts), self.rules.period), []
        while period.first <= min(self.as_of, last):
            found.append(period)
            period = period.following
        return tuple(found)

    def _asked_units(self, period: Period) -> dict[str, tuple[str, ...]]:
        """Unit → the task numbers that a period asks it for; what is closed out is not asked for any more."""
        asked: dict[str, list[str]] = {}
        for one in self.obligations:
            names = self._names_of(one)
            closed = [
                found.on
                for _, file in self.decisions
                for found in file.close_outs
                if is_about(found, one.row.label, names)
            ]
            if is_asked_for(self.rules, one, period) and not any(day < period.first for day in closed):
                for unit in self._units_then(one, period):
                    asked.setdefault(unit, []).append(one.row.label)
        return {unit: tuple(dict.fromkeys(tasks)) for unit, tasks in asked.items()}

    def _units_then(self, one: Obligation, period: Period) -> tuple[str, ...]:
        """Who answered in a period: the unit, or whoever stood in its place before it took over."""
        if not one.predecessor:
            return (one.unit,)
        then = successors_on(self.graph, one.predecessor, min(period.last, self.as_of))
        return (one.unit,) if one.unit in then else then

    def _names_of(self, one: Obligation) -> frozenset[str]:
        earlier = self.graph.took_over.get(one.unit, ())
        units = (one.unit, one.transferred_from, one.predecessor, *earlier)
        return frozenset(name for unit in units if unit for name in self.names[unit])

    def entries(self) -> Iterator[LedgerEntry]:
        """One entry for each obligation."""
        for one in self.obligations:
            yield self._entry(one)

    def _entry(self, one: Obligation) -> LedgerEntry:
        record = self._record(one)
        closing = closing_day(one.row)
        found, found_on = found_state(record, self.as_of)
        state = standing_state(record, self.as_of)
        due = due_day(record, closing.end if closing else None)
        standing = due_standing(self.rules, record, state, due, self.as_of)
        days = max(0, (self.as_of - due).days) if due and standing is not standing.DONE else 0
        behind, unreported = periods_behind(record), periods_unreported(record, self._closed_periods(one))
        frequency, suggested = frequency_of(self.rules, one.row)
        states = reported_states(record)
        # A running extension was approved in the knowledge of the delay before it: that proposes nothing more.
        extended = found is LedgerState.EXTENDED
        return LedgerEntry(
            obligation=one,
            frequency=frequency,
            frequency_suggested=suggested,
            reports=tuple((*found, state) for found, state in zip(record.reports, states, strict=True)),
            report=record.last[1] if record.last else None,
            reported_for=record.last[0] if record.last else None,
            reported=next((found for found in reversed(states) if found), None),
            found=found,
            found_on=found_on,
            state=state,
            closing=closing.end if closing else None,
            due=due,
            due_inferred=bool(closing and closing.inferred and due == closing.end),
            due_standing=standing,
            days_passed=days,
            light=light(self.rules, state, standing, unreported),
            rung=proposed_rung(self.rules, standing, 0 if extended else behind, unreported, days),
            periods_behind=behind,
            periods_unreported=unreported,
            opinion=next((review.opinion for review in reversed(record.reviews) if review.opinion), None),
            wording=next((review.wording for review in reversed(record.reviews) if review.wording), None),
            quantity=self._quantity(one, record),
            history=self._history(one),
        )

    def _record(self, one: Obligation) -> TaskRecord:
        names = self._names_of(one)
        files = [file for _, file in self.decisions]

        def about(ruling: Ruling) -> bool:
            return is_about(ruling, one.row.label, names)

        reports = [
            (period, row)
            for returned in self._returns_for(one)
            if (period := Period.parse(returned.period)) and period.kind is not PeriodKind.YEAR
            for row in returned.rows
            if row.task == one.row.label
        ]
        reviews = [found for file in files for found in file.reviews if about(found)]
        return TaskRecord(
            reports=tuple(sorted(reports, key=lambda found: found[0].last)),
            reviews=tuple(sorted(reviews, key=lambda review: (review.on, review.period))),
            extensions=tuple(found for file in files for found in file.extensions if about(found)),
            close_outs=tuple(found for file in files for found in file.close_outs if about(found)),
        )

    def _returns_for(self, one: Obligation) -> list[UnitReturn]:
        """Those of the unit, and of the unit that had the task before."""
        before = self.returns_of[one.transferred_from] if one.transferred_from else []
        return [*before, *self.returns_of[one.unit]]

    def _closed_periods(self, one: Obligation) -> list[Period]:
        """The periods whose cut-off day has passed and that asked the unit for the task."""
        return [
            period
            for period in self.periods
            if any(one.row.label in self.asked[period.id].get(unit, ()) for unit in self._units_then(one, period))
            and cutoff_day(self.rules, period) < self.as_of
        ]

    def _quantity(self, one: Obligation, record: TaskRecord) -> Quantity:
        decided = one.row.breakdown
        shares = {self.ids.get(folded(share.unit)): share.quantity for share in decided.shares} if decided else {}
        own = [shares[unit] for unit in (one.unit, *self._whole_formers(one.unit)) if unit in shares]
        whole = decided.yearly_quantity if decided and not shares else None
        target = sum(own) if own else whole
        counted = [row for _, row in record.reports if row.cumulative is not None]
        return Quantity(
            target=target,
            symbol=decided.symbol if decided else None,
            this_period=record.last[1].quantity if record.last else None,
            cumulative=counted[-1].cumulative if counted else None,
        )

    def _whole_formers(self, unit: str) -> Iterator[str]:
        """Earlier units that a unit took over whole: the share of one that was split is nobody's until decided."""
        for former in self.graph.took_over.get(unit, ()):
            if len(successors_on(self.graph, former, self.as_of)) == 1:
                yield former

    def _history(self, one: Obligation) -> tuple[Change, ...]:
        changes = [
            change
            for returned in self._returns_for(one)
            for row in returned.rows
            if row.task == one.row.label
            for change in report_changes(returned, row)
        ]
        names = self._names_of(one)
        for answered in self.replies:
            changes += reply_changes(answered, one.row.label) if answered.unit in names else ()
        for name, file in self.decisions:
            changes += decision_changes(name, file, one.row.label, names)
        return tuple(sorted(changes, key=lambda change: change.on))

    def return_standings(self, forms: Forms) -> Iterator[ReturnStanding]:
        """Every unit that a period asked, or that sent something for it, and the annual forms."""
        asked = dict(self.asked)
        year = Period.parse(str(self.plan.head.year))
        # Where reporting never began, nobody was asked for an annual form either.
        if year and (self.periods or self.returns) and cutoff_day(self.rules, year) < self.as_of:
            asked[year.id] = {unit: tasks for (plan, unit), tasks in forms.items() if plan == self.plan.id}
        known = {period.id for period in self.periods}
        others = sorted({*asked, *(found.period for found in self.returns)} - known)
        for period in (*self.periods, *filter(None, map(Period.parse, others))):
            came = {found.unit: found for found in self.returns if found.period == period.id}
            kept = PeriodReturns(self.plan.id, self.rules, period, self.as_of, self.decisions)
            for unit in self.graph.units:
                tasks = asked.get(period.id, {}).get(unit.id)
                if tasks is not None or unit.id in came:
                    yield kept.standing(unit.id, self.names[unit.id], tasks or (), came.get(unit.id))
