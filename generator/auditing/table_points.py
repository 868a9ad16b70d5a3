"""Points of the tables: width, repeated heads, faces of heads and cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.auditing.document import Document, Text
from generator.auditing.formats import SIZES
from generator.auditing.page_points import Problem
from generator.auditing.text_points import FACES
from generator.findings import shown
from generator.office.word_paragraphs import unwrapped
from generator.office.word_template import word

CELL = 21
"""5号 in half-points."""
SLACK = 20
"""A point more than the page is no overrun."""
LONG = {True: 4, False: 20}
"""From so many rows on a table is a list whose head is repeated; on a standing page forms are longer."""
CELL_FACES = frozenset(face for name in ("仿宋", "楷体", "黑体", "宋体") for face in FACES[name])


def table_width(document: Document) -> Iterator[Problem]:
    """No table is wider than its page leaves room for."""
    for place, table, section in document.tables:
        widths = [found.get(word("w"), "") for found in table.iterfind(f"{word('tblGrid')}/{word('gridCol')}")]
        total = sum(int(width) for width in widths if width.isdigit())
        stated = table.find(f"{word('tblPr')}/{word('tblW')}")
        if stated is not None and stated.get(word("type")) == "dxa" and stated.get(word("w"), "").isdigit():
            total = max(total, int(stated.get(word("w"))))
        room = section.room[0]
        if total > room + SLACK:
            yield place, f"宽 {total / 567:.1f} 厘米；应不超过版心 {room / 567:.1f} 厘米"


def repeated_heads(document: Document) -> Iterator[Problem]:
    """The head of a list stands on every page."""
    for place, table, section in document.tables:
        rows = _rows(table)
        if len(rows) >= LONG[section.landscape] and not _is_head(rows[0]):
            yield f"{place}第1行", "没有设“在各页顶端以标题行形式重复出现”；表头应逐页重复"


def table_heads(document: Document) -> Iterator[Problem]:
    """Heads of columns in 5号 黑体."""
    for text in _cells(document):
        if not _is_head(text.paragraph.row):
            continue
        for look in text.looks:
            if look.face not in FACES["黑体"] or look.half_points != CELL:
                yield text.place, f"表头“{shown(text.text, 12)}”用{look.size}{look.face}；应为5号黑体"
                break


def table_texts(document: Document) -> Iterator[Problem]:
    """Cells of a lying table in 5号 仿宋 (remarks 楷体, parts 黑体); a form on a standing page may be larger."""
    for text in _cells(document):
        if _is_head(text.paragraph.row):
            continue
        for look in text.looks:
            wrong_size = look.half_points != CELL if text.section.landscape else look.half_points < CELL
            if look.face not in CELL_FACES or wrong_size:
                wanted = "5号" if text.section.landscape else "5号以上的"
                yield text.place, f"“{shown(text.text, 12)}”用{look.size}{look.face}；表内应为{wanted}仿宋"
                break


def whole_rows(document: Document) -> Iterator[Problem]:
    """A cell whose lines are set closer than its type is cut in print."""
    for text in _cells(document):
        distance = document.styles.line_spacing(text.paragraph.element)
        largest = max((look.half_points for look in text.looks), default=0)
        if distance and distance < largest * 10:
            size = SIZES.get(largest, f"{largest / 2:g}磅")
            yield text.place, f"固定行距 {distance / 20:g} 磅，小于{size}字，印出会缺一截；应大于字高"


def _cells(document: Document) -> Iterator[Text]:
    return (text for text in document.texts if text.in_table)


def _rows(table: Any) -> list[Any]:
    return [row for row in unwrapped(table) if row.tag == word("tr")]


def _is_head(row: Any) -> bool:
    mark = row.find(f"{word('trPr')}/{word('tblHeader')}") if row is not None else None
    return mark is not None and mark.get(word("val"), "1") not in {"0", "false", "off"}
