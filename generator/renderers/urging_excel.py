"""催报名单.xlsx: who has not reported for a period, with the message to paste into a chat for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.analysis.obligations import party_ids
from generator.analysis.reporting import reporting
from generator.analysis.urging import Urging, urging_message, urgings
from generator.analysis.wording import day_text
from generator.book import Book
from generator.graph import folded
from generator.model import Contact, ReturnState
from generator.office.excel import workbook_bytes
from generator.office.tables import Column, Row, Table
from generator.renderers.office_papers import Drawn, Issue, OfficePaper, unit_text

COLUMNS = (
    ("number", 5, "centre"),
    ("unit", 20, "text"),
    ("lack", 11, "centre"),
    ("asked", 10, "centre"),
    ("missing", 24, "text"),
    ("cutoff", 12, "day"),
    ("days_late", 8, "centre"),
    ("contact", 18, "text"),
    ("message", 58, "text"),
    ("urged", 10, "text"),
)


def draw_urging(book: Book, issue: Issue) -> Iterator[Drawn]:
    """One workbook; with nobody to urge it says so."""
    terms, rules = book.terms, book.loaded.rules
    returns = reporting(book.graph, book.ledger, rules, book.forms, issue.plan, issue.period)
    found = urgings(rules, returns, book.as_of)
    contacts = contacts_by_unit(book)
    title = terms("urging.title").format(period=issue.period.label)
    silent = sum(one.lack is ReturnState.UNREPORTED for one in found)
    note = terms("urging.note" if returns else "urging.nobody_asked").format(
        asked=len(returns), silent=silent, others=len(found) - silent, day=day_text(book.as_of)
    )
    table = Table(
        name=terms("urging.sheet"),
        title=title,
        note=note,
        columns=tuple(Column(terms(f"urging.heading.{key}"), width, style) for key, width, style in COLUMNS),
        rows=tuple(_line(book, number, one, contacts.get(one.unit, ())) for number, one in enumerate(found, 1)),
        foot=(terms("urging.foot"),),
        frozen_columns=2,
    )
    yield {}, workbook_bytes(title, (table,), book.as_of, mark=book.internal_mark)


def contacts_by_unit(book: Book) -> dict[str, tuple[Contact, ...]]:
    """The contacts of the file that git ignores, by the id of their unit."""
    ids, found = party_ids(book.graph), dict[str, list[Contact]]()
    for contact in book.loaded.contacts:
        found.setdefault(ids.get(folded(contact.unit), ""), []).append(contact)
    return {unit: tuple(contacts) for unit, contacts in found.items()}


def contact_text(contacts: Iterable[Contact]) -> str:
    """`水保科　甲某　0000-1234567`, a line each."""
    parts = ((contact.section, contact.name, contact.telephone) for contact in contacts)
    return "\n".join("　".join(filter(None, found)) for found in parts)


def _line(book: Book, number: int, urging: Urging, contacts: tuple[Contact, ...]) -> Row:
    standing = urging.standing
    return (
        number,
        unit_text(book, urging.unit),
        book.terms.label(urging.lack),
        len(standing.asked),
        "、".join(standing.missing),
        standing.cutoff,
        urging.days_late or None,
        contact_text(contacts),
        urging_message(book.graph, book.terms, urging, book.as_of),
        None,
    )


PAPER = OfficePaper("urging", draw_urging, yearly=True)
