"""Outline numbers in every common style: 一、 （一） 1. （1） ① 第一条 1.1 任务一： 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from generator.model import circled
from generator.phrases.characters import alike
from generator.phrases.numbers import chinese_value


class Style(StrEnum):
    """How a number is printed (编号样式)."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    TASK = "task"
    COMMA = "comma"
    BRACKETED = "bracketed"
    DOT = "dot"
    DECIMAL = "decimal"
    FINE_DECIMAL = "fine-decimal"
    BRACKETED_FIGURE = "bracketed-figure"
    HALF_BRACKET = "half-bracket"
    BARE = "bare"
    UNNUMBERED = "unnumbered"
    CIRCLED = "circled"
    SPOKEN = "spoken"


@dataclass(frozen=True)
class Marker:
    """A number at the start of a paragraph: its style, its value, and how many characters it takes."""

    style: Style
    ordinal: int
    length: int
    weak: bool = False
    """True for 4.121人才工程, which may as well be a figure: it counts only where 4 is the very next number."""


LONGEST = 40
_HAN = "[一二三四五六七八九十百〇零]{1,5}"
_ANY = f"(?:{_HAN}|[0-9]{{1,3}})"
_MEASURE_WORDS = "[个亿万元倍级吨米公平立克微毫小天年月日分家户台套座处项条件人名次批份亩]"
_STYLES: tuple[tuple[Style, str], ...] = (
    (Style.PART, rf"第\s*(?P<n>{_ANY})\s*(?:部分|篇|编)\s*[、.:]?"),
    (Style.CHAPTER, rf"第\s*(?P<n>{_ANY})\s*章\s*[、.:]?"),
    (Style.SECTION, rf"第\s*(?P<n>{_ANY})\s*节\s*[、.:]?"),
    (Style.ARTICLE, rf"第\s*(?P<n>{_ANY})\s*条(?!件|例|款)\s*[、.:]?"),
    (Style.TASK, rf"(?:重点|专项)?(?:任务|措施|行动|工程|项目)\s*(?P<n>{_ANY})\s*(?:[、.:]|\s)"),
    (Style.COMMA, rf"(?P<n>{_HAN})\s*(?:、|\.(?![0-9]))"),
    (Style.SPOKEN, r"(?P<n>[一二三四五六七八九十]{1,2})(?:是|要)(?!否)"),
    (Style.BRACKETED, rf"\(\s*(?P<n>{_HAN})\s*\)\s*[、.]?"),
    (Style.BRACKETED_FIGURE, r"\(\s*(?P<n>[0-9]{1,3})\s*\)\s*[、.]?"),
    (Style.FINE_DECIMAL, r"(?P<n>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2})[.、]?\s*(?=[\u4e00-\u9fff《\"])"),
    (
        Style.DECIMAL,
        r"(?P<n>[0-9]{1,2}\.[0-9]{1,2})[.、]?\s*(?=[\u4e00-\u9fff《\"])(?!个|亿|万|元|倍|级|吨|米|公|平|立|克|微|毫|小|天|年|月|日|分)",
    ),
    (Style.DOT, r"(?P<n>[0-9]{1,3})\s*[.、](?:(?![0-9])|(?=\s+)|(?=(?:19|20)[0-9]{2}年))"),
    (Style.HALF_BRACKET, r"(?P<n>[0-9]{1,3})\s*\)"),
    # 1 总体目标: a figure and a blank count for a number only where a few words and nothing else follow.
    (Style.BARE, rf"(?P<n>[0-9]{{1,2}})\s+(?!{_MEASURE_WORDS})(?=[\u4e00-\u9fff、]{{2,20}}$)"),
    (Style.CIRCLED, r"(?P<n>[①-⑳])\s*[、.]?"),
)
_PATTERN = re.compile(
    r"\s*(?:"
    + "|".join(
        f"(?P<{style.name}>{pattern.replace('?P<n>', f'?P<{style.name}_n>')})" for style, pattern in _STYLES
    )
    + ")"
)


def read_marker(text: str) -> Marker | None:
    """The number at the start of a text; blanks within it do not matter."""
    return _read(text[:LONGEST])


@lru_cache(maxsize=4096)
def _read(text: str) -> Marker | None:
    # Every line is asked several times over, by every kind of evidence.
    folded = alike(text)
    match = _PATTERN.match(folded)
    if match is None or match.lastgroup is None:
        weak = _WEAK.match(folded)
        return Marker(Style.DOT, int(weak["n"]), weak.end(), weak=True) if weak and int(weak["n"]) > 1 else None
    ordinal = _value(match[f"{match.lastgroup}_n"])
    return Marker(Style[match.lastgroup], ordinal, match.end()) if ordinal else None


_WEAK = re.compile(r"(?P<n>[0-9]{1,2})[.、](?=[0-9]{1,4}(?![亿万元])[\u4e00-\u9fff\"])")


def _value(written: str) -> int:
    if written.isascii():
        return int(written.rpartition(".")[2])
    if written in _CIRCLES:
        return _CIRCLES.index(written) + 1
    return chinese_value(written)


_CIRCLES = "".join(circled(number) for number in range(1, 21))
