"""Units renamed, merged or split: what was theirs must reach somebody who is there to answer for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.checks.inspection import Inspection, day
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.graph import ResponsibilityGraph
from generator.model import Unit

ERROR, WARNING = Severity.ERROR, Severity.WARNING
UNITS = "units.yml"


def succession_loop(inspection: Inspection) -> Iterator[Problem]:
    """Nobody takes over from itself, not even by way of others."""
    graph = inspection.graph
    for index, unit in enumerate(inspection.loaded.units.units):
        way = _way_back(graph, unit)
        if way and unit.id == min(way, key=graph.order.__getitem__):
            names = "→".join(graph.unit_by_id[key].name for key in (*way, unit.id))
            place = inspection.place(UNITS, ("units", index, "succeeded_by"))
            yield place, f"承接关系绕成了一圈：{shown(names, 80)}；应有一个没有撤并的单位"


def _way_back(graph: ResponsibilityGraph, unit: Unit) -> tuple[str, ...]:
    """The ids from a unit back to itself; empty where no way leads back."""
    waiting: list[tuple[str, ...]] = [(unit.id,)]
    seen = set()
    while waiting:
        way = waiting.pop(0)
        for after in graph.unit_by_id[way[-1]].succeeded_by:
            if after == unit.id:
                return way
            if after in graph.unit_by_id and after not in seen:
                seen.add(after)
                waiting.append((*way, after))
    return ()


def succession_gap(inspection: Inspection) -> Iterator[Problem]:
    """A successor is there when it takes over; a dissolved unit that has tasks hands them to somebody."""
    graph = inspection.graph
    for index, unit in enumerate(inspection.loaded.units.units):
        if unit.valid_until is None:
            continue
        for position, key in enumerate(unit.succeeded_by):
            after = graph.unit_by_id.get(key)
            told = _absent(unit, after) if after else ""
            if told:
                yield inspection.place(UNITS, ("units", index, "succeeded_by", position)), told
        if not unit.succeeded_by and graph.duties_of(unit.id):
            place = inspection.place(UNITS, ("units", index, "valid_until"))
            count = len({duty.task.id for duty in graph.duties_of(unit.id)})
            told = f"“{shown(unit.name)}”于 {day(unit.valid_until)} 撤并，有 {count} 项任务，没有写承接单位"
            yield place, f"{told}；应填写 succeeded_by，否则此后无人承担"


def _absent(unit: Unit, after: Unit) -> str:
    """Why a successor cannot take over on the day after; empty where it can."""
    gone = unit.valid_until
    if gone is None:
        return ""
    if after.valid_from and after.valid_from > gone + timedelta(days=1):
        told = f"承接单位“{shown(after.name)}”{day(after.valid_from)}才设立，“{shown(unit.name)}”{day(gone)}已撤并"
        return f"{told}；中间无人承担，应核对日期"
    if after.valid_until and after.valid_until <= gone:
        told = f"承接单位“{shown(after.name)}”{day(after.valid_until)}已撤并，不晚于{day(gone)}"
        return f"{told}；应写{day(gone)}之后仍在的单位"
    return ""


RULES = (
    Rule(
        "succession-loop",
        ERROR,
        "单位的承接关系绕成一圈",
        "单位撤并、更名后由 succeeded_by 的单位承接，一直找到没有撤并的为止，不能绕回自己。",
        "甲局由乙局承接，乙局又由甲局承接。",
        "核对机构改革文件，改正 succeeded_by；仍在的单位不填 valid_until。",
        succession_loop,
    ),
    Rule(
        "succession-gap",
        WARNING,
        "单位撤并后无人承接",
        "承接单位在原单位撤并的次日应已设立、尚未撤并；有任务的单位撤并的，应写承接单位。",
        "甲局 2024-06-30 撤并，承接它的乙局 2024-09-01 才设立。",
        "核对 valid_from、valid_until 和 succeeded_by。",
        succession_gap,
        absence=True,
    ),
)
