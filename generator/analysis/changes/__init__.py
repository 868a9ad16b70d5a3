"""What changed between two versions of the plans (变更): by measure, by unit, and in all around them."""

from __future__ import annotations

from generator.analysis.changes.measures import clause_change, measure_change, measure_pairs, task_pairs
from generator.analysis.changes.outline import objective_changes, plan_changes
from generator.analysis.changes.parties import ComparedTask, Side, duty_changes
from generator.analysis.changes.pieces import (
    DeadlineChange,
    Fact,
    Reference,
    Run,
    SentenceChange,
    TargetChange,
    TextChange,
    VersionChangeKind,
)
from generator.analysis.changes.register import link_changes, register_changes
from generator.analysis.changes.tables import (
    Changes,
    ClauseChange,
    DutyChange,
    DutyChangeKind,
    Held,
    LinkChange,
    LinkState,
    MeasureChange,
    ObjectiveChange,
    PartyChange,
    PartyDuties,
    PartyName,
    PlanChange,
    RegisterChange,
)
from generator.analysis.changes.wanderers import with_moved_sentences
from generator.graph import ResponsibilityGraph
from generator.storage.versions import VersionName

__all__ = [
    "Changes",
    "ClauseChange",
    "DeadlineChange",
    "DutyChange",
    "DutyChangeKind",
    "Fact",
    "Held",
    "LinkChange",
    "LinkState",
    "MeasureChange",
    "ObjectiveChange",
    "PartyChange",
    "PartyDuties",
    "PartyName",
    "PlanChange",
    "Reference",
    "RegisterChange",
    "Run",
    "SentenceChange",
    "TargetChange",
    "TextChange",
    "VersionChangeKind",
    "compare",
]


def compare(
    before: ResponsibilityGraph,
    after: ResponsibilityGraph,
    before_name: VersionName,
    after_name: VersionName,
) -> Changes:
    """Everything that changed; comparing the other way round gives the same with gained and lost swapped."""
    ours, theirs = Side(before), Side(after)
    measures, tasks = [], []
    pairs = measure_pairs(before, after)
    for old, new in pairs:
        found = task_pairs(before.tasks_of(old or ""), after.tasks_of(new or ""))
        clauses = tuple(clause_change(ours, theirs, *pair) for pair in found)
        measure = measure_change(before, after, (old, new), clauses)
        # A task is called by the title of its measure: who bears it is told of another one.
        retitled = measure is not None and any(fact.key == "title" for fact in measure.facts)
        tasks += [
            ComparedTask(*pair, retitled or bool(clause.text)) for pair, clause in zip(found, clauses, strict=True)
        ]
        measures += [measure] if measure else []
    moved = {old: new for old, new in pairs if old and new}
    return Changes(
        before=before_name,
        after=after_name,
        plans=tuple(plan_changes(before, after)),
        measures=with_moved_sentences(measures),
        objectives=tuple(objective_changes(before, after)),
        links=tuple(link_changes(before, after, moved)),
        register=tuple(register_changes(before, after)),
        duties=duty_changes(ours, theirs, tasks),
    )
