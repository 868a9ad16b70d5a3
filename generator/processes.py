"""A second process beside this one, for work that shares nothing but what it is given."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

_held: tuple[Any, ...] = ()
"""In a second process alone: what it was given."""


class SecondProcess:
    """Does work with what it was given at the start: where processes fork, that is handed over without copying."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def submit(self, work: Callable[..., Any], *more: Any) -> Future[Any]:
        """Call `work` there with what was given, and more."""
        return self._pool.submit(_do, work, *more)


@contextmanager
def second_process(*given: Any) -> Iterator[SecondProcess]:
    """One process to submit work to; it is waited for at the end, and ends when this one is killed."""
    # One run, then over: what was read stays to the end and is not looked at again and again for garbage.
    gc.collect()
    gc.freeze()
    try:
        with ProcessPoolExecutor(1, initializer=_begin, initargs=given) as pool:
            yield SecondProcess(pool)
    finally:
        gc.unfreeze()


def _begin(*given: Any) -> None:
    global _held
    _held = given
    gc.freeze()
    parent = multiprocessing.parent_process()
    if parent:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def _do(work: Callable[..., Any], *more: Any) -> Any:
    return work(*_held, *more)
