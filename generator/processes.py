"""A second process beside this one: what neither has begun is done by whichever comes to it first."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from ctypes import c_bool
from functools import cache, partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

Held = TypeVar("Held")
More = ParamSpec("More")
Result = TypeVar("Result")

SECONDS_BETWEEN_LOOKS = 1.0
_held: Callable[[], Any]
"""In a second process alone: gives what it works on."""
_asked: c_bool
"""In a second process alone: true once there is work that somebody waits for."""


class Work(Generic[Result]):
    """Something that both processes can do."""

    def __init__(self, future: Future[Result], do: Callable[[], Result], other: BaseProcess) -> None:
        self._future, self._do, self._other = future, do, other

    def is_ours(self) -> bool:
        """Whether it is left to this process: the other has not begun it and never will, or it died over it.

        What the other has begun is waited for.
        """
        if self._future.cancel():
            return True
        while True:
            try:
                return isinstance(self._future.exception(SECONDS_BETWEEN_LOOKS), BrokenProcessPool)
            except TimeoutError:
                # A pool that breaks does not tell of everything that it was given if some of that was cancelled.
                if not self._other.is_alive():
                    return True

    def result(self) -> Result:
        """What comes of it; what is ours is done here and now."""
        return self._do() if self.is_ours() else self._future.result()


class SecondProcess(Generic[Held]):
    """Takes up work in the order in which it is submitted, on what it made for itself."""

    def __init__(self, pool: ProcessPoolExecutor, process: BaseProcess, asked: c_bool) -> None:
        self._pool, self._process, self._asked = pool, process, asked

    def submit(
        self,
        work: Callable[Concatenate[Held, More], Result],
        here: Held,
        /,
        *more: More.args,
        **named: More.kwargs,
    ) -> Work[Result]:
        """Work on what each of the two has, which is `here` in this process, and on more that both are given."""
        self._asked.value = True
        return Work(self._begun(_do, work, *more, **named), lambda: work(here, *more, **named), self._process)

    def prepare(self, step: Callable[[Held], bool]) -> None:
        """A step again and again, until it was the last or work comes; nobody asks what goes wrong."""
        self._begun(_prepare, step)

    def _begun(self, work: Callable[..., Result], *more: Any, **named: Any) -> Future[Result]:
        try:
            return self._pool.submit(work, *more, **named)
        except BrokenProcessPool:
            never: Future[Result] = Future()
            never.cancel()
            return never


@contextmanager
def second_process(make: Callable[[], Held]) -> Iterator[SecondProcess[Held]]:
    """One process to submit work to; it makes what it works on when the first work comes.

    It is waited for at the end, and ends at once where this one fails or is killed. Where processes fork, `make`
    goes over without being copied.
    """
    # One run, then over: what was read stays to the end and is not looked at again and again for garbage.
    gc.freeze()
    # Without a lock: a process that is killed while it holds one would keep this one waiting for ever.
    asked = multiprocessing.RawValue(c_bool, False)
    pool = ProcessPoolExecutor(1, initializer=_begin, initargs=(make, asked))
    before = set(multiprocessing.active_children())
    tell = threading.excepthook
    threading.excepthook = partial(_tell_all_but_a_broken_pool, tell)
    try:
        pool.submit(os.getpid)  # else it would begin with the first work only
        (process,) = set(multiprocessing.active_children()) - before
        try:
            yield SecondProcess(pool, process, asked)
        except BaseException:
            # Nobody has a use any more for what it is at, which may take for ever on a plan that is not sound.
            process.kill()
            raise
    finally:
        pool.shutdown(cancel_futures=True)
        threading.excepthook = tell
        gc.unfreeze()


def _tell_all_but_a_broken_pool(tell: Callable[..., object], fault: threading.ExceptHookArgs) -> None:
    # Python 3.11 stumbles over what was cancelled; all that the other process left is done here.
    if fault.exc_type is not InvalidStateError:
        tell(fault)


def _begin(make: Callable[[], Any], asked: c_bool) -> None:
    global _held, _asked
    _asked = asked
    gc.freeze()
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
    _held = cache(make)


def _do(work: Callable[..., Any], *more: Any, **named: Any) -> Any:
    return work(_held(), *more, **named)


def _prepare(step: Callable[..., bool]) -> None:
    while not _asked.value and step(_held()):
        pass
