"""More rows in a foreign sheet: what stands below moves down, and references go on to mean what they meant."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.formula import ArrayFormula

from generator.filling.references import Inserted


def insert_rows(workbook: Any, sheet: Any, put: Inserted) -> None:
    """Empty rows; merges, heights, formulas, rules, print area and names are adjusted."""
    sheet.insert_rows(put.after + 1, put.count)
    for held in sheet.merged_cells.ranges:
        first, last = held.min_row, held.max_row
        held.max_row, held.min_row = put.end(first, last), put.row(first)
    sheet.merged_cells.ranges = set(sheet.merged_cells.ranges)
    heights = sheet.row_dimensions
    for row in sorted((row for row in heights if row > put.after), reverse=True):
        moved = heights.pop(row)
        moved.index = put.row(row)
        heights[moved.index] = moved
    _adjust_formulas(workbook, sheet, put)
    _adjust_rules(sheet, put)
    _adjust_names(workbook, sheet, put)


def _adjust_formulas(workbook: Any, sheet: Any, put: Inserted) -> None:
    for one in workbook.worksheets:
        here = one is sheet
        for cell in (cell for row in one.iter_rows() for cell in row):
            if isinstance(cell.value, ArrayFormula):
                cell.value.text = put.formula(cell.value.text, here)
                cell.value.ref = put.area(cell.value.ref) if here else cell.value.ref
            elif cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = put.formula(cell.value, here)


def _adjust_rules(sheet: Any, put: Inserted) -> None:
    """Drop-down lists and looks that depend on values."""
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = type(rule.sqref)(put.area(str(rule.sqref)))
    looks = sheet.conditional_formatting
    held = [(put.area(str(found.sqref)), list(found.rules)) for found in looks]
    sheet.conditional_formatting = type(looks)()
    for area, rules in held:
        for rule in rules:
            sheet.conditional_formatting.add(area, rule)


def _adjust_names(workbook: Any, sheet: Any, put: Inserted) -> None:
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = put.area(sheet.auto_filter.ref)
    if sheet.print_area:
        areas = (part.rpartition("!")[2] for part in sheet.print_area.split(","))
        sheet.print_area = ",".join(map(put.area, areas))
    for name in workbook.defined_names.values():
        name.attr_text = ",".join(put.prefixed(part, False) for part in str(name.attr_text).split(","))


def make_alike(sheet: Any, model_row: int, row: int, width: int) -> None:
    """Styles, height, formulas, fixed words and merges across of the first row of data."""
    heights = sheet.row_dimensions
    if model_row in heights and heights[model_row].height:
        heights[row].height = heights[model_row].height
    for column in range(1, width + 1):
        model, cell = sheet.cell(model_row, column), sheet.cell(row, column)
        if isinstance(model, MergedCell) or isinstance(cell, MergedCell):
            continue
        if model.has_style:
            cell._style = copy(model._style)
        if model.data_type == "f" and isinstance(model.value, str):
            cell.value = Translator(model.value, model.coordinate).translate_formula(cell.coordinate)
        elif model.value is not None and not isinstance(model.value, ArrayFormula):
            cell.value = model.value
    for held in list(merges_of(sheet, model_row)):
        sheet.merge_cells(None, row, held.min_col, row, held.max_col)


def merges_of(sheet: Any, row: int) -> Iterator[Any]:
    """The merged ranges that lie in one row."""
    return (found for found in sheet.merged_cells.ranges if found.min_row == found.max_row == row)
