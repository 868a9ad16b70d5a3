"""A sheet that takes text and empty cells in few steps: the papers of a large plan have a million of them.

Whatever else a cell holds goes XlsxWriter's own way.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellBlankTuple, CellStringTuple, Worksheet


def put_text(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """Write text that is no longer than Excel allows and no markup of XlsxWriter's own."""
    sheet._check_dimensions(row, column)
    sheet.table[row][column] = CellStringTuple(sheet.str_table._get_shared_string_index(text), look)


def put_blank(sheet: Any, row: int, column: int, look: Any) -> None:
    """Write a cell that has a look and no content."""
    sheet._check_dimensions(row, column)
    sheet.table[row][column] = CellBlankTuple(look)


def _write_cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    """XlsxWriter's own method asks of every attribute of every cell whether it needs escaping."""
    kind = type(cell)
    if cell.format is None or kind not in (CellStringTuple, CellBlankTuple):
        Worksheet._write_cell(sheet, row, column, cell)
        return
    cell_range, look = xl_rowcol_to_cell_fast(row, column), cell.format._get_xf_index()
    if kind is CellStringTuple:
        sheet.fh.write(f'<c r="{cell_range}" s="{look}" t="s"><v>{cell.string}</v></c>')
    else:
        sheet.fh.write(f'<c r="{cell_range}" s="{look}"/>')


QUICK_SHEET: Any = type("QuickSheet", (Worksheet,), {"_write_cell": _write_cell})
"""For `Workbook.add_worksheet`."""
