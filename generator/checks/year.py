"""What was decided in the year: decisions, tasks from outside the plan, quantities, air quality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.checks.hints import task_hint
from generator.checks.inspection import Inspection, day
from generator.checks.returns import reportable_texts
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.graph import folded, unit_hint
from generator.model import DecisionsFile, Plan, Ruling, UnitKind
from generator.storage import Loc

ERROR, WARNING = Severity.ERROR, Severity.WARNING
TOWNS = frozenset({UnitKind.TOWN, UnitKind.SUBDISTRICT})


def _rulings(inspection: Inspection) -> Iterator[tuple[Plan, str, str, int, Ruling]]:
    for plan in inspection.plans:
        for name, file in plan.decisions:
            for field in DecisionsFile.model_fields:
                for index, ruling in enumerate(getattr(file, field)):
                    yield plan, f"{plan.id}/decisions/{name}", field, index, ruling


def decision_task(inspection: Inspection) -> Iterator[Problem]:
    """A decision is about a task, an extra task or a criterion that there is."""
    for plan, file, field, index, ruling in _rulings(inspection):
        if ruling.task not in reportable_texts(inspection, plan):
            place = inspection.place(file, (field, index, "task"))
            yield place, f"没有任务“{shown(ruling.task)}”；{task_hint(inspection, ruling.task)}"


def year_unit(inspection: Inspection) -> Iterator[Problem]:
    """Units named in decisions, extra tasks, shares, contacts and air tables are registered."""
    if not inspection.loaded.readable("units.yml"):
        return
    known = {*inspection.names, *(folded(unit.id) for unit in inspection.graph.units)}
    for name, file, loc in chain(_named_in_rulings(inspection), _named_elsewhere(inspection)):
        if folded(name) not in known:
            hint = unit_hint(name, inspection.written_names)
            yield inspection.place(file, loc), f"没有“{shown(name)}”这个单位；{hint}"


def _named_in_rulings(inspection: Inspection) -> Iterator[tuple[str, str, Loc]]:
    for _, file, field, index, ruling in _rulings(inspection):
        for key in ("unit", "to"):
            if name := getattr(ruling, key, None):
                yield name, file, (field, index, key)
        for place, name in enumerate(getattr(ruling, "supporting", ())):
            yield name, file, (field, index, "supporting", place)


def _named_elsewhere(inspection: Inspection) -> Iterator[tuple[str, str, Loc]]:
    for plan in inspection.plans:
        for index, task in enumerate(plan.extra_tasks):
            for key in ("lead", "responsible", "support"):
                for place, name in enumerate(getattr(task, key)):
                    yield name, f"{plan.id}/extra-tasks.yml", ("tasks", index, key, place)
        for index, entry in enumerate(plan.breakdown):
            for place, share in enumerate(entry.shares):
                yield share.unit, f"{plan.id}/breakdown.yml", ("tasks", index, "shares", place, "unit")
    for index, contact in enumerate(inspection.loaded.contacts):
        yield contact.unit, "contacts.local.yml", ("contacts", index, "unit")


def decision_day(inspection: Inspection) -> Iterator[Problem]:
    """Decisions follow what they decide on: the plan's issue, the period, the task's last day."""
    for plan, file, field, index, ruling in _rulings(inspection):
        begun = plan.head.issued
        if begun and ruling.on < begun:
            place = inspection.place(file, (field, index, "on"))
            yield place, f"日期 {day(ruling.on)} 早于计划印发日 {day(begun)}；请核对年份"
        until = getattr(ruling, "until", None)
        if until is not None and until <= ruling.on:
            place = inspection.place(file, (field, index, "until"))
            yield place, f"延至 {day(until)} 不晚于批准日期 {day(ruling.on)}；应写延期后的截止日"


def score_above_weight(inspection: Inspection) -> Iterator[Problem]:
    """A score is not above the weight that was decided for its row."""
    weights = {task: entry.weight for task, entry in inspection.decisions.items()}
    for plan, file, _, index, ruling in _rulings(inspection):
        score, assessment = getattr(ruling, "score", None), plan.assessment
        weight = weights.get(ruling.task)
        if assessment:
            criteria = {
                **{f"air-quality.{one.id}": one.weight for one in assessment.air_quality},
                **{f"common.{one.id}": one.weight for one in assessment.common},
            }
            weight = criteria.get(ruling.task, weight)
        if score is not None and weight is not None and score > weight:
            place = inspection.place(file, ("scores", index, "score"))
            yield place, f"“{shown(ruling.task)}”得分 {score:g}，分值只有 {weight:g}；得分应不高于分值"


def extra_label(inspection: Inspection) -> Iterator[Problem]:
    """The number of an extra task is its own, and its prefix no plan's."""
    labels = {plan.head.label for plan in inspection.plans}
    seen: dict[str, str] = {}
    for plan in inspection.plans:
        for index, task in enumerate(plan.extra_tasks):
            place = inspection.place(f"{plan.id}/extra-tasks.yml", ("tasks", index, "task"))
            if task.task.split("-")[0] in labels:
                yield place, f"“{shown(task.task)}”的前缀与计划的任务编号相同；应另取，如 会议-01、批示-01"
            elif seen.setdefault(task.task, str(place)) != str(place):
                yield place, f"任务编号“{shown(task.task)}”重复，{seen[task.task]} 已用；应各不相同"


def share_sum(inspection: Inspection) -> Iterator[Problem]:
    """The shares of the units make up the yearly quantity."""
    for plan in inspection.plans:
        for index, entry in enumerate(plan.breakdown):
            total = round(sum(share.quantity for share in entry.shares), 6)
            if entry.shares and entry.yearly_quantity is not None and total != round(entry.yearly_quantity, 6):
                place = inspection.place(f"{plan.id}/breakdown.yml", ("tasks", index, "yearly_quantity"))
                told = f"年度目标量 {entry.yearly_quantity:g}，各单位分解数量合计 {total:g}"
                yield place, f"{told}；应相等"


def air_town(inspection: Inspection) -> Iterator[Problem]:
    """Air quality is of registered towns, one row for each month and town."""
    seen: dict[tuple[str, str], str] = {}
    for row in inspection.loaded.air:
        place = replace(inspection.place(row.file), line=row.line)
        if folded(row.town) not in inspection.names and inspection.loaded.readable("units.yml"):
            yield place, f"没有“{shown(row.town)}”这个镇街；{unit_hint(row.town, inspection.written_names)}"
        first = seen.setdefault((row.month, folded(row.town)), str(place))
        if first != str(place):
            yield place, f"{row.month} {shown(row.town)} 重复，{first} 已有；应只留一行"


def air_figures(inspection: Inspection) -> Iterator[Problem]:
    """PM2.5 is a part of PM10; a rank is not beyond the number of towns; a row is of a town."""
    towns = [unit for unit in inspection.graph.units if unit.kind in TOWNS]
    for row in inspection.loaded.air:
        place = replace(inspection.place(row.file), line=row.line)
        for fine, coarse, told in (
            (row.pm25, row.pm10, "本月"),
            (row.pm25_cumulative, row.pm10_cumulative, "累计"),
        ):
            if fine is not None and coarse is not None and fine > coarse:
                yield (
                    place,
                    f"{told} PM2.5（{fine:g}）高于 PM10（{coarse:g}）；PM2.5 是 PM10 的一部分，请核对是否填反",
                )
        if row.rank is not None and row.rank > len(towns) > 0:
            yield place, f"排名 {row.rank}，登记的镇（街道）只有 {len(towns)} 个；请核对"
        owners = inspection.names.get(folded(row.town), ())
        units = [inspection.graph.unit_by_id[key] for key in owners if key in inspection.graph.unit_by_id]
        if units and all(unit.kind not in TOWNS for unit in units):
            yield place, f"“{shown(row.town)}”不是镇或街道；空气质量表一行是一个镇（街道）"


RULES = (
    Rule(
        "air-table",
        ERROR,
        "空气质量表写法有误",
        "plan/air/ 下的 .csv 一行是一个镇街的一个月，列名照样表；数据来源、是否审核必须写明。",
        "是否审核 写成“待定”",
        "照提示改正；没有数据的格留空。",
    ),
    Rule(
        "air-town",
        ERROR,
        "空气质量表的镇街有误",
        "镇街应是 units.yml 里登记的单位，每月每镇街一行。",
        "北溪镇 一个月写了两行",
        "照提示改正，重复的留一行。",
        air_town,
    ),
    Rule(
        "air-figures",
        WARNING,
        "空气质量表的数字可疑",
        "PM2.5 不高于 PM10，排名不大于镇（街道）数，一行是一个镇（街道）。",
        "PM2.5 填 66，PM10 填 33。",
        "照数据来源核对；来源确实如此的不必改。",
        air_figures,
    ),
    Rule(
        "decision-task",
        ERROR,
        "决定所指的任务不存在",
        "decisions/ 里每条决定的 task 应是任务编号或考核指标。",
        "task: 行动-90",
        "照提示改正。",
        decision_task,
        absence=True,
    ),
    Rule(
        "year-unit",
        ERROR,
        "决定、计划外任务等所指的单位没有登记",
        "单位应是 units.yml 里的名称、别名或 id。",
        "unit: 区住建居",
        "照提示改正。",
        year_unit,
        absence=True,
    ),
    Rule(
        "decision-day",
        WARNING,
        "决定的日期不合理",
        "决定不早于计划印发，延期不早于批准。",
        "on: 2014-10-08",
        "核对年份。",
        decision_day,
    ),
    Rule(
        "score-above-weight",
        ERROR,
        "考核得分高于分值",
        "每项得分不高于这一项的分值；加分项除外。",
        "分值 10，得分 12。",
        "核对得分。",
        score_above_weight,
    ),
    Rule(
        "extra-label",
        ERROR,
        "计划外任务的编号有误",
        "计划外任务的编号自成一列，前缀不与计划的相同，编号不重复。",
        "task: 行动-12",
        "改为 会议-01、批示-01 这样的编号。",
        extra_label,
    ),
    Rule(
        "share-sum",
        WARNING,
        "分解数量合计不等于年度目标量",
        "写了各单位分解数量的，合计应等于年度目标量。",
        "年度目标量 100，六个镇街合计 90。",
        "核对 breakdown.yml 的 shares 和 yearly_quantity。",
        share_sum,
    ),
)
