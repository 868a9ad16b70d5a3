"""Responsibility matrix (责任矩阵): tasks × units and groups, with the role in each cell."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import Role, circled


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
        return tuple(sum(1 for row in self.rows if row.cells[at]) for at in range(len(self.columns)))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that any cell holds, in their fixed order."""
        held = {role for row in self.rows for cell in row.cells for role in cell}
        return tuple(role for role in Role if role in held)

    def role_totals(self, role: Role) -> tuple[int, ...]:
        """How many measures each column has this role in."""
        return tuple(sum(1 for row in self.rows if role in row.cells[at]) for at in range(len(self.columns)))


def matrix(graph: ResponsibilityGraph, rows: tuple[TaskRow, ...]) -> Matrix:
    """The matrix of all plans; groups stay columns of their own, so nothing unconfirmed is spread over units."""
    named = {party for row in rows for _, _, party in row.parties}
    columns = tuple(party for party in graph.order if party in named)
    by_measure: dict[str, list[TaskRow]] = {}
    for row in rows:
        by_measure.setdefault(row.measure_id, []).append(row)
    return Matrix(columns, tuple(_matrix_row(tasks, columns) for tasks in by_measure.values()))


def _matrix_row(tasks: list[TaskRow], columns: tuple[str, ...]) -> MatrixRow:
    held: dict[str, dict[Role, list[int]]] = {column: {} for column in columns}
    for position, task in enumerate(tasks, 1):
        for role, _, party in task.parties:
            held[party].setdefault(role, []).append(position)
    cells = tuple(tuple(role for role in Role if role in held[column]) for column in columns)
    opened = [position for position, task in enumerate(tasks, 1) if "remark.open" in task.remarks]
    first = tasks[0]
    return MatrixRow(
        measure_id=first.measure_id,
        number=first.measure_label,
        title=first.title,
        plan=first.plan,
        chapter=first.chapter,
        cells=cells,
        clauses=tuple(
            tuple(_only_in(held[column][role], len(tasks)) for role in cell)
            for column, cell in zip(columns, cells, strict=True)
        ),
        open_clauses=f"等{_only_in(opened, len(tasks))}" if opened else "",
    )


def _only_in(positions: list[int], count: int) -> str:
    """`②` for the second of several clauses; empty where it holds in all."""
    places = dict.fromkeys(positions)
    return "" if len(places) == count else "".join(map(circled, places))
