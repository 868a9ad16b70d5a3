"""Whatever is written into a form comes back from it equal: through the file, into progress/, through LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.book import Book
from generator.forms.answers import storable
from generator.forms.collection import collect
from generator.forms.monthly_marks import MonthlyAnswer
from generator.forms.monthly_paper import draw_monthly_paper, word_tag
from generator.forms.monthly_reader import read_monthly_paper, read_monthly_workbook, written
from generator.forms.sheets import read_workbook
from generator.forms.word_answers import read_word
from tests.properties import examples
from tests.returned_forms import again, book_in, fill, fill_word, form_of, saved, workbook_of
from tests.test_ledger import STAMPS

TEXT = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff", whitelist_characters="\n\t"
    ),
    min_size=1,
    max_size=300,
).filter(lambda text: written("progress", text))
HARD = (
    "=SUM(A1:A9)",
    "+86 13800138000",
    "@张三",
    "第一行\n第二行\n\n第四行",
    "“引号”'单引号'\"双引号\"<b>&amp;</b>",
    "😀👨‍👩‍👧‍👦🇨🇳",
    "{{ plan }} {% raw %} _x000D_ _x005F_",
    "  前后有空格  ",
    "null",
    "2024-09-30",
    "0012",
    "- 列表: [a, b] # 注",
    "长" * 10_000,
    "true\ttab",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book_in(tmp_path_factory.mktemp("plan"))


def escape(text: str) -> str:
    """As Excel writes it: openpyxl leaves what looks like an escape as it is, and Excel would read it as one."""
    return re.sub("_x(?=[0-9A-Fa-f]{4}_)", "_x005F_x", text)


def through_excel(book: Book, text: str) -> str:
    workbook = fill(workbook_of(book, "housing"), {"要点-01": {"state": "正常推进"}})
    cell = workbook.worksheets[0]["P4"]
    cell.value = escape(text)
    cell.data_type = "s"
    buffer = io.BytesIO()
    workbook.save(buffer)
    form = read_monthly_workbook(read_workbook(buffer.getvalue()), book.terms)
    return next(row.answers["progress"] for row in form.rows if row.task == "要点-01")


def through_word(book: Book, text: str) -> str:
    tag = word_tag("要点-01", STAMPS["要点-01"], MonthlyAnswer.PROGRESS)
    content = fill_word(draw_monthly_paper(book, form_of(book, "housing")), {tag: text})
    form = read_monthly_paper(read_word(content), book.terms, {})
    return next(row.answers["progress"] for row in form.rows if row.task == "要点-01")


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
def test_any_text_comes_back_from_a_workbook(book: Book, text: str) -> None:
    assert through_excel(book, text) == text


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
def test_any_text_comes_back_from_a_word_form(book: Book, text: str) -> None:
    assert through_word(book, text) == text


@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:12])
def test_the_hardest_texts_come_back_and_are_stored_as_they_are(tmp_path: Path, text: str) -> None:
    book = book_in(tmp_path)
    assert through_excel(book, text) == text
    assert through_word(book, text) == text
    workbook = fill(workbook_of(book, "housing"), {"要点-01": {"state": "正常推进"}})
    cell = workbook.worksheets[0]["P4"]
    cell.value = escape(text)
    cell.data_type = "s"
    saved(workbook, tmp_path / "returns/a.xlsx")
    collect(book, [tmp_path / "returns"])
    report = again(book).plan("annual-2024").returns[0].row_by_task["要点-01"]
    assert report.progress == text


@settings(max_examples=examples(200), deadline=None)
@given(st.text())
def test_what_cannot_be_stored_is_replaced_and_nothing_else(text: str) -> None:
    kept = storable(text)
    assert kept.count("�") >= text.count("�")
    assert len(kept) <= len(text)


def convert(path: Path, to: str, profile: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=120
    )
    return path.with_suffix(f".{to.split(':')[0]}")


LIBRE = [text for text in HARD if text not in {"  前后有空格  ", "true\ttab"}]


@pytest.mark.slow
def test_the_hardest_texts_come_back_from_a_workbook_that_libreoffice_saved(tmp_path: Path) -> None:
    """.xlsx → .ods → .xlsx, all texts in one form of many rows."""
    book = book_in(tmp_path)
    for place, text in enumerate(LIBRE):
        workbook = fill(workbook_of(book, "housing"), {"要点-01": {"state": "正常推进"}})
        sheet = workbook.worksheets[0]
        for cell, value in ((sheet["P4"], text), (sheet["Q4"], LIBRE[-1 - place])):
            cell.value, cell.data_type = escape(value), "s"
        if place in {0, 3, 5, 6, 12}:
            path = saved(workbook, tmp_path / f"made/{place}.xlsx")
            again_saved = convert(convert(path, "ods", tmp_path / "profile"), "xlsx", tmp_path / "profile")
            form = read_monthly_workbook(read_workbook(again_saved.read_bytes()), book.terms)
            row = next(row for row in form.rows if row.task == "要点-01")
            assert form.key
            assert (row.answers["progress"], row.answers["problems"]) == (text, LIBRE[-1 - place])


@pytest.mark.slow
@pytest.mark.parametrize("way", [("docx",), ("doc", "docx")], ids="-".join)
def test_a_word_form_that_libreoffice_saved_is_read(tmp_path: Path, way: tuple[str, ...]) -> None:
    """LibreOffice may drop tags; bookmarks, or number and heading, still tell what is what."""
    book = book_in(tmp_path)
    stamp = STAMPS["要点-01"]
    given = {
        "state": "滞后",
        "progress": "第一行\n“第二行”<&>{{ }}",
        "problems": "设备未到货😀",
        "evidence": "1、2",
    }
    tags = {word_tag("要点-01", stamp, MonthlyAnswer(key)): text for key, text in given.items()}
    path = tmp_path / "made/a.docx"
    path.parent.mkdir()
    path.write_bytes(fill_word(draw_monthly_paper(book, form_of(book, "housing")), tags))
    for step, to in enumerate(way):
        folder = tmp_path / f"step{step}"
        folder.mkdir()
        path = convert(
            Path(shutil.copy(path, folder)), to if to == "doc" else "docx:MS Word 2007 XML", tmp_path / "profile"
        )
        path = path if path.exists() else folder / "a.docx"
    (tmp_path / "returns").mkdir()
    shutil.copy(path, tmp_path / "returns/a.docx")
    collect(book, [tmp_path / "returns"])
    report = again(book).plan("annual-2024").returns[0].row_by_task["要点-01"]
    assert (report.progress, report.problems, report.evidence) == (
        given["progress"],
        given["problems"],
        ("1", "2"),
    )
    assert report.state == "behind"
