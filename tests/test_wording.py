"""What all outputs say alike: names, roles, titles, and the words of the trade."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

from generator.analysis.named_in_text import tasks_naming
from generator.analysis.party_wording import listed_party_texts, other_party_texts
from generator.analysis.wording import deadline_texts, quoted_title
from generator.book import Book
from generator.model import Role
from generator.renderers import task_list_excel, task_list_word
from generator.renderers.deliverables import Item
from tests.case_files import plain_yaml
from tests.conftest import ROOT
from tests.site_pages import page_text, sources
from tests.word_documents import document_text
from tests.workbook_text import opened

TOOL_WORDS = re.compile("单位集合|缺省|软件建议|软件提出|由系统|发生时")


@pytest.fixture(scope="module")
def pages(real_book: Book) -> dict[str, str]:
    """The pages of the real plan as text."""
    return {path: page_text(source) for path, source in sources(real_book).items()}


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("实施方案", "《实施方案》"),
        ("城区落实《行动计划》实施方案", "《城区落实〈行动计划〉实施方案》"),
        ("落实〈计划〉方案", "《落实〈计划〉方案》"),
    ],
)
def test_a_title_within_a_title_has_single_marks(title: str, quoted: str) -> None:
    assert quoted_title(title) == quoted


def test_no_page_and_no_sheet_puts_double_marks_within_double_marks(
    real_book: Book, pages: dict[str, str]
) -> None:
    sheet = opened(task_list_excel.draw_task_list(real_book, Item("water")))["说明"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    for text in (pages["index.md"], pages["about.md"], *cells):
        assert not re.search("《[^》]*《", text)
    assert "《晋城市城区落实〈空气质量持续改善行动计划〉实施方案》" in pages["index.md"]


def words_for_staff(book: Book) -> Iterator[tuple[str, str]]:
    yield from book.terms.words.items()
    for folder in ("site/generated", "site/pages"):
        for path in sorted((ROOT / "templates" / folder).rglob("*")):
            if path.suffix in {".j2", ".md", ".js"}:
                yield path.name, path.read_text("utf-8")
    for name in ("rules.yml", "action-2024/assessment.yml"):
        yield name, str(plain_yaml((ROOT / "plan" / name).read_text("utf-8")))


def test_staff_are_spoken_to_in_their_own_words(real_book: Book) -> None:
    assert [name for name, text in words_for_staff(real_book) if TOOL_WORDS.search(text)] == []


def test_a_town_reads_of_the_other_towns_on_paper_and_on_its_page_alike(
    real_book: Book, pages: dict[str, str]
) -> None:
    duties = {duty.row.label: duty for duty in real_book.task_lists["dongjie"].rows}
    texts = {label: other_party_texts(real_book.graph, real_book.terms, duty) for label, duty in duties.items()}
    assert texts["方案-14"][-1] == "●其他镇(街道)（待确认）等"
    assert texts["方案-20"][-1] == "○其他相关镇(街道)（待确认）"
    assert texts["行动-03"] == ("◆其他镇(街道)（待确认）", "◆区生态环境分局")
    assert texts["方案-25"] == ("▲区生态环境分局", "●其他镇(街道)（待确认）", "●各有关部门（待确认）")
    page = re.sub(r"\(\.\.[^)]*\.html\)|[\[\]]", "", pages["units/dongjie.md"])
    paper = document_text(task_list_word.draw_task_list(real_book, Item("dongjie")))
    for others in texts.values():
        assert "⏎".join(others) in paper
        assert "、".join(others).replace("（待确认）", "待确认") in page
    assert not any("各镇(街道)" in other for others in texts.values() for other in others)


def test_a_unit_that_stands_last_in_an_open_list_still_reads_that_it_goes_on(real_book: Book) -> None:
    duties = {duty.row.label: duty for duty in real_book.task_lists["administrative-approval"].rows}
    others = other_party_texts(real_book.graph, real_book.terms, duties["方案-01"])
    assert others[-2:] == ("▲区生态环境分局等", "○各镇(街道)（待确认）")


def test_every_open_list_shows_deng_in_the_ledger_page_and_in_the_papers(
    real_book: Book, pages: dict[str, str]
) -> None:
    lines = {line.split("](")[0].lstrip("| ["): line for line in pages["ledger.md"].splitlines()}
    for row in real_book.rows:
        listed = listed_party_texts(real_book.graph, real_book.terms, row, *Role)
        goes_on = "remark.open" in row.remarks
        assert any("等" in line for line in listed) == goes_on
        assert bool(re.search(r"\.html\)(待确认)?等", lines[row.label])) == goes_on


def test_a_time_that_holds_under_a_condition_shows_it_and_an_inferred_one_its_mark(real_book: Book) -> None:
    rows = {row.label: row for row in real_book.rows}
    times = deadline_texts(real_book.terms, (found for _, found in rows["方案-21"].deadlines))
    assert times == ("继续坚持", "每日（重污染天气应对工作机制的要求）", "持续开展")
    times = deadline_texts(real_book.terms, (found for _, found in rows["行动-02"].deadlines))
    assert times == ("2024年采暖季前※",)


def test_an_office_that_only_the_text_names_is_not_said_to_have_no_duties(
    real_book: Book, pages: dict[str, str]
) -> None:
    found = tasks_naming(real_book.graph, "environment-committee-office")
    assert [task.label for task in found] == ["方案-26"]
    page = pages["units/environment-committee-office.md"]
    assert "责任括号未列本单位；方案-26正文写有职责。" in page
    assert "原文没有为本单位列出任务" not in page
    assert tasks_naming(real_book.graph, "housing-construction") == ()


def test_a_measure_page_says_of_the_very_time_that_it_came_too_late(pages: dict[str, str]) -> None:
    rows = [line for line in pages["measures/action-2024-07.md"].splitlines() if line.startswith("| [2024年")]
    assert ["早于印发日期，原文如此，待核" in row for row in rows] == [True, False]
    assert "早于印发日期" not in pages["measures/action-2024-11.md"]


def test_a_page_of_a_unit_remarks_a_name_that_may_not_be_its_own(pages: dict[str, str]) -> None:
    page = pages["units/development-reform.md"]
    assert page.count("原文写作“区发改(能源)局”，是否同一单位待确认") == 8
    assert "原文写作" not in pages["units/housing-construction.md"]


def test_an_uncertain_member_of_a_group_is_told_apart_from_an_unconfirmed_one(real_book: Book) -> None:
    duty = next(duty for duty in real_book.task_lists["dongjie"].rows if duty.row.label == "行动-10")
    text = document_text(task_list_word.draw_task_list(real_book, Item("dongjie")))
    assert not duty.certain
    assert "◆责任单位⏎经“各相关镇(街道)”承担（是否涉及待确认）" in text
    assert "经“各镇(街道)”承担（待确认）" in text
    settled = dataclasses.replace(duty, certain=True)
    assert settled.remarks[-1] == "remark.membership_unknown"
