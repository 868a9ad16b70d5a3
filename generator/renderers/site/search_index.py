"""The index behind the search box: the text of every page, block by block, with the anchor that each part stands under.

`assets/search/worker.js` reads it. The site's plugin gives the pages as they were drawn (`SearchPage`), and writes what
`search_index` returns to `search/search_index.json` before the offline plugin copies that file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import html

from generator.book import Book
from generator.renderers.naming import group_page, unit_page
from generator.renderers.site.search_words import SearchWords, search_words

GAP = "\n"
"""Stands between blocks; the worker never folds it away, so that no hit spans two cells of a table."""

INLINE = frozenset(
    "a abbr b bdi bdo button cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small "
    "span strong sub sup time tt u var wbr".split()
)
SKIPPED = frozenset("script style template svg object select textarea input noscript".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
NOT_TEXT = frozenset({"headerlink", "pb-sign"})
"""Classes of what the page adds to the text: a sign such as ※ must not break the sentence that is looked for."""
ELSEWHERE, DUTY, UNIT = 0, 1, 2
BOOSTS = {"measures/": 30, "units/": 20, "groups/": 20, "chapters/": 5}
PARTY_LINK = re.compile(r"(?:^|/)(?:units|groups)/[a-z][a-z0-9-]*\.html")


@dataclass(frozen=True)
class SearchPage:
    """One page as it was drawn: its address from the site's root, its title, and the HTML of its article."""

    location: str
    title: str
    html: str


@dataclass
class _Text:
    """The text read so far, and the anchors: [offset, id, label, field]."""

    labels: Mapping[str, str]
    fields: bool
    parts: list[str] = field(default_factory=list)
    length: int = 0
    anchors: list[tuple[int, str, str, int]] = field(default_factory=list)
    title: str = ""
    gap: bool = False

    def add(self, text: str, mark: tuple[str, str, int]) -> None:
        """One run of text under an anchor; white space is one blank, and none at the ends of a block."""
        words = re.sub(r"\s+", " ", text)
        if self.gap or not self.length:
            words = words.lstrip()
        if not words:
            return
        if self.gap and self.length:
            self._append(GAP)
        self.gap = False
        if not self.anchors or self.anchors[-1][1:] != mark:
            self.anchors.append((self.length, *mark))
        self._append(words)

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text.encode("utf-16-le")) // 2  # a browser counts in UTF-16

    @cached_property
    def text(self) -> str:
        """Everything read."""
        return "".join(self.parts)


def search_index(pages: Iterable[SearchPage], book: Book) -> bytes:
    """`search_index.json`: the pages in their order, and the words under which units may be looked for; UTF-8."""
    words = search_words(book)
    config = {
        "lang": ["zh"],
        "separator": "[\\s]+",
        "pipeline": [],
        "fields": {"title": {"boost": 1}, "text": {"boost": 1}},
        "synonyms": words.synonyms,
        "names": words.names,
    }
    named = _party_names(book, words)
    labels = statement_labels(book)
    docs = [search_entry(page, labels, named.get(page.location, ())) for page in pages]
    written = json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))
    # The offline plugin makes a script of this text; old browsers end a string at these two.
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode("utf-8", "backslashreplace")


def search_entry(page: SearchPage, labels: Mapping[str, str], names: Iterable[str] = ()) -> dict[str, Any]:
    """One page of the index; its first <h1>, else its title, is the heading and stands outside the text."""
    read = _Text(labels, fields=page.location.startswith("measures/"))
    if page.html.strip():
        _read(html.fragment_fromstring(page.html, create_parent="div"), read, ("", "", ELSEWHERE))
    boost = next((value for start, value in BOOSTS.items() if page.location.startswith(start)), 0)
    entry: dict[str, Any] = {"location": page.location, "title": read.title or page.title, "text": read.text}
    entry["anchors"] = [list(anchor) for anchor in read.anchors]
    if boost:
        entry["boost"] = boost
    if names:
        entry["names"] = list(names)
    return entry


def statement_labels(book: Book) -> dict[str, str]:
    """What a result calls a clause or a statement: `scheme-14.1.5` → 方案-14 第5句."""
    pattern = book.terms("search.statement")
    labels = {task.id: task.label for task in book.graph.tasks}
    for task in book.graph.tasks:
        for index in range(len(task.clause.statements)):
            labels[task.statement_id(index)] = pattern.format(task=task.label, number=index + 1)
    return labels


def _party_names(book: Book, words: SearchWords) -> dict[str, tuple[str, ...]]:
    """Address of a unit's or group's page → the names under which it is looked for."""
    pages = {unit.id: unit_page(unit.id) for unit in book.graph.units}
    pages |= {group.id: group_page(group.id) for group in book.graph.groups}
    return {pages[party]: names for party, names in words.parties.items()}


def _read(element: Any, read: _Text, mark: tuple[str, str, int]) -> tuple[str, str, int]:
    """The text of an element and of its children; returns the anchor that holds after it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in SKIPPED or _excluded(element):
        return mark
    if tag == "br":
        read.gap = True
        return mark
    if tag not in INLINE:
        read.gap = True
    inner = _entered(element, read, mark)
    if tag == "h1" and not read.title:
        read.title = " ".join("".join(_visible(element)).split())
    else:
        inner = _read_children(element, read, inner)
    if tag not in INLINE:
        read.gap = True
    return (inner[0], inner[1], mark[2]) if tag in HEADINGS else mark


def _read_children(element: Any, read: _Text, mark: tuple[str, str, int]) -> tuple[str, str, int]:
    if element.text:
        read.add(element.text, mark)
    for child in element:
        mark = _read(child, read, mark)
        if child.tail:
            read.add(child.tail, mark)
    return mark


def _entered(element: Any, read: _Text, mark: tuple[str, str, int]) -> tuple[str, str, int]:
    """The anchor inside an element: its own id if it has one; the field that its text belongs to."""
    name, label, kind = mark
    identifier = element.get("id")
    if identifier:
        name = identifier
        if element.tag in HEADINGS:
            label = " ".join("".join(_visible(element)).split())
        label = read.labels.get(identifier, label)
    if read.fields:
        if identifier in read.labels and identifier.count(".") == 2:  # a statement, not its clause
            kind = DUTY
        elif element.tag == "a" and PARTY_LINK.search(element.get("href") or ""):
            kind = UNIT
    return name, label, kind


def _visible(element: Any) -> Iterable[str]:
    """The text of an element without what is excluded."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED and not _excluded(child):
            yield from _visible(child)
        if child.tail:
            yield child.tail


def _excluded(element: Any) -> bool:
    return "data-search-exclude" in element.attrib or not NOT_TEXT.isdisjoint((element.get("class") or "").split())
