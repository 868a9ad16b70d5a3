"""Figures in official prose: which must be reached, and what the others are; the cases are data."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Comparator, Target
from generator.phrases import PhraseContext, find_mentions, find_targets, parse_target, parse_targets
from tests.case_files import cases

DATA: dict[str, Any] = cases("targets.yml")
CASES = [*DATA["expressions"], *DATA["further"]]
KEYS = ("comparator", "value", "symbol", "baseline", "external")
DEFAULTS: dict[str, Any] = {"comparator": ">=", "value": None, "symbol": None, "baseline": None, "external": False}
WORDS = {
    "不低于{}": Comparator.AT_LEAST,
    "达{}": Comparator.AT_LEAST,
    "达到{}以上": Comparator.AT_LEAST,
    "稳定在{}以上": Comparator.AT_LEAST,
    "不超过{}": Comparator.AT_MOST,
    "控制在{}": Comparator.AT_MOST,
    "控制在{}以内": Comparator.AT_MOST,
    "达{}左右": Comparator.ABOUT,
    "约{}": Comparator.ABOUT,
    "超过{}": Comparator.ABOVE,
    "低于{}": Comparator.BELOW,
    "稳定在{}": Comparator.EQUAL,
}
SYMBOLS = ("%", "微克/立方米", "吨/月·平方公里", "亿千瓦", "万吨", "个百分点", "台", "户", "蒸吨/小时", "家")
NUMBERS = st.one_of(st.integers(0, 10**9), st.integers(1, 9999).map(lambda number: number / 10))


def named(case: dict[str, Any]) -> str:
    return f"{case.get('at', '')}{case.get('text', case.get('phrase'))}"


def values(target: Target) -> dict[str, Any]:
    return {key: getattr(target, key) for key in KEYS}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {key: case.get(key, DEFAULTS[key]) for key in KEYS}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_sentence_has_the_targets_that_a_careful_reader_finds(case: dict[str, Any]) -> None:
    found = [target.value for target in find_targets(case["text"])]
    wanted = case.get("targets", [])
    assert [target.phrase for target in found] == [target["phrase"] for target in wanted]
    assert [values(target) for target in found] == [expected(target) for target in wanted]
    for target, said in zip(found, wanted, strict=True):
        assert target.indicator == said.get("indicator", target.indicator)


@pytest.mark.parametrize("case", [case for case in CASES if "mentions" in case], ids=named)
def test_a_figure_that_does_not_bind_is_mentioned_with_its_kind(case: dict[str, Any]) -> None:
    found = [found.value.model_dump(mode="json") for found in find_mentions(case["text"], PhraseContext(2024))]
    assert found == case["mentions"]


@pytest.mark.parametrize("case", [case for case in CASES if "targets" in case], ids=named)
def test_a_phrase_in_its_sentence_says_what_was_found(case: dict[str, Any]) -> None:
    for said in case["targets"]:
        readings = parse_targets(said["phrase"], case["text"])
        assert expected(said) in [values(target) for target in readings]
        assert {target.phrase for target in readings} == {said["phrase"]}


@pytest.mark.parametrize("case", DATA["phrases"], ids=named)
def test_a_phrase_alone_says_its_figure(case: dict[str, Any]) -> None:
    target = parse_target(case["phrase"])
    assert (target is None) == case.get("none", False)
    assert target is None or values(target) == expected(case)


def test_every_expression_of_the_list_has_its_case() -> None:
    assert {case["at"] for case in DATA["expressions"]} == {*range(1, 53), "21b"}


def test_a_phrase_that_is_not_in_the_sentence_is_read_alone() -> None:
    target = parse_target("达30%", "比例达40%。")
    assert target is not None
    assert (target.value, target.indicator) == (30, "（原文未写明）")


def test_a_phrase_that_stands_twice_has_both_readings() -> None:
    readings = parse_targets("10%以上", "甲地产量下降10%以上，乙地覆盖率10%以上。")
    assert [target.indicator for target in readings] == ["甲地产量下降", "乙地覆盖率"]


def test_a_clause_without_a_subject_takes_the_one_before() -> None:
    (target,) = (found.value for found in find_targets("加强道路清扫率考核，达到30%。"))
    assert target.indicator == "加强道路清扫率考核"


@given(NUMBERS, st.sampled_from(SYMBOLS), st.sampled_from(sorted(WORDS)))
@settings(deadline=None)
def test_a_figure_with_its_words_is_read_back(number: float, symbol: str, words: str) -> None:
    (found,) = find_targets(f"全区某项指标{words.format(f'{number}{symbol}')}。")
    target = found.value
    assert (target.comparator, target.value, target.symbol) == (WORDS[words], number, symbol)
    assert target.indicator == "全区某项指标"


@given(st.integers(1, 9999))
@settings(deadline=None)
def test_a_figure_with_separators_is_read_back(number: int) -> None:
    (found,) = find_targets(f"产量不低于{number * 1000:,}吨")
    assert found.value.value == number * 1000


@given(st.lists(st.sampled_from([case["text"] for case in CASES]), max_size=6))
@settings(deadline=None)
def test_targets_and_mentions_stand_in_order_and_apart(texts: list[str]) -> None:
    text = "。".join(texts)
    targets, mentions = find_targets(text), find_mentions(text, PhraseContext(2024))
    assert all(left.start <= right.start for left, right in pairwise(targets))
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    for mention in mentions:
        assert not any(target.start < mention.end and mention.start < target.end for target in targets)


@given(st.lists(st.sampled_from([case["text"] for case in CASES]), min_size=1, max_size=4))
@settings(deadline=None)
def test_a_sentence_says_the_same_among_others(texts: list[str]) -> None:
    alone = [found.value.phrase for text in texts for found in find_targets(f"{text}。")]
    assert [found.value.phrase for found in find_targets("".join(f"{text}。" for text in texts))] == alone
