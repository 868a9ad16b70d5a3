"""A Word document: its paragraphs with the numbers that Word draws, and its tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

from generator.importing.documents.characters import Cleaner
from generator.importing.documents.grids import Grid
from generator.importing.documents.plain_text import indent_of
from generator.importing.documents.received import LeftOut, Line, Received, Table, refusal
from generator.importing.documents.word_numbering import Numbering

P, TBL, SDT, SDT_CONTENT = qn("w:p"), qn("w:tbl"), qn("w:sdt"), qn("w:sdtContent")
DELETED = frozenset((qn("w:del"), qn("w:moveFrom")))
APART = frozenset(
    (
        qn("w:pPr"),
        qn("w:rPr"),
        qn("w:instrText"),
        qn("w:pict"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
BOX = qn("w:txbxContent")
WRAPPERS = frozenset((SDT, SDT_CONTENT, qn("w:customXml"), qn("w:smartTag"), qn("w:ins"), qn("w:moveTo")))


def read_word(name: str, content: bytes) -> Received:
    """A .docx: each paragraph is one; headers, footnotes and deleted words are left out and told."""
    try:
        document = docx.Document(io.BytesIO(content))
        return _Reader(document).received(name)
    except (OpcError, KeyError, ValueError, AttributeError, etree.LxmlError, zipfile.BadZipFile) as fault:
        raise refusal(name, "Word 文档已损坏，打不开；请用 Word 或 WPS 打开后另存一份，再导入") from fault


class _Reader:
    """Goes through the body once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cleaner = Cleaner()
        self.numbering = Numbering(document)
        self.parts: list[Line | Table] = []
        self.left_out: list[LeftOut] = []
        self.paragraphs = self.tables = 0

    def received(self, name: str) -> Received:
        for element in _blocks(self.document.element.body):
            if element.tag == P:
                self._paragraph(element)
            else:
                self._table(element)
        return Received(name, tuple(self.parts), (*self.cleaner.left_out(), *self.left_out, *self._elsewhere()))

    def _paragraph(self, element: _Element) -> None:
        self.paragraphs += 1
        where = f"第{self.paragraphs}段"
        text = self._text(element, where)
        for line in text.split("\n"):
            if line.strip():
                self.parts.append(Line(line, where, firm=True, indent=_indent(element) + indent_of(line)))
        for box in element.iter(BOX):
            words = "".join(_words(box))
            if words.strip() and not any(parent.tag in APART for parent in box.iterancestors()):
                self.left_out.append(LeftOut(where, words, "文本框"))

    def _text(self, element: _Element, where: str) -> str:
        number = self.numbering.printed(element)
        gone = "".join(word.text or "" for word in element.iter(qn("w:delText")))
        if gone.strip():
            self.left_out.append(LeftOut(where, gone, "修订中已删除的文字"))
        return self.cleaner.clean(number + "".join(_words(element)), where)

    def _table(self, element: _Element) -> None:
        self.tables += 1
        grid = Grid(f"表{self.tables}")
        for row in _inside(element, qn("w:tr")):
            grid.next_row()
            for _ in range(_grid_before(row)):
                grid.add("")
            for cell in _inside(row, qn("w:tc")):
                columns, continues = _spans(cell)
                if continues:
                    grid.extend_above(columns)
                else:
                    grid.add(self._cell_text(cell, grid.where), columns)
        rows = grid.rows()
        if len(rows) == 1 and len({id(cell) for cell in rows[0]}) == 1:
            # A frame around text, as some offices draw it, is no table.
            self.parts += [
                Line(line, grid.where, firm=True) for line in rows[0][0].text.split("\n") if line.strip()
            ]
        elif rows:
            self.parts.append(Table(rows, grid.where))

    def _cell_text(self, cell: _Element, where: str) -> str:
        lines = [self._text(paragraph, where).strip() for paragraph in cell.iter(P)]
        return "\n".join(line for line in lines if line)

    def _elsewhere(self) -> Iterator[LeftOut]:
        """Headers, footers and footnotes: they are parts of their own in the file."""
        for part in self.document.part.package.iter_parts():
            found = re.search(r"/word/(header|footer|footnotes|endnotes|comments)\d*\.xml$", str(part.partname))
            if found:
                words = "".join(word for word in _words(etree.fromstring(part.blob, _parser())) if word.strip())
                kind = {"header": "页眉", "footer": "页脚", "comments": "批注"}.get(found.group(1), "脚注")
                if words:
                    yield LeftOut(kind, words, kind)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, also those inside content controls."""
    for child in parent:
        if child.tag in {P, TBL}:
            yield child
        elif child.tag in WRAPPERS:
            yield from _blocks(child)


def _inside(parent: _Element, tag: str) -> Iterator[_Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _inside(child, tag)


def _words(element: _Element) -> Iterator[str]:
    """The words of an element as Word shows them: not what is deleted, not boxes, not field codes."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n" if child.get(qn("w:type")) in {None, "textWrapping"} else ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in DELETED and child.tag not in APART and child.tag != BOX:
            stack.append(iter(child))
            if child.tag == P:
                yield "\n"


def _indent(paragraph: _Element) -> float:
    """The first line's indent in characters."""
    properties = paragraph.find(qn("w:pPr"))
    found = properties.find(qn("w:ind")) if properties is not None else None
    written = (found.get(qn("w:firstLineChars")) or "") if found is not None else ""
    return int(written) / 100 if written.isascii() and written.isdigit() and len(written) < 6 else 0.0


def _grid_before(row: _Element) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    written = (found.get(qn("w:val")) or "") if found is not None else ""
    return min(int(written), 100) if written.isascii() and written.isdigit() and len(written) < 5 else 0


def _spans(cell: _Element) -> tuple[int, bool]:
    """How many columns a cell covers, and whether it continues the one above."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, False
    span, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    written = (span.get(qn("w:val")) or "") if span is not None else ""
    columns = int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 1
    return max(1, columns), merge is not None and merge.get(qn("w:val")) != "restart"
