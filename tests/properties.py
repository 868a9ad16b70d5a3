"""How often a property is tried: as often as its test says in a whole run, on a quarter of that at every change."""

from __future__ import annotations

from hypothesis import settings

WHOLE = 100
"""Examples of a test that names no number, in a whole run; the profile of the fast suite has fewer."""
FEWEST = 10


def examples(full: int) -> int:
    """So many examples in a whole run; in the fast suite its share of them."""
    return max(FEWEST, full * settings().max_examples // WHOLE)
