"""What a reader hands on: lines, paragraphs and tables in order, each with its place in the document."""

from __future__ import annotations

from dataclasses import dataclass

from generator.findings import Finding, Place, PlanError, Severity, shown

RULE = "import"


@dataclass(frozen=True)
class Line:
    """A line of a text, or a whole paragraph where the format knows paragraphs (`firm`); `indent` in characters.

    `page_edge` marks the first line of a page; `full`: whether it reaches the right margin, where that is known.
    """

    text: str
    where: str
    firm: bool = False
    blank_before: bool = False
    page_edge: bool = False
    indent: float = 0
    full: bool | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a table; a merged cell is one object that stands at several places of the grid."""

    text: str
    where: str


@dataclass(frozen=True)
class Table:
    """A table as a full grid; every row has as many cells as the widest."""

    rows: tuple[tuple[Cell, ...], ...]
    where: str


@dataclass(frozen=True)
class LeftOut:
    """Characters of the document that are not in the draft, and why."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True)
class Received:
    """A document as it was read; `name` is its file name."""

    name: str
    parts: tuple[Line | Table, ...]
    left_out: tuple[LeftOut, ...] = ()


def refusal(name: str, message: str) -> PlanError:
    """A document that cannot be read, with what to do about it."""
    return PlanError([Finding(Place(shown(name, 300)), RULE, Severity.ERROR, message)])
