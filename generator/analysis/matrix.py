"""Responsibility matrix (责任矩阵): tasks × units and groups, with the role in each cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import Role, circled

Cell = tuple[str, tuple[tuple[Role, str], ...]]
"""A column's unit or group, and every role that it holds in a row with the clauses that it holds it in."""


@dataclass(frozen=True)
class MatrixRow:
    """One measure; `cells` follow the matrix's columns, each with the roles held there.

    `clauses` stand beside them: ② for a role that is held in the second clause only, empty for one held in all.
    `open_clauses` tells whose list of units ends in 等: empty for none, 等 for all, 等② for the second only.
    """

    measure_id: str
    number: str
    title: str
    plan: str
    chapter: str
    cells: tuple[tuple[Role, ...], ...]
    clauses: tuple[tuple[str, ...], ...]
    open_clauses: str

    @property
    def total(self) -> int:
        """How many columns hold a role."""
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True)
class Matrix:
    """Rows are measures in document order; columns units in official order, then groups as written."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """How many measures each column has a role in."""
        return tuple(sum(map(bool, column)) for column in self._cells)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that any cell holds, in their fixed order."""
        held = {role for column in self._cells for cell in filter(None, column) for role in cell}
        return tuple(role for role in Role if role in held)

    def role_totals(self, role: Role) -> tuple[int, ...]:
        """How many measures each column has this role in."""
        return tuple(sum(role in cell for cell in filter(None, column)) for column in self._cells)

    def marks(self, row: MatrixRow) -> Iterator[Cell]:
        """The cells of a row, column by column."""
        for column, cell, clauses in zip(self.columns, row.cells, row.clauses, strict=True):
            yield column, tuple(zip(cell, clauses, strict=True)) if cell else ()

    @cached_property
    def _cells(self) -> tuple[tuple[tuple[Role, ...], ...], ...]:
        """Column by column."""
        return tuple(zip(*(row.cells for row in self.rows), strict=True))


def matrix(graph: ResponsibilityGraph, rows: tuple[TaskRow, ...]) -> Matrix:
    """The matrix of all plans; groups stay columns of their own, so nothing unconfirmed is spread over units."""
    named = {party for row in rows for _, _, party in row.parties}
    columns = tuple(party for party in graph.order if party in named)
    by_measure: dict[str, list[TaskRow]] = {}
    for row in rows:
        by_measure.setdefault(row.measure_id, []).append(row)
    return Matrix(columns, tuple(_matrix_row(tasks, columns) for tasks in by_measure.values()))


def _matrix_row(tasks: list[TaskRow], columns: tuple[str, ...]) -> MatrixRow:
    held: dict[str, dict[Role, list[int]]] = {}
    for position, task in enumerate(tasks, 1):
        for role, _, party in task.parties:
            held.setdefault(party, {}).setdefault(role, []).append(position)
    clauses = {
        party: {role: _only_in(roles[role], len(tasks)) for role in Role if role in roles}
        for party, roles in held.items()
    }
    opened = [position for position, task in enumerate(tasks, 1) if "remark.open" in task.remarks]
    first = tasks[0]
    return MatrixRow(
        measure_id=first.measure_id,
        number=first.measure_label,
        title=first.title,
        plan=first.plan,
        chapter=first.chapter,
        cells=tuple(tuple(clauses.get(column, ())) for column in columns),
        clauses=tuple(tuple(clauses.get(column, {}).values()) for column in columns),
        open_clauses=f"等{_only_in(opened, len(tasks))}" if opened else "",
    )


def _only_in(positions: list[int], count: int) -> str:
    """`②` for the second of several clauses; empty where it holds in all."""
    places = dict.fromkeys(positions)
    return "" if len(places) == count else "".join(map(circled, places))
