"""The responsibility graph as nodes and edges, for programs that draw and measure graphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator.model import Role

if TYPE_CHECKING:
    from generator.graph.responsibility import ResponsibilityGraph


class Node(NamedTuple):
    """A plan, measure, clause, unit or group."""

    kind: str
    label: str


class Edge(NamedTuple):
    """What joins two nodes: an assignment has a role, a link a reason, a member of a group is confirmed or not."""

    kind: str
    role: Role | None = None
    reason: str | None = None
    confirmed: bool | None = None


@dataclass(frozen=True)
class Network:
    """Nodes by id; edges by source and target, of which there may be several between two nodes."""

    nodes: Mapping[str, Node]
    edges: Mapping[str, Mapping[str, tuple[Edge, ...]]]


def network_of(graph: ResponsibilityGraph) -> Network:
    """Plans, measures, clauses, units and groups as nodes; assignments (with role) and links as edges."""
    nodes = dict(_nodes(graph))
    edges: dict[str, dict[str, tuple[Edge, ...]]] = {node: {} for node in nodes}
    for source, target, edge in _edges(graph):
        between = edges[source]
        between[target] = (*between.get(target, ()), edge)
    return Network(nodes, edges)


def _nodes(graph: ResponsibilityGraph) -> Iterator[tuple[str, Node]]:
    for plan in graph.plans:
        yield plan.id, Node("plan", plan.head.title)
    for measure_id, (_, measure) in graph.measures.items():
        yield measure_id, Node("measure", measure.title or measure_id)
    for unit in graph.units:
        yield unit.id, Node("unit", unit.name)
    for group in graph.groups:
        yield group.id, Node("group", group.name)
    for task in graph.tasks:
        yield task.id, Node("clause", task.label)


def _edges(graph: ResponsibilityGraph) -> Iterator[tuple[str, str, Edge]]:
    for measure_id, (plan, _) in graph.measures.items():
        yield plan.id, measure_id, Edge("contains")
    for group in graph.groups:
        for member in graph.members(group.id):
            yield group.id, member, Edge("member", confirmed=group.confirmed)
    for task in graph.tasks:
        yield task.measure_id, task.id, Edge("contains")
        for found in task.assignments:
            yield found.party, task.id, Edge("assignment", found.role)
    for link in graph.links:
        if link.source in graph.measures and link.to in graph.measures:
            yield link.source, link.to, Edge(link.kind.value, reason=link.reason)
