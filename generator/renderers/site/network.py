"""The network page (责任网络): who works on what and with whom: two columns, a heat map, tables in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from generator.analysis.collaboration import Partnership, centralities, communities, fragmentation, hub
from generator.analysis.matrix import Matrix
from generator.analysis.workload import tasks_on_one_unit, tasks_without_lead
from generator.book import Book
from generator.model import Role
from generator.renderers.site.desk import Desk, Page

ADDRESS = "network.html"
ROW_HEIGHT = 24
MOST_ROWS = 150
"""Beyond so many measures the picture draws chapters: nobody reads a column of a thousand lines."""
HEAT = (2, 4, 7, 11)
"""Shared tasks from which a cell of the heat map is a shade darker."""
MOST_LISTED = 60
TIES = (("strong", 0.2), ("some", 0.01), ("few", 0.0001))
"""Shares of all shortest ways from which a unit is said to tie many, some or few others together."""


@dataclass(frozen=True)
class Row:
    """A line of the left column: a measure, or a chapter where there are very many; `held` has (column, role)."""

    label: str
    title: str
    plan: str
    measure: str | None
    held: tuple[tuple[int, Role], ...]


@dataclass(frozen=True)
class Edge:
    """A unit's role in a row: from the row's height to the unit's."""

    row: int
    column: int
    role: Role
    plan: str
    start: float
    end: float

    @property
    def path(self) -> str:
        """A curve across a picture 100 wide, which the page stretches to its width."""
        return f"M0 {self.start:g}C45 {self.start:g} 55 {self.end:g} 100 {self.end:g}"


@dataclass(frozen=True)
class Picture:
    """The two columns: rows on the left, units and groups on the right, and the edges between them."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    plans: tuple[str, ...]

    @property
    def height(self) -> int:
        """In CSS pixels; both columns have it."""
        return ROW_HEIGHT * max(len(self.rows), len(self.columns))

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every role of every row; weaker roles first, so that leads are drawn over them."""
        step, width = self.height / max(len(self.rows), 1), self.height / max(len(self.columns), 1)
        found = [
            Edge(at, column, role, row.plan, round((at + 0.5) * step, 1), round((column + 0.5) * width, 1))
            for at, row in enumerate(self.rows)
            for column, role in row.held
        ]
        strength = {role: at for at, role in enumerate(Role)}
        return tuple(sorted(found, key=lambda edge: -strength[edge.role]))


@dataclass(frozen=True)
class HeatMap:
    """Units × units: how many tasks two share; `pairs` are numbered as the page's anchors are."""

    parties: tuple[str, ...]
    pairs: tuple[Partnership, ...]

    @cached_property
    def number(self) -> dict[tuple[str, str], int]:
        """The number of a pair, in either order."""
        found = {(pair.first, pair.second): at for at, pair in enumerate(self.pairs)}
        return found | {(second, first): at for (first, second), at in found.items()}

    def cell(self, row: str, column: str) -> tuple[int, Partnership] | None:
        """The pair behind a cell and its number; None where two share nothing."""
        at = self.number.get((row, column))
        return None if at is None else (at, self.pairs[at])

    def shade(self, weight: int) -> int:
        """1 to 5; the figure stands in the cell as well."""
        return 1 + sum(1 for edge in HEAT if weight >= edge)


def picture(book: Book) -> Picture:
    """The two columns of a book: a row for each measure, or for each chapter where measures are too many."""
    table = book.matrix
    measures = tuple(_measure_rows(table))
    rows = measures if len(measures) <= MOST_ROWS else tuple(_chapter_rows(book, table))
    return Picture(rows, table.columns, tuple(plan.id for plan in book.plans))


def _measure_rows(table: Matrix) -> Iterator[Row]:
    for row in table.rows:
        held = tuple((at, role) for at, cell in enumerate(row.cells) for role in cell)
        yield Row(row.number, row.title, row.plan, row.measure_id, held)


def _chapter_rows(book: Book, table: Matrix) -> Iterator[Row]:
    gathered: dict[tuple[str, str], dict[tuple[int, Role], None]] = {}
    for row in table.rows:
        cells = gathered.setdefault((row.plan, row.chapter), {})
        cells.update({(at, role): None for at, cell in enumerate(row.cells) for role in cell})
    for (plan, chapter), held in gathered.items():
        head = book.plan(plan).head
        yield Row(head.label, chapter or head.short_title, plan, None, tuple(held))


def heat_map(book: Book) -> HeatMap:
    """Every unit and group that works with another, in official order."""
    named = {party for pair in book.partnerships for party in (pair.first, pair.second)}
    return HeatMap(tuple(party for party in book.matrix.columns if party in named), book.partnerships)


def tie(betweenness: float) -> str:
    """The term key of how far a unit ties others together: `network.tie.strong` … `.none`."""
    return f"network.tie.{next((name for name, edge in TIES if betweenness >= edge), 'none')}"


def network_page(desk: Desk) -> Iterator[Page]:
    """The one page of the network."""
    yield desk.draw(ADDRESS, desk.book.terms("page.network"), "network.md.j2", later=partial(_values, desk.book))


def _values(book: Book) -> dict[str, Any]:
    graph = book.graph
    centre = hub(graph)
    heat = heat_map(book)
    ties = centralities(graph, book.partnerships)
    return {
        "picture": picture(book),
        "by_chapter": len(book.matrix.rows) > MOST_ROWS,
        "heat": heat,
        "pairs": [(pair, [(label,) for label in pair.tasks[:MOST_LISTED]]) for pair in heat.pairs],
        "hub": centre,
        "ties": ties,
        "tasks_of": {row.party: row.tasks for row in ties},
        "tie": tie,
        "hub_tie": next((row for row in ties if row.party == centre), None),
        "without_hub": fragmentation(graph, book.partnerships, centre) if centre else None,
        "circles": [circle for circle in communities(graph, book.partnerships, centre) if len(circle) > 1],
        "single": tasks_on_one_unit(graph),
        "leaderless": tasks_without_lead(graph),
        "most_listed": MOST_LISTED,
    }
