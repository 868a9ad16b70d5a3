"""What Word requires of a drawn document and a loop in a template breaks: unique ids, rows that break well.

Works on the text of a part as `lxml` writes it: a form of a thousand rows is changed in one go, not cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

TABLE_END, ROW_END, CELL_END = "</w:tbl>", "</w:tr>", "</w:tc>"
CANT_SPLIT = re.compile(r"<w:cantSplit\b[^>]*/>")
ALIGNMENT, FROM_THE_TOP = re.compile(r"<w:vAlign\b[^>]*/>"), '<w:vAlign w:val="top"/>'
CELL_WIDTH = re.compile(r'<w:tcW\b[^>]*? w:w="(\d+)"')
LINE_END = re.compile(r"</w:p>|<w:p/>|<w:br\b[^>]*>")
TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")
NUMBERED = re.compile(r'<w:(?:(id) w:val="|bookmark(Start|End)\b[^>]*? w:id=")([^"]*)')
MARK = "\0"
"""Stands on both sides of what is numbered once all is drawn; no text that XML can hold has it."""
CONTROL, CONTROL_END, OWN_CONTROL, OWN_START, OWN_END = "12345"
"""What is numbered: a control that was printed, with its bookmark; a template's own controls and bookmarks."""
BODY_END = re.compile(
    r"(?P<paragraph><w:p(?: [^>]*)?/>|<w:p(?: [^>]*)?>(?:(?!</w:p>).)*</w:p>)?"
    r"(?P<section><w:sectPr\b(?:(?!</w:sectPr>).)*</w:sectPr>|<w:sectPr\b[^>]*/>)?</w:body></w:document>",
    re.DOTALL,
)
SHOWN = re.compile(r"<w:(?:drawing|pict|object|sdt(?:Content)?|fldChar|fldSimple|br|tab|sectPr)\b")
"""What a paragraph without text may show; empty runs, which office programs leave in one, show nothing."""
PARAGRAPH = re.compile(r"(<w:p(?: [^>]*)?(?<!/)>)(<w:pPr>(<w:pStyle\b[^>]*/>)?(<w:keepNext\b[^>]*/>)?)?")
KEPT = "<w:keepNext/>"
CHARACTER = 210
"""Width of a Chinese character in 五号 type, in twentieths of a point."""
NARROW = re.compile("[\x00-\u2000]")
CELL_PADDING = 114
UNBROKEN_LINES = 12
"""A row of more lines may break across pages; kept whole it would leave much of a page empty."""
LOW_LINE = (
    '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)


def settled(part: str) -> str:
    """A drawn part as Word requires it."""
    *rows, after = part.split(ROW_END)
    rows = [_breaking_if_tall(row) for row in rows]
    _keep_sums(rows)
    return numbered(ROW_END.join((*rows, ended_in_a_low_line(after))))


def with_marks(template: str) -> str:
    """A part of a template in which every w:id of a bookmark or a content control is marked."""

    def marked(found: re.Match[str]) -> str:
        control, bookmark, old = found.groups()
        kind = OWN_CONTROL if control else OWN_START if bookmark == "Start" else OWN_END
        return f"{found[0].removesuffix(old)}{MARK}{kind}{old}{MARK}"

    return NUMBERED.sub(marked, template)


def numbered(part: str) -> str:
    """The part with a w:id of its own for every bookmark and every content control."""
    pieces = part.split(MARK)
    pieces[1::2] = _numbers(pieces[1::2])
    return "".join(pieces)


def _numbers(marks: Iterable[str]) -> Iterator[str]:
    opened: dict[str, str] = {}
    controls = bookmarks = 0
    for mark in marks:
        kind, held = mark[0], mark[1:]
        if kind == CONTROL:
            controls += 1
            yield f'<w:bookmarkStart w:id="{bookmarks}"{held}{controls}'
            bookmarks += 1
        elif kind == CONTROL_END:
            yield str(bookmarks - 1)
        elif kind == OWN_CONTROL:
            controls += 1
            yield str(controls)
        elif kind == OWN_START:
            opened[held] = str(bookmarks)
            yield opened[held]
            bookmarks += 1
        else:
            yield opened.get(held, held)


def ended_in_a_low_line(part: str) -> str:
    """Behind a table that ends a document stands a paragraph; of full height it could take an empty page."""
    before, table_end, after = part.rpartition(TABLE_END)
    found = BODY_END.fullmatch(after)
    if not table_end or not found or (found["paragraph"] and not _is_empty(found["paragraph"])):
        return part
    return f"{before}{table_end}{LOW_LINE}{after[len(found['paragraph'] or '') :]}"


def _is_empty(paragraph: str) -> bool:
    return not "".join(TEXT.findall(paragraph)).strip() and not SHOWN.search(paragraph)


def _breaking_if_tall(before_and_row: str) -> str:
    """A row that would fill much of a page loses w:cantSplit and is set from the top; the others stay whole."""
    if "<w:cantSplit" not in before_and_row or not any(map(_is_tall, _cells(before_and_row))):
        return before_and_row
    start = _last(before_and_row, "tr")
    row = before_and_row[start:]
    if start < 0 or (start and not any(map(_is_tall, _cells(row)))) or "<w:cantSplit" not in row:
        return before_and_row
    free = CANT_SPLIT.sub("", row).replace("<w:trPr></w:trPr>", "<w:trPr/>")
    return before_and_row[:start] + ALIGNMENT.sub(FROM_THE_TOP, free)


def _last(text: str, name: str) -> int:
    """Where the last element of a name begins, which is the one that ends next; -1 where none does."""
    return max(text.rfind(f"<w:{name}>"), text.rfind(f"<w:{name} "))


def _cells(row: str) -> list[str]:
    """The cells of a row, without what tells one content control from another."""
    return "".join(row.split(MARK)[::2]).split(CELL_END)[:-1]


def _keep_sums(rows: list[str]) -> None:
    """A row that keeps with the next (合计) has the one before it on its page: alone it says nothing."""
    keeping = [place for place, row in enumerate(rows) if KEPT in row and KEPT in row[_last(row, "tr") :]]
    for place in filter(None, keeping):
        before = rows[place - 1]
        start = _last(before, "tr")
        rows[place - 1] = before[:start] + PARAGRAPH.sub(_kept_with_next, before[start:])


def _kept_with_next(found: re.Match[str]) -> str:
    opening, properties, style, kept = found.groups()
    if properties is None:
        return f"{opening}<w:pPr>{KEPT}</w:pPr>"
    return found[0] if kept else f"{opening}<w:pPr>{style or ''}{KEPT}"


@lru_cache(maxsize=32768)
def _is_tall(before_and_cell: str) -> bool:
    """Whether the text of a cell takes too many lines, roughly; kept, for most cells stand in many papers."""
    cell = before_and_cell[max(0, _last(before_and_cell, "tr")) :]
    width = CELL_WIDTH.search(cell)
    room = max(CHARACTER, int(width[1]) - CELL_PADDING) if width else CHARACTER
    lines = ("".join(TEXT.findall(line)) for line in LINE_END.split(cell)[:-1])
    return sum(max(1, -(-_length(line) // room)) for line in lines) > UNBROKEN_LINES


def _length(text: str) -> int:
    shown = unescape(text) if "&" in text else text
    return CHARACTER * len(shown) - CHARACTER // 2 * len(NARROW.findall(shown))
