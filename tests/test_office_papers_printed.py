"""The office's papers as LibreOffice prints them: no empty page, one page wide, title, heads on every page, — 1 —."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.analysis.supervision import supervision_orders
from generator.model import Period, PeriodKind
from generator.office.word import Identity, draw_word
from generator.pipeline import build_book, render_papers
from generator.project import Project
from generator.renderers import supervision_word
from generator.renderers.office_papers import Issue
from tests.printed_pages import A3, A4, Sheet, print_papers
from tests.test_office_ledger import EXTRA, LATER
from tests.year_of_papers import DAY, MONTH, MONTH_EDITS, YEAR_EDITS, book_of_month, book_of_year

# Needs LibreOffice.
pytestmark = pytest.mark.slow

HEADS = {
    "通报": ("单位承担数", "任务编号及内容"),
    "催报名单": ("序号单位报送情况",),
    "拟督办": ("序号任务编号重点任务",),
    "考核汇总表": ("序号单位",),
    "任务台账": ("序号任务编号来源", "序号任务编号重点任务", "序号日期任务编号", "单位2024年", "项目说明"),
}
"""What the head of each table says, as read without blanks."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, real_project: Project) -> dict[str, list[Sheet]]:
    """Every paper of a month and a year of the small plan, and of the real plan without returns, page by page."""
    folder = tmp_path_factory.mktemp("papers")
    month = book_of_month(folder / "month")
    year = book_of_year(folder / "year", *YEAR_EDITS, EXTRA, LATER)
    real = build_book(real_project, date(2024, 10, 8))
    wanted = (
        ("小", month, "annual-2024", MONTH),
        ("小", year, "annual-2024", "2024"),
        ("实", real, "action-2024", "2024-09"),
        ("实", real, "action-2024", "2024"),
    )
    files = []
    for prefix, book, plan, written in wanted:
        period = Period.parse(written)
        assert period
        for artifact in render_papers(book, Issue(plan, period)):
            files.append(folder / f"{prefix}{artifact.path}")
            files[-1].write_bytes(artifact.content)
    return print_papers(files, folder)


def test_every_kind_of_paper_is_printed(printed: dict[str, list[Sheet]]) -> None:
    for kind in ("通报", "催报名单", "拟督办事项建议清单", "督办函", "反馈单", "任务台账", "考核汇总表"):
        assert any(kind in name for name in printed), kind


def test_no_page_is_empty_and_every_page_says_that_it_is_internal(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        for number, page in enumerate(pages, 1):
            assert f"—{number}—" in page.text, (name, number)
            assert "内部资料" in page.text[:40], (name, number)
            assert len(page.text) > 40, (name, number, page.text)


def test_every_paper_is_one_page_wide_on_a_known_sheet(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        for page in pages:
            assert tuple(sorted(page.size)) in (A4, A3), (name, page.size)
            assert page.within, name


def test_letters_stand_upright_and_tables_lie(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        upright = "通报" in name or "函" in name
        assert all((page.size[0] < page.size[1]) == upright for page in pages), name


def test_one_matter_stands_on_one_page(printed: dict[str, list[Sheet]]) -> None:
    letters = [pages for name, pages in printed.items() if "函" in name]
    assert len(letters) >= 2
    assert all(len(pages) == 1 for pages in letters)


def test_title_on_the_first_page_and_heads_on_every_page_with_a_table(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        assert re.search("通报|名单|清单|函|反馈单|汇总表|台账", pages[0].text[:80]), name
        heads = next((found for kind, found in HEADS.items() if kind in name), ())
        for page in pages:
            if heads and page.tables:
                assert any(head in page.text for head in heads), (name, page.text[:160])


def test_the_long_ledger_of_the_real_plan_repeats_its_head(printed: dict[str, list[Sheet]]) -> None:
    pages = next(pages for name, pages in printed.items() if name.startswith("实2024年9月任务台账"))
    assert sum("环委办认定" in page.text and "单位自报" in page.text for page in pages) > 3


def test_the_longest_task_and_the_longest_requirement_stay_on_one_page(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *MONTH_EDITS)
    row = max(book.rows, key=lambda one: len(one.text))
    long = replace(row, text="为做好这项工作，要按照职责分工抓紧组织实施并按时报送进展。" * 40)
    november = Period.holding(DAY, PeriodKind.MONTH)
    (order,) = supervision_orders(book.graph, book.ledger, book.plan("annual-2024"), book.rows, november)
    order = replace(order, row=long, supervision=order.supervision.model_copy(update={"requirement": "办" * 200}))
    for template in (supervision_word.ORDER, supervision_word.REPLY):
        context = supervision_word.reply_context(book, order)
        drawn = draw_word(book.project.template(template), context, Identity("i", "t", DAY, book.internal_mark))
        path = tmp_path / Path(template).name
        path.write_bytes(drawn)
        (pages,) = print_papers([path], tmp_path).values()
        assert len(pages) == 1, template
