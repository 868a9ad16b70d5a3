"""All that a site is made of as it is drawn, here or by a second process: pages, papers, open data."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.book import Artifact, Book, UncheckedError
from generator.processes import SecondProcess, Work
from generator.renderers.archives import UNIT_ARCHIVE, unit_archives
from generator.renderers.naming import download_path
from generator.renderers.registry import data_files, paper_files, refuse_same_paths, site_pages
from generator.renderers.site.search_index import SearchIndex, SearchPage
from generator.writing import Stretch, append, fill_folder

PAGES = 4
"""How many are drawn in one go: few, for what the other process has begun, and the next, is waited for."""
HEADING = re.compile(r'<h([234]) id="([^"]+)"[^>]*?(?: data-short="([^"]*)")?>(.*?)</h\1>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ANCHOR = re.compile(r' id="([^"<>]+)"')


@dataclass(frozen=True)
class Drawn:
    """The body of a page in UTF-8, its headings nested as MkDocs has them, its anchors, its entry in the index."""

    content: bytes
    headings: list[Any]
    anchors: frozenset[str]
    entry: bytes


Batch = dict[str, tuple[Drawn, Stretch]]
"""Pages by their paths; the content of each lies in a file."""


class Drawing:
    """Pages and files of a book by their paths: each is drawn when it is taken, or before by another process."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.files = {**data_files(book), **paper_files(book)}
        self.index = SearchIndex(book)
        pages = tuple(site_pages(self.index))
        refuse_same_paths(book, (page.address for page in pages))
        self.pages = {page.path: page for page in pages}
        self._batches: dict[str, Work[Batch]] = {}
        self._from_last = reversed(list(_in_one_folder(self.pages)))
        self._ahead: dict[str, Batch] = {}

    def file(self, path: str) -> bytes | None:
        """One file beside the pages, drawn alone; None where there is none at `path`."""
        if path in self.files:
            return self.files[path]()
        if path not in (download_path(self.book, UNIT_ARCHIVE, unit) for unit in self.book.units):
            return None
        folder = path.rpartition("/")[0] + "/"
        own = (Artifact(name, draw()) for name, draw in self.files.items() if name.startswith(folder))
        return next(found.content for found in unit_archives(self.book, own) if found.path == path)

    def share_files(self, second: SecondProcess[Drawing], folder: Path) -> list[Work[None]]:
        """Let another process draw files into a folder, from the first on."""
        return [second.submit(draw_file, self, folder, path) for path in self.files]

    def share_pages(self, second: SecondProcess[Drawing], waiting: Path) -> None:
        """Let another process draw from the last page on while this one draws from the first.

        What it drew waits in a file of its own until it is taken: half of a large site would fill the memory.
        """
        for paths in self._from_last:
            self._batches |= dict.fromkeys(paths, second.submit(Drawing.batch, self, waiting, paths))

    def draw_ahead(self, waiting: Path) -> bool:
        """Draw the next pages from the last on before they are asked for; False where none are left."""
        paths = next(self._from_last, None)
        if paths:
            self._ahead[paths[0]] = self._draw_batch(waiting, paths)
        return paths is not None

    def batch(self, waiting: Path, paths: list[str]) -> Batch:
        """Some pages that stand in one folder."""
        return self._ahead.pop(paths[0]) if paths[0] in self._ahead else self._draw_batch(waiting, paths)

    def _draw_batch(self, waiting: Path, paths: list[str]) -> Batch:
        """Pages, but for those that tell what the check found where none was made."""
        drawn: dict[str, Drawn] = {}
        for path in paths:
            with suppress(UncheckedError):
                drawn[path] = self._drawn(path)
        for path in paths:
            del self.pages[path]
        return {path: (replace(page, content=b""), append(waiting, page.content)) for path, page in drawn.items()}

    def take(self, path: str) -> Drawn:
        """A page, once: with the last one goes all that they were drawn with."""
        work = self._batches.pop(path, None)
        found = {} if work is None or work.is_ours() else work.result()
        if path not in found:
            return self.draw(path)
        del self.pages[path]
        drawn, content = found.pop(path)
        return replace(drawn, content=content.read())

    def draw(self, path: str) -> Drawn:
        """Draw a page here."""
        drawn = self._drawn(path)
        del self.pages[path]
        return drawn

    def _drawn(self, path: str) -> Drawn:
        page = self.pages[path]
        body = page.body()
        return Drawn(
            page.fragments.expanded(body),
            list(_headings(body)),
            frozenset(map(html.unescape, ANCHOR.findall(body))),
            self.index.entry(SearchPage(page.address, page.title, body, page.fragments)),
        )


def draw_file(drawing: Drawing, folder: Path, path: str) -> None:
    """A file into a folder that nobody uses yet."""
    fill_folder(folder, [(path, drawing.files[path]())])


def _in_one_folder(pages: Iterable[str]) -> Iterator[list[str]]:
    """Some paths of pages at a time that stand in one folder: such pages share most of what they show."""
    batch: list[str] = []
    for path in pages:
        if batch and (len(batch) == PAGES or path.rpartition("/")[0] != batch[0].rpartition("/")[0]):
            yield batch
            batch = []
        batch.append(path)
    if batch:
        yield batch


def _headings(content: str) -> Iterator[Any]:
    """The headings of our own pages for the theme's table of contents; `data-short` names one there."""
    tokens: list[dict[str, Any]] = []
    above: list[dict[str, Any]] = []
    for level, anchor, short, inner in HEADING.findall(content):
        token = {"level": int(level), "id": anchor, "name": short or TAG.sub("", inner), "children": []}
        while above and above[-1]["level"] >= token["level"]:
            above.pop()
        (above[-1]["children"] if above else tokens).append(token)
        above.append(token)
    yield from tokens
