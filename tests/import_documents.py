"""The same made-up document in every format that can be imported; a PDF is typeset here, line by line."""

from __future__ import annotations

import html
import io
import zlib
from collections.abc import Iterable, Sequence

import docx
import openpyxl

Table = Sequence[Sequence[str]]
Part = str | Table
"""A paragraph, or a table; in a table `^` continues the cell above and `<` the cell to the left."""

LINE = 28
SIZE = 16
TOP, LEFT, PITCH = 760, 80, 28
ROW = 3
"""Lines that a row of a table takes."""


def as_text(parts: Iterable[Part], encoding: str = "utf-8") -> bytes:
    """One paragraph on a line."""
    return "\n".join(part for part in parts if isinstance(part, str)).encode(encoding)


def as_wrapped_text(parts: Iterable[Part]) -> bytes:
    """As a PDF reader gives it: lines of equal width, each paragraph indented by two."""
    return "\n".join(line for part in parts if isinstance(part, str) for line in wrapped(part)).encode()


def as_markdown(parts: Iterable[Part]) -> bytes:
    """Paragraphs with blank lines between them, tables with pipes."""
    blocks = []
    for part in parts:
        if isinstance(part, str):
            blocks.append(part)
        else:
            rows = [f"| {' | '.join(row)} |" for row in part]
            blocks.append("\n".join([rows[0], f"|{' --- |' * len(part[0])}", *rows[1:]]))
    return "\n\n".join(blocks).encode()


def as_html(parts: Iterable[Part]) -> bytes:
    """A page with a navigation bar that is none of the document's."""
    body = "".join(
        f"<p>　　{html.escape(part)}</p>" if isinstance(part, str) else _html_table(part) for part in parts
    )
    nav = "<nav><a href='/'>首页</a> &gt; <a href='/zwgk'>政务公开</a></nav><script>var a = '不是正文';</script>"
    return (
        f"<!DOCTYPE html><html><head><title>页面</title></head><body>{nav}<div>{body}</div></body></html>".encode()
    )


def _html_table(table: Table) -> str:
    rows = []
    for row_number, row in enumerate(table):
        cells = []
        for column, text in enumerate(row):
            if text not in {"^", "<"}:
                down, across = _span(table, row_number, column)
                cells.append(f'<td rowspan="{down}" colspan="{across}">{html.escape(text)}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _span(table: Table, row: int, column: int) -> tuple[int, int]:
    down = across = 1
    while row + down < len(table) and table[row + down][column] == "^":
        down += 1
    while column + across < len(table[row]) and table[row][column + across] == "<":
        across += 1
    return down, across


def as_docx(parts: Iterable[Part]) -> bytes:
    """A Word document with real merged cells."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]), "Table Grid")
        for row_number, row in enumerate(part):
            for column, text in enumerate(row):
                if text in {"^", "<"}:
                    continue
                down, across = _span(part, row_number, column)
                first, last = (
                    table.cell(row_number, column),
                    table.cell(row_number + down - 1, column + across - 1),
                )
                first.merge(last).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_xlsx(table: Table, title: str = "") -> bytes:
    """A workbook with one sheet, the title merged above the table."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    start = 1
    if title:
        sheet.cell(1, 1, title)
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(table[0]))
        start = 2
    for row_number, row in enumerate(table):
        for column, text in enumerate(row):
            if text in {"^", "<"}:
                continue
            sheet.cell(start + row_number, column + 1, text)
            down, across = _span(table, row_number, column)
            if down > 1 or across > 1:
                place = (start + row_number, column + 1, start + row_number + down - 1, column + across)
                sheet.merge_cells(None, *place)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def wrapped(text: str, width: int = LINE, indent: int = 2) -> list[str]:
    """The lines of a paragraph as a page of `width` characters breaks it; Latin letters take half a place."""
    lines, line, room = [], "　" * indent, float(width - indent)
    for char in text:
        need = 1.0 if ord(char) > 0x2E7F or char in "—…“”" else 0.5
        if need > room:
            lines.append(line)
            line, room = "", float(width)
        line, room = line + char, room - need
    return [*lines, line]


def as_pdf(parts: Iterable[Part], head: str = "", pages_numbered: bool = True) -> bytes:
    """Pages of 22 lines with running head and page number, as an office prints them; tables are ruled."""
    pages: list[list[str]] = [[]]
    row = 0
    for part in parts:
        for drawn, height in _drawn(part):
            if row + height > 22:
                pages.append([])
                row = 0
            pages[-1].append(_shifted(drawn, TOP - PITCH * row))
            row += height
    contents = []
    for number, operators in enumerate(pages, 1):
        if head:
            operators.insert(0, _text(head, LEFT + 60, TOP + 45))
        if pages_numbered:
            operators.append(_text(f"— {number} —", LEFT + 180, 90))
        contents.append("\n".join(operators).encode())
    return _pdf(contents)


Drawing = tuple[str, int]


def _drawn(part: Part) -> Iterable[Drawing]:
    """Operators with @n for n points below the top of the block, and the lines that the block takes."""
    if isinstance(part, str):
        yield from ((_text_at(line), 1) for line in wrapped(part))
        return
    width = LINE * SIZE // len(part[0])
    operators = []
    for row_number, row in enumerate(part):
        for column, text in enumerate(row):
            if text in {"^", "<"}:
                continue
            down, across = _span(part, row_number, column)
            left, top = LEFT + column * width, row_number * ROW * PITCH - 18
            operators.append(f"{left} @{top + down * ROW * PITCH} {across * width} {down * ROW * PITCH} re S")
            per_line = max(1, across * width // SIZE - 1)
            for number, line in enumerate(
                text[start : start + per_line] for start in range(0, len(text), per_line)
            ):
                operators.append(_text_at(line, left + 4, top + 20 + number * 20))
    yield "\n".join(operators), ROW * len(part)


def _shifted(drawing: str, top: float) -> str:
    words = []
    for line in drawing.split("\n"):
        words.append(
            " ".join(str(top - float(word[1:])) if word.startswith("@") else word for word in line.split(" "))
        )
    return "\n".join(words)


def _text_at(text: str, x: float = LEFT, below: float = 0) -> str:
    blank = len(text) - len(text.lstrip("　"))
    code = text.lstrip("　").encode("utf-16-be").hex()
    return f"BT /F1 {SIZE} Tf 1 0 0 1 {x + blank * SIZE} @{below} Tm <{code}> Tj ET"


def _text(text: str, x: float, y: float) -> str:
    return f"BT /F1 {SIZE} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def _pdf(contents: Sequence[bytes]) -> bytes:
    """A PDF with one of the fonts that every reader knows the characters of."""
    count = len(contents)
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(count))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    for number, content in enumerate(contents):
        stream = zlib.compress(content)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _numbered(objects)


def _numbered(objects: Sequence[bytes]) -> bytes:
    output, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(output)
    output += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    output += b"".join(b"%010d 00000 n \n" % place for place in places)
    return output + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
