"""Reads the text of a page's HTML as its tags come: runs of text, each with the anchor that it stands under."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from generator.renderers.site.fragments import STANDS_FOR, Fragments

GAP = "\n"
"""Stands between blocks; the search worker never folds it away, so that no hit spans two cells of a table."""

# fmt: off
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "u", "var", "wbr",
))
SKIPPED = frozenset((
    "button", "form", "input", "nav", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea",
))
# fmt: on
TITLE = "h1"
HEADINGS = frozenset((TITLE, "h2", "h3", "h4", "h5", "h6"))
ADDED = frozenset(("headerlink", "pb-anchor", "pb-sign", "pb-path", "pb-legend", "pb-left", "pb-cite", "pb-count"))
"""Classes of what a page adds for reading it: a sign such as ※ must not break the sentence that is looked for."""

BLANKS = re.compile(r"\s+")
ELSEWHERE, DUTY, UNIT = 0, 1, 2
PARTY_LINK = re.compile(r"(?:^|/)(?:units|groups)/[a-z][a-z0-9-]*\.html")
IN_TEXT = "pb-named"
"""The class of a unit where the text itself names it."""
UNREAD = "\n"
"""The label of what stands in a heading until the heading ends; no label of a page has a line feed."""


class Anchor(NamedTuple):
    """Where a link can open the page, what a result calls that place, and what sort of text stands there."""

    id: str = ""
    label: str = ""
    field: int = ELSEWHERE


class _Heading(NamedTuple):
    """One that is open: its anchor, what was read before it, and whether it is the page's title."""

    anchor: Anchor
    words: int
    lines: int
    is_title: bool


class TextReader:
    """What lxml's parser tells of tags and text, as they come; of a page it keeps no tree.

    `words` are runs of text, white space in them one blank; those that begin a block begin with GAP. `anchors` has
    for each the anchor that it stands under, and `title` is what the first <h1> says, which is not among them.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self.title = ""
        self.words: list[str] = []
        self.anchors: list[Anchor] = []
        self._pieces: list[str] = []
        self.data = self._pieces.append
        """Text comes in pieces: the parser cuts it at entities."""
        self._open: list[tuple[Anchor, int]] = []
        self._headings: list[_Heading] = []
        self._lines: list[str] = []
        self._fields, self._gap, self._skipped, self._anchor = False, True, 0, Anchor()
        self._fragments = Fragments()
        self._part: TextReader | None = None
        self._parser = etree.HTMLParser(target=self, encoding="utf-8")

    def read(self, source: bytes, fields: bool, fragments: Fragments) -> None:
        """Read HTML in UTF-8; `fields` tells duties and units from other text."""
        self.title = ""
        self.words.clear()
        self.anchors.clear()
        self._fields, self._gap, self._skipped, self._anchor = fields, True, 0, Anchor()
        self._fragments = fragments
        etree.HTML(b"<div>%b</div>" % source, self._parser)
        self._fragments = Fragments()  # those of a folder go with its last page

    def said(self, source: bytes, fragments: Fragments) -> str:
        """The text of some HTML."""
        self.read(source, False, fragments)
        return "".join(self.words).removeprefix(GAP)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins: what it says stands under its own anchor, if it has one."""
        if self._skipped:
            self._skipped += 1
            return
        if self._pieces:
            self._take_text()
        if self._fields and tag == "a" and self._anchor.field is ELSEWHERE and _names_party(attributes):
            self._mark_parent()
        if tag in SKIPPED or (
            attributes and ("data-search-exclude" in attributes or _is_added(attributes.get("class")))
        ):
            self._skipped = 1
            return
        self._open.append((self._anchor, len(self.words)))
        if attributes and ("id" in attributes or (self._fields and tag == "a")):
            self._anchor = self._anchor_inside(tag, attributes)
        if tag in INLINE:
            return
        self._gap = True
        if tag in HEADINGS:
            self._begin_heading(tag)

    def end(self, tag: str) -> None:
        """An element ends; what follows stands under the anchor from before it, but that of a heading holds on."""
        if self._skipped:
            self._skipped -= 1
            self._pieces.clear()
            return
        if self._pieces:
            self._take_text()
        outer, _ = self._open.pop()
        if tag in INLINE:
            self._anchor = outer
            return
        self._gap = True
        self._anchor = self._end_heading(outer) if tag in HEADINGS else outer

    def comment(self, text: str) -> None:
        """What stands on several pages is read once."""
        if self._skipped:
            return
        if self._pieces:
            self._take_text()
        if found := STANDS_FOR.fullmatch(f"<!--{text}-->"):
            self._part = self._part or TextReader({})  # it reads while this one does; a part may hold others
            if words := self._fragments.said(int(found[1]), self._part.said):
                self.words.append(GAP + words)
                self.anchors.append(self._anchor)
            self._gap = True

    def close(self) -> None:
        """The end, of which the parser tells too."""

    def _take_text(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if self._headings:
            self._lines.append(text)
        if self._gap and text.isspace():  # what stands between most tags
            return
        # Of all white space a blank alone is printable, and most text needs no pattern to look through it.
        words = text if text.isprintable() and "  " not in text else BLANKS.sub(" ", text)
        if self._gap:
            words = GAP + words.lstrip()
            self._gap = False
        self.words.append(words)
        self.anchors.append(self._anchor)

    def _anchor_inside(self, tag: str, attributes: Mapping[str, str]) -> Anchor:
        """Duties are the statements of a task; units stand in what links to them."""
        anchor, name = self._anchor, attributes.get("id")
        if self._fields and tag == "a" and anchor.field is DUTY and _names_party(attributes):
            anchor = anchor._replace(field=UNIT)
        if not name:
            return anchor
        label = UNREAD if tag in HEADINGS else anchor.label
        is_statement = self._fields and name in self.labels and name.count(".") == 2  # not its clause
        return Anchor(name, self.labels.get(name, label), DUTY if is_statement else anchor.field)

    def _mark_parent(self) -> None:
        """All that stands beside a link to a unit tells of units, as the bracket of a clause does."""
        _, first = self._open[-1]
        self.anchors[first:] = [anchor._replace(field=anchor.field or UNIT) for anchor in self.anchors[first:]]
        self._anchor = self._anchor._replace(field=UNIT)

    def _begin_heading(self, tag: str) -> None:
        is_title = tag == TITLE and not self.title and not any(above.is_title for above in self._headings)
        self._headings.append(_Heading(self._anchor, len(self.words), len(self._lines), is_title))

    def _end_heading(self, outer: Anchor) -> Anchor:
        heading, anchor = self._headings.pop(), self._anchor
        line = " ".join("".join(self._lines[heading.lines :]).split())
        if not self._headings:
            self._lines.clear()
        if heading.is_title:
            self.title, anchor = line, heading.anchor
            del self.words[heading.words :], self.anchors[heading.words :]
        if heading.anchor is not outer:
            self.anchors[heading.words :] = [_labelled(found, line) for found in self.anchors[heading.words :]]
            anchor = _labelled(anchor, line)
        return anchor._replace(field=outer.field)


def _labelled(anchor: Anchor, line: str) -> Anchor:
    return anchor._replace(label=line) if anchor.label == UNREAD else anchor


@lru_cache(maxsize=1024)
def _is_added(classes: str | None) -> bool:
    return classes is not None and not ADDED.isdisjoint(classes.split())


def _names_party(attributes: Mapping[str, str]) -> bool:
    """Whether it is a link to a unit or a group; one within a sentence is part of what the sentence says."""
    return attributes.get("class") != IN_TEXT and PARTY_LINK.search(attributes.get("href") or "") is not None
