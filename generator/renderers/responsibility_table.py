"""责任分工表.docx of the whole: every task with its lead, responsible and supporting units, as named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from generator.analysis.notes import paper_notes
from generator.analysis.party_wording import listed_party_texts
from generator.analysis.tasks import TaskRow
from generator.analysis.wording import (
    day_text,
    deadline_texts,
    role_legend,
    sources_text,
)
from generator.book import Book
from generator.model import Role
from generator.office.word import Identity, draw_word
from generator.renderers.deliverables import Deliverable, Item, the_whole

TEMPLATE = "word/responsibility_table.docx"
LEADING = (Role.LEAD,)
RESPONSIBLE = (Role.SHARED, Role.RESPONSIBLE, Role.IMPLEMENT)
SUPPORTING = (Role.SUPPORT, Role.GUIDE)


def draw_responsibility_table(book: Book, item: Item) -> bytes:
    """The paper of the whole; a task without a lead shows “—”, never the first unit by position."""
    title = book.terms("deliverable.responsibility_table_word")
    identity = Identity("planbook:responsibility-table:1", title, book.as_of, book.page_mark)
    return draw_word(book.project.template(TEMPLATE), responsibility_context(book), identity)


def responsibility_context(book: Book) -> Mapping[str, object]:
    """What the template may ask for."""
    terms = book.terms
    roles = (role for row in book.rows for role, _, _ in row.parties)
    return {
        "basis": sources_text(book.plans, book.rows),
        "as_of": day_text(book.as_of),
        "parts": tuple(_parts(book)),
        "notes": (
            role_legend(terms, roles),
            terms("responsibility_table.note"),
            *paper_notes(book.graph, terms, book.rows),
        ),
    }


def _parts(book: Book) -> Iterator[Mapping[str, object]]:
    """Tasks under their plan and chapter, numbered through."""
    numbered = enumerate(book.rows, 1)
    for heading, rows in groupby(numbered, key=lambda found: _heading(found[1])):
        yield {"title": heading, "rows": [_row(book, number, row) for number, row in rows]}


def _heading(row: TaskRow) -> str:
    return "　".join(filter(None, (row.plan_title, row.chapter or row.section)))


def _row(book: Book, number: int, row: TaskRow) -> Mapping[str, object]:
    terms = book.terms
    none = terms("mark.none")
    times = deadline_texts(terms, (found for _, found in row.deadlines))
    columns = {"lead": LEADING, "responsible": RESPONSIBLE, "support": SUPPORTING}
    return {
        "number": number,
        "label": row.label,
        "title": row.title,
        "text": row.text,
        "deadlines": "\n".join(times) or terms("mark.no_deadline"),
        **{
            key: "\n".join(listed_party_texts(book.graph, terms, row, *roles)) or none
            for key, roles in columns.items()
        },
    }


DELIVERABLE = Deliverable("responsibility_table_word", the_whole, draw_responsibility_table)
