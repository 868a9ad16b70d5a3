"""What is registered is used somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.inspection import Inspection
from generator.checks.registry import placed_parties
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.graph import folded, names_of, parties
from generator.model import Unit

WARNING, NOTE = Severity.WARNING, Severity.NOTE


def _used(inspection: Inspection) -> set[str]:
    """Parties in a responsibility, a decision or any text, and the units that they may mean."""
    graph = inspection.graph
    used = {found.party for task in graph.tasks for found in task.assignments}
    words = folded("\n".join(_words(inspection)))
    used |= {
        party.id for party in parties(inspection.loaded) if any(folded(name) in words for name in names_of(party))
    }
    for group in graph.groups:
        if group.id in used:
            used.update(graph.members(group.id), graph.candidates(group.id), filter(None, [group.subset_of]))
    for unit in graph.units:
        if unit.id in used:
            used.update(unit.succeeded_by)
    return used


def _words(inspection: Inspection) -> Iterator[str]:
    for placed in inspection.passages:
        yield placed.passage.text
    for duty in inspection.duties:
        yield duty.responsibility.phrase
    for plan in inspection.plans:
        for task in plan.breakdown:
            yield from filter(None, (task.consolidator, *task.open_list))
        for unit in plan.assessment.units if plan.assessment else ():
            yield unit.unit


def unit_unused(inspection: Inspection) -> Iterator[Problem]:
    """A unit or group that nothing names; one that has been dissolved is kept for the record."""
    used = _used(inspection)
    for party, loc in placed_parties(inspection):
        dissolved = isinstance(party, Unit) and party.valid_until
        if party.id not in used and not dissolved:
            place = inspection.place("units.yml", (*loc, "name"))
            yield place, f"“{shown(party.name)}”没有出现在任何计划中；不用的应删去，是别的写法的应列为别名"


def season_unused(inspection: Inspection) -> Iterator[Problem]:
    """A season that no deadline rests on."""
    used = {deadline.season for placed in inspection.passages for deadline, _ in placed.deadlines()}
    for index, season in enumerate(inspection.loaded.calendar.seasons):
        if season.id not in used:
            place = inspection.place("calendar.yml", ("seasons", index, "name"))
            yield place, f"季节“{shown(season.name)}”没有时限用到；备用的可以保留"


RULES = (
    Rule(
        "unit-unused",
        WARNING,
        "登记了却没有用到的单位",
        "units.yml 里的单位或集合，在责任分工、正文和分解意见中都没有出现；所用集合的成员算作用到。",
        "登记了“区住建局”，正文都写“区住房城乡建设局”。",
        "是别的写法的，写进 aliases；不用的删去；已撤并的填 valid_until。",
        unit_unused,
        absence=True,
    ),
    Rule(
        "season-unused",
        NOTE,
        "没有用到的季节",
        "calendar.yml 里的季节，没有时限依它推算。",
        "登记了“今冬明春”，各时限都没有用到。",
        "备用的可以保留。",
        season_unused,
        absence=True,
    ),
)
