"""The trend of a year as a picture (按月趋势图): columns of tasks by class, drawn when the site is built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.tallies import StateGroup
from generator.analysis.trend import TrendMonth

COLUMN, GAP, HEIGHT = 44, 16, 200
"""Width of a column, room between two, height of the highest; in the picture's own units."""
LEAST_FOR_NUMBER = 12
"""A piece lower than this has no room for its number: the table beside the picture has it."""


@dataclass(frozen=True)
class Piece:
    """A run of a column: a class of tasks, told by its pattern and number, never by colour alone."""

    group: StateGroup
    count: int
    top: float
    height: float

    @property
    def numbered(self) -> bool:
        """Whether its number fits into it."""
        return self.height >= LEAST_FOR_NUMBER


@dataclass(frozen=True)
class Column:
    """A month."""

    left: int
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class TrendPicture:
    """The columns, with the classes that occur in any of them in the order of StateGroup."""

    columns: tuple[Column, ...]
    groups: tuple[StateGroup, ...]
    column_width: int = COLUMN
    height: int = HEIGHT

    @property
    def width(self) -> int:
        """The width of the picture."""
        return len(self.columns) * (COLUMN + GAP) + GAP


def trend_picture(months: tuple[TrendMonth, ...]) -> TrendPicture | None:
    """The picture of the months; None where there is none or no task."""
    most = max((month.tally.total for month in months), default=0)
    if not most:
        return None
    columns = tuple(
        Column(
            left=GAP + place * (COLUMN + GAP),
            label=f"{month.month.first.month}月",
            pieces=tuple(_pieces(month, most)),
        )
        for place, month in enumerate(months)
    )
    used = {piece.group for column in columns for piece in column.pieces}
    return TrendPicture(columns, tuple(group for group in StateGroup if group in used))


def _pieces(month: TrendMonth, most: int) -> Iterator[Piece]:
    """From the ground upward, 已办结 lowest."""
    ground = float(HEIGHT)
    for group in StateGroup:
        count = month.tally.count(group)
        if count:
            height = round(count / most * HEIGHT, 2)
            ground = round(ground - height, 2)
            yield Piece(group, count, ground, height)
