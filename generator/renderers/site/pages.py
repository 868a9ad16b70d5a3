"""The table of pages: everything that the site shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.renderers.deliverables import Download
from generator.renderers.naming import AIR_PAGE, EXTRA_PAGE, GUIDE_PAGE, PROGRESS_PAGE, REPORTING_PAGE
from generator.renderers.site.about import about_page
from generator.renderers.site.calendar_page import calendar_page
from generator.renderers.site.changes_page import changes_page
from generator.renderers.site.chapters import chapter_pages
from generator.renderers.site.desk import Desk, Page
from generator.renderers.site.document_page import document_page
from generator.renderers.site.downloads import shelf
from generator.renderers.site.finder import finder_page
from generator.renderers.site.home import home_page
from generator.renderers.site.measures import measure_pages
from generator.renderers.site.network import network_page
from generator.renderers.site.parties import party_pages
from generator.renderers.site.progress_pages import air_page, extra_tasks_page, progress_page, reporting_page
from generator.renderers.site.search_index import SearchIndex
from generator.renderers.site.tables import (
    coverage_page,
    deadlines_page,
    downloads_page,
    ledger_page,
    matrix_page,
)
from generator.renderers.site.targets_page import targets_page

KINDS: tuple[Callable[[Desk], Iterator[Page]], ...] = (
    home_page,
    finder_page,
    document_page,
    chapter_pages,
    measure_pages,
    party_pages,
    ledger_page,
    deadlines_page,
    calendar_page,
    targets_page,
    matrix_page,
    network_page,
    coverage_page,
    downloads_page,
    changes_page,
    about_page,
)

INTERNAL_KINDS: tuple[Callable[[Desk], Iterator[Page]], ...] = (
    progress_page,
    reporting_page,
    extra_tasks_page,
    air_page,
)
"""Pages that only the internal edition has."""
INTERNAL_PAGES = (
    ("nav.progress", PROGRESS_PAGE),
    ("nav.reporting", REPORTING_PAGE),
    ("nav.extra_tasks", EXTRA_PAGE),
    ("nav.air", AIR_PAGE),
    ("nav.guide", GUIDE_PAGE),
)
"""How the navigation names them, and where they stand."""


def site_pages(index: SearchIndex, deliverables: Iterable[Download], data: Iterable[str] = ()) -> Iterator[Page]:
    """Every generated page, each drawn when it is asked for; `data` are the addresses of the open data."""
    book = index.book
    desk = Desk(book, shelf(book, deliverables, data), index)
    for kind in (*KINDS, *(INTERNAL_KINDS if book.internal else ())):
        yield from kind(desk)
