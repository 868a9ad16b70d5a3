"""The annual assessment form (年度考核表) in Word: what is known is printed, what is asked stays blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.analysis.assessment import AssessmentForm, criterion_facts
from generator.analysis.notes import form_notes
from generator.analysis.unit_wording import formal_name, unit_kind_text, unit_mark
from generator.analysis.wording import sources_text
from generator.book import Book
from generator.forms.fields import Answer, FormRow, answer_bookmark, answer_tag, form_key, form_rows
from generator.forms.scored_rows import Draft, form_parts, points
from generator.model import AssessmentMode, Grade
from generator.office.word import Identity, draw_word
from generator.office.word_controls import Control, ControlKind
from generator.terms import Terms

TEMPLATE = "word/assessment_form.docx"
KINDS = {Answer.DATE: ControlKind.DATE, Answer.GRADE: ControlKind.CHOICE}
HEADINGS = "assessment_form.heading."
Look = tuple[str, str, str, ControlKind, tuple[str, ...]]


def draw_form(book: Book, form: AssessmentForm) -> bytes:
    """The form of one unit: the same book gives the same bytes."""
    name = book.terms("assessment_form.title").format(
        unit=formal_name(book.graph.unit_by_id[form.unit]), year=form.year
    )
    identity = Identity(form_key(form).identifier, name, book.as_of, book.page_mark)
    return draw_word(book.project.template(TEMPLATE), form_context(book, form), identity, protected=True)


def form_context(book: Book, form: AssessmentForm) -> Mapping[str, object]:
    """What the template may ask for."""
    return _context(Draft(book, form, _controls(book, form)))


def _context(draft: Draft) -> dict[str, object]:
    book, form, controls = draft.book, draft.form, draft.controls
    terms, unit = book.terms, book.graph.unit_by_id[form.unit]
    tasks = [task for found in form.rows for task in (found.duty.row, *found.together)]
    mode = "assessment_form.mode_suggested" if form.mode_suggested else "assessment_form.mode"
    materials = [row for row in controls if row.startswith("material-")]
    return {
        "year": form.year,
        "edition": terms(f"assessment_form.edition.{'town' if form.for_town else 'department'}"),
        "basis": sources_text(book.plans, tasks),
        "unit": formal_name(unit),
        "unit_mark": unit_mark(terms, unit),
        "category": unit_kind_text(terms, unit) + terms(mode).format(mode=terms.label(form.mode)),
        "heading": {key.removeprefix(HEADINGS): terms(key) for key in terms.words if key.startswith(HEADINGS)},
        "parts": form_parts(draft),
        "total": points(draft, form.weight_sum, suggested=False),
        "head": controls["head"],
        "totals": controls["total"],
        "opinion": controls["opinion"],
        "contact": controls["contact"],
        "materials": [{"number": row.removeprefix("material-"), "answers": controls[row]} for row in materials],
        "notes": (*_rules(draft), *_facts(draft)),
    }


def _controls(book: Book, form: AssessmentForm) -> dict[str, dict[str, Control]]:
    key, grades = form_key(form), tuple(grade.name for grade in book.loaded.rules.grades)
    return {
        row.id: {
            answer: Control(answer_tag(key, row.id, answer), *look)
            for answer, look in _looks(book.terms, grades, row).items()
        }
        for row in form_rows(form)
    }


@lru_cache(maxsize=4096)
def _looks(terms: Terms, grades: tuple[str, ...], row: FormRow) -> dict[str, Look]:
    """Bookmark, title, placeholder, kind, choices of each control in a row; kept, for many units have the row."""
    return {answer.value: _look(terms, grades, row, answer) for answer in row.answers}


def _look(terms: Terms, grades: tuple[str, ...], row: FormRow, answer: Answer) -> Look:
    return (
        answer_bookmark(row.id, answer, row.stamp),
        f"{row.label} {terms(f'{HEADINGS}{answer}')}".strip(),
        terms(f"assessment_form.placeholder.{answer}"),
        KINDS.get(answer, ControlKind.TEXT),
        grades if answer is Answer.GRADE else (),
    )


def _facts(draft: Draft) -> tuple[str, ...]:
    """The basis of every mark in the form."""
    book, form = draft.book, draft.form
    duties = (row.duty for row in form.rows)
    together = (task for row in form.rows for task in row.together)
    known = (criterion_facts(book.plan(form.plan), found) for found in form.air_quality)
    times = ((found.label, deadline) for found in known if found for deadline in found.deadlines)
    return form_notes(book.graph, book.terms, duties, together, times)


def _rules(draft: Draft) -> Iterator[str]:
    """How the form is scored, in words; grades only as a proposal."""
    form, rules, terms = draft.form, draft.book.loaded.rules, draft.book.terms
    key = "assessment_form.note.basis_open" if form.suggested else "assessment_form.note.basis"
    yield terms(key).format(basis=form.basis.rstrip("。"))
    if form.mode is not AssessmentMode.SCORED:
        yield terms("assessment_form.note.circulated")
        return
    if form.suggested or any(row.weight_suggested or row.scoring_suggested for row in form.rows):
        yield terms("assessment_form.note.suggested")
    if form.weights_open:
        yield terms("assessment_form.note.weights_open")
    if rules.grades:
        words = {"grades": "、".join(grade_texts(rules.grades)), "basis": rules.grades_basis.rstrip("。")}
        yield terms("assessment_form.note.grades").format(**words)
    yield terms("assessment_form.note.scaled").format(total=f"{form.total:g}")


def grade_texts(grades: tuple[Grade, ...]) -> Iterator[str]:
    """`优秀≥90`, and for the last, which begins at 0, `不合格＜60`."""
    above: float | None = None
    for grade in grades:
        last = grade.minimum == 0 and above is not None
        yield f"{grade.name}＜{above:g}" if last else f"{grade.name}≥{grade.minimum:g}"
        above = grade.minimum
