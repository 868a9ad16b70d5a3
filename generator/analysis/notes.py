"""What stands below the table of a paper: every mark (※, 待确认, 区环委办分解意见) with its basis."""

from __future__ import annotations

from collections.abc import Iterable

from generator.analysis.tasks import TaskRow
from generator.analysis.wording import InferenceNote, day_text, inference_notes
from generator.graph import ResponsibilityGraph
from generator.model import TaskBreakdown, Unit, UnitGroup
from generator.terms import Terms


def paper_notes(
    graph: ResponsibilityGraph, terms: Terms, rows: Iterable[TaskRow], unit: str | None = None
) -> tuple[str, ...]:
    """What stands below a table: every mark (※, 待确认, 区环委办分解意见) with its basis, each once."""
    tasks = tuple(rows)
    notes = [_doubt(terms, *found) for found in _doubts_on(graph.unit_by_id[unit], tasks)] if unit else []
    notes += [_doubt(terms, group.name, group.note) for group in _unconfirmed_groups(graph, tasks)]
    notes += [_inference(terms, note) for note in inference_notes(tasks)]
    notes += [_decision(terms, row.label, row.breakdown) for row in tasks if row.breakdown]
    return tuple(dict.fromkeys(notes))


def _doubts_on(unit: Unit, rows: tuple[TaskRow, ...]) -> list[tuple[str, str | None]]:
    """Whether the unit is meant at all, and whether names that the rows use are its own, with what is known."""
    written = {name for row in rows for _, name, party in row.parties if party == unit.id}
    names = [
        (f"{alias.name}＝{unit.name}", alias.basis)
        for alias in unit.aliases
        if not alias.confirmed and alias.name in written
    ]
    return names if unit.confirmed else [(unit.name, unit.note), *names]


def _unconfirmed_groups(graph: ResponsibilityGraph, rows: tuple[TaskRow, ...]) -> list[UnitGroup]:
    named = dict.fromkeys(party for row in rows for _, _, party in row.parties)
    return [
        graph.group_by_id[party]
        for party in named
        if party in graph.group_by_id and not graph.group_by_id[party].confirmed
    ]


def _doubt(terms: Terms, name: str, basis: str | None) -> str:
    return terms("note.unconfirmed").format(name=name, basis=(basis or terms("note.no_basis")).rstrip("。"))


def _inference(terms: Terms, note: InferenceNote) -> str:
    span = "至".join(dict.fromkeys(day_text(day) for day in (note.start, note.end) if day))
    key = "note.inferred" if span else "note.inferred_undated"
    return terms(key).format(task=note.label, phrase=note.phrase, span=span, basis=note.basis.rstrip("。"))


def _decision(terms: Terms, label: str, found: TaskBreakdown) -> str:
    words = {
        "task": label,
        "basis": found.basis.rstrip("。"),
        "by": found.approved_by,
        "on": day_text(found.approved_on),
    }
    return terms("note.decision").format(**words)
