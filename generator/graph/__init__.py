"""Names → units: the graph of responsibility; networkx stands behind named questions only."""

from generator.graph.names import folded, name_index, name_suggestion, names_of, parties, unit_hint
from generator.graph.resolver import resolve
from generator.graph.responsibility import Assignment, Duty, ResponsibilityGraph, Task
from generator.graph.succession import on_day, successors_on

__all__ = [
    "Assignment",
    "Duty",
    "ResponsibilityGraph",
    "Task",
    "folded",
    "name_index",
    "name_suggestion",
    "names_of",
    "on_day",
    "parties",
    "resolve",
    "successors_on",
    "unit_hint",
]
