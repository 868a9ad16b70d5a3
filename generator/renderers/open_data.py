"""Open data under data/: the interchange with its schema, tables as CSV, the network for Gephi."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from generator.analysis.breakdown_wording import decided_items
from generator.analysis.readings import comparator_text, recurrence_text
from generator.analysis.schedule import objective_rows
from generator.analysis.unit_wording import certainty_text
from generator.analysis.wording import remark_texts
from generator.book import Book
from generator.model import Deadline
from generator.office.csv_text import csv_bytes
from generator.renderers.interchange import interchange, interchange_schema
from generator.renderers.network_files import gexf, graphml

Row = Sequence[str | int | float | date | None]

TASKS = ("task", "task_id", "measure", "plan", "chapter", "title", "text", "responsibility", "open", "remark")
ASSIGNMENTS = ("task", "task_id", "role", "written", "party", "name", "is_group")
DEADLINES = ("task", "statement", "phrase", "kind", "start", "end", "recurrence", "inferred", "basis", "sentence")
TARGETS = (
    "task",
    "statement",
    "indicator",
    "comparator",
    "value",
    "symbol",
    "baseline",
    "external",
    "phrase",
    "sentence",
)
UNITS = ("party", "name", "full_name", "unit_kind", "aliases", "is_group", "members", "confirmed", "note")

DECIDED = (
    "consolidator",
    "open_list",
    "nodes",
    "leader",
    "section",
    "frequency",
    "quantity",
    "shares",
    "assessment",
    "weight",
    "scoring",
)
BREAKDOWN = ("task", "task_id", *DECIDED, "approved_basis", "approved_by", "approved_on")
"""区环委办分解意见 stands in a table of its own: plan.json is the plan, and its shape is a promise."""


def _schema() -> bytes:
    return (json.dumps(interchange_schema(), ensure_ascii=False, indent=2) + "\n").encode()


def _table(book: Book, keys: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    own = {key for key in keys if f"open_data.{key}" in book.terms.words}
    return csv_bytes([book.terms(f"open_data.{key}" if key in own else f"column.{key}") for key in keys], rows)


def _yes_no(book: Book, value: bool) -> str:
    return book.terms("workbook.yes" if value else "workbook.no")


def _tasks(book: Book) -> Iterator[Row]:
    for row in book.rows:
        open_list = book.graph.task_by_label[row.label].open
        yield (
            row.label,
            row.id,
            row.measure_id,
            row.plan_title,
            row.chapter,
            row.title,
            row.text,
            row.phrase,
            _yes_no(book, open_list),
            "；".join(remark_texts(book.terms, row.remarks)),
        )


def _assignments(book: Book) -> Iterator[Row]:
    for task in book.graph.tasks:
        for found in task.assignments:
            yield (
                task.label,
                task.id,
                book.terms.label(found.role),
                found.written,
                found.party,
                book.graph.name(found.party),
                _yes_no(book, found.party in book.graph.group_by_id),
            )


def _deadlines(book: Book) -> Iterator[Row]:
    for row in (*objective_rows(book.plans), *book.schedule):
        yield (row.label, row.statement, *_reading(book, row.deadline), row.sentence)


def _reading(book: Book, found: Deadline) -> Row:
    return (
        found.phrase,
        book.terms.label(found.kind),
        found.start,
        found.end,
        recurrence_text(book.terms, found),
        _yes_no(book, found.inferred),
        found.basis,
    )


def _targets(book: Book) -> Iterator[Row]:
    for row in book.targets:
        found = row.target
        yield (
            row.label,
            row.statement,
            found.indicator,
            comparator_text(book.terms, found),
            found.value,
            found.symbol,
            found.baseline,
            _yes_no(book, found.external),
            found.phrase,
            row.sentence,
        )


def _units(book: Book) -> Iterator[Row]:
    for unit in book.graph.units:
        yield (
            unit.id,
            unit.name,
            unit.full_name,
            book.terms.label(unit.kind),
            "、".join(alias.name for alias in unit.aliases),
            _yes_no(book, False),
            None,
            certainty_text(book.terms, unit),
            unit.note,
        )
    for group in book.graph.groups:
        yield (
            group.id,
            group.name,
            None,
            None,
            "、".join(alias.name for alias in group.aliases),
            _yes_no(book, True),
            " ".join(group.members),
            certainty_text(book.terms, group),
            group.note,
        )


def _breakdown(book: Book) -> Iterator[Row]:
    for row in book.rows:
        if row.breakdown:
            items = {item.key: "\n".join(item.lines) for item in decided_items(book.terms, row)}
            told = (row.breakdown.basis, row.breakdown.approved_by, row.breakdown.approved_on)
            yield row.label, row.id, *(items.get(key) for key in DECIDED), *told


FILES: dict[str, Callable[[Book], bytes]] = {
    "data/plan.json": lambda book: f"{interchange(book).model_dump_json(indent=2)}\n".encode(),
    "data/plan.schema.json": lambda _book: _schema(),
    "data/tasks.csv": lambda book: _table(book, TASKS, _tasks(book)),
    "data/assignments.csv": lambda book: _table(book, ASSIGNMENTS, _assignments(book)),
    "data/deadlines.csv": lambda book: _table(book, DEADLINES, _deadlines(book)),
    "data/targets.csv": lambda book: _table(book, TARGETS, _targets(book)),
    "data/units.csv": lambda book: _table(book, UNITS, _units(book)),
    "data/breakdown.csv": lambda book: _table(book, BREAKDOWN, _breakdown(book)),
    "data/network.graphml": graphml,
    "data/network.gexf": gexf,
}
"""Every file under data/ by its address."""
