"""An .xlsx as grids of cells: what stands in them, formulas, merged ranges; nothing is calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from pathlib import PurePosixPath

from lxml import etree

from generator.forms.safe_zip import RefusedFileError, SafeZip, elements

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
MAX_ROWS = 3_000
MAX_CELLS = 100_000
MAX_COLUMNS = 200
MAX_STRINGS = 100_000
MAX_SHEETS = 50
DAYS_TO_1904 = 1462
LETTERS = re.compile(r"[A-Z]{1,3}")
CELLS = (f"{MAIN}c", f"{STRICT}c")
STRINGS = (f"{MAIN}si", f"{STRICT}si")
TEXTS = (f"{MAIN}t", f"{STRICT}t")
SHEET_PARTS = {f"{space}{tag}": tag for space in (MAIN, STRICT) for tag in ("row", "mergeCell", "drawing")}
CELL_PARTS = {f"{space}{tag}": tag for space in (MAIN, STRICT) for tag in ("v", "is", "f")}
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class SheetCell:
    """A cell: its text, its number where it holds one, and whether a formula stands there."""

    text: str
    number: float | None = None
    formula: bool = False


@dataclass
class Grid:
    """A sheet: its filled cells by row and column from 1, merged ranges as (top, left, bottom, right).

    `day_shift` is added to a number that is a day: some workbooks count days from 1904.
    """

    name: str
    lines: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    pictures: bool = False
    day_shift: int = 0

    def text(self, row: int, column: int) -> str:
        """The text of a cell; an empty string where there is nothing."""
        found = self.cell(row, column)
        return found.text if found else ""

    def cell(self, row: int, column: int) -> SheetCell | None:
        """A cell; None where there is nothing."""
        return self.lines.get(row, {}).get(column)

    def covering(self, row: int, column: int) -> tuple[int, int] | None:
        """The first cell of the merged range that covers a cell; None for one that is not covered by another."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                return top, left
        return None


@dataclass(frozen=True)
class Workbook:
    """The sheets in their order, and the custom properties of the file."""

    grids: tuple[Grid, ...]
    properties: Mapping[str, str]


def read_workbook(content: bytes) -> Workbook:
    """RefusedFileError says in Chinese why a file cannot be read."""
    archive = SafeZip(content)
    if "xl/vbaProject.bin" in archive or any(name.startswith("xl/macrosheets/") for name in archive.members):
        raise RefusedFileError("文件带有宏，不予读取；请另存为不带宏的 .xlsx 后重发")
    if "xl/workbook.xml" not in archive:
        raise RefusedFileError("不是 Excel 工作簿（.xlsx）；请用下发的调度表填写")
    book = archive.xml("xl/workbook.xml")
    return Workbook(tuple(_grids(archive, book)), _properties(archive))


def _grids(archive: SafeZip, book: etree._Element) -> Iterator[Grid]:
    """Every sheet once; together they may hold no more than one sheet may."""
    strings, settings = _strings(archive), _all(book, "workbookPr")
    from_1904 = bool(settings) and settings[0].get("date1904") in {"1", "true"}
    room = MAX_CELLS
    for part, name in _parts(archive, book).items():
        grid = Grid(name, day_shift=DAYS_TO_1904 if from_1904 else 0)
        _fill(grid, archive.read(part), strings, room)
        room -= sum(map(len, grid.lines.values()))
        yield grid


def _parts(archive: SafeZip, book: etree._Element) -> dict[str, str]:
    """The part of every sheet, with the sheet's name."""
    targets = _relations(archive)
    found: dict[str, str] = {}
    for sheet in _all(book, "sheet"):
        part = targets.get(sheet.get(RELATION) or sheet.get(STRICT_RELATION) or "")
        if part and part in archive:
            found.setdefault(part, sheet.get("name", ""))
    if len(found) > MAX_SHEETS:
        raise RefusedFileError(f"工作簿有 {len(found)} 张工作表，不像是调度表；请只发下发的表")
    return found


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for space in (MAIN, STRICT) for element in root.iter(f"{space}{name}")]


def _relations(archive: SafeZip) -> dict[str, str]:
    name = "xl/_rels/workbook.xml.rels"
    if name not in archive:
        return {}
    found = {}
    for relation in archive.xml(name):
        target = relation.get("Target", "")
        path = PurePosixPath(target.lstrip("/")) if target.startswith("/") else PurePosixPath("xl") / target
        found[relation.get("Id", "")] = str(path)
    return found


def _strings(archive: SafeZip) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive:
        return []
    strings = []
    for item in elements(archive.read(name), STRINGS):
        strings.append(_rich_text(item))
        item.clear()
        if len(strings) > MAX_STRINGS:
            raise RefusedFileError("工作簿里的文字太多，不像是调度表；请只发下发的表")
    return strings


def _rich_text(item: etree._Element) -> str:
    """The runs of a string; phonetic readings (rPh) are no part of it."""
    if len(item) == 1 and item[0].tag in TEXTS:
        return unescaped(item[0].text or "")
    pieces = [
        piece.text or ""
        for piece in item.iter(*TEXTS)
        if not (piece.getparent() is not None and str(piece.getparent().tag).endswith("}rPh"))
    ]
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Excel writes what XML cannot hold as _x000D_, and such a text itself as _x005F_x000D_."""
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n") if "\r" in plain else plain


def _properties(archive: SafeZip) -> dict[str, str]:
    name = "docProps/custom.xml"
    if name not in archive:
        return {}
    return {found.get("name", ""): "".join(found.itertext()) for found in archive.xml(name)}


def _fill(grid: Grid, sheet: bytes, strings: list[str], room: int) -> None:
    """The cells of a sheet, at most `room`, its merged ranges, and whether it has pictures."""
    row_number = counted = waiting = 0
    for element in elements(sheet, tuple(SHEET_PARTS), inside=CELLS):
        part = SHEET_PARTS.get(str(element.tag))
        if part is None:
            waiting += 1
        elif part == "row":
            counted, waiting = counted + len(element), 0
            row_number = _number_of(element.get("r"), row_number + 1)
        if counted + waiting > room:
            raise RefusedFileError(f"工作表“{grid.name}”超过 {MAX_CELLS} 格，不像是调度表；请只发下发的表")
        if part == "row":
            _take_row(grid, row_number, element, strings)
        elif part == "mergeCell":
            grid.merged += _range(element.get("ref", ""))
            if len(grid.merged) > MAX_ROWS:
                raise RefusedFileError(f"工作表“{grid.name}”合并的单元格太多，不像是调度表；请用下发的表填写")
        elif part == "drawing":
            grid.pictures = True


def _take_row(grid: Grid, number: int, row: etree._Element, strings: list[str]) -> None:
    cells = dict(_row_cells(row, strings))
    if cells:
        grid.lines[number] = cells
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]
    if len(grid.lines) > MAX_ROWS:
        raise RefusedFileError(f"工作表“{grid.name}”超过 {MAX_ROWS} 行，不像是调度表；请只发下发的表")


def _number_of(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdigit() and len(written) < 8 else otherwise


def _row_cells(row: etree._Element, strings: list[str]) -> Iterator[tuple[int, SheetCell]]:
    column = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        column = _column_of(cell.get("r"), column + 1)
        found = _cell(cell, strings) if len(cell) else None
        if found and column <= MAX_COLUMNS:
            yield column, found


def _column_of(written: str | None, otherwise: int) -> int:
    letters = (written or "").rstrip("0123456789")
    if 0 < len(letters) <= 3:
        return _column_of_letters(letters) or otherwise
    return otherwise


@lru_cache(maxsize=1024)
def _column_of_letters(letters: str) -> int:
    """The column from 1; 0 for what is none."""
    if not LETTERS.fullmatch(letters):
        return 0
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _cell(cell: etree._Element, strings: list[str]) -> SheetCell | None:
    kind, value, inline, formula = cell.get("t", "n"), "", None, False
    for child in cell:
        part = CELL_PARTS.get(str(child.tag))
        if part == "v":
            value = child.text or ""
        elif part == "is":
            inline = _rich_text(child)
        elif part == "f":
            formula = True
            inline = inline if value else f"={child.text or ''}"
    if kind == "s":
        index = _number_of(value, -1)
        return SheetCell(strings[index], None, formula) if 0 <= index < len(strings) else None
    if kind in {"str", "inlineStr", "e", "d"} or (inline is not None and not value):
        text = unescaped(value) if value else inline or ""
        return SheetCell(text, None, formula) if text else None
    if kind == "b":
        return SheetCell("是" if value == "1" else "否", None, formula)
    return _numeric(value, formula)


def _numeric(value: str, formula: bool) -> SheetCell | None:
    try:
        number = float(value)
    except ValueError:
        return SheetCell(value, None, formula) if value else None
    if not isfinite(number):
        return SheetCell(value, None, formula)
    return SheetCell(f"{number:.15g}", number, formula)


def _range(written: str) -> list[tuple[int, int, int, int]]:
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", written)
    if not found:
        return []
    return [(int(found[2]), _column_of(found[1], 1), int(found[4]), _column_of(found[3], 1))]
