"""A second process beside this one: what neither has begun is done by whichever comes to it first."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

Held = TypeVar("Held")
More = ParamSpec("More")
Result = TypeVar("Result")

_held: Any = None
"""In a second process alone: what it works on."""


class Work(Generic[Result]):
    """Something that both processes can do."""

    def __init__(self, future: Future[Result], do: Callable[[], Result]) -> None:
        self._future, self._do = future, do

    def is_ours(self) -> bool:
        """Whether it is left to this process: the other has not begun it and never will, or it died over it."""
        if self._future.cancel():
            return True
        return isinstance(self._future.exception(), BrokenProcessPool)  # waits for it

    def result(self) -> Result:
        """What comes of it; what is ours is done here and now."""
        return self._do() if self.is_ours() else self._future.result()


class SecondProcess(Generic[Held]):
    """Takes up work in the order in which it is submitted; `held` is what this process works on itself."""

    def __init__(self, pool: ProcessPoolExecutor, held: Held) -> None:
        self._pool, self.held = pool, held

    def submit(
        self,
        work: Callable[Concatenate[Held, More], Result],
        /,
        *more: More.args,
        **named: More.kwargs,
    ) -> Work[Result]:
        """Work on what each of the two processes holds, and on more that is the same for both."""
        future: Future[Result] = Future()
        try:
            future = self._pool.submit(_do, work, *more, **named)
        except BrokenProcessPool:
            future.cancel()
        return Work(future, lambda: work(self.held, *more, **named))


@contextmanager
def second_process(make: Callable[[], Held]) -> Iterator[SecondProcess[Held]]:
    """One process to submit work to; each of the two makes what it works on, both at the same time.

    It is waited for at the end, and ends when this one is killed. Where processes fork, `make` goes over without
    being copied.
    """
    # One run, then over: what was read stays to the end and is not looked at again and again for garbage.
    gc.collect()
    gc.freeze()
    pool = ProcessPoolExecutor(1, initializer=_begin, initargs=(make,))
    try:
        pool.submit(os.getpid)  # else it would begin with the first work only
        yield SecondProcess(pool, make())
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _begin(make: Callable[[], Any]) -> None:
    global _held
    gc.freeze()
    parent = multiprocessing.parent_process()
    if parent:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
    _held = make()


def _do(work: Callable[..., Any], *more: Any, **named: Any) -> Any:
    return work(_held, *more, **named)
