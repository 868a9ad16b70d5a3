"""Tasks by unit, role, day and plan: the question that is asked in the terminal."""

from __future__ import annotations

from datetime import date

from generator.analysis.tasks import DutyRow, due_by, duty_rows, task_rows
from generator.graph import ResponsibilityGraph, folded, name_suggestion
from generator.model import Role


def find_unit(graph: ResponsibilityGraph, written: str) -> str | None:
    """The id of a unit by id, name, full name or alias, full-width and half-width alike."""
    wanted = folded(written)
    for unit in graph.units:
        names = [unit.id, unit.name, unit.full_name or unit.name, *(alias.name for alias in unit.aliases)]
        if wanted in {folded(name) for name in names}:
            return unit.id
    return None


def unit_suggestion(graph: ResponsibilityGraph, written: str) -> str:
    """`是否指“…”？` for the nearest unit."""
    names = [name for unit in graph.units for name in (unit.name, *(alias.name for alias in unit.aliases))]
    return name_suggestion(written, names)


def find_duties(
    graph: ResponsibilityGraph,
    unit: str | None = None,
    roles: tuple[Role, ...] = (),
    by: date | None = None,
    plan: str | None = None,
) -> tuple[DutyRow, ...]:
    """Duties that meet every condition given, by unit in official order, then by document order."""
    owed = duty_rows(graph, task_rows(graph))
    units = [unit] if unit else [found.id for found in graph.units]
    duties = (duty for found in units for duty in owed[found])
    return tuple(
        duty
        for duty in duties
        if (not roles or duty.role in roles)
        and (by is None or due_by(duty, by))
        and (plan is None or duty.row.plan == plan)
    )
