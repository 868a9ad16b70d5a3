"""Text that knows where it came from: every character leads back to its place in the document as received."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Traced:
    """Text and, for each stretch of it, the place of that stretch; `starts` begins with 0."""

    text: str
    starts: tuple[int, ...] = (0,)
    wheres: tuple[str, ...] = ("",)

    def where(self, offset: int = 0) -> str:
        """The place of the character at `offset`."""
        return self.wheres[max(0, bisect_right(self.starts, offset) - 1)]

    @property
    def place(self) -> str:
        """The places from the first character to the last: 第8行, or 第8行—第9行."""
        return self.wheres[0] if self.wheres[0] == self.wheres[-1] else f"{self.wheres[0]}—{self.wheres[-1]}"

    def cut(self, start: int, end: int | None = None) -> Traced:
        """The characters [start, end), traced as before."""
        if len(self.starts) == 1:
            return Traced(self.text[start:end], self.starts, self.wheres)
        stop = len(self.text) if end is None else min(end, len(self.text))
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first + 1, bisect_right(self.starts, max(start, stop - 1)))
        starts = tuple(max(0, place - start) for place in self.starts[first:last])
        return Traced(self.text[start:stop], starts, self.wheres[first:last])


def joined(parts: Iterable[Traced], between: str = "") -> Traced:
    """The parts one after the other."""
    texts: list[str] = []
    starts: list[int] = []
    wheres: list[str] = []
    length = 0
    for part in parts:
        if texts and between:
            texts.append(between)
            length += len(between)
        texts.append(part.text)
        starts += [length + start for start in part.starts]
        wheres += part.wheres
        length += len(part.text)
    return Traced("".join(texts), tuple(starts), tuple(wheres)) if texts else Traced("")
