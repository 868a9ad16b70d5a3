"""Who is to be urged (催报名单), with what message; contacts only from the file that git ignores."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.analysis.reporting import reporting
from generator.analysis.urging import Urging, urging_message, urgings
from generator.book import Book
from generator.model import Period, ReturnState
from generator.pipeline import render_files
from generator.renderers import urging_excel
from generator.renderers.office_papers import Issue
from generator.renderers.registry import render_pages
from tests.golden_files import assert_golden
from tests.test_ledger import decided
from tests.workbook_text import workbook_text
from tests.year_of_papers import CONTACTS, MONTH, MONTH_EDITS, RULES, book_of_month


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The month with everything in it."""
    return book_of_month(tmp_path_factory.mktemp("month"))


def period(written: str) -> Period:
    found = Period.parse(written)
    assert found
    return found


def urged(book: Book, written: str = MONTH) -> tuple[Urging, ...]:
    rules = book.loaded.rules
    returns = reporting(book.graph, book.ledger, rules, book.forms, "annual-2024", period(written))
    return urgings(rules, returns, book.as_of)


def drawn(book: Book, written: str = MONTH) -> str:
    (artifact,) = urging_excel.PAPER.render(book, Issue("annual-2024", period(written)))
    return workbook_text(artifact.content)


def test_the_list_of_a_month(month: Book) -> None:
    assert_golden("small/urging.txt", drawn(month))


def test_who_sent_nothing_stands_before_who_sent_a_part(month: Book) -> None:
    assert [(one.unit, one.lack) for one in urged(month)] == [
        ("south-bridge", ReturnState.UNREPORTED),
        ("housing", ReturnState.INCOMPLETE),
        ("north-town", ReturnState.INCOMPLETE),
    ]


def test_before_the_cutoff_the_message_reminds_and_does_not_reproach(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, RULES, day=date(2024, 11, 20))
    messages = [urging_message(book.graph, book.terms, one, book.as_of) for one in urged(book)]
    assert messages
    assert all(message.startswith("【提醒】") and "请于2024年11月25日前" in message for message in messages)


def test_where_nothing_ever_came_everyone_asked_is_on_the_list(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, CONTACTS)
    assert not book.ledger.started
    assert {one.lack for one in urged(book)} == {ReturnState.UNREPORTED}
    assert len(urged(book)) == 4


def test_what_was_sent_back_is_urged_as_such(tmp_path: Path) -> None:
    review = (
        "reviews:\n  - {task: 要点-02, unit: 区水务局, period: 2024-11, sent_back: true, BASIS, on: 2024-11-26}\n"
    )
    book = book_of_month(tmp_path, *MONTH_EDITS, decided(review, "c"))
    (water,) = (one for one in urged(book) if one.unit == "water")
    assert water.lack is ReturnState.SENT_BACK
    assert "退回意见" in urging_message(book.graph, book.terms, water, book.as_of)


def test_the_annual_forms_are_urged_too(month: Book) -> None:
    found = urged(month, "2024")
    assert {one.unit for one in found} == {unit for _, unit in month.forms}
    assert "2024年年度考核表" in urging_message(month.graph, month.terms, found[0], month.as_of)


def test_contacts_stand_in_the_list_and_in_nothing_that_a_site_holds(month: Book) -> None:
    assert "城建办　甲某　0000-1234567" in drawn(month)
    shown = (*render_pages(month), *render_files(month, downloads=False))
    assert not any(b"0000-1234567" in artifact.content for artifact in shown)
