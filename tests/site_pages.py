"""The generated pages of a book, taken apart for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import html

from generator.book import Book
from generator.graph import resolve
from generator.project import Project
from generator.renderers.registry import render_pages
from generator.storage import load_project, load_terms
from tests.conftest import AS_OF

INLINE = {
    "a",
    "span",
    "mark",
    "sup",
    "strong",
    "code",
    "time",
    "button",
    "label",
    "input",
    "select",
    "output",
    "del",
    "ins",
}
HIDDEN = {"select", "script", "style", "svg"}


def unchecked_book(project: Project) -> Book:
    """A project as a book, whatever the checks say of it."""
    loaded = load_project(project)
    assert loaded.complete, loaded.findings
    return Book(loaded, resolve(loaded), load_terms(project), (), AS_OF, project)


DRAWN: dict[int, tuple[Book, dict[str, str]]] = {}
"""The pages of the books of the session: many tests look at those of the same book."""


def sources(book: Book) -> dict[str, str]:
    """The source of every page by its path; drawn once for each book."""
    if id(book) not in DRAWN:
        DRAWN[id(book)] = book, {artifact.path: artifact.content.decode() for artifact in render_pages(book)}
    return dict(DRAWN[id(book)][1])


def body(source: str) -> str:
    """The HTML of a page, without its front matter."""
    return source.partition("\n---\n")[2].strip()


def tree(source: str) -> Any:
    """A page as lxml reads it."""
    return html.fragment_fromstring(body(source))


def page_text(source: str) -> str:
    """A page as diffable text: a line a block, links and what marks say in place, table rows with bars."""
    head, _, _ = source.partition("\n---\n")
    lines = [re.sub(r"\s+", " ", line).strip() for line in "".join(_written(tree(source))).split("\n")]
    return head.replace("---\n", "") + "\n\n" + "\n".join(line for line in lines if line and line != "|") + "\n"


def _written(element: Any) -> Iterator[str]:
    """The text of an element and of what follows it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in HIDDEN or element.get("hidden") is not None:
        yield _flat(element.tail)
        return
    block = tag not in INLINE
    yield "\n" if block and tag not in {"td", "th"} else ""
    yield {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "td": "| ", "th": "| "}.get(tag, "")
    yield _opening(element)
    yield _flat(element.text)
    for child in element:
        yield from _written(child)
    yield _closing(element)
    yield "\n" if block and tag not in {"td", "th"} else " " if block else ""
    yield _flat(element.tail)


def _opening(element: Any) -> str:
    if element.get("id") and element.tag in {"li", "p", "section", "h1", "h2", "h3", "h4", "tr"}:
        return f"{{#{element.get('id')}}} "
    return {"a": "[", "del": "[-", "ins": "{+"}.get(element.tag, "")


def _closing(element: Any) -> str:
    if element.tag == "a":
        return f"]({unquote(element.get('href'))})"
    if element.tag in {"del", "ins"}:
        return "-]" if element.tag == "del" else "+}"
    note = element.get("title") if element.tag in {"mark", "sup"} else None
    return f"{{{note}}}" if note else ""


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
