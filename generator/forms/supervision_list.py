"""拟督办事项建议清单: a workbook in which a leader ticks what is to be supervised; written here, read beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.analysis.facts import fact_texts, last_day_text
from generator.analysis.supervision import Ground, Proposal, proposals
from generator.analysis.unit_wording import formal_name, unit_mark
from generator.analysis.wording import day_text
from generator.book import Book
from generator.forms.monthly_marks import PROPERTY, MonthlyKey, RowMark
from generator.model import Period, Rung, Supervision, SupervisionReply, text_stamp
from generator.office.excel import workbook_bytes
from generator.office.tables import Column, Row, Table

FORMAT = "planbook:supervision:1"
HEADINGS = "proposal.heading."
TICK = "√"
MARK = "mark"
COLUMNS = (
    ("number", 5, "locked_centre"),
    ("task", 8, "locked_centre"),
    ("title", 12, "locked"),
    ("unit", 13, "locked"),
    ("deadline", 12, "locked"),
    ("facts", 24, "locked"),
    ("reason", 14, "locked"),
    ("basis", 18, "locked"),
    ("rung", 7, "locked_centre"),
    ("before", 11, "locked"),
    ("tick", 5, "answer_centre"),
    ("adopted", 8, "answer_centre"),
    ("requirement", 20, "answer"),
    ("answer_by", 11, "answer_day"),
    ("supporting", 11, "answer"),
    (MARK, 4, "hidden_mark"),
)
"""Grey is what the ledger says, yellow is for the leader."""
ANSWERS = frozenset({"tick", "adopted", "requirement", "answer_by", "supporting"})


@dataclass(frozen=True)
class ListKey:
    """For which plan and period a list was made, and on which day it stood."""

    plan: str
    period: str
    day: date

    @property
    def identifier(self) -> str:
        """The file's inner id: `planbook:supervision:1:action-2024:2024-09:2024-09-30`."""
        return f"{FORMAT}:{self.plan}:{self.period}:{self.day.isoformat()}"

    @classmethod
    def parse(cls, identifier: str) -> ListKey | None:
        """The key in an inner id; None for a file that is no such list."""
        found = re.fullmatch(rf"{FORMAT}:([a-z0-9-]+):([0-9A-Z-]+):(\d{{4}}-\d\d-\d\d)", identifier.strip())
        if found is None or Period.parse(found[2]) is None:
            return None
        try:
            return cls(found[1], found[2], date.fromisoformat(found[3]))
        except ValueError:
            return None


def draw_supervision_list(book: Book, plan_id: str, period: Period) -> bytes:
    """The list on the book's day; with nothing to propose it says so."""
    terms = book.terms
    found = proposals(book.graph, book.ledger, book.loaded.rules, book.plan(plan_id))
    title = terms("proposal.title").format(period=period.label)
    running = sum(one.running for one in found)
    words = {
        "count": len(found) - running,
        "running": terms("proposal.running_note").format(count=running) if running else "",
        "day": day_text(book.as_of),
        "basis": book.loaded.rules.ladder_basis,
    }
    table = Table(
        name=terms("proposal.sheet"),
        title=title,
        note=terms("proposal.note" if found else "proposal.nothing").format(**words),
        columns=_columns(book),
        rows=tuple(
            _row(book, MonthlyKey(plan_id, period.id, one.entry.unit), number, one)
            for number, one in enumerate(found, 1)
        ),
        foot=(terms("proposal.foot"), terms("proposal.signature")),
        frozen_columns=4,
        locked=True,
    )
    key = ListKey(plan_id, period.id, book.as_of)
    return workbook_bytes(title, (table,), book.as_of, {PROPERTY: key.identifier}, book.internal_mark)


def _columns(book: Book) -> tuple[Column, ...]:
    choices: Mapping[str, tuple[str, ...]] = {
        "tick": (TICK,),
        "adopted": tuple(book.terms.label(rung) for rung in Rung),
    }
    return tuple(
        Column(book.terms(f"{HEADINGS}{key}"), width, style, choices=choices.get(key, ()), hidden=key == MARK)
        for key, width, style in COLUMNS
    )


def _row(book: Book, key: MonthlyKey, number: int, proposal: Proposal) -> Row:
    terms, entry = book.terms, proposal.entry
    unit = book.graph.unit_by_id[entry.unit]
    decided = proposal.decided
    return (
        number,
        entry.task,
        entry.row.title,
        formal_name(unit) + unit_mark(terms, unit),
        last_day_text(terms, entry),
        "；".join(fact_texts(terms, entry)),
        entry.report.problems if entry.report else None,
        "；".join(_ground(book, ground) for ground in proposal.grounds),
        terms("proposal.running").format(rung=terms.label(decided.rung))
        if decided and proposal.running
        else terms.label(proposal.rung),
        _before(book, decided, proposal.answered) if decided else None,
        None,
        None,
        None,
        None,
        None,
        RowMark(key, entry.task, text_stamp(entry.row.text)).written,
    )


def _before(book: Book, decided: Supervision, reply: SupervisionReply | None) -> str:
    """`2024年11月27日 督办，2024年12月20日前反馈`; once there is a reply, that, and what it asks for."""
    terms, by = book.terms, decided.answer_by
    answer = terms("proposal.answer_by").format(day=day_text(by)) if by else ""
    if reply:
        answer = terms("proposal.answered").format(day=day_text(reply.received))
        answer += terms("proposal.asks_until").format(day=day_text(reply.until)) if reply.until else ""
    return f"{day_text(decided.on)} {book.terms.label(decided.rung)}{answer}"


def _ground(book: Book, ground: Ground) -> str:
    return book.terms(f"proposal.ground.{ground.kind}").format(reached=ground.reached, least=ground.least)
