"""The periodic workbook (月调度表) of one unit: grey is locked, yellow is asked, white is the office's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date

from generator.analysis.monthly import MonthlyForm, MonthlyRow
from generator.analysis.notes import paper_notes
from generator.analysis.tasks import DutyRow
from generator.analysis.unit_wording import unit_mark
from generator.analysis.wording import day_text, deadline_texts, duty_texts
from generator.book import Book
from generator.forms.monthly_headings import headings, when
from generator.forms.monthly_marks import (
    MARK_COLUMN,
    PROPERTY,
    UNIT_STATES,
    MonthlyAnswer,
    MonthlyKey,
    OfficeAnswer,
    RowMark,
    Signature,
)
from generator.model import LedgerState, PeriodKind, text_stamp
from generator.office.excel import column_letters, workbook_bytes
from generator.office.tables import Cell, Column, Formula, Row, Styled, Table
from generator.terms import Terms

COLUMNS = (
    ("task", 8, "locked_centre"),
    ("content", 30, "locked"),
    ("duty", 6, "locked"),
    ("deadline", 8.5, "locked"),
    ("target", 6.5, "locked_number"),
    ("symbol", 5, "locked_centre"),
    ("nodes", 8.5, "locked"),
    ("previous_state", 6, "locked_centre"),
    ("previous_cumulative", 6, "locked_number"),
    ("previous_progress", 12, "locked"),
    ("unchanged", 4, "answer_centre"),
    ("state", 7, "answer_centre"),
    ("quantity", 6.5, "answer_number"),
    ("cumulative", 6.5, "answer_number"),
    ("rate", 6.5, "rate"),
    ("progress", 21, "answer"),
    ("problems", 12, "answer"),
    ("coordination", 11, "answer"),
    ("next_steps", 12, "answer"),
    ("expected", 10.5, "answer_day"),
    ("evidence", 6, "answer_text"),
    ("opinion", 9, "office"),
    ("found", 7, "office_centre"),
    (MARK_COLUMN, 4, "locked"),
)
PLACES = {key: place for place, (key, _, _) in enumerate(COLUMNS)}
PROGRESS_LENGTH = 150
MANY = 60
"""From so many workbooks on, two processes draw them."""
RATE = Formula(
    '=IFERROR({0}{{row}}/{1}{{row}}/ISNUMBER({0}{{row}}),"")'.format(
        column_letters(PLACES["cumulative"]), column_letters(PLACES["target"])
    ),
    "",
)
SIGNATURES = {
    Signature.PREPARER: (0, 1, 1, 1),
    Signature.REVIEWER: (2, 2, 4, 3),
    Signature.LEADER: (7, 2, 9, 3),
    Signature.PHONE: (12, 2, 14, 2),
    Signature.DATE: (16, 1, 17, 2),
}
"""Where the label stands and how many columns it takes, and the same of the place to sign."""
SIGNED = 19
NUMBER_RULE = {"validate": "decimal", "criteria": ">=", "value": 0}
RULES = {
    "quantity": NUMBER_RULE,
    "cumulative": NUMBER_RULE,
    "progress": {"validate": "length", "criteria": "<=", "value": PROGRESS_LENGTH},
}


def draw_monthly_workbook(book: Book, form: MonthlyForm) -> bytes:
    """The workbook of one unit: the same book and form give the same bytes."""
    return _drawn(_parts(book, form, _common(book, form.period.kind)))


def draw_monthly_workbooks(book: Book, forms: Sequence[MonthlyForm]) -> Iterator[bytes]:
    """The workbooks of many units, in their order; two processes share the drawing of many."""
    common = {kind: _common(book, kind) for kind in {form.period.kind for form in forms}}
    parts = (_parts(book, form, common[form.period.kind]) for form in forms)
    if len(forms) < MANY:
        yield from map(_drawn, parts)
        return
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(_drawn, parts, chunksize=8)


_Parts = tuple[str, tuple[Table, ...], date, dict[str, str], str]


@dataclass(frozen=True)
class _Common:
    """What the workbooks of one kind of period have in common: columns, the line to sign, the page of help."""

    columns: tuple[Column, ...]
    signatures: tuple[Cell, ...]
    help_table: Table


def _common(book: Book, kind: PeriodKind) -> _Common:
    heads = headings(book.terms, kind)
    columns = tuple(_column(book, heads, *found) for found in COLUMNS)
    return _Common(columns, _signature_line(book), _help_table(book, kind))


def _parts(book: Book, form: MonthlyForm, common: _Common) -> _Parts:
    """Title, sheets, day, inner id and page mark: all that is needed to draw without the book."""
    key = MonthlyKey(form.plan, form.period.id, form.unit)
    title = form_title(book, form)
    tables = (_form_table(book, form, title, common), common.help_table)
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


def _form_table(book: Book, form: MonthlyForm, title: str, common: _Common) -> Table:
    return Table(
        name=book.terms("monthly_form.sheet"),
        title=title,
        note=form_note(book, form),
        columns=common.columns,
        rows=tuple(_line(book, form, row) for row in form.rows),
        totals=(common.signatures,),
        foot=paper_notes(book.graph, book.terms, (row.entry.row for row in form.rows), form.unit),
        frozen_columns=2,
        filtered=False,
        locked=True,
    )


def _column(book: Book, heads: Mapping[str, str], key: str, width: float, style: str) -> Column:
    choices: dict[str, tuple[str, ...]] = {
        MonthlyAnswer.UNCHANGED: (book.terms("monthly_form.unchanged_mark"),),
        MonthlyAnswer.STATE: tuple(book.terms.label(state) for state in UNIT_STATES),
        OfficeAnswer.FOUND: tuple(book.terms.label(state) for state in LedgerState),
    }
    hidden = key == MARK_COLUMN
    return Column(heads[key], width, style, choices=choices.get(key, ()), rule=RULES.get(key), hidden=hidden)


def _line(book: Book, form: MonthlyForm, row: MonthlyRow) -> Row:
    key = MonthlyKey(form.plan, form.period.id, form.unit)
    known: dict[str, Cell] = {**known_cells(book, form, row), MARK_COLUMN: row_mark(key, row).written}
    known["target"] = row.entry.quantity.target
    known["previous_cumulative"] = row.previous_cumulative
    known["rate"] = RATE
    return tuple(known.get(name) for name, _, _ in COLUMNS)


def row_mark(key: MonthlyKey, row: MonthlyRow) -> RowMark:
    """The hidden mark of a row."""
    return RowMark(key, row.entry.task, text_stamp(row.entry.row.text))


def known_cells(book: Book, form: MonthlyForm, row: MonthlyRow) -> dict[str, str]:
    """What is known of a row, in words; one wording for the workbook and its Word twin."""
    terms, entry = book.terms, row.entry
    task = entry.row
    one = entry.obligation
    written = next((name for _, name, party in task.parties if party == one.via), "")
    duty = DutyRow(task, one.unit, one.role, written, one.via, one.certain, ())
    times = deadline_texts(terms, (found for _, found in task.deadlines))
    return {
        "task": task.label,
        "content": "\n".join(filter(None, (task.title, task.text))),
        "duty": "\n".join(duty_texts(book.graph, terms, duty)),
        "deadline": "\n".join(times) or terms("mark.no_deadline"),
        "symbol": entry.quantity.symbol or "",
        "nodes": "\n".join(f"{day_text(node.due)} {node.text}" for node in row.nodes),
        "previous_state": _previous_state(book, form, row),
        "previous_progress": (row.previous.progress if row.previous else None) or "",
    }


def _previous_state(book: Book, form: MonthlyForm, row: MonthlyRow) -> str:
    """What the task stood at when it was last reported; an older period than the last one is named."""
    if row.previous_period is None:
        return ""
    state = book.terms.label(row.previous_state) if row.previous_state else ""
    older = row.previous_period if row.previous_period != form.period.previous else None
    return f"{state}（{older.label}）" if older else state


def _signature_line(book: Book) -> tuple[Cell, ...]:
    """Labels with yellow cells beside them, wide enough to sign in; a telephone number stays text."""
    cells: list[Cell] = [None] * len(COLUMNS)
    for who, (place, span, answer, answer_span) in SIGNATURES.items():
        cells[place] = Styled(book.terms(f"monthly_form.signature.{who}"), "locked_centre", span)
        cells[answer] = Styled(None, "answer_text", answer_span)
    cells[SIGNED] = Styled(None, "locked", PLACES[MARK_COLUMN] - SIGNED)
    return tuple(cells)


def _help_table(book: Book, kind: PeriodKind) -> Table:
    terms = book.terms
    widths = (("item", 18.0), ("explanation", 60.0), ("right", 34.0), ("wrong", 22.0))
    return Table(
        name=terms("monthly_form.help_sheet"),
        title=terms("monthly_form.help_sheet"),
        note=terms("monthly_form.help.general").format(**when(terms, kind)),
        columns=tuple(Column(terms(f"monthly_form.help_heading.{key}"), width) for key, width in widths),
        rows=tuple(_help_lines(terms, kind)),
        filtered=False,
        locked=True,
    )


def _help_lines(terms: Terms, kind: PeriodKind) -> Iterator[Row]:
    """Each column with one right and one wrong example."""
    heads, words = headings(terms, kind), when(terms, kind)
    for answer in MonthlyAnswer:
        example = f"monthly_form.example.{answer}"
        explained = terms(f"monthly_form.help.{answer}").format(**words)
        yield heads[answer], explained, terms(f"{example}.right"), terms(f"{example}.wrong")
