"""CSV as Excel opens it by double click: UTF-8 with BOM, CRLF, and no cell that becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

FORMULA_STARTS = frozenset("=+-@＝＋－＠")
"""Full-width ones too: Excel takes them for the half-width ones."""


def csv_bytes(heading: Sequence[str], rows: Iterable[Sequence[str | int | float | date | None]]) -> bytes:
    """A table; text that begins like a formula gets an apostrophe in front."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", errors="replace")


def _cell(value: str | int | float | date | None) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and _looks_like_formula(value) else value


def _looks_like_formula(text: str) -> bool:
    return text[:1] in {"\t", "\r", "\n"} or text.lstrip()[:1] in FORMULA_STARTS
