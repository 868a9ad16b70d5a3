"""Pages of units (单位) and of groups (单位集合)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from generator.analysis.calendar import Axis, CalendarRow, calendar_of
from generator.analysis.circle import Companion, circle_of
from generator.analysis.ledger import ReturnStanding
from generator.analysis.named_in_text import tasks_naming
from generator.analysis.tasks import DutyRow, TaskList
from generator.analysis.workload import Workload, workloads
from generator.model import Deadline, Unit, UnitGroup
from generator.renderers.naming import group_page, unit_page
from generator.renderers.site.calendar_page import MOST_LABELLED, DrawnRow, drawn_row, line_of
from generator.renderers.site.circle_picture import circle_picture
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
    times = _Times(desk)
    for unit, load in zip(graph.units, loads, strict=True):
        values = partial(_unit_values, desk, unit, load, times)
        yield desk.draw(unit_page(unit.id), unit.name, "unit.md.j2", later=values, hidden=WIDE)
    for group in graph.groups:
        yield _group_page(desk, group)


def _unit_values(desk: Desk, unit: Unit, load: Workload, times: _Times) -> dict[str, Any]:
    duties = desk.book.task_lists.get(unit.id, TaskList(unit.id, (), (), ()))
    circle = _circle(desk, duties)
    return {
        "unit": unit,
        "load": load,
        "groups": [group for group in desk.book.graph.groups if unit.id in group.members],
        "settled_groups": [group.id for group in desk.book.graph.groups if group.members and group.confirmed],
        "parts": [
            (key.removeprefix("task_list."), [(_held_alike(desk, duty), duty) for duty in rows])
            for key, rows in duties.parts
        ],
        "timeline": _timeline(duties.rows),
        "picture": times.picture(unit.id, duties.rows),
        "circle": [(pair, pair) for pair in circle],
        "circle_picture": circle_picture([companion for companion, _ in circle], desk.book.partnerships),
        "named_in": () if duties.rows else tasks_naming(desk.book.graph, unit.id),
        "files": desk.shelf.of(unit.id),
        "entries": desk.book.ledger.of_unit(unit.id) if desk.book.internal else (),
        "returns": _returns(desk, unit.id) if desk.book.internal else (),
    }


def _held_alike(desk: Desk, duty: DutyRow) -> Hashable:
    """Equal for units that hold a task alike, as members of a group do who are named nowhere else in it."""
    members = desk.book.graph.members_or_candidates
    own = tuple([duty.unit == party or duty.unit in members(party) for _, _, party in duty.row.parties])
    return duty.row.id, duty.role, duty.written, duty.via, duty.certain, duty.decided, duty.remarks, own


def _circle(desk: Desk, duties: TaskList) -> list[tuple[Companion, int]]:
    """Every companion with the most tasks that any of them shares."""
    companions = circle_of(desk.book.graph, [duty for duty in duties.rows if not duty.row.extra])
    return [(companion, len(companions[0].tasks)) for companion in companions]


def _returns(desk: Desk, unit: str) -> list[ReturnStanding]:
    """What the unit owed or sent, period by period."""
    found = [standing for standing in desk.book.ledger.returns if standing.unit == unit]
    return sorted(found, key=lambda standing: standing.period.last)


@dataclass(frozen=True)
class Picture:
    """A unit's times against the months; `undated` is how many have no day.

    `rows` are the measures with its duties in them, before each what is equal where the same is drawn.
    """

    axis: Axis
    dense: bool
    now: float | None
    rows: list[tuple[Hashable, tuple[DrawnRow, list[DutyRow]]]]
    undated: int

    @property
    def decided(self) -> bool:
        """Whether any of the times is a node that the office set."""
        return any(mark.time.occasion.decided for _, (row, _) in self.rows for mark in row.marks)


class _Times:
    """The times of all units: rows are drawn once for all that hold them alike."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rows: dict[tuple[str, tuple[int, ...]], DrawnRow] = {}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The place of a time among all, by its identity."""
        return {id(time): number for number, time in enumerate(self.desk.book.calendar.times)}

    def picture(self, unit: str, duties: tuple[DutyRow, ...]) -> Picture | None:
        """The picture of a unit's times; None where none of them has a day."""
        own = calendar_of(self.desk.book.calendar, unit)
        if own.axis is None or not own.dated:
            return None
        held: dict[str, list[DutyRow]] = {}
        for duty in duties:
            held.setdefault(duty.row.measure_id, []).append(duty)
        drawn = [self._drawn(own.axis, row) for row in own.dated]
        return Picture(
            axis=own.axis,
            dense=own.axis.months > MOST_LABELLED,
            now=line_of(own.axis, self.desk.book.as_of),
            rows=[(_drawn_alike(row, held[row.row.id]), (row, held[row.row.id])) for row in drawn],
            undated=sum(len(row.times) for row in own.undated),
        )

    def _drawn(self, axis: Axis, row: CalendarRow) -> DrawnRow:
        alike = row.id, tuple(self.numbers[id(time)] for time in row.times)
        if alike not in self.rows:
            self.rows[alike] = drawn_row(self.desk, axis, row, self.numbers)
        return self.rows[alike]


def _drawn_alike(row: DrawnRow, duties: list[DutyRow]) -> Hashable:
    """Equal where the same row of a picture is held in the same roles and through the same groups."""
    return id(row), tuple([(duty.role, duty.via) for duty in duties])


def _timeline(duties: tuple[DutyRow, ...]) -> list[tuple[Hashable, tuple[DutyRow, Deadline]]]:
    """The dated times of a unit's duties by their day, before each what is equal where the same is drawn."""
    found = [(duty, time) for duty in duties for time in duty.row.dated]
    found.sort(key=lambda pair: pair[1].end or pair[1].start or date.max)
    return [((duty.row.id, duty.written, duty.via, id(time)), (duty, time)) for duty, time in found]


def _group_page(desk: Desk, group: UnitGroup) -> Page:
    duties = [(row, role) for row in desk.book.rows for role, _, party in row.parties if party == group.id]
    return desk.draw(group_page(group.id), group.name, "group.md.j2", group=group, duties=duties, hidden=WIDE)
