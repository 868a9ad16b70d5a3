"""The cells of a workbook as SpreadsheetML has them: a large plan has a million, so each is put in few steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from operator import add
from typing import NamedTuple

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
IS_TEXT = ' t="s"><v>'
"""In a cell whose value is the place of a text in `SharedTexts`."""
LOOKS_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
"""Excel would read a control character out of it."""
DAY_ZERO, FEIGNED_LEAP_DAY = date(1899, 12, 31), 59
"""Excel counts a 29 February 1900."""
SPANNED = 16
"""So many rows say together how far their cells reach."""


class SharedTexts(dict[str, int]):
    """The texts of a workbook with their places, each once, in the order in which they were first asked for."""

    def __missing__(self, text: str) -> int:
        place = self[text] = len(self)
        return place

    def part(self, count: int) -> bytes:
        """sharedStrings.xml for cells that hold texts `count` times."""
        head = f'<sst xmlns="{NAMESPACE}" count="{count}" uniqueCount="{len(self)}">'
        return HEAD + f"{head}{''.join(map(_shared_text, self))}</sst>".encode()


@lru_cache(maxsize=8192)
def _shared_text(text: str) -> str:
    space = "" if text == text.strip() else ' xml:space="preserve"'
    literal = LOOKS_ESCAPED.sub(r"_x005F\1", text) if "_x" in text else text
    return f"<si><t{space}>{escape(literal, quote=False)}</t></si>"


def blank(look: int) -> str:
    """What follows the address of an empty cell; so do the others below."""
    return f'" s="{look}"/>'


def text(look: int, place: int) -> str:
    """A text by its place among the shared ones."""
    return f'" s="{look}"{IS_TEXT}{place}</v></c>'


def number(look: int, value: float) -> str:
    """A number with the digits that Excel keeps."""
    return f'" s="{look}"><v>{value:.16G}</v></c>'


def day(look: int, value: date) -> str:
    """A day as Excel counts it."""
    days = (value - DAY_ZERO).days
    return number(look, days + (days > FEIGNED_LEAP_DAY))


def formula(look: int, written: str, value: float | str) -> str:
    """A formula with the value to show until Excel reckons anew."""
    kind = ' t="str"' if isinstance(value, str) and value else ""
    shown = escape(value, quote=False) if isinstance(value, str) else value
    return f'" s="{look}"{kind}><f>{escape(written.removeprefix("="), quote=False)}</f><v>{shown}</v></c>'


class DrawnRow(NamedTuple):
    """A row with the addresses of its cells; `width` of them from the first column on, `height` in points."""

    width: int
    height: float | None
    cells: str


def row(number: int, starts: Sequence[str], cells: Sequence[str], height: float | None) -> DrawnRow:
    """A row from 1; `starts` are what begins the cells of each column, `cells` what follows their addresses."""
    between = map(add, cells[:-1], starts[1:])
    return DrawnRow(len(cells), height, str(number).join((starts[0], *between, cells[-1])))


def sheet_data(rows: Sequence[DrawnRow]) -> Iterator[str]:
    """The rows of a sheet, from the first on without a gap."""
    for first in range(0, len(rows), SPANNED):
        together = rows[first : first + SPANNED]
        widest = max(width for width, _, _ in together)
        for number, (_, height, cells) in enumerate(together, first + 1):
            yield f'<row r="{number}" spans="1:{widest}"{_height(height)}>{cells}</row>'


def _height(points: float | None) -> str:
    """Excel keeps whole pixels, of which three points have four."""
    return "" if points is None else f' ht="{int(points * 4 / 3 + 0.5) * 0.75:.16g}" customHeight="1"'
