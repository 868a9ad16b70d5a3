"""Time words that name days: 2024年10月底, 三季度末, 5-9月, 2024—2025年秋冬季. One form is one entry of POINTS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from functools import lru_cache

from generator.phrases.context import (
    YEAR,
    YEAR_NUMBER,
    PhraseContext,
    YearReading,
    day,
    find_season,
    read_year,
    season_basis,
    season_days,
)
from generator.phrases.numbers import value_of

MONTH_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
MONTH = rf"{MONTH_NUMBER}月份?"
DAY_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
TO = r"(?:-{1,2}|至|到)"
SEASONS = (
    "采暖季|采暖期|供暖季|供暖期|取暖季|取暖期|秋冬季|冬春季|春夏季|夏秋季|今冬明春|"
    "主汛期|汛期|春季|夏季|秋季|冬季|雨季|防火期"
)
OCCASIONS = (
    "(?:汛|元旦|春节|清明|五一|端午|中秋|国庆|高考|中考|(?:[春秋]季(?:学期)?)?开学|入冬|春耕|三夏|三秋)节?"
    "(?=之?前(?!期)|以前)"
)
"""Days that only a calendar tells; they are times where something is to be done before them."""
_GUARD = r"(?<![0-9.〇零一二三四五六七八九十百])"


class Grain(Enum):
    """How a time word stands on its own: what it names, and whether a bare one may bind."""

    DAY = auto()
    MONTH = auto()
    MONTH_PART = auto()
    YEAR_END = auto()
    QUARTER = auto()
    YEAR = auto()
    YEARS = auto()
    DAYS = auto()
    SEASON = auto()
    PERIOD = auto()


@dataclass(frozen=True)
class Point:
    """时点: first and last day that a time word names; None where neither words nor context tell it."""

    grain: Grain
    first: date | None
    last: date | None
    basis: str | None = None
    season: str | None = None
    dated: bool = True
    """False where the word says no year of its own."""


Match = re.Match[str]
Read = Callable[[Match, PhraseContext], Point]


@dataclass(frozen=True)
class PointForm:
    """One way to name days: `pattern` on folded text, `read` gives its days."""

    pattern: re.Pattern[str]
    read: Read


def _number(text: str) -> int:
    return int(value_of(text))


def _within(grain: Grain, year: YearReading, first: tuple[int, int], last: tuple[int, int | None]) -> Point:
    return Point(grain, day(year.number, *first), day(year.number, *last), year.basis)


def _day(match: Match, context: PhraseContext) -> Point:
    year = read_year(match["year"], context)
    when = (_number(match["month"]), _number(match["day"]))
    return _within(Grain.DAY, year, when, when)


def _numeric_day(match: Match, context: PhraseContext) -> Point:
    when = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Point(Grain.DAY, when, when)


_PARTS: dict[str, tuple[int, int | None]] = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}


def _month_part(match: Match, context: PhraseContext) -> Point:
    month = _number(match["month"])
    first, last = _PARTS.get(match["part"], (1, None))
    return _within(Grain.MONTH_PART, read_year(match["year"], context), (month, first), (month, last))


def _month(match: Match, context: PhraseContext) -> Point:
    month = _number(match["month"])
    return _within(Grain.MONTH, read_year(match["year"], context), (month, 1), (month, None))


def _quarter(match: Match, context: PhraseContext) -> Point:
    number = _number(match["quarter"])
    grain = Grain.YEAR_END if match["end"] else Grain.QUARTER
    year = read_year(match["year"], context)
    return _within(grain, year, (number * 3 - 2, 1), (number * 3, None))


def _half(match: Match, context: PhraseContext) -> Point:
    month = 1 if match["half"] == "上" else 7
    grain = Grain.YEAR_END if match["end"] else Grain.QUARTER
    return _within(grain, read_year(match["year"], context), (month, 1), (month + 5, None))


def _year_end(match: Match, context: PhraseContext) -> Point:
    return _within(Grain.YEAR_END, read_year(match["year"], context), (1, 1), (12, 31))


def _whole_year(match: Match, context: PhraseContext) -> Point:
    return _within(Grain.PERIOD, read_year(match["year"], context), (1, 1), (12, 31))


def _year(match: Match, context: PhraseContext) -> Point:
    return _within(Grain.YEAR, read_year(match[0], context), (1, 1), (12, 31))


def _range(first: date | None, last: date | None, basis: str | None, turns: bool, grain: Grain) -> Point:
    """A range; where the end has no year of its own and would lie before the beginning, it is the year after's."""
    if first and last and last < first:
        if not turns:
            raise ValueError(first, last)
        last = last.replace(year=last.year + 1)
        basis = f"{basis}；止于次年" if basis else "止期早于起期，按次年理解"
    return Point(grain, first, last, basis)


def _years(match: Match, context: PhraseContext) -> Point:
    first, last = date(_number(match["first"]), 1, 1), date(_number(match["last"]), 12, 31)
    return _range(first, last, None, False, Grain.YEARS)


def _second_year(words: str | None, year: YearReading, context: PhraseContext) -> YearReading:
    """The year of the end of a range: as written, the year after for 次年, else the beginning's."""
    if words and not re.match(YEAR_NUMBER, words):
        return year.next()
    return read_year(words, context) if words else year


def _months(match: Match, context: PhraseContext) -> Point:
    year = read_year(match["year"], context)
    last_year = _second_year(match["last_year"], year, context)
    first = day(year.number, _number(match["month"]), 1)
    last = day(last_year.number, _number(match["last"]))
    return _range(first, last, year.basis, not match["last_year"], Grain.DAYS)


def _days(match: Match, context: PhraseContext) -> Point:
    year = read_year(match["year"], context)
    last_year = _second_year(match["last_year"], year, context)
    month = _number(match["month"])
    last_month = _number(match["last_month"]) if match["last_month"] else month
    first = day(year.number, month, _number(match["day"]))
    last = day(last_year.number, last_month, _number(match["last"]))
    return _range(first, last, year.basis, not match["last_year"], Grain.DAYS)


def _plan_period(match: Match, context: PhraseContext) -> Point:
    """十四五 is 2021 to 2025; the count began with 1953, broke off, and is five-yearly from 六五 (1981) on."""
    last = 1950 + 5 * (_number(match["ordinal"]) + 1)
    grain = Grain.YEAR_END if "末" in match[0] else Grain.PERIOD
    basis = f"“{match['ordinal']}五”时期为{last - 4}—{last}年"
    return Point(grain, date(last - 4, 1, 1), date(last, 12, 31), basis)


def _season(match: Match, context: PhraseContext) -> Point:
    year = read_year(match["year"] or match["first"], context)
    name = "汛期" if match["season"] == "汛" else match["season"]
    season = find_season(name, context)
    first, last = season_days(season, year.number) if season else (None, None)
    basis = "；".join(part for part in (year.basis, season_basis(name, season)) if part)
    return Point(Grain.SEASON, first, last, basis, season.id if season else None)


def _forms(season_names: str) -> tuple[PointForm, ...]:
    """The table of time points, longer forms before the shorter ones that begin alike."""
    year = rf"(?:(?P<year>{YEAR})的?)?"
    second = rf"(?P<last_year>{YEAR})?"
    month = rf"(?P<month>{MONTH_NUMBER})"
    forms: tuple[tuple[str, Read], ...] = (
        (
            rf"{year}{month}月(?P<day>{DAY_NUMBER})[日号]?起?{TO}"
            rf"(?:{second}(?P<last_month>{MONTH_NUMBER})月)?(?P<last>{DAY_NUMBER})[日号]",
            _days,
        ),
        (rf"{year}{month}月(?P<day>{DAY_NUMBER})[日号](?:[0-9]{{1,2}}[时点])?", _day),
        (
            r"(?P<year>(?:19|20|21)[0-9]{2})(?P<mark>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=mark)"
            r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])",
            _numeric_day,
        ),
        (rf"{year}{month}(?:月份?起?)?{TO}{second}(?P<last>{MONTH_NUMBER})月份?(?:[底末](?!数))?", _months),
        (rf"{year}{month}月份?(?P<part>上旬|中旬|下旬|底(?!数)|末)", _month_part),
        (rf"{year}{month}月份?", _month),
        (
            rf"(?:(?:(?P<first>{YEAR_NUMBER})年?度?{TO}{YEAR_NUMBER}年度?|(?P<year>{YEAR}))的?)?(?P<season>{season_names})",
            _season,
        ),
        (rf"{year}第?(?P<quarter>[一二三四1-4])季度(?P<end>[末底])?", _quarter),
        (rf"{year}(?P<half>[上下])半年度?(?P<end>[末底])?", _half),
        (rf"(?P<first>{YEAR_NUMBER})年?度?{TO}(?P<last>{YEAR_NUMBER})年度?", _years),
        (rf"(?P<year>{YEAR})年?[底末](?!数)", _year_end),
        (r"(?P<year>)(?<![0-9年半])年(?:底(?!数)|末)", _year_end),
        (r"(?P<year>)(?<![0-9年半〇零一二两三四五六七八九十几数当])年内", _year_end),
        (rf"(?P<year>{YEAR})全年", _whole_year),
        (YEAR, _year),
        (r'"?(?P<ordinal>十[一二三四五六七八九]?)五"?(?:规划)?(?:期间|时期(?:末|内)?|期末|末期?)', _plan_period),
    )
    return tuple(PointForm(re.compile(_GUARD + pattern), read) for pattern, read in forms)


_BEGIN = '0-9〇零一二三四五六七八九十今本当明次翌来第上下年"汛元春清五端中国高秋开入三'
"""With the first letters of the seasons' names, all that a time point may begin with: trying costs time."""


@lru_cache(maxsize=16)
def table(names: tuple[str, ...]) -> tuple[tuple[PointForm, ...], re.Pattern[str], re.Pattern[str]]:
    """The forms, the pattern that finds any of them, and the letters at which it is worth trying."""
    words = sorted({*SEASONS.split("|"), *names}, key=lambda name: (-len(name), name))
    letters = re.escape("".join(sorted({word[0] for word in words})))
    forms = _forms("|".join((OCCASIONS, *(re.escape(word) for word in words))))
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", form.pattern.pattern) for form in forms)
    scanner = "|".join(f"(?P<f{n}>{p})" for n, p in enumerate(unnamed))
    return forms, re.compile(scanner.replace("(?P=mark)", "[-/.]")), re.compile(f"[{_BEGIN}{letters}]")


def find_points(text: str, names: tuple[str, ...]) -> Iterator[tuple[PointForm, Match]]:
    """Every time point of folded text, in order, with the form that reads it; `names` are the table's seasons."""
    forms, scanner, begin = table(names)
    done = 0
    for letter in begin.finditer(text):
        found = scanner.match(text, letter.start()) if letter.start() >= done else None
        if found is None:
            continue
        done = found.end()
        form = forms[int((found.lastgroup or "f0")[1:])]
        match = form.pattern.match(text, found.start())
        if match is not None:
            yield form, match


def read_point(form: PointForm, match: Match, context: PhraseContext) -> Point | None:
    """The days that a time point names; None for an impossible date."""
    try:
        return replace(form.read(match, context), dated=_says_year(match))
    except (ValueError, OverflowError):
        return None


def _says_year(match: Match) -> bool:
    words = match.groupdict()
    said = words.get("year") or words.get("first") or words.get("ordinal") or ""
    return bool(said) or "year" not in words or (words.get("season") or "").startswith("今")
