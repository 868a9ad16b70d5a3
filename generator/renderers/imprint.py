"""What every paper says of itself: the documents it rests on, the day it stands for, what is unconfirmed."""

from __future__ import annotations

from collections.abc import Iterable

from generator.analysis.notes import inference_text
from generator.analysis.tasks import TaskRow
from generator.analysis.wording import day_text, inference_notes, quoted_title
from generator.book import Book
from generator.model import Role
from generator.office.tables import Column, Row, Table


def document_numbers(book: Book) -> str:
    """The numbers of the documents, each once; titles where there is no number."""
    named = (plan.head.document_number or quoted_title(plan.head.title) for plan in book.plans)
    return "、".join(dict.fromkeys(named))


def open_point_groups(book: Book) -> dict[str, tuple[str, ...]]:
    """What is unconfirmed, by what it is about, a line each."""
    grouped: dict[str, list[str]] = {}
    for point in book.open_points:
        line = "：".join(filter(None, (point.name, point.basis)))
        grouped.setdefault(book.terms(point.key), []).append(line)
    return {key: tuple(lines) for key, lines in grouped.items()}


def explanation_table(book: Book, rows: Iterable[TaskRow], roles: Iterable[Role]) -> Table:
    """The sheet 说明: day, documents, marks, what is inferred and what is unconfirmed."""
    terms = book.terms
    return Table(
        name=terms("workbook.explanation"),
        title=terms("workbook.explanation_title"),
        columns=(
            Column(terms("column.item"), 24, "centre"),
            Column(terms("column.explanation"), 120),
        ),
        rows=tuple(_explanations(book, tuple(rows), tuple(roles))),
        filtered=False,
    )


def _explanations(book: Book, rows: tuple[TaskRow, ...], roles: tuple[Role, ...]) -> Iterable[Row]:
    terms = book.terms
    yield terms("explanation.as_of"), day_text(book.as_of)
    yield terms("explanation.sources"), "\n".join(_sources(book))
    yield terms("explanation.roles"), "　　".join(f"{terms.mark(role)} {terms.label(role)}" for role in roles)
    for key in ("no_lead", "inferred", "open", "decided"):
        yield terms(f"explanation.{key}"), terms(f"explanation.{key}_text")
    inferred = tuple(f"{note.label} {inference_text(terms, note)}" for note in inference_notes(rows))
    if inferred:
        yield terms("explanation.inferences"), "\n".join(inferred)
    for key, lines in open_point_groups(book).items():
        yield terms("explanation.unconfirmed").format(item=key), "\n".join(lines)


def _sources(book: Book) -> Iterable[str]:
    for plan in book.plans:
        head = plan.head
        details = (head.document_number, head.issuer, head.issued and day_text(head.issued))
        known = "，".join(found for found in details if found)
        yield quoted_title(head.title) + (f"（{known}）" if known else "")
