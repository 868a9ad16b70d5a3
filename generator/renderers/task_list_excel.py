"""任务清单.xlsx of each unit: what it owes, the sheet for taking the tasks on, and explanations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.analysis.breakdown_wording import frequency_text
from generator.analysis.notes import remark_text
from generator.analysis.party_wording import other_party_texts
from generator.analysis.tasks import DutyRow, TaskList, TaskRow
from generator.analysis.unit_wording import formal_name, unit_mark
from generator.analysis.wording import (
    day_text,
    deadline_texts,
    duty_texts,
    node_texts,
    target_texts,
)
from generator.book import Book
from generator.model import Role
from generator.office.excel import workbook_bytes
from generator.office.tables import Column, Row, Separator, Table
from generator.renderers.deliverables import Deliverable, Item, every_unit
from generator.renderers.imprint import document_numbers, explanation_table
from generator.terms import Terms

COLUMNS = (
    ("number", 4.5, "centre"),
    ("task", 9, "centre"),
    ("title", 10, "text"),
    ("text", 35, "text"),
    ("duty", 10, "text"),
    ("others", 14, "text"),
    ("target", 12, "text"),
    ("deadline", 10.5, "text"),
    ("nodes", 9, "text"),
    ("frequency", 5, "centre"),
    ("leader", 7, "text"),
    ("section_contact", 9, "text"),
    ("remark", 13, "text"),
)
CLAIM_COLUMNS = (
    ("task", 11, "locked_centre"),
    ("title", 32, "locked"),
    ("duty", 25, "locked"),
    ("claim", 12, "answer_centre"),
    ("objection", 24, "answer"),
    ("liaison", 12, "answer_centre"),
    ("telephone", 14, "answer_text"),
    ("signed_on", 13, "answer_day"),
)


def draw_task_list(book: Book, item: Item) -> bytes:
    """The workbook of one unit."""
    found = book.task_lists[item.owner]
    name = formal_name(book.graph.unit_by_id[item.owner])
    title = book.terms("task_list.title").format(unit=name)
    rows = dict.fromkeys(duty.row for duty in found.rows)
    held = {duty.role for duty in found.rows} | {role for row in rows for role, _, _ in row.parties}
    explanations = explanation_table(book, rows, (role for role in Role if role in held))
    sheets = (_tasks(book, found), _claims(book, found), explanations)
    return workbook_bytes(title, sheets, book.as_of, mark=book.page_mark)


def _tasks(book: Book, found: TaskList) -> Table:
    terms, unit = book.terms, book.graph.unit_by_id[found.unit]
    name = formal_name(unit) + unit_mark(terms, unit)
    words = {"unit": name, "numbers": document_numbers(book), "day": day_text(book.as_of)}
    return Table(
        name=terms("workbook.task_list"),
        title=terms("task_list.title").format(unit=formal_name(unit)) + unit_mark(terms, unit),
        note=terms("workbook.task_list_note").format(**words),
        columns=tuple(Column(terms(f"column.{key}"), width, style) for key, width, style in COLUMNS),
        rows=tuple(_task_lines(book, found)),
        foot=(terms("workbook.signatures"),),
        frozen_columns=3,
    )


def _task_lines(book: Book, found: TaskList) -> Iterator[Row]:
    number = 0
    for place, (key, duties) in enumerate(found.parts, 1):
        words = {"ordinal": book.terms(f"ordinal.{place}"), "title": book.terms(key), "count": len(duties)}
        yield Separator(book.terms("task_list.part").format(**words))
        for duty in duties:
            number += 1
            yield _task_line(book, number, duty)


def _task_line(book: Book, number: int, duty: DutyRow) -> Row:
    terms, row = book.terms, duty.row
    targets, times, nodes, leader, section = _task_cells(terms, row)
    return (
        number,
        row.label,
        row.title,
        row.text,
        "\n".join(duty_texts(book.graph, terms, duty)),
        "\n".join(other_party_texts(book.graph, terms, duty)),
        targets,
        times,
        nodes,
        frequency_text(book.loaded.rules, terms, duty),
        leader,
        section,
        remark_text(terms, row, duty.remarks, duty.written),
    )


@lru_cache(maxsize=4096)
def _task_cells(terms: Terms, row: TaskRow) -> tuple[str, str, str, str, str]:
    """Targets, times, nodes, leader and section: every unit reads the same of a task."""
    decided = row.breakdown
    times = deadline_texts(terms, (deadline for _, deadline in row.deadlines))
    return (
        "\n".join(target_texts(row)),
        "\n".join(times) or terms("mark.no_deadline"),
        "\n".join(node_texts(row)),
        decided.leader or "" if decided else "",
        decided.section or "" if decided else "",
    )


def _claims(book: Book, found: TaskList) -> Table:
    terms, name = book.terms, formal_name(book.graph.unit_by_id[found.unit])
    choices = {"claim": (terms("workbook.accepted"), terms("workbook.disputed"))}
    return Table(
        name=terms("workbook.claim"),
        title=terms("workbook.claim_title").format(unit=name),
        note=terms("workbook.claim_note").format(day=day_text(book.as_of)),
        columns=tuple(
            Column(terms(f"column.{key}"), width, style, choices=choices.get(key, ()))
            for key, width, style in CLAIM_COLUMNS
        ),
        rows=tuple(_claim_lines(book, found)),
        foot=(terms("workbook.signatures"),),
        frozen_columns=2,
        filtered=False,
        locked=True,
    )


def _claim_lines(book: Book, found: TaskList) -> Iterator[Row]:
    """One line for each task, whichever roles the unit has in it."""
    tasks: dict[tuple[str, str], list[str]] = {}
    for duty in found.rows:
        key = (duty.row.label, duty.row.title)
        tasks.setdefault(key, []).extend(duty_texts(book.graph, book.terms, duty))
    for (label, title), duties in tasks.items():
        yield (label, title, "\n".join(duties), *(None for _ in range(5)))


DELIVERABLE = Deliverable("task_list_excel", every_unit, draw_task_list)
