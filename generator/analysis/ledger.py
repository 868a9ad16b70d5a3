"""The ledger (台账): one entry for each task and unit, 单位自报 beside 环委办认定, with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.analysis.history import Change
from generator.analysis.obligations import Obligation
from generator.analysis.standing import DueStanding
from generator.analysis.tasks import TaskRow
from generator.model import (
    Frequency,
    LedgerState,
    Light,
    Period,
    ReturnState,
    Rung,
    TaskReport,
    UnitReturn,
)


@dataclass(frozen=True)
class Quantity:
    """年度目标量、本期、累计: figures of one unit; `rate` is None where there is no target."""

    target: float | None
    symbol: str | None
    this_period: float | None
    cumulative: float | None

    @property
    def rate(self) -> float | None:
        """完成率, 1 for the whole."""
        return self.cumulative / self.target if self.target and self.cumulative is not None else None


@dataclass(frozen=True)
class LedgerEntry:
    """台账一行: how a task stands at one unit.

    `reported` 单位自报 and `found` 环委办认定 are kept apart; `state` is what counts now and None where
    nothing was ever reported. `due` is the last day, extension included; `closing` the one the text gives.
    `reports` are by period with the state that each stands for (本期无变化 carries the one before); `report` is
    of the latest period, `reported_for` that period. `rung` is only proposed.
    """

    obligation: Obligation
    frequency: Frequency
    frequency_suggested: bool
    reports: tuple[tuple[Period, TaskReport, LedgerState | None], ...]
    report: TaskReport | None
    reported_for: Period | None
    reported: LedgerState | None
    found: LedgerState | None
    found_on: date | None
    state: LedgerState | None
    closing: date | None
    due: date | None
    due_inferred: bool
    due_standing: DueStanding
    days_passed: int
    light: Light
    rung: Rung | None
    periods_behind: int
    periods_unreported: int
    opinion: str | None
    wording: str | None
    quantity: Quantity
    history: tuple[Change, ...]

    @property
    def plan(self) -> str:
        """The annual plan whose year it is."""
        return self.obligation.plan

    @property
    def unit(self) -> str:
        """Who reports."""
        return self.obligation.unit

    @property
    def row(self) -> TaskRow:
        """The task."""
        return self.obligation.row

    @property
    def task(self) -> str:
        """The visible task number."""
        return self.obligation.row.label


@dataclass(frozen=True)
class TaskStanding:
    """How a task stands as a whole: where its lead stands, else where its slowest unit stands.

    `decisive` are the units that this was taken from; `by_lead` tells which of the two rules.
    """

    plan: str
    row: TaskRow
    state: LedgerState | None
    due_standing: DueStanding
    light: Light
    decisive: tuple[str, ...]
    by_lead: bool
    entries: tuple[LedgerEntry, ...]


@dataclass(frozen=True)
class ReturnStanding:
    """报送情况 of one unit in one period: `asked` task numbers, those of them not reported, what came when."""

    plan: str
    unit: str
    period: Period
    cutoff: date
    closed: bool
    state: ReturnState
    late: bool
    asked: tuple[str, ...]
    missing: tuple[str, ...]
    received: date | None
    found: UnitReturn | None


@dataclass(frozen=True)
class Ledger:
    """台账 of all annual plans on a day; `period` is the reporting period of that day.

    `started` is False until a first return came or a decision was made: then papers say so and stay useful.
    """

    as_of: date
    period: Period
    entries: tuple[LedgerEntry, ...]
    tasks: tuple[TaskStanding, ...]
    returns: tuple[ReturnStanding, ...]
    started: bool

    @cached_property
    def _by_unit(self) -> Mapping[str, tuple[LedgerEntry, ...]]:
        return _grouped((entry.unit, entry) for entry in self.entries)

    @cached_property
    def _by_task(self) -> Mapping[tuple[str, str], TaskStanding]:
        return {(standing.plan, standing.row.label): standing for standing in self.tasks}

    @cached_property
    def _returns_by_period(self) -> Mapping[tuple[str, str], tuple[ReturnStanding, ...]]:
        found: dict[tuple[str, str], list[ReturnStanding]] = {}
        for standing in self.returns:
            found.setdefault((standing.plan, standing.period.id), []).append(standing)
        return {key: tuple(standings) for key, standings in found.items()}

    def of_unit(self, unit: str, plan: str | None = None) -> tuple[LedgerEntry, ...]:
        """The entries of one unit, in the order of the document, extra tasks last."""
        return tuple(entry for entry in self._by_unit.get(unit, ()) if plan in {None, entry.plan})

    def of_plan(self, plan: str) -> tuple[LedgerEntry, ...]:
        """The entries of one annual plan, by unit in official order."""
        return tuple(entry for entry in self.entries if entry.plan == plan)

    def task(self, plan: str, label: str) -> TaskStanding | None:
        """How a task stands in the year of an annual plan; also for one that is asked with another."""
        return self._by_task.get((plan, label))

    def latest(self, label: str) -> TaskStanding | None:
        """How a task stands in the latest year that knows it."""
        return next((found for found in reversed(self.tasks) if found.row.label == label), None)

    def entry(self, plan: str, label: str, unit: str) -> LedgerEntry | None:
        """How a task stands at one unit."""
        return next((found for found in self.of_unit(unit, plan) if found.task == label), None)

    def returns_in(self, plan: str, period: str) -> tuple[ReturnStanding, ...]:
        """The returns of a period, by unit in official order."""
        return self._returns_by_period.get((plan, period), ())

    def return_of(self, plan: str, unit: str, period: str) -> ReturnStanding | None:
        """The return of one unit in a period; None where the period asked it for nothing and nothing came."""
        return next((found for found in self.returns_in(plan, period) if found.unit == unit), None)

    def unreported(self, plan: str, period: str) -> tuple[ReturnStanding, ...]:
        """催报名单: who owes a return for a period and has sent nothing."""
        return tuple(found for found in self.returns_in(plan, period) if found.state is ReturnState.UNREPORTED)


def _grouped(pairs: Iterable[tuple[str, LedgerEntry]]) -> Mapping[str, tuple[LedgerEntry, ...]]:
    found: dict[str, list[LedgerEntry]] = {}
    for key, entry in pairs:
        found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}
