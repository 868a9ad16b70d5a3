"""Characters on a page → lines, with their indent, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True)
class Char:
    """A character and its box, from the top left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Its height, never zero."""
        return max(self.bottom - self.top, 0.1)


@dataclass(frozen=True)
class PageLine:
    """A line of a page: `full` where it reaches the right margin, `apart` where a gap stands above it."""

    text: str
    top: float
    indent: float
    full: bool
    apart: bool


def page_lines(chars: Iterable[Char]) -> Iterator[PageLine]:
    """The lines from top to bottom; small characters set low or high belong to the line that they touch."""
    rows = [_drawn(row) for row in _rows([char for char in chars if char.text])]
    rows = [row for row in rows if row]
    if not rows:
        return
    sizes = [median(char.size for char in row) for row in rows]
    size = median(sizes)
    left = _left_margin([row[0].x0 for row in rows if len(row) > 8] or [row[0].x0 for row in rows], size)
    right = max(row[-1].x1 for row in rows)
    tops = [min(char.top for char in row) for row in rows]
    bottoms = [max(char.bottom for char in row) for row in rows]
    gaps = [max(0.0, after - before) for before, after in zip(bottoms, tops[1:], strict=False)]
    usual = median(gaps) if gaps else 0.0
    for number, row in enumerate(rows):
        gap = gaps[number - 1] if number else 0.0
        yield PageLine(
            text=_text(row),
            top=tops[number],
            indent=max(0.0, round((row[0].x0 - left) / size * 2) / 2),
            full=row[-1].x1 > right - 1.6 * size,
            apart=gap > usual + 0.8 * size,
        )


def _left_margin(edges: list[float], size: float) -> float:
    """The leftmost edge at which more than one line begins, within half a character."""
    ordered = sorted(edges)
    shared = (edge for edge, after in pairwise(ordered) if after - edge < 0.5 * size)
    return next(shared, ordered[0])


def _rows(chars: list[Char]) -> Iterator[list[Char]]:
    """Characters that overlap in height stand in one row."""
    row: list[Char] = []
    bottom = top = 0.0
    for char in sorted(chars, key=lambda char: ((char.top + char.bottom) / 2, char.x0)):
        middle = (char.top + char.bottom) / 2
        if row and not (top <= middle <= bottom or char.top <= (top + bottom) / 2 <= char.bottom):
            yield row
            row = []
        if not row or char.size > bottom - top:
            top, bottom = char.top, char.bottom
        row.append(char)
    if row:
        yield row


def _drawn(row: list[Char]) -> list[Char]:
    """From left to right, blanks at the ends off; bold that is faked by drawing twice counts once."""
    ordered: list[Char] = []
    for char in sorted(row, key=lambda char: (char.x0, char.x1)):
        last = ordered[-1] if ordered else None
        if last and last.text == char.text and abs(last.x0 - char.x0) < 0.3 * char.size and char.text.strip():
            continue
        ordered.append(char)
    while ordered and not ordered[0].text.strip():
        ordered.pop(0)
    while ordered and not ordered[-1].text.strip():
        ordered.pop()
    return ordered


def _text(row: list[Char]) -> str:
    """The characters with a blank where a gap is wide."""
    parts: list[str] = []
    for before, char in zip([None, *row], row, strict=False):
        if before is not None and char.x0 - before.x1 > 0.4 * char.size and parts[-1] != " ":
            parts.append(" ")
        parts.append(char.text)
    return "".join(parts)
