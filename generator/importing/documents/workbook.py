"""Tables in an Excel workbook or a .csv: every sheet that shows is one."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from generator.importing.documents.characters import Cleaner
from generator.importing.documents.grids import MAX_CELLS, full_grid
from generator.importing.documents.plain_text import decoded
from generator.importing.documents.received import Cell, LeftOut, Received, Table, refusal

MAX_SHEET_BYTES = 40_000_000
_FAULTS = (
    InvalidFileException,
    # What its XML parsers raise for broken XML is a SyntaxError.
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    zipfile.BadZipFile,
    EOFError,
    zlib.error,
)
_DELIMITERS = ",\t;，；|"


def read_workbook(name: str, content: bytes) -> Received:
    """An .xlsx: merged cells count for all that they cover; hidden sheets are left out and told."""
    _refuse_huge(name, content)
    cleaner = Cleaner()
    tables: list[Table] = []
    left_out: list[LeftOut] = []
    for sheet in _sheets(name, content):
        table = _sheet_table(name, sheet, cleaner)
        if table is not None and sheet.sheet_state == "visible":
            tables.append(table)
        elif table is not None:
            words = " ".join(cell.text for row in table.rows for cell in row if cell.text)
            left_out.append(LeftOut(table.where, words, "隐藏的工作表"))
    return Received(name, tuple(tables), (*cleaner.left_out(), *left_out))


def _sheets(name: str, content: bytes) -> list[Worksheet]:
    """The sheets with the values that Excel last saw; what openpyxl warns of (validation, styles) is no matter."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets)
    except _FAULTS as fault:
        message = "Excel 工作簿已损坏，打不开；请用 Excel 或 WPS 打开后另存一份，再导入"
        raise refusal(name, message) from fault


def _refuse_huge(name: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        largest = max((info.file_size for info in archive.infolist() if info.filename.endswith(".xml")), default=0)
    if largest > MAX_SHEET_BYTES:
        raise refusal(name, "工作表太大，不像是任务分解表；请删去空行空列和无关的工作表后再导入")


def _sheet_table(name: str, sheet: Worksheet, cleaner: Cleaner) -> Table | None:
    where = f"工作表“{sheet.title}”"
    if sheet.max_row * sheet.max_column > MAX_CELLS:
        raise refusal(name, f"{where}有 {sheet.max_row} 行、{sheet.max_column} 列，太大；请删去空行空列后再导入")
    grid = [
        [Cell(cleaner.clean(_written(cell.value), where), f"{where}{cell.coordinate}") for cell in row]
        for row in sheet.iter_rows()
    ]
    for merged in sheet.merged_cells.ranges:
        first = grid[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(grid))):
            for column in range(merged.min_col - 1, min(merged.max_col, len(grid[row]))):
                grid[row][column] = first
    rows = [row for row in grid if any(cell.text.strip() for cell in row)]
    return Table(full_grid(rows, where), where) if rows else None


def _written(value: Any) -> str:
    """A value as a person would write it: whole numbers without .0, days as 2024年12月31日."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def read_csv(name: str, content: bytes) -> Received:
    """A .csv with commas, tabs or semicolons, whichever its first lines use most."""
    cleaner = Cleaner()
    text = cleaner.clean(decoded(name, content), "全文")
    first = text[:4000]
    delimiter = max(_DELIMITERS[:3], key=lambda mark: first.count(mark))
    rows = list(_csv_rows(name, text, delimiter))
    if sum(len(row) for row in rows) > MAX_CELLS:
        raise refusal(name, f"表格超过 {MAX_CELLS} 格，不像是任务分解表；请只导入需要的部分")
    return Received(name, (Table(full_grid(rows, "表"), "表"),) if rows else (), cleaner.left_out())


def _csv_rows(name: str, text: str, delimiter: str) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                yield [Cell(cell.strip(), f"第{number}行第{column}列") for column, cell in enumerate(row, 1)]
    except csv.Error:
        raise refusal(name, "表格的引号没有闭合，读不下去；请用 Excel 或 WPS 打开后另存为 .xlsx，再导入") from None
