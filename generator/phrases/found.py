"""What was found where; of two readings that overlap, the longer one wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)
S = TypeVar("S")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value and the characters [start, end) of the given text that say it."""

    start: int
    end: int
    value: T


class Spans:
    """The characters already spoken for."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def touches(self, start: int, end: int) -> bool:
        """True where any character of [start, end) is taken."""
        return 1 in self._taken[start:end]

    def take(self, start: int, end: int) -> None:
        """Take [start, end)."""
        self._taken[start:end] = b"\1" * (end - start)


def longest(candidates: Iterable[Found[S]], length: int) -> list[Found[S]]:
    """The candidates that do not overlap, longest first, handed back in the text's order."""
    sizes = sorted(candidates, key=lambda found: (found.start - found.end, found.start))
    if len(sizes) < 2:
        return sizes
    spans, kept = Spans(length), []
    for found in sizes:
        if not spans.touches(found.start, found.end):
            spans.take(found.start, found.end)
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)
