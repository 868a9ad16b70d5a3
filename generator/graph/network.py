"""The responsibility graph as networkx draws and measures it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx

if TYPE_CHECKING:
    from generator.graph.responsibility import ResponsibilityGraph


def network_of(graph: ResponsibilityGraph) -> networkx.MultiDiGraph[str]:
    """Plans, measures, clauses, units and groups as nodes; assignments (with role) and links as edges."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for plan in graph.plans:
        network.add_node(plan.id, kind="plan", label=plan.head.title)
    for measure_id, (plan, measure) in graph.measures.items():
        network.add_node(measure_id, kind="measure", label=measure.title or measure_id)
        network.add_edge(plan.id, measure_id, kind="contains", role="")
    for unit in graph.units:
        network.add_node(unit.id, kind="unit", label=unit.name)
    for group in graph.groups:
        network.add_node(group.id, kind="group", label=group.name)
        for member in graph.members(group.id):
            network.add_edge(group.id, member, kind="member", role="", confirmed=group.confirmed)
    for task in graph.tasks:
        network.add_node(task.id, kind="clause", label=task.label)
        network.add_edge(task.measure_id, task.id, kind="contains", role="")
        for found in task.assignments:
            network.add_edge(found.party, task.id, kind="assignment", role=found.role.value)
    for link in graph.links:
        if link.source in graph.measures and link.to in graph.measures:
            network.add_edge(link.source, link.to, kind=link.kind.value, role="", reason=link.reason)
    return network
