"""Pages of units (单位) and of groups (单位集合)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.analysis.collaboration import partners_of
from generator.analysis.tasks import DutyRow, TaskList
from generator.analysis.workload import Workload, workloads
from generator.model import Deadline, Unit, UnitGroup
from generator.renderers.naming import group_page, unit_page
from generator.renderers.site.desk import WIDE, Desk, Page


def party_pages(desk: Desk) -> Iterator[Page]:
    """The index, a page for every unit, a page for every group; also for those that owe nothing."""
    graph = desk.book.graph
    loads = workloads(graph)
    units_file = desk.book.loaded.units
    yield desk.draw(
        "units/index.html",
        desk.book.terms("page.units"),
        "units.md.j2",
        workloads=loads,
        order_confirmed=units_file.order_confirmed,
        order_basis=units_file.order_basis,
        hidden=WIDE,
    )
    for unit, load in zip(graph.units, loads, strict=True):
        yield _unit_page(desk, unit, load)
    for group in graph.groups:
        yield _group_page(desk, group)


def _unit_page(desk: Desk, unit: Unit, load: Workload) -> Page:
    duties = desk.book.task_lists.get(unit.id, TaskList(unit.id, (), (), ()))
    return desk.draw(
        unit_page(unit.id),
        unit.name,
        "unit.md.j2",
        unit=unit,
        load=load,
        groups=[group for group in desk.book.graph.groups if unit.id in group.members],
        parts=[(key.removeprefix("task_list."), rows) for key, rows in duties.parts],
        timeline=_timeline(duties.rows),
        partners=partners_of(unit.id, desk.book.partnerships),
        files=desk.shelf.of(unit.id),
        hidden=WIDE,
    )


def _timeline(duties: tuple[DutyRow, ...]) -> list[tuple[DutyRow, Deadline]]:
    """The dated times of a unit's duties by their day."""
    found = [(duty, deadline) for duty in duties for deadline in duty.row.dated]
    return sorted(found, key=lambda pair: pair[1].end or pair[1].start or date.max)


def _group_page(desk: Desk, group: UnitGroup) -> Page:
    duties = [(row, role) for row in desk.book.rows for role, _, party in row.parties if party == group.id]
    return desk.draw(group_page(group.id), group.name, "group.md.j2", group=group, duties=duties, hidden=WIDE)
