"""Who is responsible: each unit once, none that is gone, and what the text leaves open is said."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.bracket import listed, role_title
from generator.checks.inspection import Inspection, PlacedDuty, clause_loc, day
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.graph import folded
from generator.model import Role, Unit
from generator.storage import Loc

WARNING, NOTE = Severity.WARNING, Severity.NOTE


def _parties(inspection: Inspection, duty: PlacedDuty) -> Iterator[tuple[str, str, Role, Loc]]:
    """(unit or group, name as written, role, place) of every name that can be resolved."""
    for name, role, loc in listed(duty.responsibility):
        ids = inspection.names.get(folded(name), ())
        if len(ids) == 1:
            yield ids[0], name, role, (*duty.loc, *loc)


def unit_twice(inspection: Inspection) -> Iterator[Problem]:
    """A unit stands in a task once, under whatever name; a group that it belongs to may stand beside it."""
    for duty in inspection.duties:
        first: dict[str, tuple[str, Role]] = {}
        for party, written, role, loc in _parties(inspection, duty):
            if party not in first:
                first[party] = (written, role)
                continue
            name, earlier = first[party]
            known = f"已作为“{shown(name)}”列在 {earlier}（{role_title(earlier)}）"
            message = f"“{shown(written)}”{known}；一个单位在一款中应只列一次，原文如此的不必改"
            yield inspection.place(duty.file, loc), message


def unit_retired(inspection: Inspection) -> Iterator[Problem]:
    """A plan gives no task to a unit that had been dissolved when it was issued."""
    for duty in inspection.duties:
        issued = duty.task.plan.head.issued
        for party, written, _, loc in _parties(inspection, duty):
            unit = inspection.graph.unit_by_id.get(party)
            if unit and issued and unit.valid_until and unit.valid_until < issued:
                told = f"“{shown(written)}”已于 {day(unit.valid_until)} 撤并，早于印发日期 {day(issued)}"
                yield inspection.place(duty.file, loc), f"{told}；{_successors(inspection, unit)}"


def _successors(inspection: Inspection, unit: Unit) -> str:
    known = inspection.graph.unit_by_id
    names = "、".join(known[key].name for key in unit.succeeded_by if key in known)
    return f"是否指承接单位“{names}”？" if names else "应核对撤并日"


def no_responsibility(inspection: Inspection) -> Iterator[Problem]:
    """A clause names nobody."""
    for task in inspection.graph.tasks:
        if task.clause.responsibility is None:
            place = inspection.place(inspection.file_of(task.plan, task.measure), clause_loc(task))
            yield place, f"{task.label} 没有写责任单位；原文写有的应补上 responsibility"


def no_lead(inspection: Inspection) -> Iterator[Problem]:
    """A clause names units, but none that leads; the first one is not the lead by its place."""
    for duty in inspection.duties:
        if not duty.responsibility.lead:
            place = inspection.place(duty.file, (*duty.loc, "phrase"))
            yield (
                place,
                f"{duty.task.label} 没有写明牵头单位；不以列在首位的为牵头，由谁汇总可在 breakdown.yml 写明",
            )


def open_list(inspection: Inspection) -> Iterator[Problem]:
    """The list of units ends in 等."""
    for duty in inspection.duties:
        if duty.responsibility.open:
            place = inspection.place(duty.file, (*duty.loc, "open"))
            yield place, f"{duty.task.label} 的责任单位以“等”结尾，没有列尽；所指单位可在 breakdown.yml 写明"


def group_undefined(inspection: Inspection) -> Iterator[Problem]:
    """A group that has duties, and nobody knows whom it means."""
    used = {found.party for task in inspection.graph.tasks for found in task.assignments}
    for index, group in enumerate(inspection.loaded.units.groups):
        if group.id in used and not group.members:
            place = inspection.place("units.yml", ("groups", index, "name"))
            known = inspection.graph.group_by_id.get(group.subset_of or "")
            range_known = f"只知在“{shown(known.name)}”之内，" if known else ""
            yield (
                place,
                f"“{shown(group.name)}”指哪些单位没有写明，{range_known}任务还不能分到单位；确定后填 members",
            )


RULES = (
    Rule(
        "unit-twice",
        WARNING,
        "一个单位在一款中出现两次",
        "同一单位（包括用别名）在一款里列了两次，或有两种责任。直接列名、又属于所列集合的，不算。",
        "区发改局在 lead，区发改(能源)局在 support，两者是同一单位。",
        "核对是否列错；原文确实如此的，不必改。",
        unit_twice,
    ),
    Rule(
        "unit-retired",
        WARNING,
        "责任单位在印发前已撤并",
        "单位的撤并日早于文件印发日期，任务可能应由承接单位承担。",
        "2023年撤并的单位，出现在 2024年的计划里。",
        "核对撤并日；确为新单位的，登记新单位。",
        unit_retired,
    ),
    Rule(
        "no-responsibility",
        NOTE,
        "没有写责任单位",
        "这一款的原文没有责任分工。",
        "只有正文，没有责任括号。",
        "不必处理；原文写有而漏录的，补上 responsibility。",
        no_responsibility,
    ),
    Rule(
        "no-lead",
        NOTE,
        "没有写明牵头单位",
        "原文只说按职责分工负责，或只列责任单位，没有说谁牵头。不以列在首位的为牵头。",
        "区住建局、区水务局等按职责分工负责",
        "不必改原文数据；由谁汇总，由区环委办在 breakdown.yml 的 consolidator 写明。",
        no_lead,
    ),
    Rule(
        "open-list",
        NOTE,
        "责任单位没有列尽",
        "原文的名单以“等”结尾，还有谁没有写明。",
        "区工信局、区教科局等按职责分工负责",
        "不必改原文数据；所指单位由区环委办在 breakdown.yml 的 open_list 写明。",
        open_list,
    ),
    Rule(
        "group-undefined",
        NOTE,
        "统称的成员不明",
        "所用的集合没有列出成员，其任务不能分到具体单位。",
        "各有关部门",
        "由区环委办确定后，在 units.yml 填 members。",
        group_undefined,
    ),
)
