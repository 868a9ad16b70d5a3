"""The office at work: reviews of every month, decisions of the year, scores at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from generator.analysis.assessment import AssessmentForm
from generator.analysis.ledger import LedgerEntry
from generator.analysis.periods import is_workday
from generator.analysis.standing import PASSED
from generator.book import Book
from generator.forms.deciding import write_rulings
from generator.forms.fields import criterion_row
from generator.model import (
    AssessmentMode,
    CloseOut,
    Extension,
    LedgerState,
    ReturnState,
    Review,
    RulesFile,
    Ruling,
    Score,
    Supervision,
    Transfer,
)
from generator.project import Project
from tests.example_year.reading import book_on
from tests.example_year.scenario import scenario

PLAN = "action-2024"
KINDS: dict[str, type[Ruling]] = {
    "reviews": Review,
    "close_outs": CloseOut,
    "extensions": Extension,
    "transfers": Transfer,
    "supervisions": Supervision,
}
SHARE_LOST = {LedgerState.BEHIND: 0.4, LedgerState.BLOCKED: 0.5, LedgerState.NOT_STARTED: 0.8}
LOST_WHEN_PASSED = 0.2
"""What a task costs that is neither held up nor done when its last day has passed."""


def decide(project: Project, after: date, until: date) -> None:
    """Write the decisions of the scenario that were made after one day and not later than another."""
    by = scenario("decisions.yml")["by"]
    due = [one for one in scenario("decisions.yml")["decisions"] if after < date.fromisoformat(one["on"]) <= until]
    book = book_on(project, until)
    for (_, kind), found in groupby(sorted(due, key=_month_and_kind), key=_month_and_kind):
        rulings = tuple(KINDS[kind].model_validate({**_bare(one), "by": by}) for one in found)
        write_rulings(book, PLAN, {kind: rulings})


def _month_and_kind(one: dict[str, Any]) -> tuple[str, str]:
    return one["on"][:7], one["kind"]


def _bare(one: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key != "kind"}


def meeting_day(rules: RulesFile, cutoff: date) -> date:
    """When the office meets to review a month."""
    day, left = cutoff, int(scenario("decisions.yml")["review_after_workdays"])
    while left:
        day += timedelta(days=1)
        left -= is_workday(rules, day)
    return max(day, date.fromisoformat(scenario("decisions.yml")["first_review"]))


def send_back(project: Project, unit: str, period: str, day: date) -> None:
    """退回修改 of the rows of a return that are marked so."""
    book = book_on(project, day)
    found = next(one for one in book.plan(PLAN).returns if (one.unit, one.period) == (unit, period))
    words = {"by": scenario("decisions.yml")["by"], "on": day, "basis": "示例：收表核对", "sent_back": True}
    rulings = tuple(
        Review(task=row.task, unit=unit, period=period, opinion="请补充原因、预计完成日期或佐证后重报", **words)
        for row in found.rows
        if row.send_back
    )
    write_rulings(book, PLAN, {"reviews": rulings})


def review_month(project: Project, period: str, day: date) -> None:
    """What was reported and raised no question is taken as reported, task by task."""
    settings, book = scenario("decisions.yml"), book_on(project, day)
    month = int(period[5:7])
    skipped = settings["unreviewed"]["tasks"] if int(settings["unreviewed"]["month"]) == month else ()
    reported = {row.task for one in book.plan(PLAN).returns if one.period == period for row in one.rows}
    basis = settings["meeting"].format(m=month)
    rulings = tuple(
        Review(task=task, period=period, opinion="同意所报", basis=basis, by=settings["by"], on=day)
        for task in sorted(reported - set(skipped))
    )
    write_rulings(book, PLAN, {"reviews": rulings})


def score_year(project: Project, day: date) -> None:
    """Scores of every assessed unit from how its tasks stand."""
    book = book_on(project, day)
    scores = tuple(score for form in book.forms.values() for score in _scores(book, form, day))
    write_rulings(book, PLAN, {"scores": scores})


def _scores(book: Book, form: AssessmentForm, day: date) -> Iterator[Score]:
    if form.mode is not AssessmentMode.SCORED:
        return
    common: dict[str, Any] = {
        "unit": form.unit,
        "year": form.year,
        "basis": "示例：2024年度考核",
        "by": "考核组（示例）",
        "checked_by": "区环委办（示例）",
        "on": day,
    }
    for task, points, why in (*_tasks(book, form), *_criteria(book, form)):
        given = {"not_applicable": True} if points is None else {"score": points}
        yield Score.model_validate({**common, **given, "task": task, "deduction": why or None})


def _tasks(book: Book, form: AssessmentForm) -> Iterator[tuple[str, float | None, str]]:
    for row in form.rows:
        label = row.duty.row.label
        entry = book.ledger.entry(form.plan, label, form.unit)
        if entry is None:
            yield label, None, "任务已移交其他单位，合理缺项"
        elif entry.state is LedgerState.NOT_CONCERNED:
            yield label, None, "本辖区不涉及，合理缺项"
        else:
            lost = round(row.weight * _share_lost(entry), 1)
            told = book.terms.label(entry.state) if entry.state else "没有报送"
            yield label, round(row.weight - lost, 1), f"{told}，扣{lost:g}分" if lost else ""


def _share_lost(entry: LedgerEntry) -> float:
    if entry.state is None:
        return 1.0
    if entry.due_standing in PASSED and entry.state is not LedgerState.COMPLETION_CLAIMED:
        return SHARE_LOST.get(entry.state, LOST_WHEN_PASSED)
    return SHARE_LOST.get(entry.state, 0.0)


def _criteria(book: Book, form: AssessmentForm) -> Iterator[tuple[str, float | None, str]]:
    returns = [found for found in book.ledger.returns if found.unit == form.unit and len(found.period.id) == 7]
    closed = [found for found in returns if found.closed]
    unreported = sum(found.state is ReturnState.UNREPORTED for found in closed)
    late = sum(found.late for found in closed)
    points = max(0.0, 5 - unreported - 0.5 * late)
    why = f"未报{unreported}次、迟报{late}次，扣{5 - points:g}分" if points < 5 else ""
    yield criterion_row("common", form.common[0]), points, why
    yield criterion_row("common", form.common[1]), 5.0, ""
    rank = {row.town: row.rank or 0 for row in book.loaded.air if row.month == "2024-12"}
    for criterion in form.air_quality:
        place = rank[book.graph.unit_by_id[form.unit].name]
        loss = 0.5 * (place - 1)
        given = round((criterion.weight or 0) - loss, 1)
        yield criterion_row("air-quality", criterion), given, f"排名第{place}，扣{loss:g}分" if loss else ""
    if form.unit == "xijie":
        yield criterion_row("adjustments", form.adjustments[0]), 1.0, ""
    if form.unit == "zhongjiazhuang":
        yield criterion_row("adjustments", form.adjustments[1]), -2.0, "被市级通报批评1次（示例）"
