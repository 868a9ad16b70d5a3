"""Targets that no number says: 动态清零, 负增长, 完成市定指标. One form is one entry of FORMS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Comparator
from generator.phrases.figures import BASELINE, baseline_name


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
    """One way to set a target without a number: `pattern` on folded text and what it sets."""

    pattern: re.Pattern[str]
    aim: Aim


@dataclass(frozen=True)
class Worded:
    """A target form found at [start, end) of folded text."""

    start: int
    end: int
    aim: Aim


_SINCE = rf"(?:{BASELINE},?)?(?:(?:总体|均|分别|力争|继续|保持|实现)){{0,3}}"
_SETS = r"(?:[省市县国]|国家|上级|省级|市级|省委省政府|市委市政府)"
_GIVEN = r"(?:下达|确定|分解|规定|定|要求|核定|明确)"
FORMS = tuple(
    TargetForm(re.compile(pattern), aim)
    for pattern, aim in (
        (r"(?:全面|动态|全部|彻底|实现)清零|清零见底|零发生", Aim(Comparator.EQUAL, 0)),
        (r"基本清零", Aim(Comparator.ABOUT, 0)),
        (rf"{_SINCE}负增长", Aim(Comparator.BELOW, 0)),
        (rf"{_SINCE}(?<!趋)零增长", Aim(Comparator.AT_MOST, 0)),
        (r"只减不增|只降不升", Aim(Comparator.AT_MOST, 0)),
        (
            rf"(?:完成|达到){_SETS}[^,。;]{{0,4}}?{_GIVEN}[^,。;]{{0,40}}?(?:指标|目标任务|目标|任务)(?!完成)",
            Aim(Comparator.EQUAL, None, external=True),
        ),
    )
)


def find_worded(text: str) -> Iterator[Worded]:
    """Every target that words alone set, in folded text."""
    for form in FORMS:
        for match in form.pattern.finditer(text):
            words = match.groupdict()
            said = words.get("base") or words.get("against") or words.get("ground")
            base = baseline_name(said, bool(words.get("same"))) if said else None
            base = "上年同期" if words.get("yearly") else base
            aim = form.aim
            yield Worded(
                *match.span(), Aim(aim.comparator, aim.value, aim.symbol, base or aim.baseline, aim.external)
            )
