"""A workbook as text that a person can read and diff: what openpyxl, not our own code, finds in it."""

from __future__ import annotations

import io
from datetime import datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet


def opened(content: bytes, values: bool = False) -> Workbook:
    """The workbook; `values` gives what the formulas last came to."""
    return load_workbook(io.BytesIO(content), data_only=values)


def workbook_text(content: bytes) -> str:
    """Every sheet: set-up, then its rows, cells parted by │, line feeds shown as ⏎."""
    formulas, values = opened(content), opened(content, values=True)
    return "\n".join(_sheet(formulas[name], values[name]) for name in formulas.sheetnames)


def _sheet(formulas: Worksheet, values: Worksheet) -> str:
    page = formulas.page_setup
    setup = [
        f"== {formulas.title}",
        f"paper {page.paperSize} {page.orientation} fit {page.fitToWidth or 1}x{page.fitToHeight}"
        f" repeat {formulas.print_title_rows} frozen {formulas.freeze_panes}"
        f" filter {formulas.auto_filter.ref} locked {formulas.protection.sheet}",
    ]
    rows = [
        "│".join(_cell(cell, values[cell.coordinate]) for cell in row if cell.value is not None or cell.has_style)
        for row in formulas.iter_rows()
    ]
    return "\n".join([*setup, *rows, ""])


def _cell(cell: Cell, value: Cell) -> str:
    if isinstance(cell.value, datetime):
        mark = "※" if "※" in cell.number_format else ""
        return f"{cell.value:%Y-%m-%d}{mark}"
    if cell.data_type == "f":
        return f"{cell.value} → {value.value}"
    return "" if cell.value is None else str(cell.value).replace("\n", "⏎")
