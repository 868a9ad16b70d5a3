"""How Excel and calendars word a duty, a remark, a rhythm: composed of the words that all papers share."""

from __future__ import annotations

from generator.analysis.tasks import DutyRow, TaskRow
from generator.analysis.wording import InferenceNote, inference_notes, remark_texts, role_text, span_text
from generator.book import Book
from generator.model import Deadline, TaskBreakdown
from generator.terms import Terms


def duty_text(book: Book, duty: DutyRow) -> str:
    """`●分工负责`, and through which group, with 待确认 where its members are not confirmed."""
    role = role_text(book.terms, duty.role)
    if duty.via is None:
        return role
    group = book.graph.group_by_id[duty.via]
    sure = duty.certain and group.confirmed
    pattern = book.terms("workbook.via_confirmed" if sure else "workbook.via")
    return pattern.format(role=role, group=duty.written, mark=book.terms("mark.unconfirmed"))


def node_text(row: TaskRow) -> str:
    """The office's nodes within a task, a line each; empty until it has decided."""
    nodes = row.breakdown.nodes if row.breakdown else ()
    return "\n".join(f"{node.due.isoformat()} {node.text}" for node in nodes)


def remark_text(terms: Terms, row: TaskRow, remarks: tuple[str, ...]) -> str:
    """Remarks, the basis of every inferred time, and on what the office's decisions rest."""
    lines = ["；".join(remark_texts(terms, remarks))]
    lines.extend(inference_text(terms, note) for note in inference_notes([row]))
    decided = row.breakdown
    if decided:
        lines.append(approval_text(terms, decided))
        if decided.consolidator:
            lines.append(terms("workbook.consolidator").format(unit=decided.consolidator))
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
    word, _, day = deadline.recurrence.partition(":")
    return terms(f"recurrence.{word}") + (f"（{day}）" if day else "")
