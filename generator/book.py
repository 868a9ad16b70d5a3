"""All that a renderer may know (Book), and what it gives back (Artifact)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.findings import Finding
from generator.graph import ResponsibilityGraph
from generator.model import Plan
from generator.project import Project
from generator.storage import LoadedProject
from generator.terms import Terms


@dataclass(frozen=True)
class Artifact:
    """产出文件: a path relative to the site's root, with forward slashes, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Book:
    """The resolved plans with the words to print them; `as_of` is the day that the output stands for."""

    loaded: LoadedProject
    graph: ResponsibilityGraph
    terms: Terms
    findings: tuple[Finding, ...]
    as_of: date
    project: Project

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans in the order of the document."""
        return self.loaded.plans
