"""What the office decides: breakdown, assessment, weights and grades."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.hints import task_hint
from generator.checks.inspection import Inspection, day
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.graph import Task, folded, unit_hint
from generator.model import AssessmentFile, AssessmentMode, Plan, Role, TaskBreakdown, Unit, UnitKind
from generator.storage import Loc

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ANSWERING = {Role.LEAD, Role.SHARED, Role.RESPONSIBLE, Role.IMPLEMENT}


def _entries(inspection: Inspection) -> Iterator[tuple[Plan, TaskBreakdown, str, Loc]]:
    for plan in inspection.plans:
        for index, entry in enumerate(plan.breakdown):
            yield plan, entry, f"{plan.id}/breakdown.yml", ("tasks", index)


def task_unknown(inspection: Inspection) -> Iterator[Problem]:
    """A decision is about a task that there is."""
    extra = {task.task for plan in inspection.plans for task in plan.extra_tasks}
    labels = {*inspection.graph.task_by_label, *extra}
    for _, entry, file, loc in _entries(inspection):
        if entry.task not in labels:
            hint = task_hint(inspection, entry.task)
            yield inspection.place(file, (*loc, "task")), f"没有任务“{shown(entry.task)}”；{hint}"


def entry_repeated(inspection: Inspection) -> Iterator[Problem]:
    """A task is decided once, and so is how a unit is assessed."""
    first: dict[str, str] = {}
    for _, entry, file, loc in _entries(inspection):
        place = inspection.place(file, (*loc, "task"))
        earlier = first.setdefault(entry.task, str(place))
        if earlier != str(place):
            yield place, f"任务“{shown(entry.task)}”的分解意见重复，{earlier} 已有；应合成一条"
    for plan in inspection.plans:
        units: dict[str, int] = {}
        for index, decided in enumerate(plan.assessment.units if plan.assessment else ()):
            place = inspection.place(f"{plan.id}/assessment.yml", ("units", index, "unit"))
            party = "、".join(inspection.names.get(folded(decided.unit), (decided.unit,)))
            line = units.setdefault(party, place.line)
            if line != place.line:
                yield place, f"“{shown(decided.unit)}”的考核方式重复，第 {line} 行已有；应只写一次"


def unit_unknown(inspection: Inspection) -> Iterator[Problem]:
    """Units named in decisions are registered."""
    if not inspection.loaded.readable("units.yml"):
        return
    for name, file, loc in _named(inspection):
        if folded(name) not in inspection.names:
            hint = unit_hint(name, inspection.written_names)
            yield inspection.place(file, loc), f"没有“{shown(name)}”这个单位或统称；{hint}"


def _named(inspection: Inspection) -> Iterator[tuple[str, str, Loc]]:
    for _, entry, file, loc in _entries(inspection):
        if entry.consolidator:
            yield entry.consolidator, file, (*loc, "consolidator")
        for index, name in enumerate(entry.open_list):
            yield name, file, (*loc, "open_list", index)
    for plan in inspection.plans:
        for index, decided in enumerate(plan.assessment.units if plan.assessment else ()):
            yield decided.unit, f"{plan.id}/assessment.yml", ("units", index, "unit")


def node_outside(inspection: Inspection) -> Iterator[Problem]:
    """A node of an annual plan lies in its year, or before the last day of a task that runs beyond it."""
    for plan, entry, file, loc in _entries(inspection):
        task = inspection.graph.task_by_label.get(entry.task)
        year = plan.head.year
        if year is None or task is None:
            continue
        first, last = date(year, 1, 1), max([date(year, 12, 31), *_ends(task)])
        for index, node in enumerate(entry.nodes):
            if not first <= node.due <= last:
                place = inspection.place(file, (*loc, "nodes", index, "due"))
                yield place, f"分解节点 {day(node.due)} 不在 {day(first)} 至 {day(last)} 之内；应核对年份"


def _ends(task: Task) -> list[date]:
    times = [deadline for statement in task.clause.statements for deadline in statement.deadlines]
    return [deadline.end for deadline in times if deadline.end]


def objective_unknown(inspection: Inspection) -> Iterator[Problem]:
    """The objective that a criterion rests on is one of its own plan."""
    for plan in inspection.outlined:
        count = sum(len(section.objectives) for section in plan.head.sections)
        for part in ("air_quality", "common", "adjustments") if plan.assessment else ():
            for index, criterion in enumerate(getattr(plan.assessment, part)):
                if criterion.objective is not None and criterion.objective > count:
                    place = inspection.place(f"{plan.id}/assessment.yml", (part, index, "objective"))
                    yield place, f"没有第 {criterion.objective} 条工作目标；本计划的 plan.yml 有 {count} 条"


def weight_sum(inspection: Inspection) -> Iterator[Problem]:
    """Where weights are decided, those of a unit make up the whole; rows still open share what is left."""
    if inspection.graph.findings:
        # Names that mean nobody are missing from the rows; they are told already.
        return
    for plan in inspection.outlined:
        if plan.assessment is None or plan.head.year is None:
            continue
        wrong: dict[str, list[str]] = {}
        for unit in inspection.graph.units:
            total = _wrong_total(inspection, plan, plan.assessment, unit)
            if total is not None:
                wrong.setdefault(f"{total:g}", []).append(unit.name)
        for sum_of_weights, names in wrong.items():
            several = f"等 {len(names)} 个单位" if len(names) > 5 else ""
            told = f"{'、'.join(names[:5])}{several}的分值合计 {sum_of_weights}"
            place = inspection.place(f"{plan.id}/assessment.yml", ("total",))
            yield place, f"{told}，总分是 {plan.assessment.total:g}；应相等，请核对 breakdown.yml 的 weight"


def _wrong_total(inspection: Inspection, plan: Plan, assessment: AssessmentFile, unit: Unit) -> float | None:
    """The sum of a unit's decided weights where it cannot come to the total."""
    town = unit.kind in {UnitKind.TOWN, UnitKind.SUBDISTRICT}
    criteria = (*assessment.common, *(assessment.air_quality if town else ()))
    rows = [_weight(inspection, task) for task in _scored(inspection, plan, unit.id)]
    weights = [*rows, *(criterion.weight for criterion in criteria)]
    total = round(sum(weight for weight in weights if weight is not None), 1)
    settled = None not in weights and total != assessment.total
    return total if rows and (total > assessment.total or settled) else None


def _scored(inspection: Inspection, plan: Plan, unit: str) -> Iterator[Task]:
    """Tasks that a unit is scored on in the year of a plan, those of the plans above it included."""
    plans = {plan.id, *(parent.plan for parent in plan.head.parents)}
    for duty in inspection.graph.duties_of(unit):
        if duty.role in ANSWERING and duty.task.plan.id in plans and _counts(inspection, duty.task):
            yield duty.task


def _counts(inspection: Inspection, task: Task) -> bool:
    decided = inspection.decisions.get(task.label)
    if decided and decided.assessment:
        return decided.assessment is AssessmentMode.SCORED
    under = inspection.graph.chapter_of(task.plan, task.measure)
    return not (under and under[1].safeguard)


def _weight(inspection: Inspection, task: Task) -> float | None:
    decided = inspection.decisions.get(task.label)
    return decided.weight if decided else None


def grade_range(inspection: Inspection) -> Iterator[Problem]:
    """Every score has a grade: the lowest begins at 0, the highest can be reached."""
    grades = inspection.loaded.rules.grades
    if not inspection.loaded.readable("rules.yml"):
        return
    if not grades:
        yield (
            inspection.place("rules.yml", ("grades",)),
            "没有任何等次；应由高到低写明，如 优秀、良好、合格、不合格",
        )
        return
    if grades[-1].minimum != 0:
        place = inspection.place("rules.yml", ("grades", len(grades) - 1, "minimum"))
        told = f"最低一等“{shown(grades[-1].name)}”从 {grades[-1].minimum:g} 分起"
        yield place, f"{told}；应从 0 分起，否则更低的得分没有等次"
    totals = [plan.assessment.total for plan in inspection.plans if plan.assessment]
    if totals and grades[0].minimum > max(totals):
        place = inspection.place("rules.yml", ("grades", 0, "minimum"))
        yield place, f"最高一等从 {grades[0].minimum:g} 分起，总分只有 {max(totals):g}；应不高于总分"


RULES = (
    Rule(
        "task-unknown",
        ERROR,
        "分解意见所指的任务不存在",
        "breakdown.yml 的 task 应是任务编号；一项措施有几款的，带 ①②。",
        "task: 方案-10（这一项有两款，应写 方案-10① 或 方案-10②）",
        "照提示改正。",
        task_unknown,
        absence=True,
    ),
    Rule(
        "entry-repeated",
        ERROR,
        "同一事项写了两次",
        "一个任务只有一条分解意见，一个单位只有一种考核方式。",
        "行动-09 有两条，分值不同。",
        "合成一条。",
        entry_repeated,
    ),
    Rule(
        "unit-unknown",
        ERROR,
        "没有这个单位",
        "责任分工、分解意见和考核办法里的名称，应是 units.yml 里某个单位或集合的名称、全称或别名。",
        "区住建居",
        "照提示改正；确为新单位或新写法的，先在 units.yml 登记。",
        unit_unknown,
    ),
    Rule(
        "node-outside",
        WARNING,
        "分解节点不在年度之内",
        "年度计划的分解节点应在本年度内；任务本身跨年的，可到任务的截止日。",
        "2024年计划的节点写成 2014-06-30。",
        "核对年份。",
        node_outside,
    ),
    Rule(
        "objective-unknown",
        ERROR,
        "没有这条工作目标",
        "考核指标的 objective 是本计划 plan.yml 里第几条工作目标，目标值和完成时限由此而来。",
        "只有两条工作目标，写了 objective: 3。",
        "照 plan.yml 的次序改正；不据工作目标的，删去 objective。",
        objective_unknown,
    ),
    Rule(
        "weight-sum",
        WARNING,
        "分值合计与总分不符",
        "定了分值的，一个单位各项分值（共性、个性任务，镇街另加空气质量）合计应等于总分；未定的各项平分余下的分。",
        "某单位五项任务各 30 分，总分 100。",
        "调整 breakdown.yml 的 weight 或 assessment.yml 的 total。",
        weight_sum,
        absence=True,
    ),
    Rule(
        "grade-range",
        WARNING,
        "等次没有覆盖全部得分",
        "最低一等从 0 分起，最高一等不高于总分。",
        "最低一等“合格”从 60 分起，59 分没有等次。",
        "在 rules.yml 补上最低一等。",
        grade_range,
    ),
)
