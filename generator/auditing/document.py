"""A Word document opened for judging: pages, paragraphs with their looks and places, footers, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from generator.auditing.formats import Look, Styles
from generator.forms.safe_zip import RefusedFileError, SafeZip
from generator.office.word_paragraphs import Paragraph, paragraphs, part_name, unwrapped
from generator.office.word_template import word

BODY, STYLES, SETTINGS, FONTS = "word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml"
RELATIONS = "word/_rels/document.xml.rels"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MILLIMETRE = 1440 / 25.4
"""In twentieths of a point."""
MOST = 20_000
"""Paragraphs; our longest paper has some three thousand."""
PLACEHOLDER = "PlaceholderText"


@dataclass(frozen=True)
class Section:
    """Pages of one kind (节): sizes and margins in twentieths of a point."""

    element: Any
    number: int

    def size(self, name: str, attribute: str) -> int:
        """A number such as `pgSz` `w`; 0 where it is not said."""
        found = self.element.find(word(name))
        written = found.get(word(attribute), "") if found is not None else ""
        return int(float(written)) if written.replace(".", "", 1).lstrip("-").isdigit() else 0

    @property
    def landscape(self) -> bool:
        """Whether the page lies."""
        return self.size("pgSz", "w") > self.size("pgSz", "h")

    @property
    def room(self) -> tuple[int, int]:
        """Width and height of the type area (版心)."""
        across = self.size("pgMar", "left") + self.size("pgMar", "right") + self.size("pgMar", "gutter")
        down = abs(self.size("pgMar", "top")) + abs(self.size("pgMar", "bottom"))
        return self.size("pgSz", "w") - across, self.size("pgSz", "h") - down

    @property
    def place(self) -> str:
        """第1节."""
        return f"第{self.number}节"


@dataclass(frozen=True)
class Text:
    """A paragraph with the section that it stands in and the looks of its runs."""

    paragraph: Paragraph
    section: Section
    runs: tuple[tuple[str, Look], ...]

    @property
    def text(self) -> str:
        """What it says, line breaks left out."""
        return self.paragraph.text.strip()

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.paragraph.place

    @property
    def in_table(self) -> bool:
        """Whether it stands in a cell."""
        return self.paragraph.cell is not None

    @property
    def looks(self) -> tuple[Look, ...]:
        """Every look in it, each once."""
        return tuple(dict.fromkeys(look for text, look in self.runs if text.strip()))


@dataclass(frozen=True)
class Document:
    """What the points of the audit look at."""

    body: Any
    styles: Styles
    parts: Mapping[str, Any]
    names: frozenset[str]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """In their order; a document without one has none."""
        found = (element for element in self.body.iter(word("sectPr")) if not _was(element))
        return tuple(Section(element, number) for number, element in enumerate(found, 1))

    @cached_property
    def _section_of(self) -> dict[Any, Section]:
        """The section of every block of the body: the next one whose properties follow."""
        held: dict[Any, Section] = {}
        waiting: list[Any] = []
        by_element = {section.element: section for section in self.sections}
        for block in unwrapped(self.body):
            waiting.append(block)
            ends = [by_element[found] for found in block.iter(word("sectPr")) if found in by_element]
            if ends:
                held.update(dict.fromkeys(waiting, ends[-1]))
                waiting = []
        return held

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every paragraph of the body that says something."""
        return tuple(self._texts(paragraphs(self.body)))

    @cached_property
    def texts_of(self) -> Mapping[Section, tuple[Text, ...]]:
        """The same, by section."""
        found: dict[Section, list[Text]] = {}
        for text in self.texts:
            found.setdefault(text.section, []).append(text)
        return {section: tuple(texts) for section, texts in found.items()}

    def _texts(self, found: Iterator[Paragraph]) -> Iterator[Text]:
        blocks = self._section_of
        for paragraph in found:
            section = next((blocks[one] for one in _upward(paragraph.element) if one in blocks), None)
            if section is not None and paragraph.text.strip():
                yield Text(paragraph, section, tuple(self._runs(paragraph)))

    def _runs(self, paragraph: Paragraph) -> Iterator[tuple[str, Look]]:
        for piece in paragraph.pieces:
            run = piece.getparent()
            look = self.styles.look(paragraph.element, run)
            if _is_placeholder(run):
                look = Look(look.face, look.half_points, "AUTO")
            yield piece.text or "", look

    @cached_property
    def tables(self) -> tuple[tuple[str, Any, Section], ...]:
        """The tables of the body, each with its place and its section."""
        found = [block for block in unwrapped(self.body) if block.tag == word("tbl")]
        blocks = self._section_of
        return tuple(
            (f"第{number}个表格", table, blocks[table]) for number, table in enumerate(found, 1) if table in blocks
        )

    def footers(self, section: Section) -> dict[str, Any]:
        """The footers of a section by kind (default, even, first); one it does not name it has from the last."""
        found: dict[str, Any] = {}
        for one in self.sections[: section.number]:
            for reference in one.element.iter(word("footerReference")):
                target = self._targets.get(reference.get(RELATION, ""), "")
                if target in self.parts:
                    found[reference.get(word("type"), "default")] = self.parts[target]
        return found

    @cached_property
    def _targets(self) -> dict[str, str]:
        relations = self.parts.get(RELATIONS)
        if relations is None:
            return {}
        return {one.get("Id", ""): str(PurePosixPath("word") / one.get("Target", "")) for one in relations}

    def setting(self, name: str) -> bool:
        """Whether a switch of the document is on."""
        settings = self.parts.get(SETTINGS)
        found = settings.find(word(name)) if settings is not None else None
        return found is not None and found.get(word("val"), "1") not in {"0", "false", "off"}


def open_document(content: bytes) -> Document:
    """RefusedFileError says in Chinese why a file cannot be judged."""
    archive = SafeZip(content)
    if BODY not in archive:
        raise RefusedFileError("不是 Word 文档（.docx）；.doc、.wps 请先另存为 .docx")
    wanted = [name for name in archive.members if part_name(name) is not None]
    wanted += [name for name in (STYLES, SETTINGS, FONTS, RELATIONS) if name in archive]
    parts = {name: archive.xml(name) for name in wanted}
    body = parts[BODY].find(word("body"))
    if body is None:
        raise RefusedFileError("文件已损坏，打不开；请重新保存后再查")
    if sum(1 for _ in body.iter(word("p"))) > MOST:
        raise RefusedFileError(f"段落超过 {MOST} 个，不像是一份材料；请拆开后再查")
    return Document(body, Styles(parts.get(STYLES)), parts, frozenset(archive.members))


def _upward(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def _was(section: Any) -> bool:
    """What a revision says the section was before."""
    return str(section.getparent().tag) == word("sectPrChange")


def _is_placeholder(run: Any) -> bool:
    properties = run.find(word("rPr"))
    style = properties.find(word("rStyle")) if properties is not None else None
    return style is not None and bool(str(style.get(word("val"))) == PLACEHOLDER)
