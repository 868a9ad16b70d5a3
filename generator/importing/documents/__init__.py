"""Documents of every format → one stream of lines, paragraphs and tables, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.importing.documents.emphasis import without_bold
from generator.importing.documents.markdown import read_markdown
from generator.importing.documents.pdf_document import read_pdf
from generator.importing.documents.plain_text import read_text
from generator.importing.documents.received import Cell, LeftOut, Line, Received, Table
from generator.importing.documents.sniffing import kind_of
from generator.importing.documents.web_page import read_web_page
from generator.importing.documents.word_document import read_word
from generator.importing.documents.workbook import read_csv, read_workbook

__all__ = ["Cell", "LeftOut", "Line", "Received", "Table", "read_document"]

READERS: Mapping[str, Callable[[str, bytes], Received]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_web_page,
    "docx": read_word,
    "pdf": read_pdf,
    "xlsx": read_workbook,
    "csv": read_csv,
}
"""One kind of document = one module and one line here."""


def read_document(name: str, content: bytes) -> Received:
    """Read a document by what it is; PlanError says in Chinese why one cannot be read and what to do."""
    return without_bold(READERS[kind_of(name, content)](name, content))
