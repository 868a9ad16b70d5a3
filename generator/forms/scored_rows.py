"""The table of an assessment form: its parts, and in each row what is known beside what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.analysis.assessment import AssessmentForm, AssessmentRow, criterion_facts
from generator.analysis.readings import target_reading
from generator.analysis.tasks import DutyRow, TaskRow
from generator.analysis.wording import deadline_texts, duty_texts, link_texts, remark_texts, target_texts
from generator.book import Book
from generator.forms.fields import criterion_row
from generator.model import AssessmentMode, Criterion
from generator.office.word_controls import Control, run
from generator.terms import Terms

Cells = Mapping[str, object]
"""What a row of the template asks for, by name."""


@dataclass(frozen=True)
class Draft:
    """A form on its way to paper; `controls` stand by row and answer."""

    book: Book
    form: AssessmentForm
    controls: Mapping[str, Mapping[str, Control]]


@dataclass(frozen=True)
class Part:
    """A part of the table; `empty` says in words why it has no rows."""

    title: str
    rows: tuple[Cells, ...]
    empty: str = ""


def form_parts(draft: Draft) -> tuple[Part, ...]:
    """〇空气质量 (towns only), 一共性任务, 二个性任务, 三加减分; a part without rows says so."""
    form = draft.form
    air_quality = (_criteria_part(draft, "air-quality", form.air_quality),) if form.for_town else ()
    common = _criteria_part(draft, "common", form.common)
    rows = tuple(_task_cells(draft, number, row) for number, row in enumerate(form.rows, 1))
    tasks = Part(draft.book.terms("assessment_form.part.tasks"), rows)
    return (*air_quality, common, tasks, _criteria_part(draft, "adjustments", form.adjustments))


def _criteria_part(draft: Draft, part: str, criteria: tuple[Criterion, ...]) -> Part:
    terms = draft.book.terms
    rows = tuple(_criterion_cells(draft, part, number, found) for number, found in enumerate(criteria, 1))
    return Part(
        terms(f"assessment_form.part.{part}"), rows, "" if rows else terms(f"assessment_form.empty.{part}")
    )


def _criterion_cells(draft: Draft, part: str, number: int, found: Criterion) -> Cells:
    none = draft.book.terms("mark.none")
    targets, deadlines = _of_objective(draft, found)
    unweighted = part == "adjustments" and found.weight is None
    return {
        "number": number,
        "item": found.item,
        "role": "",
        "content": found.text,
        "reason": "",
        "targets": targets,
        "deadlines": deadlines,
        "weight": none if unweighted else points(draft, found.weight, draft.form.suggested),
        "scoring": found.scoring or "",
        "answers": _answers(draft, criterion_row(part, found), found.scored_by),
        "together": (),
    }


def _of_objective(draft: Draft, found: Criterion) -> tuple[str, str]:
    """Figures and times of the objective that a criterion rests on: those of the whole, not the unit's share."""
    terms = draft.book.terms
    known = criterion_facts(draft.book.plan(draft.form.plan), found)
    if known is None:
        return terms("mark.none"), terms("mark.none")
    said = ((goal, target_reading(terms, goal) if goal.external else goal.phrase) for goal in known.targets)
    goals = [f"{goal.indicator}：{words}" for goal, words in said]
    whole = [terms("assessment_form.whole")] if goals else []
    times = deadline_texts(terms, known.deadlines)
    return "\n".join((*goals, *whole)) or terms("mark.none"), "\n".join(times) or terms("mark.no_deadline")


def _task_cells(draft: Draft, number: int, row: AssessmentRow) -> Cells:
    book, task = draft.book, row.duty.row
    merged = book.terms("assessment_form.together").format(task=task.label)
    reasons = (
        book.terms(row.reason),
        *link_texts(book.graph, book.terms, task.measure_id),
        *(book.terms("assessment_form.twin").format(task=label) for label in row.twins),
        *_doubt_on_name(book, row.duty),
    )
    return {
        **_known_cells(book.terms, task),
        "number": number,
        "role": "\n".join(duty_texts(book.graph, book.terms, row.duty)),
        "reason": f"（{'；'.join(reasons)}）",
        "weight": points(draft, row.weight, row.weight_suggested or draft.form.suggested),
        "scoring": f"{book.terms('mark.suggested')}：{row.scoring}" if row.scoring_suggested else row.scoring,
        "answers": _answers(draft, task.id, row.scored_by),
        "together": [{**_known_cells(book.terms, other), "note": merged} for other in row.together],
    }


def _doubt_on_name(book: Book, duty: DutyRow) -> tuple[str, ...]:
    """Whether the text means this unit by the name that it uses; all other doubts stand beside the role."""
    held = (key for key in duty.remarks if key == "remark.alias_unconfirmed")
    return remark_texts(book.terms, held, duty.written)


@lru_cache(maxsize=4096)
def _known_cells(terms: Terms, task: TaskRow) -> Cells:
    times = deadline_texts(terms, (found for _, found in task.deadlines))
    return {
        "item": task.title,
        "content": f"【{task.label}】{task.text}",
        "targets": "\n".join(target_texts(task)) or terms("mark.none"),
        "deadlines": "\n".join(times) or terms("mark.no_deadline"),
    }


def _answers(draft: Draft, row: str, scored_by: str | None) -> Cells:
    """The controls of a row; who scores is printed where it is decided, and asked where it is not."""
    return {**({"scorer": run(scored_by)} if scored_by else {}), **draft.controls[row]}


def points(draft: Draft, weight: float | None, suggested: bool) -> str:
    """Points, marked where they are only proposed; a unit that is only circulated (只通报) has none."""
    terms = draft.book.terms
    if draft.form.mode is not AssessmentMode.SCORED:
        return terms("mark.none")
    if weight is None:
        return terms("assessment_form.weight_open")
    return f"{weight:g}\n{terms('mark.suggested')}" if suggested else f"{weight:g}"
