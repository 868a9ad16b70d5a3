"""Notes at the end of a plan (注：…, [1]…, ①…): they explain words of the text and set nobody a task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importing.kinds import is_signature
from generator.importing.levels import speaks_of_units
from generator.importing.markers import Style, read_marker
from generator.importing.paragraphs import Paragraph
from generator.phrases.characters import alike

_HEAD = re.compile(r"(?:注释|脚注|尾注|附注|注)(?:$|:|[0-9①-⑳]{1,2}[:.、\s])")
_MARK = re.compile(r"\[[0-9]{1,2}\]|[①-⑳]")
_LISTED = frozenset((Style.DOT, Style.BRACKETED_FIGURE, Style.HALF_BRACKET, Style.CIRCLED))
MOST = 60


def first_footnote(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where nothing but notes follows, up to the signature; the number of paragraphs where there are none."""
    start = max(first + 1, len(paragraphs) - MOST)
    for index in range(start, len(paragraphs)):
        text = alike(paragraphs[index].text.text)
        begins = _HEAD.match(text) or (text and _referred_to(text, paragraphs[first:index]))
        if begins and _only_notes(paragraphs[index:]):
            return index
    return len(paragraphs)


def _referred_to(text: str, before: Sequence[Paragraph]) -> bool:
    """[1] or ① at the start of a line, and the same mark behind a word of the text before."""
    mark = _MARK.match(text)
    return mark is not None and any(alike(found.text.text).find(mark[0]) > 0 for found in before)


def _only_notes(paragraphs: Sequence[Paragraph]) -> bool:
    """No table, nobody named, and numbers, if any, that count up from the first note."""
    last = 0
    for paragraph in paragraphs:
        text = paragraph.text.text
        if paragraph.table is not None or (not is_signature(text) and speaks_of_units(text)):
            return False
        marker = paragraph.marker or read_marker(_HEAD.sub("", alike(text), count=1))
        if paragraph.kind is not None or marker is None or marker.style is Style.SPOKEN:
            continue
        if marker.style not in _LISTED or marker.ordinal != last + 1:
            return False
        last = marker.ordinal
    return True
