"""Marks of the periodic workbook and its Word twin: one decision for what is written and what is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from generator.forms.fields import fitted
from generator.model import LedgerState, Period
from generator.model.periods import PERIOD_PATTERN
from generator.office.word_controls import BOOKMARK_LIMIT

FORMAT = "planbook:monthly:1"
PROPERTY = "planbook"
"""The custom property of a workbook that holds the form's inner id."""


class MonthlyAnswer(StrEnum):
    """What a unit writes in a row (填写项)."""

    UNCHANGED = "unchanged"
    STATE = "state"
    QUANTITY = "quantity"
    CUMULATIVE = "cumulative"
    PROGRESS = "progress"
    PROBLEMS = "problems"
    COORDINATION = "coordination"
    NEXT_STEPS = "next_steps"
    EXPECTED = "expected"
    EVIDENCE = "evidence"


class OfficeAnswer(StrEnum):
    """What the office writes in a row (环委办填)."""

    OPINION = "opinion"
    FOUND = "found"


class Signature(StrEnum):
    """Who signs below the table: printed, looked for, and never collected."""

    PREPARER = "preparer"
    REVIEWER = "reviewer"
    LEADER = "leader"
    PHONE = "phone"
    DATE = "date"


UNIT_STATES = (
    LedgerState.NOT_STARTED,
    LedgerState.ON_TRACK,
    LedgerState.BEHIND,
    LedgerState.BLOCKED,
    LedgerState.COMPLETION_CLAIMED,
    LedgerState.CONTINUING,
    LedgerState.NOT_CONCERNED,
)
"""What a unit may report; the other states are for the office to find."""
LOCKED_COLUMNS = (
    "task",
    "content",
    "duty",
    "deadline",
    "target",
    "symbol",
    "nodes",
    "previous_state",
    "previous_cumulative",
    "previous_progress",
)
FACT_COLUMNS = ("deadline", "target", "symbol")
"""Grey cells whose change would change what is asked."""
MARK_COLUMN = "mark"
MARK = re.compile(
    rf"(?P<plan>[a-z0-9-]+)/(?P<period>{PERIOD_PATTERN.strip('^$')})/(?P<unit>[a-z0-9-]+)"
    r"/(?P<task>[^/]+)/(?P<stamp>[0-9a-f]{6})"
)


@dataclass(frozen=True)
class MonthlyKey:
    """Whose form it is, for which plan and period."""

    plan: str
    period: str
    unit: str

    @property
    def identifier(self) -> str:
        """The file's inner id: `planbook:monthly:1:action-2024:2024-09:transport`."""
        return f"{FORMAT}:{self.plan}:{self.period}:{self.unit}"

    @classmethod
    def parse(cls, identifier: str) -> MonthlyKey | None:
        """The key in an inner id; None for a file that is not such a form."""
        found = re.fullmatch(rf"{FORMAT}:([a-z0-9-]+):([0-9A-Z-]+):([a-z0-9-]+)", identifier.strip())
        known = found and Period.parse(found[2])
        return cls(found[1], found[2], found[3]) if found and known else None


@lru_cache(maxsize=64)
def _one_key(plan: str, period: str, unit: str) -> MonthlyKey:
    """The rows of a form share one key: it is held, compared and passed on once."""
    return MonthlyKey(plan, period, unit)


@dataclass(frozen=True)
class RowMark:
    """The hidden mark of a row: with it a single copied row still tells whose it is and on which text."""

    form: MonthlyKey
    task: str
    stamp: str

    @property
    def written(self) -> str:
        """`action-2024/2024-09/transport/行动-09/1f2e3d`."""
        form = self.form
        return f"{form.plan}/{form.period}/{form.unit}/{self.task}/{self.stamp}"

    @classmethod
    def parse(cls, written: str) -> RowMark | None:
        """The mark in a cell; None for anything else."""
        found = MARK.fullmatch(written.strip())
        if not found:
            return None
        return cls(_one_key(found["plan"], found["period"], found["unit"]), found["task"], found["stamp"])

    def bookmark(self, answer: StrEnum) -> str:
        """The bookmark of a content control: letters, digits and underscores, as Word demands."""
        ascii_task = "".join(char if char.isascii() else f"u{ord(char):x}" for char in self.task)
        stem = re.sub(r"[^A-Za-z0-9]", "_", f"cc_{ascii_task}_{answer}")
        return f"{fitted(stem, BOOKMARK_LIMIT - 7)}_{self.stamp}"
