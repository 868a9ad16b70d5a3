"""The calendar (日历): drawn in shares of the width, so that screen, phone and paper show the same picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from generator.analysis.calendar import (
    Axis,
    CalendarRow,
    CalendarTime,
    PlanCalendar,
    Shape,
    month_list,
)
from generator.model import Deadline, DeadlineKind
from generator.renderers.site.desk import WIDE, Desk, Page

ADDRESS = "calendar.html"
LETTER = 0.3
"""How wide a letter of a label is, in months; Latin letters and figures take 0.6 of it."""
SIGN = 0.5
"""Room for the sign of a day and the gap behind a label, in months."""
MOST_LABELLED = 36
"""With more months than this the columns are narrow and marks stand without labels."""
DAYS_OF_RHYTHM = {"monthly": 1, "yearly": 2}
"""Rhythms that may name a day, and in how many parts: monthly:25, yearly:02-28."""


@dataclass(frozen=True)
class Drawn:
    """A time in its row: percentages of the row's width, the lane it stands in, its label left of it or right."""

    number: int
    time: CalendarTime
    left: float
    width: float
    lane: int
    label: str
    label_left: bool


@dataclass(frozen=True)
class DrawnRow:
    """A row with its marks; `lanes` is how many lines it is high."""

    row: CalendarRow
    marks: tuple[Drawn, ...]

    @property
    def lanes(self) -> int:
        """At least one."""
        return max((mark.lane for mark in self.marks), default=0) + 1


@dataclass(frozen=True)
class Band:
    """The rows of a chapter, or of a plan's objectives."""

    plan: str
    heading: str
    is_objectives: bool
    rows: tuple[DrawnRow, ...]


def calendar_page(desk: Desk) -> Iterator[Page]:
    """The one page of the calendar."""
    title = desk.book.terms("page.calendar")
    yield desk.draw(ADDRESS, title, "calendar.md.j2", later=partial(_values, desk), hidden=WIDE)


def _values(desk: Desk) -> dict[str, Any]:
    book = desk.book
    found = book.calendar
    numbers = {id(time): number for number, time in enumerate(found.times)}
    return {
        "axis": found.axis,
        "dense": found.axis is not None and found.axis.months > MOST_LABELLED,
        "now": line_of(found.axis, book.as_of),
        "bands": tuple(_bands(desk, found, numbers)),
        "undated": found.undated,
        "ticks": rhythm_days,
        "number": lambda time: numbers[id(time)],
        "months": month_list(found),
        "kinds": [
            kind for kind in DeadlineKind if any(time.occasion.deadline.kind is kind for time in found.times)
        ],
        "inferred": any(time.occasion.deadline.inferred for time in found.times),
        "decided": any(time.occasion.decided for time in found.times),
        "parties": _concerned(desk, found),
        "files": [(unit, desk.shelf.path("unit_calendar", unit)) for unit in book.units],
        "whole": desk.shelf.path("calendar"),
    }


def _concerned(desk: Desk, found: PlanCalendar) -> list[str]:
    """Every unit and group that any time concerns, in official order."""
    concerned = {party for time in found.times for party in time.parties}
    return [party for party in desk.book.graph.order if party in concerned]


def _bands(desk: Desk, found: PlanCalendar, numbers: dict[int, int]) -> Iterator[Band]:
    titles = {plan.id: plan.head.short_title for plan in desk.book.plans}
    grouped = groupby(found.dated, key=lambda row: (row.plan, row.is_objective, row.band))
    for (plan, is_objectives, band), rows in grouped:
        drawn = tuple(drawn_row(desk, found.axis, row, numbers) for row in rows if found.axis)
        yield Band(plan, f"{titles[plan]}　{band}".strip(), is_objectives, drawn)


def drawn_row(desk: Desk, axis: Axis, row: CalendarRow, numbers: dict[int, int]) -> DrawnRow:
    """Each mark in the first lane where neither it nor its label covers another."""
    ends: list[float] = []
    marks = []
    for time in sorted(row.times, key=lambda time: time.occasion.days or (date.max, date.max)):
        start, end = _span(axis, time)
        label = _label(desk, time) if axis.months <= MOST_LABELLED else ""
        length = (_length(label) + SIGN) / axis.months
        label_left = time.shape is Shape.POINT and end + length > 1
        first, last = (start - length, end) if label_left else (start, max(end, start + length))
        first -= SIGN / axis.months if time.shape is Shape.POINT and not label_left else 0
        lane = next((at for at, used in enumerate(ends) if used <= first), len(ends))
        ends[lane:] = [last, *ends[lane + 1 :]]
        left, width = round(start * 100, 3), round((end - start) * 100, 3)
        marks.append(Drawn(numbers[id(time)], time, left, width, lane, label, label_left))
    return DrawnRow(row, tuple(marks))


def _span(axis: Axis, time: CalendarTime) -> tuple[float, float]:
    """From where to where a time is drawn: a day at its evening, what has no end as far as the picture goes."""
    first, last = time.occasion.days or (axis.first, axis.first)
    if time.shape is Shape.POINT:
        return axis.after(last), axis.after(last)
    return axis.at(first), 1.0 if time.shape is Shape.OPEN else axis.after(last)


def line_of(axis: Axis | None, day: date) -> float | None:
    """Where the line of a day stands, 0 to 1; None outside the months."""
    return _noon(axis, day) if axis and axis.holds(day) else None


def _noon(axis: Axis, day: date) -> float:
    return round((axis.at(day) + axis.after(day)) / 2, 5)


def _label(desk: Desk, time: CalendarTime) -> str:
    deadline = time.occasion.deadline
    return deadline.phrase + (desk.book.terms("mark.inferred") if deadline.inferred else "")


def _length(label: str) -> float:
    """The width of a label in months."""
    return sum(LETTER if ord(char) > 0x2E7F else LETTER * 0.6 for char in label)


def rhythm_days(axis: Axis | None, deadline: Deadline) -> tuple[float, ...]:
    """Where the days of a rhythm lie, in per cent; none where the text names no day."""
    rhythm, _, when = (deadline.recurrence or "").partition(":")
    parts = when.split("-")
    if axis is None or DAYS_OF_RHYTHM.get(rhythm) != len(parts) or not all(part.isdigit() for part in parts):
        return ()
    found = (_day(name, "-".join(parts[:-1]), parts[-1]) for name in axis.names)
    return tuple(round(_noon(axis, day) * 100, 3) for day in found if day)


def _day(name: str, month: str, day: str) -> date | None:
    """That day of a month such as `2024-04`; None where it is another month or the month has no such day."""
    year, number = map(int, name.split("-"))
    if month and int(month) != number:
        return None
    try:
        return date(year, number, int(day))
    except ValueError:
        return None
