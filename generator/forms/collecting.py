"""Returned forms → returns of units (收表): whose each file is, what its rows say, what of it is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from generator.analysis.periods import cutoff_day
from generator.book import Book
from generator.forms.accounts import FileAccount, Outcome
from generator.forms.answers import state_names, storable
from generator.forms.expecting import Standard
from generator.forms.fields import criterion_row
from generator.forms.filled import FilledForm, FilledRow
from generator.forms.interpreting import RowContext, interpret
from generator.forms.judging import judged
from generator.forms.merging import Shown, corrected, merged_rows, shown_value
from generator.forms.monthly_marks import UNIT_STATES, MonthlyKey
from generator.model import (
    Flag,
    LedgerState,
    Material,
    Period,
    ReturnedFile,
    ReturnState,
    TaskReport,
    UnitReturn,
    text_stamp,
)


def reportable_texts(book: Book, plan_id: str) -> Mapping[str, str]:
    """Every task, extra task and criterion that a row may be about → its text, in the order of the papers."""
    texts = {row.label: row.text for row in book.rows}
    texts |= {entry.task: entry.row.text for entry in book.ledger.entries}
    assessment = book.plan(plan_id).assessment
    if assessment:
        parts = (
            ("air-quality", assessment.air_quality),
            ("common", assessment.common),
            ("adjustments", assessment.adjustments),
        )
        texts |= {criterion_row(part, one): one.text for part, criteria in parts for one in criteria}
    return texts


@dataclass(frozen=True)
class Named:
    """A form with the file that it came in."""

    name: str
    digest: str
    form: FilledForm
    is_converted: bool = False


class Desk:
    """One round of collecting for one unit and period."""

    def __init__(
        self,
        book: Book,
        texts: Mapping[str, str],
        key: MonthlyKey,
        period: Period,
        day: date,
        held: UnitReturn | None,
    ) -> None:
        self.book, self.texts, self.key, self.period, self.day, self.held = book, texts, key, period, day, held
        self.standard = Standard(book, texts, key, period)

    @cached_property
    def states(self) -> Mapping[str, LedgerState]:
        """The states by all their names."""
        return state_names({self.book.terms.label(state): state for state in LedgerState})

    @property
    def shown(self) -> Shown:
        """How a value reads in a message."""
        return partial(shown_value, self.book.terms)

    @cached_property
    def choices(self) -> frozenset[str]:
        """The labels that the form offers to a unit."""
        return frozenset(self.book.terms.label(state) for state in UNIT_STATES)

    def _known(self, named: Named) -> Named:
        """The form with every row under a number of the plan; the visible one decides where both are."""
        return replace(named, form=replace(named.form, rows=tuple(map(self._known_row, named.form.rows))))

    def _known_row(self, row: FilledRow) -> FilledRow:
        """A number that nobody knows on the text of a task is a slip; on another text it is work of their own."""
        if row.marked in {"", row.task} or (
            row.task not in self.texts and not self.standard.is_about(row, row.marked)
        ):
            return row
        if row.task in self.texts:
            told = f"任务编号“{row.task}”与表内标记“{row.marked}”不一致，按任务编号采用"
            return replace(row, stamp=None, notes=(*row.notes, told))
        told = f"没有任务“{row.task}”，按表内标记“{row.marked}”采用，请核对"
        return replace(row, task=row.marked, notes=(*row.notes, told))

    def collected(self, files: tuple[Named, ...]) -> tuple[UnitReturn, tuple[FileAccount, ...]]:
        """The return with the files taken in, and an account of each; `files` are all new."""
        files = tuple(map(self._known, files))
        reports = ((named.name, report) for named in files for report in self._reports(named))
        rows = merged_rows(reports, self.shown)
        merged = self._with_held(rows, files)
        order = {task: place for place, task in enumerate(self.texts)}
        flags = tuple(dict.fromkeys(flag for named in files for flag in self._form_flags(named, merged)))
        found = UnitReturn(
            plan=self.key.plan,
            unit=self.key.unit,
            period=self.period.id,
            state=ReturnState.INCOMPLETE if self._incomplete(files, merged) else ReturnState.REPORTED,
            late=self.held.late if self.held and self.held.rows else self._is_late(),
            files=self._files(files),
            rows=tuple(sorted(merged.values(), key=lambda row: order[row.task])),
            flags=flags,
            materials=self._materials(files),
        )
        return found, tuple(self._account(named, found) for named in files)

    def _is_late(self) -> bool:
        return self.day > cutoff_day(self.book.loaded.rules, self.period)

    def _reports(self, named: Named) -> Iterator[TaskReport]:
        for row in named.form.rows:
            if row.task in self.texts and row.answers:
                yield interpret(row, self._context(row, named.form), named.digest)

    def _context(self, row: FilledRow, form: FilledForm) -> RowContext:
        stamp, year = text_stamp(self.texts[row.task]), self.period.first.year
        return RowContext(self.states, self.choices, year, self.standard.symbol(row.task), stamp)

    def _with_held(self, rows: Mapping[str, TaskReport], files: tuple[Named, ...]) -> dict[str, TaskReport]:
        """What was collected in earlier rounds stays; a later round replaces what it fills in, and is judged."""
        merged = dict(self.held.row_by_task if self.held else {})
        filled: dict[str, list[FilledRow]] = {}
        for row in (row for named in files for row in named.form.rows):
            filled.setdefault(row.task, []).append(row)
        for task, report in rows.items():
            held = merged.get(task)
            combined = corrected(held, report, self.day, self.shown) if held else report
            if combined is not held:
                expected = self.standard.expectation(combined, filled[task], files[0].form.annual)
                merged[task] = judged(combined, expected)
        return merged

    def _form_flags(self, named: Named, rows: Mapping[str, TaskReport]) -> Iterator[Flag]:
        form = named.form
        for note in form.notes:
            yield Flag(rule="left-over", message=f"“{named.name}”{note}", send_back=True)
        for row in form.rows:
            if row.task not in self.texts:
                told = "；".join(row.answers.values()) or "（空）"
                message = f"“{named.name}”{row.where}的任务编号“{row.task}”无法识别，所填：{storable(told)}"
                yield Flag(rule="unknown-task", message=message, send_back=True)
            if row.office:
                message = f"“{named.name}”{row.task} 环委办填写的栏目有内容，未采用；环委办审核用 planbook review"
                yield Flag(rule="office-cell", message=message)
        if named.is_converted:
            yield Flag(rule="converted", message=f"“{named.name}”是旧格式，经转换后读取，请核对")
        if self.day < self.period.first:
            yield Flag(
                rule="period-ahead", message=f"{self.period.label}还没有开始，请核对是哪一期的表", send_back=True
            )
        if not form.signed:
            yield Flag(rule="unsigned", message=f"“{named.name}”没有写填表人、审核人", send_back=True)
        missing = self._missing(rows)
        if missing:
            yield Flag(rule="missing-rows", message=f"没有填报的任务：{'、'.join(missing)}", send_back=True)
        yield from self._score_flags(named, rows)

    def _score_flags(self, named: Named, rows: Mapping[str, TaskReport]) -> Iterator[Flag]:
        if named.form.total_only:
            yield Flag(rule="total-only", message="只填了自评总分，没有逐项自评", send_back=True)
        scored = [row for row in rows.values() if row.self_score is not None and row.task in self.standard.weights]
        if (
            named.form.annual
            and len(scored) > 2
            and all(row.self_score == self.standard.weights[row.task] for row in scored)
        ):
            yield Flag(rule="full-scores", message="各项自评分都是满分，请实事求是自评")

    def _missing(self, rows: Mapping[str, TaskReport]) -> list[str]:
        standing = self.book.ledger.return_of(self.key.plan, self.key.unit, self.period.id)
        asked = standing.asked if standing else self._asked_first()
        return [task for task in asked if task not in rows]

    def _asked_first(self) -> tuple[str, ...]:
        """What the period asks, where it is the first that brings a return and the ledger does not know it yet."""
        form = self.book.forms.get((self.key.plan, self.key.unit))
        if str(self.period.first.year) == self.period.id:
            return tuple(row.duty.row.label for row in form.rows) if form else ()
        return tuple(row.entry.task for row in self.standard.form.rows)

    def _incomplete(self, files: tuple[Named, ...], rows: Mapping[str, TaskReport]) -> bool:
        return not any(named.form.signed for named in files) or bool(self._missing(rows))

    def _files(self, files: tuple[Named, ...]) -> tuple[ReturnedFile, ...]:
        """What was held, and the new ones; one that was only registered before and is read now counts once."""
        new = {named.digest for named in files}
        held = self.held.files if self.held else ()
        return (*(file for file in held if file.digest not in new), *(self._file(named) for named in files))

    def _file(self, named: Named) -> ReturnedFile:
        taken = sum(1 for row in named.form.rows if row.task in self.texts and row.answers)
        return ReturnedFile(name=named.name, digest=named.digest, received=self.day, taken=taken)

    def _materials(self, files: tuple[Named, ...]) -> tuple[Material, ...]:
        given = [material for named in files for material in named.form.materials]
        found = tuple(
            Material(
                number=storable(one["number"]),
                task=one.get("task"),
                name=one.get("material"),
                source=one.get("source"),
                pages=one.get("pages"),
            )
            for one in given
        )
        return found or (self.held.materials if self.held else ())

    def _account(self, named: Named, found: UnitReturn) -> FileAccount:
        own = {row.task for row in named.form.rows}
        notes = [flag.message for flag in found.flags]
        for row in found.rows:
            notes += [f"{row.task} {flag.message}" for flag in row.flags if row.task in own]
        taken = self._file(named).taken
        key = self.key
        return FileAccount(named.name, Outcome.TAKEN, key.unit, self.period.id, taken, tuple(dict.fromkeys(notes)))

    def registered(self, name: str, digest: str, state: ReturnState, note: str) -> UnitReturn:
        """A scan or an old file: the unit has reported, though nothing could be read from it."""
        file = ReturnedFile(name=name, digest=digest, received=self.day, taken=0, note=note)
        if self.held:
            return self.held.model_copy(update={"files": (*self.held.files, file)})
        key = self.key
        return UnitReturn(
            plan=key.plan, unit=key.unit, period=self.period.id, state=state, late=self._is_late(), files=(file,)
        )


def renamed(named: Named, key: MonthlyKey) -> Named:
    """A form whose own id is lost, with the one that its words tell."""
    return replace(named, form=replace(named.form, key=key))
