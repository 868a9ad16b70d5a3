"""What each edition of the site may know: it cannot print what it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    """公开版: the plan without returns, decisions, tasks from outside it, air quality and contacts."""
    plans = tuple(_public_plan(plan) for plan in loaded.plans)
    findings = public_findings(loaded.findings)
    return replace(loaded, plans=plans, air=(), contacts=(), findings=findings)


def _public_plan(plan: Plan) -> Plan:
    outside = {task.task for task in plan.extra_tasks}
    breakdown = tuple(entry for entry in plan.breakdown if entry.task not in outside)
    return plan.model_copy(update={"returns": (), "decisions": (), "extra_tasks": (), "breakdown": breakdown})


def internal_part(loaded: LoadedProject) -> LoadedProject:
    """内部版: everything but names and telephone numbers, which stand on papers only."""
    return replace(loaded, contacts=())


def holds_more(loaded: LoadedProject) -> bool:
    """Whether there is anything of the year that the public part leaves out."""
    return any(plan.returns or plan.decisions or plan.extra_tasks for plan in loaded.plans)


def public_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those about the files of the plan itself: others quote what units reported."""
    return tuple(found for found in findings if PUBLIC_FILES.fullmatch(found.place.file))
