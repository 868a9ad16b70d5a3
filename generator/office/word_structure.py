"""What Word requires of a drawn document and a loop in a template breaks: unique ids, rows that break well."""

from __future__ import annotations

from typing import Any

from lxml import etree

from generator.office.word_template import MAIN, word

WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
EDITING_MARKS = (f"{{{WORD_2010}}}paraId", f"{{{WORD_2010}}}textId")
CHARACTER = 210
"""Width of a Chinese character in 五号 type, in twentieths of a point."""
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
    for element in root.iter(word("bookmarkStart"), word("bookmarkEnd"), word("sdt"), word("p"), word("tr")):
        name = etree.QName(element).localname
        if name == "bookmarkStart":
            opened[element.get(word("id"))] = str(bookmarks)
            element.set(word("id"), str(bookmarks))
            bookmarks += 1
        elif name == "bookmarkEnd":
            element.set(word("id"), opened.get(element.get(word("id")), element.get(word("id"))))
        elif name == "sdt":
            controls += 1
            _set_control_id(element, controls)
        else:
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
    shown = ("r", "sdt", "hyperlink", "sectPr")
    return paragraph.tag == word("p") and next(paragraph.iter(*map(word, shown)), None) is None


def let_tall_rows_break(root: Any) -> None:
    """A row that would fill much of a page loses w:cantSplit and is set from the top; the others stay whole."""
    for mark in list(root.iter(word("cantSplit"))):
        row = mark.getparent().getparent()
        if max((_lines(cell) for cell in row.findall(word("tc"))), default=0) > UNBROKEN_LINES:
            mark.getparent().remove(mark)
            for alignment in row.iter(word("vAlign")):
                alignment.set(word("val"), "top")


def _lines(cell: Any) -> int:
    """How many lines the text of a cell takes, roughly."""
    width = cell.find(f"{word('tcPr')}/{word('tcW')}")
    room = max(CHARACTER, int(width.get(word("w"))) - CELL_PADDING) if width is not None else CHARACTER
    return sum(
        max(1, -(-_length(line) // room)) for paragraph in cell.findall(word("p")) for line in _text(paragraph)
    )


def _text(paragraph: Any) -> list[str]:
    pieces = [
        "\n" if piece.tag == word("br") else piece.text or "" for piece in paragraph.iter(word("t"), word("br"))
    ]
    return "".join(pieces).split("\n")


def _length(text: str) -> int:
    return sum(CHARACTER if ord(char) > 0x2000 else CHARACTER // 2 for char in text)
