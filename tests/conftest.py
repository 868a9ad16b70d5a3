"""Fixtures shared by all tests: the real plan, the small plan, and the tools that judge what we make."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from generator.book import Book
from generator.pipeline import build_book
from generator.project import Project

# In CI a property is tried on the same examples every time: a run must not fail by chance.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2024, 6, 30)
TOOLS = ("chromium", "soffice", "pdftoppm")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser or LibreOffice the slow tests are skipped, unless they are required (as in CI)."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not missing or os.environ.get("PLANBOOK_REQUIRE_TOOLS"):
        return
    skip = pytest.mark.skip(
        reason=f"not installed: {', '.join(missing)} (apt-get install chromium libreoffice poppler-utils)"
    )
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def real_project() -> Project:
    """The plan of Jincheng Chengqu."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def real_book(real_project: Project) -> Book:
    """The real plan on a fixed day."""
    return build_book(real_project, AS_OF)


@pytest.fixture(scope="session")
def small_project() -> Project:
    """The smallest plan that uses everything; made up."""
    return Project(ROOT / "tests" / "plans" / "small")


@pytest.fixture(scope="session")
def small_book(small_project: Project) -> Book:
    """The small plan on a fixed day."""
    return build_book(small_project, AS_OF)
