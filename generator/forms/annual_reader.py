"""The annual assessment form read back: by tag, then bookmark, then visible number and heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.analysis.assessment import AssessmentForm
from generator.book import Book
from generator.forms.comparing import plain
from generator.forms.fields import (
    PERSONAL,
    ROW_ANSWERS,
    UNIT_ANSWERS,
    Answer,
    Field,
    FormKey,
    form_fields,
    form_key,
)
from generator.forms.filled import FilledForm, FilledRow
from generator.forms.monthly_marks import MonthlyKey
from generator.forms.monthly_reader import declared_unit, task_label
from generator.forms.word_answers import WordAnswers, typed

HEADING = "assessment_form.heading."
MARGIN = "　 \t\n"


def read_annual_form(word: WordAnswers, key: FormKey, book: Book, form: AssessmentForm) -> FilledForm:
    """The form of a unit for a year; answers by row of the form."""
    fields = form_fields(form)
    found = _answers(word, book, fields)
    for field, text in _by_heading(word, book, fields):
        if not found.get((field.row, field.answer), "").strip(MARGIN):
            found[field.row, field.answer] = typed(text, _shown(book, field.answer), False)
    given = {place: text for place, text in found.items() if _written(book, place[1], text)}
    rows = tuple(_rows(form, given))
    total = given.get(("total", Answer.SELF_SCORE), "")
    scored = any("self_score" in row.answers for row in rows)
    return FilledForm(
        key=MonthlyKey(key.plan, str(key.year), key.unit),
        declared=declared_unit(word.text),
        title=word.text,
        rows=rows,
        signed=all(("contact", answer) in given for answer in (Answer.PREPARER, Answer.REVIEWER)),
        annual=True,
        total_only=bool(total) and not scored,
        materials=tuple(_materials(given)),
    )


def _answers(word: WordAnswers, book: Book, fields: tuple[Field, ...]) -> dict[tuple[str, Answer], str]:
    """By tag first; a bookmark is looked at where the tag is gone."""
    stems = {name.rpartition("_")[0]: text for name, text in word.marked.items()}
    found = {}
    for field in fields:
        by_tag, by_mark = word.tagged.get(field.tag), stems.get(field.bookmark_stem)
        text = by_mark if by_tag is None else by_tag
        if text is not None:
            found[field.row, field.answer] = typed(text, _shown(book, field.answer), by_tag is not None)
    return found


def _written(book: Book, answer: Answer, text: str) -> bool:
    return bool(text.strip(MARGIN)) and plain(text) != plain(_shown(book, answer))


def _shown(book: Book, answer: Answer) -> str:
    return book.terms(f"assessment_form.placeholder.{answer}")


def _by_heading(word: WordAnswers, book: Book, fields: tuple[Field, ...]) -> Iterator[tuple[Field, str]]:
    """A file that lost tags and bookmarks: the number in 【】 tells the row, the heading the column."""
    asked = {(field.label, field.answer): field for field in fields if field.answer in ROW_ANSWERS}
    names = _heading_names(tuple((answer, book.terms(f"{HEADING}{answer}")) for answer in ROW_ANSWERS))
    for table in word.tables:
        columns: dict[int, Answer] = {}
        for row in table:
            heads = {place: names[plain(text)] for place, text in enumerate(row) if plain(text) in names}
            if Answer.PROGRESS in heads.values():
                columns = heads
                continue
            label = next((task_label(text[1:].split("】")[0]) for text in row if text.startswith("【")), "")
            label = label or next((text for text in row[:2] if any(text == name for name, _ in asked)), "")
            for place, answer in columns.items():
                if (label, answer) in asked and place < len(row):
                    yield asked[label, answer], row[place]


@lru_cache(maxsize=4)
def _heading_names(headings: tuple[tuple[Answer, str], ...]) -> Mapping[str, Answer]:
    return {plain(text): answer for answer, text in headings}


def _rows(form: AssessmentForm, given: Mapping[tuple[str, Answer], str]) -> Iterator[FilledRow]:
    """Tasks under their visible number, criteria under their id."""
    labels = {scored.duty.row.id: scored.duty.row.label for scored in form.rows}
    stamps = {field.row: field.stamp for field in form_fields(form)}
    for row in dict.fromkeys(place for place, answer in given if answer in UNIT_ANSWERS):
        if row in {"total"} or row.startswith(("head", "opinion", "contact", "material-")):
            continue
        answers = {
            UNIT_ANSWERS[answer]: text
            for (place, answer), text in given.items()
            if place == row and answer in UNIT_ANSWERS
        }
        yield FilledRow(labels.get(row, row), stamps.get(row), answers, where=labels.get(row, row))


def _materials(given: Mapping[tuple[str, Answer], str]) -> Iterator[Mapping[str, str]]:
    for row in dict.fromkeys(place for place, _ in given if place.startswith("material-")):
        texts = {
            answer.value: text.strip()
            for (place, answer), text in given.items()
            if place == row and answer not in PERSONAL
        }
        yield {"number": row.removeprefix("material-"), **texts}


def annual_form(book: Book, key: FormKey) -> AssessmentForm | None:
    """The form that a key belongs to."""
    form = book.forms.get((key.plan, key.unit))
    return form if form and form_key(form) == key else None
