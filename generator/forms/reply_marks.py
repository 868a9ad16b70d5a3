"""Marks of the 反馈单: one decision for what is written into it and what is looked for when it comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.book import Book
from generator.forms.fields import fitted
from generator.office.word_controls import BOOKMARK_LIMIT, TAG_LIMIT, Control, ControlKind

FORMAT = "planbook:supervision-reply:1"
BOOKMARK = "cc_reply_"
EVIDENCE_LINES = 4


class ReplyAnswer(StrEnum):
    """What the unit writes (填写项); what is signed and what the office finds are written by hand."""

    NUMBER = "number"
    HANDLED = "handled"
    DONE_ON = "done_on"
    EVIDENCE = "evidence"
    REASON = "reason"
    UNTIL = "until"


PLACEHOLDERS = {
    ReplyAnswer.HANDLED: "（请填写）",
    ReplyAnswer.DONE_ON: "　　年　　月　　日",
    ReplyAnswer.UNTIL: "　　年　　月　　日",
}
"""What a control shows until something is written; elsewhere blanks."""
BLANK = "　　　　"
DAYS = frozenset({ReplyAnswer.DONE_ON, ReplyAnswer.UNTIL})


@dataclass(frozen=True)
class ReplyKey:
    """Which letter is answered: by the plan, the task, the unit and the day of the decision."""

    plan: str
    task: str
    unit: str
    on: date

    @property
    def identifier(self) -> str:
        """The inner id: `planbook:supervision-reply:1:action-2024:行动-09:housing:2024-09-20`."""
        return f"{FORMAT}:{self.plan}:{self.task}:{self.unit}:{self.on.isoformat()}"

    @classmethod
    def parse(cls, identifier: str) -> ReplyKey | None:
        """The key in an inner id; None for a document that is no reply."""
        found = re.fullmatch(
            rf"{FORMAT}:([a-z0-9-]+):([^:]+):([a-z0-9-]+):(\d{{4}}-\d\d-\d\d)", identifier.strip()
        )
        try:
            return cls(found[1], found[2], found[3], date.fromisoformat(found[4])) if found else None
        except ValueError:
            return None


def reply_tag(key: ReplyKey, answer: str) -> str:
    """`reply/evidence-2/行动-09/housing/2024-09-20`."""
    return fitted(f"reply/{answer}/{key.task}/{key.unit}/{key.on.isoformat()}", TAG_LIMIT)


def reply_controls(book: Book, key: ReplyKey) -> Mapping[str, Control]:
    """A content control in a bookmark for everything that the unit writes; evidence has four lines of its own."""
    lines = [f"{ReplyAnswer.EVIDENCE}-{number}" for number in range(1, EVIDENCE_LINES + 1)]
    names = [answer.value for answer in ReplyAnswer if answer is not ReplyAnswer.EVIDENCE]
    return {name.replace("-", "_"): _control(book, key, name) for name in (*names, *lines)}


def _control(book: Book, key: ReplyKey, name: str) -> Control:
    answer = ReplyAnswer(name.partition("-")[0])
    return Control(
        tag=reply_tag(key, name),
        bookmark=fitted(f"{BOOKMARK}{name.replace('-', '_')}", BOOKMARK_LIMIT),
        title=f"{key.task} {book.terms(f'supervision.reply.{answer}')}",
        placeholder=placeholder(answer),
        kind=ControlKind.DATE if answer in DAYS else ControlKind.TEXT,
    )


def placeholder(answer: ReplyAnswer) -> str:
    """What a control shows until something is written."""
    return PLACEHOLDERS.get(answer, BLANK)
