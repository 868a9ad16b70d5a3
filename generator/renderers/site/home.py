"""The first page (首页): what the plan is, what falls due, and the ways in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from generator.analysis.concerned import Concerned, concerned
from generator.analysis.schedule import ScheduleRow, is_binding_day
from generator.renderers.naming import ALL
from generator.renderers.site.desk import WIDE, Desk, Page

DUE = ("this-month", "next-month", "later", "passed")


def home_page(desk: Desk) -> Iterator[Page]:
    """The home page; its lists are drawn for `as_of`, a script sorts them again on the day of reading."""
    title = desk.book.terms("page.home")
    yield desk.draw("index.html", title, "index.md.j2", later=partial(_values, desk), hidden=WIDE)


def _values(desk: Desk) -> dict[str, Any]:
    terms = desk.book.terms
    groups = due_groups(desk.book.schedule, desk.book.as_of)
    meant = concerned(desk.book.graph, desk.book.task_lists.values())
    titles = [plan.head.title for plan in desk.book.plans if not plan.head.annex_of]
    return {
        "heading": "、".join(titles) or terms("page.home"),
        "named": len([unit for unit in desk.book.graph.units if unit.id in desk.book.matrix.columns]),
        "dated": len([row for row in desk.book.schedule if row.day]),
        "due": [(key, terms(f"due.{key}"), groups[key]) for key in DUE],
        "units_of": lambda statement: unit_marks(meant.get(statement.rpartition(".")[0], ())),
        "goals": [row for row in desk.book.targets if not row.measure_id],
        "whole": desk.shelf.of(ALL),
    }


def unit_marks(found: Iterable[Concerned]) -> str:
    """Whom a time concerns, as the script reads it: `housing dongjie:open`; open where that is unconfirmed."""
    return " ".join(held.unit if held.settled else f"{held.unit}:open" for held in found)


def due_groups(rows: tuple[ScheduleRow, ...], as_of: date) -> dict[str, list[ScheduleRow]]:
    """The rows that have a last day, by how near it is: this month, next month, later, passed."""
    groups: dict[str, list[ScheduleRow]] = {key: [] for key in DUE}
    for row in rows:
        if is_binding_day(row.deadline) and row.deadline.end:
            groups[_nearness(row.deadline.end, as_of)].append(row)
    return groups


def _nearness(last: date, as_of: date) -> str:
    if last < as_of:
        return "passed"
    months = (last.year - as_of.year) * 12 + last.month - as_of.month
    return DUE[min(months, 2)]
