"""Who is responsible, as official prose says it; the cases are data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Role
from generator.phrases import (
    Convention,
    ResponsibilityReading,
    find_brackets,
    find_responsibilities,
    is_responsibility_bracket,
    parse_responsibility,
    read_names,
    split_names,
)
from tests.case_files import cases

DATA: dict[str, Any] = cases("responsibility.yml")
CASES = [*DATA["brackets"], *DATA["styles"]]
ROLES = tuple(role.value for role in Role)
LISTS = (*ROLES, "unread", "aside", "sets_implementers", "hidden")
FLAGS = ("open", "cut", "sets_first_leads", "unsaid")
UNITS = ("区住建局", "区发改(能源)局", "各镇（街道）", "区文化和旅游局", "北石店镇", "各县（市、区）人民政府")
SAID = {Role.LEAD: "牵头", Role.SHARED: "按职责分工负责", Role.SUPPORT: "配合", Role.GUIDE: "指导"}


def named(case: dict[str, Any]) -> str:
    return str(case.get("at") or case.get("phrase") or case.get("text"))


def convention(case: dict[str, Any]) -> Convention:
    return Convention(case.get("first_leads", False), tuple(case.get("implementers", ())))


def said(reading: ResponsibilityReading) -> dict[str, Any]:
    lists = {key: list(getattr(reading, key)) for key in LISTS if getattr(reading, key)}
    return lists | {key: True for key in FLAGS if getattr(reading, key)}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key in (*LISTS, *FLAGS)}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_bracket_gives_its_names_by_role(case: dict[str, Any]) -> None:
    reading = parse_responsibility(case["phrase"], convention(case))
    assert (reading is None) == case.get("none", False)
    assert is_responsibility_bracket(case["phrase"]) == (reading is not None)
    assert reading is None or said(reading) == expected(case)


@pytest.mark.parametrize("case", DATA["brackets"], ids=named)
def test_a_bracket_of_the_plan_becomes_its_record(case: dict[str, Any]) -> None:
    reading = parse_responsibility(case["phrase"])
    assert reading is not None
    record = reading.record(case["phrase"], "[]")
    assert record.by_role() == reading.by_role()
    assert record.printed() == f"[{case['phrase']}]"


def test_all_brackets_of_the_plan_are_here() -> None:
    assert len(DATA["brackets"]) == 42


@pytest.mark.parametrize("case", DATA["names"], ids=named)
def test_a_list_gives_its_names(case: dict[str, Any]) -> None:
    assert list(split_names(case["text"])) == case["names"]
    assert read_names(case["text"]).open == case.get("open", False)


def test_brackets_of_every_style_are_found_outermost() -> None:
    text = "一〔甲(乙)局〕二［丙］三[丁]四（戊（己））五(庚)六【辛】"
    assert [(found.content, found.marks) for found in find_brackets(text)] == [
        ("甲(乙)局", "〔〕"),
        ("丙", "［］"),
        ("丁", "[]"),
        ("戊（己）", "（）"),
        ("庚", "()"),
        ("辛", "【】"),
    ]


def test_a_bracket_that_closes_in_another_style_is_one_bracket() -> None:
    (found,) = find_brackets("〔区住建局牵头]")
    assert (found.content, found.marks, found.closed) == ("区住建局牵头", "〔]", True)


def test_a_bracket_that_never_closes_ends_with_its_sentence() -> None:
    text = "推广技术。〔区水务局负责，各镇(街道)配(六)完善体系。〔区住建局牵头〕"
    found = find_responsibilities(text)
    assert [text[one.start : one.end] for one in found] == ["〔区水务局负责，各镇(街道)配", "〔区住建局牵头〕"]
    assert [one.value.cut for one in found] == [True, False]


def test_a_stray_mark_does_not_hide_the_bracket_after_it() -> None:
    (found,) = find_responsibilities("加强治理(一般道路〔区住建局牵头〕")
    assert found.value.lead == ("区住建局",)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("新建幼儿园2所。（县教育局、县财政局）", 1),
        ("新建幼儿园2所（县教育局、县财政局）。", 1),
        ("新建幼儿园2所（县教育局、县财政局）；新建学校1所", 1),
        ("由主管部门（县教育局）统一安排。", 0),
        ("报主管部门（县教育局）。", 0),
        ("各镇（街道办事处）。", 0),
        ("（县教育局）", 0),
        ("新建幼儿园2所。（县教育局、县财", 0),
    ],
)
def test_units_without_a_role_are_responsible_only_where_they_close_a_sentence(text: str, count: int) -> None:
    assert len(find_responsibilities(text)) == count


def test_marks_that_only_close_are_left_alone() -> None:
    assert [found.content for found in find_brackets("1)甲 2)乙（丙]丁）")] == ["丙]丁"]


def test_a_line_of_its_own_is_found_with_the_lines_that_belong_to_it() -> None:
    text = "加强治理。\n　　牵头单位：区住建局\n　　配合单位：区水务局、各镇（街道）\n下一项。"
    (found,) = find_responsibilities(text)
    assert found.value.by_role() == (
        (Role.LEAD, "区住建局"),
        (Role.SUPPORT, "区水务局"),
        (Role.SUPPORT, "各镇（街道）"),
    )


def test_a_convention_holds_from_its_bracket_on() -> None:
    text = "一（甲局、乙局负责）二（甲局、乙局负责。列第一位的为牵头单位，下同）三（丙局、丁局负责）"
    leads = [found.value.lead for found in find_responsibilities(text)]
    assert leads == [(), ("甲局",), ("丙局",)]


def test_a_convention_without_the_words_for_all_holds_for_its_bracket_alone() -> None:
    reading = parse_responsibility("甲局、乙局负责，列第一位的为牵头单位")
    assert reading is not None
    assert (reading.lead, reading.convention.first_leads) == (("甲局",), False)


def test_a_hidden_implementer_is_added_to_every_bracket_that_follows() -> None:
    text = "（甲局指导，各区政府负责落实。以下均需各区政府落实，不再列出）二（乙局指导）三（各区政府落实）"
    readings = [found.value for found in find_responsibilities(text)]
    assert [reading.implement for reading in readings] == [("各区政府",)] * 3
    assert [reading.hidden for reading in readings] == [(), ("各区政府",), ()]


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=6, unique=True), st.sampled_from("、，,；"))
@settings(deadline=None)
def test_names_joined_are_split_again(names: list[str], mark: str) -> None:
    assert split_names(mark.join(names)) == tuple(names)


@given(
    st.dictionaries(
        st.sampled_from(sorted(SAID)),
        st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True),
        min_size=1,
    ),
    st.booleans(),
    st.sampled_from("，、；"),
)
@settings(deadline=None)
def test_roles_written_out_are_read_back(roles: dict[Role, list[str]], is_open: bool, mark: str) -> None:
    phrase = mark.join(f"{'、'.join(names)}{'等' * is_open}{SAID[role]}" for role, names in roles.items())
    reading = parse_responsibility(phrase)
    assert reading is not None
    assert {role: list(getattr(reading, role.value)) for role in Role if getattr(reading, role.value)} == roles
    assert reading.open == is_open


@given(st.text("〔〕[]()（）【】甲局负责牵头、，。", max_size=60))
@settings(deadline=None)
def test_brackets_and_their_contents_lie_in_the_text(text: str) -> None:
    for bracket in find_brackets(text):
        inner = (
            text[bracket.start + 1 : bracket.end - 1] if bracket.closed else text[bracket.start + 1 : bracket.end]
        )
        assert bracket.content == inner
    for found in find_responsibilities(text):
        assert 0 <= found.start < found.end <= len(text)
