"""What a document lays down outside its brackets: 注：列首位的为牵头单位."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.importing.paragraphs import Paragraph
from generator.importing.task_tables import read_task_table
from generator.importing.traced import Traced
from generator.phrases import find_responsibilities
from generator.phrases.conventions import says_first_leads


def stated_convention(paragraphs: Iterable[Paragraph]) -> Traced | None:
    """The paragraph that says so of all responsibilities; one within a bracket holds only from there on."""
    for text in _texts(paragraphs):
        said = says_first_leads(text.text)
        if said is None:
            continue
        start, end = said
        spans = find_responsibilities(text.text)
        if not any(found.start <= start and end <= found.end for found in spans):
            return text
    return None


def _texts(paragraphs: Iterable[Paragraph]) -> Iterator[Traced]:
    """Paragraphs, and the notes of tables."""
    for paragraph in paragraphs:
        yield paragraph.text
        if paragraph.table is not None:
            notes = read_task_table(paragraph.table).notes
            yield from (Traced("".join(cell.text.split()), (0,), (cell.where,)) for cell in notes)
