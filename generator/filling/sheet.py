"""Somebody else's sheet: its headings found, rows added as it has them, values written; all else is left alone."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

from generator.filling.growth import insert_rows, make_alike, merges_of
from generator.filling.lines import Value
from generator.filling.references import Inserted
from generator.findings import shown, suggestion
from generator.office.excel import FORMULA_STARTS, cell_text
from generator.office.row_heights import row_height

LETTERS = re.compile(r"[A-Z]{1,3}")
SPACE = re.compile(r"\s+")
MOST_COLUMNS = 200
DEFAULT_WIDTH = 8.43
SHARE = "0.0%"


class MappingFaultError(Exception):
    """What the mapping asks for and the template does not have; in Chinese, with the nearest good value."""


class ForeignSheet:
    """One sheet of a template, with the row where its data begin."""

    def __init__(self, workbook: Any, sheet: Any, first: int) -> None:
        self.workbook = workbook
        self.sheet = sheet
        self.first = first
        self.width = min(sheet.max_column, MOST_COLUMNS)
        self.merged = {
            (row, column): found
            for found in sheet.merged_cells.ranges
            for row in range(found.min_row, min(found.max_row, found.min_row + 500) + 1)
            for column in range(found.min_col, min(found.max_col, MOST_COLUMNS) + 1)
        }

    def column(self, written: str) -> int:
        """The column that a letter or a heading means; MappingFaultError where there is none, or more than one."""
        if LETTERS.fullmatch(written):
            if (column := int(column_index_from_string(written))) > self.width:
                raise MappingFaultError(f"没有{written}列；模板只到 {get_column_letter(self.width)} 列")
            return column
        wanted = [_folded(part) for part in written.split("/")]
        found = [
            column for column, path in self.headings().items() if path[-len(wanted) :] == wanted or path == wanted
        ]
        if len(found) == 1:
            return found[0]
        raise MappingFaultError(self._no_column(shown(written), found))

    def _no_column(self, written: str, found: list[int]) -> str:
        if found:
            places = "、".join(map(get_column_letter, found))
            return f"表头“{written}”有 {len(found)} 列（{places}）；请写“上级表头/{written}”或列号"
        paths = self.headings().values()
        known = [*("/".join(path[-2:]) for path in paths), *(path[-1] for path in paths)]
        return f"模板里没有表头“{written}”；{suggestion(_folded(written), known) or '可写列号，如 C'}"

    def headings(self) -> dict[int, list[str]]:
        """Column → its headings from the top down, a merged heading standing over all its columns."""
        found: dict[int, list[str]] = {}
        for column in range(1, self.width + 1):
            path: list[str] = []
            for row in range(1, self.first):
                text = _folded(str(self._head(row, column) or ""))
                if text and text not in path[-1:]:
                    path.append(text)
            if path:
                found[column] = path
        return found

    def _head(self, row: int, column: int) -> Any:
        held = self.merged.get((row, column))
        return self.sheet.cell(held.min_row, held.min_col).value if held else self.sheet.cell(row, column).value

    def refuse_unwritable(self, column: int) -> None:
        """A column that is filled must be free in the first row of data: no formula, no hidden part of a merge."""
        letter, cell = get_column_letter(column), self.sheet.cell(self.first, column)
        held = self.merged.get((self.first, column))
        if isinstance(cell, MergedCell) and held:
            first = get_column_letter(held.min_col)
            raise MappingFaultError(f"{letter}列在合并单元格 {held.coord} 之内；请写它的首列 {first}")
        if held and held.max_row > held.min_row:
            raise MappingFaultError(f"{letter}列的 {held.coord} 跨行合并，不能逐行填写；请在模板里取消合并")
        if cell.data_type == "f":
            raise MappingFaultError(f"{letter}列第{self.first}行是公式，不能改写；请从 columns 中去掉这一列")

    def free_rows(self, columns: list[int], last: int | None) -> int:
        """How many rows the template has ready: to `last`, else to the next row that holds words of its own."""
        if last is not None:
            return self._overwritable(columns, last)
        count = 0
        while self.first + count <= self.sheet.max_row and self._is_free(self.first + count, columns):
            count += 1
        if not count and self.first <= self.sheet.max_row:
            cells = (self.sheet.cell(self.first, one) for one in range(1, self.width + 1))
            cell = next(one for one in cells if not _is_blank(one.value))
            words = f"第{self.first}行已有内容“{shown(cell.value, 20)}”（{cell.coordinate}）"
            raise MappingFaultError(f"{words}；如是可覆盖的样例，请用 last_row 写明覆盖到第几行")
        return max(1, count)

    def _overwritable(self, columns: list[int], last: int) -> int:
        """The rows that the mapping gives free; samples in them go."""
        if last < self.first:
            raise MappingFaultError(f"last_row 是 {last}，小于 first_row {self.first}；应不小于它")
        for row in range(self.first, last + 1):
            for column in columns:
                self.write(row, column, None)
        return last - self.first + 1

    def _is_free(self, row: int, columns: list[int]) -> bool:
        """Nothing stands where we write, and beside it only what the first row of data has too."""
        for column in range(1, self.width + 1):
            value = self.sheet.cell(row, column).value
            if _is_blank(value):
                continue
            formula = isinstance(value, ArrayFormula) or (isinstance(value, str) and value.startswith("="))
            same = value == self.sheet.cell(self.first, column).value
            if column in columns or not (formula or same):
                return False
        return True

    def make_room(self, ready: int, wanted: int) -> None:
        """As many rows as are wanted, each looking like the first; what stands below moves down whole."""
        last, more = self.first + ready - 1, wanted - ready
        if more > 0 and last < self.sheet.max_row:
            insert_rows(self.workbook, self.sheet, Inserted(self.sheet.title, last, more))
        for row in range(last + 1, self.first + wanted):
            make_alike(self.sheet, self.first, row, self.width)

    def write(self, row: int, column: int, value: Value) -> None:
        """A value into a cell; text that begins like a formula stays text."""
        cell = self.sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            held = self.merged.get((row, column))
            first = held.coord.split(":")[0] if held else ""
            raise MappingFaultError(f"{cell.coordinate} 在合并单元格之内；请写它的首格 {first}")
        if value is None or value == "":
            cell.value = None
        elif isinstance(value, str):
            cell.value = cell_text(value)
            cell.data_type = "s"
            if value.startswith(FORMULA_STARTS):
                cell.quotePrefix = True
        else:
            cell.value = value

    def fit(self, row: int, values: dict[int, Value]) -> None:
        """A row whose height the template fixed grows where a text would be cut in print."""
        heights = self.sheet.row_dimensions
        fixed = heights[row].height if row in heights else None
        texts = [(value, self._width(row, column)) for column, value in values.items() if isinstance(value, str)]
        if fixed and texts:
            heights[row].height = max(fixed, row_height(texts))

    def _width(self, row: int, column: int) -> float:
        held = next((one for one in merges_of(self.sheet, self.first) if one.min_col == column), None)
        last = held.max_col if held else column
        widths = (self.sheet.column_dimensions[get_column_letter(one)].width for one in range(column, last + 1))
        return sum(width or DEFAULT_WIDTH for width in widths)

    def show_share(self, row: int, column: int) -> None:
        """A rate in a cell without a format of its own shows as per cent."""
        cell = self.sheet.cell(row, column)
        if cell.number_format == "General":
            cell.number_format = SHARE


def _is_blank(value: object) -> bool:
    return value is None or value == ""


def _folded(text: str) -> str:
    return SPACE.sub("", text)
