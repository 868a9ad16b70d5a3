"""What an import asks of Python's memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Hold off the search for cycles: half a million records that all stay are gone through for nothing.

    It takes a tenth of an import's time; the length of a document bounds what piles up meanwhile.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
