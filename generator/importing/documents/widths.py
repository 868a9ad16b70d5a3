"""How wide a line looks."""

from __future__ import annotations

import re
from functools import lru_cache

_WIDE = re.compile("[—…“”‘’①②③④⑤\u2e80-\U0010ffff]+")


@lru_cache(maxsize=4096)
def width_of(text: str) -> float:
    """Width in full characters; Latin letters and figures take half."""
    plain = text.rstrip()
    wide = sum(len(run) for run in _WIDE.findall(plain))
    return wide + (len(plain) - wide) / 2
