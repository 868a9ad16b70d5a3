"""拟督办事项建议清单.xlsx: what the ladder proposes; a leader ticks, `planbook supervise` reads it back."""

from __future__ import annotations

from collections.abc import Iterator

from generator.book import Book
from generator.forms.supervision_list import draw_supervision_list
from generator.renderers.office_papers import Drawn, Issue, OfficePaper


def draw_proposals(book: Book, issue: Issue) -> Iterator[Drawn]:
    """One workbook."""
    yield {}, draw_supervision_list(book, issue.plan, issue.period)


PAPER = OfficePaper("proposals", draw_proposals)
