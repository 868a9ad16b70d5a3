"""How Excel and calendars word a remark, an approval, a rhythm: composed of the words that all papers share."""

from __future__ import annotations

from generator.analysis.tasks import TaskRow
from generator.analysis.wording import InferenceNote, decision_texts, inference_notes, remark_texts, span_text
from generator.model import Deadline, TaskBreakdown
from generator.terms import Terms


def remark_text(terms: Terms, row: TaskRow, remarks: tuple[str, ...]) -> str:
    """Remarks, the basis of every inferred time, and on what the office's decisions rest."""
    lines = ["；".join(remark_texts(terms, remarks))]
    lines.extend(inference_text(terms, note) for note in inference_notes([row]))
    lines.extend(decision_texts(terms, row))
    if row.breakdown:
        lines.append(approval_text(terms, row.breakdown))
    return "\n".join(filter(None, lines))


def approval_text(terms: Terms, decided: TaskBreakdown) -> str:
    """`区环委办分解意见（…）`: on what the office's decisions on a task rest."""
    words = {"basis": decided.basis, "approved_by": decided.approved_by}
    return terms("workbook.approved").format(approved_on=decided.approved_on.isoformat(), **words)


def inference_text(terms: Terms, note: InferenceNote) -> str:
    """`※“9月底前”推算为2024-09-30：…`."""
    span = span_text(note.start, note.end)
    return terms("workbook.inference").format(phrase=note.phrase, span=span, basis=note.basis)


def recurrence_text(terms: Terms, deadline: Deadline) -> str:
    """`每月25日` for `monthly:25`; empty where nothing recurs."""
    if not deadline.recurrence:
        return ""
    rhythm, _, when = deadline.recurrence.partition(":")
    if not when:
        return terms(f"recurrence.{rhythm}")
    pattern = "reading.recurrence_on_monthly" if rhythm == "monthly" else "reading.recurrence_on"
    return terms(pattern).format(rhythm=terms(f"recurrence.{rhythm}"), when=when)
