"""A row of a table of tasks → a clause: the text, the other columns by name, and who is responsible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.importing.clauses import ClauseDraft, ClauseReader, Duty, Sentence
from generator.importing.documents import Cell
from generator.importing.sentences import split_sentences
from generator.importing.task_tables import TaskRow, cell_points, row_units
from generator.importing.titles import Heading
from generator.importing.traced import Traced
from generator.phrases import parse_responsibility


def row_clause(row: TaskRow, reader: ClauseReader) -> Iterator[ClauseDraft]:
    """The clauses of one row; a row is one, unless its text names units of its own."""
    drafts = _said(row.detail, reader) if row.detail is not None else []
    fields = [
        sentence
        for name, cell, _ in row.fields
        for sentence in split_sentences(
            Traced(f"{name}：{'；'.join(cell.text.split(chr(10)))}", (0,), (cell.where,))
        )
    ]
    added = tuple(Sentence(sentence) for sentence in fields)
    duty = _duty(row, reader)
    if not drafts:
        drafts = [ClauseDraft(())]
    last = drafts[-1]
    if last.duty is None:
        drafts[-1] = replace(last, sentences=(*last.sentences, *added), duty=duty)
    elif added or duty:
        drafts.append(ClauseDraft(added, duty))
    yield from (draft if draft.sentences else replace(draft, sentences=(_stand_in(row),)) for draft in drafts)


def _said(cell: Cell, reader: ClauseReader) -> list[ClauseDraft]:
    """What a cell says to do: points on lines of their own are sentences; clauses only where they name units."""
    drafts = list(reader.clauses(Traced(point, (0,), (cell.where,)) for point in cell_points(cell.text)))
    if len(drafts) < 2 or any(draft.duty for draft in drafts):
        return drafts
    return [ClauseDraft(tuple(sentence for draft in drafts for sentence in draft.sentences))]


def row_heading(row: TaskRow) -> Heading:
    """The row's number and, where another cell says what is done, its task as title."""
    printed = f"{row.number}." if row.number.isdigit() else row.number
    if row.task is None or row.detail is None:
        return Heading(printed, None, "", None)
    return Heading(printed, "".join(row.task.text.split("\n")), "。", None)


def _stand_in(row: TaskRow) -> Sentence:
    """A row that names only a task and units has its task for text."""
    cell = row.task
    if cell is None:
        return Sentence(Traced("（原文没有文字）", (0,), (row.where,)), "", "原表这一行没有任务文字")
    return Sentence(Traced("".join(cell.text.split("\n")), (0,), (row.where,)))


def _duty(row: TaskRow, reader: ClauseReader) -> Duty | None:
    phrase = "；".join(f"{label}：{names}" for label, names in row_units(row) if names)
    before = reader.convention
    reading = parse_responsibility(phrase, before) if phrase else None
    if reading is None:
        return None
    reader.convention = reading.convention
    return Duty(phrase, "", reading, row.where, before=before)
