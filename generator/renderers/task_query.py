"""The answer to `planbook tasks`, as a table for the terminal, CSV, JSON or a workbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

from rich.console import Console
from rich.table import Table as TerminalTable

from generator.analysis.tasks import DutyRow
from generator.analysis.wording import day_text, deadline_texts, remark_texts, role_text, span_text, target_texts
from generator.book import Book
from generator.office.csv_text import csv_bytes
from generator.office.excel import workbook_bytes
from generator.office.tables import Column, Table
from generator.renderers.imprint import document_numbers

COLUMNS = (
    ("unit", 16, "text"),
    ("task", 10, "centre"),
    ("role", 12, "centre"),
    ("title", 20, "text"),
    ("text", 60, "text"),
    ("target", 24, "text"),
    ("deadline", 18, "text"),
    ("end", 22, "text"),
    ("remark", 28, "text"),
)
NARROW = ("unit", "task", "role", "title", "deadline", "end")
"""What fits a terminal: the verbatim text is in the other formats."""
TERMINAL_WIDTH = 130


def query_table(book: Book, duties: tuple[DutyRow, ...], style: str) -> bytes:
    """The duties in one of the styles: table, csv, json, xlsx."""
    return STYLES[style](book, duties)


def _cells(book: Book, duty: DutyRow) -> dict[str, str]:
    row, terms = duty.row, book.terms
    ends = (f"{span_text(found.start, found.end)}{'※' if found.inferred else ''}" for found in row.dated)
    return {
        "unit": book.graph.name(duty.unit),
        "task": row.label,
        "role": role_text(terms, duty.role) + (f"\n经“{duty.written}”" if duty.via else ""),
        "title": row.title,
        "text": row.text,
        "target": "\n".join(target_texts(row)),
        "deadline": "\n".join(deadline_texts(terms, (found for _, found in row.deadlines))),
        "end": "\n".join(dict.fromkeys(ends)),
        "remark": "；".join(remark_texts(terms, duty.remarks, duty.written)),
    }


def _terminal(book: Book, duties: tuple[DutyRow, ...]) -> bytes:
    if not duties:
        return "没有符合条件的任务\n".encode()
    table = TerminalTable(show_lines=True)
    for key in NARROW:
        table.add_column(book.terms(f"column.{key}"), no_wrap=key == "task")
    for duty in duties:
        cells = _cells(book, duty)
        table.add_row(*(_unmarked(cells[key]) for key in NARROW))
    text = StringIO()
    Console(file=text, width=TERMINAL_WIDTH, markup=False, highlight=False).print(table)
    return f"{text.getvalue()}共 {len(duties)} 项\n".encode()


def _unmarked(text: str) -> str:
    """Plan text without control characters: a terminal obeys those."""
    return "".join(char for char in text if char == "\n" or char.isprintable())


def _csv(book: Book, duties: tuple[DutyRow, ...]) -> bytes:
    heads = [book.terms(f"column.{key}") for key, _, _ in COLUMNS]
    return csv_bytes(heads, (tuple(_cells(book, duty).values()) for duty in duties))


def _json(book: Book, duties: tuple[DutyRow, ...]) -> bytes:
    rows = [
        {
            "unit": duty.unit,
            "unit_name": book.graph.name(duty.unit),
            "task": duty.row.label,
            "id": duty.row.id,
            "role": duty.role.value,
            "via": duty.via,
            "certain": duty.certain,
            "title": duty.row.title,
            "text": duty.row.text,
            "deadlines": [found.model_dump(mode="json", exclude={"season"}) for _, found in duty.row.deadlines],
            "targets": [found.model_dump(mode="json") for _, found in duty.row.targets],
        }
        for duty in duties
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _workbook(book: Book, duties: tuple[DutyRow, ...]) -> bytes:
    terms = book.terms
    table = Table(
        name=terms("workbook.query"),
        title=terms("workbook.query"),
        note=terms("workbook.plain_note").format(numbers=document_numbers(book), day=day_text(book.as_of)),
        columns=tuple(Column(terms(f"column.{key}"), width, style) for key, width, style in COLUMNS),
        rows=tuple(tuple(_cells(book, duty).values()) for duty in duties),
        frozen_columns=2,
    )
    return workbook_bytes(terms("workbook.query"), [table], book.as_of, mark=book.page_mark)


STYLES: dict[str, Callable[[Book, tuple[DutyRow, ...]], bytes]] = {
    "table": _terminal,
    "csv": _csv,
    "json": _json,
    "xlsx": _workbook,
}
