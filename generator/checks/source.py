"""Lossless: joining the data gives the document back, character by character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks.inspection import Inspection
from generator.checks.rule import Problem, Rule
from generator.document import DocumentBlock, Piece, PieceKind, document_blocks, kept_offsets, normalised
from generator.findings import Place, Severity, shown

ANCHOR = 12
"""So many equal characters in a row show that both texts run alike again."""
REACH = 3000
VALUE = {PieceKind.TEXT: ("text",), PieceKind.RESPONSIBILITY: ("phrase",)}
MOST = 20
"""Differences shown of one document; more of them mean that it is another document."""


@dataclass(frozen=True)
class _Run:
    """A piece of the document and where its normalised text begins."""

    start: int
    block: DocumentBlock
    piece: Piece


def source_mismatch(inspection: Inspection) -> Iterator[Problem]:
    """The joined document is the source, after the normalisation, and nothing else."""
    for name, text in inspection.loaded.sources.items():
        plans = tuple(plan for plan in inspection.plans if plan.head.source == name)
        runs, ours = _joined(document_blocks(plans))
        theirs = normalised(text)
        if ours != theirs:
            yield from _differences(inspection, name, runs, ours, text)


def _joined(blocks: tuple[DocumentBlock, ...]) -> tuple[list[_Run], str]:
    runs, parts, length = [], [], 0
    for block in blocks:
        for piece in block.pieces:
            runs.append(_Run(length, block, piece))
            # What looks like a mark of Markdown is one only where a line begins.
            lead = "" if piece is block.pieces[0] else "字"
            parts.append(normalised(lead + piece.written(as_source=True)).removeprefix(lead))
            length += len(parts[-1])
    return runs, "".join(parts)


def _differences(inspection: Inspection, name: str, runs: list[_Run], ours: str, source: str) -> Iterator[Problem]:
    offsets = kept_offsets(source)
    theirs = "".join(source[offset] for offset in offsets)
    for count, (start, end, first, last) in enumerate(diverging(ours, theirs)):
        line = source.count("\n", 0, offsets[first] if first < len(offsets) else len(source)) + 1
        where = f"plan/source/{shown(name)} 第 {line} 行"
        place = _place(inspection, name, runs, start)
        if count == MOST:
            yield place, f"此后还有更多不一致，未逐一列出；请核对 {where} 起的文字，是否就是这份文件"
            return
        yield place, f"{_before(ours, start)}{_told(ours[start:end], theirs[first:last], where)}"


def _before(text: str, start: int) -> str:
    return f"“{shown(text[max(0, start - 10) : start])}”之后" if start else "开头"


def _told(mine: str, other: str, where: str) -> str:
    if not mine:
        return f"缺“{shown(other)}”，{where}有；应与来源文件逐字相同"
    if not other:
        return f"多出“{shown(mine)}”，{where}没有；应与来源文件逐字相同"
    return f"是“{shown(mine)}”，{where}是“{shown(other)}”；应与来源文件逐字相同"


def diverging(ours: str, theirs: str) -> Iterator[tuple[int, int, int, int]]:
    """Where the texts part and meet again: [start, end) in ours, [first, last) in theirs."""
    here = there = 0
    while True:
        same = _common(ours, here, theirs, there)
        here, there = here + same, there + same
        if here == len(ours) and there == len(theirs):
            return
        end, last = _meeting(ours, here, theirs, there)
        yield here, end, there, last
        here, there = end, last


def _common(ours: str, here: int, theirs: str, there: int) -> int:
    """How many characters run alike from here on, found by halving."""
    low, high = 0, min(len(ours) - here, len(theirs) - there)
    while low < high:
        middle = (low + high + 1) // 2
        if ours[here + low : here + middle] == theirs[there + low : there + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _meeting(ours: str, here: int, theirs: str, there: int) -> tuple[int, int]:
    """The nearest place where both run alike again; their ends where there is none."""
    best: tuple[int, int] | None = None
    for skipped in range(min(REACH, len(ours) - here)):
        if best and skipped >= best[0] + best[1]:
            break
        anchor = ours[here + skipped : here + skipped + ANCHOR]
        found = theirs.find(anchor, there, there + REACH) if len(anchor) == ANCHOR else -1
        if found >= 0 and (best is None or skipped + found - there < sum(best)):
            best = (skipped, found - there)
    return (here + best[0], there + best[1]) if best else _common_end(ours, here, theirs, there)


def _common_end(ours: str, here: int, theirs: str, there: int) -> tuple[int, int]:
    end, last = len(ours), len(theirs)
    while end > here and last > there and ours[end - 1] == theirs[last - 1]:
        end, last = end - 1, last - 1
    return end, last


def _place(inspection: Inspection, name: str, runs: list[_Run], start: int) -> Place:
    if not runs:
        return Place(f"plan/source/{shown(name)}")
    run = runs[max(0, bisect_right([found.start for found in runs], start) - 1)]
    return inspection.place(
        inspection.file_of(run.block.plan, run.block.measure), (*run.piece.loc, *VALUE.get(run.piece.kind, ()))
    )


RULES = (
    Rule(
        "source-mismatch",
        Severity.ERROR,
        "与来源文件不一致",
        "各段文字依次连起来，去掉空白和排版符号后，应与 plan/source/ 下的来源文件逐字相同。",
        "来源文件是“达30%”，数据里写成“达35%”。",
        "照来源文件改正；来源文件自身有损坏的，写 source_text（来源文字）和 source_note（说明）。",
        source_mismatch,
        absence=True,
    ),
)
