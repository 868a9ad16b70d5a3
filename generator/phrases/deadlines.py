"""Deadlines in official prose: which times bind, and what they say (时限)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from generator.model import Deadline, MentionKind
from generator.phrases.characters import Folded, fold
from generator.phrases.context import PhraseContext
from generator.phrases.found import Found, longest
from generator.phrases.time_bound import Bound, Reading, read_points
from generator.phrases.time_forms import read_forms

_TRIM = re.compile(r"^[\s,。;:、\"'()\[\]]+|[\s,。;:、\"'()\[\]]+$")
_LEAD = re.compile(r"^(?:力争|确保|争取|并?于|在|须|应|要|计划|完成时限:?|时限:?)+")
_TAIL = re.compile(r"(?:全部|全面|基本)?(?:完成|落实)(?:到位)?$")
_WHOLE_YEAR = ("全年", "全年推进", "全年开展", "全年实施", "贯穿全年")
_CELL = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})[-/.](?P<month>1[0-2]|0?[1-9])")


def scan_times(text: str, context: PhraseContext, whole: bool = False) -> list[Found[Reading]]:
    """Every time in folded text, binding or only mentioned, in order; the longest reading of a stretch wins."""
    times = longest(chain(read_forms(text, context), read_points(text, context, whole)), len(text))
    return [time if _sayable(time.value) else replace(time, value=MentionKind.SCOPE) for time in times]


def _sayable(reading: Reading) -> bool:
    return reading.sayable if isinstance(reading, Bound) else True


def find_deadlines(text: str, context: PhraseContext) -> tuple[Found[Deadline], ...]:
    """Every time that binds, in order; times that bind nothing are mentions."""
    folded = fold(text)
    return deadlines_of(folded, scan_times(folded.text, context))


def deadlines_of(folded: Folded, times: Iterable[Found[Reading]]) -> tuple[Found[Deadline], ...]:
    """As `find_deadlines`, on times already read."""
    return tuple(
        Found(*folded.span(time.start, time.end), time.value.deadline(folded.phrase(time.start, time.end)))
        for time in times
        if isinstance(time.value, Bound)
    )


def parse_deadline(phrase: str, context: PhraseContext, text: str | None = None) -> Deadline | None:
    """The one time that a phrase or a table cell says; None where it says none that binds, or two that differ.

    The sentence, where given, decides: it tells the year that it has just named, and what only limits a scope.
    """
    readings = _around(phrase, text, context) if text and phrase else set()
    return _only(readings, phrase) if readings else _alone(phrase, context)


def _around(phrase: str, text: str, context: PhraseContext) -> set[Reading]:
    """The times of the sentence that lie in the phrase, or around it, at any place where it stands."""
    found: set[Reading] = set()
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        for (first, last), reading in _of_sentence(text, context):
            if (start <= first and last <= end) or (first <= start and end <= last):
                found.add(reading)
        start = text.find(phrase, end)
    return found


@lru_cache(maxsize=2048)
def _of_sentence(text: str, context: PhraseContext) -> tuple[tuple[tuple[int, int], Reading], ...]:
    """The times of a sentence and where they stand; one with many phrases is read once."""
    folded = fold(text)
    return tuple((folded.span(time.start, time.end), time.value) for time in scan_times(folded.text, context))


def _only(readings: set[Reading], phrase: str) -> Deadline | None:
    bounds = [reading for reading in readings if isinstance(reading, Bound)]
    return bounds[0].deadline(phrase) if len(bounds) == 1 else None


def _in_cell(words: str, context: PhraseContext) -> str:
    """2025.6 and 全年 stand for a month and for the plan's year where they are all that is said."""
    cell = _CELL.fullmatch(words)
    if cell:
        return f"{cell['year']}年{cell['month']}月"
    return "本年全年" if words in _WHOLE_YEAR else words


def _alone(phrase: str, context: PhraseContext) -> Deadline | None:
    core = _TRIM.sub("", fold(phrase).text)
    for words in (core, _TAIL.sub("", _LEAD.sub("", core))):
        times = scan_times(_in_cell(words, context), context, whole=True)
        deadline = _only({time.value for time in times}, phrase)
        if deadline:
            return deadline
    return None
