"""Reporting periods (报送周期): week, ten days, month, quarter, year; a period's id is also its folder's name."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field

from generator.model.text import Record

PERIOD_PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-D[1-3])?|-Q[1-4]|-W(0[1-9]|[1-4]\d|5[0-3]))?$"
PeriodId = Annotated[str, Field(pattern=PERIOD_PATTERN)]
"""`2024-W36`, `2024-09-D1` (上旬), `2024-09`, `2024-Q3`, `2024`."""


class PeriodKind(StrEnum):
    """How long a period is (周、旬、月、季、年)."""

    WEEK = "week"
    TEN_DAYS = "ten_days"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@lru_cache(maxsize=1024)
def _id_holding(day: date, kind: PeriodKind) -> str:
    month = f"{day:%Y-%m}"
    return {
        PeriodKind.WEEK: f"{day:%G}-W{day:%V}",
        PeriodKind.TEN_DAYS: f"{month}-D{min(3, (day.day + 9) // 10)}",
        PeriodKind.MONTH: month,
        PeriodKind.QUARTER: f"{day.year}-Q{(day.month + 2) // 3}",
        PeriodKind.YEAR: f"{day.year}",
    }[kind]


class Period(Record):
    """报送周期: its first and last day, inclusive; periods of one kind sort by their id."""

    id: PeriodId
    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """The period with an id; None for what is none, such as week 53 of a year that has 52."""
        found = re.fullmatch(PERIOD_PATTERN, written)
        year = int(written[:4]) if found else 0
        if not 1949 <= year <= 2200:
            return None
        rest = written[5:]
        if rest.startswith("W"):
            return cls._week(written, year, int(rest[1:]))
        if rest.startswith("Q"):
            return cls._months(written, PeriodKind.QUARTER, year, int(rest[1:]) * 3 - 2, 3)
        if "D" in rest:
            return cls._ten_days(written, year, int(rest[:2]), int(rest[-1]))
        if rest:
            return cls._months(written, PeriodKind.MONTH, year, int(rest), 1)
        return cls._months(written, PeriodKind.YEAR, year, 1, 12)

    @classmethod
    def holding(cls, day: date, kind: PeriodKind) -> Self:
        """The period of a kind in which a day lies."""
        written = _id_holding(day, kind)
        found = cls.parse(written)
        if found is None:
            raise ValueError(f"no period holds {day}")
        return found

    @classmethod
    def _week(cls, written: str, year: int, week: int) -> Self | None:
        try:
            first = date.fromisocalendar(year, week, 1)
        except ValueError:
            return None
        return cls(id=written, kind=PeriodKind.WEEK, first=first, last=first + timedelta(days=6))

    @classmethod
    def _ten_days(cls, written: str, year: int, month: int, third: int) -> Self:
        last = monthrange(year, month)[1] if third == 3 else third * 10
        first = date(year, month, third * 10 - 9)
        return cls(id=written, kind=PeriodKind.TEN_DAYS, first=first, last=date(year, month, last))

    @classmethod
    def _months(cls, written: str, kind: PeriodKind, year: int, month: int, length: int) -> Self:
        end = month + length - 1
        last = date(year, end, monthrange(year, end)[1])
        return cls(id=written, kind=kind, first=date(year, month, 1), last=last)

    @property
    def previous(self) -> Self:
        """The period before this one."""
        return self.holding(self.first - timedelta(days=1), self.kind)

    @property
    def following(self) -> Self:
        """The period after this one."""
        return self.holding(self.last + timedelta(days=1), self.kind)

    @property
    def label(self) -> str:
        """`2024年9月`, `2024年9月上旬`, `2024年第36周`, `2024年第三季度`, `2024年`."""
        year = f"{self.id[:4]}年"
        if self.kind is PeriodKind.WEEK:
            return f"{year}第{int(self.id[6:])}周"
        if self.kind is PeriodKind.QUARTER:
            return f"{year}第{'一二三四'[int(self.id[-1]) - 1]}季度"
        if self.kind is PeriodKind.TEN_DAYS:
            return f"{year}{self.first.month}月{'上中下'[int(self.id[-1]) - 1]}旬"
        return f"{year}{self.first.month}月" if self.kind is PeriodKind.MONTH else year
