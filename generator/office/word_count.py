"""How long a text is as Word counts 字数: each Chinese character or mark is one, each run of other letters one."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from generator.office.word_template import word

COUNTED = re.compile(
    r"[\u2e80-\u2fff\u3001-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2010-\u205e]|[^\s\u2010-\u205e\u2e80-\uffef]+"
)


def text_length(text: str) -> int:
    """Characters of one text."""
    return len(COUNTED.findall(text))


def document_length(docx: bytes) -> int:
    """Characters of a document's body, tables included, headers and footers left out."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(piece.text or "" for piece in found.iter(word("t"))) for found in root.iter(word("p")))
    return sum(map(text_length, paragraphs))
