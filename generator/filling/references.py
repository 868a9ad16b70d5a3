"""References to cells after rows were put in: `=SUM(F5:F14)` must go on to sum all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

CELL = re.compile(r"(\$?[A-Za-z]{1,3}\$?)(\d{1,7})")
PREFIX = re.compile(r"^((?:'(?:[^']|'')*'|[^'!]+)!)?(.*)$", re.DOTALL)


@dataclass(frozen=True)
class Inserted:
    """`count` rows put in behind row `after` of the sheet `title`."""

    title: str
    after: int
    count: int

    def row(self, number: int) -> int:
        """Where a row stands now."""
        return number + self.count if number > self.after else number

    def end(self, first: int, last: int) -> int:
        """Where the last row of a range stands now: a range up to the last data row takes the new ones in."""
        return last + self.count if last >= self.after and first <= self.after else self.row(last)

    def area(self, written: str) -> str:
        """`F5:F14`, `$A$1` or several after one another, adjusted."""
        return re.sub(r"[^\s,]+", lambda found: self._one(found.group()), written)

    def _one(self, written: str) -> str:
        start, colon, stop = written.partition(":")
        from_cell, to_cell = CELL.fullmatch(start), CELL.fullmatch(stop)
        if from_cell is None or (colon and to_cell is None):
            return written
        first = int(from_cell[2])
        begin = f"{from_cell[1]}{self.row(first)}"
        return f"{begin}:{to_cell[1]}{self.end(first, int(to_cell[2]))}" if to_cell else begin

    def formula(self, written: str, here: bool) -> str:
        """A formula, adjusted where it points at the sheet; `here` tells that it stands in the sheet itself."""
        try:
            tokens = Tokenizer(written).items
        except (TokenizerError, IndexError, AttributeError):
            return written
        return "=" + "".join(self._token(token, here) for token in tokens)

    def _token(self, token: Token, here: bool) -> str:
        value = str(token.value)
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            return value
        return self.prefixed(value, here)

    def prefixed(self, written: str, here: bool) -> str:
        """`城区!$A$1:$F$20`: adjusted where the prefix is the sheet's name, or none is needed."""
        found = PREFIX.match(written)
        sheet, area = (found[1] or "", found[2]) if found else ("", written)
        named = sheet[:-1].strip("'").replace("''", "'")
        return sheet + self.area(area) if (not sheet and here) or named == self.title else written
