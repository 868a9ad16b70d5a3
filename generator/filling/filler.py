"""`planbook fill`: somebody else's workbook filled with our rows, its own looks and formulas kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from generator.book import Book
from generator.filling.fields import FIELDS, HEAD_FIELDS, field_names, head_names, rank
from generator.filling.lines import Line, Value, lines, numbered
from generator.filling.sheet import ForeignSheet, MappingFaultError
from generator.findings import Finding, PlanError, Severity, shown, suggestion
from generator.forms.safe_zip import RefusedFileError, SafeZip, refuse_entities
from generator.forms.sheets import read_workbook
from generator.model import FillMapping, Period
from generator.model.filling import CELL
from generator.office.archives import repeatable
from generator.storage.yaml_reader import SourceFile

RULE = "filling"
LOST = ("xl/charts/", "xl/pivotTables/", "xl/ctrlProps/", "xl/diagrams/", "xl/activeX/")
"""What the library that writes workbooks does not carry over."""


@dataclass(frozen=True)
class Filled:
    """The workbook, how many rows went in, and whether the template holds what is lost by filling."""

    content: bytes
    rows: int
    lost: bool


@dataclass(frozen=True)
class Request:
    """What is filled: the template, the mapping with its places, the plan, period and unit."""

    template: bytes
    mapping: FillMapping
    source: SourceFile
    plan: str
    period: Period
    unit: str | None


def fill(book: Book, request: Request) -> Filled:
    """The template filled; PlanError tells where the mapping asks for what is not there."""
    mapping, template = request.mapping, request.template
    columns = _fields(book, request)
    try:
        _refuse_hostile(template)
        workbook = openpyxl.load_workbook(io.BytesIO(template), rich_text=True)
    except RefusedFileError as refused:
        raise _fault(request, (), f"模板不能使用：{refused}") from None
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError):
        raise _fault(request, (), "模板打不开；请用 Excel 或 WPS 另存为 .xlsx 后再试") from None
    found = _chosen(book, request)
    if not found:
        raise _fault(request, ("filter",), "没有符合条件的行；请核对 filter、周期和单位")
    sheet = ForeignSheet(workbook, _sheet(request, workbook), mapping.first_row)
    _write(book, request, sheet, columns, found)
    workbook.calculation.fullCalcOnLoad = True
    buffer = io.BytesIO()
    workbook.save(buffer)
    names = SafeZip(template).members
    return Filled(repeatable(buffer.getvalue(), book.as_of), len(found), any(n.startswith(LOST) for n in names))


def _refuse_hostile(template: bytes) -> None:
    """Limits of size, no macros, no entities, before any other reader sees the file."""
    read_workbook(template)
    archive = SafeZip(template)
    for name in archive.members:
        if name.endswith((".xml", ".rels", ".vml")):
            refuse_entities(archive.read(name))


def _fields(book: Book, request: Request) -> dict[str, str]:
    """Column as written → field; every name that the mapping uses is looked at, and all faults told at once."""
    mapping, known, head = request.mapping, field_names(book), head_names(book)
    faults = [*_unknown(request, "columns", mapping.columns.items(), known)]
    faults += _unknown(request, "cells", mapping.cells.items(), head)
    faults += _unknown(request, "filter", ((name, name) for name in mapping.filter), known)
    faults += _unknown(request, "order", ((place, name) for place, name in enumerate(mapping.order)), known)
    for cell in mapping.cells:
        if not re.match(CELL, cell):
            faults.append(_finding(request, ("cells", cell), f"“{shown(cell)}”不是单元格；应写作 B2"))
    if faults:
        raise PlanError(faults)
    return {column: known[name] for column, name in mapping.columns.items()}


def _unknown(
    request: Request, part: str, used: Iterable[tuple[str | int, str]], known: dict[str, str]
) -> Iterator[Finding]:
    for key, name in used:
        if name not in known:
            hint = suggestion(name, known) or f"可用的有：{'、'.join(known)}"
            yield _finding(request, (part, key), f"没有字段“{shown(name)}”；{hint}")


def _finding(request: Request, loc: tuple[str | int, ...], message: str) -> Finding:
    return Finding(request.source.place(loc), RULE, Severity.ERROR, message)


def _fault(request: Request, loc: tuple[str | int, ...], message: str) -> PlanError:
    return PlanError([_finding(request, loc, message)])


def _sheet(request: Request, workbook: openpyxl.Workbook) -> openpyxl.worksheet.worksheet.Worksheet:
    wanted, names = request.mapping.sheet, [sheet.title for sheet in workbook.worksheets]
    if not names or (wanted is not None and wanted not in names):
        hint = suggestion(wanted or "", names) or f"模板里有：{shown('、'.join(names), 80)}"
        raise _fault(request, ("sheet",), f"模板里没有工作表“{shown(wanted)}”；{hint}")
    return workbook[wanted] if wanted is not None else workbook.worksheets[0]


def _chosen(book: Book, request: Request) -> tuple[Line, ...]:
    """The rows that pass every filter, in the order wished."""
    mapping, known = request.mapping, field_names(book)
    found = lines(book, request.plan, request.period, mapping.rows, request.unit)
    for name, allowed in mapping.filter.items():
        found = tuple(line for line in found if _passes(FIELDS[known[name]](line), allowed))
    for name in reversed(mapping.order):
        found = tuple(sorted(found, key=partial(_rank, known[name])))
    return numbered(found)


def _rank(key: str, line: Line) -> tuple[int, float, str]:
    return rank(line, key)


def _passes(value: Value, allowed: tuple[str, ...]) -> bool:
    """Whether a field holds one of the values; of several units one is enough."""
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    held = {text, *text.split("\n"), *(part.rpartition("：")[2] for part in text.split("\n"))}
    return not held.isdisjoint(allowed)


def _write(
    book: Book, request: Request, sheet: ForeignSheet, columns: dict[str, str], found: tuple[Line, ...]
) -> None:
    mapping = request.mapping
    places: dict[int, str] = {}
    for written, key in columns.items():
        try:
            place = sheet.column(written)
            sheet.refuse_unwritable(place)
            if place in places:
                raise MappingFaultError(f"“{written}”与前面的列是同一列；每列只写一次")
        except MappingFaultError as fault:
            raise _fault(request, ("columns", written), str(fault)) from None
        places[place] = key
    try:
        sheet.make_room(sheet.free_rows(list(places), mapping.last_row), len(found))
    except MappingFaultError as fault:
        raise _fault(request, ("last_row",) if mapping.last_row else ("first_row",), str(fault)) from None
    for line, row in zip(found, range(sheet.first, sheet.first + len(found)), strict=True):
        values = {place: FIELDS[key](line) for place, key in places.items()}
        for place, value in values.items():
            sheet.write(row, place, value)
            if places[place] == "rate":
                sheet.show_share(row, place)
        sheet.fit(row, values)
    _write_head(book, request, sheet)


def _write_head(book: Book, request: Request, sheet: ForeignSheet) -> None:
    head = head_names(book)
    for cell, name in request.mapping.cells.items():
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        try:
            if row >= sheet.first:
                raise MappingFaultError(
                    f"{cell} 不在首个数据行（第{sheet.first}行）之上；cells 只写表头处的单元格"
                )
            sheet.write(row, column, HEAD_FIELDS[head[name]](book, request.period, request.unit))
        except MappingFaultError as fault:
            raise _fault(request, ("cells", cell), str(fault)) from None
