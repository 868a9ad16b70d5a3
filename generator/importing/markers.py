"""Outline numbers in every common style: 一、 （一） 1. （1） ① 第一条 1.1 任务一： 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

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
    BRACKETED_FIGURE = "bracketed-figure"
    HALF_BRACKET = "half-bracket"
    CIRCLED = "circled"
    SPOKEN = "spoken"


@dataclass(frozen=True)
class Marker:
    """A number at the start of a paragraph: its style, its value, and how many characters it takes."""

    style: Style
    ordinal: int
    length: int


_HAN = "[一二三四五六七八九十百〇零]{1,5}"
_ANY = f"(?:{_HAN}|[0-9]{{1,3}})"
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
    (
        Style.DECIMAL,
        r"(?P<n>[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?)[.、]?\s*(?=[\u4e00-\u9fff《\"])(?!个|亿|万|元|倍|级|吨|米|公|平|立|克|微|毫|小|天|年|月|日|分)",
    ),
    (Style.DOT, r"(?P<n>[0-9]{1,3})\s*[.、](?:(?![0-9])|(?=\s+)|(?=(?:19|20)[0-9]{2}年))"),
    (Style.HALF_BRACKET, r"(?P<n>[0-9]{1,3})\s*\)"),
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
    match = _PATTERN.match(alike(text[:40]))
    if match is None:
        return None
    style = next(style for style, _ in _STYLES if match[style.name] is not None)
    ordinal = _value(match[f"{style.name}_n"])
    return Marker(style, ordinal, match.end()) if ordinal else None


def _value(written: str) -> int:
    if written.isascii():
        return int(written.rpartition(".")[2])
    if written in _CIRCLES:
        return _CIRCLES.index(written) + 1
    return chinese_value(written)


_CIRCLES = "".join(circled(number) for number in range(1, 21))
