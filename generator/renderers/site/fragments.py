"""Parts that many pages show alike (units share most of their tasks), drawn once and read once for the index.

A page is drawn with a comment in the place of each such part; `expanded` puts the parts in. No text of a plan can
be taken for one: it is escaped wherever it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable

from markupsafe import Markup

ANCHOR = ' id="'
STANDS_FOR = re.compile(r"<!--pb:(\d{1,9})-->")
BEGIN = b"<!--pb:"
IN_UTF8 = re.compile(STANDS_FOR.pattern.encode())


class Fragments:
    """What the pages of one folder share, by what it shows; each part is whole rows, cells or blocks."""

    def __init__(self) -> None:
        self._standing: dict[Hashable, Markup] = {}
        self._drawn: list[bytes] = []  # UTF-8 takes half as much memory
        self._said: dict[int, str] = {}

    def once(self, alike: Hashable, draw: Callable[[], str]) -> Markup:
        """What stands for a part; it is drawn where nothing equal to `alike` was.

        A part with an anchor is given as it is: an anchor is one page's own.
        """
        standing = self._standing.get(alike)
        if standing is None:
            drawn = str(draw())
            if ANCHOR in drawn:
                return Markup(drawn)  # noqa: S704 - a template drew it
            standing = self._standing[alike] = Markup(f"<!--pb:{len(self._drawn)}-->")  # noqa: S704 - a number
            self._drawn.append(drawn.encode())
        return standing

    def said(self, number: int, read: Callable[[bytes, Fragments], str]) -> str:
        """What a part says, for the search index: read when it is first asked for, empty where there is none."""
        if number not in self._said:
            self._said[number] = read(self._drawn[number], self) if number < len(self._drawn) else ""
        return self._said[number]

    def expanded(self, text: str) -> bytes:
        """The text in UTF-8 with every part in its place."""
        return self._filled(text.encode())

    def _filled(self, text: bytes) -> bytes:
        if BEGIN not in text:
            return text
        pieces = IN_UTF8.split(text)
        pieces[1::2] = [self._filled(self._drawn[int(number)]) for number in pieces[1::2]]
        return b"".join(pieces)
