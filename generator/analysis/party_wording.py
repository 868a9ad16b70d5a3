"""How a cell words the units of a task: as the text writes them, with role, 待确认, and 等 where it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.analysis.tasks import DutyRow, ListedParty, TaskRow
from generator.analysis.wording import role_text
from generator.graph import ResponsibilityGraph
from generator.model import Role
from generator.terms import Terms


def party_text(graph: ResponsibilityGraph, terms: Terms, written: str, party: str) -> str:
    """A name as the text writes it, with who answers now; a group whose members are not confirmed says so."""
    group = graph.group_by_id.get(party)
    if now := graph.now_called(written, party):
        return terms("duty.now").format(written=written, now=now)
    return f"{written}（{terms('mark.unconfirmed')}）" if group and not group.confirmed else written


def other_parties(graph: ResponsibilityGraph, terms: Terms, duty: DutyRow) -> tuple[ListedParty, ...]:
    """Everyone named in a task but the unit itself; of a group that it belongs to, the other members."""
    return _other_parties(graph, terms, duty.row, _places(graph, duty))


def other_party_texts(graph: ResponsibilityGraph, terms: Terms, duty: DutyRow) -> tuple[str, ...]:
    """With whom a unit shares a task: everyone named in it but the unit itself, each with the mark of its role."""
    return _other_party_texts(graph, terms, duty.row, _places(graph, duty))


def _places(graph: ResponsibilityGraph, duty: DutyRow) -> tuple[str, ...]:
    """The names in a task that mean the unit, alone or among others: who has the same sees the same others."""
    unit, members = duty.unit, graph.members_or_candidates
    return tuple(party for _, _, party in duty.row.parties if party == unit or unit in members(party))


@lru_cache(maxsize=8192)
def _other_party_texts(
    graph: ResponsibilityGraph, terms: Terms, row: TaskRow, own: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(
        terms.mark(other.role) + party_text(graph, terms, other.written, other.party) + other.rest
        for other in _other_parties(graph, terms, row, own)
    )


def _other_parties(
    graph: ResponsibilityGraph, terms: Terms, row: TaskRow, own: tuple[str, ...]
) -> tuple[ListedParty, ...]:
    found = [
        ListedParty(role, _without_us(terms, written) if party in own else written, party)
        for role, written, party in row.parties
        if party not in own or len(graph.members_or_candidates(party)) > 1
    ]
    going_on = {named.role for named in row.listed if named.rest}
    last = {other.role: place for place, other in enumerate(found) if other.role in going_on}
    return tuple(
        ListedParty(other.role, other.written, other.party, "等") if last.get(other.role) == place else other
        for place, other in enumerate(found)
    )


def _without_us(terms: Terms, written: str) -> str:
    """`其他镇(街道)` for 各镇(街道) as one of them sees it."""
    return terms("duty.others_of_group").format(group=written.removeprefix("各"))


def listed_party_texts(graph: ResponsibilityGraph, terms: Terms, row: TaskRow, *roles: Role) -> tuple[str, ...]:
    """`●区住建局、区水务局等`: one line for each role, with 等 behind the name where the text has it."""
    return tuple(terms.mark(role) + names for role, names in _names_by_role(graph, terms, row, roles))


@lru_cache(maxsize=4096)
def named_role_texts(graph: ResponsibilityGraph, terms: Terms, row: TaskRow) -> tuple[str, ...]:
    """`▲牵头：区住建局、区水务局等`: a line for each role, for a paper that has neither columns nor a legend."""
    return tuple(f"{role_text(terms, role)}：{names}" for role, names in _names_by_role(graph, terms, row, Role))


def _names_by_role(
    graph: ResponsibilityGraph, terms: Terms, row: TaskRow, roles: Iterable[Role]
) -> Iterator[tuple[Role, str]]:
    listed = dict(row.by_role)
    for role in roles:
        if role in listed:
            named = (party_text(graph, terms, found.written, found.party) + found.rest for found in listed[role])
            yield role, "、".join(named)
