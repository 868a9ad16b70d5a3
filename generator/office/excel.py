"""Workbooks drawn from tables; text stays text, and no clock gets in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from generator.office import sheet_cells
from generator.office.archives import office_zip
from generator.office.excel_styles import FOOTER, HEADER, MARGINS, STYLES, TITLE_SIZE
from generator.office.row_heights import HIGHEST, line_count, lines_height, row_height, vertical_height
from generator.office.sheet_cells import IS_TEXT, DrawnRow, SharedTexts, sheet_data
from generator.office.tables import Cell, Formula, Plain, Separator, Styled, Table
from generator.office.xml_text import xml_text

PLACEHOLDER = "…"
"""What XlsxWriter has in a sheet until its cells are put in."""
SEPARATOR_HEIGHT = 19.5
PLACED = (Styled, Formula)
"""Cells that are drawn by where they stand."""
LONGEST = 32_767
"""Excel's limit for one cell, in UTF-16 units."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def column_letters(index: int) -> str:
    """A, B, … AA for a column from 0."""
    return str(xl_col_to_name(index))


def workbook_bytes(
    title: str,
    tables: Iterable[Table],
    as_of: date,
    properties: Mapping[str, str] | None = None,
    mark: str = "",
) -> bytes:
    """A workbook of the tables; equal tables and an equal day give equal bytes. `properties` outlive renaming.

    `mark` stands in the note of every sheet and at the head of every printed page. XlsxWriter makes the workbook
    with its sheets, looks and tools; the cells are put into it.
    """
    frame = io.BytesIO()
    workbook = Workbook(frame, {"in_memory": True})
    midnight = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    workbook.set_properties({"title": xml_text(title), "created": midnight})
    for name, value in (properties or {}).items():
        workbook.set_custom_property(name, xml_text(value), "text")
    looks, texts, cells = _Looks(workbook), SharedTexts(), list[str]()
    for table in tables:
        sheet = _Sheet(workbook.add_worksheet(table.name), looks, texts, _marked(table, mark))
        cells.append(sheet.draw())
        if mark:
            sheet.sheet.set_header(HEADER + xml_text(mark).replace("&", "&&"))
    workbook.close()
    return office_zip(_filled(frame, cells, texts).items(), as_of)


def _marked(table: Table, mark: str) -> Table:
    return replace(table, note="　　".join(filter(None, (mark, table.note)))) if mark else table


def _filled(frame: io.BytesIO, cells: Sequence[str], texts: SharedTexts) -> dict[str, bytes]:
    """The parts of the workbook with the cells of each sheet in place of XlsxWriter's."""
    with zipfile.ZipFile(frame) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, drawn in enumerate(cells, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        before, start, rest = parts[name].partition(b"<sheetData>")
        _, end, after = rest.partition(b"</sheetData>")
        parts[name] = b"".join((before, start, drawn.encode(), end, after))
    parts["xl/sharedStrings.xml"] = texts.part(sum(drawn.count(IS_TEXT) for drawn in cells))
    return parts


class _Looks:
    """The looks of a workbook by the numbers that XlsxWriter gives them: in the order in which cells have them.

    `numbers` are by style; `quoted` text, which Excel would take for a formula, is marked in its look.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._different: list[Mapping[str, Any]] = []
        self.numbers: dict[tuple[str, bool], int] = {}

    def add(self, style: str, quoted: bool, sheet: Worksheet, row: int, column: int) -> int:
        """The number of a style that no cell has had yet."""
        look = {**STYLES[style], "quote_prefix": True} if quoted else STYLES[style]
        if look not in self._different:
            self._different.append(look)
            sheet.write_blank(row, column, None, self._workbook.add_format(look))
        self.numbers[style, quoted] = 1 + self._different.index(look)
        return self.numbers[style, quoted]


class _Sheet:
    """Draws one table from top to bottom."""

    def __init__(self, sheet: Worksheet, looks: _Looks, texts: SharedTexts, table: Table) -> None:
        self.sheet = sheet
        self.looks = looks
        self.texts = texts
        self.table = table
        self.rows: list[DrawnRow] = []
        self.starts = [f'<c r="{column_letters(place)}' for place in range(len(table.columns))]
        self.widths = [column.width for column in table.columns]
        self.shown_width = sum(column.width for column in table.columns if not column.hidden)
        self.last_column = sum(not column.hidden for column in table.columns) - 1
        self.first = table.head_row + 1
        self.last = table.head_row + len(table.rows)

    def draw(self) -> str:
        """Set up the sheet and give its cells."""
        self._set_up_page()
        self._draw_head()
        columns = [
            cache(partial(self._plain, place, column.style, 0 if column.hidden else column.width))
            for place, column in enumerate(self.table.columns)
        ]
        for line in self.table.rows:
            if isinstance(line, Separator):
                self._draw_separator(line.text)
            else:
                self._draw_cells(line, columns)
        for cells in self.table.totals:
            totals = [cell if isinstance(cell, Styled) else Styled(cell, "total") for cell in cells]
            self._draw_cells(totals, columns)
        for text in self.table.foot:
            self._across(text, "foot", row_height([(text, self.shown_width)], least=30))
        self._add_tools()
        return "".join(sheet_data(self.rows))

    def _take_up(self) -> None:
        """Tell XlsxWriter how far the cells reach, and that there are texts among them."""
        lowest = self.last + len(self.table.totals) + len(self.table.foot)
        for row, column in ((0, 0), (lowest, len(self.table.columns) - 1)):
            self.sheet.write_string(row, column, PLACEHOLDER)

    def _set_up_page(self) -> None:
        self._take_up()
        self.sheet.set_landscape()
        self.sheet.set_paper(self.table.paper.value)
        self.sheet.set_margins(**MARGINS)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.table.head_row - bool(self.table.bands), self.table.head_row)
        self.sheet.set_footer(FOOTER)
        for place, column in enumerate(self.table.columns):
            self.sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})

    def _add_tools(self) -> None:
        self.sheet.freeze_panes(self.first, self.table.frozen_columns)
        if self.table.filtered and self.table.rows:
            self.sheet.autofilter(self.table.head_row, 0, self.last, self.last_column)
        for place, column in enumerate(self.table.columns):
            if column.choices and self.table.rows:
                rule = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
                self.sheet.data_validation(self.first, place, self.last, place, rule)
            elif column.rule and self.table.rows:
                rule = {"ignore_blank": True, "error_type": "warning", **column.rule}
                self.sheet.data_validation(self.first, place, self.last, place, rule)
        if self.table.locked:
            allowed = ("format_columns", "format_rows", "autofilter", "select_locked_cells")
            self.sheet.protect("", dict.fromkeys(allowed, True))

    def _draw_head(self) -> None:
        lines = line_count(self.table.title, self.shown_width, size=TITLE_SIZE)
        self._across(self.table.title, "title", min(HIGHEST, 36.0 * lines))
        if self.table.note:
            self._across(self.table.note, "note", row_height([(self.table.note, self.shown_width)]))
        if self.table.bands:
            self._draw_bands()
        self._draw_headings()

    def _draw_bands(self) -> None:
        cells = [self._blank(place, "head") for place in range(len(self.table.columns))]
        for band in self.table.bands:
            cells[band.first] = self._text(band.first, "head", band.text)
            self._merge(band.first, band.last)
        self._put(cells, None)

    def _draw_headings(self) -> None:
        columns = [column for column in self.table.columns if not column.hidden]
        upright = [column.heading for column in columns if column.heading_style == "head_vertical"]
        lying = [(column.heading, column.width) for column in columns if column.heading_style != "head_vertical"]
        height = max(row_height(lying, least=30), vertical_height(upright))
        headings = enumerate(self.table.columns)
        self._put([self._text(place, one.heading_style, one.heading) for place, one in headings], height)

    def _draw_separator(self, text: str) -> None:
        cells = [self._text(0, "separator", text)]
        for place in range(1, self.last_column + 1):
            style = "separator_end" if place == self.last_column else "separator_middle"
            cells.append(self._blank(place, style))
        self._put(cells, SEPARATOR_HEIGHT)

    def _draw_cells(self, cells: Sequence[Cell], columns: Sequence[Callable[[Plain], tuple[str, int]]]) -> None:
        """One line; `columns` draw what has neither a place nor a style of its own."""
        drawn: list[str] = []
        highest = 1
        for place, (cell, plain) in enumerate(zip(cells, columns, strict=True)):
            if place < len(drawn):
                continue
            if isinstance(cell, PLACED):
                one = cell if isinstance(cell, Styled) else Styled(cell, self.table.columns[place].style)
                spanning, lines = self._styled(place, one)
                drawn += spanning
            else:
                text, lines = plain(cell)
                drawn.append(text)
            if lines > highest:
                highest = lines
        self._put(drawn, lines_height(highest))

    def _styled(self, place: int, cell: Styled) -> tuple[list[str], int]:
        """The cells that one covers, and the lines that its text takes."""
        last = place + cell.span - 1
        self._merge(place, last)
        if isinstance(cell.value, Formula):
            drawn, lines = self._formula(place, cell.style, cell.value), 1
        else:
            width = 0 if self.table.columns[place].hidden else sum(self.widths[place : last + 1])
            drawn, lines = self._plain(place, cell.style, width, cell.value)
        return [drawn, *(self._blank(covered, cell.style) for covered in range(place + 1, last + 1))], lines

    def _across(self, text: str, style: str, height: float) -> None:
        self._merge(0, self.last_column)
        covered = [self._blank(place, style) for place in range(1, self.last_column + 1)]
        self._put([self._text(0, style, text), *covered], height)

    def _merge(self, first: int, last: int) -> None:
        if first < last:
            self.sheet.merge_range(len(self.rows), first, len(self.rows), last, "")

    def _put(self, cells: Sequence[str], height: float | None) -> None:
        self.rows.append(sheet_cells.row(len(self.rows) + 1, self.starts, cells, height))

    def _plain(self, place: int, style: str, width: float, value: str | float | date | None) -> tuple[str, int]:
        """What follows the address of a cell, and the lines that a text takes in a column `width` digits wide."""
        if isinstance(value, str):
            return self._text(place, style, value), line_count(value, width) if width else 1
        if value is None:
            return self._blank(place, style), 1
        look = self._look(place, style)
        drawn = sheet_cells.day(look, value) if isinstance(value, date) else sheet_cells.number(look, value)
        return drawn, 1

    def _text(self, place: int, style: str, value: str) -> str:
        text = cell_text(value)
        if not text:
            return self._blank(place, style)
        look = self._look(place, style, text.startswith(FORMULA_STARTS))
        return sheet_cells.text(look, self.texts[text])

    def _blank(self, place: int, style: str) -> str:
        return sheet_cells.blank(self._look(place, style))

    def _formula(self, place: int, style: str, formula: Formula) -> str:
        words = {"row": len(self.rows) + 1, "column": column_letters(place)}
        written = formula.text.format(first=self.first + 1, last=self.last + 1, **words)
        return sheet_cells.formula(self._look(place, style), written, formula.value)

    def _look(self, place: int, style: str, quoted: bool = False) -> int:
        known = self.looks.numbers.get((style, quoted))
        return known or self.looks.add(style, quoted, self.sheet, len(self.rows), place)


@lru_cache(maxsize=8192)
def cell_text(text: str) -> str:
    """Text as a cell can hold it: line feeds only, without what XML forbids, cut with … at Excel's limit."""
    clean = xml_text(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(clean.encode("utf-16-le")) // 2 <= LONGEST:
        return clean
    cut = clean.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore")
    return f"{cut}…"
