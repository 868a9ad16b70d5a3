"""Rows of cells, with spans, made a full grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.importing.documents.received import Cell

MAX_CELLS = 400_000


def full_grid(rows: Iterable[Sequence[Cell]], where: str) -> tuple[tuple[Cell, ...], ...]:
    """Rows of equal length; what is missing is an empty cell."""
    given = list(rows)
    width = max((len(row) for row in given), default=0)
    return tuple((*row, *(Cell("", where) for _ in range(width - len(row)))) for row in given)


class Grid:
    """Takes cells with their spans, row by row, as HTML and Word give them."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._taken: dict[tuple[int, int], Cell] = {}
        self._row = -1
        self._width = 0

    def next_row(self) -> None:
        """Begin a row."""
        self._row += 1

    def add(self, text: str, columns: int = 1, rows: int = 1) -> None:
        """Put a cell at the first free place of the row; it covers `columns` × `rows` places."""
        column = 0
        while (self._row, column) in self._taken:
            column += 1
        cell = Cell(text, f"{self.where}第{self._row + 1}行第{column + 1}列")
        columns, rows = max(1, min(columns, 100)), max(1, min(rows, 2000))
        for row in range(self._row, self._row + rows):
            for place in range(column, column + columns):
                if len(self._taken) < MAX_CELLS:
                    self._taken.setdefault((row, place), cell)
        self._width = max(self._width, column + columns)

    def extend_above(self, columns: int = 1) -> None:
        """Continue, at the first free place, the cell that stands above it."""
        column = 0
        while (self._row, column) in self._taken:
            column += 1
        above = self._taken.get((self._row - 1, column))
        for place in range(column, column + max(1, min(columns, 100))):
            if above is not None:
                self._taken.setdefault((self._row, place), above)
        self._width = max(self._width, column + columns)

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The full grid; spans that hang over the last row are cut."""
        empty = Cell("", self.where)
        return tuple(
            tuple(self._taken.get((row, column), empty) for column in range(self._width))
            for row in range(self._row + 1)
        )
