"""Times in official prose say what a careful reader reads; the cases are data."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Deadline, DeadlineKind, Season
from generator.phrases import PhraseContext, find_deadlines, find_mentions, parse_deadline, plan_context
from tests.case_files import cases

DATA: dict[str, Any] = cases("deadlines.yml")
CASES = [*DATA["expressions"], *DATA["further"]]
BINDING = [case for case in CASES if "kind" in case]
LOOSE = [case for case in CASES if "kind" not in case]
SEASONS = tuple(Season(**season) for season in DATA["seasons"])
DAYS = st.dates(date(1950, 1, 1), date(2199, 12, 31))
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９—")


def context(said: dict[str, Any] | None) -> PhraseContext:
    words = DATA["plan"] if said is None else said
    issued = date.fromisoformat(words["issued"]) if "issued" in words else None
    return PhraseContext(words.get("year"), issued, SEASONS)


CONTEXT = context(None)


def named(case: dict[str, Any]) -> str:
    return f"{case.get('at', '')}{case['phrase']}"


def reading(deadline: Deadline) -> dict[str, Any]:
    found = deadline.model_dump(mode="json", exclude={"phrase", "basis"})
    return {key: value for key, value in found.items() if value}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key not in {"at", "phrase", "text", "context"}}


@pytest.mark.parametrize("case", BINDING, ids=named)
def test_a_phrase_that_binds_says_its_days(case: dict[str, Any]) -> None:
    deadline = parse_deadline(case["phrase"], context(case.get("context")), case.get("text"))
    assert deadline is not None
    assert reading(deadline) == expected(case)
    assert deadline.phrase == case["phrase"]
    assert deadline.basis or not deadline.inferred


@pytest.mark.parametrize("case", LOOSE, ids=named)
def test_a_phrase_that_does_not_bind_is_no_deadline(case: dict[str, Any]) -> None:
    assert parse_deadline(case["phrase"], context(case.get("context")), case.get("text")) is None


@pytest.mark.parametrize("case", [case for case in LOOSE if "mention" in case], ids=named)
def test_a_time_that_does_not_bind_is_mentioned_with_its_kind(case: dict[str, Any]) -> None:
    text = case.get("text", case["phrase"])
    assert case["mention"] in {found.value.kind for found in find_mentions(text, CONTEXT)}
    assert not [found for found in find_deadlines(text, CONTEXT) if case["phrase"] in found.value.phrase]


def test_every_expression_of_the_list_has_its_case() -> None:
    assert {case["at"] for case in DATA["expressions"]} == set(range(1, 65))


def test_several_times_of_a_sentence_are_found_in_order() -> None:
    text = "2024年8月底前完成评估，9月底前划定区域；10月1日起，实施2024—2025年秋冬季攻坚，持续开展检查。"
    found = find_deadlines(text, CONTEXT)
    assert [text[one.start : one.end] for one in found] == [
        "2024年8月底前",
        "9月底前",
        "10月1日起",
        "2024—2025年秋冬季",
        "持续开展",
    ]


def test_a_year_before_the_issue_is_a_baseline_and_after_it_a_deadline() -> None:
    text = "2022年完成20台，2025年完成30台。"
    assert [found.value.phrase for found in find_deadlines(text, CONTEXT)] == ["2025年"]


def test_a_season_that_the_calendar_does_not_know_has_no_days_and_says_so() -> None:
    deadline = parse_deadline("2024年采暖季前", PhraseContext(2024))
    assert deadline is not None
    assert (deadline.end, deadline.inferred) == (None, True)
    assert "季节表中没有“采暖季”" in str(deadline.basis)


def test_a_season_of_the_office_s_own_is_understood() -> None:
    own = Season(id="ozone", name="臭氧高发期", start="05-01", end="02-30", confirmed=True, basis="本地规定")
    deadline = parse_deadline("2024年臭氧高发期", PhraseContext(seasons=(own,)))
    assert deadline is not None
    assert (deadline.start, deadline.end, deadline.season) == (date(2024, 5, 1), date(2025, 2, 28), "ozone")


def test_a_year_out_of_the_calendar_is_no_deadline_and_no_fault() -> None:
    assert parse_deadline("次年7月底前", PhraseContext(9999)) is None
    assert parse_deadline("印发之日起30日内", PhraseContext(issued=date.max)) is None


def test_a_year_that_no_plan_speaks_of_is_no_deadline() -> None:
    text = "到1945年，完成改造。"
    assert find_deadlines(text, CONTEXT) == ()
    assert [found.value.phrase for found in find_mentions(text, CONTEXT)] == ["到1945年"]


def test_a_phrase_that_stands_twice_with_different_years_is_left_to_people() -> None:
    text = "2025年6月底前完成一半，12月底前完成。12月底前总结。"
    assert parse_deadline("12月底前", CONTEXT, text) is None


@given(DAYS)
@settings(deadline=None)
def test_a_day_written_out_is_read_back(day: date) -> None:
    words = f"{day.year}年{day.month}月{day.day}日"
    for phrase in (f"{words}前", f"到{words}", f"{words}之前".translate(FULL_WIDTH), day.isoformat()):
        deadline = parse_deadline(phrase, CONTEXT)
        assert deadline is not None
        assert (deadline.kind, deadline.end, deadline.inferred) == (DeadlineKind.BY, day, False)


@given(DAYS)
@settings(deadline=None)
def test_a_month_written_in_chinese_is_read_back(day: date) -> None:
    month = {10: "十", 11: "十一", 12: "十二"}.get(day.month, str(day.month).translate(CHINESE))
    deadline = parse_deadline(f"{str(day.year).translate(CHINESE)}年{month}月底前", CONTEXT)
    assert deadline is not None
    assert deadline.end is not None
    assert (deadline.end.year, deadline.end.month) == (day.year, day.month)
    assert (deadline.end + timedelta(days=1)).day == 1


@given(st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted))
@settings(deadline=None)
def test_a_range_of_days_is_read_back(days: list[date]) -> None:
    first, last = days
    phrase = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    deadline = parse_deadline(phrase, CONTEXT)
    assert deadline is not None
    assert (deadline.kind, deadline.start, deadline.end) == (DeadlineKind.BETWEEN, first, last)


@given(st.integers(1, 28), st.integers(1, 12))
@settings(deadline=None)
def test_a_recurring_day_is_read_back(day: int, month: int) -> None:
    monthly = parse_deadline(f"每月{day}日前", CONTEXT)
    yearly = parse_deadline(f"每年{month}月{day}日前", CONTEXT)
    assert monthly is not None
    assert yearly is not None
    assert (monthly.recurrence, yearly.recurrence) == (f"monthly:{day}", f"yearly:{month:02d}-{day:02d}")


@given(st.lists(st.sampled_from([case["phrase"] for case in BINDING]), min_size=1, max_size=6))
@settings(deadline=None)
def test_what_is_found_in_a_sentence_parses_back_to_the_same(phrases: list[str]) -> None:
    text = "。".join(f"{phrase}，完成任务" for phrase in phrases)
    for found in find_deadlines(text, CONTEXT):
        assert text[found.start : found.end] == found.value.phrase
        sentence = text[: found.end].rpartition("。")[2] + text[found.end :].partition("。")[0]
        parsed = parse_deadline(found.value.phrase, CONTEXT, sentence)
        assert parsed is None or reading(parsed) == reading(found.value) or sentence.count(parsed.phrase) > 1


@given(st.lists(st.sampled_from([case["phrase"] for case in CASES]), max_size=8))
@settings(deadline=None)
def test_deadlines_stand_in_order_and_do_not_overlap(phrases: list[str]) -> None:
    found = find_deadlines("，".join(phrases), CONTEXT)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_a_plan_without_a_date_of_issue_leans_on_the_year_of_its_number() -> None:
    deadline = parse_deadline("12月底前", plan_context(None, None, "云政发〔2025〕3号", ()))
    assert deadline is not None
    assert (deadline.end, deadline.inferred) == (date(2025, 12, 31), True)
    assert "文号年份" in (deadline.basis or "")
