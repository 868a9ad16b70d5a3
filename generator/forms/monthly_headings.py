"""The heads of the periodic form in words that fit its period: 本月节点, 本周节点, 本季度节点."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from generator.forms.comparing import plain
from generator.model import PeriodKind
from generator.terms import Terms

HEADINGS = "monthly_form.heading."
KINDS = (PeriodKind.WEEK, PeriodKind.TEN_DAYS, PeriodKind.MONTH, PeriodKind.QUARTER)
"""The kinds of period in which units report; a year has its own form."""


def when(terms: Terms, kind: PeriodKind) -> Mapping[str, str]:
    """What 本期, 上期, 下期 are called in a kind of period: 本月, 上月, 下月."""
    return {which: terms(f"monthly_form.when.{kind}.{which}") for which in ("this", "last", "next")}


@lru_cache(maxsize=16)
def headings(terms: Terms, kind: PeriodKind) -> Mapping[str, str]:
    """The head of every column."""
    words = when(terms, kind)
    return {
        key.removeprefix(HEADINGS): text.format(**words)
        for key, text in terms.words.items()
        if key.startswith(HEADINGS)
    }


@lru_cache(maxsize=4)
def known_headings(terms: Terms) -> Mapping[str, str]:
    """Folded head → column, in the words of every kind of period; what stands in brackets may be missing."""
    found: dict[str, str] = {}
    for kind in KINDS:
        for key, text in headings(terms, kind).items():
            found[plain(text)] = key
            found.setdefault(plain(re.sub(r"（.*?）", "", text)), key)
    return found
