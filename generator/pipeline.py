"""The story, top to bottom: plan/ is loaded, resolved, checked, made a book, and drawn.

Read this file first. Every step is one function with a frozen value; nobody reaches back upstream.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from generator.analysis.changes import Changes, compare
from generator.analysis.periods import last_day_of_papers, notice_day
from generator.book import Artifact, Book
from generator.drawing import Drawing
from generator.examining import Examined, examine
from generator.findings import Finding, PlanError, has_errors, in_order
from generator.forms.originals import originals
from generator.forms.outgoing import annual_forms, period_forms
from generator.graph import ResponsibilityGraph, on_day, resolve
from generator.model import Period, PeriodKind, Plan
from generator.office.archives import zip_into
from generator.processes import second_process
from generator.project import Edition, Project
from generator.renderers.archives import site_archive, unit_archives
from generator.renderers.deliverables import Item
from generator.renderers.naming import ALL
from generator.renderers.office_papers import Issue
from generator.renderers.registry import SITE_ARCHIVE, render_data, render_downloads, render_office_papers
from generator.renderers.year_archive import PeriodFiles, year_archive
from generator.storage import load_project, load_terms
from generator.storage.publishing import (
    holds_more,
    internal_part,
    public_findings,
    public_part,
    without_places,
)
from generator.storage.versions import Asked, VersionName, argument, read_version, setting, unusable
from generator.writing import (
    fill_folder,
    folder_files,
    folder_paths,
    move_files,
    recover_folder,
    replace_folder,
    sibling_folder,
)

KEPT_IN_SITE = (".gitignore",)
"""What git holds in site/: a build carries it over."""


class PageBuilder(Protocol):
    """What makes the pages of a book into a folder: MkDocs, which nothing here knows."""

    changes_since: str
    """The version whose changes the site is to tell; empty for none."""

    def build(self, drawing: Drawing, folder: Path) -> None:
        """Every page."""


def build_book(project: Project, as_of: date, changes_since: str = "") -> Book:
    """Everything that a renderer may know; PlanError where the plan, or the version to compare, is unusable."""
    examined = examine(project)
    return _book(project, examined, usable_findings(examined), as_of, changes_since)


def usable_findings(examined: Examined) -> tuple[Finding, ...]:
    """What the check found; PlanError where there is an error among it."""
    if has_errors(examined.findings):
        raise PlanError(examined.findings)
    return examined.findings


def _book(
    project: Project,
    examined: Examined,
    findings: tuple[Finding, ...] | None,
    as_of: date,
    changes_since: str,
) -> Book:
    terms = load_terms(project)
    changes = None
    if changes_since:
        before, then = _version(project, changes_since, project.root, setting(project))
        changes = compare(then, examined.graph, before, VersionName())
    return Book(examined.loaded, on_day(examined.graph, as_of), terms, findings, as_of, project, changes)


def site_book(project: Project, as_of: date, edition: Edition, changes_since: str = "") -> Book:
    """The book of an edition of the site: what the edition must not show is not in it at all."""
    return _edition_of(build_book(project, as_of, changes_since), edition)


def _edition_of(book: Book, edition: Edition) -> Book:
    if edition is Edition.INTERNAL:
        return replace(book, loaded=without_places(internal_part(book.loaded)), edition=edition)
    loaded = public_part(book.loaded)
    graph = on_day(resolve(loaded), book.as_of) if loaded.plans != book.plans else book.graph
    return replace(
        book,
        loaded=without_places(loaded),
        graph=graph,
        checked=None if book.checked is None else public_findings(book.loaded, book.checked),
        edition=edition,
        withheld=holds_more(book.loaded),
    )


def site_drawing(
    project: Project,
    examined: Examined,
    findings: tuple[Finding, ...] | None,
    as_of: date,
    edition: Edition,
    changes_since: str,
) -> Drawing:
    """An edition of the site to be drawn; `findings` are None where the plan is still being checked elsewhere."""
    return Drawing(_edition_of(_book(project, examined, findings, as_of, changes_since), edition))


def compare_versions(project: Project, earlier: str, later: str | None, beside: Path) -> Changes:
    """What changed between two revisions, or folders relative to `beside`; None is the plan as it lies here."""
    before, then = _version(project, earlier, beside, argument("旧版本"))
    after, now = _version(project, later, beside, argument("新版本"))
    return compare(then, now, before, after)


def _version(
    project: Project, written: str | None, beside: Path, asked: Asked
) -> tuple[VersionName, ResponsibilityGraph]:
    """A version that can be compared: it was read, and every name in it means somebody."""
    if written is None:
        loaded = load_project(project)
        graph = resolve(loaded)
        if has_errors((*loaded.findings, *graph.findings)):
            raise PlanError(in_order((*loaded.findings, *graph.findings)))
        return VersionName(), graph
    version = read_version(project, written, beside, asked)
    graph = resolve(version.loaded)
    if has_errors(graph.findings):
        raise PlanError(unusable(asked, version.name, graph.findings))
    return version.name, graph


def render_files(book: Book, downloads: bool = True) -> Iterator[Artifact]:
    """What a site consists of beside its pages: open data, and the papers to download."""
    yield from render_data(book)
    if downloads:
        yield from render_downloads(book)


def render_papers(book: Book, issue: Issue) -> Iterator[Artifact]:
    """The office's own papers (内部资料) of a month or a year; no site holds them."""
    yield from render_office_papers(book, issue)


def archive_year(project: Project, as_of: date, plan_id: str) -> bytes:
    """The year of an annual plan in one zip, without names and telephone numbers."""
    built = build_book(project, as_of)
    book = replace(built, loaded=internal_part(built.loaded))
    plan = book.plan(plan_id)
    digests = {file.digest for found in plan.returns for file in found.files}
    digests |= {reply.digest for found in plan.replies for reply in found.replies}
    periods = (_period_files(book, plan_id, period) for period in (*_periods_of(book, plan), *_year_of(plan)))
    found = originals(project.returns, digests)
    return year_archive(book, plan, folder_files(project.plan), periods, found)


def _periods_of(book: Book, plan: Plan) -> Iterator[Period]:
    """The reporting periods of a plan's own year that have begun."""
    period = Period.holding(date(plan.head.year or 0, 1, 1), book.loaded.rules.period)
    while period.first.year <= (plan.head.year or 0) and period.first <= book.as_of:
        yield period
        period = period.following


def _year_of(plan: Plan) -> Iterator[Period]:
    year = Period.parse(str(plan.head.year))
    if year:
        yield year


def _period_files(book: Book, plan: str, period: Period) -> PeriodFiles:
    """The forms of a period as of the day on which they were due out, its papers as of its last day."""
    rules = book.loaded.rules
    yearly = period.kind is PeriodKind.YEAR
    out = min(book.as_of, book.as_of if yearly else notice_day(rules, period))
    told = min(book.as_of, book.as_of if yearly else last_day_of_papers(rules, period))
    then = _on(book, out)
    forms = annual_forms(then, period.first.year) if yearly else period_forms(then, period, twins=False)
    papers = render_office_papers(_on(book, told), Issue(plan, period))
    return PeriodFiles(period, tuple(forms), tuple(papers))


def _on(book: Book, day: date) -> Book:
    """The same project as it stood on another day."""
    return book if day == book.as_of else replace(book, graph=on_day(resolve(book.loaded), day), as_of=day)


def build_site(project: Project, as_of: date, edition: Edition, target: Path, pages: PageBuilder) -> None:
    """The whole site into `target`, swapped in at the end: a run that fails or is killed leaves the old one.

    A second process draws pages from the last on, already while this one checks the plan, then papers.
    This one draws pages from the first on, those that the other has not begun, writes and packs them all, then
    goes on with the papers from the last.
    """
    examined = examine(project)
    make = partial(site_drawing, as_of=as_of, edition=edition, changes_since=pages.changes_since)
    recover_folder(target)
    folder, papers, waiting = (sibling_folder(target) for _ in range(3))
    try:
        ahead = waiting / "pages"
        with second_process(partial(make, project, examined, None)) as second:
            second.prepare(partial(Drawing.draw_ahead, waiting=ahead))
            drawing = make(project, examined, usable_findings(examined))
            book = drawing.book
            drawing.share_pages(second, ahead)
            files = drawing.share_files(second, papers)
            pages.build(drawing, folder)
            archive = waiting / "site.zip"
            zip_into(archive, site_archive(book, folder_paths(folder)))
            for work in reversed(files):
                work.result()
            pack_units(book, papers)
            zip_into(archive, folder_paths(papers))
            move_files(papers, folder)
            archive.replace(folder / SITE_ARCHIVE.path(book, Item(ALL)))
        folder.chmod(0o755)
        replace_folder(folder, target, KEPT_IN_SITE)
    finally:
        for left in (folder, papers, waiting):
            shutil.rmtree(left, ignore_errors=True)


def pack_units(book: Book, folder: Path) -> None:
    """The archive of each unit's papers to the papers in a folder."""
    papers = (Artifact(path, content) for path, content in folder_files(folder))
    fill_folder(folder, [(archive.path, archive.content) for archive in unit_archives(book, papers)])
