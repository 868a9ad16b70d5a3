"""A row of a table of tasks → a clause: the text, the other columns by name, and who is responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.importing.clauses import ClauseDraft, ClauseReader, Duty, Sentence
from generator.importing.documents import Cell
from generator.importing.markers import read_marker
from generator.importing.sentences import split_sentences
from generator.importing.task_tables import TaskRow, cell_points, row_units
from generator.importing.titles import Heading
from generator.importing.traced import Traced
from generator.phrases import parse_responsibility

_LINE_END = re.compile(r"(?P<mark>[；;，,。、：:]?)\n+")


def _listed(end: re.Match[str]) -> str:
    """Lines of a cell that is a list stand one after the other."""
    return end["mark"] or "；"


def row_clause(row: TaskRow, reader: ClauseReader) -> Iterator[ClauseDraft]:
    """The clauses of one row; a row is one, unless its text names units of its own."""
    said = row.detail or row.task
    drafts = _said(said, reader) if said is not None else []
    fields = [
        sentence
        for name, cell, _ in row.fields
        for sentence in split_sentences(
            Traced(f"{name}：{_LINE_END.sub(_listed, cell.text)}", (0,), (cell.where,))
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
    yield from (draft if draft.sentences else replace(draft, sentences=(_NO_TEXT,)) for draft in drafts)


def _said(cell: Cell, reader: ClauseReader) -> list[ClauseDraft]:
    """What a cell says to do: points on lines of their own are sentences; clauses only where they name units."""
    drafts = list(reader.clauses(Traced(point, (0,), (cell.where,)) for point in cell_points(cell.text)))
    if len(drafts) < 2 or any(draft.duty for draft in drafts):
        return drafts
    return [ClauseDraft(tuple(sentence for draft in drafts for sentence in draft.sentences))]


_NO_TEXT = Sentence(Traced("（原文没有文字）"), "", "原表这一行没有任务文字")


def row_heading(row: TaskRow) -> Heading:
    """The row's number and, where another cell says what is done, its task as title."""
    printed = f"{row.number}." if row.number.isdigit() else row.number
    if row.task is None or row.detail is None:
        return Heading(printed, None, "", None)
    title = "".join(row.task.text.split("\n"))
    marker = read_marker(title) if not printed else None
    if marker is not None:
        printed, title = title[: marker.length], title[marker.length :].strip() or title
    return Heading(printed, title, "。", None)


def _duty(row: TaskRow, reader: ClauseReader) -> Duty | None:
    phrase = "；".join(f"{label}：{names}" for label, names in row_units(row) if names)
    before = reader.convention
    reading = parse_responsibility(phrase, before) if phrase else None
    if reading is None:
        return None
    reader.convention = reading.convention
    return Duty(phrase, "", reading, row.units[0][1].where, before=before)
