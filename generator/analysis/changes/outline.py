"""What changed in the plans around the measures: their heads, their objectives, every other paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.changes.alignment import aligned
from generator.analysis.changes.facts import Values, fact_changes, given
from generator.analysis.changes.pairing import Item, paired
from generator.analysis.changes.pieces import Reference, SentenceChange
from generator.analysis.changes.tables import ObjectiveChange, PlanChange
from generator.analysis.changes.texts import Passages, sentence_changes, text_changes
from generator.document import DocumentKind, document_blocks, objective_id
from generator.graph import ResponsibilityGraph
from generator.model import Objective, Passage, Plan

COMPARED_ELSEWHERE = (DocumentKind.MEASURE, DocumentKind.CLAUSE, DocumentKind.OBJECTIVE)


def objective_changes(before: ResponsibilityGraph, after: ResponsibilityGraph) -> Iterator[ObjectiveChange]:
    """The objectives that are not the same."""
    ours, theirs = _objectives(before), _objectives(after)
    for old, new in paired(_items(ours), _items(theirs)):
        left, right = ours.get(old or ""), theirs.get(new or "")
        found = ObjectiveChange(
            before=_objective_reference(old, left),
            after=_objective_reference(new, right),
            facts=fact_changes(_objective_values(left[1]), _objective_values(right[1])) if left and right else (),
            text=text_changes(_sentences(old, left), _sentences(new, right)),
        )
        if old != new or found.facts or found.text:
            yield found


Objectives = dict[str, tuple[Plan, Objective]]


def _objectives(graph: ResponsibilityGraph) -> Objectives:
    return {
        objective_id(plan, number): (plan, found)
        for plan in graph.plans
        for number, found in enumerate((it for section in plan.head.sections for it in section.objectives), 1)
    }


def _items(objectives: Objectives) -> list[Item]:
    return [Item(name, found.text, found.title or "") for name, (_, found) in objectives.items()]


def _objective_reference(name: str | None, found: tuple[Plan, Objective] | None) -> Reference | None:
    return Reference(name, found[0].head.label, found[1].title or "") if name and found else None


def _objective_values(found: Objective) -> Values:
    return {"title": given(found.title), "number": given(found.number), "target_kind": (found.kind.value,)}


def _sentences(name: str | None, found: tuple[Plan, Objective] | None) -> Passages:
    return [
        (f"{name}.{number}", passage) for number, passage in enumerate(found[1].statements if found else (), 1)
    ]


def plan_changes(before: ResponsibilityGraph, after: ResponsibilityGraph) -> Iterator[PlanChange]:
    """The plans that came or went, or whose head or other paragraphs changed."""
    ours, theirs = ({plan.id: plan for plan in graph.plans} for graph in (before, after))
    for name in dict.fromkeys((*theirs, *ours)):
        old, new = ours.get(name), theirs.get(name)
        found = PlanChange(
            before=_plan_reference(old),
            after=_plan_reference(new),
            facts=fact_changes(_plan_values(old), _plan_values(new)) if old and new else (),
            paragraphs=_paragraph_changes(old, new) if old and new else (),
        )
        if old is None or new is None or found.facts or found.paragraphs:
            yield found


def _plan_reference(plan: Plan | None) -> Reference | None:
    return Reference(plan.id, plan.head.label, plan.head.short_title) if plan else None


def _plan_values(plan: Plan) -> Values:
    head = plan.head
    return {
        "plan_title": given(head.title),
        "short_title": given(head.short_title),
        "label": given(head.label),
        "document_number": given(head.document_number),
        "issuer": given(head.issuer),
        "issued": given(head.issued),
        "year": given(head.year),
        "parents": tuple(f"{parent.title}{parent.document_number or ''}" for parent in head.parents),
    }


def _paragraph_changes(before: Plan, after: Plan) -> tuple[SentenceChange, ...]:
    """Headings and paragraphs, each compared as one sentence."""
    ours, theirs = _paragraphs(before), _paragraphs(after)
    pairs = aligned([found.text for _, found in ours], [found.text for _, found in theirs])
    return tuple(sentence_changes(ours, theirs, pairs))


def _paragraphs(plan: Plan) -> Passages:
    return [
        (block.anchor, Passage(text=block.text))
        for block in document_blocks((plan,))
        if block.text and block.kind not in COMPARED_ELSEWHERE
    ]
