"""What an import reads, in the compact notation in which the cases are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.importing import Draft, ImportRequest, Surroundings, draft_document
from generator.model import Clause, Deadline, DeadlineKind, Measure, Plan, Role, Target

FIXTURES = Path(__file__).parent / "fixtures/import"


def drafted(name: str, content: bytes | None = None, plan_id: str = "plan") -> Draft:
    """The draft of a fixture, or of some bytes under a file name."""
    given = (FIXTURES / name).read_bytes() if content is None else content
    return draft_document(ImportRequest(name, given, plan_id), Surroundings())


def plans_of(draft: Draft) -> tuple[Plan, ...]:
    """The draft's plans as plans."""
    return tuple(Plan(head=plan.head, measures=plan.measures) for plan in draft.plans)


def notation(draft: Draft) -> list[dict[str, Any]]:
    """Every plan of a draft as the cases write it."""
    return [
        {"title": plan.head.title, "measures": [measure_notation(measure) for measure in plan.measures]}
        for plan in draft.plans
    ]


def measure_notation(measure: Measure) -> dict[str, Any]:
    """Number, title, clauses with their units, times and figures."""
    statements = [statement for clause in measure.clauses for statement in clause.statements]
    written: dict[str, Any] = {"number": measure.printed, "title": measure.title}
    written["clauses"] = [units_notation(clause) for clause in measure.clauses]
    times = [time_notation(found) for statement in statements for found in statement.deadlines]
    figures = [figure_notation(found) for statement in statements for found in statement.targets]
    return {**written, **({"times": times} if times else {}), **({"figures": figures} if figures else {})}


def units_notation(clause: Clause) -> dict[str, Any]:
    """{lead: […], open: true}; {} where a clause names nobody."""
    if clause.responsibility is None:
        return {}
    roles = {role.value: list(getattr(clause.responsibility, role.value)) for role in Role}
    written: dict[str, Any] = {role: names for role, names in roles.items() if names}
    return {**written, **({"open": True} if clause.responsibility.open else {})}


def time_notation(found: Deadline) -> str:
    """by 2025-10-31, from 2025-01-01, between 2025-05-01 2025-09-30, monthly:25, ongoing; ~ for an inferred day."""
    if found.kind is DeadlineKind.RECURRING:
        return str(found.recurrence)
    days = " ".join(day.isoformat() for day in (found.start, found.end) if day) or (
        "" if found.kind is DeadlineKind.ONGOING else "?"
    )
    return f"{found.kind.value} {'~' if found.inferred else ''}{days}".strip()


def figure_notation(found: Target) -> str:
    """>= 38 %, = 0, external."""
    if found.value is None:
        return "external"
    return f"{found.comparator.value} {found.value:g}{f' {found.symbol}' if found.symbol else ''}"
