"""Where in a text responsibility stands: in brackets, on labelled lines, in sentences of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from generator.phrases.brackets import find_brackets
from generator.phrases.characters import alike
from generator.phrases.conventions import NO_CONVENTION, Convention
from generator.phrases.found import Found
from generator.phrases.names import are_offices, looks_like_unit, split_names
from generator.phrases.responsibility import ResponsibilityReading, parse_responsibility
from generator.phrases.roles import ANY_LABEL

_LABELLED = re.compile(
    rf"(?:^|(?<=[\n。;]))[ \t\u3000]*(?P<body>{ANY_LABEL}[^\n。]*(?:\n[ \t\u3000]*{ANY_LABEL}[^\n。]*)*)"
)


_SAID = re.compile(
    r"(?:^|(?<=[。;\n]))[ \t\u3000]*(?P<body>由?[\u4e00-\u9fff](?:[^。;:\n()\[\]]|\([^()。;:\n]{1,12}\)){2,160}?"
    r"(?:牵头(?:负责|落实)?|负责(?:落实)?|配合|落实|参与|协助))(?=[。\n]|$)"
)
"""由县水利局牵头，县财政局配合。: a sentence of its own without brackets."""


def speaks(text: str) -> bool:
    """Whether responsibility may stand in a text at all: it has a bracket, a label, or such a sentence."""
    folded = alike(text)
    return "(" in folded or "[" in folded or bool(_LABELLED.search(folded) or _SAID.search(folded))


_AT_WORK = re.compile(
    r"^[^。,;:]{0,12}?由?(?P<names>(?:(?!由)[\u4e00-\u9fff()、]){3,60}?)"
    r"(?:负责|牵头|会同|具体承担)(?!解释|[^,。]{0,20}负责解释)[\u4e00-\u9fff]"
)


def unit_at_work(sentence: str) -> str | None:
    """县住建局负责统筹协调: the words of a sentence that name who is at work, without being a responsibility."""
    match = _AT_WORK.match(alike(sentence[:90]))
    return sentence[slice(*match.span("names"))] if match and are_offices(split_names(match["names"])) else None


def _places(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Where responsibility may stand: brackets, and lines that begin with 责任单位："""
    for bracket in find_brackets(text):
        yield bracket.start, bracket.end, bracket.content, bracket.closed
    folded = alike(text)
    for line in _LABELLED.finditer(folded):
        start, end = line.span("body")
        yield start, end, text[start:end].replace("\n", "；"), True
    for sentence in _SAID.finditer(folded):
        start, end = sentence.span("body")
        if _is_all(parse_responsibility(text[start:end])):
            yield start, end, text[start:end], True


def _is_all(reading: ResponsibilityReading | None) -> bool:
    """Whether a sentence says who is responsible and nothing else."""
    if reading is None or reading.aside or reading.unread or reading.cut:
        return False
    return are_offices([name for _, name in reading.by_role()])


@lru_cache(maxsize=2048)
def find_responsibilities(
    text: str, convention: Convention = NO_CONVENTION
) -> tuple[Found[ResponsibilityReading], ...]:
    """Every responsibility in order, each under the conventions that earlier ones laid down."""
    found: list[Found[ResponsibilityReading]] = []
    done = -1
    for start, end, content, closed in sorted(_places(text)):
        reading = parse_responsibility(content, convention) if start >= done else None
        if reading is not None and _stands(reading, closed, text, start, end):
            convention, done = reading.convention, end
            found.append(Found(start, end, reading if closed else replace(reading, cut=True)))
    return tuple(found)


_COUNTED = re.compile(r"[0-9零一二两三四五六七八九十百千万余多]个?.$")


def _stands(reading: ResponsibilityReading, closed: bool, text: str, start: int, end: int) -> bool:
    """Without a role word only at the end of a sentence, not behind a name it explains: 部门(县林业局)"""
    if not reading.unsaid:
        return True
    if not closed:
        return False
    before, after = alike(text[max(0, start - 24) : start]).rstrip(), alike(text[end : end + 8]).lstrip()
    if before.endswith(("。", ";", "!")):
        return True
    explains = looks_like_unit(before) and not _COUNTED.search(before)
    return bool(before) and (not after or after[0] in "。;") and not explains
