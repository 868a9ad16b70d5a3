"""What clerks write in cells is read as people mean it; the cases are data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.answers import (
    is_ticked,
    read_day,
    read_list,
    read_number,
    read_state,
    says_none,
    state_names,
    storable,
)
from generator.forms.empty_phrases import says_nothing
from generator.forms.monthly_reader import task_label
from generator.model import LedgerState
from tests.case_files import cases

CASES: dict[str, list[Any]] = cases("answers.yml")


@pytest.mark.parametrize("case", CASES["numbers"], ids=lambda case: case["text"])
def test_a_number_is_read_in_any_style(case: dict[str, Any]) -> None:
    found = read_number(case["text"])
    if case["value"] is None:
        assert found is None
    else:
        assert found
        assert (found.value, found.symbol, found.about) == (
            case["value"],
            case.get("symbol", ""),
            case.get("about", False),
        )


@pytest.mark.parametrize("case", CASES["days"], ids=lambda case: case["text"])
def test_a_day_is_read_in_any_style(case: dict[str, Any]) -> None:
    assert read_day(case["text"], 2024) == case["day"]


def test_excels_own_number_of_a_day_is_a_day() -> None:
    assert read_day("45565", 2024, 45565.0) == date(2024, 9, 30)


@pytest.mark.parametrize("text", CASES["nothing"])
def test_a_phrase_that_says_nothing_is_known(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", CASES["something"])
def test_a_text_that_says_something_is_not_taken_for_one(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize("case", CASES["tasks"], ids=lambda case: case["text"])
def test_a_task_number_survives_careless_typing(case: dict[str, Any]) -> None:
    assert task_label(case["text"]) == case["label"]


def test_none_is_an_answer_and_zero_is_not_none() -> None:
    assert all(says_none(text) for text in ("无", "/", "—", " 无 "))
    assert not says_none("0")
    assert not says_none("")


def test_ticks_states_and_lists() -> None:
    assert is_ticked("√")
    assert is_ticked("是")
    assert not is_ticked("否")
    names = state_names({"滞后": LedgerState.BEHIND})
    assert read_state("滞后", names) is LedgerState.BEHIND
    assert read_state("已办结", names) is LedgerState.COMPLETION_CLAIMED
    assert read_state("差不多了", names) is None
    assert read_list("1、2，3 1") == ("1", "2", "3")


@given(st.text())
def test_no_text_breaks_the_reading_of_a_cell(text: str) -> None:
    read_number(text), read_day(text, 2024), says_nothing(text), task_label(text), read_list(text)
    kept = storable(text)
    assert storable(kept) == kept
