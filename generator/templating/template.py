"""A Word template opened for reading: its parts, paragraphs and tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from generator.forms.safe_zip import RefusedFileError, SafeZip
from generator.office.word import DRAWN_PART
from generator.office.word_paragraphs import Paragraph, paragraphs, part_name
from generator.office.word_template import word
from generator.templating.tags import Tag, tags_of

BODY = "word/document.xml"
MOST = 2_000
"""Paragraphs of a part; our largest template has some two hundred."""
MACROS = "word/vbaProject.bin"


@dataclass(frozen=True)
class Template:
    """The paragraphs of each part that holds any; only those of `DRAWN_PART` are drawn."""

    parts: dict[str, tuple[Paragraph, ...]]
    page_number: bool

    def tags(self, part: str) -> tuple[Tag, ...]:
        """The tags of one part, in their order."""
        return tuple(tag for paragraph in self.parts[part] for tag in tags_of(paragraph))

    @cached_property
    def drawn(self) -> tuple[str, ...]:
        """The parts in which tags are replaced, the body first."""
        names = (name for name in self.parts if DRAWN_PART.match(name))
        return tuple(sorted(names, key=lambda name: (name != BODY, name)))

    @cached_property
    def head(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the body before its first table."""
        body = self.parts[BODY]
        first = next((place for place, found in enumerate(body) if found.cell is not None), len(body))
        return body[:first]


def read_template(content: bytes) -> Template:
    """RefusedFileError says in Chinese why a file is no template."""
    archive = SafeZip(content)
    if MACROS in archive:
        raise RefusedFileError("文件带有宏；请另存为不带宏的 .docx")
    if BODY not in archive:
        raise RefusedFileError("不是 Word 文档（.docx）；.doc、.wps 请先另存为 .docx")
    parts, page_number = {}, False
    for name in archive.members:
        words = part_name(name)
        if words is None:
            continue
        root = archive.xml(name)
        parts[name] = tuple(islice(paragraphs(root, words), MOST + 1))
        if len(parts[name]) > MOST or len(root.findall(f".//{word('t')}")) > MOST * 10:
            raise RefusedFileError(f"段落超过 {MOST} 个，不像是模板；请从 planbook templates new 取一份重新改")
        page_number = page_number or any(_is_page_number(text) for text in _fields(root))
    return Template(parts, page_number)


def _fields(root: Any) -> Iterator[str]:
    """The instructions of the fields of a part."""
    for element in root.iter(word("instrText"), word("fldSimple")):
        yield element.text or element.get(word("instr")) or ""


def _is_page_number(instruction: str) -> bool:
    return instruction.split()[:1] == ["PAGE"]
