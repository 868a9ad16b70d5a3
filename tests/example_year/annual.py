"""The annual forms of the example year: filled in Word, with what goes wrong there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from generator.analysis.assessment import AssessmentForm
from generator.book import Book
from generator.forms.fields import Answer, FormKey, form_fields
from generator.forms.word_answers import read_word
from generator.model import LedgerState
from generator.office.archives import repeatable
from tests.example_year.filling import CLERKS
from tests.example_year.mishaps import PDF, Arrival
from tests.example_year.scenario import scenario
from tests.returned_forms import fill_word

NOT_DONE = frozenset((LedgerState.BEHIND, LedgerState.BLOCKED))
OWN_SHARE = {
    LedgerState.CONTINUING: 0.95,
    LedgerState.ON_TRACK: 0.9,
    LedgerState.BEHIND: 0.8,
    LedgerState.BLOCKED: 0.8,
}


def annual_arrivals(book: Book, folder: Path, day: date) -> Iterator[Arrival]:
    """The annual form of every unit as it comes back."""
    for path in sorted(folder.glob("*.docx")):
        key = FormKey.parse(read_word(path.read_bytes()).identifier)
        assert key
        how = next((one for one in scenario("annual.yml") if one["unit"] == key.unit), {})
        days = int(how.get("days", 0))
        if how.get("how") == "never":
            continue
        if how.get("how") == "scan":
            name = f"{path.stem}（盖章扫描件）.pdf"
            yield Arrival(name, PDF.format(name=name).encode())
            continue
        texts = _texts(book, book.forms[key.plan, key.unit], str(how.get("how", "")))
        content = fill_word(path.read_bytes(), texts)
        yield Arrival(path.name, repeatable(content, day + timedelta(days=days)), days)


def _texts(book: Book, form: AssessmentForm, how: str) -> Mapping[str, str]:
    rows = _rows(book, form, how)
    whole = {
        ("head", Answer.DATE): "2025-01-10",
        ("contact", Answer.PREPARER): CLERKS[0],
        ("contact", Answer.REVIEWER): CLERKS[1],
        ("opinion", Answer.UNIT_OPINION): "情况属实。（示例）",
        ("material-1", Answer.MATERIAL): "重点任务完成情况佐证（示例）",
        ("material-1", Answer.TASK): form.rows[0].duty.row.label,
        ("material-1", Answer.SOURCE): "2024-12-20",
        ("material-1", Answer.PAGES): "6",
    }
    total = sum(score for score, _ in rows.values())
    whole["total", Answer.SELF_SCORE] = f"{total:.1f}"
    answers = dict(whole)
    for row, (score, told) in rows.items():
        answers[row, Answer.PROGRESS] = told
        if how != "total":
            answers[row, Answer.SELF_SCORE] = f"{score:g}"
    return {
        field.tag: answers[field.row, field.answer]
        for field in form_fields(form)
        if (field.row, field.answer) in answers
    }


def _rows(book: Book, form: AssessmentForm, how: str) -> dict[str, tuple[float, str]]:
    """Self score and account of every row; 满分 for all, or above the weight, where the clerk overdoes it."""
    found: dict[str, tuple[float, str]] = {}
    for row in form.rows:
        entry = book.ledger.entry(form.plan, row.duty.row.label, form.unit)
        state = entry.state if entry else None
        open_still = state in NOT_DONE
        share = OWN_SHARE.get(state, 1.0) if state and how != "full" else 1.0
        told = "尚未完成，正在整改。（示例）" if open_still else "已按要求完成，详见台账。（示例）"
        found[row.duty.row.id] = (round(row.weight * share + (1 if how == "above" else 0), 1), told)
    for part, criteria in (("air-quality", form.air_quality), ("common", form.common)):
        for one in criteria:
            found[f"{part}.{one.id}"] = (one.weight or 0, "已按要求开展。（示例）")
    return found
