"""Remarks (备注): what a reader must know of a task or a duty, as term keys (`remark.…`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.graph import Duty, ResponsibilityGraph, Task, folded
from generator.model import Deadline, Role

OF_ONE_TIME = frozenset({"remark.inferred", "remark.before_issue"})
"""Remarks that concern one time of a task and not the others."""


def task_remarks(graph: ResponsibilityGraph, task: Task) -> tuple[str, ...]:
    """Who is not named, whose list is open or unconfirmed, which times are doubtful, whether it was mended."""
    found = list(_on_names(graph, task))
    deadlines = [deadline for statement in task.clause.statements for deadline in statement.deadlines]
    found += [key for deadline in deadlines for key in time_remarks(deadline, task.plan.head.issued)]
    mended = (task.clause.responsibility, *task.clause.statements)
    if any(place and place.source_text is not None for place in mended):
        found.append("remark.repaired")
    return tuple(dict.fromkeys(found))


def time_remarks(deadline: Deadline, issued: date | None) -> tuple[str, ...]:
    """What must be said of one time: that it was inferred, that it had passed when the document was issued."""
    found = []
    if deadline.inferred:
        found.append("remark.inferred")
    if is_before_issue(deadline, issued):
        found.append("remark.before_issue")
    return tuple(found)


def is_before_issue(deadline: Deadline, issued: date | None) -> bool:
    """Whether a time had passed when the document was issued."""
    return bool(issued and deadline.end and deadline.end < issued)


def remarks_at(remarks: tuple[str, ...], deadline: Deadline, issued: date | None) -> tuple[str, ...]:
    """The remarks of a task or a duty as they hold for one of its times."""
    return (*(key for key in remarks if key not in OF_ONE_TIME), *time_remarks(deadline, issued))


def duty_remarks(graph: ResponsibilityGraph, duty: Duty) -> tuple[str, ...]:
    """Whether the unit is meant at all: by a doubtful name, as a member of a group, by the office's decision."""
    if duty.decided:
        return ("remark.decided",)
    if duty.former and duty.via is None:
        return ("remark.took_over",)
    if duty.via is None:
        return ("remark.alias_unconfirmed",) if _doubtful_name(graph, duty) else ()
    if not duty.certain:
        return ("remark.membership_unknown",)
    return () if graph.group_by_id[duty.via].confirmed else ("remark.membership_unconfirmed",)


def _on_names(graph: ResponsibilityGraph, task: Task) -> Iterator[str]:
    if task.clause.responsibility is None:
        yield "remark.no_responsibility"
    elif not task.parties(Role.LEAD) and not _stands_alone(graph, task):
        yield "remark.no_lead"
    if task.open:
        yield "remark.open"
    groups = [graph.group_by_id[name.party] for name in task.assignments if name.party in graph.group_by_id]
    if any(group.members and not group.confirmed for group in groups):
        yield "remark.group_unconfirmed"
    if any(not group.members for group in groups):
        yield "remark.group_unknown"


def _stands_alone(graph: ResponsibilityGraph, task: Task) -> bool:
    """One unit and nobody else: there is nobody whom it could lead."""
    named = {name.party for name in task.assignments}
    return len(named) == 1 and named <= graph.unit_by_id.keys() and not task.open


def _doubtful_name(graph: ResponsibilityGraph, duty: Duty) -> bool:
    """Whether the text calls the unit by a name that nobody has confirmed to be its own."""
    aliases = graph.unit_by_id[duty.unit].aliases
    return any(not alias.confirmed and folded(alias.name) == folded(duty.written) for alias in aliases)
