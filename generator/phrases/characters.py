"""One alphabet for official text: every width, dash, bracket and space folded, with the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_LOOKALIKES = {
    "-": "—–－―−‒‐‑﹣─~～〜",
    "[": "〔【〖［﹝",
    "]": "〕】〗］﹞",
    "(": "（﹙",
    ")": "）﹚",
    '"': "“”„‟＂「」『』",
    "·": "•‧・∙⋅･",
    "/": "∕⁄／",
    "µ": "μ",
    "%": "％﹪",
    "〇": "○◯",
    "。": "｡",
    ",": "﹐",
}
_SUBSCRIPTS = {0x2080 + digit: str(digit) for digit in range(10)}
_TABLE = {chr(code): char for code, char in (_FULL_WIDTH | _SUBSCRIPTS).items()} | {
    variant: char for char, variants in _LOOKALIKES.items() for variant in variants
}
_VARIANT = re.compile(f"[{re.escape(''.join(_TABLE))}]")
_STOP = re.compile(
    r"(?<=[\u4e00-\u9fff%‰》])(?<![一二三四五六七八九十百〇零])\."
    r"(?=[\u4e00-\u9fff\s(\[《\"]|[0-9]+[\u4e00-\u9fff]|$)"
)
"""A point after a Chinese character or a % ends a sentence, unless a bare number or a Latin word follows."""
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Folded:
    """Folded text; `span` and `phrase` lead back to the original, which may hold blanks in between."""

    original: str
    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Where the folded character at `position` stands in the original."""
        return position + self.shifts[bisect_right(self.starts, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of a folded, non-empty span."""
        if len(self.starts) == 1:
            return start, end
        return self.origin(start), self.origin(end - 1) + 1

    def phrase(self, start: int, end: int) -> str:
        """The original's characters of a folded, non-empty span."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def name(self, start: int, end: int) -> str:
        """As `phrase`, but without the blanks that a line break left inside a name."""
        return _BLANK.sub("", self.phrase(start, end)) if end > start else ""


# The same paragraph is asked for by every kind of evidence.
@lru_cache(maxsize=4096)
def alike(text: str) -> str:
    """Each character in one alphabet, one for one, so that positions stay; blanks stay too."""
    # Few characters of a text are variants: str.translate, which looks up every one, takes six times as long.
    same = _VARIANT.sub(lambda found: _TABLE[found[0]], text)
    return _STOP.sub("。", same) if "." in same else same


def fold(text: str) -> Folded:
    """As `alike`, and blanks vanish, save one between two Latin letters or digits."""
    same = alike(text)
    pieces: list[str] = []
    starts, shifts = [0], [0]
    length = done = 0
    for blank in _BLANK.finditer(same):
        start, end = blank.span()
        pieces.append(same[done:start])
        length += start - done
        if start > 0 and end < len(same) and same[start - 1] in _LATIN and same[end] in _LATIN:
            pieces.append(" ")
            length += 1
        done = end
        starts.append(length)
        shifts.append(end - length)
    pieces.append(same[done:])
    return Folded(text, "".join(pieces), tuple(starts), tuple(shifts))
