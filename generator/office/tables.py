"""A sheet as a frozen value: what stands in it; `excel` draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.office.excel_styles import Paper


@dataclass(frozen=True)
class Formula:
    """A live formula with the value to show until Excel reckons anew.

    `{row}`, `{column}`, `{first}`, `{last}` stand for its own row and column and for the rows of the body.
    """

    text: str
    value: int | float | str


Plain = str | int | float | date | Formula | None


@dataclass(frozen=True)
class Styled:
    """A cell that looks different from its column; one that spans several covers the cells to its right."""

    value: Plain
    style: str
    span: int = 1


Cell = Plain | Styled


@dataclass(frozen=True)
class Column:
    """One column: heading, width in digits, style of its cells; `choices` become a drop-down list.

    `rule` is a data validation in XlsxWriter's words that only warns; a `hidden` column holds marks, not words.
    """

    heading: str
    width: float = 10
    style: str = "text"
    heading_style: str = "head"
    choices: tuple[str, ...] = ()
    rule: Mapping[str, Any] | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Separator:
    """A line of the body that names what follows; not merged, so that filters keep working."""

    text: str


@dataclass(frozen=True)
class Band:
    """A heading above several columns, `first` to `last` from 0."""

    text: str
    first: int
    last: int


Row = Sequence[Cell] | Separator


@dataclass(frozen=True)
class Table:
    """One sheet: title, a note, headings, body, totals, and lines to sign at the foot."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    bands: tuple[Band, ...] = ()
    totals: tuple[Sequence[Cell], ...] = ()
    foot: tuple[str, ...] = ()
    paper: Paper = Paper.A4
    frozen_columns: int = 0
    filtered: bool = True
    locked: bool = False

    @property
    def head_row(self) -> int:
        """Row of the headings, from 0: below title, note and bands."""
        return 1 + bool(self.note) + bool(self.bands)
