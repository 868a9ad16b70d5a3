"""How a cell of a paper words a task: one wording for Word, Excel and the site; the plan's texts stay verbatim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.analysis.tasks import DutyRow, TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import Deadline, LinkKind, Plan, Role, Unit
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
    """With whom a unit shares a task: everyone named in it but the unit itself, each with the mark of its role."""
    return tuple(
        terms.mark(role) + party_text(graph, terms, written, party)
        for role, written, party in duty.row.parties
        if party != duty.unit
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


def duty_texts(graph: ResponsibilityGraph, terms: Terms, duty: DutyRow) -> tuple[str, ...]:
    """What a unit owes in a task: its role, and the group it stands in, with 待确认 where that is not settled."""
    if duty.via is None:
        return (role_text(terms, duty.role),)
    through = terms("duty.through").format(group=duty.written)
    settled = duty.certain and graph.group_by_id[duty.via].confirmed
    return (role_text(terms, duty.role), through if settled else f"{through}（{terms('mark.unconfirmed')}）")


def unit_mark(terms: Terms, unit: Unit) -> str:
    """`（待确认）` behind a unit that the document does not name."""
    return "" if unit.confirmed else f"（{terms('mark.unconfirmed')}）"


def link_texts(graph: ResponsibilityGraph, terms: Terms, measure_id: str) -> tuple[str, ...]:
    """`部分落实方案-09、方案-24`: what a measure carries out, by how far."""
    found: dict[LinkKind, list[str]] = {}
    for link in graph.links_from(measure_id):
        if link.to in graph.measures:
            plan, measure = graph.measures[link.to]
            found.setdefault(link.kind, []).append(plan.measure_label(measure))
    return tuple(terms.label(kind) + "、".join(labels) for kind, labels in found.items())


def sources_text(plans: Iterable[Plan], rows: Iterable[TaskRow]) -> str:
    """The plans that the rows come from, with the document's number."""
    used = {row.plan for row in rows}
    heads = [plan.head for plan in plans if plan.id in used]
    numbers = dict.fromkeys(head.document_number for head in heads if head.document_number)
    behind = f"（{'、'.join(numbers)}）" if numbers else ""
    return "、".join(head.title for head in heads) + behind


def day_text(day: date) -> str:
    """`2024年5月9日`, as GB/T 9704 writes a day."""
    return f"{day.year}年{day.month}月{day.day}日"


def node_texts(row: TaskRow) -> tuple[str, ...]:
    """The office's nodes within a task; none until it has decided."""
    nodes = row.breakdown.nodes if row.breakdown else ()
    return tuple(f"{day_text(node.due)} {node.text}" for node in nodes)


def decision_texts(terms: Terms, row: TaskRow) -> tuple[str, ...]:
    """What the office decided on a task's units, called by its name; nothing until it has decided."""
    decided = row.breakdown
    if decided is None:
        return ()
    consolidator = terms("decision.consolidator").format(unit=decided.consolidator) if decided.consolidator else ""
    meant = terms("decision.open_list").format(units="、".join(decided.open_list)) if decided.open_list else ""
    return tuple(filter(None, (consolidator, meant)))


def listed_party_texts(graph: ResponsibilityGraph, terms: Terms, row: TaskRow, *roles: Role) -> tuple[str, ...]:
    """`●区住建局、区水务局等`: one line for each role, with 等 behind the name where the text has it."""
    lines = []
    for role in roles:
        names = [
            party_text(graph, terms, written, party) + ("等" if f"{written}等" in row.phrase else "")
            for found, written, party in row.parties
            if found is role
        ]
        if names:
            lines.append(terms.mark(role) + "、".join(names))
    return tuple(lines)


def role_legend(terms: Terms, roles: Iterable[Role]) -> str:
    """The marks that a table uses, in their fixed order."""
    used = set(roles)
    marks = "　".join(f"{terms.mark(role)}{terms.label(role)}" for role in Role if role in used)
    return terms("note.legend").format(marks=marks)
