"""What only pages say of times: months, days that are left, a measure in one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.analysis.wording import deadline_texts
from generator.graph import Task
from generator.terms import Terms


def chinese_month(month: str) -> str:
    """`2024-12` → 2024年12月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def days_left(terms: Terms, last: date, as_of: date) -> str:
    """还有184天, 今天到期, 时限已过: a date that has passed says nothing about whether the work is done."""
    left = (last - as_of).days
    if left < 0:
        return terms("reading.passed")
    return terms("reading.today") if left == 0 else terms("reading.days_left").format(days=left)


def who_and_when(terms: Terms, tasks: Iterable[Task]) -> str:
    """A measure in one line: ▲区发改局、●区住建局；2024年12月底前."""
    found = tuple(tasks)
    held = "、".join(f"{terms.mark(name.role)}{name.written}" for task in found for name in task.assignments)
    deadlines = [time for task in found for statement in task.clause.statements for time in statement.deadlines]
    return "；".join(part for part in (held, "、".join(deadline_texts(terms, deadlines))) if part)
