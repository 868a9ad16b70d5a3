"""What can be downloaded (下载): the files of each unit and of the whole, as links for the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.book import Book
from generator.renderers.deliverables import Download
from generator.renderers.naming import ALL
from generator.terms import Terms


@dataclass(frozen=True)
class FileLink:
    """One file: where it stands in the site, what it is, and in which format."""

    path: str
    name: str
    format: str


@dataclass(frozen=True)
class Shelf:
    """All files by owner (a unit's id or `all`), then the open data."""

    kinds: tuple[tuple[str, str], ...]
    files: dict[tuple[str, str], tuple[FileLink, ...]]
    data: tuple[FileLink, ...]

    def of(self, owner: str) -> tuple[FileLink, ...]:
        """Every file of one owner, in the order of the table of deliverables."""
        return tuple(file for key, _ in self.kinds for file in self.files.get((owner, key), ()))

    def kinds_of(self, owners: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The kinds of file that any of the owners has."""
        wanted = tuple(owners)
        return tuple(
            (key, name) for key, name in self.kinds if any((owner, key) in self.files for owner in wanted)
        )

    def path(self, key: str, owner: str = ALL) -> str:
        """Where the first file of a kind stands; empty where there is none."""
        return next((file.path for file in self.files.get((owner, key), ())), "")


def shelf(book: Book, deliverables: Iterable[Download], data: Iterable[str]) -> Shelf:
    """The files that the deliverables will make; nothing is drawn here."""
    kinds = []
    files: dict[tuple[str, str], tuple[FileLink, ...]] = {}
    for deliverable in deliverables:
        kinds.append((deliverable.key, book.terms(f"deliverable.{deliverable.key}")))
        for item in deliverable.items(book):
            name = book.terms(f"deliverable.{deliverable.key}")
            if item.plan:
                name = book.terms("reading.of_year").format(year=book.plan(item.plan).head.year, name=name)
            link = file_link(book.terms, deliverable.path(book, item), name)
            files[item.owner, deliverable.key] = (*files.get((item.owner, deliverable.key), ()), link)
    named = tuple(file_link(book.terms, path, _data_name(book.terms, path)) for path in data)
    return Shelf(tuple(kinds), files, named)


def _data_name(terms: Terms, path: str) -> str:
    """The Chinese name of a data file; one that terms.yml does not know goes by its file name."""
    name = path.rpartition("/")[2]
    return terms.words.get(f"data_file.{name}", name)


def file_link(terms: Terms, path: str, name: str) -> FileLink:
    """A file with the name of its format: Word, Excel, 日历."""
    suffix = path.rpartition(".")[2]
    return FileLink(path, name, terms.words.get(f"file_format.{suffix}", suffix.upper()))
