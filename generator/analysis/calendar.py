"""The calendar (日历): measures against months, what falls in each month, and what has no day to be drawn at."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from generator.analysis.occasions import Occasion, objective_occasions, task_occasions
from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import DeadlineKind, Plan

OPEN_KINDS = (DeadlineKind.FROM, DeadlineKind.RECURRING, DeadlineKind.ONGOING)
"""Times that go on where the text gives them a first day and no last."""

MOST_MONTHS = 120
"""How many months a list may have in which things are only under way."""


class Shape(StrEnum):
    """How a time lies in the months (形状): a day, a span, a span without end, or no day at all."""

    POINT = "point"
    SPAN = "span"
    OPEN = "open"
    UNDATED = "undated"


class MonthPart(StrEnum):
    """What a time does in a month (当月事项)."""

    DUE = "due"
    STARTS = "starts"
    ENDS = "ends"
    RUNS = "runs"


@dataclass(frozen=True)
class CalendarTime:
    """One time of a row; `statement` is where the text says so, `parties` all concerned, through groups too."""

    occasion: Occasion
    statement: str
    row: TaskRow | None
    parties: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Words that pages tell times apart by: the kind, and whether it was inferred or the office decided it."""
        deadline = self.occasion.deadline
        words = (deadline.kind.value, deadline.inferred and "inferred", self.occasion.decided and "decided")
        return tuple(word for word in words if word)

    @cached_property
    def shape(self) -> Shape:
        """How it lies in the months; a season whose days nobody knows has no day."""
        days = self.occasion.days
        if days is None:
            return Shape.UNDATED
        if self.occasion.deadline.kind in OPEN_KINDS and self.occasion.deadline.end is None:
            return Shape.OPEN
        return Shape.POINT if days[0] == days[1] else Shape.SPAN


@dataclass(frozen=True)
class CalendarRow:
    """A measure with its times, or an objective with its own; `id` is the measure's or the objective's."""

    id: str
    label: str
    title: str
    plan: str
    band: str
    is_objective: bool
    times: tuple[CalendarTime, ...]


@dataclass(frozen=True)
class Axis:
    """The months of the picture, from `first` (the first day of a month) on."""

    first: date
    months: int

    @cached_property
    def names(self) -> tuple[str, ...]:
        """`2024-04`, `2024-05`, … ."""
        starts = (self.first.year * 12 + self.first.month - 1 + at for at in range(self.months))
        return tuple(f"{start // 12:04d}-{start % 12 + 1:02d}" for start in starts)

    @property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Each year with how many of its months are shown."""
        return tuple(
            (int(year), len(list(found))) for year, found in groupby(self.names, key=lambda name: name[:4])
        )

    def at(self, day: date) -> float:
        """Where the morning of a day lies, 0 to 1; all months are equally wide."""
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return round((months + (day.day - 1) / monthrange(day.year, day.month)[1]) / self.months, 5)

    def after(self, day: date) -> float:
        """Where the evening of a day lies."""
        return self.at(day + timedelta(days=1))

    def holds(self, day: date) -> bool:
        """Whether a day lies within the months."""
        return 0 <= self.at(day) < 1


@dataclass(frozen=True)
class PlanCalendar:
    """All rows with a day by chapter, and the rows whose times have none; no axis where no time has a day."""

    axis: Axis | None
    dated: tuple[CalendarRow, ...]
    undated: tuple[CalendarRow, ...]

    @property
    def times(self) -> tuple[CalendarTime, ...]:
        """Every time, those with a day first."""
        return tuple(found for row in (*self.dated, *self.undated) for found in row.times)


def plan_calendar(graph: ResponsibilityGraph, rows: tuple[TaskRow, ...]) -> PlanCalendar:
    """The calendar of all plans, rows in the order of the document."""
    measures = list(_measures(graph, rows))
    found = [
        row
        for plan in graph.plans
        for row in (*_objectives(plan), *(measure for measure in measures if measure.plan == plan.id))
    ]
    dated = tuple(_with_days(found, True))
    return PlanCalendar(_axis(dated), dated, tuple(_with_days(found, False)))


def calendar_of(found: PlanCalendar, party: str) -> PlanCalendar:
    """What of a calendar concerns one unit or group, on the same months: the pictures of two can be compared."""

    def concerned(rows: tuple[CalendarRow, ...]) -> Iterator[CalendarRow]:
        for row in rows:
            own = [time for time in row.times if party in time.parties]
            if own:
                yield row if len(own) == len(row.times) else replace(row, times=tuple(own))

    return PlanCalendar(found.axis, tuple(concerned(found.dated)), tuple(concerned(found.undated)))


def _with_days(rows: Iterable[CalendarRow], dated: bool) -> Iterator[CalendarRow]:
    """The rows with those of their times that have a day, or have none; rows without any are left out."""
    for row in rows:
        times = tuple(time for time in row.times if (time.shape is not Shape.UNDATED) == dated)
        if times:
            yield CalendarRow(row.id, row.label, row.title, row.plan, row.band, row.is_objective, times)


def _measures(graph: ResponsibilityGraph, rows: tuple[TaskRow, ...]) -> Iterator[CalendarRow]:
    concerned = _concerned(graph)
    occasions: dict[str, list[Occasion]] = {}
    for occasion in task_occasions(graph.plans, rows):
        occasions.setdefault(_task_of(occasion), []).append(occasion)
    for measure_id, found in groupby(rows, key=lambda row: row.measure_id):
        tasks = tuple(found)
        times = tuple(
            CalendarTime(occasion, _statement_of(occasion), row, concerned.get(row.id, ()))
            for row in tasks
            for occasion in occasions.get(row.id, ())
        )
        first = tasks[0]
        yield CalendarRow(measure_id, first.measure_label, first.title, first.plan, first.chapter, False, times)


def _statement_of(occasion: Occasion) -> str:
    """The statement of a time of the text; a node that the office set belongs to the task as a whole."""
    place = occasion.id.rpartition("-")[0]
    return place.removesuffix("-node") if occasion.decided else place


def _task_of(occasion: Occasion) -> str:
    statement = _statement_of(occasion)
    return statement if occasion.decided else statement.rpartition(".")[0]


def _concerned(graph: ResponsibilityGraph) -> dict[str, tuple[str, ...]]:
    """Every unit and group that a task concerns: named, or a member of a group that is."""
    found: dict[str, dict[str, None]] = {}
    for task in graph.tasks:
        found[task.id] = {assignment.party: None for assignment in task.assignments}
    for duty in graph.duties:
        found[duty.task.id][duty.unit] = None
    return {task: tuple(parties) for task, parties in found.items()}


def _objectives(plan: Plan) -> Iterator[CalendarRow]:
    found = groupby(objective_occasions((plan,)), key=lambda occasion: occasion.id.rpartition("-")[0])
    for objective, occasions in found:
        times = tuple(CalendarTime(occasion, objective, None, ()) for occasion in occasions)
        yield CalendarRow(objective, times[0].occasion.label, "", plan.id, "", True, times)


def _axis(rows: tuple[CalendarRow, ...]) -> Axis | None:
    """From the first month that holds a day to the last; a month more where something goes on without end."""
    times = [time for row in rows for time in row.times]
    days = [day for time in times for day in time.occasion.days or ()]
    if not days:
        return None
    first, last = min(days), max(days)
    open_ends = [time.occasion.days[0] for time in times if time.occasion.days and time.shape is Shape.OPEN]
    further = bool(open_ends) and (max(open_ends).year, max(open_ends).month) == (last.year, last.month)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return Axis(first.replace(day=1), months + further)


@dataclass(frozen=True)
class MonthEntry:
    """A time of a row as one month sees it."""

    part: MonthPart
    day: date
    row: CalendarRow
    time: CalendarTime


def month_list(found: PlanCalendar) -> tuple[tuple[str, tuple[MonthEntry, ...]], ...]:
    """The months in which something falls due, starts, ends or is under way until a known day, entries by day.

    What goes on without end opens no month of its own, and neither does a span where the plan covers decades.
    """
    events = sorted(_events(found), key=lambda entry: entry.day)
    by_month = {month: list(entries) for month, entries in groupby(events, key=lambda entry: f"{entry.day:%Y-%m}")}
    running = list(_running(found))
    spans = [entry.time for entry in running if entry.time.shape is Shape.SPAN]
    names = found.axis.names if found.axis and found.axis.months <= MOST_MONTHS else tuple(by_month)
    return tuple(
        (month, (*by_month.get(month, ()), *(entry for entry in running if _runs_through(entry.time, month))))
        for month in names
        if month in by_month or any(_runs_through(time, month) for time in spans)
    )


def _events(found: PlanCalendar) -> Iterator[MonthEntry]:
    for row in found.dated:
        for time in row.times:
            first, last = time.occasion.days or (date.min, date.min)
            if time.shape is Shape.POINT:
                yield MonthEntry(MonthPart.DUE, last, row, time)
                continue
            yield MonthEntry(MonthPart.STARTS, first, row, time)
            if time.shape is Shape.SPAN:
                yield MonthEntry(MonthPart.ENDS, last, row, time)


def _running(found: PlanCalendar) -> Iterator[MonthEntry]:
    for row in found.dated:
        for time in row.times:
            if time.shape is not Shape.POINT and time.occasion.days:
                yield MonthEntry(MonthPart.RUNS, time.occasion.days[0], row, time)


def _runs_through(time: CalendarTime, month: str) -> bool:
    """Whether a span covers a month in which it neither starts nor ends."""
    if time.occasion.days is None:
        return False
    first, last = (day.isoformat()[:7] for day in time.occasion.days)
    return first < month and (time.shape is Shape.OPEN or month < last)
