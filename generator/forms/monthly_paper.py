"""The printable Word twin of the workbook: the same rows, every answer a content control in a bookmark."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from generator.analysis.monthly import MonthlyForm, MonthlyRow
from generator.analysis.notes import paper_notes
from generator.book import Book
from generator.forms.fields import fitted
from generator.forms.monthly_headings import headings, when
from generator.forms.monthly_marks import (
    UNIT_STATES,
    MonthlyAnswer,
    MonthlyKey,
    RowMark,
    Signature,
)
from generator.forms.monthly_workbook import form_note, form_title, known_cells, row_mark
from generator.office.word import Identity, draw_word
from generator.office.word_controls import BOOKMARK_LIMIT, Control, ControlKind

TEMPLATE = "word/monthly_form.docx"
SIGNATURE_ROW = "sign"
ASKED = "（请填写）"
BLANK = "　　"
"""What a control shows until something is written; white space counts as nothing written."""


def draw_monthly_paper(book: Book, form: MonthlyForm) -> bytes:
    """The Word form of one unit: the same book and form give the same bytes."""
    identity = Identity(_key(form).identifier, form_title(book, form), book.as_of, book.page_mark)
    return draw_word(book.project.template(TEMPLATE), monthly_context(book, form), identity, protected=True)


def monthly_context(book: Book, form: MonthlyForm) -> Mapping[str, object]:
    """What the template may ask for."""
    return {
        "title": form_title(book, form),
        "note": form_note(book, form),
        "heading": headings(book.terms, form.period.kind),
        "rows": [_cells(book, form, row) for row in form.rows],
        "signature": {who.value: book.terms(f"monthly_form.signature.{who}") for who in Signature},
        "sign": {who.value: _signature(book, who) for who in Signature},
        "notes": paper_notes(book.graph, book.terms, (row.entry.row for row in form.rows), form.unit),
    }


def _key(form: MonthlyForm) -> MonthlyKey:
    return MonthlyKey(form.plan, form.period.id, form.unit)


def _cells(book: Book, form: MonthlyForm, row: MonthlyRow) -> dict[str, object]:
    known, mark = known_cells(book, form, row), row_mark(_key(form), row)
    target = row.entry.quantity.target
    answers = {answer.value: _control(book, form, mark, answer) for answer in MonthlyAnswer}
    return {
        **known,
        "deadline": "\n".join(filter(None, (known["deadline"], known["nodes"]))),
        "target": "" if target is None else f"{target:g}{known['symbol']}",
        "previous": _previous(book, form, row, known),
        "answers": answers,
    }


def _previous(book: Book, form: MonthlyForm, row: MonthlyRow, known: Mapping[str, str]) -> str:
    """`上月情况：滞后；累计6公里；完成6公里管网`: below the task, a column of its own would be too narrow."""
    amount = "" if row.previous_cumulative is None else f"{row.previous_cumulative:g}{known['symbol']}"
    cumulative = book.terms("monthly_form.previous_cumulative").format(amount=amount) if amount else ""
    facts = "；".join(filter(None, (known["previous_state"], cumulative, known["previous_progress"])))
    words = when(book.terms, form.period.kind)
    return book.terms("monthly_form.previous").format(facts=facts, **words) if facts else ""


def _control(book: Book, form: MonthlyForm, mark: RowMark, answer: MonthlyAnswer) -> Control:
    choices: dict[StrEnum, tuple[str, ...]] = {
        MonthlyAnswer.UNCHANGED: (book.terms("monthly_form.unchanged_mark"),),
        MonthlyAnswer.STATE: tuple(book.terms.label(state) for state in UNIT_STATES),
    }
    chosen = choices.get(answer, ())
    date_kind = ControlKind.DATE if answer is MonthlyAnswer.EXPECTED else ControlKind.TEXT
    return Control(
        tag=word_tag(mark.task, mark.stamp, answer),
        bookmark=mark.bookmark(answer),
        title=f"{mark.task} {headings(book.terms, form.period.kind)[answer]}",
        placeholder=placeholder(answer),
        kind=ControlKind.CHOICE if chosen else date_kind,
        choices=chosen,
    )


def placeholder(answer: str) -> str:
    """What a control shows until something is written."""
    return ASKED if answer == MonthlyAnswer.PROGRESS else BLANK


def word_tag(task: str, stamp: str, answer: StrEnum) -> str:
    """`行动-09/1f2e3d/progress`: the form itself stands in the document's inner id."""
    return f"{task}/{stamp}/{answer}"


def _signature(book: Book, who: Signature) -> Control:
    return Control(
        tag=f"{SIGNATURE_ROW}/{who}",
        bookmark=fitted(f"cc_{SIGNATURE_ROW}_{who}", BOOKMARK_LIMIT),
        title=book.terms(f"monthly_form.signature.{who}"),
        placeholder="　　　　",
        kind=ControlKind.DATE if who is Signature.DATE else ControlKind.TEXT,
    )
