"""The table of deliverables and what a site consists of: one deliverable = one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generator.book import Artifact, Book, apart
from generator.renderers import (
    assessment_form,
    calendars,
    circular_word,
    ledger_excel,
    matrix_excel,
    office_ledger_excel,
    responsibility_table,
    summary_excel,
    supervision_list_excel,
    supervision_word,
    task_list_excel,
    task_list_word,
    urging_excel,
)
from generator.renderers.archives import UNIT_ARCHIVE, unit_archives
from generator.renderers.deliverables import Deliverable, Download, every_unit, the_whole
from generator.renderers.office_papers import Issue, OfficePaper
from generator.renderers.open_data import FILES as DATA_FILES
from generator.renderers.site.desk import Page
from generator.renderers.site.pages import site_pages as pages_of
from generator.renderers.site.search_index import SearchIndex

PAPERS: tuple[Deliverable, ...] = (
    task_list_word.DELIVERABLE,
    task_list_excel.DELIVERABLE,
    assessment_form.DELIVERABLE,
    responsibility_table.DELIVERABLE,
    matrix_excel.DELIVERABLE,
    ledger_excel.DELIVERABLE,
    *calendars.DELIVERABLES,
)
"""Files that are drawn from the book alone."""

OFFICE_PAPERS: tuple[OfficePaper, ...] = (
    circular_word.PAPER,
    urging_excel.PAPER,
    supervision_list_excel.PAPER,
    supervision_word.ORDER_PAPER,
    supervision_word.REPLY_PAPER,
    summary_excel.PAPER,
    office_ledger_excel.PAPER,
)
"""Papers of the office itself: made by `planbook papers`, never part of a site."""

SITE_ARCHIVE = Download("site_archive", the_whole)
DOWNLOADS: tuple[Download, ...] = (*PAPERS, Download(UNIT_ARCHIVE, every_unit), SITE_ARCHIVE)
"""Everything that can be downloaded, in the order in which the site lists it."""


def site_pages(index: SearchIndex) -> Iterator[Page]:
    """The pages of the site whose index it is, each drawn when it is asked for."""
    return pages_of(index, DOWNLOADS, DATA_FILES)


def render_pages(book: Book) -> Iterator[Artifact]:
    """The pages of the site, as Markdown."""
    return (page.artifact() for page in site_pages(SearchIndex(book)))


def data_files(book: Book) -> dict[str, Callable[[], bytes]]:
    """Open data by path, each file drawn when it is called: the interchange, tables and networks."""
    return {path: partial(draw, book) for path, draw in DATA_FILES.items()}


def paper_files(book: Book) -> dict[str, Callable[[], bytes]]:
    """The papers by path, each drawn when it is called."""
    return apart(
        (paper.path(book, item), partial(paper.draw, book, item)) for paper in PAPERS for item in paper.items(book)
    )


def refuse_same_paths(book: Book, pages: Iterable[str]) -> None:
    """PlanError where two of all files of a site claim one path; `pages` are the addresses of its pages."""
    downloads = (kind.path(book, item) for kind in DOWNLOADS for item in kind.items(book))
    apart((path, None) for path in (*pages, *DATA_FILES, *downloads))


def render_data(book: Book) -> Iterator[Artifact]:
    """All open data."""
    return (Artifact(path, draw()) for path, draw in data_files(book).items())


def render_downloads(book: Book) -> Iterator[Artifact]:
    """Every paper, then the archive of each unit's papers."""
    papers = [Artifact(path, draw()) for path, draw in paper_files(book).items()]
    yield from papers
    yield from unit_archives(book, papers)


def render_office_papers(book: Book, issue: Issue) -> Iterator[Artifact]:
    """The office's own papers of a month or a year."""
    papers = (paper for kind in OFFICE_PAPERS for paper in kind.render(book, issue))
    named = apart((paper.path, paper) for paper in papers)
    return iter(named.values())
