"""How wide a line looks."""

from __future__ import annotations

WIDE_MARKS = frozenset("—…“”‘’①②③④⑤")


def width_of(text: str) -> float:
    """Width in full characters; Latin letters and figures take half."""
    return sum(1.0 if ord(char) > 0x2E7F or char in WIDE_MARKS else 0.5 for char in text.rstrip())
