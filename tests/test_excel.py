"""Drawing workbooks: text stays text, bytes repeat, pages print as an office prints them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from xlsxwriter import Workbook

from generator.office.excel import LONGEST, cell_text, workbook_bytes
from generator.office.excel_styles import STYLES, Paper
from generator.office.row_heights import HIGHEST, line_count, row_height
from generator.office.tables import Band, Cell, Column, Formula, Separator, Styled, Table
from tests.case_files import cases
from tests.properties import examples
from tests.workbook_text import opened

DAY = date(2024, 6, 30)
HOSTILE = cases("hostile_texts.yml")
XML_FORBIDS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one_column(*values: Cell, **settings: Any) -> Table:
    rows = tuple((value,) for value in values)
    return Table(name="表", title="标题", columns=(Column("列", 20),), rows=rows, **settings)


def read_back(*values: str) -> list[Any]:
    sheet = opened(workbook_bytes("标题", [one_column(*values)], DAY))["表"]
    return [cell.value for (cell,) in sheet.iter_rows(min_row=3)]


def with_line_feeds(text: str) -> str:
    return re.sub("\r\n?", "\n", text)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=20))
@settings(max_examples=examples(60), deadline=None)
def test_any_text_comes_back_from_its_cell_less_what_xml_forbids(texts: list[str]) -> None:
    assert read_back(*texts) == [with_line_feeds(XML_FORBIDS.sub("", text)) or None for text in texts]


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: repr(case["text"]))
def test_text_that_looks_like_something_else_stays_text(case: dict[str, str]) -> None:
    content = workbook_bytes("标题", [one_column(case["text"])], DAY)
    cell = opened(content)["表"]["A3"]
    assert (cell.value, cell.data_type) == (case.get("kept", case["text"]), "s")
    assert cell.hyperlink is None
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1"])
def test_text_that_begins_like_a_formula_stays_text_when_somebody_edits_the_cell(text: str) -> None:
    cell = opened(workbook_bytes("标题", [one_column(text, "平常")], DAY))["表"]["A3"]
    assert cell.quotePrefix


def test_every_part_of_a_workbook_with_hostile_texts_is_well_formed_xml() -> None:
    texts = [case["text"] for case in HOSTILE]
    table = Table("表", texts[0], (Column(texts[1], 20, choices=("是", "否")),), ((texts[2],),), note=texts[13])
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(texts[22], [table], DAY))) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    assert len(parts) >= 8
    for part in parts:
        etree.fromstring(part)


def test_a_text_longer_than_a_cell_holds_is_cut_with_a_sign() -> None:
    (value,) = read_back("长" * 40_000)
    assert len(value) == LONGEST
    assert value.endswith("长…")


def test_a_text_of_wide_characters_is_cut_between_characters() -> None:
    cut = cell_text("𠮷" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert set(cut[:-1]) == {"𠮷"}


def test_equal_tables_and_an_equal_day_give_equal_bytes() -> None:
    tables = [one_column("甲", 1, 2.5, date(2024, 12, 31), None, Formula("=1+1", 2))]
    assert workbook_bytes("标题", tables, DAY) == workbook_bytes("标题", tables, DAY)


def test_the_day_is_the_only_clock_in_a_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes("标题", [one_column("甲")], DAY))) as archive:
        core = archive.read("docProps/core.xml").decode()
        dates = {info.date_time for info in archive.infolist()}
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2024-06-30T00:00:00Z"}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def cells_of(content: bytes) -> dict[str | None, tuple[str | None, list[tuple[str, str | None]]]]:
    """Type and children of every cell by its address; of a shared text what stands for it among the texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        texts = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    assert {cell.get("t") for cell in sheet.iter("{*}c")} <= {None, "s", "str"}
    return {
        cell.get("r"): (cell.get("t"), [(part.tag, shown_of(cell, part, texts)) for part in cell])
        for cell in sheet.iter("{*}c")
    }


def shown_of(cell: Any, part: Any, texts: Any) -> str | None:
    return etree.tostring(texts[int(part.text)]).decode() if cell.get("t") == "s" else part.text


def test_cells_are_written_as_xlsxwriter_writes_them() -> None:
    texts = ["文", " 空格 ", "两\n行\n", "=1", "&<>\"'", "_x0041_", "\u3000全角", "末尾\t"]
    numbers = [0, 2.5, -1, 0.1 + 0.2, 1e21, 12345678901234567, True]
    days = [DAY, date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31)]
    formulas = [Formula('=A{row}&"<"', "是&否"), Formula("=SUM(A{first}:A{row})", 2.5), Formula("=A1", "")]
    ours = workbook_bytes("标题", [one_column(*texts, *numbers, *days, *formulas)], DAY)
    theirs = io.BytesIO()
    workbook = Workbook(theirs)
    sheet = workbook.add_worksheet()
    for row, value in enumerate([*texts, *numbers], 2):
        (sheet.write_string if isinstance(value, str) else sheet.write_number)(row, 0, value)
    for row, day in enumerate(days, 2 + len(texts) + len(numbers)):
        sheet.write_datetime(row, 0, day, workbook.add_format({"num_format": "yyyy-mm-dd"}))
    for row, formula in enumerate(formulas, 2 + len(texts) + len(numbers) + len(days)):
        sheet.write_formula(row, 0, formula.text.format(row=row + 1, first=3), None, formula.value)
    workbook.close()
    expected = cells_of(theirs.getvalue())
    assert len(expected) == len(texts) + len(numbers) + len(days) + len(formulas)
    assert {at: cell for at, cell in cells_of(ours).items() if at in expected} == expected


def test_every_cell_has_the_look_of_its_style() -> None:
    values = (("平常", False), ("=1", True))
    rows = [[Styled(text, style), Styled(None, style)] for style in STYLES for text, _ in values]
    columns = (Column("一"), Column("二"))
    sheet = opened(workbook_bytes("标题", [Table("表", "标题", columns, tuple(rows))], DAY))["表"]
    expected = [(STYLES[style], quoted) for style in STYLES for _, quoted in values]
    for row, (look, quoted) in zip(sheet.iter_rows(min_row=3), expected, strict=True):
        for cell in row:
            assert cell.font.name == look["font_name"]
            assert cell.number_format == look.get("num_format", "General")
            assert cell.protection.locked == look.get("locked", True)
            assert (cell.fill.fill_type and f"#{cell.fill.fgColor.rgb[2:]}") == look.get("bg_color")
        assert [bool(cell.quotePrefix) for cell in row] == [quoted, False]


def test_numbers_days_and_formulas_keep_their_types() -> None:
    table = one_column(7, 2.5, Styled(date(2024, 11, 14), "day_inferred"), Formula("=SUM(A{first}:A{row})", 9))
    content = workbook_bytes("标题", [table], DAY)
    cells = [cell for (cell,) in opened(content)["表"].iter_rows(min_row=3)]
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "f"]
    assert cells[2].number_format == 'yyyy-mm-dd"※"'
    assert cells[3].value == "=SUM(A3:A6)"
    assert opened(content, values=True)["表"]["A6"].value == 9


def test_a_sheet_prints_landscape_one_page_wide_with_its_headings_on_every_page() -> None:
    columns = (Column("一", 10), Column("二", 10), Column("三", 10))
    table = Table("表", "标题", columns, (("甲", "乙", "丙"),), "说明", (Band("合", 1, 2),), paper=Paper.A3)
    sheet = opened(workbook_bytes("标题", [table], DAY))["表"]
    page = sheet.page_setup
    assert (page.paperSize, page.orientation, page.fitToWidth or 1, page.fitToHeight) == (8, "landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:C5"
    assert sheet.oddFooter.center.text == "— &P —"


def test_a_separator_spans_the_table_without_merging() -> None:
    table = Table("表", "标题", (Column("一"), Column("二")), (Separator("第一部分"), ("甲", "乙")))
    sheet = opened(workbook_bytes("标题", [table], DAY))["表"]
    assert [cell.value for cell in sheet[3]] == ["第一部分", None]
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:B1"]


def test_a_line_that_does_not_fit_the_columns_is_refused() -> None:
    table = Table("表", "标题", (Column("一"), Column("二")), (("甲",),))
    with pytest.raises(ValueError, match="longer"):
        workbook_bytes("标题", [table], DAY)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("大气污染防治", 12.5, 1),
        ("大气污染防治", 10, 2),
        ("ABCDEFGHIJ", 10.5, 1),
        ("一\n二\n三", 10, 3),
        ("大" * 100, 42, 5),
    ],
)
def test_lines_are_counted_with_a_chinese_character_as_two_digits(text: str, width: float, lines: int) -> None:
    assert line_count(text, width) == lines


def test_a_row_is_as_high_as_its_longest_cell_and_never_higher_than_excel_allows() -> None:
    low, high = row_height([("短", 10)]), row_height([("短", 10), ("大气污染防治工作" * 5, 10)])
    assert low < high < row_height([("大" * 9999, 10)]) == HIGHEST
