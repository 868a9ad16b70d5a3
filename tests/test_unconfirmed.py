"""What is unconfirmed is said wherever it shows, and all of it is listed."""

from __future__ import annotations

import csv
import io
import json

import pytest

from generator.analysis.unconfirmed import open_points
from generator.analysis.unit_wording import certainty_text, formal_name, unit_kind_text
from generator.book import Book
from generator.renderers import ledger_excel, task_list_excel, task_list_word
from generator.renderers.deliverables import Item
from generator.renderers.imprint import open_point_groups
from generator.renderers.naming import ALL
from generator.renderers.open_data import FILES
from tests.site_pages import page_text, sources
from tests.word_documents import document_text, forms_of
from tests.workbook_text import opened


@pytest.fixture(params=["real_book", "small_book"])
def book(request: pytest.FixtureRequest) -> Book:
    """Each of the plans."""
    found: Book = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def form_texts(real_book: Book) -> dict[tuple[str, str], str]:
    """Every assessment form of the real plan as text."""
    return {key: document_text(docx) for key, docx in forms_of(real_book).items()}


OTHERWISE = {"open_point.order": "排列次序", "open_point.weights": "考核办法"}
"""Facts of which the check speaks in other words than the list."""


def bare(text: str) -> str:
    """Text without the marks around titles."""
    return text.translate({ord(mark): None for mark in "《》〈〉"})


def test_every_fact_that_the_check_calls_unconfirmed_is_listed(book: Book) -> None:
    checked = [bare(finding.message) for finding in book.findings if finding.rule == "unconfirmed"]
    points = open_points(book.loaded, book.graph)
    assert len(points) == len(checked) > 8
    for point in points:
        subject = OTHERWISE.get(point.key, bare(point.name).partition("＝")[0].partition("（")[0])
        assert any(subject in message for message in checked), point


def test_the_page_about_the_data_and_what_is_read_first_list_them_all(real_book: Book) -> None:
    page = page_text(sources(real_book)["about.md"])
    printed = [line for lines in open_point_groups(real_book).values() for line in lines]
    points = open_points(real_book.loaded, real_book.graph)
    assert len(printed) == len(points) == 28
    for point in points:
        assert f"{real_book.terms(point.key)} | {point.name or '—'} | {point.basis}" in page


def doubted(book: Book) -> set[str]:
    """Ids of the units and groups of which anything is unconfirmed."""
    units = {
        unit.id
        for unit in book.graph.units
        if not unit.confirmed or unit.unconfirmed or any(not alias.confirmed for alias in unit.aliases)
    }
    return units | {group.id for group in book.graph.groups if not group.confirmed}


def test_nothing_is_called_settled_of_which_a_fact_is_unconfirmed(book: Book) -> None:
    for party in (*book.graph.units, *book.graph.groups):
        assert ("待确认" in certainty_text(book.terms, party)) == (party.id in doubted(book))
    rows = csv.reader(io.StringIO(FILES["data/units.csv"](book).decode("utf-8-sig")))
    standing = {row[0]: row[7] for row in list(rows)[1:]}
    assert {party for party, said in standing.items() if "待确认" in said} == doubted(book)


def test_what_of_a_unit_is_unconfirmed_is_said_by_name(real_book: Book) -> None:
    said = {unit.name: certainty_text(real_book.terms, unit) for unit in real_book.graph.units}
    assert said["区生态环境分局"] == "已列名（全称、别名待确认）"
    assert said["区公安分局"] == said["区环委办"] == "已列名（类别待确认）"
    assert said["区发改局"] == "已列名（别名待确认）"
    assert said["区住建局"] == "已列名"
    assert said["东街街道办事处"] == "原文没有列名，待确认"


def test_the_ledger_marks_the_unconfirmed_kind_full_name_and_alias_where_they_stand(real_book: Book) -> None:
    sheet = opened(ledger_excel.draw_ledger(real_book, Item(ALL)))["单位"]
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=4)}
    assert rows["区生态环境分局"][2:4] == ["晋城市生态环境局城区分局（待确认）", "区生态环境部门（待确认）"]
    assert rows["区公安分局"][4] == "派出（垂管）机构（待确认）"
    assert rows["区住建局"][4] == "区直部门"
    assert rows["区发改局"][3] == "区发改(能源)局（待确认）"


def test_the_head_of_a_form_marks_an_unconfirmed_kind(
    real_book: Book, form_texts: dict[tuple[str, str], str]
) -> None:
    for unit in real_book.graph.units:
        text = form_texts.get(("action-2024", unit.id))
        if text:
            head = text.partition("填报日期")[0]
            assert f"类别：{unit_kind_text(real_book.terms, unit)}（建议计分）" in head
            assert ("（待确认）（建议计分" in head) == ("kind" in unit.unconfirmed)
            notes = text.partition("PaperNote: 注：")[2]
            assert (f"“类别”（待确认）：{unit.note}" in notes) == ("kind" in unit.unconfirmed)


def test_the_promised_shape_of_the_interchange_says_only_that_the_name_stands_in_the_document(
    real_book: Book,
) -> None:
    units = json.loads(FILES["data/plan.json"](real_book))["units"]
    assert [unit["confirmed"] for unit in units] == [unit.confirmed for unit in real_book.graph.units]


def test_a_sealed_paper_bears_the_full_name_only_where_it_is_confirmed(real_book: Book) -> None:
    names = {unit.id: formal_name(unit) for unit in real_book.graph.units}
    assert names["beishidian"] == "北石店镇人民政府"
    assert names["ecology-environment"] == "区生态环境分局"
    assert names["housing-construction"] == "区住建局"
    form = forms_of(real_book)["action-2024", "beishidian"]
    listed = task_list_word.draw_task_list(real_book, Item("beishidian"))
    assert "被考核单位（盖章）：北石店镇人民政府　　年度：2024年　　类别：镇（建议计分）⇥" in document_text(form)
    assert "填报单位（盖章）：北石店镇人民政府⇥" in document_text(listed)
    sheet = opened(task_list_excel.draw_task_list(real_book, Item("beishidian")))["任务清单"]
    assert str(sheet["A2"].value).startswith("填报单位（盖章）：北石店镇人民政府")


def test_a_paper_to_be_filled_in_marks_a_unit_that_the_document_does_not_name(real_book: Book) -> None:
    sheet = opened(task_list_excel.draw_task_list(real_book, Item("dongjie")))["任务清单"]
    assert "东街街道办事处（待确认）" in str(sheet["A2"].value)


def test_a_form_explains_the_groups_that_stand_in_it_and_no_others(
    real_book: Book, form_texts: dict[tuple[str, str], str]
) -> None:
    for key, text in form_texts.items():
        table, _, notes = text.partition("PaperNote: 注：")
        for group in real_book.graph.groups:
            explained = f"“{group.name}”（待确认）" in notes
            assert explained == (f"经“{group.name}”承担" in table), (*key, group.name)
