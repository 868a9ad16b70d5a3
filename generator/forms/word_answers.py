"""A .docx as what was written into it: by tag, by bookmark, and its tables as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.forms.safe_zip import RefusedFileError, SafeZip, parsed
from generator.office.word_template import DUBLIN_CORE, word

ESCAPE_MARK = re.compile(rb"_x005F_(?=x[0-9A-Fa-f]{4}_)")
CAPTION = 60
MAX_CELLS = 60_000
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class WordAnswers:
    """`tagged` by tag of the content control, `marked` by bookmark; tables hold the text of every cell."""

    identifier: str
    tagged: Mapping[str, str]
    marked: Mapping[str, str]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    text: str
    is_picture: bool = False
    """Whether it holds nothing but pictures: a scan pasted into a document."""
    repeated: tuple[tuple[str, str], ...] = ()
    """Tag and text of a control that stands there again with another text: a row that was copied."""


def read_word(content: bytes) -> WordAnswers:
    """RefusedFileError says in Chinese why a file cannot be read."""
    archive = SafeZip(content)
    if "word/vbaProject.bin" in archive:
        raise RefusedFileError("文件带有宏，不予读取；请另存为不带宏的 .docx 后重发")
    if "word/document.xml" not in archive:
        raise RefusedFileError("不是 Word 文档（.docx）；请用下发的表填写")
    root = parsed(_document(archive))
    body = root.find(word("body"))
    if body is None:
        raise RefusedFileError("文件已损坏，打不开；请重新保存后重发")
    tables = tuple(_table(table) for table in body.iter(word("tbl")))
    if sum(len(row) for table in tables for row in table) > MAX_CELLS:
        raise RefusedFileError("表格太大，不像是下发的表；请只发下发的表")
    heading = "\n".join(text_of(child) for child in body if child.tag == word("p"))
    pictures = any(name.startswith("word/media/") for name in archive.members)
    is_picture = pictures and not tables and len(heading.strip()) <= CAPTION
    tagged, repeated = _each_once(_tagged(body))
    return WordAnswers(_identifier(archive), tagged, _marked(body), tables, heading, is_picture, repeated)


def _document(archive: SafeZip) -> bytes:
    """The text of the document; LibreOffice marks in it what looks like an escape, which Word does not."""
    content = archive.read("word/document.xml")
    program = archive.read("docProps/app.xml") if "docProps/app.xml" in archive else b""
    return ESCAPE_MARK.sub(b"_", content) if b"LibreOffice" in program else content


def _identifier(archive: SafeZip) -> str:
    if "docProps/core.xml" not in archive:
        return ""
    found = archive.xml("docProps/core.xml").find(f"{{{DUBLIN_CORE}}}identifier")
    return (found.text or "") if found is not None else ""


def _tagged(body: Any) -> Iterator[tuple[str, str]]:
    for control in body.iter(word("sdt")):
        tag = control.find(f"{word('sdtPr')}/{word('tag')}")
        content = control.find(word("sdtContent"))
        if tag is not None and content is not None:
            showing = control.find(f"{word('sdtPr')}/{word('showingPlcHdr')}") is not None
            yield tag.get(word("val"), ""), "" if showing and _is_placeholder(content) else text_of(content)


def _each_once(found: Iterator[tuple[str, str]]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The first text of every tag that has any, and other texts under the same tag."""
    tagged: dict[str, str] = {}
    repeated = []
    for tag, text in found:
        if not tagged.get(tag, "").strip():
            tagged[tag] = text
        elif text.strip() and text != tagged[tag]:
            repeated.append((tag, text))
    return tagged, tuple(repeated)


def _is_placeholder(content: Any) -> bool:
    """Word keeps the mark of a placeholder only while one is shown; other programs may leave it behind."""
    styles = [style.get(word("val")) for style in content.iter(word("rStyle"))]
    runs = [run for run in content.iter(word("r")) if text_of(run).strip()]
    return bool(styles) and len(styles) >= len(runs) and set(styles) <= {"PlaceholderText", "a3"}


def _marked(body: Any) -> dict[str, str]:
    """The text between the start and the end of every bookmark of ours."""
    names: dict[str, str] = {}
    pieces: dict[str, list[str]] = {}
    open_marks: set[str] = set()
    for element in body.iter():
        if element.tag == word("bookmarkStart") and element.get(word("name"), "").startswith("cc_"):
            identifier = element.get(word("id"), "")
            names[identifier] = element.get(word("name"), "")
            pieces.setdefault(identifier, [])
            open_marks.add(identifier)
        elif element.tag == word("bookmarkEnd"):
            open_marks.discard(element.get(word("id"), ""))
        elif open_marks and (piece := _piece(element)):
            for identifier in open_marks:
                pieces[identifier].append(piece)
    return {names[identifier]: "".join(found) for identifier, found in pieces.items()}


def _piece(element: Any) -> str:
    if element.tag == word("t"):
        return element.text or ""
    if element.tag in {word("br"), word("cr")}:
        return "\n"
    return "\t" if element.tag == word("tab") and element.getparent().tag == word("r") else ""


def typed(text: str, shown: str, replaced: bool) -> str:
    """What a person wrote in a control; some programs leave the placeholder before or behind it.

    `replaced`: the mark that tells is of a program that takes the placeholder away, so blanks are a person's own.
    """
    if not shown or (replaced and not shown.strip()):
        return text
    return text.removeprefix(shown) if text.startswith(shown) else text.removesuffix(shown)


def text_of(element: Any) -> str:
    """The text of an element, paragraphs and breaks as line feeds; what a revision struck out is no text."""
    pieces: list[str] = []
    first = True
    for found in element.iter():
        if found.tag == word("p"):
            if not first:
                pieces.append("\n")
            first = False
        pieces.append(_piece(found))
    return "".join(pieces)


def _table(table: Any) -> tuple[tuple[str, ...], ...]:
    """Every row with one text for each column of the grid; a cell that spans several stands in the first."""
    rows = []
    for row in table.iter(word("tr")):
        cells: list[str] = []
        for cell in (found for found in row.iter(word("tc")) if _row_of(found) is row):
            span = cell.find(f"{word('tcPr')}/{word('gridSpan')}")
            width = span.get(word("val"), "1") if span is not None else "1"
            cells += [text_of(cell), *[""] * (min(int(width), 64) - 1 if re.fullmatch(r"\d+", width) else 0)]
        rows.append(tuple(cells))
    return tuple(rows)


def _row_of(cell: Any) -> Any:
    parent = cell.getparent()
    while parent is not None and parent.tag != word("tr"):
        parent = parent.getparent()
    return parent
