"""Marks of an assessment form: what is asked, in which row, of which unit, for which text.

The writer prints these marks and the reader looks for them. Each place to write has two, because offices'
programs keep different ones: a tag (plan/year/unit/row/answer) and a bookmark (row, answer, stamp of the text).
A third way to read is the row's visible number under the answer's heading. The document's inner id says whose
form it is, whatever its file is called.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from generator.analysis.assessment import AssessmentForm
from generator.model import Criterion, text_stamp
from generator.model.text import STAMP_LENGTH
from generator.office.word_controls import BOOKMARK_LIMIT, TAG_LIMIT

FORMAT = "planbook:assessment:1"
"""Kind and version of the form; a change of marks gets a new version."""
MATERIALS = 5


class Answer(StrEnum):
    """What a person writes (填写项); its heading is `assessment_form.heading.<answer>` in terms.yml."""

    DATE = "date"
    PROGRESS = "progress"
    SELF_SCORE = "self"
    EVIDENCE = "evidence"
    SCORE = "score"
    REASON = "reason"
    SCORER = "scorer"
    GAP = "gap"
    SCALED = "scaled"
    GRADE = "grade"
    UNIT_OPINION = "unit"
    TEAM_OPINION = "team"
    COMMITTEE_OPINION = "committee"
    TASK = "task"
    MATERIAL = "material"
    SOURCE = "source"
    PAGES = "pages"
    PREPARER = "preparer"
    REVIEWER = "reviewer"
    PHONE = "phone"


ROW_ANSWERS = (Answer.PROGRESS, Answer.SELF_SCORE, Answer.EVIDENCE, Answer.SCORE, Answer.REASON)
ROW_AND_SCORER = (*ROW_ANSWERS, Answer.SCORER)
MATERIAL_ANSWERS = (Answer.TASK, Answer.MATERIAL, Answer.SOURCE, Answer.PAGES)
WHOLE_FORM = {
    "head": (Answer.DATE,),
    "total": (Answer.SELF_SCORE, Answer.SCORE, Answer.GAP, Answer.SCALED, Answer.GRADE),
    "opinion": (Answer.UNIT_OPINION, Answer.TEAM_OPINION, Answer.COMMITTEE_OPINION),
    "contact": (Answer.PREPARER, Answer.REVIEWER, Answer.PHONE),
}
"""Rows that every form has, with what is written there."""
PERSONAL = frozenset({Answer.PREPARER, Answer.REVIEWER, Answer.PHONE})
"""Names and telephone numbers: printed and signed, never collected into the plan's folder."""


UNIT_ANSWERS = {Answer.PROGRESS: "progress", Answer.SELF_SCORE: "self_score", Answer.EVIDENCE: "evidence"}
"""What the unit itself fills in; scores and reasons are decided, and written by `planbook score`."""


@dataclass(frozen=True)
class FormKey:
    """Whose form it is, for which plan and year."""

    plan: str
    year: int
    unit: str

    @property
    def identifier(self) -> str:
        """The document's inner id: `planbook:assessment:1:action-2024:2024:transport`."""
        return f"{FORMAT}:{self.plan}:{self.year}:{self.unit}"

    @classmethod
    def parse(cls, identifier: str) -> FormKey | None:
        """The key in an inner id; None for a document that is not such a form."""
        found = re.fullmatch(rf"{FORMAT}:([a-z0-9-]+):(\d{{4}}):([a-z0-9-]+)", identifier.strip())
        return cls(found[1], int(found[2]), found[3]) if found else None


class Field(NamedTuple):
    """One place to write; `label` is what the row shows (方案-14), `stamp` tells whether its text has changed."""

    form: FormKey
    row: str
    label: str
    answer: Answer
    stamp: str

    @property
    def tag(self) -> str:
        """`action-2024/2024/transport/scheme-10.1/progress`."""
        return answer_tag(self.form, self.row, self.answer)

    @property
    def bookmark_stem(self) -> str:
        """The bookmark without its stamp: `cc_scheme_10_1_progress`."""
        return _stem(self.row, self.answer)

    @property
    def bookmark(self) -> str:
        """`cc_scheme_10_1_progress_1f2e3d`: letters, digits and underscores, as Word demands."""
        return answer_bookmark(self.row, self.answer, self.stamp)


def answer_tag(form: FormKey, row: str, answer: str) -> str:
    """The tag of one place to write."""
    return fitted(f"{form.plan}/{form.year}/{form.unit}/{row}/{answer}", TAG_LIMIT)


def answer_bookmark(row: str, answer: Answer, stamp: str) -> str:
    """The bookmark of one place to write, whoever's form it is."""
    return f"{_stem(row, answer)}_{stamp}"


@lru_cache(maxsize=8192)
def _stem(row: str, answer: Answer) -> str:
    """Kept, for the forms of many units have the same rows."""
    return fitted(re.sub(r"[^a-z0-9]", "_", f"cc_{row}_{answer}"), BOOKMARK_LIMIT - STAMP_LENGTH - 1)


def fitted(mark: str, limit: int) -> str:
    """A mark cut to what Word accepts, its end then a digest of the whole, so that it stays its own."""
    if len(mark) <= limit:
        return mark
    digest = hashlib.sha256(mark.encode()).hexdigest()[:8]
    return f"{mark[: limit - len(digest) - 1]}_{digest}"


def form_key(form: AssessmentForm) -> FormKey:
    """Whose form it is."""
    return FormKey(form.plan, form.year, form.unit)


def criterion_row(part: str, criterion: Criterion) -> str:
    """The row of a criterion: `common.reports`; parts keep equal ids apart."""
    return f"{part}.{criterion.id}"


class FormRow(NamedTuple):
    """A row with places to write: what it shows as its number, what is asked in it, the stamp of its text."""

    id: str
    label: str
    answers: tuple[Answer, ...]
    stamp: str


def form_fields(form: AssessmentForm) -> tuple[Field, ...]:
    """Every place to write in a form, each once."""
    key = form_key(form)
    return tuple(
        Field(key, row.id, row.label, answer, row.stamp) for row in form_rows(form) for answer in row.answers
    )


def form_rows(form: AssessmentForm) -> tuple[FormRow, ...]:
    """Every row with places to write, those that are scored first."""
    rows = tuple(_scored_rows(form))
    whole = text_stamp("".join(text for _, _, text, _ in rows))
    scored = (FormRow(row, label, answers, text_stamp(text)) for row, label, text, answers in rows)
    materials = {f"material-{number}": MATERIAL_ANSWERS for number in range(1, MATERIALS + 1)}
    fixed = (FormRow(row, "", answers, whole) for row, answers in (WHOLE_FORM | materials).items())
    return (*scored, *fixed)


def _scored_rows(form: AssessmentForm) -> Iterator[tuple[str, str, str, tuple[Answer, ...]]]:
    """Row, what it shows as its number, its verbatim text, and what is asked: the scorer only while undecided."""
    parts = {"air-quality": form.air_quality, "common": form.common, "adjustments": form.adjustments}
    for part, criteria in parts.items():
        for found in criteria:
            yield criterion_row(part, found), found.item, found.text, _row_answers(found.scored_by)
    for scored in form.rows:
        text = "".join((scored.duty.row.text, *(other.text for other in scored.together)))
        yield scored.duty.row.id, scored.duty.row.label, text, _row_answers(scored.scored_by)


def _row_answers(scored_by: str | None) -> tuple[Answer, ...]:
    return ROW_ANSWERS if scored_by else ROW_AND_SCORER
