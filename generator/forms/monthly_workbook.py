"""The periodic workbook (月调度表) of one unit: grey is locked, yellow is asked, white is the office's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date

from generator.analysis.monthly import MonthlyForm, MonthlyRow
from generator.analysis.notes import paper_notes
from generator.analysis.tasks import DutyRow
from generator.analysis.unit_wording import unit_mark
from generator.analysis.wording import day_text, deadline_texts, duty_texts
from generator.book import Book
from generator.forms.monthly_marks import (
    HEADINGS,
    MARK_COLUMN,
    PROPERTY,
    UNIT_STATES,
    MonthlyAnswer,
    MonthlyKey,
    OfficeAnswer,
    RowMark,
    Signature,
)
from generator.model import LedgerState, text_stamp
from generator.office.excel import column_letters, workbook_bytes
from generator.office.tables import Cell, Column, Formula, Row, Styled, Table

COLUMNS = (
    ("task", 8, "locked_centre"),
    ("content", 32, "locked"),
    ("duty", 7, "locked"),
    ("deadline", 9, "locked"),
    ("target", 7, "locked_number"),
    ("symbol", 6, "locked_centre"),
    ("nodes", 9, "locked"),
    ("previous_state", 7, "locked_centre"),
    ("previous_cumulative", 7, "locked_number"),
    ("previous_progress", 13, "locked"),
    ("unchanged", 4.5, "answer_centre"),
    ("state", 8, "answer_centre"),
    ("quantity", 7, "answer_number"),
    ("cumulative", 7, "answer_number"),
    ("rate", 7, "rate"),
    ("progress", 21, "answer"),
    ("problems", 13, "answer"),
    ("coordination", 12, "answer"),
    ("next_steps", 13, "answer"),
    ("expected", 10, "answer_day"),
    ("evidence", 7, "answer_text"),
    ("opinion", 10, "office"),
    ("found", 8, "office_centre"),
    (MARK_COLUMN, 4, "locked"),
)
PLACES = {key: place for place, (key, _, _) in enumerate(COLUMNS)}
PROGRESS_LENGTH = 150
MANY = 60
"""From so many workbooks on, two processes draw them."""
NUMBER_RULE = {"validate": "decimal", "criteria": ">=", "value": 0}
RULES = {
    "quantity": NUMBER_RULE,
    "cumulative": NUMBER_RULE,
    "progress": {"validate": "length", "criteria": "<=", "value": PROGRESS_LENGTH},
}


def draw_monthly_workbook(book: Book, form: MonthlyForm) -> bytes:
    """The workbook of one unit: the same book and form give the same bytes."""
    return workbook_bytes(*_parts(book, form))


def draw_monthly_workbooks(book: Book, forms: Sequence[MonthlyForm]) -> Iterator[bytes]:
    """The workbooks of many units, in their order; two processes share the drawing of many."""
    if len(forms) < MANY:
        yield from (draw_monthly_workbook(book, form) for form in forms)
        return
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(_drawn, (_parts(book, form) for form in forms), chunksize=8)


_Parts = tuple[str, tuple[Table, ...], date, dict[str, str], str]


def _parts(book: Book, form: MonthlyForm) -> _Parts:
    """Title, sheets, day, inner id and page mark: all that is needed to draw without the book."""
    key = MonthlyKey(form.plan, form.period.id, form.unit)
    title = form_title(book, form)
    tables = (_form_table(book, form, key, title), _help_table(book))
    return title, tables, book.as_of, {PROPERTY: key.identifier}, book.page_mark


def _drawn(parts: _Parts) -> bytes:
    return workbook_bytes(*parts)


def form_title(book: Book, form: MonthlyForm) -> str:
    """`区住建局2024年9月重点任务调度表`."""
    words = {"unit": book.graph.name(form.unit), "period": form.period.label}
    return book.terms("monthly_form.title").format(**words)


def form_note(book: Book, form: MonthlyForm) -> str:
    """Who fills it in, for which period, by which day."""
    unit = book.graph.unit_by_id[form.unit]
    plan = book.plan(form.plan)
    words = {
        "unit": unit.name + unit_mark(book.terms, unit),
        "period": form.period.label,
        "cutoff": day_text(form.cutoff),
        "numbers": plan.head.title,
    }
    return f"{book.terms('monthly_form.note').format(**words)}　　{book.terms('monthly_form.edition')}"


def _form_table(book: Book, form: MonthlyForm, key: MonthlyKey, title: str) -> Table:
    return Table(
        name=book.terms("monthly_form.sheet"),
        title=title,
        note=form_note(book, form),
        columns=tuple(_column(book, *found) for found in COLUMNS),
        rows=tuple(_line(book, key, row) for row in form.rows),
        totals=(_signature_line(book),),
        foot=paper_notes(book.graph, book.terms, (row.entry.row for row in form.rows), form.unit),
        frozen_columns=2,
        filtered=False,
        locked=True,
    )


def _column(book: Book, key: str, width: float, style: str) -> Column:
    choices: dict[str, tuple[str, ...]] = {
        MonthlyAnswer.UNCHANGED: (book.terms("monthly_form.unchanged_mark"),),
        MonthlyAnswer.STATE: tuple(book.terms.label(state) for state in UNIT_STATES),
        OfficeAnswer.FOUND: tuple(book.terms.label(state) for state in LedgerState),
    }
    heading = book.terms(f"{HEADINGS}{key}")
    hidden = key == MARK_COLUMN
    return Column(heading, width, style, choices=choices.get(key, ()), rule=RULES.get(key), hidden=hidden)


def _line(book: Book, key: MonthlyKey, row: MonthlyRow) -> Row:
    known: dict[str, Cell] = {**known_cells(book, row), MARK_COLUMN: row_mark(key, row).written}
    known["target"] = row.entry.quantity.target
    known["previous_cumulative"] = row.previous_cumulative
    target, cumulative = column_letters(PLACES["target"]), column_letters(PLACES["cumulative"])
    known["rate"] = Formula(f'=IFERROR({cumulative}{{row}}/{target}{{row}}/ISNUMBER({cumulative}{{row}}),"")', "")
    return tuple(known.get(name) for name, _, _ in COLUMNS)


def row_mark(key: MonthlyKey, row: MonthlyRow) -> RowMark:
    """The hidden mark of a row."""
    return RowMark(key, row.entry.task, text_stamp(row.entry.row.text))


def known_cells(book: Book, row: MonthlyRow) -> dict[str, str]:
    """What is known of a row, in words; one wording for the workbook and its Word twin."""
    terms, entry = book.terms, row.entry
    task = entry.row
    one = entry.obligation
    written = next((name for _, name, party in task.parties if party == one.via), "")
    duty = DutyRow(task, one.unit, one.role, written, one.via, one.certain, ())
    times = deadline_texts(terms, (found for _, found in task.deadlines))
    progress = row.previous.progress if row.previous else None
    return {
        "task": task.label,
        "content": "\n".join(filter(None, (task.title, task.text))),
        "duty": "\n".join(duty_texts(book.graph, terms, duty)),
        "deadline": "\n".join(times) or terms("mark.no_deadline"),
        "symbol": entry.quantity.symbol or "",
        "nodes": "\n".join(f"{day_text(node.due)} {node.text}" for node in row.nodes),
        "previous_state": terms.label(row.previous_state) if row.previous_state else "",
        "previous_progress": progress or "",
    }


def _signature_line(book: Book) -> tuple[Cell, ...]:
    """Labels with yellow cells beside them; a telephone number stays text."""
    cells: list[Cell] = [Styled(None, "locked") for _ in COLUMNS]
    for place, who in zip((1, 3, 7, 9, 15), Signature, strict=True):
        cells[place] = Styled(book.terms(f"monthly_form.signature.{who}"), "locked_centre")
        cells[place + 1] = Styled(None, "answer_text")
    return tuple(cells)


def _help_table(book: Book) -> Table:
    terms = book.terms
    headings = (("item", 18.0), ("explanation", 60.0), ("right", 34.0), ("wrong", 22.0))
    return Table(
        name=terms("monthly_form.help_sheet"),
        title=terms("monthly_form.help_sheet"),
        note=terms("monthly_form.help.general"),
        columns=tuple(Column(terms(f"monthly_form.help_heading.{key}"), width) for key, width in headings),
        rows=tuple(_help_lines(book)),
        filtered=False,
        locked=True,
    )


def _help_lines(book: Book) -> Iterator[Row]:
    """Each column with one right and one wrong example."""
    terms = book.terms
    for answer in MonthlyAnswer:
        example = f"monthly_form.example.{answer}"
        yield (
            terms(f"{HEADINGS}{answer}"),
            terms(f"monthly_form.help.{answer}"),
            terms(f"{example}.right"),
            terms(f"{example}.wrong"),
        )
