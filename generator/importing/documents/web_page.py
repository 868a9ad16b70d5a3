"""A web page: its paragraphs and tables, without what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree, html

from generator.importing.documents.characters import Cleaner
from generator.importing.documents.grids import Grid
from generator.importing.documents.plain_text import decoded, indent_of
from generator.importing.documents.received import LeftOut, Line, Received, Table, refusal

_WORDS = re.compile(r"\w+")
BLOCKS = frozenset(
    _WORDS.findall(
        "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3"
        " h4 h5 h6 header hr html li main nav ol p pre section ul td th tr tbody thead table caption"
    )
)
UNSEEN = frozenset(
    _WORDS.findall("script style head noscript template iframe object svg math video audio canvas map link meta")
)
FURNITURE = frozenset(
    _WORDS.findall("nav header footer aside form button select option input textarea label menu dialog")
)
_SENTENCE = re.compile("[，。；,;]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
MOST_OF_IT = 0.97
"""The element that holds so much of all the sentences is the document, what stands around it is the site."""


def read_web_page(name: str, content: bytes) -> Received:
    """An .html: paragraphs as a browser breaks them; navigation and other furniture is left out and told."""
    cleaner = Cleaner()
    text = cleaner.clean(_decoded(name, content), "全文")
    try:
        page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise refusal(name, "网页里没有可读的内容；请在浏览器里打开，另存为网页后再导入") from None
    body = page.find("body") if page.find("body") is not None else page
    root = _main(body)
    walk = _Walk(cleaner)
    headings = list(_headings_before(body, root))
    for heading in headings:
        walk.element(heading)
    walk.element(root)
    around = tuple(_around(body, [root, *headings]))
    return Received(name, tuple(walk.parts), (*cleaner.left_out(), *walk.left_out, *around))


def _decoded(name: str, content: bytes) -> str:
    """The page says its own encoding, and is often wrong; GB2312 and GBK mean GB18030."""
    said = _CHARSET.search(content[:4096])
    if said and said.group(1).lower().startswith(b"gb"):
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return decoded(name, content)


def _tag(element: html.HtmlElement) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _out_of_sight(element: html.HtmlElement) -> bool:
    hidden = _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None
    return _tag(element) in UNSEEN or _tag(element) == "" or bool(hidden)


def _weights(body: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """How many characters of sentences each element holds, itself and below."""
    weights: dict[html.HtmlElement, int] = {}
    for element in reversed(list(body.iter())):
        if _out_of_sight(element) or _tag(element) in FURNITURE:
            weights[element] = 0
            continue
        texts = [element.text or "", *(child.tail or "" for child in element)]
        own = sum(len(text.strip()) for text in texts if _SENTENCE.search(text))
        weights[element] = own + sum(weights.get(child, 0) for child in element)
    return weights


def _main(body: html.HtmlElement) -> html.HtmlElement:
    """The smallest element that holds nearly all sentences, but never a part of a paragraph or of a table."""
    weights = _weights(body)
    whole, root = weights.get(body, 0), body
    while whole:
        inner = next((child for child in root if weights.get(child, 0) >= MOST_OF_IT * whole), None)
        if inner is None or _tag(inner) not in {"div", "article", "main", "section", "center", "body"}:
            break
        root = inner
    return root


def _headings_before(body: html.HtmlElement, root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Page titles that stand outside the text and are not repeated in it."""
    inside = "".join(root.itertext())[:2000]
    text = "".join(inside.split())
    for element in body.iter("h1", "h2"):
        if element is root or root in element.iterancestors():
            continue
        words = "".join("".join(element.itertext()).split())
        if len(words) >= 10 and words not in text and not any(map(_out_of_sight, element.iterancestors())):
            yield element
            return


def _around(body: html.HtmlElement, taken: Sequence[html.HtmlElement]) -> Iterator[LeftOut]:
    """What the site shows around the document."""
    if body in taken:
        return
    inside = {element for root in taken for element in root.iter()}
    words = [
        text.strip()
        for element in body.iter()
        if element not in inside and not _out_of_sight(element)
        for text in (element.text or "", element.tail or "")
    ]
    text = " ".join(word for word in words if word)
    if text:
        yield LeftOut("网页正文之外", text, "网站的导航和说明")


class _Walk:
    """Walks through the elements without recursion: a page may nest as deep as it likes."""

    def __init__(self, cleaner: Cleaner) -> None:
        self.cleaner = cleaner
        self.parts: list[Line | Table] = []
        self.left_out: list[LeftOut] = []
        self._buffer: list[str] = []
        self._blocks = self._tables = 0

    def element(self, root: html.HtmlElement) -> None:
        """Take an element with all that is in it."""
        stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
        while stack:
            element, done = stack.pop()
            if done:
                self._leave(element)
                if element is not root:
                    self._buffer.append(element.tail or "")
                continue
            stack.append((element, True))
            if self._enter(element):
                stack.extend((child, False) for child in reversed(element))
        self._flush()

    def _enter(self, element: html.HtmlElement) -> bool:
        """Whether to go on into the element."""
        tag = _tag(element)
        if _out_of_sight(element):
            return False
        if tag in FURNITURE:
            self._leave_out(element)
            return False
        if tag in BLOCKS or tag == "br":
            self._flush()
        if tag == "table" and (table := self._table(element)):
            self.parts.append(table)
            return False
        self._buffer.append(element.text or "")
        return True

    def _leave(self, element: html.HtmlElement) -> None:
        if _tag(element) in BLOCKS:
            self._flush()

    def _flush(self) -> None:
        text = "".join(self._buffer)
        self._buffer.clear()
        if text.strip():
            self._blocks += 1
            flat = re.sub(r"[\t\n\r ]+", " ", text)
            self.parts.append(Line(flat, f"第{self._blocks}段", firm=True, indent=indent_of(flat.strip(" "))))

    def _leave_out(self, element: html.HtmlElement) -> None:
        words = " ".join("".join(element.itertext()).split())
        if words:
            self.left_out.append(LeftOut(f"第{self._blocks}段之后", words, "网页的导航或表单"))

    def _table(self, element: html.HtmlElement) -> Table | None:
        """A table of data; one that only lays the page out (one column, or tables within) is none."""
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        widest = max((len(row.findall("td")) + len(row.findall("th")) for row in rows), default=0)
        if widest < 2 or len(rows) < 2 or element.find(".//td//table") is not None:
            return None
        self._tables += 1
        grid = Grid(f"表{self._tables}")
        for row in rows:
            grid.next_row()
            for cell in row.iterchildren("td", "th"):
                grid.add(_cell_text(cell), _span(cell, "colspan"), _span(cell, "rowspan"))
        return Table(grid.rows(), grid.where)


def _span(cell: html.HtmlElement, name: str) -> int:
    written = cell.get(name) or "1"
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 1


def _cell_text(cell: html.HtmlElement) -> str:
    """The words of a cell; its paragraphs stand on lines of their own."""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(cell, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            parts.append("" if unseen else element.tail or "")
            continue
        unseen += (1 if event == "start" else -1) if _out_of_sight(element) else 0
        if element is not cell and (_tag(element) in BLOCKS or _tag(element) == "br"):
            parts.append("\n")
        if event == "start" and not unseen:
            parts.append(element.text or "")
        elif event == "end" and element is not cell and not unseen:
            parts.append(element.tail or "")
    lines = "".join(parts).split("\n")
    return "\n".join(words for line in lines if (words := " ".join(line.split())))
