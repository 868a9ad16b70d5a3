"""区环委办分解意见 in words: what the office decided on a task, item by item, apart from the plan's own text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.obligations import frequency_of, is_reported
from generator.analysis.tasks import ANSWERING, DutyRow, TaskRow
from generator.analysis.wording import day_text
from generator.model import RulesFile, TaskBreakdown
from generator.terms import Terms


@dataclass(frozen=True)
class DecidedItem:
    """One item: `key` names it in terms.yml (`decision.item.…`), `lines` are what was decided."""

    key: str
    lines: tuple[str, ...]


def decided_items(terms: Terms, row: TaskRow) -> tuple[DecidedItem, ...]:
    """Every item that was decided on a task, in their fixed order; none until the office has decided."""
    if row.breakdown is None:
        return ()
    return tuple(DecidedItem(key, lines) for key, lines in _items(terms, row.breakdown) if any(lines))


def _items(terms: Terms, decided: TaskBreakdown) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "consolidator", (decided.consolidator or "",)
    yield "open_list", ("、".join(decided.open_list),)
    yield "nodes", tuple(f"{day_text(node.due)} {node.text}" for node in decided.nodes)
    yield "leader", (decided.leader or "",)
    yield "section", (decided.section or "",)
    yield "frequency", (terms.label(decided.frequency) if decided.frequency else "",)
    yield "quantity", (_quantity(decided.yearly_quantity, decided.symbol),)
    shares = (f"{share.unit}{_quantity(share.quantity, decided.symbol)}" for share in decided.shares)
    yield "shares", ("、".join(shares),)
    yield "assessment", (terms.label(decided.assessment) if decided.assessment else "",)
    yield "weight", ("" if decided.weight is None else f"{decided.weight:g}",)
    yield "scoring", (decided.scoring or "",)


def _quantity(value: float | None, symbol: str | None) -> str:
    return "" if value is None else f"{value:g}{symbol or ''}"


def approval_words(terms: Terms, row: TaskRow) -> str:
    """On what the decisions rest: basis, who approved, when; empty where there is none."""
    if row.breakdown is None:
        return ""
    words = {"basis": row.breakdown.basis.rstrip("。"), "by": row.breakdown.approved_by}
    return terms("decision.approval").format(on=day_text(row.breakdown.approved_on), **words)


def decision_line(terms: Terms, row: TaskRow, left_out: frozenset[str] = frozenset()) -> str:
    """`区环委办分解意见：汇总单位 区住建局；年度目标量 20公里`; `left_out` items have a column of their own."""
    told = [
        f"{terms(f'decision.item.{item.key}')} {'，'.join(item.lines)}"
        for item in decided_items(terms, row)
        if item.key not in left_out
    ]
    return terms("decision.line").format(items="；".join(told)) if told else ""


def frequency_text(rules: RulesFile, terms: Terms, duty: DutyRow) -> str:
    """`每月`, and `每季度（建议）` where only the rules propose it; empty for who does not report the task."""
    if duty.role not in ANSWERING or not is_reported(duty.row):
        return ""
    frequency, suggested = frequency_of(rules, duty.row)
    mark = f"（{terms('mark.suggested')}）" if suggested else ""
    return terms.label(frequency) + mark
