"""What the command line says after an import: how much was read, what to look at first, which files changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.findings import shown
from generator.importing.update import ChangeKind

if TYPE_CHECKING:
    from generator.importing import ImportOutcome

SHOWN_DOUBTS = 10
_KINDS = {
    ChangeKind.NEW: "新增",
    ChangeKind.REPLACED: "更新",
    ChangeKind.KEPT: "人工改过，不动",
    ChangeKind.STALE: "原文已没有",
}


def summary_lines(outcome: ImportOutcome) -> Iterator[str]:
    """Plain lines in Chinese."""
    for plan in outcome.draft.plans:
        clauses = [clause for measure in plan.measures for clause in measure.clauses]
        named = sum(1 for clause in clauses if clause.responsibility)
        yield f"{plan.head.id}：{plan.head.title}"
        yield f"  措施 {len(plan.measures)} 项，款 {len(clauses)} 款，其中有责任单位的 {named} 款"
    doubts = outcome.draft.doubts
    yield f"存疑 {len(doubts)} 处，最存疑的在前：" if doubts else "没有存疑之处。"
    for doubt in doubts[:SHOWN_DOUBTS]:
        yield f"  {doubt.where}：“{shown(doubt.quote)}”{doubt.reading}（{doubt.file}）"
    if len(doubts) > SHOWN_DOUBTS:
        yield f"  ……另有 {len(doubts) - SHOWN_DOUBTS} 处，见导入报告"
    if outcome.draft.left_out:
        yield f"没有写入计划的内容 {len(outcome.draft.left_out)} 处，见导入报告"
    yield from _changed(outcome)


def _changed(outcome: ImportOutcome) -> Iterator[str]:
    if not outcome.existing:
        yield f"已写出 {len(outcome.written)} 个文件；请核对后运行 planbook check"
        return
    found = [change for change in outcome.changes if change.kind is not ChangeKind.SAME]
    if not found:
        yield "计划已经存在，与本次导入没有差别。"
        return
    yield "计划已经存在；与本次导入的差别："
    for change in found:
        yield f"  plan/{change.path}（{_KINDS[change.kind]}）"
        yield from (f"    {shown(line, 200)}" for line in change.difference)
    if outcome.written:
        yield f"已更新 {len(outcome.written)} 个文件；人工改过的没有动"
    else:
        yield "没有改动任何文件；要更新没有人工改过的文件，请加 --update"
