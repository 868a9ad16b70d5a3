"""What Word requires of a drawn document and a loop in a template breaks: unique ids, rows that break well."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from generator.office.word_template import MAIN, word

CANT_SPLIT, ROW, CELL, WIDTH = word("cantSplit"), word("tr"), word("tc"), word("w")
CELL_WIDTH = f"{word('tcPr')}/{word('tcW')}"
PARAGRAPH, TEXT, BREAK, ID = word("p"), word("t"), word("br"), word("id")
BOOKMARK, BOOKMARK_END, CONTROL = word("bookmarkStart"), word("bookmarkEnd"), word("sdt")
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
EDITING_MARKS = (f"{{{WORD_2010}}}paraId", f"{{{WORD_2010}}}textId")
MARKED = etree.XPath("//w:p[@m:*] | //w:tr[@m:*]", namespaces={"w": MAIN, "m": WORD_2010})
CHARACTER = 210
"""Width of a Chinese character in 五号 type, in twentieths of a point."""
NARROW = re.compile("[\x00-\u2000]")
CELL_PADDING = 114
UNBROKEN_LINES = 12
"""A row of more lines may break across pages; kept whole it would leave much of a page empty."""
LOW_LINE = (
    f'<w:p xmlns:w="{MAIN}"><w:pPr><w:snapToGrid w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)


def settle(root: Any) -> None:
    """Make a drawn part hold what Word requires; changes it in place."""
    renumber(root)
    let_tall_rows_break(root)
    end_in_a_low_line(root)


def renumber(root: Any) -> None:
    """Every bookmark and every content control gets its own w:id; marks of old editing sessions go."""
    opened: dict[str, str] = {}
    bookmarks = controls = 0
    for element in root.iter(BOOKMARK, BOOKMARK_END, CONTROL):
        name = element.tag
        if name == BOOKMARK:
            opened[element.get(ID)] = str(bookmarks)
            element.set(ID, str(bookmarks))
            bookmarks += 1
        elif name == BOOKMARK_END:
            element.set(ID, opened.get(element.get(ID), element.get(ID)))
        else:
            controls += 1
            _set_control_id(element, controls)
    for element in MARKED(root):
        for mark in EDITING_MARKS:
            element.attrib.pop(mark, None)


def _set_control_id(control: Any, number: int) -> None:
    found = control.find(f"{word('sdtPr')}/{word('id')}")
    if found is not None:
        found.set(word("val"), str(number))


def end_in_a_low_line(root: Any) -> None:
    """Behind a table that ends a document stands a paragraph; of full height it could take an empty page."""
    for body in root.iter(word("body")):
        blocks = [child for child in body if child.tag != word("sectPr")]
        if len(blocks) > 1 and blocks[-2].tag == word("tbl") and _is_empty(blocks[-1]):
            body.remove(blocks.pop())
        if blocks and blocks[-1].tag == word("tbl"):
            blocks[-1].addnext(etree.fromstring(LOW_LINE))


def _is_empty(paragraph: Any) -> bool:
    """A paragraph that shows nothing; office programs leave empty runs in it."""
    if paragraph.tag != word("p"):
        return False
    shown = ("drawing", "pict", "object", "sdt", "fldChar", "fldSimple", "br", "tab", "sectPr")
    return not _text(paragraph)[0].strip() and next(paragraph.iter(*map(word, shown)), None) is None


def let_tall_rows_break(root: Any) -> None:
    """A row that would fill much of a page loses w:cantSplit and is set from the top; the others stay whole."""
    for mark in list(root.iter(CANT_SPLIT)):
        row = mark.getparent().getparent()
        if any(_lines(cell) > UNBROKEN_LINES for cell in row.findall(CELL)):
            mark.getparent().remove(mark)
            for alignment in row.iter(word("vAlign")):
                alignment.set(word("val"), "top")


def _lines(cell: Any) -> int:
    """How many lines the text of a cell takes, roughly."""
    width = cell.find(CELL_WIDTH)
    room = max(CHARACTER, int(width.get(WIDTH)) - CELL_PADDING) if width is not None else CHARACTER
    return sum(
        max(1, -(-_length(line) // room)) for paragraph in cell.findall(PARAGRAPH) for line in _text(paragraph)
    )


def _text(paragraph: Any) -> list[str]:
    pieces = ["\n" if piece.tag == BREAK else piece.text or "" for piece in paragraph.iter(TEXT, BREAK)]
    return "".join(pieces).split("\n")


def _length(text: str) -> int:
    return CHARACTER * len(text) - CHARACTER // 2 * len(NARROW.findall(text))
