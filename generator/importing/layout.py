"""How a text is laid out: whether its lines are wrapped at a width, and whether paragraphs are indented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.importing.documents import Line
from generator.importing.documents.widths import width_of
from generator.importing.kinds import ends_sentence
from generator.importing.markers import Marker, Style, read_marker

WIDEST = 72.0
"""A text whose lines are wider than this is not wrapped: its lines are paragraphs."""
SLACK = 3.0


@dataclass
class Layout:
    """The width at which lines are wrapped (None where they are not), the use of indents, the numbers so far."""

    width: float | None = None
    indented: bool = False
    begins: bool = False
    """True where most paragraphs begin with an indent, though few have a second line."""
    widest: float = 0.0
    spaced: bool = False
    """True where a gap stands above each paragraph, so that lines without a gap go on."""
    last: dict[Style, int] = field(default_factory=dict)

    def full(self, line: Line) -> bool:
        """Whether a line goes on to the right margin, so that it may have been broken there."""
        if self.width is None:
            return False
        return line.full if line.full is not None else width_of(line.text) >= self.width - SLACK

    def seen(self, text: str) -> None:
        """Take note of the number that a paragraph begins with."""
        marker = read_marker(text)
        if marker is not None and self.plausible(marker) | (not marker.weak):
            self.last[marker.style] = marker.ordinal

    def plausible(self, marker: Marker) -> bool:
        """Whether a number can come now: the first, the next, or one that leaves out at most two."""
        last = self.last.get(marker.style, 0)
        if marker.weak:
            return marker.ordinal == last + 1
        return marker.ordinal == 1 or last < marker.ordinal <= last + 3


def layout_of(lines: Sequence[Line]) -> Layout:
    """Judge the layout by the lines that end in the middle of a sentence: wrapped ones are all about as wide."""
    width = _wrap_width(lines)
    indents = [line.indent for line in lines]
    begin = sum(1.5 <= indent <= 4.5 for indent in indents)
    flush = sum(indent < 1 for indent in indents)
    gaps = sum(line.blank_before for line in lines)
    spaced = width is not None and gaps * 6 >= len(lines) and gaps * 4 <= len(lines) * 3
    indented = width is not None and begin >= 3 and begin * 5 >= len(lines) and flush * 5 >= len(lines)
    begins = begin >= 3 and begin * 3 >= len(lines)
    widest = max((width_of(line.text.strip()) for line in lines), default=0.0)
    return Layout(width, indented, begins and widest <= WIDEST, widest, spaced)


def _wrap_width(lines: Sequence[Line]) -> float | None:
    if len(lines) < 8:
        return None
    known = [line for line in lines if line.full is not None]
    widths = sorted(width_of(line.text) for line in lines)
    width = widths[int(len(widths) * 0.9)]
    if known:
        return width if sum(bool(line.full) for line in known) * 5 >= len(known) else None
    broken = [width_of(line.text) for line in lines if _broken(line.text)]
    full = sum(width - SLACK <= wide <= width + SLACK for wide in broken)
    return width if width <= WIDEST and full * 2 >= len(broken) and full * 4 >= len(lines) else None


def _broken(text: str) -> bool:
    plain = text.strip()
    heading = len(plain) < 30 and read_marker(plain) and not any(mark in plain for mark in "，,。；;")
    return not ends_sentence(plain) and not heading and len(plain) > 10
