"""How a text ends: with a bracket about units, or in the middle of something."""

from __future__ import annotations

from generator.phrases.characters import alike
from generator.phrases.responsibility import is_responsibility_bracket

LONGEST_BRACKET = 600


def ends_with_responsibility(text: str) -> bool:
    """Whether a text ends with a bracket about units, or with one that stands after a full stop."""
    window = alike(text[-LONGEST_BRACKET:])
    if window[-1:] not in ("]", ")"):
        return False
    depth = 0
    for place in range(len(window) - 1, -1, -1):
        depth += (window[place] in "])") - (window[place] in "[(")
        if not depth:
            return window[:place].endswith("。") or is_responsibility_bracket(window[place + 1 : -1])
    return False
