"""The table of deliverables: everything that can be downloaded, each for its owners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.book import Artifact, Book
from generator.renderers.naming import ALL, download_path


@dataclass(frozen=True)
class Item:
    """One file of a deliverable: whose it is (a unit's id, or `all`), and for which annual plan if any."""

    owner: str
    plan: str | None = None


@dataclass(frozen=True)
class Download:
    """One kind of file: `key` names it in terms.yml (`download.<key>`, `deliverable.<key>`)."""

    key: str
    items: Callable[[Book], tuple[Item, ...]]

    def path(self, book: Book, item: Item) -> str:
        """Where the file stands in the site."""
        return download_path(book, self.key, item.owner, item.plan)


@dataclass(frozen=True)
class Deliverable(Download):
    """A kind of file that is drawn from the book alone."""

    draw: Callable[[Book, Item], bytes]

    def render(self, book: Book) -> Iterator[Artifact]:
        """Every file of this kind."""
        for item in self.items(book):
            yield Artifact(self.path(book, item), self.draw(book, item))


def every_unit(book: Book) -> tuple[Item, ...]:
    """One file for each unit that owes anything."""
    return tuple(Item(unit) for unit in book.units)


def the_whole(book: Book) -> tuple[Item, ...]:
    """One file for all."""
    return (Item(ALL),)
