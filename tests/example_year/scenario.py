"""The scenario of the example year: what a unit writes of a task in a month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.storage.yaml_reader import read_yaml
from tests.example_year.dice import Dice

FOLDER = Path(__file__).parent / "scenario"
TOWNS = frozenset(
    ("beishidian", "dongjie", "xijie", "nanjie", "beijie", "zhongjiazhuang", "xishangzhuang", "kaifaqu")
)
HELD_UP = frozenset(("滞后", "受阻需协调"))
CLAIMED, NOT_STARTED, NOT_CONCERNED = "申请办结", "未启动", "不涉及"
ACTIVE_MONTHS = {"行动-02": 8, "行动-01": 1, "行动-06": 8}
"""In how many months a yearly quantity is brought in; the others take the whole year."""


@lru_cache(maxsize=16)
def scenario(name: str) -> Any:
    """One file of the scenario; like the plan's own reader it leaves every scalar a text."""
    return read_yaml(FOLDER / name, name)[0]


@dataclass(frozen=True)
class Asked:
    """What a row of the form shows to the clerk."""

    unit: str
    task: str
    month: int
    dated: bool
    target: float | None
    symbol: str
    previous_cumulative: float
    previous_progress: str


Answers = dict[str, str | float]


def answers(asked: Asked) -> Answers:
    """What the unit writes into the row, by answer."""
    course, state = _course(asked)
    if state == NOT_STARTED and asked.previous_progress:
        return {"unchanged": "√"}
    quantity = _quantity(asked, state)
    found: Answers = {
        "state": state,
        "progress": _progress(asked, state, quantity),
        "problems": course.get("problems", "无") if state in HELD_UP else "无",
        "coordination": course.get("coordination", "无") if state in HELD_UP else "无",
        "next_steps": _words(asked.task)["next"],
    }
    if quantity is not None:
        found |= {"quantity": quantity, "cumulative": asked.previous_cumulative + quantity}
    if state in HELD_UP:
        found["expected"] = str(course["expected"])
    if state == CLAIMED:
        found["evidence"] = course["evidence"]
    return found


def _course(asked: Asked) -> tuple[Mapping[str, Any], str]:
    for course in scenario("courses.yml"):
        if course["task"] == asked.task and course.get("unit", asked.unit) == asked.unit:
            for first, last, state in _spans(course["months"]):
                if first <= asked.month <= last:
                    return course, state
            break
    if not asked.dated:
        return {}, "常态化推进"
    return {}, NOT_STARTED if asked.month == 1 else "正常推进"


def _spans(written: str) -> Iterator[tuple[int, int, str]]:
    for first, last, state in re.findall(r"(\d+)-(\d+) ([^，]+)", written):
        yield int(first), int(last), state


def _quantity(asked: Asked, state: str) -> float | None:
    if asked.target is None:
        return None
    left = max(0.0, asked.target - asked.previous_cumulative)
    if state == CLAIMED:
        return left
    if state == NOT_STARTED or asked.task == "行动-01":
        return 0
    share = asked.target // ACTIVE_MONTHS.get(asked.task, 4 if asked.task in {"行动-03", "行动-08"} else 12)
    return float(min(left, share // 3 if state in HELD_UP else share))


def _words(task: str) -> Mapping[str, str]:
    words: Mapping[str, Mapping[str, str]] = scenario("words.yml")
    return words.get(task, words["其他"])


def _progress(asked: Asked, state: str, quantity: float | None) -> str:
    if state == NOT_CONCERNED:
        return f"{asked.month}月：本辖区没有国控站点，不涉及。（示例）"
    words = _words(asked.task)
    kind = "town" if asked.unit in TOWNS and "town" in words else "other"
    dice = Dice(f"{asked.unit} {asked.task} {asked.month}")
    often = dice.whole(6, 30)
    found = dice.whole(2, min(often, 9))
    figures = {"a": often, "b": found, "c": dice.whole(1, found), "m": asked.month}
    amount = quantity or 0
    figures |= {"q": round(amount), "t": round(asked.previous_cumulative + amount)}
    return words.get(asked.unit, words[kind]).format(**figures) + "（示例）"
