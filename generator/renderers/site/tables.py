"""The pages that are one table of the whole plan: ledger, deadlines, matrix, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from generator.analysis.coverage import carried_out_by, serving
from generator.analysis.matrix import Cell, Matrix, MatrixRow
from generator.analysis.schedule import months, objective_rows, undated
from generator.analysis.tasks import ANSWERING
from generator.model import Role
from generator.renderers.site.desk import WIDE, Desk, Page


def ledger_page(desk: Desk) -> Iterator[Page]:
    """台账: every task as one row."""
    chapter_of = {measure: entry.id for entry in desk.outline for measure in entry.measures}
    yield desk.draw(
        "ledger.html",
        desk.book.terms("page.ledger"),
        "ledger.md.j2",
        rows=[
            (row, chapter_of.get(row.measure_id, ""), _as_read((party, role) for role, _, party in row.parties))
            for row in desk.book.every_row
        ],
        chapters=[entry for entry in desk.outline if entry.title],
        later=lambda: {"columns": desk.book.matrix.columns},
        leads=(Role.LEAD,),
        answering=tuple(role for role in ANSWERING if role is not Role.LEAD),
        supporting=tuple(role for role in Role if role not in ANSWERING),
        hidden=WIDE,
    )


def deadlines_page(desk: Desk) -> Iterator[Page]:
    """时限: by month, then what has no day."""
    rows = (*desk.book.schedule, *objective_rows(desk.book.plans))
    in_order = tuple(sorted(rows, key=lambda row: row.day or date.max))
    yield desk.draw(
        "deadlines.html",
        desk.book.terms("page.deadlines"),
        "deadlines.md.j2",
        months=months(in_order),
        undated=undated(in_order),
        calendar=desk.shelf.path("calendar"),
        hidden=WIDE,
    )


def matrix_page(desk: Desk) -> Iterator[Page]:
    """责任矩阵: measures and units, chapters as bands."""
    title = desk.book.terms("page.matrix")
    yield desk.draw("matrix.html", title, "matrix.md.j2", later=partial(_matrix_values, desk), hidden=WIDE)


def _matrix_values(desk: Desk) -> dict[str, Any]:
    titles = {plan.id: plan.head.short_title for plan in desk.book.plans}
    chapter_of = {measure: entry.id for entry in desk.outline for measure in entry.measures}
    table = desk.book.matrix
    bands = groupby(table.rows, key=lambda row: (row.plan, row.chapter, chapter_of[row.measure_id]))
    return {
        "matrix": table,
        "chapters": [
            (f"{titles[plan]}　{chapter}".strip(), name, [_drawn(table, row) for row in rows])
            for (plan, chapter, name), rows in bands
        ],
        "filters": [entry for entry in desk.outline if entry.title],
    }


def _drawn(table: Matrix, row: MatrixRow) -> tuple[MatrixRow, list[Cell], str]:
    """A row, its cells, and who holds what in it as the script reads it."""
    cells = list(table.marks(row))
    return row, cells, _as_read((party, role) for party, held in cells for role, _ in held)


def _as_read(held: Iterable[tuple[str, Role]]) -> str:
    """Who holds what, as the script of a table reads it: `housing:shared north:support `."""
    return "".join([f"{party}:{role.value} " for party, role in held])


def coverage_page(desk: Desk) -> Iterator[Page]:
    """落实对照: in both directions."""
    yield desk.draw(
        "coverage.html",
        desk.book.terms("page.coverage"),
        "coverage.md.j2",
        carried=carried_out_by(desk.book.graph),
        serving=serving(desk.book.graph),
        hidden=WIDE,
    )


def downloads_page(desk: Desk) -> Iterator[Page]:
    """下载: everything that was made, for the whole and unit by unit."""
    units = [unit for unit in desk.book.units if desk.shelf.of(unit)]
    kinds = desk.shelf.kinds_of(units)
    yield desk.draw(
        "downloads.html",
        desk.book.terms("page.downloads"),
        "downloads.md.j2",
        whole=desk.shelf.of("all"),
        kinds=[(name, name.partition("（")[0]) for _, name in kinds],
        units=[(unit, [desk.shelf.files.get((unit, key), ()) for key, _ in kinds]) for unit in units],
        data=desk.shelf.data,
        hidden=WIDE,
    )
