"""What was carried over from an earlier year: where it comes from is there, and its text is still the same."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.hints import measure_hint
from generator.checks.inspection import Inspection
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown, suggestion
from generator.model import Measure, Plan, text_stamp

WARNING = Severity.WARNING


def carried_measures(inspection: Inspection) -> Iterator[tuple[Plan, Measure, str]]:
    """Every measure that was carried over, with its plan and its file."""
    for plan in inspection.outlined:
        for measure in plan.measures:
            if measure.carried_from is not None:
                yield plan, measure, inspection.file_of(plan, measure)


def carried_from(inspection: Inspection) -> Iterator[Problem]:
    """What a measure is carried over from is a measure of another plan."""
    for plan, measure, file in carried_measures(inspection):
        origin = measure.carried_from or ""
        found = inspection.graph.measures.get(origin)
        if found is None or found[0].id == plan.id:
            hint = "应是另一个计划的措施" if found else measure_hint(inspection, origin)
            yield inspection.place(file, ("carried_from",)), f"没有“{shown(origin)}”这项可结转的措施；{hint}"


def carried_stamp(inspection: Inspection) -> Iterator[Problem]:
    """What was carried over was carried from the text as it stands."""
    for _, measure, file in carried_measures(inspection):
        found = inspection.graph.measures.get(measure.carried_from or "")
        if found and measure.carried_stamp and measure.carried_stamp != text_stamp(found[1].text):
            told = f"“{shown(measure.carried_from)}”的原文在结转后有改动；请核对两处，确认后更新 carried_stamp"
            yield inspection.place(file, ("carried_stamp",)), told


def carried_extra(inspection: Inspection) -> Iterator[Problem]:
    """A task from outside the plan that was carried over stands in an earlier plan too."""
    known = {f"{plan.id}/{task.task}" for plan in inspection.plans for task in plan.extra_tasks}
    for plan in inspection.outlined:
        for index, task in enumerate(plan.extra_tasks):
            own = task.carried_from is not None and task.carried_from.startswith(f"{plan.id}/")
            if task.carried_from is not None and (own or task.carried_from not in known):
                hint = (
                    "应是另一个计划的任务"
                    if own
                    else suggestion(task.carried_from, known) or "应是 计划 id/任务编号"
                )
                place = inspection.place(f"{plan.id}/extra-tasks.yml", ("tasks", index, "carried_from"))
                yield place, f"没有“{shown(task.carried_from)}”这项可结转的计划外任务；{hint}"


RULES = (
    Rule(
        "carried-from",
        WARNING,
        "结转来源不存在",
        "carried_from 应是上一年度计划中的措施 id。",
        "carried_from: action-2024-90",
        "照提示改正；上一年度计划已不在本项目中的，删去这一项。",
        carried_from,
        absence=True,
    ),
    Rule(
        "carried-stamp",
        WARNING,
        "结转后原文有改动",
        "carried_stamp 是结转时原措施文字的指纹；原措施的文字后来改了，指纹就不再相符。",
        "上一年度的行动-01 订正了一个字，结转-01 还是旧文字。",
        "核对两处文字，确认后把 carried_stamp 改为现在的指纹，或重新结转。",
        carried_stamp,
    ),
    Rule(
        "carried-extra",
        WARNING,
        "计划外任务的结转来源不存在",
        "extra-tasks.yml 的 carried_from 应是另一个计划的 id 和其中计划外任务的编号。",
        "carried_from: action-2024/会议-90",
        "照提示改正；上一年度计划已不在本项目中的，删去这一项。",
        carried_extra,
        absence=True,
    ),
)
