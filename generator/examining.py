"""A project read, resolved and checked: the first half of the story, and all that `planbook check` needs."""

from __future__ import annotations

from dataclasses import dataclass

from generator.checks import check
from generator.findings import Finding
from generator.graph import ResponsibilityGraph, resolve
from generator.project import Project
from generator.storage import LoadedProject, load_project


@dataclass(frozen=True)
class Examined:
    """A project that was read, resolved and checked."""

    loaded: LoadedProject
    graph: ResponsibilityGraph
    findings: tuple[Finding, ...]


def examine(project: Project) -> Examined:
    """plan/ → loaded → resolved → checked; problems are values, nothing is raised for them."""
    loaded = load_project(project)
    graph = resolve(loaded)
    return Examined(loaded, graph, check(loaded, graph))
