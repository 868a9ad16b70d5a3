"""A sheet that takes text and empty cells in few steps: the papers of a large plan have a million of them.

Whatever else a cell holds goes XlsxWriter's own way.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellStringTuple, Worksheet

SPANNED = 16
"""So many rows say together in which columns they have cells."""


def take_up(sheet: Any, last_row: int, last_column: int) -> None:
    """Tell the sheet how far its cells reach; what is put beyond would be lost."""
    sheet._check_dimensions(0, 0)
    sheet._check_dimensions(last_row, last_column)


def put_text(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """Write text that is no longer than Excel allows and no markup of XlsxWriter's own."""
    sheet.table[row][column] = CellStringTuple(sheet.str_table._get_shared_string_index(text), look)


def put_blank(sheet: Any, row: int, column: int, look: Any) -> None:
    """Write a cell that has a look and no content."""
    sheet.table[row][column] = CellBlankTuple(look)


def _write_rows(sheet: Any) -> None:
    """XlsxWriter looks at every place of a sheet, and asks of every attribute what needs escaping."""
    span = None
    for row in range(sheet.dim_rowmax + 1):
        if row % SPANNED == 0:
            held = list(filter(None, (sheet.table[other] for other in range(row, row + SPANNED))))
            span = f"{min(map(min, held)) + 1}:{max(map(max, held)) + 1}" if held else None
        cells, height = sheet.table[row], sheet.row_info.get(row)
        if cells:
            sheet._write_row(row, span, height)
            for column in sorted(cells):
                _write_cell(sheet, row, column, cells[column])
            sheet._xml_end_tag("row")
        elif height:
            sheet._write_empty_row(row, span, height)


def _write_cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    kind = type(cell)
    if cell.format is None or kind not in (CellStringTuple, CellBlankTuple):
        sheet._write_cell(row, column, cell)
        return
    place = f'<c r="{_letters(column)}{row + 1}" s="{cell.format._get_xf_index()}"'
    sheet.fh.write(f'{place} t="s"><v>{cell.string}</v></c>' if kind is CellStringTuple else f"{place}/>")


@cache
def _letters(column: int) -> str:
    return str(xl_col_to_name(column))


def _create_package(packager: Any) -> list[Any]:
    """The parts stay with the workbook: packed by XlsxWriter they would have to be packed anew."""
    packager.workbook.parts = [
        (name, content.getvalue() if is_binary else content.getvalue().encode())
        for content, name, is_binary in Packager._create_package(packager)
    ]
    return []


QUICK_SHEET: Any = type("QuickSheet", (Worksheet,), {"_write_rows": _write_rows})
"""For `Workbook.add_worksheet`."""
UNPACKED: Any = type("Unpacked", (Packager,), {"_create_package": _create_package})
QUICK_BOOK: Any = type("QuickBook", (Workbook,), {"_get_packager": lambda _book: UNPACKED()})
"""A workbook that packs nothing: once it is closed, `parts` are the names and contents of what it consists of."""
