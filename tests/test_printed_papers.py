"""Task lists, matrix, division of responsibility and forms as LibreOffice prints them: nothing cut, no empty page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.book import Book
from generator.office.word import Identity, draw_word
from generator.project import packaged_templates
from generator.renderers.registry import PAPERS as DELIVERABLES
from generator.renderers.word_papers import WORD_PAPERS
from tests.printed_pages import A3, A4, Sheet, print_papers
from tests.word_documents import AS_OF, PAPERS, book_of

# Needs LibreOffice.
pytestmark = pytest.mark.slow

UNITS = ("ecology-environment", "beishidian", "education-science")
"""The busiest, a town, and a department that only the scheme names."""
KINDS = ("task_list_word", "task_list_excel", "assessment_form_word", "responsibility_table_word", "matrix")
HEADS = {
    "task_list_word": (
        ("任务编号", "重点任务", "本单位职责", "共同责任单位", "目标值"),
        ("任务编号", "承担", "有异议及理由", "签收"),
    ),
    "task_list_excel": (("任务编号", "重点任务", "共同责任单位"), ("任务编号", "异议理由"), ("项目", "说明")),
    "assessment_form_word": (
        ("考核项目", "考核内容", "目标值", "完成情况"),
        ("被考核单位意见", "考核组意见", "区环委会审定意见"),
        ("编号", "材料名称", "文号或日期", "页数"),
    ),
    "responsibility_table_word": (("重点任务", "工作措施", "完成时限", "牵头单位", "责任单位", "配合单位"),),
    "matrix": (("任务编号", "重点任务", "合计"), ("序号", "单位"), ("项目", "说明")),
    "monthly_form": (("任务编号", "重点任务及内容"),),
}
"""Words of the head of every table, one of which stands on every page that has a table."""
TITLES = {
    "task_list_word": "重点任务清单",
    "task_list_excel": "重点任务清单",
    "assessment_form_word": "年度重点任务考核表",
    "responsibility_table_word": "责任分工表",
    "matrix": "责任矩阵",
    "monthly_form": "调度表",
}
LEAST = 22
"""Characters of the fullest nearly empty page: the head and the numbers of five rows to fill in."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, real_book: Book) -> dict[str, list[Sheet]]:
    """One paper of each kind and unit of the real plan, the forms of a made-up one, page by page."""
    folder = tmp_path_factory.mktemp("papers")
    files = []
    for name, content in (*_downloads(real_book), *_forms(book_of(PAPERS))):
        files.append(folder / name)
        files[-1].write_bytes(content)
    return print_papers(files, folder)


def _downloads(book: Book) -> Iterator[tuple[str, bytes]]:
    for kind in (found for found in DELIVERABLES if found.key in KINDS):
        for item in kind.items(book):
            if item.owner in {*UNITS, "all"}:
                yield f"{kind.key}.{item.owner}{Path(kind.path(book, item)).suffix}", kind.draw(book, item)


def _forms(book: Book) -> Iterator[tuple[str, bytes]]:
    for name, key in (("assessment_form", "assessment_form_word"), ("monthly_form", "monthly_form")):
        for number, context in enumerate(WORD_PAPERS[name].contexts(book)):
            template = packaged_templates() / WORD_PAPERS[name].template
            yield f"{key}.{number}.docx", draw_word(template, context, Identity("i", "t", AS_OF), protected=True)


def test_one_of_each_kind_is_printed(printed: dict[str, list[Sheet]]) -> None:
    assert {name.split(".")[0] for name in printed} == {*KINDS, "monthly_form"}
    assert len([name for name in printed if name.endswith(UNITS)]) == 3 * len(UNITS)


def test_no_page_is_empty_and_every_page_has_its_number(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        for number, page in enumerate(pages, 1):
            assert f"—{number}—" in page.text, (name, number)
            assert page.tables or len(page.text) > 2 * LEAST, (name, number, page.text)
            assert len(page.text) >= LEAST, (name, number, page.text)


def test_every_page_lies_and_nothing_leaves_the_paper(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        for number, page in enumerate(pages, 1):
            wanted = A3 if name.startswith("matrix") and number <= 2 else A4
            assert page.size == (wanted[1], wanted[0]), (name, number)
            assert page.within, (name, number)


def test_the_title_stands_on_the_first_page_and_a_head_over_every_table(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        kind = name.split(".")[0]
        assert TITLES[kind] in pages[0].text, name
        for number, page in enumerate(pages, 1):
            if page.tables:
                stands = any(all(word in page.text for word in head) for head in HEADS[kind])
                assert stands, (name, number, page.text[:160])


def test_the_list_of_evidence_stands_on_one_page(printed: dict[str, list[Sheet]]) -> None:
    for name, pages in printed.items():
        if name.startswith("assessment_form"):
            (page,) = [page for page in pages if "编号任务编号材料名称文号或日期页数" in page.text]
            assert re.search("页数12345", page.text), (name, page.text[-80:])


def test_every_task_of_the_busiest_unit_is_printed_whole(printed: dict[str, list[Sheet]], real_book: Book) -> None:
    """Running text across page breaks: the heads that stand between are left out."""
    pages = printed["task_list_word.ecology-environment"]
    text = "".join(page.text for page in pages)
    for duty in real_book.task_lists["ecology-environment"].rows:
        assert duty.row.label in text, duty.row.label
