"""A template that the office restyled draws its paper in the new looks, holds any text, and is still read back."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image

from generator.book import Book
from generator.findings import has_errors
from generator.forms import draw_form
from generator.forms.annual_reader import read_annual_form
from generator.forms.fields import form_fields, form_key
from generator.forms.monthly_marks import MonthlyAnswer
from generator.forms.monthly_paper import draw_monthly_paper, word_tag
from generator.forms.monthly_reader import read_monthly_paper
from generator.forms.word_answers import read_word
from generator.office.word import Identity, draw_word
from generator.office.word_controls import Control
from generator.project import packaged_templates
from generator.renderers.word_papers import WORD_PAPERS
from generator.templating.template import read_template
from generator.templating.word_check import names_asked
from generator.templating.word_templates import check_templates, copy_template
from tests.returned_forms import book_in, fill_word, form_of
from tests.test_ledger import STAMPS
from tests.word_documents import AS_OF, PAPERS, book_of, find, part, parts, text_of

HOSTILE = "<b>&amp;\"引号“'{{ 7*7 }}{% endfor %}{#"


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_text_that_looks_like_markup_or_tags_comes_out_as_it_is(name: str) -> None:
    """Every text of every paper, wherever its template prints it."""
    context = next(iter(WORD_PAPERS[name].contexts(book_of(PAPERS))))
    marks = Marks()
    spoilt = marks.spoilt(context)
    template = packaged_templates() / WORD_PAPERS[name].template
    drawn = draw_word(template, spoilt, Identity("i", HOSTILE, AS_OF))
    shown = text_of(part(drawn))
    assert "49" not in shown.replace("{{ 7*7 }}", "").translate(DIGITS_OF_MARKS)
    asked = set(names_asked(read_template(template.read_bytes())))
    printed = {path: found for path, found in marks.found.items() if path in asked}
    assert printed
    for path, texts in printed.items():
        assert any(text in shown for text in texts), path


DIGITS_OF_MARKS = str.maketrans("", "", "⓪①②③④⑤⑥⑦⑧⑨")


class Marks:
    """Replaces every text of a context by a hostile one with a number of its own, remembered by path."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self.count = 0

    def spoilt(self, value: Any, path: str = "") -> Any:
        if isinstance(value, Control):
            return value._replace(title=HOSTILE, placeholder=self._text(path))
        if hasattr(value, "__html__"):
            return value
        if isinstance(value, Mapping):
            return {key: self.spoilt(child, f"{path}.{key}".lstrip(".")) for key, child in value.items()}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [found.name for found in dataclasses.fields(value)]
            return {name: self.spoilt(getattr(value, name), f"{path}.{name}".lstrip(".")) for name in names}
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [self.spoilt(child, f"{path}[]") for child in value]
        return self._text(path) if isinstance(value, str) else value

    def _text(self, path: str) -> str:
        self.count += 1
        number = "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in str(self.count))
        text = f"{HOSTILE}{number}。"
        self.found.setdefault(path, []).append(text)
        return text


@pytest.fixture(scope="module")
def logo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 60), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def restyle(path: Path, logo: bytes, row_tag: str, extra: str) -> None:
    """What staff do in Word: another face for title and cells, a picture above the title, one more column."""
    document = Document(str(path))
    for name, face in (("PaperTitle", "华文中宋"), ("TableText", "楷体")):
        style = next(style for style in document.styles if style.style_id == name)
        style.font.size = Pt(20) if name == "PaperTitle" else style.font.size
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    document.paragraphs[0].insert_paragraph_before().add_run().add_picture(io.BytesIO(logo), width=Cm(1))
    table = document.tables[0]
    table.add_column(Cm(1))
    for row in table._tbl.tr_lst:
        words = "".join(found.text or "" for found in row.iter(qn("w:t")))
        cell = row.tc_lst[-1]
        if row_tag in words and "{%tr" not in words:
            cell.p_lst[0].add_r().text = extra
        elif row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None:
            cell.p_lst[0].add_r().text = "加列"
    document.save(str(path))


def restyled(book: Book, name: str, logo: bytes, row_tag: str, extra: str) -> None:
    path = copy_template(book.project, WORD_PAPERS[name])
    restyle(path, logo, row_tag, extra)
    assert book.project.template(WORD_PAPERS[name].template) == path
    assert not has_errors(tuple(check_templates(book)))


def looks(drawn: bytes) -> Iterator[str]:
    styles = part(drawn, "word/styles.xml")
    for name in ("PaperTitle", "TableText"):
        yield from find(styles, f"//w:style[@w:styleId='{name}']/w:rPr/w:rFonts/@w:eastAsia")


def assert_restyled(drawn: bytes, columns: int, filled: int) -> None:
    """New faces, the picture, the column with its heading and as many cells filled as there are rows."""
    assert list(looks(drawn)) == ["华文中宋", "楷体"]
    assert any(name.startswith("word/media/") for name in parts(drawn))
    rows = [[text_of(cell) for cell in find(row, "w:tc")] for row in find(part(drawn), "//w:tbl[1]/w:tr")]
    assert rows[0][-1] == "加列"
    assert sum(len(row) == columns and row[-1].startswith("加：") for row in rows) == filled


def test_a_restyled_assessment_form_is_drawn_and_read_back(tmp_path: Path, logo: bytes) -> None:
    book = book_in(tmp_path)
    restyled(book, "assessment_form", logo, "{{ row.content }}", "加：{{ row.item }}")
    key, form = next((key, form) for key, form in book.forms.items() if form.rows)
    fields = [field for field in form_fields(form) if field.answer.value == "progress"]
    drawn = draw_form(book, form)
    rows = len(form.rows) + len(form.common) + len(form.adjustments) + len(form.air_quality)
    assert_restyled(drawn, 14, rows)
    filled = fill_word(drawn, {field.tag: f"第{place}项“<完成>”\n{HOSTILE}" for place, field in enumerate(fields)})
    back = read_annual_form(read_word(filled), form_key(form), book, form)
    told = [row.answers["progress"] for row in back.rows if "progress" in row.answers]
    assert key == (form.plan, form.unit)
    assert [text.split("\n")[1] for text in told] == [HOSTILE] * len(told)
    assert len(told) == len(fields) == rows


def test_a_restyled_monthly_form_is_drawn_and_read_back(tmp_path: Path, logo: bytes) -> None:
    book = book_in(tmp_path)
    restyled(book, "monthly_form", logo, "{{ row.task }}", "加：{{ row.symbol }}")
    drawn = draw_monthly_paper(book, form_of(book, "housing"))
    assert_restyled(drawn, 16, len(form_of(book, "housing").rows))
    tag = word_tag("要点-01", STAMPS["要点-01"], MonthlyAnswer.PROGRESS)
    form = read_monthly_paper(read_word(fill_word(drawn, {tag: HOSTILE})), book.terms, {})
    assert next(row.answers["progress"] for row in form.rows if row.task == "要点-01") == HOSTILE
