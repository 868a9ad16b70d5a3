"""责任矩阵.xlsx: measures × units and groups on A3, and how many tasks each unit holds."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.matrix import MatrixRow
from generator.analysis.unit_wording import unit_kind_text
from generator.analysis.wording import day_text, role_text
from generator.analysis.workload import Workload, group_workloads, workloads
from generator.book import Book
from generator.model import Role
from generator.office.excel import column_letters, workbook_bytes
from generator.office.excel_styles import Paper
from generator.office.tables import Band, Cell, Column, Formula, Row, Separator, Table
from generator.renderers.deliverables import Deliverable, Item, the_whole
from generator.renderers.imprint import document_numbers, explanation_table

FIRST_PARTY = 2
"""Column of the first unit, after number and title."""


def draw_matrix(book: Book, item: Item) -> bytes:
    """The workbook of the whole."""
    explanations = explanation_table(book, book.rows, book.matrix.roles)
    tables = (_matrix(book), _workload(book), explanations)
    return workbook_bytes(book.terms("workbook.matrix_title"), tables, book.as_of, mark=book.page_mark)


def _matrix(book: Book) -> Table:
    terms, found = book.terms, book.matrix
    marks = "　".join(terms.mark(role) + terms.label(role) for role in found.roles)
    words = {"marks": marks, "numbers": document_numbers(book), "day": day_text(book.as_of)}
    return Table(
        name=terms("workbook.matrix"),
        title=terms("workbook.matrix_title"),
        note=terms("workbook.matrix_note").format(**words),
        columns=(
            Column(terms("column.task"), 9.5, "centre"),
            Column(terms("column.title"), 40),
            *(Column(book.graph.name(party), 5.2, "mark", "head_vertical") for party in found.columns),
            Column(terms("workbook.matrix_open"), 6, "mark", "head_vertical"),
            Column(terms("workbook.matrix_total"), 8, "total"),
        ),
        bands=_bands(book),
        rows=tuple(_lines(book)),
        totals=tuple(_totals(book)),
        paper=Paper.A3,
        frozen_columns=FIRST_PARTY,
    )


def _bands(book: Book) -> tuple[Band, ...]:
    """Above the units and above the groups: what of them is unconfirmed."""
    columns = book.matrix.columns
    units = sum(1 for party in columns if party in book.graph.unit_by_id)
    ordered = book.loaded.units.order_confirmed
    settled = all(book.graph.group_by_id[party].confirmed for party in columns[units:])
    names = (
        book.terms("workbook.matrix_units" if ordered else "workbook.matrix_units_unconfirmed"),
        book.terms("workbook.matrix_groups" if settled else "workbook.matrix_groups_unconfirmed"),
    )
    spans = ((FIRST_PARTY, FIRST_PARTY + units - 1), (FIRST_PARTY + units, FIRST_PARTY + len(columns) - 1))
    return tuple(
        Band(name, first, last) for name, (first, last) in zip(names, spans, strict=True) if first <= last
    )


def _lines(book: Book) -> Iterator[Row]:
    under = None
    for row in book.matrix.rows:
        if (row.plan, row.chapter) != under:
            under = (row.plan, row.chapter)
            yield Separator("　".join(filter(None, (book.plan(row.plan).head.short_title, row.chapter))))
        yield _line(book, row)


def _line(book: Book, row: MatrixRow) -> Row:
    marks = (
        "".join(book.terms.mark(role) + clause for role, clause in zip(cell, clauses, strict=True))
        if cell
        else None
        for cell, clauses in zip(row.cells, row.clauses, strict=True)
    )
    first, last = column_letters(FIRST_PARTY), column_letters(FIRST_PARTY + len(row.cells) - 1)
    total = Formula(f"=COUNTA({first}{{row}}:{last}{{row}})", row.total)
    return (row.number, row.title, *marks, row.open_clauses, total)


def _totals(book: Book) -> Iterator[tuple[Cell, ...]]:
    found = book.matrix
    opened = sum(1 for row in found.rows if row.open_clauses)
    counted = "=COUNTA({column}{first}:{column}{last})"
    yield _total_line(book.terms("workbook.matrix_total"), counted, found.totals, Formula(counted, opened))
    for role in found.roles:
        heading = book.terms("workbook.matrix_role_total").format(role=role_text(book.terms, role))
        pattern = f'=COUNTIF({{column}}{{first}}:{{column}}{{last}},"*{book.terms.mark(role)}*")'
        yield _total_line(heading, pattern, found.role_totals(role), None)


def _total_line(heading: str, pattern: str, counts: tuple[int, ...], opened: Cell) -> tuple[Cell, ...]:
    first, last = column_letters(FIRST_PARTY), column_letters(FIRST_PARTY + len(counts) - 1)
    across = Formula(f"=SUM({first}{{row}}:{last}{{row}})", sum(counts))
    return (None, heading, *(Formula(pattern, count) for count in counts), opened, across)


def _workload(book: Book) -> Table:
    terms, roles = book.terms, book.matrix.roles
    keys = ("direct", "through_groups", "total", "uncertain")
    return Table(
        name=terms("workbook.workload"),
        title=terms("workbook.workload_title"),
        note=terms("workbook.workload_note").format(day=day_text(book.as_of)),
        columns=(
            Column(terms("column.number"), 6, "centre"),
            Column(terms("column.unit"), 26),
            Column(terms("column.unit_kind"), 24, "centre"),
            *(Column(role_text(terms, role), 13, "count") for role in roles),
            *(Column(terms(f"column.{key}"), 13, "count") for key in keys),
        ),
        rows=tuple(
            _workload_line(book, number, load, roles)
            for number, load in enumerate((*workloads(book.graph), *group_workloads(book.graph)), 1)
        ),
        frozen_columns=2,
    )


def _workload_line(book: Book, number: int, load: Workload, roles: tuple[Role, ...]) -> Row:
    unit = book.graph.unit_by_id.get(load.party)
    direct = column_letters(3 + len(roles))
    through = column_letters(4 + len(roles))
    return (
        number,
        book.graph.name(load.party),
        unit_kind_text(book.terms, unit) if unit else _group_kind(book, load.party),
        *(load.count(role) for role in roles),
        load.direct,
        load.through_groups,
        Formula(f"={direct}{{row}}+{through}{{row}}", load.total),
        load.uncertain,
    )


def _group_kind(book: Book, group: str) -> str:
    confirmed = book.graph.group_by_id[group].confirmed
    return book.terms("workbook.matrix_groups" if confirmed else "workbook.matrix_groups_unconfirmed")


DELIVERABLE = Deliverable("matrix", the_whole, draw_matrix)
