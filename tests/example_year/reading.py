"""The example project as it stands on a day."""

from __future__ import annotations

from datetime import date

from generator.book import Book
from generator.graph import resolve
from generator.project import Project
from generator.storage import load_project, load_terms


def book_on(project: Project, day: date) -> Book:
    """A book without the checks: the year's end is checked once."""
    loaded = load_project(project)
    assert not loaded.findings, loaded.findings
    return Book(loaded, resolve(loaded), load_terms(project), (), day, project)
