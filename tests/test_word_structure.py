"""What Word demands of a document, and GB/T 9704-2012 of a paper, in every paper that we draw."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document

from generator.book import Book
from generator.renderers import assessment_form, responsibility_table, task_list_word
from tests.word_documents import PAPERS, ROOT, W, book_of, find, part, parts, text_of

LANDSCAPE_A4 = ("16838", "11906", "landscape")
CELL_ORDER = ("tcW", "gridSpan", "vMerge", "shd", "vAlign")
CONTROL_ORDER = ("rPr", "alias", "tag", "id", "lock", "showingPlcHdr", "date", "dropDownList")


def _all_papers(book: Book) -> Iterator[bytes]:
    for module in (task_list_word, responsibility_table, assessment_form):
        for artifact in module.DELIVERABLE.render(book):
            yield artifact.content


@pytest.fixture(scope="module")
def drawn() -> tuple[bytes, ...]:
    papers = (*_all_papers(book_of(ROOT)), *_all_papers(book_of(PAPERS)))
    assert len(papers) > 60
    return papers


@pytest.fixture(scope="module")
def forms() -> tuple[bytes, ...]:
    return tuple(artifact.content for artifact in assessment_form.DELIVERABLE.render(book_of(ROOT)))


@pytest.fixture(scope="module")
def bodies(drawn: tuple[bytes, ...]) -> list[Any]:
    return [part(paper) for paper in drawn]


def test_python_docx_opens_every_paper(drawn: tuple[bytes, ...]) -> None:
    assert all(Document(io.BytesIO(paper)).tables for paper in drawn)


def test_ids_of_bookmarks_and_controls_are_unique(bodies: list[Any]) -> None:
    for body in bodies:
        for path in (
            "//w:bookmarkStart/@w:id",
            "//w:bookmarkStart/@w:name",
            "//w:sdtPr/w:id/@w:val",
            "//w:sdtPr/w:tag/@w:val",
        ):
            values = find(body, path)
            assert len(values) == len(set(values)), path


def test_every_bookmark_that_opens_closes_behind_it(bodies: list[Any]) -> None:
    for body in bodies:
        opened: list[str] = []
        for mark in body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            number = mark.get(f"{W}id")
            if mark.tag == f"{W}bookmarkStart":
                opened.append(number)
            else:
                assert opened.pop() == number
        assert opened == []


def test_controls_stand_between_runs_of_a_paragraph_with_their_properties_in_order(bodies: list[Any]) -> None:
    for body in bodies:
        for control in find(body, "//w:sdt"):
            assert control.getparent().tag == f"{W}p"
            names = [child.tag.removeprefix(W) for child in find(control, "w:sdtPr")[0]]
            assert names == sorted(names, key=CONTROL_ORDER.index)
            assert find(control, "w:sdtContent/w:r/w:t")


def test_no_control_is_of_a_kind_that_programs_spoil(bodies: list[Any]) -> None:
    spoilt = "//w:sdtPr/w:text | //w:sdt//w:sdt | //*[local-name()='repeatingSection'] | //w:ffData"
    assert not any(find(body, spoilt) for body in bodies)


def test_columns_have_widths_that_add_up_and_fit_the_page(bodies: list[Any]) -> None:
    for body in bodies:
        page = find(body, "//w:sectPr")[0]
        room = int(find(page, "w:pgSz/@w:w")[0]) - sum(
            int(find(page, f"w:pgMar/@w:{side}")[0]) for side in ("left", "right")
        )
        for table in find(body, "//w:tbl"):
            grid = [int(width) for width in find(table, "w:tblGrid/w:gridCol/@w:w")]
            assert sum(grid) == int(find(table, "w:tblPr/w:tblW/@w:w")[0]) <= room
            for row in find(table, "w:tr"):
                assert _widths(row, grid) == [int(width) for width in find(row, "w:tc/w:tcPr/w:tcW/@w:w")]


def _widths(row: Any, grid: list[int]) -> list[int]:
    """What the cells of a row take of the grid; all of it."""
    widths, place = [], 0
    for cell in find(row, "w:tc"):
        span = int("".join(find(cell, "w:tcPr/w:gridSpan/@w:val")) or 1)
        widths.append(sum(grid[place : place + span]))
        place += span
    assert place == len(grid)
    return widths


def test_two_tables_never_touch_or_word_makes_them_one(bodies: list[Any]) -> None:
    assert not any(find(body, "//w:tbl/following-sibling::*[1][self::w:tbl]") for body in bodies)


def test_every_cell_ends_in_a_paragraph_and_has_its_properties_in_order(bodies: list[Any]) -> None:
    for body in bodies:
        for cell in find(body, "//w:tc"):
            assert cell[-1].tag == f"{W}p"
            names = [child.tag.removeprefix(W) for child in find(cell, "w:tcPr")[0]]
            assert names == sorted(names, key=CELL_ORDER.index)


def test_the_first_row_of_every_table_is_repeated_on_every_page(bodies: list[Any]) -> None:
    for body in bodies:
        for table in find(body, "//w:tbl"):
            assert [bool(find(row, "w:trPr/w:tblHeader")) for row in find(table, "w:tr")][:2] == [True, False]


def test_paper_is_landscape_a4_on_a_line_grid(bodies: list[Any]) -> None:
    for body in bodies:
        (page,) = find(body, "//w:sectPr")
        assert tuple(find(page, f"w:pgSz/@w:{name}")[0] for name in ("w", "h", "orient")) == LANDSCAPE_A4
        assert find(page, "w:docGrid/@w:type") == ["lines"]


def test_type_faces_and_sizes_are_those_of_official_papers(drawn: tuple[bytes, ...]) -> None:
    expected = {
        "PaperTitle": ("方正小标宋简体", "44"),
        "TableHead": ("黑体", "21"),
        "TableText": ("仿宋", "21"),
        "Footer": ("宋体", "28"),
    }
    for paper in drawn:
        styles = part(paper, "word/styles.xml")
        default = find(styles, "//w:rPrDefault//w:rFonts/@w:eastAsia")[0]
        assert find(styles, "//w:rPrDefault//w:lang/@w:eastAsia") == ["zh-CN"]
        for name, (face, size) in expected.items():
            (style,) = find(styles, f"//w:style[@w:styleId='{name}']")
            assert (
                "".join(find(style, "w:rPr/w:rFonts/@w:eastAsia")) or default,
                find(style, "w:rPr/w:sz/@w:val"),
            ) == (face, [size])


def test_every_face_names_others_for_machines_that_lack_it(drawn: tuple[bytes, ...]) -> None:
    for paper in drawn:
        fonts = find(part(paper, "word/fontTable.xml"), "//w:font")
        assert {font.get(f"{W}name") for font in fonts} >= {"方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"}
        assert all(find(font, "w:altName/@w:val") for font in fonts)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(drawn: tuple[bytes, ...]) -> None:
    for paper in drawn:
        assert find(part(paper, "word/settings.xml"), "//w:evenAndOddHeaders")
        page = find(part(paper), "//w:sectPr")[0]
        targets = {rel.get("Id"): rel.get("Target") for rel in part(paper, "word/_rels/document.xml.rels")}
        for reference in find(page, "w:footerReference"):
            identifier = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            footer = part(paper, f"word/{targets[identifier]}")
            side = {"default": "right", "even": "left"}[reference.get(f"{W}type")]
            assert find(footer, "//w:jc/@w:val") == [side]
            assert text_of(footer) == "— 1 —"
            assert find(footer, "//w:instrText/text()") == [" PAGE "]


def test_every_part_is_declared_and_every_style_exists(drawn: tuple[bytes, ...]) -> None:
    for paper in drawn:
        names = set(parts(paper))
        types = part(paper, "[Content_Types].xml")
        assert {override.get("PartName").lstrip("/") for override in types if override.get("PartName")} <= names
        known = set(find(part(paper, "word/styles.xml"), "//w:style/@w:styleId"))
        assert set(find(part(paper), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")) <= known


def test_nothing_of_the_template_language_is_left(bodies: list[Any]) -> None:
    assert not any(sign in text_of(body) for body in bodies for sign in ("{{", "}}", "{%", "%}"))


def test_the_sums_of_a_form_stay_on_one_page_with_the_last_row(forms: tuple[bytes, ...]) -> None:
    """合计 alone below a repeated head, on a page of its own, would tell nothing."""
    for form in forms:
        table = find(part(form), "//w:tbl")[0]
        rows = find(table, "w:tr")
        assert text_of(rows[-2]).startswith("合　计")
        kept = [all(find(one, "w:pPr/w:keepNext") for one in find(row, ".//w:p")) for row in rows[-3:]]
        assert kept == [True, True, False]


def test_a_reason_for_a_deduction_has_room_to_be_read(forms: tuple[bytes, ...]) -> None:
    for form in forms:
        table = find(part(form), "//w:tbl")[0]
        heads = [text_of(cell) for cell in find(table, "w:tr[1]/w:tc")]
        widths = [int(width) for width in find(table, "w:tblGrid/w:gridCol/@w:w")]
        assert widths[heads.index("扣分原因")] >= 1700  # 3 cm
        assert sum(widths) <= 14570
