"""Two processes share a list of work: what neither has begun is done by whichever comes to it first."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

import pytest

from generator.processes import SecondProcess, second_process

WORK: dict[str, int] = {"seven": 7}


def held() -> dict[str, int]:
    return WORK


def who(_held: dict[str, int]) -> int:
    return os.getpid()


def times(held: dict[str, int], by: int) -> int:
    return held["seven"] * by


def fails(_held: dict[str, int]) -> None:
    raise ValueError("不行")


def until(_held: dict[str, int], begun: Path, end: Path) -> int:
    """Keep the other process busy."""
    begun.touch()
    while not end.exists():
        time.sleep(0.01)
    return os.getpid()


def waited_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def test_the_other_process_works_on_what_it_made_for_itself() -> None:
    with second_process(held) as second:
        assert second.submit(times, WORK, 6).result() == 42


def test_what_the_other_has_not_begun_is_done_here_and_the_rest_is_waited_for(tmp_path: Path) -> None:
    begun, end = tmp_path / "begun", tmp_path / "end"
    with second_process(held) as second:
        busy = second.submit(until, WORK, begun, end)
        waited_for(begun)
        later = [second.submit(who, WORK) for _ in range(5)]
        assert later[-1].is_ours()
        assert later[-1].result() == os.getpid()
        end.touch()
        assert not busy.is_ours()
        assert busy.result() != os.getpid()


def test_what_goes_wrong_there_is_told_here(tmp_path: Path) -> None:
    after = tmp_path / "after"
    with second_process(held) as second:
        failing = second.submit(fails, WORK)
        second.submit(until, WORK, after, after)
        waited_for(after)
        with pytest.raises(ValueError, match="不行"):
            failing.result()


def test_what_goes_wrong_in_preparing_is_nobody_s_business() -> None:
    with second_process(held) as second:
        second.prepare(fails)
        assert second.submit(times, WORK, 6).result() == 42


def counts(_held: dict[str, int], folder: Path, end: int) -> bool:
    """Leave a mark at every call but those after the last."""
    marks = len(list(folder.iterdir()))
    (folder / str(marks)).touch()
    return marks + 1 < end


def test_it_prepares_step_by_step_until_a_step_was_the_last(tmp_path: Path) -> None:
    with second_process(held) as second:
        second.prepare(partial(counts, folder=tmp_path, end=3))
        waited_for(tmp_path / "2")
        assert second.submit(times, WORK, 6).result() == 42
    assert len(list(tmp_path.iterdir())) == 3


def test_it_prepares_no_longer_than_until_there_is_work(tmp_path: Path) -> None:
    with second_process(held) as second:
        second.prepare(partial(counts, folder=tmp_path, end=1_000_000))
        waited_for(tmp_path / "1")
        begun = tmp_path.with_name("begun")
        second.submit(until, WORK, begun, begun)
        waited_for(begun)
        done = len(list(tmp_path.iterdir()))
        assert second.submit(times, WORK, 6).result() == 42
    assert len(list(tmp_path.iterdir())) == done


def test_a_run_that_fails_waits_for_nothing_that_is_not_begun(tmp_path: Path) -> None:
    begun, end = tmp_path / "begun", tmp_path / "end"
    marks = [tmp_path / str(number) for number in range(20)]

    def fail_while_it_works(second: SecondProcess[dict[str, int]]) -> None:
        second.submit(until, WORK, begun, end)
        waited_for(begun)
        for mark in marks:
            second.submit(until, WORK, mark, end)
        end.touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), second_process(held) as second:
        fail_while_it_works(second)
    assert sum(mark.exists() for mark in marks) < len(marks)


def works_for_ever(_held: dict[str, int], begun: Path) -> None:
    begun.touch()
    while True:
        time.sleep(0.01)


def test_a_run_that_fails_ends_what_the_other_process_is_at(tmp_path: Path) -> None:
    begun = tmp_path / "begun"

    def fail(second: SecondProcess[dict[str, int]]) -> None:
        second.prepare(partial(works_for_ever, begun=begun))
        waited_for(begun)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), second_process(held) as second:
        fail(second)


def dies_elsewhere(_held: dict[str, int], home: int, begun: Path) -> int:
    if os.getpid() != home:
        begun.touch()
        os._exit(9)
    return os.getpid()


def test_what_the_other_died_over_and_all_that_follows_is_done_here(tmp_path: Path) -> None:
    home, begun = os.getpid(), tmp_path / "begun"
    with second_process(held) as second:
        deadly = second.submit(dies_elsewhere, WORK, home, begun)
        waited_for(begun)
        assert deadly.result() == home
        assert second.submit(who, WORK).result() == home
