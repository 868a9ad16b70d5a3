"""Marks of the assessment form: what is asked can be found again, and nothing is answered beforehand."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.assessment import AssessmentForm
from generator.book import Book
from generator.forms.fields import PERSONAL, Answer, Field, FormKey, fitted, form_fields, form_key
from generator.model import text_stamp as stamp
from tests.word_documents import PAPERS, ROOT, book_of, find, forms_of, part, text_of

IDS = st.from_regex(r"[a-z][a-z0-9-]{0,59}", fullmatch=True)
ROWS = st.tuples(IDS, st.integers(1, 9999), st.integers(1, 30)).map(
    lambda found: f"{found[0]}-{found[1]:02d}.{found[2]}"
)


@pytest.fixture(scope="module")
def books() -> tuple[Book, Book]:
    return book_of(ROOT), book_of(PAPERS)


@pytest.fixture(scope="module")
def drawn(books: tuple[Book, Book]) -> list[tuple[AssessmentForm, bytes]]:
    return [(form, forms_of(book)[key]) for book in books for key, form in book.forms.items()]


def controls(docx: bytes) -> list[tuple[str, str, str]]:
    """Tag, bookmark around it, and what stands in it."""
    body: Any = part(docx)
    return [
        (
            find(control, "w:sdtPr/w:tag/@w:val")[0],
            find(control, "preceding-sibling::*[1][self::w:bookmarkStart]/@w:name")[0],
            text_of(control),
        )
        for control in find(body, "//w:sdt[following-sibling::*[1][self::w:bookmarkEnd]]")
    ]


def test_every_field_stands_in_its_form_once_with_tag_and_bookmark(
    drawn: list[tuple[AssessmentForm, bytes]],
) -> None:
    for form, docx in drawn:
        expected = [(field.tag, field.bookmark) for field in form_fields(form)]
        assert sorted((tag, bookmark) for tag, bookmark, _ in controls(docx)) == sorted(expected)
        assert len(find(part(docx), "//w:sdt")) == len(expected)


def test_no_two_fields_share_a_mark(drawn: list[tuple[AssessmentForm, bytes]]) -> None:
    for form, _ in drawn:
        fields = form_fields(form)
        for marks in ([field.tag for field in fields], [field.bookmark_stem for field in fields]):
            assert len(marks) == len(set(marks))


def test_nothing_is_answered_beforehand(
    drawn: list[tuple[AssessmentForm, bytes]], books: tuple[Book, Book]
) -> None:
    wording = {
        value for key, value in books[0].terms.words.items() if key.startswith("assessment_form.placeholder.")
    }
    for _, docx in drawn:
        found = controls(docx)
        assert {shown for _, _, shown in found} <= wording
        assert len(find(part(docx), "//w:sdt/w:sdtPr/w:showingPlcHdr")) == len(found)
        blank = {shown for tag, _, shown in found if tag.endswith(("/self", "/score", "/grade", "/unit", "/team"))}
        assert {shown.strip() for shown in blank} == {""}


def test_only_controls_can_be_written_in_and_none_can_be_deleted(
    drawn: list[tuple[AssessmentForm, bytes]],
) -> None:
    for _, docx in drawn:
        (protection,) = find(part(docx, "word/settings.xml"), "//w:documentProtection")
        assert {key.split("}")[1]: value for key, value in protection.attrib.items()} == {
            "edit": "forms",
            "enforcement": "1",
        }
        assert set(find(part(docx), "//w:sdtPr/w:lock/@w:val")) == {"sdtLocked"}


def test_a_form_says_inside_whose_it_is(drawn: list[tuple[AssessmentForm, bytes]]) -> None:
    for form, docx in drawn:
        (identifier,) = find(part(docx, "docProps/core.xml"), "//*[local-name()='identifier']/text()")
        assert FormKey.parse(identifier) == FormKey(form.plan, form.year, form.unit)


@given(IDS, st.integers(1949, 2200), IDS)
def test_an_inner_id_is_read_back_as_it_was_written(plan: str, year: int, unit: str) -> None:
    key = FormKey(plan, year, unit)
    assert FormKey.parse(key.identifier) == key


@pytest.mark.parametrize("other", ["", "planbook:task-list:1:water", "planbook:assessment:9:a:2024:b", "附件1"])
def test_another_document_is_not_taken_for_a_form(other: str) -> None:
    assert FormKey.parse(other) is None


def test_the_grade_is_chosen_from_the_office_s_own(books: tuple[Book, Book]) -> None:
    for book in books:
        for docx in forms_of(book).values():
            offered = find(part(docx), "//w:dropDownList/w:listItem/@w:value")
            assert offered == [grade.name for grade in book.loaded.rules.grades]


@given(IDS, IDS, ROWS, st.sampled_from(Answer))
def test_marks_are_what_word_accepts_whatever_the_ids(plan: str, unit: str, row: str, answer: Answer) -> None:
    field = Field(FormKey(plan, 2024, unit), row, "方案-14", answer, stamp(row))
    assert len(field.tag) <= 64
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", field.bookmark)
    assert field.bookmark.endswith(f"_{field.stamp}")


@given(st.lists(st.text(max_size=120), min_size=2, max_size=6, unique=True), st.integers(20, 64))
def test_marks_that_are_cut_stay_apart(marks: list[str], limit: int) -> None:
    cut = [fitted(mark, limit) for mark in marks]
    assert len(set(cut)) == len(marks)
    assert max(map(len, cut)) <= limit


def test_a_text_that_changes_is_noticed_and_the_field_is_still_found(books: tuple[Book, Book]) -> None:
    book = books[1]
    form = book.forms["action-2025", "housing"]
    first = form.rows[0]
    changed = dataclasses.replace(
        first,
        duty=dataclasses.replace(first.duty, row=dataclasses.replace(first.duty.row, text="2025年底前,治理5条。")),
    )
    later = dataclasses.replace(form, rows=(changed, *form.rows[1:]))
    before, after = ({field.bookmark_stem: field for field in form_fields(found)} for found in (form, later))
    assert before.keys() == after.keys()
    moved = {stem for stem in before if before[stem].stamp != after[stem].stamp}
    assert {before[stem].row for stem in moved if before[stem].label} == {first.duty.row.id}
    assert all(before[stem].tag == after[stem].tag for stem in before)


def test_white_space_is_no_change_of_a_text() -> None:
    assert stamp("2025年底前, 完成") == stamp("2025年底前,\n完成")
    assert stamp("2025年底前,完成") != stamp("2026年底前,完成")


def test_names_and_telephone_numbers_stand_apart_from_what_is_collected(
    drawn: list[tuple[AssessmentForm, bytes]],
) -> None:
    for form, _ in drawn:
        assert {field.answer for field in form_fields(form) if field.row == "contact"} == PERSONAL
        assert not {field.answer for field in form_fields(form) if field.row != "contact"} & PERSONAL


def test_who_scores_is_asked_only_where_it_is_not_decided(books: tuple[Book, Book]) -> None:
    book = books[1]
    fields = form_fields(book.forms["action-2025", "heyuan"])
    asked = {field.row for field in fields if field.answer is Answer.SCORER}
    assert asked == {"common.reports", "adjustments.praise"}
    assert form_key(book.forms["action-2025", "heyuan"]).unit == "heyuan"
