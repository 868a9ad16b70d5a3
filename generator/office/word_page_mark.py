"""A mark at the head of every page of a Word paper, whether or not its template has headers of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from generator.office.word_template import MAIN, serialised, word

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCUMENT, DOCUMENT_RELATIONS, CONTENT_TYPES = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
HEADER_PART = "headerMark.xml"
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
KINDS = ("default", "even", "first")
FONT, HALF_POINTS = "黑体", "21"
"""五号."""


def with_page_mark(parts: Mapping[str, bytes], mark: str) -> Iterator[tuple[str, bytes]]:
    """The parts of a package with `mark` in every header: those it has, and one more where a page has none."""
    document = etree.fromstring(parts[DOCUMENT])
    relations = etree.fromstring(parts[DOCUMENT_RELATIONS])
    types = etree.fromstring(parts[CONTENT_TYPES])
    own = _headers(relations)
    identifier = _register(relations, types)
    section = next(document.iter(word("sectPr")), None)
    if section is not None:
        _refer(section, identifier)
    changed = {
        DOCUMENT: serialised(document),
        DOCUMENT_RELATIONS: serialised(relations),
        CONTENT_TYPES: serialised(types),
    }
    for name, content in parts.items():
        yield name, _led_by(content, mark) if name in own else changed.get(name, content)
    yield f"word/{HEADER_PART}", serialised(_header(mark))


def _headers(relations: Any) -> set[str]:
    found = (child for child in relations if child.get("Type", "").endswith("/header"))
    return {f"word/{child.get('Target')}" for child in found}


def _register(relations: Any, types: Any) -> str:
    """Make the header part known to the package; the id under which the document finds it."""
    identifier = "rIdPageMark"
    known = {"Id": identifier, "Type": f"{RELATIONS}/header", "Target": HEADER_PART}
    etree.SubElement(relations, f"{{{PACKAGE}}}Relationship", known)
    override = {"PartName": f"/word/{HEADER_PART}", "ContentType": HEADER_TYPE}
    etree.SubElement(types, f"{{{TYPES}}}Override", override)
    return identifier


def _refer(section: Any, identifier: str) -> None:
    """Pages that have no header get the one with the mark; later sections take it over from the first."""
    held = {found.get(word("type"), "default") for found in section.findall(word("headerReference"))}
    for kind in (kind for kind in KINDS if kind not in held):
        reference = {word("type"): kind, f"{{{RELATIONS}}}id": identifier}
        section.insert(0, etree.Element(word("headerReference"), reference))


def _led_by(header: bytes, mark: str) -> bytes:
    root = etree.fromstring(header)
    root.insert(0, _paragraph(mark))
    return serialised(root)


def _header(mark: str) -> Any:
    root = etree.Element(word("hdr"), nsmap={"w": MAIN})
    root.append(_paragraph(mark))
    return root


def _paragraph(mark: str) -> Any:
    paragraph = etree.Element(word("p"), nsmap={"w": MAIN})
    run = etree.SubElement(paragraph, word("r"))
    look = etree.SubElement(run, word("rPr"))
    fonts = {word(script): FONT for script in ("ascii", "hAnsi", "eastAsia")}
    etree.SubElement(look, word("rFonts"), fonts)
    etree.SubElement(look, word("sz"), {word("val"): HALF_POINTS})
    etree.SubElement(run, word("t")).text = mark
    return paragraph
