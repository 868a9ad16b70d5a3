"""About the data (关于数据): what was inferred, what is unconfirmed, what was mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.analysis.schedule import objective_rows
from generator.book import Book
from generator.document import DocumentBlock, document_blocks
from generator.findings import Severity
from generator.renderers.site.desk import Desk, Page
from generator.storage import LoadedProject


@dataclass(frozen=True)
class SourceNote:
    """A place of the document with what is to be said of it; `label` names it for a reader."""

    anchor: str
    label: str
    note: str
    source_text: str = ""


def about_page(desk: Desk) -> Iterator[Page]:
    """The page that says how far the data can be relied on."""
    yield desk.draw("about.html", desk.book.terms("page.about"), "about.md.j2", later=partial(_values, desk.book))


def _values(book: Book) -> dict[str, Any]:
    blocks = document_blocks(book.plans)
    rows = (*book.schedule, *objective_rows(book.plans))
    files = _measure_by_file(book.loaded)
    return {
        "inferred": [row for row in rows if row.deadline.inferred],
        "open_points": book.open_points,
        "repaired": [found for block in blocks for found in _repaired(block)],
        "reviews": [found for block in blocks for found in _reviews(block)],
        "warnings": [
            (found, files.get(found.place.file, ""))
            for found in book.findings
            if found.severity is Severity.WARNING
        ],
    }


def _measure_by_file(loaded: LoadedProject) -> dict[str, str]:
    """The id of each measure by its file as findings name it."""
    return {
        loaded.place(loaded.measure_file(plan, measure)).file: plan.measure_id(measure)
        for plan in loaded.plans
        for measure in plan.measures
    }


def _label(block: DocumentBlock) -> str:
    if block.measure is None:
        return block.text[:20]
    return block.plan.task_label(block.measure, block.clause)


def _repaired(block: DocumentBlock) -> Iterator[SourceNote]:
    for piece in block.pieces:
        if piece.passage and piece.passage.source_note:
            source_text = piece.passage.source_text or ""
            yield SourceNote(piece.anchor or block.anchor, _label(block), piece.passage.source_note, source_text)
    clause = block.measure.clauses[block.clause - 1] if block.measure else None
    if clause and clause.responsibility and clause.responsibility.source_note:
        found = clause.responsibility
        yield SourceNote(block.anchor, _label(block), found.source_note or "", found.source_text or "")


def _reviews(block: DocumentBlock) -> Iterator[SourceNote]:
    for piece in block.pieces:
        if piece.passage and piece.passage.review:
            yield SourceNote(piece.anchor or block.anchor, _label(block), piece.passage.review)
    clause = block.measure.clauses[block.clause - 1] if block.measure else None
    if block.measure and block.measure.review and block.clause == 1:
        yield SourceNote(block.anchor, _label(block), block.measure.review)
    if clause and clause.responsibility and clause.responsibility.review:
        yield SourceNote(block.anchor, _label(block), clause.responsibility.review)
