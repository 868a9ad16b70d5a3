"""年度考核表.docx: one for each unit that is assessed, for each annual plan; drawn by `generator.forms`."""

from __future__ import annotations

from generator.book import Book
from generator.forms import draw_form
from generator.renderers.deliverables import Deliverable, Item


def assessed_units(book: Book) -> tuple[Item, ...]:
    """One file for each assessed unit and annual plan."""
    return tuple(Item(unit, plan) for plan, unit in book.forms)


def draw_assessment_form(book: Book, item: Item) -> bytes:
    """The form of one unit for one year."""
    return draw_form(book, book.forms[item.plan or "", item.owner])


DELIVERABLE = Deliverable("assessment_form_word", assessed_units, draw_assessment_form)
