"""How high a row must be: Excel does not work it out for a file that no Excel has opened yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

ASCII = re.compile(r"[\x20-\x7e]")
LINE = 15.0
"""Points for one line of 五号 (10.5 pt), with room for fonts that stand in for 仿宋."""
HIGHEST = 409.0
"""Excel's own limit in points; a longer text is whole in its cell but cut on paper."""
SAFETY = 0.96
"""Fonts and the rule against punctuation at a line's start cost a few hundredths of a line."""


@lru_cache(maxsize=8192)
def line_count(text: str, width: float, size: float = 10.5) -> int:
    """Lines that a text takes in a column `width` digits wide; all but ASCII counts as two digits."""
    capacity = max(2, int(width * SAFETY * 10.5 / size))
    capacity -= capacity % 2
    return sum(max(1, -(-_digits(line) // capacity)) for line in text.splitlines() or [""])


def row_height(cells: Iterable[tuple[str, float]], least: float = 19.5) -> float:
    """Points for a row of (text, column width)."""
    return lines_height(max((line_count(text, width) for text, width in cells if text), default=1), least)


def lines_height(lines: int, least: float = 19.5) -> float:
    """Points for a row whose longest text takes so many lines."""
    return min(HIGHEST, max(least, lines * LINE + 6))


def vertical_height(texts: Iterable[str]) -> float:
    """Points for headings whose letters stand one below the other, with room for the filter's button."""
    return min(HIGHEST, max((len(text) for text in texts), default=0) * 13.5 + 24)


def _digits(line: str) -> int:
    return 2 * len(line) - len(ASCII.findall(line))
