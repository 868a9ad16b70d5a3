"""The index behind the search box, as `assets/search/worker.js` reads it.

The site's plugin gives the pages as they were drawn, and writes what `search_index` returns to
`search/search_index.json` and as a script, in the place of those that the theme's plugins write.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.book import Book
from generator.renderers.naming import party_page
from generator.renderers.site.fragments import Fragments
from generator.renderers.site.page_text import PageTexts
from generator.renderers.site.search_words import SearchWords, parties, party_names, search_words

MEASURES = "measures/"
BOOSTS = {MEASURES: 30, "units/": 20, "groups/": 20, "chapters/": 5}
"""Of two pages that answer equally well, the one that is about the thing comes first."""


@dataclass(frozen=True)
class SearchPage:
    """One page as it was drawn: its address from the site's root, its title, and the HTML of its article.

    `fragments` are those that comments in it stand for.
    """

    location: str
    title: str
    html: str
    fragments: Fragments = field(default_factory=Fragments)


class SearchIndex:
    """The index while pages come one by one: of each it keeps what is looked for, not its HTML."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.entries: dict[str, bytes] = {}

    @cached_property
    def _texts(self) -> PageTexts:
        return PageTexts(statement_labels(self.book))

    @cached_property
    def words(self) -> SearchWords:
        """Other ways to type names, which the finder offers too: how characters are read takes long to load."""
        return search_words(self.book)

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        return names_by_page(self.book)

    def expect(self, locations: Iterable[str]) -> None:
        """Pages that come in any order are to stand in this one."""
        self.entries = dict.fromkeys(locations, b"")

    def entry(self, page: SearchPage) -> bytes:
        """What is to stand in `entries` of a page, by its address from the site's root."""
        return _written(_json(search_entry(page, self._texts, self._named.get(page.location, ()))))

    def pieces(self) -> Iterator[bytes]:
        """`search_index.json` in UTF-8, piece by piece: of a large plan it is long."""
        yield from (b'{"config":', _written(_json(_config(self.words))), b',"docs":[')
        for place, entry in enumerate(self.entries.values()):
            yield from (b",", entry) if place else (entry,)
        yield b"]}"


def search_index(pages: Iterable[SearchPage], book: Book) -> bytes:
    """`search_index.json` in UTF-8: the pages in their order, and the words under which units are looked for."""
    index = SearchIndex(book)
    for page in pages:
        index.entries[page.location] = index.entry(page)
    return b"".join(index.pieces())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _written(written: str) -> bytes:
    # It is written as a script too; for old browsers these two end a line inside a string.
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode("utf-8", "backslashreplace")


def _config(words: SearchWords) -> dict[str, Any]:
    """Material reads the separator, to mark what was found on the page it opens, and asks for the rest."""
    return {
        "lang": ["zh"],
        "separator": "[\\s]+",
        "pipeline": [],
        "fields": {"title": {"boost": 1}, "text": {"boost": 1}},
        **words.config(),
    }


def search_entry(page: SearchPage, texts: PageTexts, names: Iterable[str] = ()) -> dict[str, Any]:
    """One page of the index; its first <h1>, else its title, is the heading and stands outside the text."""
    read = texts.read(page.html, page.location.startswith(MEASURES), page.fragments)
    return {
        "location": page.location,
        "title": read.title or page.title,
        "text": read.text,
        "anchors": [[offset, *anchor] for offset, anchor in read.anchors],
        "boost": next((boost for start, boost in BOOSTS.items() if page.location.startswith(start)), 0),
        "names": list(names),
    }


def statement_labels(book: Book) -> dict[str, str]:
    """What a result calls a clause or a statement: `scheme-14.1.5` → 方案-14 第5句."""
    pattern = book.terms("search.statement")
    labels = {task.id: task.label for task in book.graph.tasks}
    for task in book.graph.tasks:
        for index in range(len(task.clause.statements)):
            labels[task.statement_id(index)] = pattern.format(task=task.label, number=index + 1)
    return labels


def names_by_page(book: Book) -> dict[str, tuple[str, ...]]:
    """All names of a unit or a group, by the address of its page."""
    return {party_page(book, party.id): party_names(party) for party in parties(book)}
