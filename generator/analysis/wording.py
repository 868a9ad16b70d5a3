"""How a cell of a paper words a task: one wording for Word, Excel and the site; texts of the plan stay verbatim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.analysis.tasks import DutyRow, TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import Deadline, Role
from generator.terms import Terms


@dataclass(frozen=True)
class InferenceNote:
    """One inferred time (※) with its reading and basis."""

    label: str
    phrase: str
    start: date | None
    end: date | None
    basis: str


def role_text(terms: Terms, role: Role) -> str:
    """`●分工负责`."""
    return terms.mark(role) + terms(f"role_short.{role.value}")


def party_text(graph: ResponsibilityGraph, terms: Terms, written: str, party: str) -> str:
    """A name as the text writes it; a group whose members are not confirmed says so."""
    group = graph.group_by_id.get(party)
    return f"{written}（{terms('mark.unconfirmed')}）" if group and not group.confirmed else written


def party_texts(graph: ResponsibilityGraph, terms: Terms, row: TaskRow, *roles: Role) -> tuple[str, ...]:
    """The units and groups of a task in any of the roles, in the text's order."""
    return tuple(party_text(graph, terms, written, party) for role, written, party in row.parties if role in roles)


def other_party_texts(graph: ResponsibilityGraph, terms: Terms, duty: DutyRow) -> tuple[str, ...]:
    """With whom a unit shares a task: everyone named in it but the unit itself and the group it stands in."""
    own = {duty.unit, duty.via}
    return tuple(
        terms.mark(role) + party_text(graph, terms, written, party)
        for role, written, party in duty.row.parties
        if party not in own
    )


def deadline_texts(terms: Terms, deadlines: Iterable[Deadline]) -> tuple[str, ...]:
    """The time expressions as the text has them, each once; inferred ones carry the mark ※."""
    worded = (found.phrase + (terms("mark.inferred") if found.inferred else "") for found in deadlines)
    return tuple(dict.fromkeys(worded))


def target_texts(row: TaskRow) -> tuple[str, ...]:
    """`全区装配式建筑占新建建筑面积比例：达30%`."""
    return tuple(f"{found.indicator}：{found.phrase}" for _, found in row.targets)


def remark_texts(terms: Terms, remarks: Iterable[str]) -> tuple[str, ...]:
    """What a reader must know of a row, in words."""
    return tuple(terms(key) for key in remarks)


def inference_notes(rows: Iterable[TaskRow]) -> tuple[InferenceNote, ...]:
    """Every inferred time of the rows, each once, in their order."""
    notes = (
        InferenceNote(row.label, found.phrase, found.start, found.end, found.basis or "")
        for row in rows
        for _, found in row.deadlines
        if found.inferred
    )
    return tuple(dict.fromkeys(notes))


def span_text(start: date | None, end: date | None) -> str:
    """`2024-10-01至2025-03-31`; a single day where only one end is known."""
    return "至".join(dict.fromkeys(day.isoformat() for day in (start, end) if day))
