"""Where a day lies among the months of the calendar, and which days of a rhythm there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.calendar import Axis
from generator.model import Deadline, DeadlineKind
from generator.renderers.site.calendar_page import rhythm_days

DAYS = st.dates(date(1949, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("recurrence", "count"),
    [
        ("monthly:31", 5),
        ("yearly:02-29", 1),
        ("yearly:06-30", 1),
        ("monthly", 0),
        ("quarterly:5", 0),
        ("yearly:13-01", 0),
    ],
)
def test_only_days_that_there_are_get_a_mark(recurrence: str, count: int) -> None:
    """Of the nine months from January 2024, five have a 31st; 2024 has a 29th of February."""
    deadline = Deadline(phrase="每", kind=DeadlineKind.RECURRING, recurrence=recurrence)
    assert len(rhythm_days(Axis(date(2024, 1, 1), 9), deadline)) == count
    assert rhythm_days(None, deadline) == ()


@given(DAYS, DAYS)
def test_days_lie_in_their_order_and_within_their_months(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    axis = Axis(first.replace(day=1), (last.year - first.year) * 12 + last.month - first.month + 1)
    assert 0 <= axis.at(first) <= axis.at(last) < axis.after(last) <= 1
    assert len(axis.names) == axis.months == sum(count for _, count in axis.years)
    assert axis.names[0] == f"{first:%Y-%m}"
    assert axis.names[-1] == f"{last:%Y-%m}"
    assert axis.holds(last)
    assert not axis.holds(axis.first - timedelta(days=1)) or axis.first == date.min


@given(DAYS)
def test_a_month_is_as_wide_as_its_days_together(day: date) -> None:
    axis = Axis(day.replace(day=1), 2)
    assert axis.at(day.replace(day=1)) == 0
    assert axis.after(day) > axis.at(day)
