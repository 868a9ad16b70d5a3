"""What is unconfirmed (待确认): facts that the documents do not settle and that outputs rely on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.wording import quoted_title
from generator.document import document_blocks
from generator.graph import ResponsibilityGraph
from generator.model import Alias, Unit, UnitGroup
from generator.storage import LoadedProject

OPEN_FIELDS = {"full_name": "open_point.full_name", "kind": "open_point.kind"}
"""Keys of a unit that have a name of their own among the open points."""


@dataclass(frozen=True)
class OpenPoint:
    """One such fact: `key` is the term that says what is open, `name` whose it is, `basis` what is known."""

    key: str
    name: str
    basis: str


def open_points(loaded: LoadedProject, graph: ResponsibilityGraph) -> tuple[OpenPoint, ...]:
    """Order, units and their facts, names, groups, seasons that times rest on, parent documents, weights.

    The rule `unconfirmed` of the checks counts the same facts.
    """
    return (
        *_order(loaded),
        *(OpenPoint("open_point.unit", unit.name, unit.note or "") for unit in graph.units if not unit.confirmed),
        *_facts(graph),
        *_names(graph),
        *_groups(graph),
        *_seasons(loaded, graph),
        *_parents(graph),
        *_weights(graph),
    )


def _order(loaded: LoadedProject) -> Iterator[OpenPoint]:
    if not loaded.units.order_confirmed and loaded.units.units:
        yield OpenPoint("open_point.order", "", loaded.units.order_basis or "")


def _facts(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    for unit in graph.units:
        for field in unit.unconfirmed:
            key = OPEN_FIELDS.get(field, "open_point.field")
            name = unit.name if field in OPEN_FIELDS else f"{unit.name}（{field}）"
            yield OpenPoint(key, name, unit.note or "")


def _names(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    parties: tuple[Unit | UnitGroup, ...] = (*graph.units, *graph.groups)
    for party in parties:
        aliases: tuple[Alias, ...] = party.aliases
        for alias in aliases:
            if not alias.confirmed:
                yield OpenPoint("open_point.alias", f"{alias.name}＝{party.name}", alias.basis or "")


def _groups(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    for group in graph.groups:
        if not group.confirmed:
            key = "open_point.group_members" if group.members else "open_point.group_unknown"
            yield OpenPoint(key, group.name, group.note or "")


def _seasons(loaded: LoadedProject, graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    pieces = (piece.passage for block in document_blocks(graph.plans) for piece in block.pieces)
    used = {deadline.season for passage in pieces if passage for deadline in passage.deadlines}
    for season in loaded.calendar.seasons:
        if season.id in used and not season.confirmed:
            yield OpenPoint("open_point.season", season.name, season.basis)


def _parents(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    for plan in graph.plans:
        for parent in plan.head.parents:
            if not parent.confirmed:
                number = f"（{parent.document_number}）" if parent.document_number else ""
                yield OpenPoint("open_point.parent", quoted_title(parent.title) + number, parent.basis or "")


def _weights(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    for plan in graph.plans:
        if plan.assessment is not None and not plan.assessment.confirmed:
            yield OpenPoint("open_point.weights", plan.head.short_title, plan.assessment.basis)
