"""Coverage (落实对照): which measures of a parent plan the annual plan carries out, and the reverse."""

from __future__ import annotations

from dataclasses import dataclass

from generator.graph import ResponsibilityGraph
from generator.model import Link


@dataclass(frozen=True)
class CoverageRow:
    """One measure with the links at it; no link means that nothing carries it out, or that it serves nothing."""

    measure_id: str
    number: str
    title: str
    plan: str
    links: tuple[Link, ...]


def carried_out_by(graph: ResponsibilityGraph) -> tuple[CoverageRow, ...]:
    """Measures of parent plans, each with what carries it out."""
    parents = {parent.plan for plan in graph.plans for parent in plan.head.parents if parent.plan}
    return tuple(
        _row(graph, key, graph.links_to(key)) for key, (plan, _) in graph.measures.items() if plan.id in parents
    )


def serving(graph: ResponsibilityGraph) -> tuple[CoverageRow, ...]:
    """Measures of plans that have a parent plan here, each with what it serves."""
    children = {plan.id for plan in graph.plans if any(parent.plan for parent in plan.head.parents)}
    return tuple(
        _row(graph, key, graph.links_from(key)) for key, (plan, _) in graph.measures.items() if plan.id in children
    )


def _row(graph: ResponsibilityGraph, measure_id: str, links: tuple[Link, ...]) -> CoverageRow:
    plan, measure = graph.measures[measure_id]
    return CoverageRow(measure_id, plan.measure_label(measure), measure.title or "", plan.id, links)
