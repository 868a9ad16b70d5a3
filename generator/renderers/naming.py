"""Names of files and addresses of pages: the one place that decides them."""

from __future__ import annotations

from generator.book import Book
from generator.writing import filled_name

ALL = "all"
"""The owner of what belongs to no single unit."""

PROGRESS_PAGE, REPORTING_PAGE = "progress.html", "reporting.html"
EXTRA_PAGE, AIR_PAGE, GUIDE_PAGE = "extra-tasks.html", "air.html", "internal-guide.html"
"""Pages that only the internal edition has."""


def download_path(book: Book, key: str, owner: str, plan: str | None = None) -> str:
    """`downloads/<unit id or all>/<Chinese name>.<ext>`; the name's pattern is `download.<key>` in terms.yml."""
    year = book.plan(plan).head.year if plan else None
    unit = "" if owner == ALL else book.graph.name(owner)
    pattern = book.terms(f"download.{key}")
    stem, _, suffix = pattern.rpartition(".")
    mark = book.terms("edition.file_mark") if book.internal else ""
    return f"downloads/{owner}/{filled_name(stem + mark, {'unit': unit, 'year': year})}.{suffix}"


def measure_page(measure_id: str) -> str:
    """The permanent address of a measure."""
    return f"measures/{measure_id}.html"


def unit_page(unit: str) -> str:
    """The permanent address of a unit."""
    return f"units/{unit}.html"


def group_page(group: str) -> str:
    """The permanent address of a group."""
    return f"groups/{group}.html"


def party_page(book: Book, party: str) -> str:
    """The permanent address of a unit or a group."""
    return unit_page(party) if party in book.graph.unit_by_id else group_page(party)
