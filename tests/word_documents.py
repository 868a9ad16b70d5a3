"""A Word document as text that a person can read and diff, and books to draw from."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from generator.book import Book
from generator.forms import draw_form
from generator.graph import resolve
from generator.project import Project
from generator.storage import load_project, load_terms

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT / "tests" / "plans" / "papers"
NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NAMES['w']}}}"
AS_OF = date(2024, 6, 30)


def book_of(root: Path, as_of: date = AS_OF) -> Book:
    """The book of a project as it stands on disk, whatever its findings; those in the repository stand as they are."""
    return _standing(root, as_of) if root in (ROOT, PAPERS) else _read(root, as_of)


@cache
def _standing(root: Path, as_of: date) -> Book:
    return _read(root, as_of)


def _read(root: Path, as_of: date) -> Book:
    project = Project(root)
    loaded = load_project(project)
    assert not loaded.findings, loaded.findings
    return Book(loaded, resolve(loaded), load_terms(project), (), as_of, project)


DRAWN: dict[int, tuple[Book, dict[tuple[str, str], bytes]]] = {}
"""The forms of the books of the session: many tests look at those of the same book."""


def forms_of(book: Book) -> dict[tuple[str, str], bytes]:
    """Every assessment form of a book by plan and unit; drawn once for each book."""
    if id(book) not in DRAWN:
        DRAWN[id(book)] = book, {key: draw_form(book, form) for key, form in book.forms.items()}
    return DRAWN[id(book)][1]


def part(docx: bytes, name: str = "word/document.xml") -> Any:
    """One part of the package, parsed."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(name))


def parts(docx: bytes) -> dict[str, bytes]:
    """Every part by its name."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def find(element: Any, path: str) -> list[Any]:
    """Elements by XPath, `w:` being WordprocessingML."""
    return list(_compiled(path)(element))


@lru_cache(maxsize=256)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=NAMES)


def text_of(element: Any) -> str:
    """What stands in an element: runs joined, breaks as line feeds, tabs as tabs."""
    shown = {f"{W}br": "\n", f"{W}tab": "\t"}
    pieces = (
        shown.get(piece.tag, piece.text or "")
        for piece in element.iter(f"{W}t", f"{W}br", f"{W}tab")
        if piece.getparent().tag == f"{W}r"
    )
    return "".join(pieces)


def document_text(docx: bytes) -> str:
    """The whole body: paragraphs by style, tables row by row, controls by their tags."""
    identity = "".join(find(part(docx, "docProps/core.xml"), "//*[local-name()='identifier']/text()"))
    body = part(docx).find(f"{W}body")
    lines = [f"id {identity}"]
    for element in body:
        if element.tag == f"{W}p":
            lines.append(_paragraph(element))
        elif element.tag == f"{W}tbl":
            lines += ["┌", *(_row(row) for row in find(element, "w:tr")), "└"]
    return "\n".join(lines) + "\n"


def _paragraph(paragraph: Any) -> str:
    style = "".join(find(paragraph, "w:pPr/w:pStyle/@w:val"))
    return f"{style}: {_marked(paragraph)}"


def _row(row: Any) -> str:
    sign = "#" if find(row, "w:trPr/w:tblHeader") else ""
    cells = ("¶".join(_marked(paragraph) for paragraph in find(cell, "w:p")) for cell in find(row, "w:tc"))
    return sign + "│".join(cells)


def _marked(paragraph: Any) -> str:
    """The text of a paragraph with its controls as ⟦tag kind placeholder⟧, line feeds as ⏎."""
    pieces = [
        _control(child) if child.tag == f"{W}sdt" else text_of(child)
        for child in paragraph
        if child.tag != f"{W}pPr"
    ]
    return "".join(pieces).replace("\n", "⏎").replace("\t", "⇥")


def _control(control: Any) -> str:
    tag = "".join(find(control, "w:sdtPr/w:tag/@w:val"))
    kind = "".join(name for name in ("date", "dropDownList") if find(control, f"w:sdtPr/w:{name}"))
    return f"⟦{' '.join(filter(None, (tag, kind)))}⟧{text_of(control)}"
