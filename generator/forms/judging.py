"""What is doubtful in a report (存疑): arithmetic, state against text, phrases that say nothing, self scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.forms.comparing import plain
from generator.forms.empty_phrases import says_nothing
from generator.model import Flag, LedgerState, TaskReport

HELD_UP = frozenset({LedgerState.BEHIND, LedgerState.BLOCKED})
HELD_UP_WORDS = re.compile("(?:尚未|还未|仍未|未)(?:启动|开工|开展|动工|实施)|停工|停滞|进度滞后|受阻|无法推进")
PROGRESS_LENGTH = 150
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Expectation:
    """What a report is judged against; `previous` is the report of an earlier period of the same year.

    `nodes` passed lately; `locked` are the heads of grey columns in which something else stands than was printed.
    """

    previous: TaskReport | None = None
    previous_state: LedgerState | None = None
    target: float | None = None
    due: date | None = None
    period_last: date | None = None
    weight: float | None = None
    annual: bool = False
    symbol: str = ""
    nodes: tuple[tuple[date, str], ...] = ()
    locked: tuple[str, ...] = ()
    content_changed: bool = False
    foreign: bool = False
    not_owed: bool = False


def judged(report: TaskReport, expected: Expectation) -> TaskReport:
    """The report with every flag: those of its reading first."""
    found = (
        *_of_row(expected),
        *_texts(report, expected),
        *_states(report, expected),
        *_figures(report, expected),
    )
    flags = dict.fromkeys((*report.flags, *found))
    return report.model_copy(update={"flags": tuple(flags)})


def _of_row(expected: Expectation) -> Iterator[Flag]:
    if expected.content_changed:
        yield Flag(rule="locked-text", message="任务内容被改动过，所填内容照收；以下发的原文为准")
    if expected.locked:
        told = f"灰色的{'、'.join(f'“{head}”' for head in expected.locked)}栏与下发的不同，以下发的为准，请核对"
        yield Flag(rule="locked-fact", message=told)
    if expected.foreign:
        yield Flag(rule="foreign-row", message="这一行是从另一单位或另一期的表里复制来的，请核对")
    if expected.not_owed:
        yield Flag(rule="not-owed", message="这项任务不由本单位填报，所填内容照收，请核对")


def _texts(report: TaskReport, expected: Expectation) -> Iterator[Flag]:
    for field in ("progress", "problems", "coordination", "next_steps"):
        text = getattr(report, field)
        if text and says_nothing(text) and not (field != "progress" and report.unchanged):
            yield Flag(
                rule="empty-phrase",
                field=field,
                message=f"“{text[:40]}”没有实际内容，请写具体事实",
                send_back=True,
            )
    before = expected.previous.progress if expected.previous else None
    if report.progress and before and plain(report.progress) == plain(before) and not report.unchanged:
        yield Flag(
            rule="repeated", field="progress", message="与上期所报一字不差；没有变化的请选“无变化”", send_back=True
        )
    if report.progress and len(report.progress) > PROGRESS_LENGTH and not expected.annual:
        told = f"本期进展 {len(report.progress)} 字，超过 {PROGRESS_LENGTH} 字，全文照收，请精简"
        yield Flag(rule="long", field="progress", message=told)


def _states(report: TaskReport, expected: Expectation) -> Iterator[Flag]:
    if expected.annual:
        return
    if report.unchanged:
        yield from _unchanged(report, expected)
    state = report.state or (expected.previous_state if report.unchanged else None)
    if state is None and not report.unchanged and "state" not in report.written:
        yield Flag(rule="state-missing", field="state", message="没有选状态", send_back=True)
    passed = expected.due and expected.period_last and expected.due < expected.period_last
    if state in {LedgerState.ON_TRACK, LedgerState.NOT_STARTED, LedgerState.CONTINUING} and passed:
        told = f"完成时限 {expected.due} 已过，状态与时限不符"
        yield Flag(rule="state-late", field="state", message=told, send_back=True)
    elif state is LedgerState.ON_TRACK and expected.nodes:
        told = "、".join(f"{day} {text}" for day, text in expected.nodes)
        yield Flag(
            rule="node-passed", field="state", message=f"节点已过：{told}；报正常推进的请写明该节点是否完成"
        )
    yield from _against_text(report, state, expected)
    if state is LedgerState.COMPLETION_CLAIMED and not report.evidence:
        yield Flag(rule="evidence-missing", field="evidence", message="申请办结没有填佐证编号", send_back=True)
    if state in HELD_UP and report.expected is None:
        yield Flag(rule="day-missing", field="expected", message="滞后、受阻的没有填预计完成日期", send_back=True)
    if state in HELD_UP and not report.problems:
        yield Flag(rule="reason-missing", field="problems", message="滞后、受阻的没有写原因", send_back=True)


def _against_text(report: TaskReport, state: LedgerState | None, expected: Expectation) -> Iterator[Flag]:
    """The state beside what the same row says in words and figures."""
    held_up = HELD_UP_WORDS.search(report.progress or "")
    if held_up and state in {LedgerState.ON_TRACK, LedgerState.COMPLETION_CLAIMED}:
        yield Flag(rule="state-text", field="state", message=f"进展中写有“{held_up[0]}”，与所选状态不符，请核对")
    done = report.cumulative or report.quantity
    if state is LedgerState.NOT_STARTED and done:
        yield Flag(rule="state-figure", field="state", message=f"状态是未启动，却填了完成量 {done:g}，请核对")
    claimed = report.cumulative if state is LedgerState.COMPLETION_CLAIMED else None
    if claimed is not None and expected.target and claimed < expected.target - TOLERANCE:
        told = f"申请办结，而累计 {claimed:g} 未达年度目标量 {expected.target:g}"
        yield Flag(rule="state-figure", field="cumulative", message=told, send_back=True)


def _unchanged(report: TaskReport, expected: Expectation) -> Iterator[Flag]:
    if expected.previous is None:
        yield Flag(
            rule="unchanged-first", field="unchanged", message="上期没有填报，不能选“无变化”", send_back=True
        )
    if report.progress or report.quantity:
        yield Flag(
            rule="unchanged-filled",
            field="unchanged",
            message="选了“无变化”又填了进展或完成量，两者都照收，请核对",
        )


def _figures(report: TaskReport, expected: Expectation) -> Iterator[Flag]:
    yield from _score(report, expected)
    before = expected.previous.cumulative if expected.previous else None
    month, total = report.quantity, report.cumulative
    for field, value in (("quantity", month), ("cumulative", total), ("self_score", report.self_score)):
        if value is not None and value < 0:
            yield Flag(rule="negative", field=field, message=f"{value:g} 是负数，请核对")
        if value and expected.symbol == "%" and 0 < value < 1 and field not in report.written:
            told = f"填的是 {value:g}，计量单位是“%”；是 {value * 100:g}% 的请改填 {value * 100:g}"
            yield Flag(rule="percent", field=field, message=told)
    if total is not None and before is not None and total < before - TOLERANCE:
        told = f"累计 {total:g} 小于上期累计 {before:g}"
        yield Flag(rule="cumulative-fell", field="cumulative", message=told, send_back=True)
    elif None not in (month, total, before) and abs((before or 0) + (month or 0) - (total or 0)) > TOLERANCE:
        told = f"上期累计 {before:g} 加本期 {month:g} 不等于累计 {total:g}"
        yield Flag(rule="sum", field="cumulative", message=told, send_back=True)
    if month and expected.target and abs(month - expected.target) < TOLERANCE:
        told = f"本期完成量 {month:g} 等于年度目标量，是否把全年数填成了本期数"
        yield Flag(rule="year-as-period", field="quantity", message=told, send_back=bool(before))
    elif month is not None and total is not None and total > 0 and month == total and before:
        told = f"本期完成量与累计同为 {month:g}，而上期累计是 {before:g}，是否把累计数填成了本期数"
        yield Flag(rule="year-as-period", field="quantity", message=told, send_back=True)


def _score(report: TaskReport, expected: Expectation) -> Iterator[Flag]:
    if report.self_score is None or not expected.annual:
        return
    if expected.weight is not None and report.self_score > expected.weight + TOLERANCE:
        told = f"自评分 {report.self_score:g} 高于分值 {expected.weight:g}，照原样保留"
        yield Flag(rule="score-above", field="self_score", message=told, send_back=True)
    if not report.progress:
        yield Flag(rule="score-alone", field="progress", message="只填了自评分，没有写完成情况", send_back=True)
