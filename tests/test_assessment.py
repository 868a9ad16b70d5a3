"""What stands in a unit's annual form, and the weights."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import query
from generator.analysis.assessment import AssessmentForm, _spread, criterion_facts
from generator.analysis.scored_duties import reason_in_year
from generator.book import Book
from generator.model import Deadline, UnitKind

SCHEME_ONLY = [
    "区教科局",
    "区农业农村局",
    "区财政局",
    "区交通运输局",
    "区自然资源局",
    "区公安分局",
    "区商务局",
    "区水务局",
    "区税务局",
    "区应急管理局",
    "区市场监管局",
]


def form_of(book: Book, name: str) -> AssessmentForm:
    """The 2024 form of a unit by its name."""
    unit = query.find_unit(book.graph, name)
    assert unit is not None
    return book.forms["action-2024", unit]


def labels(form: AssessmentForm) -> list[str]:
    """The tasks in the form."""
    return [row.duty.row.label for row in form.rows]


def test_departments_that_the_action_plan_does_not_name_get_a_full_form_too(real_book: Book) -> None:
    for name in SCHEME_ONLY:
        form = form_of(real_book, name)
        assert form.rows
        assert all(label.startswith("方案-") for label in labels(form))
    named = {real_book.graph.name(unit) for _, unit in real_book.forms}
    assert set(SCHEME_ONLY) < named


def test_safeguards_are_not_scored(real_book: Book) -> None:
    scored = {label for form in real_book.forms.values() for label in labels(form)}
    assert not scored & {f"方案-{number}" for number in range(25, 30)}


def test_a_scheme_task_that_an_action_task_implements_is_asked_once(real_book: Book) -> None:
    for form in real_book.forms.values():
        together = [row.label for found in form.rows for row in found.together]
        assert not set(together) & set(labels(form))


def test_support_is_not_scored(real_book: Book) -> None:
    town = labels(form_of(real_book, "西上庄街道办事处"))
    assert "方案-13" not in town
    assert "方案-14" in town or "行动-09" in town


def test_towns_have_their_own_kind_of_form(real_book: Book) -> None:
    for (_, unit), form in real_book.forms.items():
        kind = real_book.graph.unit_by_id[unit].kind
        assert form.for_town == (kind in {UnitKind.TOWN, UnitKind.SUBDISTRICT})


def test_proposed_weights_sum_to_the_total_and_are_marked(real_book: Book) -> None:
    for form in real_book.forms.values():
        assert form.weight_sum == form.total == 100
        assert form.suggested
        assert all(row.weight_suggested for row in form.rows)


def test_the_reason_for_being_in_the_form_is_told(real_book: Book) -> None:
    reasons = {row.duty.row.label: row.reason for row in form_of(real_book, "区住建局").rows}
    assert reasons["行动-09"] == "reason.annual"
    assert reasons["方案-05"] == "reason.undated"
    assert reasons["方案-19"] == "reason.continuing"
    assert reasons["方案-07"] == "reason.later"


SILENT = ("方案-04", "方案-05", "方案-06", "方案-10②", "方案-13", "方案-16", "方案-17", "方案-18", "方案-23")
"""Scheme tasks in whose text no word says until when, from when or how often."""


def test_a_text_that_names_no_time_is_never_said_to_go_on(real_book: Book) -> None:
    rows = [row for form in real_book.forms.values() for row in form.rows]
    reasons = {row.duty.row.label: row.reason for row in rows if row.duty.row.plan == "scheme"}
    assert {label for label, reason in reasons.items() if reason == "reason.undated"} >= set(SILENT)
    for row in rows:
        if row.reason in {"reason.undated", "reason.continuing"}:
            assert (row.reason == "reason.undated") == (not row.duty.row.deadlines)


@pytest.mark.parametrize(
    ("deadlines", "reason"),
    [
        ([], "reason.undated"),
        ([{"phrase": "持续", "kind": "ongoing"}], "reason.continuing"),
        ([{"phrase": "每月", "kind": "recurring", "recurrence": "monthly"}], "reason.continuing"),
        ([{"phrase": "2023年起", "kind": "from", "start": "2023-01-01"}], "reason.continuing"),
        ([{"phrase": "今冬明春", "kind": "by", "basis": "日期待定"}], "reason.day_unknown"),
        ([{"phrase": "2024年底前", "kind": "by", "end": "2024-12-31"}], "reason.dated"),
        ([{"phrase": "到2025年", "kind": "by", "end": "2025-12-31"}], "reason.later"),
        ([{"phrase": "2023年底前", "kind": "by", "end": "2023-12-31"}], None),
        ([{"phrase": "2022至2023年", "kind": "between", "start": "2022-01-01", "end": "2023-12-31"}], None),
    ],
)
def test_why_a_scheme_task_stands_in_the_form_of_2024(
    real_book: Book, deadlines: list[dict[str, str]], reason: str | None
) -> None:
    times = tuple(("", Deadline.model_validate(found)) for found in deadlines)
    assert reason_in_year(dataclasses.replace(real_book.rows[0], deadlines=times), 2024) == reason


def test_one_work_that_stands_in_both_plans_is_not_scored_twice(real_book: Book) -> None:
    twins = {
        (real_book.graph.name(form.unit), row.duty.row.label): row.twins
        for form in real_book.forms.values()
        for row in form.rows
        if row.twins
    }
    units = ["区发改局", "区工信局", "区生态环境分局", "区行政审批局", "区民营经济局"]
    assert twins == {(name, "方案-01"): ("行动-01",) for name in units}


def test_a_task_of_a_later_year_is_scored_by_what_this_year_should_bring(real_book: Book) -> None:
    plan = real_book.plan("action-2024")
    assert plan.assessment is not None
    for form in real_book.forms.values():
        for row in form.rows:
            later = row.reason == "reason.later"
            assert row.scoring == (plan.assessment.later_scoring if later else plan.assessment.default_scoring)


def test_a_criterion_takes_its_figure_and_its_time_from_the_objective_it_rests_on(real_book: Book) -> None:
    plan = real_book.plan("action-2024")
    assert plan.assessment is not None
    binding, particles = (criterion_facts(plan, found) for found in plan.assessment.air_quality)
    assert binding is not None
    assert particles is not None
    assert [(found.phrase, found.inferred) for found in binding.deadlines] == [("年度", True)]
    assert [found.external for found in binding.targets] == [True, True]
    assert [(found.phrase, found.value) for found in particles.targets] == [("35微克/立方米以下", 35)]
    assert particles.deadlines == ()
    assert criterion_facts(plan, plan.assessment.air_quality[0].model_copy(update={"objective": None})) is None


def test_how_a_unit_counts_is_a_proposal_until_the_office_decides(real_book: Book) -> None:
    assert all(form.mode_suggested for form in real_book.forms.values())


@given(st.lists(st.none() | st.integers(0, 200).map(lambda tenths: tenths / 10), min_size=1, max_size=60))
def test_weights_left_open_take_up_exactly_what_is_left(decided: list[float | None]) -> None:
    weights = _spread(decided, 100)
    fixed = sum(round(weight * 10) for weight in decided if weight is not None)
    assert all(weight == known for weight, known in zip(weights, decided, strict=True) if known is not None)
    if None in decided:
        assert sum(round(weight * 10) for weight in weights) == max(1000, fixed)
