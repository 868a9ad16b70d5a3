"""Pages of the internal edition (内部版): progress, reporting, tasks from outside the plan, air quality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.coming import Coming, coming, passed
from generator.analysis.ledger import LedgerEntry, ReturnStanding, TaskStanding
from generator.analysis.reporting import reporting
from generator.analysis.supervision import Proposal, proposals
from generator.analysis.tallies import (
    ChapterTally,
    StateGroup,
    Tally,
    UnitTally,
    chapter_tallies,
    unit_tallies,
    whole_tally,
)
from generator.analysis.tasks import annual_plans
from generator.analysis.town_air import YearAir, year_air
from generator.analysis.trend import TrendMonth, trend
from generator.analysis.urging import Urging, urging_message, urgings
from generator.model import ExtraTask, Period, Plan
from generator.renderers.naming import AIR_PAGE, EXTRA_PAGE, PROGRESS_PAGE, REPORTING_PAGE
from generator.renderers.site.desk import WIDE, Desk, Page
from generator.renderers.site.trend_picture import TrendPicture, trend_picture

PATTERNS = {"claimed": "dots", "not_started": "bars", "behind": "lines", "blocked": "cross"}
"""Which pattern of the picture a class has; the others are plain, dark or light."""


@dataclass(frozen=True)
class Year:
    """The year of an annual plan as the progress page tells it."""

    plan: Plan
    whole: Tally
    units: tuple[UnitTally, ...]
    chapters: tuple[ChapterTally, ...]
    due: tuple[tuple[Period, tuple[Coming, ...]], ...]
    passed: tuple[Coming, ...]
    proposed: tuple[Proposal, ...]
    quantities: tuple[LedgerEntry, ...]
    months: tuple[TrendMonth, ...]
    picture: TrendPicture | None


def progress_page(desk: Desk) -> Iterator[Page]:
    """进展: what stands where, what falls due, what has passed, whom to press."""
    book = desk.book
    years = [_year(desk, plan) for plan in annual_plans(book.plans)]
    yield desk.draw(
        PROGRESS_PAGE,
        book.terms("page.progress"),
        "progress.md.j2",
        years=years,
        groups=list(StateGroup),
        patterns=PATTERNS,
        hidden=WIDE,
    )


def _year(desk: Desk, plan: Plan) -> Year:
    book = desk.book
    ledger, period = book.ledger, book.ledger.period
    entries = ledger.of_plan(plan.id)
    months = trend(book.graph, book.rows, book.loaded.rules, plan, book.as_of)
    return Year(
        plan=plan,
        whole=whole_tally(ledger, plan.id),
        units=unit_tallies(book.graph, ledger, plan.id),
        chapters=chapter_tallies(book.rows, ledger, plan.id),
        due=tuple((found, coming(ledger, plan.id, found)) for found in (period, period.following)),
        passed=passed(ledger, plan.id),
        proposed=proposals(book.graph, ledger, book.loaded.rules, plan),
        quantities=tuple(entry for entry in entries if _is_counted(entry)),
        months=months,
        picture=trend_picture(months),
    )


def _is_counted(entry: LedgerEntry) -> bool:
    return entry.quantity.target is not None or entry.quantity.cumulative is not None


@dataclass(frozen=True)
class Urged:
    """Who is to be urged for a period, each with the message to send; `asked` units owe a return for it."""

    period: Period
    asked: int
    messages: tuple[tuple[Urging, str], ...]


def reporting_page(desk: Desk) -> Iterator[Page]:
    """报送: who has not reported, with the message to send; then every return, latest period first."""
    book = desk.book
    years = [(plan, _urged(desk, plan), _returns(desk, plan)) for plan in annual_plans(book.plans)]
    yield desk.draw(REPORTING_PAGE, book.terms("page.reporting"), "reporting.md.j2", years=years, hidden=WIDE)


def _urged(desk: Desk, plan: Plan) -> list[Urged]:
    """The period of the day, and the one before it once anything was asked."""
    book, period = desk.book, desk.book.ledger.period
    before = [period.previous] if book.ledger.returns_in(plan.id, period.previous.id) else []
    return [_urged_for(desk, plan, found) for found in (period, *before)]


def _urged_for(desk: Desk, plan: Plan, period: Period) -> Urged:
    book, rules = desk.book, desk.book.loaded.rules
    returns = reporting(book.graph, book.ledger, rules, book.forms, plan.id, period)
    found = urgings(rules, returns, book.as_of)
    told = tuple((one, urging_message(book.graph, book.terms, one, book.as_of)) for one in found)
    return Urged(period, len(returns), told)


def _returns(desk: Desk, plan: Plan) -> list[tuple[Period, list[ReturnStanding]]]:
    found: dict[str, list[ReturnStanding]] = {}
    for standing in desk.book.ledger.returns:
        if standing.plan == plan.id:
            found.setdefault(standing.period.id, []).append(standing)
    periods = sorted(found.values(), key=lambda standings: standings[0].period.last, reverse=True)
    return [(standings[0].period, standings) for standings in periods]


def extra_tasks_page(desk: Desk) -> Iterator[Page]:
    """计划外任务: each with its origin and how it stands."""
    book = desk.book
    tasks: list[tuple[Plan, list[tuple[ExtraTask, TaskStanding | None]]]] = [
        (plan, [(task, book.ledger.task(plan.id, task.task)) for task in plan.extra_tasks])
        for plan in annual_plans(book.plans)
    ]
    yield desk.draw(EXTRA_PAGE, book.terms("page.extra_tasks"), "extra_tasks.md.j2", plans=tasks, hidden=WIDE)


def air_page(desk: Desk) -> Iterator[Page]:
    """空气质量: by month and town, beside the tasks of the town."""
    book = desk.book
    years: list[tuple[Plan, YearAir]] = [
        (plan, year_air(book.graph, book.ledger, book.loaded.air, plan.id, plan.head.year or 0))
        for plan in annual_plans(book.plans)
    ]
    yield desk.draw(
        AIR_PAGE, book.terms("page.air"), "air.md.j2", years=years, groups=list(StateGroup), hidden=WIDE
    )
