"""Rules: what may be wrong with a plan, each one function and one line in a table."""

from __future__ import annotations

from generator.checks import (
    bracket,
    carried,
    certainty,
    decisions,
    duties,
    figures,
    links,
    outline,
    reading,
    registry,
    returns,
    source,
    succession,
    times,
    usage,
    wording,
    year,
)
from generator.checks.inspection import Inspection
from generator.checks.rule import Rule
from generator.findings import Finding, in_order
from generator.graph import ResponsibilityGraph
from generator.storage import LoadedProject

__all__ = ["RULES", "Rule", "check"]

TABLES = (
    reading.RULES,
    registry.RULES,
    succession.RULES,
    outline.RULES,
    carried.RULES,
    wording.RULES,
    times.RULES,
    figures.RULES,
    bracket.RULES,
    duties.RULES,
    links.RULES,
    decisions.RULES,
    usage.RULES,
    certainty.RULES,
    source.RULES,
    returns.RULES,
    year.RULES,
)
RULES: dict[str, Rule] = {rule.name: rule for table in TABLES for rule in table}
"""Every rule by its name, those that reading a file raises included."""


def check(loaded: LoadedProject, graph: ResponsibilityGraph) -> tuple[Finding, ...]:
    """Everything that is to be said of a project, in order; never raises for what a keeper wrote."""
    inspection = Inspection(loaded, graph)
    found = [finding for rule in RULES.values() for finding in rule.findings(inspection)]
    return in_order((*loaded.findings, *graph.findings, *found))
