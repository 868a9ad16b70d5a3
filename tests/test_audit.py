"""`planbook audit`: every paper that we draw keeps to GB/T 9704, and a paper that does not is told so with its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.shared import Mm
from PIL import Image

from generator.auditing.audit import POINTS, TOLD, audit
from generator.book import Book
from generator.cli import cli
from generator.office.word import Identity, draw_word
from generator.project import packaged_templates
from generator.renderers.registry import PAPERS as DELIVERABLES
from generator.renderers.word_papers import WORD_PAPERS
from tests.case_files import cases
from tests.word_documents import AS_OF, PAPERS, book_of, parts

CASES = cases("audit.yml")
BODY = "word/document.xml"
FACE = '<w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}"/><w:sz w:val="32"/></w:rPr>'
PROSE = "按照《实施方案》（城政发〔2024〕9号）要求，现将截至2024年5月9日的进展情况通报如下，请各单位对照问题清单抓好整改落实。"
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="1400" w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="579"/>'
)


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(PAPERS)


def with_part(docx: bytes, name: str, change: Callable[[str], str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for found, content in parts(docx).items():
            archive.writestr(found, change(content.decode()).encode() if found == name else content)
    return buffer.getvalue()


def paragraph(text: str, face: str = "", style: str = "", indent: bool = True) -> str:
    shape = f'<w:pStyle w:val="{style}"/>' if style else ""
    shape += '<w:ind w:firstLineChars="200"/>' if indent else ""
    look = FACE.format(face) if face else ""
    return f"<w:p><w:pPr>{shape}</w:pPr><w:r>{look}<w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture(scope="module")
def letter(book: Book) -> bytes:
    """A circular of plain text, set as the standard asks, on the styles of our templates."""
    drawn = draw("responsibility_table", book)[0]
    lines = [
        paragraph("关于重点任务进展情况的通报", style="PaperTitle", indent=False),
        paragraph("一、空气质量", "黑体"),
        paragraph("（一）总体情况", "楷体"),
        paragraph(PROSE),
        paragraph("附件：1. 进展情况表", indent=True),
    ]
    section = parts(drawn)[BODY].decode().partition("<w:sectPr")[2].partition("<w:pgSz")[0]
    body = f"{''.join(lines)}<w:sectPr{section}{PAGE}</w:sectPr>"
    head = parts(drawn)[BODY].decode().partition("<w:body>")[0]
    made = with_part(drawn, BODY, lambda _: f"{head}<w:body>{body}</w:body></w:document>")
    default = '<w:kern w:val="2"/><w:sz w:val="21"/>'
    return with_part(made, "word/styles.xml", lambda xml: xml.replace(default, default.replace("21", "32"), 1))


def draw(name: str, book: Book) -> list[bytes]:
    """Every paper of a kind, from the template that comes with the program."""
    template = packaged_templates() / WORD_PAPERS[name].template
    return [draw_word(template, found, Identity("i", "t", AS_OF)) for found in WORD_PAPERS[name].contexts(book)]


def told(docx: bytes) -> list[str]:
    return [str(found) for found in audit("材料.docx", docx)]


def test_a_letter_set_as_the_standard_asks_is_faultless(letter: bytes) -> None:
    assert told(letter) == []


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_every_kind_of_paper_is_faultless(name: str, book: Book) -> None:
    drawn = draw(name, book)
    assert drawn
    assert [fault for paper in drawn for fault in told(paper)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", WORD_PAPERS)
def test_every_kind_of_paper_of_the_real_plan_is_faultless(name: str, real_book: Book) -> None:
    drawn = draw(name, real_book)
    assert drawn
    assert [fault for paper in drawn for fault in told(paper)] == []


@pytest.mark.slow
def test_every_paper_of_a_year_that_was_reported_on_is_faultless(example_book: Book) -> None:
    """Circular, supervision and forms with figures, problems and decisions in them."""
    for name in WORD_PAPERS:
        assert [fault for paper in draw(name, example_book)[-12:] for fault in told(paper)] == [], name


@pytest.mark.slow
def test_every_word_file_that_can_be_downloaded_is_faultless(real_book: Book) -> None:
    made = [file for kind in DELIVERABLES if "word" in kind.key for file in kind.render(real_book)]
    assert len(made) > 50
    assert [fault for file in made for fault in told(file.content)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['point']} {case['said'][0]}")
def test_what_is_not_as_it_should_be_is_told(case: dict[str, Any], letter: bytes, book: Book) -> None:
    content = spoilt(case, letter if case["paper"] == "letter" else draw("task_list", book)[0])
    found = [one for one in audit("材料.docx", content) if one.rule == case["point"]]
    assert any(all(words in one.message for words in case["said"]) for one in found), told(content)
    assert any(case.get("place", "") in one.place.within for one in found)


def spoilt(case: dict[str, Any], content: bytes) -> bytes:
    if "picture" in case:
        return with_picture(content, *case["picture"])
    name, before, after = case["replace"]
    changed = with_part(content, name, lambda xml: xml.replace(before, after, 1))
    assert parts(changed)[name] != parts(content)[name], "the case changes nothing"
    return changed


def with_picture(content: bytes, millimetres: int, name: str) -> bytes:
    picture, saved = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    document = Document(io.BytesIO(content))
    shape = document.paragraphs[-1].add_run().add_picture(picture, Mm(millimetres), Mm(millimetres))
    shape._inline.docPr.set("name", name)
    document.save(saved)
    return saved.getvalue()


def test_every_point_has_a_paper_that_it_finds_fault_with() -> None:
    assert {case["point"] for case in CASES} == set(POINTS)


def test_a_small_logo_is_no_seal(letter: bytes) -> None:
    assert not [fault for fault in told(with_picture(letter, 15, "标志")) if "印章" in fault]


def hostile() -> Iterator[bytes]:
    yield b""
    yield b"MZ\x90" * 100
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BODY, b" " * 60_000_000)
    yield bomb.getvalue()
    for body in (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "<w:document",
        '<w:document xmlns:w="x"/>',
        "<a>" * 100_000,
    ):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(BODY, body)
        yield buffer.getvalue()


@pytest.mark.parametrize(
    "content", list(hostile()), ids=["empty", "program", "bomb", "entity", "broken", "bodiless", "deep"]
)
def test_a_file_that_cannot_be_judged_says_why(content: bytes) -> None:
    (found,) = audit("材料.docx", content)
    assert found.rule == "文件"
    assert found.message


def test_a_paper_that_is_wrong_throughout_is_told_in_few_words(real_book: Book) -> None:
    content = draw("task_list", real_book)[6]
    changed = with_part(
        content, "word/styles.xml", lambda xml: xml.replace('w:eastAsia="仿宋"', 'w:eastAsia="隶书"')
    )
    assert len([one for one in audit("材料.docx", changed) if one.rule == "字体"]) == TOLD + 1


def test_styles_that_rest_on_each_other_in_a_ring_come_to_an_end(letter: bytes) -> None:
    ring = '<w:basedOn w:val="PaperTitle"/>'
    changed = with_part(letter, "word/styles.xml", lambda xml: xml.replace('<w:basedOn w:val="Normal"/>', ring))
    assert isinstance(told(changed), list)


def test_the_command_says_all_and_ends_with_its_result(letter: bytes, tmp_path: Path) -> None:
    good, bad = tmp_path / "好.docx", tmp_path / "差.docx"
    good.write_bytes(letter)
    bad.write_bytes(with_part(letter, BODY, lambda xml: xml.replace("〔2024〕9号", "(2024)9号")))
    assert CliRunner().invoke(cli, ["audit", str(good)]).exit_code == 0
    shown = CliRunner().invoke(cli, ["audit", str(good), str(bad)])
    assert shown.exit_code == 1
    assert f"{bad} 第4段 · error · [文号] 文号“(2024)9号”的括号不对；年份应用六角括号〔〕" in shown.output
    assert CliRunner().invoke(cli, ["audit"]).exit_code == 2
