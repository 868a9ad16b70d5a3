"""When a report is due: cut-off days, working days, and which tasks a period asks for."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from generator.model import CutoffMove, Frequency, Period, PeriodKind, RulesFile

ONE_DAY = timedelta(days=1)
SATURDAY = 5
MONTHS_IN = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


def is_workday(rules: RulesFile, day: date) -> bool:
    """Whether the office works on a day: extra working days first, then holidays, then weekends."""
    if day in rules.extra_workdays:
        return True
    if any(holiday.first <= day <= holiday.last for holiday in rules.holidays):
        return False
    return day.weekday() < SATURDAY


def cutoff_day(rules: RulesFile, period: Period) -> date:
    """The last day on which the return of a period is not late (截止日)."""
    step = {CutoffMove.NEXT: ONE_DAY, CutoffMove.PREVIOUS: -ONE_DAY}.get(rules.cutoff_moves)
    day = _named_day(rules, period)
    while step and not is_workday(rules, day):
        day += step
    return day


def _named_day(rules: RulesFile, period: Period) -> date:
    if period.kind is PeriodKind.WEEK:
        return period.first + timedelta(days=rules.weekly_cutoff_weekday - 1)
    if period.kind is PeriodKind.TEN_DAYS:
        return period.last - timedelta(days=rules.ten_days_cutoff_days)
    if period.kind is PeriodKind.MONTH:
        return period.last.replace(day=rules.monthly_cutoff_day)
    if period.kind is PeriodKind.QUARTER:
        return period.last.replace(day=rules.quarterly_cutoff_day)
    month, day = rules.yearly_cutoff.split("-")
    return date(period.last.year + 1, int(month), int(day))


def notice_day(rules: RulesFile, period: Period) -> date:
    """The day by which the forms must be out: so many working days before the cut-off."""
    day, left = cutoff_day(rules, period), rules.notice_workdays
    while left:
        day -= ONE_DAY
        left -= is_workday(rules, day)
    return day


def last_day_of_papers(rules: RulesFile, period: Period) -> date:
    """The last day on which papers stand for a period: from the next cut-off on, they tell of the next."""
    return cutoff_day(rules, period.following) - ONE_DAY


@lru_cache(maxsize=512)
def asked_at(frequency: Frequency, period: Period) -> bool:
    """Whether a period is the last of its kind within a month, quarter, half-year or year of the frequency."""
    if frequency is Frequency.NONE:
        return False
    months = MONTHS_IN[frequency]
    return _span(period, months) != _span(period.following, months)


def _span(period: Period, months: int) -> tuple[int, int]:
    return period.last.year, (period.last.month - 1) // months
