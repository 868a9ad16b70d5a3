"""督办: what the ladder proposes and why, and the orders that follow once a leader has ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.analysis.known import answered_by
from generator.analysis.ledger import Ledger, LedgerEntry
from generator.analysis.obligations import party_ids
from generator.analysis.standing import DueStanding
from generator.analysis.tasks import TaskRow
from generator.graph import ResponsibilityGraph, folded
from generator.model import Period, Plan, RulesFile, Rung, Supervision, SupervisionReply

ON_PAPER = frozenset({Rung.REMINDER, Rung.SUPERVISION, Rung.TALK})
"""Rungs that have a sheet of their own; a hint is a message, and the circular is written for all."""


GRAVITY = tuple(Rung)


class GroundKind(StrEnum):
    """Which condition of the ladder is met (触发条件)."""

    PERIODS_BEHIND = "periods_behind"
    PERIODS_UNREPORTED = "periods_unreported"
    DAYS_PASSED = "days_passed"


@dataclass(frozen=True)
class Ground:
    """A condition that is met: `reached` of at least `least` periods or days."""

    kind: GroundKind
    reached: int
    least: int


@dataclass(frozen=True)
class Proposal:
    """拟督办事项: one task at one unit, the rung proposed and why; `decided` is the last decision, if any.

    `running`: that decision is of this rung or a graver one and its day to answer has not passed; `answered` is
    the last reply to it.
    """

    entry: LedgerEntry
    rung: Rung
    grounds: tuple[Ground, ...]
    decided: Supervision | None
    running: bool
    answered: SupervisionReply | None


@dataclass(frozen=True)
class SupervisionOrder:
    """督办单: one matter, one unit, as decided; `entry` is None where the unit does not carry the task."""

    plan: str
    supervision: Supervision
    unit: str
    row: TaskRow
    entry: LedgerEntry | None
    supporting: tuple[str, ...]


def proposals(graph: ResponsibilityGraph, ledger: Ledger, rules: RulesFile, plan: Plan) -> tuple[Proposal, ...]:
    """What the ladder proposes on the ledger's day, gravest first, then in the order of units and document.

    What runs already stands behind all that is new.
    """
    decided = {(one.task, unit): one for one, unit in decided_supervisions(graph, plan, ledger.as_of)}
    found = []
    for entry in ledger.of_plan(plan.id):
        if entry.rung:
            last = decided.get((entry.task, entry.unit))
            running = last is not None and _runs(last, entry.rung, ledger.as_of)
            answered = _answer(plan, entry, last, ledger.as_of) if last else None
            found.append(Proposal(entry, entry.rung, grounds(rules, entry), last, running, answered))
    return tuple(sorted(found, key=lambda one: (one.running, -GRAVITY.index(one.rung))))


def _answer(plan: Plan, entry: LedgerEntry, letter: Supervision, as_of: date) -> SupervisionReply | None:
    replies = (
        one
        for file in answered_by(plan, as_of)
        if file.unit == entry.unit
        for one in file.replies
        if (one.task, one.ordered_on) == (letter.task, letter.on)
    )
    return max(replies, key=lambda one: one.received, default=None)


def _runs(decided: Supervision, proposed: Rung, as_of: date) -> bool:
    answered_by = decided.answer_by is None or decided.answer_by >= as_of
    return answered_by and GRAVITY.index(decided.rung) >= GRAVITY.index(proposed)


def grounds(rules: RulesFile, entry: LedgerEntry) -> tuple[Ground, ...]:
    """The conditions of the proposed rung that are met."""
    rule = next((one for one in rules.ladder if one.rung is entry.rung), None)
    counts_days = entry.due_standing in {DueStanding.PASSED_OPEN, DueStanding.OVERDUE}
    reached = {
        GroundKind.PERIODS_BEHIND: entry.periods_behind,
        GroundKind.PERIODS_UNREPORTED: entry.periods_unreported,
        GroundKind.DAYS_PASSED: entry.days_passed if counts_days else 0,
    }
    least = {kind: getattr(rule, kind.value, None) for kind in GroundKind}
    return tuple(
        Ground(kind, count, least[kind] or 0)
        for kind, count in reached.items()
        if least[kind] is not None and count >= (least[kind] or 0)
    )


def decided_supervisions(
    graph: ResponsibilityGraph, plan: Plan, as_of: date
) -> tuple[tuple[Supervision, str], ...]:
    """Every decision to supervise up to a day, with the id of its unit, by day."""
    ids = party_ids(graph)
    found = [
        (one, ids[folded(one.unit)])
        for _, file in plan.decisions
        for one in file.supervisions
        if one.on <= as_of and folded(one.unit) in ids
    ]
    return tuple(sorted(found, key=lambda pair: pair[0].on))


def supervision_orders(
    graph: ResponsibilityGraph, ledger: Ledger, plan: Plan, rows: tuple[TaskRow, ...], period: Period
) -> tuple[SupervisionOrder, ...]:
    """The sheets of one period, as decided up to the ledger's day, on rungs that have a sheet."""
    known = {row.label: row for row in rows} | {entry.task: entry.row for entry in ledger.of_plan(plan.id)}
    ids = party_ids(graph)
    return tuple(
        SupervisionOrder(
            plan=plan.id,
            supervision=one,
            unit=unit,
            row=known[one.task],
            entry=ledger.entry(plan.id, one.task, unit),
            supporting=tuple(_ids(one.supporting, ids)),
        )
        for one, unit in decided_supervisions(graph, plan, ledger.as_of)
        if _is_of(one, period) and one.rung in ON_PAPER and one.task in known
    )


def _is_of(decided: Supervision, period: Period) -> bool:
    """A letter belongs to the period of the list that it was ticked in, else to that of its day."""
    own = Period.parse(decided.period) if decided.period else None
    first, last = (own.first, own.last) if own else (decided.on, decided.on)
    return period.first <= first and last <= period.last


def _ids(names: tuple[str, ...], ids: dict[str, str]) -> Iterator[str]:
    return (ids[folded(name)] for name in names if folded(name) in ids)


def excerpt(row: TaskRow, limit: int) -> tuple[str, bool]:
    """The text of a task, and whether that is all of it; of a long one whole sentences, those with times first.

    Sentences stay verbatim and in their order; `……` stands for what is left out.
    """
    if len(row.text) <= limit:
        return row.text, True
    sentences = re.findall(r"[^。]*。|[^。]+$", row.text)
    phrases = [found.phrase for _, found in row.deadlines] + [found.phrase for _, found in row.targets]
    ranked = sorted(range(len(sentences)), key=lambda place: not any(one in sentences[place] for one in phrases))
    kept: set[int] = set()
    for place in ranked:
        if sum(len(sentences[one]) for one in kept) + len(sentences[place]) <= limit:
            kept.add(place)
    pieces = [sentences[place] if place in kept else "……" for place in range(len(sentences))]
    return re.sub("(?:……)+", "……", "".join(pieces)), False
