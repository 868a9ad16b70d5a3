"""Units that the text charges with something although no bracket names them (正文写有职责)."""

from __future__ import annotations

from generator.graph import ResponsibilityGraph, Task, names_of


def tasks_naming(graph: ResponsibilityGraph, unit: str) -> tuple[Task, ...]:
    """The tasks whose sentences name a unit and whose bracket does not, in the order of the document."""
    names = names_of(graph.unit_by_id[unit])
    return tuple(
        task
        for task in graph.tasks
        if unit not in {found.party for found in task.assignments}
        and any(name in task.clause.text for name in names)
    )
