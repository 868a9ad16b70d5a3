"""Addresses as one page writes them: always relative, so that the site works from a folder and under any path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from generator.book import Book
from generator.renderers.naming import EXTRA_PAGE, measure_page, party_page


@dataclass(frozen=True)
class Links:
    """What a template calls to point elsewhere; `root` is the way up to the site's root: empty or `../`."""

    book: Book
    root: str

    def to(self, path: str, anchor: str = "") -> str:
        """Any page or file by its address from the root; Chinese file names are percent-encoded."""
        return self.root + _quoted(path, anchor)

    def measure(self, measure_id: str, anchor: str = "") -> str:
        """A measure's page, or a statement on it."""
        return self.to(measure_page(measure_id), anchor)

    def statement(self, statement: str) -> str:
        """A clause, a statement or an extra task by its id: `scheme-14.1.5` stands on the page of scheme-14."""
        measure_id, dot, _ = statement.partition(".")
        if dot or measure_id in self.book.graph.measures:
            return self.measure(measure_id, statement if dot else "")
        if statement in self.book.extra_labels:
            return self.to(EXTRA_PAGE, statement)
        return self.to("document.html", statement)

    def party(self, party: str) -> str:
        """The page of a unit or a group."""
        return self.to(party_page(self.book, party))


@lru_cache(maxsize=1 << 15)
def _quoted(path: str, anchor: str) -> str:
    """Kept, for most places are pointed to from many pages."""
    return f"{quote(path)}{'#' if anchor else ''}{quote(anchor)}"
