"""The nearest good value of a number: not one that merely looks alike, but which numbers there are."""

from __future__ import annotations

from generator.checks.inspection import Inspection
from generator.findings import suggestion


def measure_hint(inspection: Inspection, name: str) -> str:
    """Which measure an id may mean; scheme-41 is told which numbers scheme has."""
    plans = {plan.id: plan for plan in inspection.plans if plan.measures}
    start, _, number = name.rpartition("-")
    if start in plans:
        plan = plans[start]
        return f"计划 {start} 有 {plan.measure_id(plan.measures[0])} 至 {plan.measure_id(plan.measures[-1])}"
    labels = {plan.head.label: plan.id for plan in plans.values()}
    if start in labels:
        return f"是否指“{labels[start]}-{number}”？"
    return suggestion(name, (f"{plan}-{number}" for plan in plans)) or "应写措施 id，如 scheme-14"


def task_hint(inspection: Inspection, name: str) -> str:
    """Which task a number may mean; 方案-10 is told of 方案-10①, 方案-41 which numbers 方案 has."""
    tasks = inspection.graph.tasks
    same = [task.label for task in tasks if task.plan.measure_label(task.measure) == name]
    if same:
        return f"这项措施有 {len(same)} 款，应写 {' 或 '.join(same[:5])}"
    labels = sorted({task.plan.head.label for task in tasks}, key=len, reverse=True)
    for label in labels:
        if name.startswith(label):
            of_plan = [task.label for task in tasks if task.plan.head.label == label]
            return f"“{label}”有 {of_plan[0]} 至 {of_plan[-1]}"
    start, dash, number = name.rpartition("-")
    hint = suggestion(name, (f"{label}-{number}" for label in labels)) if start and dash else ""
    return hint or "应写任务编号，如 方案-14、方案-10①"
