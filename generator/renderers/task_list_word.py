"""任务清单.docx of each unit: what it owes in three parts, and the table for taking the tasks on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.analysis.breakdown_wording import decision_line, frequency_text
from generator.analysis.notes import WITH_COLUMNS, paper_notes
from generator.analysis.party_wording import other_party_texts
from generator.analysis.tasks import DutyRow, TaskList, TaskRow
from generator.analysis.unit_wording import formal_name, unit_mark
from generator.analysis.wording import (
    day_text,
    deadline_texts,
    duty_texts,
    node_texts,
    origin_text,
    remark_texts,
    role_legend,
    sources_text,
    target_texts,
)
from generator.book import Book
from generator.office.word import Identity, draw_word
from generator.renderers.deliverables import Deliverable, Item, every_unit
from generator.terms import Terms

TEMPLATE = "word/task_list.docx"


def draw_task_list(book: Book, item: Item) -> bytes:
    """The paper of one unit."""
    unit = book.graph.unit_by_id[item.owner]
    title = book.terms("task_list.title").format(unit=formal_name(unit))
    identity = Identity(f"planbook:task-list:1:{unit.id}", title, book.as_of, book.page_mark)
    return draw_word(book.project.template(TEMPLATE), task_list_context(book, unit.id), identity)


def task_list_context(book: Book, owner: str) -> Mapping[str, object]:
    """What the template may ask for."""
    found, terms = book.task_lists[owner], book.terms
    unit = book.graph.unit_by_id[owner]
    tasks = [duty.row for duty in found.rows]
    roles = (role for duty in found.rows for role, _, _ in duty.row.parties)
    return {
        "unit": formal_name(unit),
        "unit_mark": unit_mark(terms, unit),
        "basis": sources_text(book.plans, tasks),
        "as_of": day_text(book.as_of),
        "parts": tuple(_parts(book, found)),
        "claims": _claims(found),
        "notes": (role_legend(terms, roles), *paper_notes(book.graph, terms, tasks, unit.id)),
    }


def _parts(book: Book, found: TaskList) -> Iterator[Mapping[str, object]]:
    """The parts that hold anything, each with its heading; numbers run on through all of them."""
    number = 0
    for place, (key, duties) in enumerate(found.parts):
        ordinal = book.terms(f"ordinal.{place + 1}")
        title = book.terms("task_list.part").format(ordinal=ordinal, title=book.terms(key), count=len(duties))
        yield {"title": title, "rows": [_row(book, number + step, duty) for step, duty in enumerate(duties, 1)]}
        number += len(duties)


def _row(book: Book, number: int, duty: DutyRow) -> Mapping[str, object]:
    terms, row = book.terms, duty.row
    return {
        **_task_cells(terms, row),
        "number": number,
        "duty": "\n".join(duty_texts(book.graph, terms, duty)),
        "others": "\n".join(other_party_texts(book.graph, terms, duty)) or terms("mark.none"),
        "frequency": frequency_text(book.loaded.rules, terms, duty),
        "remarks": _remarks(terms, row, duty.remarks, duty.written),
    }


@lru_cache(maxsize=8192)
def _remarks(terms: Terms, row: TaskRow, remarks: tuple[str, ...], written: str) -> str:
    told = (origin_text(terms, row), *remark_texts(terms, remarks, written))
    return "；".join(filter(None, (*told, decision_line(terms, row, WITH_COLUMNS))))


@lru_cache(maxsize=4096)
def _task_cells(terms: Terms, row: TaskRow) -> Mapping[str, str]:
    """What every unit reads of a task."""
    decided = row.breakdown
    times = deadline_texts(terms, (found for _, found in row.deadlines))
    return {
        "label": row.label,
        "title": row.title,
        "text": row.text,
        "phrase": row.phrase,
        "targets": "\n".join(target_texts(row)) or terms("mark.none"),
        "deadlines": "\n".join(times) or terms("mark.no_deadline"),
        "nodes": "\n".join(node_texts(row)),
        "leader": decided.leader or "" if decided else "",
        "section": decided.section or "" if decided else "",
    }


def _claims(found: TaskList) -> list[Mapping[str, object]]:
    """One line for each task, whichever roles the unit has in it."""
    tasks = dict.fromkeys((duty.row.label, duty.row.title) for duty in found.rows)
    return [{"number": number, "label": label, "title": title} for number, (label, title) in enumerate(tasks, 1)]


DELIVERABLE = Deliverable("task_list_word", every_unit, draw_task_list)
