"""What a unit's reports of a period are judged against: what it owes, what it said before, what was printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.analysis.ledger import LedgerEntry
from generator.analysis.monthly import MonthlyForm, monthly_form
from generator.analysis.schedule import is_binding_day
from generator.book import Book
from generator.forms.comparing import plain
from generator.forms.fields import criterion_row
from generator.forms.filled import FilledRow
from generator.forms.judging import Expectation
from generator.forms.monthly_headings import headings
from generator.forms.monthly_marks import FACT_COLUMNS, MonthlyKey
from generator.forms.monthly_workbook import known_cells
from generator.model import LedgerState, Period, PeriodKind, TaskReport


@dataclass(frozen=True)
class Standard:
    """The plan and the ledger as they stand for one unit and period; `texts` are those of all tasks."""

    book: Book
    texts: Mapping[str, str]
    key: MonthlyKey
    period: Period

    @cached_property
    def entries(self) -> Mapping[str, LedgerEntry]:
        """What the unit owes, by task number; tasks that are asked together lead to the one they stand with."""
        return {entry.task: entry for entry in self.book.ledger.of_unit(self.key.unit, self.key.plan)}

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """分值 of the rows of the annual form."""
        form = self.book.forms.get((self.key.plan, self.key.unit))
        if form is None:
            return {}
        rows = {row.duty.row.label: row.weight for row in form.rows}
        parts = (("air-quality", form.air_quality), ("common", form.common))
        criteria = {criterion_row(part, one): one.weight for part, found in parts for one in found}
        return {**rows, **{row: weight for row, weight in criteria.items() if weight is not None}}

    @cached_property
    def form(self) -> MonthlyForm:
        """What the period asks of the unit."""
        return monthly_form(self.book.ledger, self.book.loaded.rules, self.key.plan, self.key.unit, self.period)

    @cached_property
    def printed(self) -> Mapping[str, Mapping[str, str]]:
        """The facts that the form of the period shows in grey, by task."""
        if self.period.kind is PeriodKind.YEAR:
            return {}
        found = {}
        for row in self.form.rows:
            target = row.entry.quantity.target
            known = {
                **known_cells(self.book, self.form, row),
                "target": "" if target is None else f"{target:.15g}",
            }
            found[row.entry.task] = {name: known[name] for name in FACT_COLUMNS}
        return found

    @cached_property
    def node_from(self) -> date:
        """A node passed as early as this is still asked about."""
        return self.period.previous.first

    def symbol(self, task: str) -> str:
        """计量单位 of a task; an empty string where it has none."""
        entry = self.entries.get(task)
        return (entry.quantity.symbol or "") if entry else ""

    def is_about(self, row: FilledRow, task: str) -> bool:
        """Whether the text of a task stands in a row."""
        return task in self.texts and plain(self.texts[task]) in plain(row.content)

    def expectation(self, report: TaskReport, rows: Iterable[FilledRow], annual: bool) -> Expectation:
        """What one report is judged against; `rows` are those that it came from."""
        entry, rows = self.entries.get(report.task), tuple(rows)
        previous, state = self._previous(entry)
        return Expectation(
            previous=previous,
            previous_state=state,
            target=entry.quantity.target if entry else None,
            due=entry.due if entry else None,
            period_last=self.period.last,
            weight=self.weights.get(report.task),
            annual=annual,
            symbol=self.symbol(report.task),
            nodes=tuple(self._passed_nodes(entry)) if entry else (),
            locked=tuple(dict.fromkeys(head for row in rows for head in self._changed_facts(row))),
            content_changed=any(row.content and not self.is_about(row, row.task) for row in rows),
            foreign=any(row.foreign not in {None, self.key} for row in rows),
            not_owed=entry is None and not annual,
        )

    def _previous(self, entry: LedgerEntry | None) -> tuple[TaskReport | None, LedgerState | None]:
        """The last report of an earlier period; figures begin anew with the year."""
        before = [found for found in entry.reports if found[0].last < self.period.first] if entry else []
        if not before:
            return None, None
        period, report, state = before[-1]
        if period.last.year != self.period.last.year:
            report = report.model_copy(update={"quantity": None, "cumulative": None})
        return report, state

    def _passed_nodes(self, entry: LedgerEntry) -> Iterator[tuple[date, str]]:
        """The office's nodes, and times in the text before the last, passed in this period or the one before."""
        if self.period.kind is PeriodKind.YEAR:
            return
        nodes = [(node.due, node.text) for node in (entry.row.breakdown.nodes if entry.row.breakdown else ())]
        for _, found in entry.row.deadlines:
            if found.end and is_binding_day(found) and found.end != entry.closing:
                nodes.append((found.end, found.phrase))
        yield from (node for node in nodes if self.node_from <= node[0] < self.period.last)

    def _changed_facts(self, row: FilledRow) -> Iterator[str]:
        """The heads of grey cells in which something else stands than is printed."""
        printed = self.printed.get(row.task, {})
        for name, text in row.facts.items():
            if text != printed.get(name, text) and plain(text) != plain(printed[name]):
                yield headings(self.book.terms, self.period.kind)[name]
