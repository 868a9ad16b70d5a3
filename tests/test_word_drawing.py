"""Drawing Word papers: text stays text, bytes repeat, templates may be restyled and say what is wrong with them."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.findings import PlanError
from generator.forms import draw_form
from generator.office.word import Identity, draw_word
from generator.office.word_controls import Control, ControlKind
from generator.office.word_structure import numbered
from generator.office.word_template import with_font_fallbacks, with_protection
from generator.renderers import responsibility_table, task_list_word
from generator.renderers.deliverables import Item
from tests.case_files import cases
from tests.properties import examples
from tests.word_documents import AS_OF, NAMES, PAPERS, ROOT, W, book_of, find, part, parts, text_of

TEMPLATE = ROOT / "templates" / "word" / "responsibility_table.docx"
ROW = ("label", "title", "text", "deadlines", "lead", "responsible", "support")
IDENTITY = Identity("planbook:test", "标题", AS_OF)
HOSTILE = [case["text"] for case in cases("hostile_texts.yml")]
HOSTILE += [
    "{{ unit }}",
    "{% for %}",
    "{_{ 不展开 }_}",
    "{%tr endfor %}",
    "{#注#}",
    "</w:t></w:r>",
    "&amp;&#65;",
    "“'\"’",
    "\a\f\x0b",
]
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def context(text: str, rows: int = 1) -> dict[str, object]:
    row = {"number": 1, **dict.fromkeys(ROW, text)}
    return {
        "basis": text,
        "as_of": "2024年6月30日",
        "parts": [{"title": text, "rows": [row] * rows}],
        "notes": [text],
    }


def expected(text: str) -> str:
    """Every line end is one, and what XML cannot hold is shown as a sign."""
    return FORBIDDEN.sub("�", re.sub("\r\n?|\u2028|\u2029", "\n", text))


def assert_comes_back(text: str) -> None:
    body = part(draw_word(TEMPLATE, context(text), IDENTITY))
    cells = find(body, "//w:tbl/w:tr[last()]/w:tc")
    assert [text_of(cell) for cell in cells[2:]] == [expected(text)] * 5
    assert text_of(find(body, "//w:tbl/w:tr[2]/w:tc")[0]) == expected(text)


@given(st.text())
@settings(max_examples=examples(80), deadline=None)
def test_any_text_comes_out_as_it_is(text: str) -> None:
    assert_comes_back(text)


@pytest.mark.parametrize("text", HOSTILE, ids=repr)
def test_text_that_looks_like_markup_or_a_template_stays_text(text: str) -> None:
    assert_comes_back(text)


@given(
    st.text(max_size=30), st.text(max_size=80), st.lists(st.text(min_size=1, max_size=10), max_size=3, unique=True)
)
@settings(max_examples=examples(40), deadline=None)
def test_a_control_holds_any_words(title: str, placeholder: str, choices: list[str]) -> None:
    for kind in ControlKind:
        control = Control("a/b", "cc_a", title, placeholder, kind, tuple(choices))
        root = etree.fromstring(f'<w:p xmlns:w="{NAMES["w"]}">{numbered(control.__html__())}</w:p>')
        assert text_of(root).replace("\n", " ").split() == expected(placeholder).split()
        offered = find(root, "//w:listItem/@w:value")
        assert len(offered) == (len(choices) if kind is ControlKind.CHOICE else 0)


def edited(folder: Path, change: Callable[[str], str], name: str = "word/document.xml") -> Path:
    """The template with one part changed."""
    path = folder / "edited.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for part_name, content in parts(TEMPLATE.read_bytes()).items():
            archive.writestr(part_name, change(content.decode()).encode() if part_name == name else content)
    return path


def test_a_template_that_word_saved_anew_with_its_tags_torn_apart_still_works(tmp_path: Path) -> None:
    torn = "{{ </w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr><w:t>row.title</w:t></w:r><w:r><w:t> }}"
    template = edited(tmp_path, lambda xml: xml.replace("{{ row.title }}", torn))
    assert "深化扬尘" in text_of(part(draw_word(template, context("深化扬尘"), IDENTITY)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda xml: xml.replace("row.title", "row.titel"), "titel"),
        (lambda xml: xml.replace("{%tr endfor %}", "", 1), "endfor"),
        (lambda xml: xml.replace("{{ row.title }}", "{{ row.title"), "模板不能使用"),
    ],
    ids=["unknown name", "loop left open", "tag left open"],
)
def test_a_spoilt_template_is_a_finding_with_its_place(
    tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    with pytest.raises(PlanError) as caught:
        draw_word(edited(tmp_path, change), context("x"), IDENTITY)
    (found,) = caught.value.findings
    assert str(found.place).startswith("templates/word/edited.docx")
    assert said in found.message


def test_what_a_template_prints_within_a_tag_stays_there(tmp_path: Path) -> None:
    template = edited(
        tmp_path,
        lambda xml: xml.replace('w:type="dxa"', 'w:type="{{ basis }}"', 1).replace(
            "<w:tr>", '<w:tr w:rsidR="{{ parts[0].title }}">', 1
        ),
    )
    hostile = "\"/><w:p w:x='甲&乙'"
    body = part(draw_word(template, context(hostile), IDENTITY))
    assert find(body, "//w:tblW/@w:type")[0] == hostile
    assert find(body, "//w:tr/@w:rsidR") == [hostile]


def test_a_template_whose_drawing_is_no_xml_is_a_finding(tmp_path: Path) -> None:
    torn = edited(tmp_path, lambda xml: xml.replace("{{ basis }}", "{{ '&lt;w:p&gt;' | safe }}"))
    with pytest.raises(PlanError, match="模板不能使用"):
        draw_word(torn, context("x"), IDENTITY)


def test_a_row_that_holds_a_table_is_drawn_with_it(tmp_path: Path) -> None:
    inner = (
        '<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="500" '
        'w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:r><w:t>{{ row.text }}</w:t></w:r></w:p></w:tc>'
        "</w:tr></w:tbl><w:p/></w:tc>"
    )
    template = edited(
        tmp_path,
        lambda xml: re.sub(r"(\{\{ row\.title \}\}(?:(?!</w:tc>).)*)</w:tc>", lambda found: found[1] + inner, xml),
    )
    body = part(draw_word(template, context("长" * 30), IDENTITY))
    (held,) = find(body, "//w:tc/w:tbl/w:tr")
    assert not find(held, "w:trPr/w:cantSplit")
    assert find(held, "w:tc/w:tcPr/w:vAlign/@w:val") == ["top"]
    assert find(held, "ancestor::w:tr/w:trPr/w:cantSplit")


def test_a_template_that_is_no_word_document_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "old.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old .doc renamed")
    with pytest.raises(PlanError, match="模板不能使用"):
        draw_word(path, context("x"), IDENTITY)


def test_marks_of_an_editing_session_do_not_repeat_with_the_rows(tmp_path: Path) -> None:
    spaces = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="1A2B3C4D"'
    go_back = '<w:bookmarkStart w:id="0" w:name="here"/><w:bookmarkEnd w:id="0"/>'
    template = edited(
        tmp_path,
        lambda xml: re.sub(
            r"<w:p>(.*?</w:pPr>)(?=<w:r><w:t [^>]*>\{\{ row\.title)", rf"<w:p {spaces}>\1{go_back}", xml
        ),
    )
    drawn = draw_word(template, context("x", rows=3), IDENTITY)
    assert b"paraId" not in parts(drawn)["word/document.xml"]
    ids = find(part(drawn), "//w:bookmarkStart/@w:id")
    assert len(ids) == 3
    assert len(set(ids)) == 3
    assert find(part(drawn), "//w:bookmarkEnd/@w:id") == ids


@pytest.mark.parametrize(("length", "whole"), [(40, True), (280, True), (700, False)])
def test_only_a_tall_row_may_break_across_pages(length: int, whole: bool) -> None:
    cells = {"number": 1, **dict.fromkeys(ROW, "短"), "text": "长" * length}
    made = {**context("短"), "parts": [{"title": "短", "rows": [cells]}]}
    row = find(part(draw_word(TEMPLATE, made, IDENTITY)), "//w:tbl/w:tr[last()]")[0]
    assert bool(find(row, "w:trPr/w:cantSplit")) == whole
    assert set(find(row, "w:tc/w:tcPr/w:vAlign/@w:val")) == ({"center"} if whole else {"top"})


def test_a_face_without_other_names_gets_them_and_own_ones_are_kept() -> None:
    table = f'<w:fonts xmlns:w="{NAMES["w"]}"><w:font w:name="仿宋"><w:charset w:val="86"/></w:font>'
    table += '<w:font w:name="黑体"><w:altName w:val="某黑"/></w:font><w:font w:name="Arial"/></w:fonts>'
    root = etree.fromstring(with_font_fallbacks(table.encode()))
    assert [find(font, "w:altName/@w:val") for font in root] == [
        ["仿宋_GB2312,FangSong,华文仿宋,STFangsong"],
        ["某黑"],
        [],
    ]
    assert root[0][0].tag == f"{W}altName"


def test_protection_stands_where_the_schema_wants_it_and_once() -> None:
    settings_xml = (
        f'<w:settings xmlns:w="{NAMES["w"]}"><w:zoom/><w:trackRevisions/><w:documentProtection w:edit="none"/>'
    )
    settings_xml += "<w:defaultTabStop/><w:evenAndOddHeaders/></w:settings>"
    root = etree.fromstring(with_protection(settings_xml.encode()))
    names = [child.tag.removeprefix(W) for child in root]
    assert names == ["zoom", "trackRevisions", "documentProtection", "defaultTabStop", "evenAndOddHeaders"]
    assert dict(root[2].attrib) == {f"{W}edit": "forms", f"{W}enforcement": "1"}


def papers() -> list[bytes]:
    book = book_of(PAPERS)
    drawn = [draw_form(book, form) for form in book.forms.values()]
    drawn += [task_list_word.draw_task_list(book, Item(unit)) for unit in book.units]
    return [*drawn, responsibility_table.draw_responsibility_table(book, Item("all"))]


def test_equal_books_give_equal_bytes_whatever_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    before = papers()
    later = time.gmtime(2_000_000_000)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    monkeypatch.setattr(time, "gmtime", lambda *_: later)
    assert papers() == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_equal_books_give_equal_bytes_in_another_process(seed: str) -> None:
    script = "import hashlib; from tests.test_word_drawing import papers; print(hashlib.sha256(b''.join(papers())).hexdigest())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}", "PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == hashlib.sha256(b"".join(papers())).hexdigest()


def test_another_day_changes_the_stamps_and_nothing_else() -> None:
    drawn, later = (
        draw_word(TEMPLATE, context("x"), Identity("i", "t", day)) for day in (AS_OF, date(2025, 1, 1))
    )
    changed = {name for name, content in parts(drawn).items() if parts(later)[name] != content}
    assert changed == {"docProps/core.xml"}
    assert b"2025-01-01T00:00:00Z" in parts(later)["docProps/core.xml"]


def test_who_saved_the_template_last_does_not_travel(tmp_path: Path) -> None:
    name = "<cp:lastModifiedBy>某人</cp:lastModifiedBy><cp:revision>7</cp:revision></cp:coreProperties>"
    template = edited(tmp_path, lambda xml: xml.replace("</cp:coreProperties>", name), "docProps/core.xml")
    core = parts(draw_word(template, context("x"), IDENTITY))["docProps/core.xml"].decode()
    assert "某人" not in core
    assert "<dc:identifier>planbook:test</dc:identifier>" in core
    assert "<dc:title>标题</dc:title>" in core


def test_a_whole_plan_of_hostile_texts_is_drawn_and_can_be_opened(tmp_path: Path) -> None:
    book = _hostile_book(tmp_path)
    for unit in book.units:
        drawn = task_list_word.draw_task_list(book, Item(unit))
        assert "<关停>&{{ 7*7 }}{% endfor %}" in text_of(part(drawn))
        assert zipfile.ZipFile(io.BytesIO(drawn)).testzip() is None
    for form in book.forms.values():
        assert "49" not in text_of(part(draw_form(book, form)))


def _hostile_book(folder: Path) -> Any:
    shutil.copytree(PAPERS, folder, dirs_exist_ok=True)
    for path in folder.glob("plan/*/measures/*.yml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"title: .*", "title: '<关停>&{{ 7*7 }}{% endfor %}\"]]>'", text, count=1), "utf-8")
    return book_of(folder)
