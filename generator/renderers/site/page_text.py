"""What a page says, for looking it up: its text block by block, and the anchor that each part stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ADDED = frozenset(("headerlink", "pb-anchor", "pb-sign", "pb-path", "pb-legend", "pb-left", "pb-cite", "pb-count"))
"""Classes of what a page adds for reading it: a sign such as ※ must not break the sentence that is looked for."""

BLANKS = re.compile(r"\s+")
ELSEWHERE, DUTY, UNIT = 0, 1, 2
PARTY_LINK = re.compile(r"(?:^|/)(?:units|groups)/[a-z][a-z0-9-]*\.html")
PARSER = etree.HTMLParser()


class Anchor(NamedTuple):
    """Where a link can open the page, what a result calls that place, and what sort of text stands there."""

    id: str = ""
    label: str = ""
    field: int = ELSEWHERE


@dataclass
class PageText:
    """Title (the first <h1>), text, and `anchors`: (offset in UTF-16 as browsers count, anchor), in order."""

    labels: Mapping[str, str]
    fields: bool
    fragments: Fragments
    title: str = ""
    parts: list[str] = field(default_factory=list)
    anchors: list[tuple[int, Anchor]] = field(default_factory=list)
    length: int = 0
    gap: bool = False

    @property
    def text(self) -> str:
        """Everything read, one line for each block."""
        return "".join(self.parts)

    def add(self, text: str, anchor: Anchor) -> None:
        """One run of text; white space is one blank, and there is none where a block starts."""
        if self.gap and text.isspace():  # what stands between most tags
            return
        words = BLANKS.sub(" ", text)
        if self.gap or not self.length:
            words = words.lstrip()
        self.append(words, anchor)

    def append(self, words: str, anchor: Anchor) -> None:
        """Text as it is to stand in the index."""
        if not words:
            return
        if self.gap and self.length:
            self.parts.append(GAP)
            self.length += 1
        self.gap = False
        if not self.anchors or self.anchors[-1][1] != anchor:
            self.anchors.append((self.length, anchor))
        self.parts.append(words)
        self.length += len(words) if words.isascii() else len(words.encode("utf-16-le", "surrogatepass")) // 2


def page_text(
    source: str, labels: Mapping[str, str], fields: bool, fragments: Fragments | None = None
) -> PageText:
    """The text of a page's HTML; `labels` name its anchors, `fields` tells duties and units from other text.

    `fragments` are what comments in it stand for.
    """
    parts = fragments or Fragments()
    read = PageText(labels, fields, parts)
    # Where duties are told apart, what a part says depends on where it stands.
    whole = parts.expanded(source).decode() if fields else source
    for part in _parsed(parts.unread()):
        said = PageText({}, False, parts)
        _read(part, said, Anchor())
        parts.texts.append(said.text)
    _read(_parsed([whole])[0], read, Anchor())
    return read


def _parsed(sources: list[str]) -> list[Any]:
    """An element for each source; one by one where their tags do not match."""
    if not sources:
        return []
    found = list(etree.HTML("".join(f"<div>{source}</div>" for source in sources), PARSER)[0])
    if len(found) == len(sources):
        return found
    return [etree.HTML(f"<div>{source}</div>", PARSER) for source in sources]


def _read(element: Any, read: PageText, anchor: Anchor) -> Anchor:
    """The text of an element; returns the anchor that holds after it: that of a heading holds on."""
    tag = element.tag
    if not _is_text(element, tag):
        if tag is etree.Comment:
            _read_fragment(element.text, read, anchor)
        return anchor
    block = tag not in INLINE
    if block:
        read.gap = True
    inner = _anchor_inside(element, read, anchor) if read.fields or element.get("id") else anchor
    if tag == "h1" and not read.title:
        read.title = _line(element)
    else:
        inner = _read_content(element, read, inner)
    if block:
        read.gap = True
    return inner._replace(field=anchor.field) if tag in HEADINGS else anchor


def _read_content(element: Any, read: PageText, anchor: Anchor) -> Anchor:
    if text := element.text:
        read.add(text, anchor)
    for child in element:
        anchor = _read(child, read, anchor)
        if tail := child.tail:
            read.add(tail, anchor)
    return anchor


def _read_fragment(comment: str, read: PageText, anchor: Anchor) -> None:
    """What stands on several pages is not read again."""
    found = STANDS_FOR.fullmatch(f"<!--{comment}-->")
    if found:
        read.gap = True
        read.append(read.fragments.texts[int(found[1])], anchor)
        read.gap = True


def _anchor_inside(element: Any, read: PageText, anchor: Anchor) -> Anchor:
    """The anchor that an element's own text stands under."""
    name = element.get("id")
    if name:
        label = _line(element) if element.tag in HEADINGS else anchor.label
        anchor = anchor._replace(id=name, label=read.labels.get(name, label))
    return anchor._replace(field=_field(element, read, anchor)) if read.fields else anchor


def _field(element: Any, read: PageText, anchor: Anchor) -> int:
    """Duties are the statements of a task; units stand in what links to them, such as the bracket of a clause."""
    if element.get("id") in read.labels and anchor.id.count(".") == 2:  # a statement, not its clause
        return DUTY
    if anchor.field is DUTY:
        return UNIT if _names_party(element) else DUTY
    return UNIT if any(map(_names_party, element.iterchildren("a"))) else anchor.field


def _names_party(element: Any) -> bool:
    return element.tag == "a" and PARTY_LINK.search(element.get("href") or "") is not None


def _is_text(element: Any, tag: Any) -> bool:
    """Neither a comment nor markup without text nor what the page leaves out of the search."""
    if tag in SKIPPED or not isinstance(tag, str) or element.get("data-search-exclude") is not None:
        return False
    names = element.get("class")
    return names is None or ADDED.isdisjoint(names.split())


def _line(element: Any) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _is_text(child, child.tag):
            yield from _pieces(child)
        yield child.tail or ""
