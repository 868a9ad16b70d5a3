"""What a paper says beside and below its table: every mark (※, 待确认, 区环委办分解意见) with its basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.analysis.breakdown_wording import decision_line
from generator.analysis.tasks import DutyRow, TaskRow
from generator.analysis.unit_wording import unit_field_text
from generator.analysis.wording import (
    InferenceNote,
    day_text,
    inference_notes,
    inference_notes_on,
    origin_text,
    remark_texts,
    span_text,
)
from generator.graph import ResponsibilityGraph
from generator.model import Deadline, TaskBreakdown, Unit
from generator.terms import Terms

WITH_COLUMNS = frozenset({"nodes", "leader", "section", "frequency"})
"""What of the office's decisions a task list shows in columns of its own."""


def paper_notes(
    graph: ResponsibilityGraph, terms: Terms, rows: Iterable[TaskRow], unit: str | None = None
) -> tuple[str, ...]:
    """What stands below a table that prints tasks with everyone named in them: each mark once, with its basis."""
    tasks = tuple(rows)
    named = (party for row in tasks for _, _, party in row.parties)
    mended = ((row.label, note) for row in tasks for note in (*row.repairs, row.phrase_repair) if note)
    notes = (
        *_doubts(graph, terms, unit, tasks),
        *_doubtful_groups(graph, terms, named),
        *_on_times(terms, inference_notes(tasks), tasks),
        *(_repair(terms, label, note) for label, note in mended),
        *_decisions(terms, tasks),
    )
    return tuple(dict.fromkeys(notes))


def form_notes(
    graph: ResponsibilityGraph,
    terms: Terms,
    duties: Iterable[DutyRow],
    together: Iterable[TaskRow],
    times: Iterable[tuple[str, Deadline]],
) -> tuple[str, ...]:
    """What stands below a form of one unit, which names nobody else; `times` are those of the objectives in it."""
    held = tuple(duties)
    tasks = (*(duty.row for duty in held), *together)
    inferred = (*inference_notes_on(times), *inference_notes(tasks))
    notes = (
        *(note for duty in held for note in _doubts(graph, terms, duty.unit, (duty.row,))),
        *_doubts_on_kind(terms, (graph.unit_by_id[duty.unit] for duty in held)),
        *_doubtful_groups(graph, terms, (duty.via for duty in held if duty.via)),
        *_on_times(terms, inferred, tasks),
        *(_repair(terms, row.label, note) for row in tasks for note in row.repairs),
        *_decisions(terms, tasks),
    )
    return tuple(dict.fromkeys(notes))


@lru_cache(maxsize=8192)
def remark_text(terms: Terms, row: TaskRow, remarks: tuple[str, ...], written: str = "") -> str:
    """The cell 备注: remarks, the basis of every inferred time, and on what the office's decisions rest."""
    lines = [origin_text(terms, row), "；".join(remark_texts(terms, remarks, written))]
    lines.extend(inference_text(terms, note) for note in inference_notes([row]))
    lines.append(decision_line(terms, row, WITH_COLUMNS))
    if row.breakdown:
        lines.append(approval_text(terms, row.breakdown))
    return "\n".join(filter(None, lines))


def approval_text(terms: Terms, decided: TaskBreakdown) -> str:
    """`区环委办分解意见（…）`: on what the office's decisions on a task rest."""
    words = {"basis": decided.basis, "approved_by": decided.approved_by}
    return terms("workbook.approved").format(approved_on=day_text(decided.approved_on), **words)


def inference_text(terms: Terms, note: InferenceNote) -> str:
    """`※“9月底前”推算为2024年9月30日：…`."""
    span = span_text(note.start, note.end)
    key = "workbook.inference" if span else "workbook.inference_undated"
    return terms(key).format(phrase=note.phrase, span=span, basis=note.basis)


def _doubts(
    graph: ResponsibilityGraph, terms: Terms, unit: str | None, rows: tuple[TaskRow, ...]
) -> Iterator[str]:
    if unit:
        for name, basis in _doubts_on(graph.unit_by_id[unit], rows):
            yield _doubt(terms, name, basis)


def _doubts_on(unit: Unit, rows: tuple[TaskRow, ...]) -> Iterator[tuple[str, str | None]]:
    """Whether the unit is meant at all, and whether names that the rows use are its own, with what is known."""
    if not unit.confirmed:
        yield unit.name, unit.note
    for alias in unit.aliases:
        if not alias.confirmed and any(
            (alias.name, unit.id) == named[1:] for row in rows for named in row.parties
        ):
            yield f"{alias.name}＝{unit.name}", alias.basis


def _doubts_on_kind(terms: Terms, units: Iterable[Unit]) -> Iterator[str]:
    for unit in units:
        if "kind" in unit.unconfirmed:
            yield _doubt(terms, unit_field_text(terms, "kind"), unit.note)


def _doubtful_groups(graph: ResponsibilityGraph, terms: Terms, parties: Iterable[str]) -> Iterator[str]:
    for party in dict.fromkeys(parties):
        group = graph.group_by_id.get(party)
        if group and not group.confirmed:
            yield _doubt(terms, group.name, group.note)


def _doubt(terms: Terms, name: str, basis: str | None) -> str:
    return terms("note.unconfirmed").format(name=name, basis=(basis or terms("note.no_basis")).rstrip("。"))


def _on_times(terms: Terms, inferred: Iterable[InferenceNote], rows: tuple[TaskRow, ...]) -> Iterator[str]:
    for note in inferred:
        span = span_text(note.start, note.end)
        key = "note.inferred" if span else "note.inferred_undated"
        words = {"task": note.label, "phrase": note.phrase, "span": span, "basis": note.basis.rstrip("。")}
        yield terms(key).format(**words)
    for row in rows:
        for phrase in row.early:
            issued = day_text(row.issued) if row.issued else ""
            yield terms("note.before_issue").format(task=row.label, phrase=phrase, issued=issued)


def _repair(terms: Terms, label: str, note: str) -> str:
    return terms("note.repaired").format(task=label, note=note.rstrip("。"))


def _decisions(terms: Terms, rows: tuple[TaskRow, ...]) -> Iterator[str]:
    for row in rows:
        if row.breakdown:
            words = {
                "task": row.label,
                "basis": row.breakdown.basis.rstrip("。"),
                "by": row.breakdown.approved_by,
                "on": day_text(row.breakdown.approved_on),
            }
            yield terms("note.decision").format(**words)
