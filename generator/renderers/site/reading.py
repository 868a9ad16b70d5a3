"""How times and figures are read out in Chinese; the verbatim phrase always stands beside the reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.analysis.wording import deadline_texts
from generator.graph import Task
from generator.model import Deadline, DeadlineKind, Target
from generator.terms import Terms


def chinese_day(day: date) -> str:
    """2024年12月31日, without padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_month(month: str) -> str:
    """`2024-12` → 2024年12月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def deadline_reading(terms: Terms, deadline: Deadline) -> str:
    """When, as it was understood: 2024年12月31日前, 2024年5月1日至2024年9月30日, 每月25日, 常态化."""
    if deadline.recurrence:
        return _recurrence(terms, deadline.recurrence)
    start, end = deadline.start, deadline.end
    if start and end:
        return f"{chinese_day(start)}{terms('reading.to')}{chinese_day(end)}"
    if end:
        return f"{chinese_day(end)}{terms('reading.before')}"
    if start:
        return f"{chinese_day(start)}{terms('reading.from')}"
    return terms("reading.undated") if deadline.kind is DeadlineKind.BY else terms.label(deadline.kind)


def _recurrence(terms: Terms, recurrence: str) -> str:
    """`monthly:25` → 每月25日; a rhythm without a day is only named."""
    rhythm, _, when = recurrence.partition(":")
    if not when:
        return terms(f"recurrence.{rhythm}")
    pattern = "reading.recurrence_on_monthly" if rhythm == "monthly" else "reading.recurrence_on"
    return terms(pattern).format(rhythm=terms(f"recurrence.{rhythm}"), when=when)


def target_reading(terms: Terms, target: Target) -> str:
    """How much, as it was understood: 不低于30%, 低于0（与2020年相比）, 由上级下达 where no figure is given."""
    if target.value is None:
        return terms("reading.external" if target.external else "reading.no_value")
    text = f"{terms.label(target.comparator)}{target.value}{target.symbol or ''}"
    return text + (terms("reading.baseline").format(baseline=target.baseline) if target.baseline else "")


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
