"""A project read, resolved and checked: the first half of the story, and all that `planbook check` needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generator.findings import Finding
from generator.graph import ResponsibilityGraph, resolve
from generator.project import Project
from generator.storage import LoadedProject, load_project


@dataclass(frozen=True)
class Examined:
    """A project that was read and resolved; it is checked when somebody asks for the findings."""

    loaded: LoadedProject
    graph: ResponsibilityGraph

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is to be said of it."""
        # Imported when it is asked for: who draws what was read need not wait for a grammar of official prose.
        from generator.checks import check

        return check(self.loaded, self.graph)


def examine(project: Project) -> Examined:
    """plan/ → loaded → resolved, and checked once asked; problems are values, nothing is raised for them."""
    loaded = load_project(project)
    return Examined(loaded, resolve(loaded))
