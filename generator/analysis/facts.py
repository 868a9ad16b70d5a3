"""滞后事实: what is known of a task that is not going as it should, in words that claim no more than is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from generator.analysis.ledger import LedgerEntry, Quantity
from generator.analysis.standing import HELD_UP, PASSED, DueStanding
from generator.analysis.wording import day_text
from generator.terms import Terms


def has_problem(entry: LedgerEntry) -> bool:
    """Whether a task at a unit belongs among 存在问题: held up, or its day passed open, or passed unreported.

    A date that passed while nobody was asked for a report is no fact about the unit; a unit that did not report
    at all is told of once, not task by task.
    """
    if entry.state in HELD_UP or entry.due_standing in {DueStanding.OVERDUE, DueStanding.PASSED_OPEN}:
        return True
    return entry.due_standing is DueStanding.PASSED_UNREPORTED and entry.periods_unreported > 0


def brief_fact_texts(terms: Terms, entry: LedgerEntry) -> tuple[str, ...]:
    """As `fact_texts` for a paper that must be short: without the day of a finding and without quantities."""
    return tuple(_facts(terms, entry, "fact.brief"))


def fact_texts(terms: Terms, entry: LedgerEntry) -> tuple[str, ...]:
    """Each fact with its origin: 单位自报, 环委办认定, the count of periods, days, and quantities."""
    told = quantity_text(terms, entry.quantity)
    return (*_facts(terms, entry, "fact.full"), *([told] if told else []))


def _facts(terms: Terms, entry: LedgerEntry, words: str) -> Iterator[str]:
    if entry.state in HELD_UP and entry.state is not None:
        found = entry.found is entry.state and entry.found_on is not None
        on = day_text(entry.found_on) if entry.found_on else ""
        key = f"{words}.found" if found else f"{words}.reported"
        yield terms(key).format(state=terms.label(entry.state), on=on)
    if entry.periods_behind > 1:
        yield terms(f"{words}.periods_behind").format(count=entry.periods_behind)
    if entry.due_standing in PASSED:
        passed = {"standing": terms.label(entry.due_standing), "days": entry.days_passed}
        yield terms("fact.passed").format(**passed)
    if entry.periods_unreported == 1:
        yield terms("fact.unreported_once")
    elif entry.periods_unreported:
        yield terms("fact.periods_unreported").format(count=entry.periods_unreported)


def quantity_text(terms: Terms, quantity: Quantity) -> str:
    """`累计完成16家，年度目标25家，完成率64.0%`; empty where nothing was counted."""
    if quantity.cumulative is None:
        return ""
    symbol = quantity.symbol or ""
    words = {"cumulative": f"{quantity.cumulative:g}{symbol}"}
    if quantity.rate is None:
        return terms("fact.quantity").format(**words)
    return terms("fact.rate").format(**words, target=f"{quantity.target:g}{symbol}", rate=f"{quantity.rate:.1%}")


def last_day_text(terms: Terms, entry: LedgerEntry, worded: Callable[[date], str] = day_text) -> str:
    """`2024年10月31日`, ※ where inferred, 经批准延期 where it was moved; 原文未写明 where there is none."""
    if entry.due is None:
        return terms("mark.no_deadline")
    mark = terms("mark.inferred") if entry.due_inferred else ""
    day = worded(entry.due) + mark
    return terms("fact.extended").format(day=day) if entry.due != entry.closing and entry.closing else day
