"""What stands in a unit's annual form, and the weights."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import query
from generator.analysis.assessment import AssessmentForm, _spread
from generator.book import Book
from generator.model import UnitKind

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
    assert reasons["方案-05"] == "reason.continuing"
    assert reasons["方案-07"] == "reason.later"


@given(st.lists(st.none() | st.integers(0, 200).map(lambda tenths: tenths / 10), min_size=1, max_size=60))
def test_weights_left_open_take_up_exactly_what_is_left(decided: list[float | None]) -> None:
    weights = _spread(decided, 100)
    fixed = sum(round(weight * 10) for weight in decided if weight is not None)
    assert all(weight == known for weight, known in zip(weights, decided, strict=True) if known is not None)
    if None in decided:
        assert sum(round(weight * 10) for weight in weights) == max(1000, fixed)
