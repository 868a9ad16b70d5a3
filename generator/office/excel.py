"""Workbooks drawn from tables; text stays text, and no clock gets in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from generator.office.archives import office_zip
from generator.office.excel_styles import FOOTER, HEADER, MARGINS, STYLES, TITLE_SIZE
from generator.office.quick_sheet import QUICK_BOOK, QUICK_SHEET, put_blank, put_text, take_up
from generator.office.row_heights import HIGHEST, line_count, row_height, vertical_height
from generator.office.tables import Cell, Formula, Plain, Row, Separator, Styled, Table
from generator.office.xml_text import xml_text

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

    `mark` stands in the note of every sheet and at the head of every printed page.
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = QUICK_BOOK(io.BytesIO(), options)
    midnight = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    workbook.set_properties({"title": xml_text(title), "created": midnight})
    for name, value in (properties or {}).items():
        workbook.set_custom_property(name, xml_text(value), "text")
    styles: dict[tuple[str, bool], Any] = {}
    for table in tables:
        sheet = _Sheet(workbook, styles, _marked(table, mark))
        sheet.draw()
        if mark:
            sheet.sheet.set_header(HEADER + xml_text(mark).replace("&", "&&"))
    workbook.close()
    return office_zip(workbook.parts, as_of)


def _marked(table: Table, mark: str) -> Table:
    return replace(table, note="　　".join(filter(None, (mark, table.note)))) if mark else table


class _Sheet:
    """Draws one table from top to bottom."""

    def __init__(self, workbook: Workbook, styles: dict[tuple[str, bool], Any], table: Table) -> None:
        self.workbook = workbook
        self.styles = styles
        self.table = table
        self.sheet = workbook.add_worksheet(table.name, QUICK_SHEET)
        self.widths = [column.width for column in table.columns]
        self.last_column = sum(not column.hidden for column in table.columns) - 1
        self.first = table.head_row + 1
        self.last = table.head_row + len(table.rows)
        take_up(self.sheet, self.last + len(table.totals) + len(table.foot), len(table.columns) - 1)

    def draw(self) -> None:
        self._set_up_page()
        self._draw_head()
        for row, line in enumerate(self.table.rows, self.first):
            self._draw_row(row, line)
        for row, cells in enumerate(self.table.totals, self.last + 1):
            self._draw_cells(row, cells, "total")
        self._draw_foot()
        self._add_tools()

    def _set_up_page(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(self.table.paper.value)
        self.sheet.set_margins(**MARGINS)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.table.head_row - bool(self.table.bands), self.table.head_row)
        self.sheet.set_footer(FOOTER)
        for place, column in enumerate(self.table.columns):
            self.sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})

    def _draw_head(self) -> None:
        width = sum(column.width for column in self.table.columns if not column.hidden)
        lines = line_count(self.table.title, width, size=TITLE_SIZE)
        self._across(0, self.table.title, "title", 36.0 * lines)
        if self.table.note:
            self._across(1, self.table.note, "note", row_height([(self.table.note, width)]))
        for place in range(len(self.table.columns) if self.table.bands else 0):
            self._write(self.table.head_row - 1, place, None, "head")
        for band in self.table.bands:
            self._merge(self.table.head_row - 1, band.first, band.last, band.text, "head")
        self._draw_headings()

    def _draw_headings(self) -> None:
        columns = [column for column in self.table.columns if not column.hidden]
        upright = [column.heading for column in columns if column.heading_style == "head_vertical"]
        lying = [(column.heading, column.width) for column in columns if column.heading_style != "head_vertical"]
        height = max(row_height(lying, least=30), vertical_height(upright))
        self.sheet.set_row(self.table.head_row, height)
        for place, column in enumerate(self.table.columns):
            self._write(self.table.head_row, place, column.heading, column.heading_style)

    def _draw_row(self, row: int, line: Row) -> None:
        if isinstance(line, Separator):
            self._draw_separator(row, line.text)
        else:
            self._draw_cells(row, line)

    def _draw_separator(self, row: int, text: str) -> None:
        self.sheet.set_row(row, 19.5)
        self._write(row, 0, text, "separator")
        for place in range(1, self.last_column + 1):
            self._write(row, place, None, "separator_end" if place == self.last_column else "separator_middle")

    def _draw_cells(self, row: int, cells: Sequence[Cell], style: str | None = None) -> None:
        fitted, free = [], 0
        for place, (cell, column) in enumerate(zip(cells, self.table.columns, strict=True)):
            if place < free:
                continue
            if isinstance(cell, Styled):
                value, free = cell.value, place + cell.span
                self._merge(row, place, free - 1, value, cell.style)
            else:
                value, free = cell, place + 1
                self._write(row, place, value, style or column.style)
            if isinstance(value, str) and value and not column.hidden:
                fitted.append((value, sum(self.widths[place:free])))
        self.sheet.set_row(row, row_height(fitted))

    def _draw_foot(self) -> None:
        width = sum(column.width for column in self.table.columns if not column.hidden)
        for row, line in enumerate(self.table.foot, self.last + len(self.table.totals) + 1):
            self._across(row, line, "foot", row_height([(line, width)], least=30))

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

    def _across(self, row: int, text: str, style: str, height: float) -> None:
        self.sheet.set_row(row, min(HIGHEST, height))
        self._merge(row, 0, self.last_column, text, style)

    def _merge(self, row: int, first: int, last: int, text: Plain, style: str) -> None:
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", self._style(style))
        self._write(row, first, text, style)

    def _write(self, row: int, column: int, value: Plain, style: str) -> None:
        if isinstance(value, str) and (text := cell_text(value)):
            self._write_text(row, column, text, style)
            return
        look = self._style(style)
        if value is None or isinstance(value, str):
            put_blank(self.sheet, row, column, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, look)
        elif isinstance(value, Formula):
            self.sheet.write_formula(row, column, self._formula(value, row, column), look, value.value)
        else:
            self.sheet.write_number(row, column, value, look)

    def _write_text(self, row: int, column: int, text: str, style: str) -> None:
        look = self._style(style, text.startswith(FORMULA_STARTS))
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a string for markup of its own; in runs it is escaped like any other.
            self.sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], look)
        else:
            put_text(self.sheet, row, column, text, look)

    def _formula(self, formula: Formula, row: int, column: int) -> str:
        return formula.text.format(
            row=row + 1, column=column_letters(column), first=self.first + 1, last=self.last + 1
        )

    def _style(self, name: str, quoted: bool = False) -> Any:
        """A style; `quoted` text, which Excel would take for a formula on the next edit, gets the mark of text."""
        known = self.styles.get((name, quoted))
        if known is None:
            look = {**STYLES[name], "quote_prefix": True} if quoted else dict(STYLES[name])
            known = self.styles[name, quoted] = self.workbook.add_format(look)
        return known


@lru_cache(maxsize=8192)
def cell_text(text: str) -> str:
    """Text as a cell can hold it: line feeds only, without what XML forbids, cut with … at Excel's limit."""
    clean = xml_text(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(clean.encode("utf-16-le")) // 2 <= LONGEST:
        return clean
    cut = clean.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore")
    return f"{cut}…"
