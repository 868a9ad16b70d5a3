"""Fixtures shared by all tests: the real plan, the small plan, and the tools that judge what we make."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from generator.book import Book
from generator.pipeline import build_book, site_book
from generator.project import Edition, Project
from generator.renderers.registry import render_pages
from tests.browsing import build_pages, chromium
from tests.example_year.year import AS_OF as EXAMPLE_DAY
from tests.example_year.year import write_year
from tests.properties import WHOLE
from tests.reported_year import DAY, reported_year

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# In CI a property is tried on the same examples every time: a run must not fail by chance.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2024, 6, 30)
SPREAD = ("test_browser_access.py", "test_browser_site.py")
TOOLS = ("chromium", "soffice", "pdftoppm")


def pytest_configure(config: pytest.Config) -> None:
    """The fast suite tries a property on a quarter of its examples; a whole run on all of them."""
    if "not slow" in config.option.markexpr:
        settings.register_profile("fast", settings(), max_examples=WHOLE // 4)
        settings.load_profile("fast")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first; without a browser or LibreOffice it is skipped, unless required (as in CI)."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not missing or os.environ.get("PLANBOOK_REQUIRE_TOOLS"):
        return
    skip = pytest.mark.skip(
        reason=f"not installed: {', '.join(missing)} (apt-get install chromium libreoffice poppler-utils)"
    )
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests share what its fixtures make, so one worker runs them; long ones that share nothing are spread."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return nodeid if file.endswith(SPREAD) else file

    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it for garbage is a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def real_project() -> Project:
    """The plan of Jincheng Chengqu."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def real_book(real_project: Project) -> Book:
    """The real plan on a fixed day."""
    return build_book(real_project, AS_OF)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that whichever worker needs it first makes, for all."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan's pages, in a folder with a name that an address must quote."""
    return made_once(tmp_path_factory, "大气 方案", lambda folder: build_pages(folder / "site")) / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page on a desk's screen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def small_project() -> Project:
    """The smallest plan that uses everything; made up."""
    return Project(ROOT / "tests" / "plans" / "small")


@pytest.fixture(scope="session")
def small_book(small_project: Project) -> Book:
    """The small plan on a fixed day."""
    return build_book(small_project, AS_OF)


@pytest.fixture(scope="session")
def reported_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small plan in a year that was reported on."""
    return reported_year(tmp_path_factory.mktemp("reported"))


@pytest.fixture(scope="session")
def internal_book(reported_project: Project) -> Book:
    """The book of the internal edition of that year."""
    return site_book(reported_project, DAY, Edition.INTERNAL)


@pytest.fixture(scope="session")
def internal_pages(internal_book: Book) -> dict[str, str]:
    """The source of every page of that edition by its path."""
    return {artifact.path: artifact.content.decode() for artifact in render_pages(internal_book)}


@pytest.fixture(scope="session")
def editions(reported_project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[Edition, Path]:
    """That year's site in both editions, as `planbook build` makes them."""

    def build(folder: Path) -> None:
        for edition in Edition:
            command = [sys.executable, "-m", "generator", "build", "--project", str(reported_project.root)]
            command += [
                "--as-of",
                DAY.isoformat(),
                "--edition",
                edition.value,
                "--out",
                str(folder / edition.value),
            ]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    folder = made_once(tmp_path_factory, "editions", build)
    return {edition: folder / edition.value for edition in Edition}


@pytest.fixture(scope="session")
def example_year(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The made-up year 2024 on the real plan. Copy it before you change it."""
    return Project(made_once(tmp_path_factory, "example-year", write_year))


@pytest.fixture(scope="session")
def example_book(example_year: Project) -> Book:
    """The example year after its assessment."""
    return build_book(example_year, EXAMPLE_DAY)
