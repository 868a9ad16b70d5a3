"""One document in every format gives one draft; what page, site and table add around it makes no difference."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from generator.document import joined
from generator.importing import Draft
from generator.project import Project
from generator.storage import load_project
from tests.import_documents import (
    as_docx,
    as_html,
    as_markdown,
    as_pdf,
    as_text,
    as_wrapped_text,
    as_xlsx,
)
from tests.import_reading import FIXTURES, drafted, notation, plans_of

ROOT = Path(__file__).parent.parent
PROSE = [
    "云政发〔2025〕12号",
    "云河县人民政府关于印发云河县城乡绿化提升行动实施方案的通知",
    *[line for line in (FIXTURES / "01-letter-and-plan.txt").read_text("utf-8").splitlines()[4:] if line.strip()],
]
TITLE = "云河县绿化任务分解表（2025年）"
TABLE = [
    ["序号", "重点任务", "具体措施", "责任单位", "<", "完成时限"],
    ["^", "^", "^", "牵头单位", "配合单位", "^"],
    ["1", "荒山造林", "完成造林2000亩", "县林业局", "各乡镇", "10月底前"],
    ["2", "城区增绿", "新建口袋公园6个", "县住建局", "县自然资源局、各街道", "2026年底前"],
    ["3", "^", "补植行道树800株", "县城管局", "/", "11月"],
    ["4", "古树保护", "建立古树名木台账", "县林业局", "无", "长期坚持"],
]


def same(one: Draft, other: Draft) -> bool:
    """Equal but for the name of the file that they came from."""
    return plans_of(one) == plans_of(other) and one.units == other.units


@pytest.fixture(scope="module")
def plain() -> Draft:
    return drafted("a.txt", as_text(PROSE))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", as_markdown(PROSE)),
        ("a.html", as_html(PROSE)),
        ("a.docx", as_docx(PROSE)),
        ("a.pdf", as_pdf(PROSE, head="云河县人民政府文件")),
        ("wrapped.txt", as_wrapped_text(PROSE)),
        ("gb18030.txt", as_text(PROSE, "gb18030")),
        ("utf16.txt", as_text(PROSE, "utf-16")),
        ("bom.txt", as_text(PROSE, "utf-8-sig")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_same_document_gives_the_same_draft(name: str, content: bytes, plain: Draft) -> None:
    assert same(drafted(name, content), plain)


WRAPPED = ("02-", "03-", "04-", "11-", "13-", "17-", "19-", "21-", "29-", "39-", "45-", "47-", "48-", "49-", "51-")
"""Fixtures whose lines are broken or marked up already, or that are no text."""
STYLES = sorted(path.name for path in FIXTURES.iterdir() if not path.name.startswith(WRAPPED))


@pytest.mark.slow
@pytest.mark.parametrize("name", STYLES)
def test_every_style_gives_the_same_draft_in_every_format(name: str) -> None:
    lines = [line.strip() for line in (FIXTURES / name).read_text("utf-8").splitlines() if line.strip()]
    plain = drafted("a.txt", as_text(lines))
    for other, content in (
        ("a.md", as_markdown(lines)),
        ("a.html", as_html(lines)),
        ("a.docx", as_docx(lines)),
        ("a.pdf", as_pdf(lines, head="云河县人民政府公报")),
        ("wrapped.txt", as_wrapped_text(lines)),
    ):
        assert same(drafted(other, content), plain), other


@pytest.mark.parametrize(
    ("suffix", "convert"), [("docx", as_docx), ("pdf", as_pdf), ("html", as_html), ("md", as_markdown)]
)
def test_the_real_document_is_the_same_in_other_formats(
    suffix: str, convert: Callable[[list[str]], bytes]
) -> None:
    plans = load_project(Project(ROOT)).plans
    lines = joined([plan for plan in plans if plan.head.source], as_source=True).split("\n")
    assert same(drafted(f"a.{suffix}", convert(lines)), drafted("a.txt", as_text(lines)))


def test_what_a_page_or_a_site_adds_is_listed_as_left_out() -> None:
    reasons = [left.reason for left in drafted("a.pdf", as_pdf(PROSE, head="云河县人民政府文件")).left_out]
    assert set(reasons) == {"页码", "页眉或页脚"}
    assert [left.text for left in drafted("a.html", as_html(PROSE)).left_out] == ["首页 > 政务公开"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.html", as_html([TITLE, TABLE])),
        ("t.pdf", as_pdf([TITLE, TABLE])),
        ("t.xlsx", as_xlsx(TABLE, TITLE)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_with_merged_cells_is_the_same_in_every_format(name: str, content: bytes) -> None:
    assert same(drafted(name, content), drafted("t.docx", as_docx([TITLE, TABLE])))


def test_merged_headings_and_signs_for_nothing_are_read_as_they_are_meant() -> None:
    measures = notation(drafted("t.docx", as_docx([TITLE, TABLE])))[0]["measures"]
    assert measures == [
        {
            "number": "1.",
            "title": "荒山造林",
            "clauses": [{"lead": ["县林业局"], "support": ["各乡镇"]}],
            "times": ["by ~2025-10-31"],
            "figures": ["= 2000 亩"],
        },
        {
            "number": "2.",
            "title": "城区增绿",
            "clauses": [{"lead": ["县住建局"], "support": ["县自然资源局", "各街道"]}],
            "times": ["by 2026-12-31"],
            "figures": ["= 6 个"],
        },
        {
            "number": "3.",
            "title": "城区增绿",
            "clauses": [{"lead": ["县城管局"]}],
            "times": ["by ~2025-11-30"],
            "figures": ["= 800 株"],
        },
        {"number": "4.", "title": "古树保护", "clauses": [{"lead": ["县林业局"]}], "times": ["ongoing"]},
    ]


def test_rows_of_one_numbered_task_are_its_clauses_and_categories_are_chapters() -> None:
    table = [
        ["类别", "序号", "重点任务", "具体措施", "责任单位"],
        ["水环境", "1", "河道整治", "清淤河道20公里", "县水利局"],
        ["^", "^", "^", "封堵排污口8个", "县生态环境分局"],
        ["大气环境", "2", "扬尘管控", "建筑工地安装喷淋设施", "县住建局、各街道"],
    ]
    plan = drafted("t.docx", as_docx(["云河县任务清单", table])).plans[0]
    assert [(measure.printed, len(measure.clauses), measure.chapter) for measure in plan.measures] == [
        ("1.", 2, "一"),
        ("2.", 1, "二"),
    ]
    assert [chapter.title for section in plan.head.sections for chapter in section.chapters] == [
        "水环境",
        "大气环境",
    ]


def test_numbers_that_word_draws_itself_are_part_of_the_text() -> None:
    document = docx.Document()
    for text, depth in (
        ("重点任务", 0),
        ("加强巡查。每月巡查一次。（县水利局负责）", 1),
        ("加强宣传。开展普法。（县文旅局负责）", 1),
    ):
        paragraph = document.add_paragraph(text)
        numbers = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", depth), ("w:numId", 77)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), str(value))
            numbers.append(element)
        paragraph._p.get_or_add_pPr().append(numbers)
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for depth, form, text in ((0, "chineseCounting", "%1、"), (1, "chineseCounting", "（%2）")):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            level.append(element)
        abstract.append(level)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    points_to = OxmlElement("w:abstractNumId")
    points_to.set(qn("w:val"), "77")
    number.append(points_to)
    root.append(number)
    buffer = io.BytesIO()
    document.save(buffer)
    assert [
        (found["number"], found["title"])
        for found in notation(drafted("a.docx", buffer.getvalue()))[0]["measures"]
    ] == [
        ("（一）", "加强巡查"),
        ("（二）", "加强宣传"),
    ]


def test_hidden_sheets_deleted_words_and_headers_are_told() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    for line in PROSE:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    assert ("内部资料", "页眉") in [
        (left.text, left.reason) for left in drafted("a.docx", buffer.getvalue()).left_out
    ]
