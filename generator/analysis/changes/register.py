"""What changed in the register of units and groups, and in which measure carries out which."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.changes.facts import Values, fact_changes, given
from generator.analysis.changes.pieces import Reference
from generator.analysis.changes.tables import LinkChange, LinkState, RegisterChange
from generator.graph import ResponsibilityGraph
from generator.model import Unit, UnitGroup

Party = Unit | UnitGroup
Ends = tuple[str | None, ...]
"""The ids of the measures at both ends of a link."""


def register_changes(before: ResponsibilityGraph, after: ResponsibilityGraph) -> Iterator[RegisterChange]:
    """The units, then the groups, that are not the same, in official order."""
    ours, theirs = _parties(before), _parties(after)
    for party in dict.fromkeys((*theirs, *ours)):
        old, new = ours.get(party), theirs.get(party)
        facts = fact_changes(_values(before, old), _values(after, new)) if old and new else ()
        latest = new or old
        if latest and (old is None or new is None or facts):
            is_group = isinstance(latest, UnitGroup)
            yield RegisterChange(party, latest.name, is_group, old is not None, new is not None, facts)


def _parties(graph: ResponsibilityGraph) -> dict[str, Party]:
    return {**graph.unit_by_id, **graph.group_by_id}


def _values(graph: ResponsibilityGraph, party: Party) -> Values:
    """Every fact of a unit or a group; units and groups are named, not called by their ids."""
    unit = party if isinstance(party, Unit) else None
    group = party if isinstance(party, UnitGroup) else None
    return {
        "name": given(party.name),
        "full_name": given(unit and unit.full_name),
        "aliases": tuple(alias.name for alias in party.aliases),
        "aliases_unconfirmed": tuple(alias.name for alias in party.aliases if not alias.confirmed),
        "unit_kind": given(unit and unit.kind.value),
        "confirmed": ("yes" if party.confirmed else "no",),
        "valid_from": given(unit and unit.valid_from),
        "valid_until": given(unit and unit.valid_until),
        "succeeded_by": _names(graph, unit.succeeded_by if unit else ()),
        "members": _names(graph, group.members if group else ()),
        "subset_of": _names(graph, (group.subset_of,) if group and group.subset_of else ()),
        "note": given(party.note),
    }


def _names(graph: ResponsibilityGraph, parties: tuple[str, ...]) -> tuple[str, ...]:
    known = _parties(graph)
    return tuple(known[party].name if party in known else party for party in parties)


def link_changes(
    before: ResponsibilityGraph, after: ResponsibilityGraph, moved: dict[str, str]
) -> Iterator[LinkChange]:
    """The links that are not the same; `moved` tells which measure of the later version an earlier one is."""
    ours, theirs = _links(before), _links(after)
    same: dict[Ends, Ends] = {ends: tuple(moved.get(end or "") for end in ends) for ends in ours}
    came_from = {new: old for old, new in same.items() if new in theirs}
    for ends, state in theirs.items():
        old = ours[came_from[ends]] if ends in came_from else None
        if old is None or (old.kind, old.reason) != (state.kind, state.reason):
            yield LinkChange(old, state)
    for ends, state in ours.items():
        if same[ends] not in theirs:
            yield LinkChange(state, None)


def _links(graph: ResponsibilityGraph) -> dict[Ends, LinkState]:
    return {
        (link.source, link.to): LinkState(
            _reference(graph, link.source), _reference(graph, link.to), link.kind, link.reason
        )
        for link in graph.links
    }


def _reference(graph: ResponsibilityGraph, name: str) -> Reference:
    if name not in graph.measures:
        return Reference(name, name)
    plan, measure = graph.measures[name]
    return Reference(name, plan.measure_label(measure), measure.title or "")
