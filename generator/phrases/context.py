"""What a time word leans on where it does not say everything itself: the plan's year, its issue, the seasons."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from generator.model import Season
from generator.phrases.numbers import value_of

RELATIVE_YEARS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "年内": 0,
    "明年": 1,
    "次年": 1,
    "翌年": 1,
    "来年": 1,
}
YEAR_NUMBER = r"(?:(?:19|20|21)[0-9]{2}|[一二][〇零一二三四五六七八九]{3})"
YEAR = rf"(?:{YEAR_NUMBER}年度?|今年|本年度?|当年|明年|次年|翌年|来年)"


@dataclass(frozen=True)
class PhraseContext:
    """What the words around a phrase do not say: the annual plan's year, the issue date, the season table."""

    year: int | None = None
    issued: date | None = None
    seasons: tuple[Season, ...] = ()
    fallback: int | None = None
    """The year where neither the plan nor its issue tells one."""
    fallback_from: str = "文号年份"

    @property
    def base_year(self) -> int | None:
        """The year that a date without one means: the plan's own, else that of issue, else the next best."""
        if self.year is not None:
            return self.year
        return self.issued.year if self.issued else self.fallback

    @property
    def source(self) -> str:
        """Where the base year comes from."""
        if self.year is not None:
            return "本计划年度"
        return "印发年份" if self.issued else self.fallback_from


def plan_context(
    year: int | None, issued: date | None, document_number: str | None, seasons: tuple[Season, ...]
) -> PhraseContext:
    """The context that the head of a plan gives to every time in it."""
    number = re.search(r"[〔\[(](\d{4})[〕\])]", document_number or "")
    return PhraseContext(year, issued, seasons, int(number[1]) if number else None)


@dataclass(frozen=True)
class SentenceContext(PhraseContext):
    """A context whose year the same sentence has just named: 2025年6月底前…，12月底前…."""

    @property
    def source(self) -> str:
        """Where the base year comes from."""
        return "同句前文"


@dataclass(frozen=True)
class YearReading:
    """A year, or None where nothing tells it; `basis` is set where the words do not say it."""

    number: int | None
    basis: str | None = None

    def next(self, years: int = 1) -> YearReading:
        """The year after, on the same basis."""
        return YearReading(None if self.number is None else self.number + years, self.basis)


def read_year(words: str | None, context: PhraseContext) -> YearReading:
    """2024年 as it stands; 次年, or no year at all, from the context and with its basis."""
    digits = re.match(YEAR_NUMBER, words) if words else None
    if digits:
        return YearReading(int(value_of(digits[0])))
    if context.base_year is None:
        return YearReading(None, "原文未写明年份，也没有可据以推算的年度或印发日期")
    shift = RELATIVE_YEARS.get(words, 0) if words else 0
    said = f"“{words}”" if words else "原文未写年份，"
    return YearReading(context.base_year + shift, f"{said}按{context.source}{context.base_year}年推算")


def day(year: int | None, month: int, number: int | None = None) -> date | None:
    """A date; without a day number the month's last; None without a year. An impossible date is a ValueError."""
    if year is None:
        return None
    return date(year, month, monthrange(year, month)[1] if number is None else number)


def find_season(name: str, context: PhraseContext) -> Season | None:
    """The season of the table that goes by this name."""
    return next((season for season in context.seasons if name in (season.name, *season.aliases)), None)


def season_days(season: Season, year: int | None) -> tuple[date | None, date | None]:
    """First and last day of the season that begins in `year`; a day that the month lacks is its last."""
    (first_month, first_day), (last_month, last_day) = (
        tuple(int(part) for part in edge.split("-")) for edge in (season.start, season.end)
    )
    if year is None:
        return None, None
    last_year = year + 1 if (last_month, last_day) < (first_month, first_day) else year
    return _clamped(year, first_month, first_day), _clamped(last_year, last_month, last_day)


def _clamped(year: int, month: int, number: int) -> date:
    return date(year, month, min(number, monthrange(year, month)[1]))


def season_basis(name: str, season: Season | None) -> str:
    """Why the dates of a season are what they are."""
    if season is None:
        return f"季节表中没有“{name}”，起止日期待定"
    first, last = (f"{int(edge[:2])}月{int(edge[3:])}日" for edge in (season.start, season.end))
    following = "次年" if season.end < season.start else ""
    mark = "" if season.confirmed else "，待确认"
    return f"季节表：{season.name}为{first}至{following}{last}{mark}"
