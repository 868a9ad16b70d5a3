"""Links: which measure carries out which measure of a parent plan."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.hints import measure_hint
from generator.checks.inspection import Inspection
from generator.checks.rule import Problem, Rule
from generator.findings import Place, Severity, shown
from generator.model import Link, Plan

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def _links(inspection: Inspection) -> Iterator[tuple[Plan, Link, Place, Place]]:
    """Every link with the places of its two ends."""
    for plan in inspection.plans:
        for index, link in enumerate(plan.links):
            file = f"{plan.id}/links.yml"
            ends = [inspection.place(file, ("links", index, key)) for key in ("from", "to")]
            yield plan, link, ends[0], ends[1]


def _plan_of(inspection: Inspection, measure: str) -> Plan | None:
    found = inspection.graph.measures.get(measure)
    return found[0] if found else None


def link_unknown(inspection: Inspection) -> Iterator[Problem]:
    """Both ends of a link are measures."""
    for _, link, start, end in _links(inspection):
        for name, place in ((link.source, start), (link.to, end)):
            if _plan_of(inspection, name) is None:
                yield place, f"没有措施“{shown(name)}”；{measure_hint(inspection, name)}"


def link_source(inspection: Inspection) -> Iterator[Problem]:
    """A plan's links.yml says what its own measures carry out."""
    for plan, link, start, _ in _links(inspection):
        other = _plan_of(inspection, link.source)
        if other is not None and other.id != plan.id:
            yield start, f"“{shown(link.source)}”是计划 {other.id} 的措施；from 应是本计划 {plan.id} 的措施"


def link_own_plan(inspection: Inspection) -> Iterator[Problem]:
    """A measure does not carry out a measure of its own plan."""
    for plan, link, _, end in _links(inspection):
        if _plan_of(inspection, link.to) is plan:
            yield end, f"“{shown(link.to)}”是本计划自己的措施；to 应是上位计划的措施"


def link_not_parent(inspection: Inspection) -> Iterator[Problem]:
    """What a measure carries out stands in a parent plan."""
    for plan, link, _, end in _links(inspection):
        other = _plan_of(inspection, link.to)
        parents = {parent.plan for parent in plan.head.parents}
        if other is not None and other.id not in parents | {plan.id}:
            message = (
                f"“{shown(link.to)}”属计划 {other.id}，不在本计划的上位文件之列；应在 parents 中写明，或改 to"
            )
            yield end, message


def link_repeated(inspection: Inspection) -> Iterator[Problem]:
    """A pair of measures is linked once."""
    first: dict[tuple[str, str], Place] = {}
    for _, link, start, _ in _links(inspection):
        place = first.setdefault((link.source, link.to), start)
        if place is not start:
            message = f"“{shown(link.source)}”落实“{shown(link.to)}”已写过（第 {place.line} 行）；应只写一次"
            yield start, message


def measure_unlinked(inspection: Inspection) -> Iterator[Problem]:
    """A measure of an annual plan serves a measure of a parent plan."""
    for plan in inspection.outlined:
        parents = {parent.plan for parent in plan.head.parents} & {found.id for found in inspection.plans}
        if plan.head.year is None or not parents:
            continue
        for measure in plan.measures:
            links = inspection.graph.links_from(plan.measure_id(measure))
            targets = {found.id for link in links if (found := _plan_of(inspection, link.to))}
            if not targets & parents:
                place = inspection.place(inspection.file_of(plan, measure), ("number",))
                names = "、".join(sorted(name for name in parents if name))
                yield (
                    place,
                    f"本项没有写明落实上位计划（{names}）的哪一项；应在 links.yml 中写明，确无对应的可不理会",
                )


RULES = (
    Rule(
        "link-unknown",
        ERROR,
        "落实关系指向不存在的措施",
        "links.yml 的 from 和 to 都应是措施 id：计划 id、连字符、两位以上的序号。",
        "to: scheme-41（只有 29 项）",
        "照提示改正。",
        link_unknown,
        absence=True,
    ),
    Rule(
        "link-source",
        ERROR,
        "落实关系的一方不属本计划",
        "plan/<计划>/links.yml 写的是本计划的措施落实上位计划的哪一项。",
        "action-2024/links.yml 里写 from: scheme-09",
        "from 改成本计划的措施；方向写反的，把 from 和 to 对调。",
        link_source,
    ),
    Rule(
        "link-own-plan",
        ERROR,
        "落实关系指向本计划",
        "措施落实的是上位计划的措施，不是同一计划的另一项。",
        "from: action-2024-09，to: action-2024-07",
        "to 改成上位计划的措施。",
        link_own_plan,
    ),
    Rule(
        "link-not-parent",
        WARNING,
        "落实关系指向的不是上位计划",
        "to 所在的计划应列在本计划 plan.yml 的 parents 中。",
        "2025年计划的措施指向 2024年计划。",
        "在 parents 中补上，或改 to；结转自上一年度的，用 carried_from。",
        link_not_parent,
    ),
    Rule(
        "link-repeated",
        WARNING,
        "落实关系重复",
        "同一对措施只写一次，全部落实或部分落实只能是一种。",
        "action-2024-09 → scheme-14 写了两遍。",
        "删去一条。",
        link_repeated,
    ),
    Rule(
        "measure-unlinked",
        WARNING,
        "年度措施没有对应上位措施",
        "年度计划的每项措施，一般都落实上位计划的某一项；没有写明的，可能是漏了。",
        "行动-10 在 links.yml 中没有出现。",
        "在 links.yml 中补上；确无对应的，不必处理。",
        measure_unlinked,
        absence=True,
    ),
)
