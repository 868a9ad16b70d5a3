"""What an office prints at the head of every page and paper: 示例数据, 试运行."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator.analysis.monthly import monthly_form
from generator.book import Book
from generator.forms import draw_form
from generator.forms.collection import collect
from generator.forms.monthly_paper import draw_monthly_paper
from generator.forms.monthly_workbook import draw_monthly_workbook
from generator.model import Period
from generator.office.word_page_mark import with_page_mark
from generator.renderers.registry import render_downloads
from tests.returned_forms import book_in, returned
from tests.word_documents import find, part, parts, text_of

MARK = '试运行 <&"> 样'
RULES = {"file": "rules.yml", "append": f"page_mark: '{MARK}'\n"}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book_in(tmp_path_factory.mktemp("marked"), edits=[RULES])


def papers(book: Book) -> dict[str, bytes]:
    """Every Word and Excel paper that the project makes, forms to fill in included."""
    found = {paper.path: paper.content for paper in render_downloads(book)}
    period = Period.parse("2024-09")
    assert period
    form = monthly_form(book.ledger, book.loaded.rules, "annual-2024", "housing", period)
    found |= {"a.xlsx": draw_monthly_workbook(book, form), "a.docx": draw_monthly_paper(book, form)}
    found |= {f"{unit}.docx": draw_form(book, one) for (_, unit), one in book.forms.items()}
    return found


def headers(docx: bytes) -> list[str]:
    """The text of every header part."""
    names = [name for name in parts(docx) if name.startswith("word/header")]
    return [text_of(part(docx, name)) for name in names]


def test_every_word_paper_has_the_mark_on_every_page(marked: Book) -> None:
    found = {path: content for path, content in papers(marked).items() if path.endswith(".docx")}
    assert len(found) > 5
    for path, content in found.items():
        assert headers(content) == [MARK], path
        first = find(part(content), "//w:sectPr")[0]
        kinds = {reference.get(f"{{{first.nsmap['w']}}}type") for reference in find(first, "w:headerReference")}
        assert kinds == {"default", "even", "first"}, path


def test_every_workbook_has_the_mark_in_its_note_and_on_its_printed_pages(marked: Book) -> None:
    found = {path: content for path, content in papers(marked).items() if path.endswith(".xlsx")}
    assert len(found) > 3
    for path, content in found.items():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            assert str(sheet.cell(2, 1).value).startswith(MARK), path
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert b"&amp;&amp;" in archive.read("xl/worksheets/sheet1.xml"), path


def test_without_a_mark_nothing_is_added(small_book: Book) -> None:
    for path, content in papers(small_book).items():
        assert path.endswith(".xlsx") or not path.endswith(".docx") or headers(content) == []


def test_a_template_with_a_header_of_its_own_keeps_it_below_the_mark(marked: Book) -> None:
    form = next(iter(marked.forms.values()))
    own = parts(draw_form(marked, form))
    own["word/header9.xml"] = own.pop("word/headerMark.xml")
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
        own[name] = own[name].replace(b"headerMark.xml", b"header9.xml").replace(b"rIdPageMark", b"rIdOwn")
    own["word/document.xml"] = own["word/document.xml"].replace(b"rIdPageMark", b"rIdOwn")
    drawn = dict(with_page_mark(own, "另一行"))
    assert text_of(part_of(drawn, "word/header9.xml")) == f"另一行{MARK}"
    assert b"rIdPageMark" not in drawn["word/document.xml"]


def part_of(package: dict[str, bytes], name: str) -> object:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in package.items():
            archive.writestr(path, content)
    return part(buffer.getvalue(), name)


def test_the_forms_of_a_marked_project_are_read_back_all_the_same(tmp_path: Path) -> None:
    book = book_in(tmp_path, edits=[RULES])
    path = returned(
        book, tmp_path / "returns", "housing", {"要点-01": {"state": "正常推进", "progress": "已建3公里。"}}
    )
    (account,) = collect(book, [path]).accounts
    assert (account.unit, account.taken) == ("housing", 1)
