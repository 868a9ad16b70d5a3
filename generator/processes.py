"""A second process beside this one, for work that shares nothing but what it is given."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread


@contextmanager
def second_process() -> Iterator[ProcessPoolExecutor]:
    """One process to submit work to; it is waited for at the end, and ends when this one is killed."""
    # One run, then over: what was read stays to the end and is not looked at again and again for garbage.
    gc.collect()
    gc.freeze()
    try:
        with ProcessPoolExecutor(1, initializer=_end_with_parent) as pool:
            yield pool
    finally:
        gc.unfreeze()


def _end_with_parent() -> None:
    gc.freeze()
    parent = multiprocessing.parent_process()
    if parent:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
