"""What a document lays down outside its brackets: 注：列首位的为牵头单位."""

from __future__ import annotations

from collections.abc import Iterable

from generator.importing.paragraphs import Paragraph
from generator.importing.traced import Traced
from generator.phrases import find_responsibilities
from generator.phrases.conventions import says_first_leads


def stated_convention(paragraphs: Iterable[Paragraph]) -> Traced | None:
    """The paragraph that says so of all responsibilities; one within a bracket holds only from there on."""
    for paragraph in paragraphs:
        said = says_first_leads(paragraph.text.text)
        if said is None:
            continue
        start, end = said
        spans = find_responsibilities(paragraph.text.text)
        if not any(found.start <= start and end <= found.end for found in spans):
            return paragraph.text
    return None
