"""Brackets of every style in pairs, 〔〕［］[]（）()【】, nested, crossed, or never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.phrases.characters import alike

_MARK = re.compile(r"[()\[\]]")
_CLOSES = {")": "(", "]": "["}
_CUT = re.compile(r"[。\n#\[]|\([一二三四五六七八九十]{1,3}\)")

_LONGEST = 600


@dataclass(frozen=True)
class Bracket:
    """An outermost bracket: [start, end) with its marks; `closed` is False where the text breaks off inside."""

    start: int
    end: int
    content: str
    marks: str
    closed: bool = True


def _pairs(folded: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Matched pairs, and the openings that nothing closes; a crossed opening counts as never closed."""
    pairs: list[tuple[int, int]] = []
    open_marks: list[int] = []
    unclosed: list[int] = []
    depth = {"(": 0, "[": 0}
    for match in _MARK.finditer(folded):
        mark, place = match[0], match.start()
        if mark in depth:
            depth[mark] += 1
            open_marks.append(place)
        elif depth[_CLOSES[mark]]:
            while folded[open_marks[-1]] != _CLOSES[mark]:
                depth[folded[open_marks[-1]]] -= 1
                unclosed.append(open_marks.pop())
            depth[_CLOSES[mark]] -= 1
            pairs.append((open_marks.pop(), place))
    return pairs, unclosed + open_marks


def find_brackets(text: str) -> tuple[Bracket, ...]:
    """Every outermost bracket in order; one that is never closed runs to the end of its sentence or line.

    Brackets that close inside one that does not are given as well: its mark may be a slip.
    """
    folded = alike(text)
    pairs, unclosed = _pairs(folded)
    brackets: list[Bracket] = []
    covered = broken = -1
    for start, end in sorted([*pairs, *((place, -1) for place in unclosed)]):
        if start < covered or (end < 0 and start < broken):
            continue
        if end < 0:
            broken = _breaks_off(folded, start)
            if broken > start + 1:
                brackets.append(Bracket(start, broken, text[start + 1 : broken], text[start], closed=False))
        else:
            covered = end
            brackets.append(Bracket(start, end + 1, text[start + 1 : end], text[start] + text[end]))
    return tuple(brackets)


def _breaks_off(folded: str, start: int) -> int:
    """Where an unclosed bracket stops: at the next sentence, line, outline mark or square bracket."""
    limit = min(len(folded), start + 1 + _LONGEST)
    cut = _CUT.search(folded, start + 1, limit)
    return cut.start() if cut else limit
