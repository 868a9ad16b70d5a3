"""Who works with whom, and which units hold the network together."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from generator.graph import ResponsibilityGraph

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True)
class Partnership:
    """Two units or groups that stand in the same tasks; `tasks` are their labels in document order."""

    first: str
    second: str
    tasks: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How many tasks they share."""
        return len(self.tasks)


@dataclass(frozen=True)
class Centrality:
    """How far a unit holds the network together: shares of the possible, 0 to 1, rounded to 4 places."""

    party: str
    tasks: int
    partners: int
    betweenness: float


@dataclass(frozen=True)
class Fragmentation:
    """What is left of the network without one unit: its parts, and those who stand alone."""

    removed: str
    parts_before: int
    parts_after: int
    isolated: tuple[str, ...]
    partnerships_before: int
    partnerships_after: int


def partnerships(graph: ResponsibilityGraph) -> tuple[Partnership, ...]:
    """Every pair that shares a task, in official order; groups stay groups."""
    shared: dict[tuple[str, str], list[str]] = {}
    for task in graph.tasks:
        parties = sorted({name.party for name in task.assignments}, key=graph.order.__getitem__)
        for pair in combinations(parties, 2):
            shared.setdefault(pair, []).append(task.label)
    place = graph.order.__getitem__
    pairs = sorted(shared.items(), key=lambda item: (place(item[0][0]), place(item[0][1])))
    return tuple(Partnership(first, second, tuple(labels)) for (first, second), labels in pairs)


def partners_of(party: str, pairs: tuple[Partnership, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Whom one unit works with and on what, most shared tasks first."""
    found = [
        (pair.second if pair.first == party else pair.first, pair.tasks)
        for pair in pairs
        if party in {pair.first, pair.second}
    ]
    return tuple(sorted(found, key=lambda item: -len(item[1])))


def ties_among(pairs: Iterable[Partnership], parties: Container[str]) -> tuple[Partnership, ...]:
    """The pairs of which both are among some parties, most shared tasks first."""
    found = [pair for pair in pairs if pair.first in parties and pair.second in parties]
    return tuple(sorted(found, key=lambda pair: -pair.weight))


def projection(graph: ResponsibilityGraph, pairs: tuple[Partnership, ...]) -> networkx.Graph[str]:
    """The weighted projection onto units and groups; never onto tasks, which grows without bound."""
    import networkx

    network: networkx.Graph[str] = networkx.Graph()
    named = {name.party for task in graph.tasks for name in task.assignments}
    network.add_nodes_from(party for party in graph.order if party in named)
    for pair in pairs:
        network.add_edge(pair.first, pair.second, weight=pair.weight, distance=1 / pair.weight)
    return network


def centralities(graph: ResponsibilityGraph, pairs: tuple[Partnership, ...]) -> tuple[Centrality, ...]:
    """Betweenness on the projection (distance = 1 / shared tasks), highest first."""
    import networkx

    network = projection(graph, pairs)
    between = networkx.betweenness_centrality(network, weight="distance")
    tasks: dict[str, int] = dict.fromkeys(network, 0)
    for task in graph.tasks:
        for party in {name.party for name in task.assignments}:
            tasks[party] += 1
    rows = [Centrality(party, tasks[party], network.degree(party), round(between[party], 4)) for party in network]
    return tuple(sorted(rows, key=lambda row: (-row.betweenness, -row.tasks, graph.order[row.party])))


def fragmentation(graph: ResponsibilityGraph, pairs: tuple[Partnership, ...], removed: str) -> Fragmentation:
    """How the network falls apart without one unit."""
    import networkx

    network = projection(graph, pairs)
    before = networkx.number_connected_components(network)
    edges = network.number_of_edges()
    network.remove_node(removed)
    alone = [party for party in network if network.degree(party) == 0]
    return Fragmentation(
        removed=removed,
        parts_before=before,
        parts_after=networkx.number_connected_components(network),
        isolated=tuple(sorted(alone, key=graph.order.__getitem__)),
        partnerships_before=edges,
        partnerships_after=network.number_of_edges(),
    )


def hub(graph: ResponsibilityGraph) -> str | None:
    """The unit that stands in most tasks; None where there is no task."""
    counts = {unit.id: len(graph.duties_of(unit.id)) for unit in graph.units}
    direct = {unit: sum(1 for duty in graph.duties_of(unit) if not duty.via) for unit in counts}
    busiest = max(direct, key=lambda unit: (direct[unit], -graph.order[unit]), default=None)
    return busiest if busiest and direct[busiest] else None


def communities(
    graph: ResponsibilityGraph, pairs: tuple[Partnership, ...], without: str | None = None
) -> tuple[tuple[str, ...], ...]:
    """Circles of units that work together most (greedy modularity), largest first; `without` hides the hub."""
    from networkx.algorithms.community import greedy_modularity_communities

    network = projection(graph, pairs)
    if without is not None and without in network:
        network.remove_node(without)
    if network.number_of_edges() == 0:
        return tuple((party,) for party in network)
    circles = [
        tuple(sorted(circle, key=graph.order.__getitem__))
        for circle in greedy_modularity_communities(network, weight="weight")
    ]
    return tuple(sorted(circles, key=lambda circle: (-len(circle), graph.order[circle[0]])))
