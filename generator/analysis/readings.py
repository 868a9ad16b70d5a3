"""How times and figures are read out in Chinese; the verbatim phrase always stands beside the reading."""

from __future__ import annotations

from generator.analysis.wording import day_text
from generator.model import Comparator, Deadline, DeadlineKind, Target
from generator.terms import Terms

CHANGES = frozenset({Comparator.BELOW, Comparator.AT_MOST, Comparator.ABOVE, Comparator.AT_LEAST})


def recurrence_text(terms: Terms, deadline: Deadline) -> str:
    """`每月25日` for `monthly:25`; a rhythm without a day is only named; empty where nothing recurs."""
    if not deadline.recurrence:
        return ""
    rhythm, _, when = deadline.recurrence.partition(":")
    if not when:
        return terms(f"recurrence.{rhythm}")
    pattern = "reading.recurrence_on_monthly" if rhythm == "monthly" else "reading.recurrence_on"
    return terms(pattern).format(rhythm=terms(f"recurrence.{rhythm}"), when=when)


def deadline_reading(terms: Terms, deadline: Deadline) -> str:
    """When, as it was understood: 2024年12月31日前, 2024年5月1日至2024年9月30日, 每月25日, 常态化."""
    if deadline.recurrence:
        return recurrence_text(terms, deadline)
    start, end = deadline.start, deadline.end
    if start and end:
        return f"{day_text(start)}{terms('reading.to')}{day_text(end)}"
    if end:
        return f"{day_text(end)}{terms('reading.before')}"
    if start:
        return f"{day_text(start)}{terms('reading.from')}"
    return terms("reading.undated") if deadline.kind is DeadlineKind.BY else terms.label(deadline.kind)


def target_reading(terms: Terms, target: Target) -> str:
    """How much, as it was understood: 不低于30%, 1家 (exactly), 较2020年负增长, 由上级下达 without a figure."""
    if target.value is None:
        return terms("reading.external" if target.external else "reading.no_value")
    baseline = _baseline(terms, target)
    if is_change(target):
        since = terms("reading.since").format(baseline=baseline) if baseline else ""
        return since + terms(f"reading_of_change.{target.comparator.value}")
    comparator = "" if target.comparator is Comparator.EQUAL else terms.label(target.comparator)
    text = f"{comparator}{target.value}{target.symbol or ''}"
    return text + (terms("reading.baseline").format(baseline=baseline) if baseline else "")


def comparator_text(terms: Terms, target: Target) -> str:
    """`不低于`; `增幅小于` where the figure is a change; empty where a higher authority sets the figure."""
    if target.value is None:
        return ""
    kind = "comparator_of_change" if is_change(target) else "comparator"
    return terms(f"{kind}.{target.comparator.value}")


def is_change(target: Target) -> bool:
    """负增长, 零增长: a bare 0 bounds how much the indicator grows, for no quantity falls below nothing."""
    return target.value == 0 and not target.symbol and target.comparator in CHANGES


def _baseline(terms: Terms, target: Target) -> str:
    """`2020年` for the year 2020; 上年同期 as it is; empty without one."""
    baseline = target.baseline or ""
    return terms("reading.year").format(year=baseline) if baseline.isdigit() else baseline
