"""What units reported: each return in its place, about tasks that there are, on their text as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.hints import task_hint
from generator.checks.inspection import Inspection, day
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.graph import folded
from generator.model import (
    OFFICE_STATES,
    Criterion,
    Period,
    Plan,
    ReturnState,
    UnitReturn,
    text_stamp,
)
from generator.storage import replies_file, return_file

ERROR, WARNING = Severity.ERROR, Severity.WARNING
STORED = frozenset({ReturnState.REPORTED, ReturnState.INCOMPLETE, ReturnState.SCAN_ONLY, ReturnState.UNCONVERTED})


def _returns(inspection: Inspection) -> Iterator[tuple[Plan, UnitReturn, str]]:
    for plan in inspection.plans:
        prefix = f"{plan.id}/progress/"
        read = [name for name in inspection.loaded.files if name.startswith(prefix)]
        for found in plan.returns:
            own = return_file(plan.id, found.period, found.unit)
            yield plan, found, own if own in read else next((name for name in read if _ends(name, found)), own)


def _ends(name: str, found: UnitReturn) -> bool:
    return name.endswith((f"/{found.period}/{name.rsplit('/', 1)[-1]}", f"/{found.unit}.yml"))


def reportable_texts(inspection: Inspection, plan: Plan) -> dict[str, str]:
    """What a return or a decision may be about → its text: tasks, extra tasks, criteria."""
    texts = {task.label: task.clause.text for task in inspection.graph.tasks}
    texts |= {task.task: task.text for task in plan.extra_tasks}
    if plan.assessment:
        parts: dict[str, tuple[Criterion, ...]] = {
            "air-quality": plan.assessment.air_quality,
            "common": plan.assessment.common,
            "adjustments": plan.assessment.adjustments,
        }
        texts |= {f"{part}.{one.id}": one.text for part, criteria in parts.items() for one in criteria}
    return texts


def return_misplaced(inspection: Inspection) -> Iterator[Problem]:
    """A return lies where its own plan, period and unit say."""
    for plan in inspection.plans:
        prefix = f"{plan.id}/progress/"
        expected = {
            return_file(plan.id, found.period, found.unit) for found in plan.returns if found.plan == plan.id
        }
        expected |= {replies_file(plan.id, found.unit) for found in plan.replies if found.plan == plan.id}
        for name in inspection.loaded.files:
            if name.startswith(prefix) and inspection.loaded.readable(name) and name not in expected:
                yield (
                    inspection.place(name),
                    "文件里写的计划、周期或单位与文件所在位置不同；应为 progress/<周期>/<单位 id>.yml",
                )
        for _, found, file in _returns(inspection):
            if found.plan == plan.id and Period.parse(found.period) is None:
                yield (
                    inspection.place(file, ("period",)),
                    f"没有“{shown(found.period)}”这个周期；应为实际存在的周、旬、月、季或年",
                )


def return_unit(inspection: Inspection) -> Iterator[Problem]:
    """Returns come from registered units."""
    known = {unit.id for unit in inspection.graph.units}
    for _, found, file in _returns(inspection):
        if found.unit not in known:
            yield inspection.place(file, ("unit",)), f"没有单位“{shown(found.unit)}”；应为 units.yml 里的单位 id"


def return_task(inspection: Inspection) -> Iterator[Problem]:
    """A row of a return is about a task, an extra task or a criterion that there is, each once."""
    for plan, found, file in _returns(inspection):
        texts, seen = reportable_texts(inspection, plan), set[str]()
        for index, row in enumerate(found.rows):
            place = inspection.place(file, ("rows", index, "task"))
            if row.task not in texts:
                yield place, f"没有任务“{shown(row.task)}”；{task_hint(inspection, row.task)}"
            elif row.task in seen:
                yield place, f"任务“{shown(row.task)}”重复；一份材料里一个任务只写一次"
            seen.add(row.task)


def return_stamp(inspection: Inspection) -> Iterator[Problem]:
    """What was reported was reported on the text as it stands."""
    for plan, found, file in _returns(inspection):
        texts = reportable_texts(inspection, plan)
        for index, row in enumerate(found.rows):
            if row.task in texts and row.stamp != text_stamp(texts[row.task]):
                place = inspection.place(file, ("rows", index, "stamp"))
                yield place, f"“{shown(row.task)}”的原文在填报后有改动；请核对所报内容是否仍然相符"


def return_state(inspection: Inspection) -> Iterator[Problem]:
    """Units report what units may report; what the office finds stands in decisions/."""
    for _, found, file in _returns(inspection):
        if found.state not in STORED:
            place = inspection.place(file, ("state",))
            yield place, f"报送状态“{found.state}”不写在这里；退回、审核写在 decisions/"
        for index, row in enumerate(found.rows):
            if row.state in OFFICE_STATES:
                place = inspection.place(file, ("rows", index, "state"))
                yield place, f"单位不能自报“{row.state}”；办结核验和延期写在 decisions/"


def return_day(inspection: Inspection) -> Iterator[Problem]:
    """A file was not received before its period began."""
    for _, found, file in _returns(inspection):
        period = Period.parse(found.period)
        for index, received in enumerate(found.files):
            if period and received.received < period.first:
                place = inspection.place(file, ("files", index, "received"))
                yield place, f"收到日期 {day(received.received)} 早于周期首日 {day(period.first)}；请核对年份"


def reply_order(inspection: Inspection) -> Iterator[Problem]:
    """A reply answers a letter that was decided, on that day, for that unit."""
    for plan in inspection.plans:
        ordered = {
            (one.task, unit, one.on)
            for _, file in plan.decisions
            for one in file.supervisions
            for unit in inspection.names.get(folded(one.unit), (one.unit,))
        }
        for found in plan.replies:
            for index, reply in enumerate(found.replies):
                if (reply.task, found.unit, reply.ordered_on) not in ordered:
                    place = inspection.place(replies_file(plan.id, found.unit), ("replies", index, "ordered_on"))
                    told = f"decisions/ 里没有 {day(reply.ordered_on)} 对这个单位“{shown(reply.task)}”的督办决定"
                    yield place, f"{told}；请核对日期和任务编号"


RULES = (
    Rule(
        "return-misplaced",
        ERROR,
        "报送材料放错位置",
        "progress/ 由 planbook collect 写入，文件里写的计划、周期、单位应与位置相同。",
        "把 2024-08 的文件复制到 2024-09 下。",
        "删去这个文件，重新收表。",
        return_misplaced,
        absence=True,
    ),
    Rule(
        "return-unit",
        ERROR,
        "报送材料的单位没有登记",
        "报送材料的 unit 应是 units.yml 里的单位 id。",
        "单位 id 改了，旧的报送材料没有改。",
        "单位 id 不应改动；单位撤并的，用 valid_until、succeeded_by 写明。",
        return_unit,
        absence=True,
    ),
    Rule(
        "return-task",
        ERROR,
        "报送材料的任务不存在或重复",
        "报送材料按任务编号逐行保存，编号应是计划、计划外任务或考核指标里有的。",
        "计划改了编号，旧的报送材料还用旧编号。",
        "照提示改正。",
        return_task,
        absence=True,
    ),
    Rule(
        "return-stamp",
        WARNING,
        "填报之后任务原文有改动",
        "每行报送材料带有任务原文的指纹，原文改动后所报内容可能不再相符。",
        "行动-09 在 6 月改了目标值，5 月所报是按旧目标值填的。",
        "核对后由单位重新填报。",
        return_stamp,
    ),
    Rule(
        "return-state",
        ERROR,
        "报送材料里的状态不应由单位填报",
        "已办结（经核验）、经批准延期由环委办认定，退回、审核也是，都写在 decisions/。",
        "state: completed",
        "用 planbook review、close-out、extend 写入。",
        return_state,
    ),
    Rule(
        "return-day",
        WARNING,
        "收到日期早于报送周期",
        "收到日期不应早于周期首日。",
        "2024-09 的材料，收到日期是 2023-09-25。",
        "核对年份。",
        return_day,
    ),
    Rule(
        "reply-order",
        WARNING,
        "督办反馈没有对应的督办决定",
        "反馈单对应一份督办决定：同一任务、同一单位、同一决定日期。",
        "督办决定的日期改了，收到的反馈还写着旧日期。",
        "照督办决定改正，或补上督办决定。",
        reply_order,
    ),
)
