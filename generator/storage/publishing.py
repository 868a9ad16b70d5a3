"""What each edition of the site may know: it cannot print what it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.findings import Finding
from generator.model import Plan
from generator.storage.loaded import LoadedProject

PUBLIC_FILES = re.compile(
    r"plan|plan/(?:(?:units|calendar|rules)\.yml|source/.*"
    r"|[^/]+/(?:(?:plan|links|breakdown|assessment)\.yml|measures(?:/.*)?))"
)
"""The plan itself, how it is broken down and the settings; whatever is not named here is internal."""


def public_part(loaded: LoadedProject) -> LoadedProject:
    """公开版: the plan without returns, decisions, tasks from outside it, air quality and contacts.

    What was carried over tells what was not finished: neither those measures nor a plan of nothing else is public.
    """
    plans = tuple(_public_plan(plan) for plan in loaded.plans if not _only_carried(plan))
    findings = public_findings(loaded, loaded.findings)
    return replace(loaded, plans=plans, air=(), contacts=(), findings=findings)


def _public_plan(plan: Plan) -> Plan:
    carried = [measure for measure in plan.measures if measure.carried_from]
    hidden = {plan.task_label(one, place) for one in carried for place in range(1, len(one.clauses) + 1)}
    hidden |= {task.task for task in plan.extra_tasks}
    ids = {plan.measure_id(measure) for measure in carried}
    return plan.model_copy(
        update={
            "returns": (),
            "replies": (),
            "decisions": (),
            "extra_tasks": (),
            "measures": tuple(measure for measure in plan.measures if not measure.carried_from),
            "links": tuple(link for link in plan.links if not {link.source, link.to} & ids),
            "breakdown": tuple(entry for entry in plan.breakdown if entry.task not in hidden),
        }
    )


def _only_carried(plan: Plan) -> bool:
    return bool(plan.measures) and all(measure.carried_from for measure in plan.measures)


def internal_part(loaded: LoadedProject) -> LoadedProject:
    """内部版: everything but names and telephone numbers, which stand on papers only."""
    return replace(loaded, contacts=())


def without_places(loaded: LoadedProject) -> LoadedProject:
    """The plan when it has been checked: where each value stands in its file takes more memory than its text."""
    return replace(loaded, files={})


def holds_more(loaded: LoadedProject) -> bool:
    """Whether there is anything of the year that the public part leaves out."""
    return any(
        plan.returns
        or plan.replies
        or plan.decisions
        or plan.extra_tasks
        or any(measure.carried_from for measure in plan.measures)
        for plan in loaded.plans
    )


def public_findings(loaded: LoadedProject, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those about the files of the plan itself: others quote what units reported."""
    carried = set(_carried_files(loaded))
    return tuple(
        found for found in findings if PUBLIC_FILES.fullmatch(found.place.file) and found.place.file not in carried
    )


def _carried_files(loaded: LoadedProject) -> Iterator[str]:
    for plan in loaded.plans:
        for measure in plan.measures:
            if measure.carried_from:
                yield f"plan/{loaded.measure_file(plan, measure)}"
