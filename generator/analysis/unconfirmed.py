"""What is unconfirmed (待确认): facts that the documents do not settle and that outputs rely on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.graph import ResponsibilityGraph
from generator.model import Alias, Unit, UnitGroup
from generator.storage import LoadedProject


@dataclass(frozen=True)
class OpenPoint:
    """One such fact: `key` is the term that says what is open, `name` whose it is, `basis` what is known."""

    key: str
    name: str
    basis: str


def open_points(loaded: LoadedProject, graph: ResponsibilityGraph) -> tuple[OpenPoint, ...]:
    """Order, units, names, groups that tasks name, seasons that times rest on, weights; in this order."""
    return (
        *_order(loaded),
        *(OpenPoint("open_point.unit", unit.name, unit.note or "") for unit in graph.units if not unit.confirmed),
        *_names(graph),
        *_groups(graph),
        *_seasons(loaded, graph),
        *_weights(graph),
    )


def _order(loaded: LoadedProject) -> Iterator[OpenPoint]:
    if not loaded.units.order_confirmed:
        yield OpenPoint("open_point.order", "", loaded.units.order_basis or "")


def _names(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    parties: tuple[Unit | UnitGroup, ...] = (*graph.units, *graph.groups)
    for party in parties:
        aliases: tuple[Alias, ...] = party.aliases
        for alias in aliases:
            if not alias.confirmed:
                yield OpenPoint("open_point.alias", f"{alias.name}＝{party.name}", alias.basis or "")


def _groups(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    named = {found.party for task in graph.tasks for found in task.assignments}
    for group in graph.groups:
        if group.id in named and not group.confirmed:
            key = "open_point.group_members" if group.members else "open_point.group_unknown"
            yield OpenPoint(key, group.name, group.note or "")


def _seasons(loaded: LoadedProject, graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    statements = (statement for task in graph.tasks for statement in task.clause.statements)
    used = {deadline.season for statement in statements for deadline in statement.deadlines}
    for season in loaded.calendar.seasons:
        if season.id in used and not season.confirmed:
            yield OpenPoint("open_point.season", season.name, season.basis)


def _weights(graph: ResponsibilityGraph) -> Iterator[OpenPoint]:
    for plan in graph.plans:
        if plan.assessment is not None and not plan.assessment.confirmed:
            yield OpenPoint("open_point.weights", plan.head.short_title, plan.assessment.basis)
