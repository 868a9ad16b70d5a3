"""A PDF with a text layer: its lines as they stand on the page, and its ruled tables."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from generator.findings import PlanError
from generator.importing.documents.characters import Cleaner
from generator.importing.documents.pdf_lines import Char, page_lines
from generator.importing.documents.received import Cell, LeftOut, Line, Received, Table, refusal
from generator.importing.documents.sniffing import MAX_UNPACKED
from generator.importing.documents.widths import width_of

# What the reader thinks of a font or a stream helps nobody who imports a document.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

MAX_PAGES = 800
FEWEST_CHARACTERS = 10
"""A page with fewer characters has no text layer to speak of: it holds at most a stamp or a page number."""
_STREAM = re.compile(rb"stream\r?\n")
_NO_UNICODE = re.compile(r"\(cid:\d+\)")


def read_pdf(name: str, content: bytes) -> Received:
    """A .pdf; one that is encrypted, only pictures, or broken is refused with what to do."""
    _refuse_bomb(name, content)
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return _received(name, document)
    except PlanError:
        raise
    except Exception as fault:
        # The reader meets a broken file with whatever exception its code happens to run into.
        raise _refused(name, fault) from None


def _refused(name: str, fault: BaseException) -> PlanError:
    causes = [fault, *fault.args, fault.__cause__, fault.__context__]
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return refusal(name, "PDF 已加密，读不出内容；请用密码打开，另存为不加密的 PDF 后再导入")
    return refusal(name, "PDF 已损坏，读不出内容；请重新下载，或用阅读器打印成新的 PDF 后再导入")


def _refuse_bomb(name: str, content: bytes) -> None:
    """A few kilobytes may unpack to gigabytes, and the reader would unpack them."""
    total = 0
    for mark in _STREAM.finditer(content):
        unpacker, data = zlib.decompressobj(), content[mark.end() : mark.end() + (1 << 24)]
        try:
            while data and not unpacker.eof and total <= MAX_UNPACKED:
                total += len(unpacker.decompress(data, 1 << 22))
                data = unpacker.unconsumed_tail
        except zlib.error:
            continue
        if total > MAX_UNPACKED:
            raise refusal(name, "PDF 的内容展开后太大，不像是公文；请用阅读器另存一份干净的 PDF 后再导入")


def _received(name: str, document: PDF) -> Received:
    if len(document.pages) > MAX_PAGES:
        raise refusal(name, f"PDF 有 {len(document.pages)} 页，超过 {MAX_PAGES} 页；请只导入方案本身的几页")
    cleaner = Cleaner()
    parts: list[Line | Table] = []
    left_out: list[LeftOut] = []
    characters = unknown = 0
    for page in document.pages:
        where = f"第{page.page_number}页"
        found = list(_page_parts(page, where, cleaner))
        text = "".join(_all_text(part) for part in found)
        characters += len(text)
        unknown += len(_NO_UNICODE.findall(text))
        if len(text) < FEWEST_CHARACTERS and page.images:
            left_out.append(LeftOut(where, "（图片）", "这一页没有文字层，可能是扫描件"))
        parts += found
        page.close()
    if characters < FEWEST_CHARACTERS:
        raise refusal(name, "PDF 里没有文字（是扫描件或图片）；请先做文字识别（OCR），或导入 Word 原稿")
    if unknown * 4 > characters:
        raise refusal(
            name, "PDF 的字体没有文字对照表，读出来是乱码；请导入 Word 原稿，或做文字识别（OCR）后再导入"
        )
    return Received(name, tuple(parts), (*cleaner.left_out(), *left_out))


def _all_text(part: Line | Table) -> str:
    if isinstance(part, Line):
        return "".join(part.text.split())
    return "".join("".join(cell.text.split()) for row in part.rows for cell in row)


def _page_parts(page: Page, where: str, cleaner: Cleaner) -> Iterator[Line | Table]:
    """Lines and tables of a page from top to bottom."""
    tables = _tables(page)
    boxes = [table.bbox for table in tables]
    outside = [_char(char) for char in page.chars if not any(_within(char, box) for box in boxes)]
    placed: list[tuple[float, Any]] = [(table.bbox[1], table) for table in tables]
    placed += [(line.top, line) for line in page_lines(outside)]
    first = True
    for number, (_, part) in enumerate(sorted(placed, key=lambda item: item[0]), 1):
        if part in tables:
            table = _table(part, f"{where}表{tables.index(part) + 1}", cleaner)
            if table is not None:
                yield table
            first = False
            continue
        text = cleaner.clean(part.text, f"{where}第{number}行")
        if text.strip():
            yield Line(
                text,
                f"{where}第{number}行",
                blank_before=part.apart,
                page_edge=first,
                indent=part.indent,
                full=part.full,
            )
            first = False


def _char(char: dict[str, Any]) -> Char:
    return Char(char["text"], char["x0"], char["x1"], char["top"], char["bottom"])


def _within(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _tables(page: Page) -> list[Any]:
    """Ruled tables with two columns and two rows at least; a frame or a red line is none."""
    if len(page.edges) < 6 or len(page.edges) > 20_000:
        return []
    return [
        table
        for table in page.find_tables()
        if len(table.rows) >= 2 and max(len([cell for cell in row.cells if cell]) for row in table.rows) >= 2
    ]


def _table(found: Any, where: str, cleaner: Cleaner) -> Table | None:
    """The grid of a ruled table: a place without a cell of its own belongs to a merged one left of or above it."""
    texts = found.extract()
    rows: list[tuple[Cell, ...]] = []
    for number, (row, words) in enumerate(zip(found.rows, texts, strict=True)):
        cells: list[Cell] = []
        for column, box in enumerate(row.cells):
            text = words[column] if column < len(words) else None
            place = f"{where}第{number + 1}行第{column + 1}列"
            if box is None and (around := _covering(cells, rows, column)) is not None:
                cells.append(around)
            else:
                cells.append(Cell(cleaner.clean(_unwrapped(text or ""), place), place))
        rows.append(tuple(cells))
    return Table(tuple(rows), where) if rows else None


_NEXT_UNIT = re.compile(r"[局委办部院队会处所站)）心府道镇乡]\n[各区县市镇乡街省旗州]")
"""One unit ends a line of a cell and the next begins with its level."""


def _unwrapped(text: str) -> str:
    """The words of a narrow cell: a line as wide as the widest was broken by the cell, not by its writer."""
    lines = text.split("\n")
    widest = max(width_of(line) for line in lines)
    whole = lines[0]
    for before, line in pairwise(lines):
        broken = width_of(before) > widest - 1.5 and not _NEXT_UNIT.search(f"{whole[-1:]}\n{line[:1]}")
        whole += line if broken else f"\n{line}"
    return whole.strip("\n")


def _covering(cells: list[Cell], rows: list[tuple[Cell, ...]], column: int) -> Cell | None:
    """Of a merged cell only the first place has a box."""
    above = rows[-1][column] if rows and column < len(rows[-1]) else None
    left = cells[-1] if cells else None
    if above is not None and left is not None:
        # Left of a gap in the first row of a wide cell stands the cell itself; below a tall cell, the cell above.
        return (
            left
            if rows and column and rows[-1][column - 1] is above and left is not above and not left.text
            else above
        )
    return above or left
