"""Deadlines: they say something possible, and what their phrase says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.checks.inspection import Inspection, PlacedPassage, day
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown, suggestion
from generator.model import Deadline, DeadlineKind, Plan
from generator.phrases import PhraseContext, parse_deadline, plan_context
from generator.storage import Loc

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def _deadlines(inspection: Inspection) -> Iterator[tuple[PlacedPassage, Deadline, Loc]]:
    for placed in inspection.passages:
        for deadline, loc in placed.deadlines():
            yield placed, deadline, loc


def deadline_contradiction(inspection: Inspection) -> Iterator[Problem]:
    """A deadline has the days that its kind needs, in order, and no others."""
    for placed, deadline, loc in _deadlines(inspection):
        for key, fault in _faults(deadline):
            yield inspection.place(placed.file, (*loc, key)), f"“{shown(deadline.phrase)}”{fault}"


def _faults(found: Deadline) -> Iterator[tuple[str, str]]:
    """(key at which it shows, fault)."""
    kind, start, end = found.kind, found.start, found.end
    if start and end and start > end:
        yield "end", f"的截止日 {day(end)} 早于起始日 {day(start)}；应不早于起始日"
    needed = {DeadlineKind.BY: ("end",), DeadlineKind.FROM: ("start",), DeadlineKind.BETWEEN: ("start", "end")}
    for key in needed.get(kind, ()):
        # A day that nobody can know is said to be so; it is never made up.
        if getattr(found, key) is None and not found.basis:
            yield "kind", f"的类别是 {kind}，没有 {key}；应填日期，确实无法确定的在 basis 写明原因"
    if kind is DeadlineKind.BY and start:
        yield "start", "的类别是 by（截止），又有 start；应删去 start，或把类别改为 between"
    if kind is DeadlineKind.FROM and end:
        yield "end", "的类别是 from（起始），又有 end；应删去 end，或把类别改为 between"
    if kind is DeadlineKind.ONGOING and end:
        yield "end", "的类别是 ongoing（持续），又有 end；应删去 end，或把类别改为 by 或 between"
    if kind is DeadlineKind.RECURRING and not found.recurrence:
        yield "kind", "的类别是 recurring（周期），没有 recurrence；应填周期，如 monthly、regular"
    if kind is not DeadlineKind.RECURRING and found.recurrence:
        yield "recurrence", f"的类别是 {kind}，又有 recurrence；应把类别改为 recurring，或删去 recurrence"


def recurrence_day(inspection: Inspection) -> Iterator[Problem]:
    """The day of a recurrence exists: weekly:1-7, monthly:1-31, half-yearly and yearly:MM-DD."""
    for placed, deadline, loc in _deadlines(inspection):
        unit, _, when = (deadline.recurrence or "").partition(":")
        expected = _recurrence_fault(unit, when) if when else None
        if expected:
            place = inspection.place(placed.file, (*loc, "recurrence"))
            yield place, f"周期“{shown(deadline.recurrence)}”没有这样的日子；{expected}"


def _recurrence_fault(unit: str, when: str) -> str | None:
    if unit == "weekly":
        return None if re.fullmatch("[1-7]", when) else "weekly: 后应为 1 至 7，1 是星期一"
    if unit == "monthly":
        return None if re.fullmatch("[1-9]|[12][0-9]|3[01]", when) else "monthly: 后应为 1 至 31"
    if unit in {"quarterly", "half-yearly", "yearly"}:
        return None if _is_month_and_day(when) else f"{unit}: 后应为“月-日”，如 {unit}:12-31"
    return f"{unit} 后面不写日子，应写 {unit}"


def _is_month_and_day(when: str) -> bool:
    try:
        date.fromisoformat(f"2024-{when}")
    except ValueError:
        return False
    return True


def deadline_before_issue(inspection: Inspection) -> Iterator[Problem]:
    """A plan hardly sets a deadline that had passed when it was issued; where the document does, it stays."""
    for placed, deadline, loc in _deadlines(inspection):
        issued = placed.plan.head.issued
        if issued and deadline.end and deadline.end < issued:
            place = inspection.place(placed.file, (*loc, "end"))
            message = f"“{shown(deadline.phrase)}”截止 {day(deadline.end)}，早于印发日期 {day(issued)}；"
            yield place, f"{message}应核对年份，原文如此的不必改"


def season_unknown(inspection: Inspection) -> Iterator[Problem]:
    """The season of a deadline is in calendar.yml."""
    seasons = {season.id: season for season in inspection.loaded.calendar.seasons}
    if not inspection.loaded.readable("calendar.yml"):
        return
    for placed, deadline, loc in _deadlines(inspection):
        if deadline.season is not None and deadline.season not in seasons:
            by_name = [key for key, found in seasons.items() if deadline.season in {found.name, *found.aliases}]
            near = f"是否指“{by_name[0]}”？" if by_name else suggestion(deadline.season, seasons)
            hint = near or f"可用的有：{'、'.join(seasons) or '（没有）'}"
            place = inspection.place(placed.file, (*loc, "season"))
            yield place, f"calendar.yml 中没有季节“{shown(deadline.season)}”（写 id）；{hint}"


def deadline_differs(inspection: Inspection) -> Iterator[Problem]:
    """A deadline is what its phrase says; one that the grammar cannot read is left to people."""
    if not inspection.loaded.readable("calendar.yml"):
        return
    for placed, deadline, loc in _deadlines(inspection):
        parsed = parse_deadline(deadline.phrase, context_of(inspection, placed.plan), placed.passage.text)
        for key, label in COMPARED if parsed else ():
            written, read = getattr(deadline, key), getattr(parsed, key)
            if written != read and not _left_open(deadline, key, read):
                place = inspection.place(placed.file, (*loc, key))
                message = f"“{shown(deadline.phrase)}”的{label}写成 {_shown(written)}，按原文应为 {_shown(read)}"
                yield place, f"{message}；请核对"


COMPARED = (
    ("kind", "类别"),
    ("start", "起始日"),
    ("end", "截止日"),
    ("recurrence", "周期"),
    ("season", "季节"),
    ("inferred", "推算标记"),
)


def _left_open(deadline: Deadline, key: str, read: object) -> bool:
    """A person may know a day that the words do not say, with a basis, but not the other way round."""
    if key in {"start", "end"}:
        return read is None and deadline.inferred
    return key == "inferred" and deadline.inferred


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return shown(value) if value is not None else "（空）"


def context_of(inspection: Inspection, plan: Plan) -> PhraseContext:
    """What the words of a plan do not say: its year, its issue, the seasons."""
    head = plan.head
    return plan_context(head.year, head.issued, head.document_number, inspection.loaded.calendar.seasons)


RULES = (
    Rule(
        "deadline-contradiction",
        ERROR,
        "时限自相矛盾",
        "by 要有截止日，from 要有起始日，between 两个都要，且先后不颠倒；recurring 要有周期，其他类别没有。",
        "kind: by，只写了 start。",
        "照提示补上、删去或改类别。",
        deadline_contradiction,
    ),
    Rule(
        "recurrence-day",
        ERROR,
        "周期里的日子不存在",
        "weekly: 后是 1 至 7，monthly: 后是 1 至 31，quarterly、half-yearly、yearly 后是“月-日”。",
        "recurrence: monthly:45",
        "照提示改正。",
        recurrence_day,
    ),
    Rule(
        "deadline-before-issue",
        WARNING,
        "时限早于印发日期",
        "文件印发时已经过去的时限，多半是年份写错；也有原文如此的。",
        "2024年5月9日印发，要求“2024年4月底前”完成。",
        "核对原文；原文如此的不必改。",
        deadline_before_issue,
    ),
    Rule(
        "season-unknown",
        ERROR,
        "季节不存在",
        "时限的 season 应是 calendar.yml 里某个季节的 id。",
        "season: 采暖季（应写 heating）",
        "照提示改正，或在 calendar.yml 里补上。",
        season_unknown,
    ),
    Rule(
        "deadline-differs",
        WARNING,
        "时限与原文短语不符",
        "按公文用语重新识读短语，得到的日期、类别与所写的不同。",
        "phrase: 2024年10月底前，end: 2024-11-30",
        "以原文为准改正；识读有误的，不必改。",
        deadline_differs,
    ),
)
