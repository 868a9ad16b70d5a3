"""The real plan as the tests read it: joined again, passage by passage, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from generator.model import Clause, Measure, Passage, Plan, Role
from generator.storage import LoadedProject
from tests.case_files import cases

ROOT = Path(__file__).parent.parent
CASES: dict[str, Any] = cases("real_plan.yml")


def normalised(raw: str) -> str:
    """White space, # and `- ` at line starts, and <sub> tags go; nothing else."""
    lines = re.sub(r"(?m)^\s*#+|^- ", "", raw)
    return re.sub(r"\s+", "", re.sub(r"</?sub>", "", lines))


def joined(plan: Plan, repaired: bool) -> str:
    """The whole document again; `repaired` or as the source has it."""
    head = plan.head
    parts = [_text(block, repaired) for block in head.front]
    for section in head.sections:
        parts += [section.printed_number, section.title]
        parts += [_text(block, repaired) for block in section.paragraphs]
        for objective in section.objectives:
            parts += [objective.number, objective.title or "", objective.title_mark if objective.title else ""]
            parts += [_text(statement, repaired) for statement in objective.statements]
        for chapter in section.chapters:
            parts += [chapter.printed_number, chapter.title]
            parts += [_measure(found, repaired) for found in plan.measures if found.chapter == chapter.number]
    return "".join([*parts, *(_text(block, repaired) for block in head.back)])


def _text(passage: Passage, repaired: bool) -> str:
    return passage.text if repaired or passage.source_text is None else passage.source_text


def _measure(measure: Measure, repaired: bool) -> str:
    clauses = "".join(_clause(clause, repaired) for clause in measure.clauses)
    return f"{measure.printed}{measure.title}{measure.title_mark}{clauses}"


def _clause(clause: Clause, repaired: bool) -> str:
    found = clause.responsibility
    assert found is not None
    bracket = found.printed() if repaired or found.source_text is None else found.source_text
    return "".join(_text(statement, repaired) for statement in clause.statements) + bracket + clause.tail


def passages(plan: Plan) -> Iterator[tuple[str, Passage]]:
    """Every piece of verbatim text that can carry a reading, with a name for it."""
    head = plan.head
    objectives = count(1)
    for index, block in enumerate(head.front, 1):
        yield f"{plan.id}-front-{index}", block
    for section in head.sections:
        for block in section.paragraphs:
            yield f"{plan.id}-section-{section.number}", block
        for objective in section.objectives:
            number = next(objectives)
            for statement in objective.statements:
                yield f"{plan.id}-objective-{number}", statement
    for measure in plan.measures:
        for position, clause in enumerate(measure.clauses, 1):
            for index, statement in enumerate(clause.statements, 1):
                yield f"{plan.clause_id(measure, position)}.{index}", statement
    for index, block in enumerate(head.back, 1):
        yield f"{plan.id}-back-{index}", block


def clauses(loaded: LoadedProject) -> dict[str, Clause]:
    return {
        plan.task_label(measure, position): clause
        for plan in loaded.plans
        for measure in plan.measures
        for position, clause in enumerate(measure.clauses, 1)
    }


def named(clause: Clause, role: Role) -> tuple[str, ...]:
    assert clause.responsibility is not None
    return tuple(name for found, name in clause.responsibility.by_role() if found is role)


def all_names(clause: Clause) -> list[str]:
    return [name for role in Role for name in named(clause, role)]


def everything(loaded: LoadedProject) -> list[tuple[str, Passage]]:
    return [found for plan in loaded.plans for found in passages(plan)]
