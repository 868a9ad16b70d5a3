"""The paragraphs of a Word part in reading order, each with its place in words: 第1个表格第2行第3格第1段."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from generator.office.word_template import word

PART_NAMES = (
    (re.compile(r"word/document\.xml"), ""),
    (re.compile(r"word/header(\d*)\.xml"), "页眉{}"),
    (re.compile(r"word/footer(\d*)\.xml"), "页脚{}"),
    (re.compile(r"word/(?:footnotes|endnotes)\.xml"), "脚注尾注"),
    (re.compile(r"word/comments\.xml"), "批注"),
)
WRAPPER_NAMES = "sdt sdtContent customXml smartTag ins moveTo body footnote endnote comment"
WRAPPERS = frozenset(map(word, WRAPPER_NAMES.split()))
"""What may stand around paragraphs and tables without being seen."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its element, its place in words, and the row and the cell of a table that hold it."""

    element: Any
    place: str
    row: Any = None
    cell: Any = None

    @property
    def container(self) -> Any:
        """What holds the paragraph, wrappers aside: a cell, a text box, or the part."""
        return self.cell if self.cell is not None else outer(self.element)

    @property
    def pieces(self) -> list[Any]:
        """The w:t of the paragraph itself, without those of text boxes anchored in it."""
        return [piece for piece in self.element.iter(word("t")) if holder(piece, "p") is self.element]

    @property
    def text(self) -> str:
        """What the paragraph says."""
        return "".join(piece.text or "" for piece in self.pieces)


def part_name(name: str) -> str | None:
    """How a part is called in words, `` for the body; None for a part that holds no paragraphs."""
    for pattern, words in PART_NAMES:
        if found := pattern.fullmatch(name):
            return words.format(*found.groups())
    return None


def paragraphs(root: Any, where: str = "") -> Iterator[Paragraph]:
    """Every paragraph below `root`, those of tables and text boxes too; `where` begins each place."""
    yield from _within(root, where, None, None)


def holder(element: Any, name: str) -> Any:
    """The nearest element around another that has a name such as `p`; None where there is none."""
    return next(element.iterancestors(word(name)), None)


def outer(element: Any) -> Any:
    """The nearest element around another that is no mere wrapper."""
    found = element.getparent()
    while found is not None and found.tag in WRAPPERS and found.getparent() is not None:
        found = found.getparent()
    return found


def unwrapped(element: Any) -> Iterator[Any]:
    """The children of an element, those of wrappers in their place."""
    for child in element.iterchildren(etree.Element):
        if child.tag in WRAPPERS:
            yield from unwrapped(child)
        else:
            yield child


def _within(element: Any, where: str, row: Any, cell: Any) -> Iterator[Paragraph]:
    count = tables = 0
    for child in unwrapped(element):
        if child.tag == word("p"):
            count += 1
            place = f"{where}第{count}段"
            yield Paragraph(child, place, row, cell)
            for box in _boxes(child):
                yield from _within(box, f"{place}文本框", None, None)
        elif child.tag == word("tbl"):
            tables += 1
            yield from _table(child, f"{where}第{tables}个表格" if cell is None else f"{where}内表格")


def _boxes(paragraph: Any) -> list[Any]:
    return [box for box in paragraph.iter(word("txbxContent")) if holder(box, "p") is paragraph]


def _table(table: Any, where: str) -> Iterator[Paragraph]:
    rows = (child for child in unwrapped(table) if child.tag == word("tr"))
    for number, row in enumerate(rows, 1):
        cells = (child for child in unwrapped(row) if child.tag == word("tc"))
        for column, cell in enumerate(cells, 1):
            yield from _within(cell, f"{where}第{number}行第{column}格", row, cell)
