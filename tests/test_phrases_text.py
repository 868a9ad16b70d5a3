"""Folding, numerals, coverage, and what holds for any text whatever."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.phrases import (
    PhraseContext,
    figures_and_times,
    find_brackets,
    find_deadlines,
    find_mentions,
    find_responsibilities,
    find_targets,
    parse_deadline,
    parse_responsibility,
    parse_targets,
    split_names,
)
from generator.phrases.characters import fold
from generator.phrases.numbers import chinese_value, value_of
from tests.case_files import cases
from tests.properties import examples

CONTEXT = PhraseContext(2024, date(2024, 5, 9))
DATA = cases("phrase_texts.yml")
PIECES: list[str] = [piece for line in DATA["pieces"] for piece in line]
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
CHINESE_DIGITS = "零一二三四五六七八九"
PROSE = (
    "2024年12月底前，完成1家砖厂关停退出。到2025年，全区装配式建筑占新建建筑面积比例达30%左右；常态化开展扬尘整治，"
    "定期调度。较2020年分别下降10%和5%以上（运距500公里以上除外）。〔区住建局牵头，区水务局、各镇（街道）等按职责分工负责〕\n"
)
READERS: dict[str, Callable[[str], object]] = {
    "deadlines": lambda text: find_deadlines(text, CONTEXT),
    "targets": find_targets,
    "mentions": lambda text: find_mentions(text, CONTEXT),
    "figures": figures_and_times,
    "brackets": find_brackets,
    "responsibilities": find_responsibilities,
    "one responsibility": parse_responsibility,
    "one deadline": lambda text: parse_deadline(text, CONTEXT),
    "one target": parse_targets,
    "names": split_names,
}


def chinese(number: int) -> str:
    """The numeral as it is spoken: 一千零二十六."""
    if number == 0:
        return "零"
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if low and low < 1000 else ""
        return f"{chinese(high)}万{gap}{chinese(low) if low else ''}"
    words, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if zero and words else "") + CHINESE_DIGITS[digit] + name
        zero = not digit
    return words.removeprefix("一") if words.startswith("一十") else words


@given(st.integers(0, 99_999_999))
@settings(deadline=None)
def test_a_numeral_as_it_is_spoken_has_its_value(number: int) -> None:
    assert chinese_value(chinese(number)) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("二十六", 26),
        ("两", 2),
        ("二〇二五", 2025),
        ("三百万", 3_000_000),
        ("1,200", 1200),
        ("92.5", 92.5),
        ("三点五", 3.5),
    ],
)
def test_a_number_has_its_value(words: str, value: float) -> None:
    assert value_of(words) == value


def test_every_width_dash_bracket_and_quote_is_one_alphabet() -> None:
    assert fold("２０２４—２０２５年［甲］（乙）“丙”％μ").text == '2024-2025年[甲](乙)"丙"%µ'


def test_blanks_vanish_save_between_two_latin_letters_or_digits() -> None:
    folded = fold("到 2025 年,PM\n2.5 降　至 3 5")
    assert folded.text == "到2025年,PM 2.5降至3 5"
    assert folded.phrase(1, 6) == "2025 年"


@given(TEXTS)
@settings(deadline=None)
def test_folding_leads_back_to_the_original(text: str) -> None:
    folded = fold(text)
    for place, char in enumerate(folded.text):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert char == " " or fold(text[start:end]).text == char
    assert fold(folded.text).text == folded.text


@given(TEXTS)
@settings(max_examples=examples(300), deadline=None)
def test_whatever_is_found_stands_where_it_says(text: str) -> None:
    deadlines, targets, mentions = find_deadlines(text, CONTEXT), find_targets(text), find_mentions(text, CONTEXT)
    for found in (*deadlines, *targets, *mentions):
        assert text[found.start : found.end] == found.value.phrase
    for ordered in (deadlines, mentions):
        assert all(left.end <= right.start for left, right in pairwise(ordered))
    for mention in mentions:
        assert not any(other.start < mention.end and mention.start < other.end for other in (*deadlines, *targets))
    for deadline in deadlines:
        assert not deadline.value.inferred or deadline.value.basis


@given(TEXTS)
@settings(max_examples=examples(300), deadline=None)
def test_any_text_whatever_is_read_without_a_fault(text: str) -> None:
    for read in READERS.values():
        read(text)
    for phrase in (text[: len(text) // 2], text[len(text) // 3 :]):
        parse_deadline(phrase, CONTEXT, text)
        parse_targets(phrase, text)
    assert all(0 <= start < end <= len(text) for start, end in figures_and_times(text))


@given(TEXTS)
@settings(deadline=None)
def test_the_figures_to_account_for_stand_in_order(text: str) -> None:
    assert all(left[1] <= right[0] for left, right in pairwise(figures_and_times(text)))


def test_figures_and_time_words_are_all_to_be_accounted_for() -> None:
    text = "到2025年，5-9月期间定期清扫150台，百分之九十、二十六个，9月底前、采暖季、10月1日起、动态、每日、常态化"
    assert [text[start:end] for start, end in figures_and_times(text)] == [
        *("2025", "5", "9", "期间", "定期", "150", "百分之九十", "二十六"),
        *("9", "月底", "采暖季", "10", "1", "起", "动态", "每日", "常态化"),
    ]


@pytest.mark.parametrize(
    "text", ["推进一批项目、一厂一策", "进一步统一", "二次污染", "千家万户", "固定期限", "起草", "十分重要"]
)
def test_words_that_count_nothing_need_no_account(text: str) -> None:
    assert figures_and_times(text) == ()


@pytest.mark.parametrize("size", [8_000, pytest.param(40_000, marks=(pytest.mark.slow, pytest.mark.timed))])
@pytest.mark.parametrize("unit", [unit for line in DATA["repeated"] for unit in line])
def test_a_text_that_repeats_itself_takes_no_longer_than_its_length(unit: str, size: int) -> None:
    text = unit * (size // len(unit.encode()))
    for name, read in READERS.items():
        began = time.process_time()
        read(text)
        assert time.process_time() - began < size / 10_000, name


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize("name", READERS)
def test_a_megabyte_of_prose_is_read_in_five_seconds(name: str) -> None:
    text = PROSE * (1_000_000 // len(PROSE.encode()))
    began = time.process_time()
    READERS[name](text)
    assert time.process_time() - began < 5
