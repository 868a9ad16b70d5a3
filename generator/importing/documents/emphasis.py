"""**…** around words, which mean nothing outside Markdown: the marks go, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from generator.importing.documents.received import Cell, LeftOut, Line, Received, Table

_BOLD = re.compile(r"(\*\*|__)(?=[^\s*_，。、；：])([^*_\n]{1,200}?)(?<=[^\s*_])\1")


def without_bold(received: Received) -> Received:
    """The document without such marks; they are listed as left out."""
    gone: list[LeftOut] = []

    def plain(text: str, where: str) -> str:
        if "**" not in text and "__" not in text:
            return text
        marks = "".join(found[1] * 2 for found in _BOLD.finditer(text))
        if marks:
            gone.append(LeftOut(where, marks, "加粗标记"))
        return _BOLD.sub(r"\2", text)

    parts = tuple(
        replace(part, text=plain(part.text, part.where)) if isinstance(part, Line) else _plain_table(part, plain)
        for part in received.parts
    )
    return replace(received, parts=parts, left_out=(*received.left_out, *gone)) if gone else received


def _plain_table(table: Table, plain: Callable[[str, str], str]) -> Table:
    """A merged cell is one object at several places, and stays one."""
    cells = {id(cell): cell for row in table.rows for cell in row}
    made = {place: Cell(plain(cell.text, cell.where), cell.where) for place, cell in cells.items()}
    return replace(table, rows=tuple(tuple(made[id(cell)] for cell in row) for row in table.rows))
