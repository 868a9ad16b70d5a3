"""The first page (首页): what the plan is, what falls due, and the ways in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from generator.analysis.concerned import Concerned, concerned
from generator.analysis.schedule import ScheduleRow, is_binding_day, objective_rows
from generator.model import DeadlineKind, Role
from generator.renderers.naming import ALL
from generator.renderers.site.desk import WIDE, Desk, Page

DUE = ("this-month", "next-month", "running", "later", "passed")
SOON = DUE[:2]


def home_page(desk: Desk) -> Iterator[Page]:
    """The home page; its lists are drawn for `as_of`, a script sorts them again on the day of reading."""
    title = desk.book.terms("page.home")
    yield desk.draw("index.html", title, "index.md.j2", later=partial(_values, desk), hidden=WIDE)


def _values(desk: Desk) -> dict[str, Any]:
    terms = desk.book.terms
    groups = due_groups((*desk.book.schedule, *objective_rows(desk.book.plans)), desk.book.as_of)
    meant = concerned(desk.book.graph, desk.book.task_lists.values())
    titles = [plan.head.title for plan in desk.book.plans if not plan.head.annex_of]
    return {
        "heading": "、".join(titles) or terms("page.home"),
        "named": len([unit for unit in desk.book.graph.units if unit.id in desk.book.matrix.columns]),
        "dated": sum(len(rows) for rows in groups.values()),
        "due": [(key, terms(f"due.{key}"), groups[key]) for key in DUE],
        "leads": (Role.LEAD,),
        "units_of": lambda statement: unit_marks(meant.get(statement.rpartition(".")[0], ())),
        "goals": [row for row in desk.book.targets if not row.measure_id],
        "whole": desk.shelf.of(ALL),
    }


def unit_marks(found: Iterable[Concerned]) -> str:
    """Whom a time concerns, as the script reads it: `housing dongjie:open`; open where that is unconfirmed."""
    return " ".join(held.unit if held.settled else f"{held.unit}:open" for held in found)


def due_groups(rows: tuple[ScheduleRow, ...], as_of: date) -> dict[str, list[ScheduleRow]]:
    """The rows that bind on days, as `nearness` has them; each list by the day that it is sorted by."""
    groups: dict[str, list[ScheduleRow]] = {key: [] for key in DUE}
    for row in sorted(rows, key=lambda row: row.day or date.max):
        if is_binding_day(row.deadline) or (row.deadline.kind is DeadlineKind.FROM and row.deadline.start):
            groups[nearness(row.deadline.start, row.deadline.end, as_of)].append(row)
    return groups


def nearness(first: date | None, last: date | None, as_of: date) -> str:
    """Due this month or next, passed, running on the day, or later: what has no last day never falls due.

    The home page's script sorts by the same rule on the day of reading.
    """
    if last and last < as_of:
        return "passed"
    months = (last.year - as_of.year) * 12 + last.month - as_of.month if last else len(SOON)
    if months < len(SOON):
        return SOON[months]
    return "running" if first and first <= as_of else "later"
