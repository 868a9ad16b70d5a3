"""Tables that a page break cut in two → one table again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.importing.documents import Cell, Line, Table
from generator.importing.task_tables import is_task_table

Part = Line | Table


def with_whole_tables(parts: Iterable[Part]) -> Iterator[Part]:
    """A table right below another of as many columns goes on with it, unless it has a heading of its own."""
    waiting: Table | None = None
    for part in parts:
        if isinstance(part, Table) and waiting is not None and _goes_on(waiting, part):
            waiting = _joined(waiting, part)
            continue
        if waiting is not None:
            yield waiting
        waiting = part if isinstance(part, Table) else None
        if isinstance(part, Line):
            yield part
    if waiting is not None:
        yield waiting


def _words(row: tuple[Cell, ...]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _goes_on(table: Table, other: Table) -> bool:
    """Same columns, and no heading of its own but the same one."""
    if not table.rows or not other.rows or len(table.rows[0]) != len(other.rows[0]):
        return False
    headings = [_words(row) for row in table.rows[:8]]
    return not is_task_table(other) or _words(other.rows[0]) in headings


def _joined(table: Table, other: Table) -> Table:
    """The rows of both; a row without a number that only goes on with texts belongs to the last one."""
    first, rest = other.rows[0], other.rows[1:]
    last = table.rows[-1]
    goes_on = not first[0].text.strip() and last[0].text.strip() and _unfinished(last, first)
    if not goes_on or first[0] is last[0]:
        return Table((*table.rows, *other.rows), table.where)
    whole = tuple(
        Cell(f"{above.text}{below.text}", above.where) if below.text.strip() else above
        for above, below in zip(last, first, strict=True)
    )
    return Table((*table.rows[:-1], whole, *rest), table.where)


def _unfinished(last: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether some cell of the last row stops in the middle of a sentence and goes on below."""
    return any(
        below.text.strip() and above.text.strip() and not above.text.strip().endswith(("。", "；", "）", ")"))
        for above, below in zip(last, first, strict=True)
    )
