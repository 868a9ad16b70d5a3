"""Targets that no number says: 动态清零, 负增长, 完成市定指标. One form is one entry of FORMS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import Comparator
from generator.phrases.figures import BASELINE, baseline_of


@dataclass(frozen=True)
class Aim:
    """What a target says before it has its indicator; `value` None is a figure that a higher authority sets."""

    comparator: Comparator
    value: int | float | None
    symbol: str | None = None
    baseline: str | None = None
    external: bool = False


@dataclass(frozen=True)
class TargetForm:
    """One way to set a target without a number: its pattern on folded text, marks as in TimeForm, what it sets."""

    marks: str
    pattern: re.Pattern[str]
    aim: Aim


@dataclass(frozen=True)
class Worded:
    """A target form found at [start, end) of folded text."""

    start: int
    end: int
    aim: Aim
    things: str = ""
    """What 完成市下达的…指标 names within: the things, and the kind of goal."""
    goal: str = ""


_SINCE = rf"(?:{BASELINE},?)?(?:(?:总体|均|分别|力争|继续|保持|实现)){{0,3}}"
_SETS = r"(?:[省市县国]|国家|上级|省级|市级|省委省政府|市委市政府)"
_GIVEN = r"(?:下达|确定|分解|规定|定|要求|核定|明确)"
_YEARS = r"(?:(?:(?:19|20|21)[0-9]{2}年度?[、和至-]?){1,5}|年度)?"
FORMS = tuple(
    TargetForm(marks, re.compile(pattern), aim)
    for marks, pattern, aim in (
        ("零", r"(?:全面|动态|全部|彻底|实现)清零|清零见底|零发生", Aim(Comparator.EQUAL, 0)),
        ("零", r"基本清零", Aim(Comparator.ABOUT, 0)),
        ("负", rf"{_SINCE}负增长", Aim(Comparator.BELOW, 0)),
        ("零", rf"{_SINCE}(?<!趋)零增长", Aim(Comparator.AT_MOST, 0)),
        ("只", r"只减不增|只降不升", Aim(Comparator.AT_MOST, 0)),
        (
            "标任",
            rf"(?:完成|达到){_SETS}[^,。;]{{0,4}}?{_GIVEN}(?:我[省市县区]的?|的)?(?P<things>[^,。;]{{0,40}}?){_YEARS}"
            r"(?P<goal>(?:约束性|预期性)?(?:指标|目标任务|目标|任务))(?!完成)",
            Aim(Comparator.EQUAL, None, external=True),
        ),
    )
)


def find_worded(text: str) -> Iterator[Worded]:
    """Every target that words alone set, in folded text."""
    letters = set(text)
    for form in FORMS:
        if letters.isdisjoint(form.marks):
            continue
        for match in form.pattern.finditer(text):
            words = match.groupdict()
            aim = replace(form.aim, baseline=baseline_of(match))
            yield Worded(*match.span(), aim, words.get("things") or "", words.get("goal") or "")
