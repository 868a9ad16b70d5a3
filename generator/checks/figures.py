"""Targets: they say something possible, what their phrase says, and no figure or time is overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.inspection import Inspection, PlacedPassage
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.model import Comparator, Target
from generator.phrases import figures_and_times, parse_targets
from generator.storage import Loc

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
COMPARED = (
    ("comparator", "比较符"),
    ("value", "数值"),
    ("symbol", "计量单位"),
    ("baseline", "基准"),
    ("external", "“由上级确定”"),
)


def _targets(inspection: Inspection) -> Iterator[tuple[PlacedPassage, Target, Loc]]:
    for placed in inspection.passages:
        for target, loc in placed.targets():
            yield placed, target, loc


def target_value(inspection: Inspection) -> Iterator[Problem]:
    """A target has a value, or it is set by others."""
    for placed, target, loc in _targets(inspection):
        if target.value is None and not target.external:
            place = inspection.place(placed.file, (*loc, "phrase"))
            yield place, f"“{shown(target.phrase)}”没有数值；应填 value，数值由上级下达的写 external: true"
        if target.value is not None and target.external:
            place = inspection.place(placed.file, (*loc, "external"))
            yield place, f"“{shown(target.phrase)}”写了数值，又写由上级确定；两项只能有一项"


def target_differs(inspection: Inspection) -> Iterator[Problem]:
    """A target is what its phrase says; one that the grammar cannot read is left to people."""
    for placed, target, loc in _targets(inspection):
        readings = parse_targets(target.phrase, placed.passage.text)
        if not readings or any(_same(target, found) for found in readings):
            continue
        nearest = max(
            readings, key=lambda found: sum(getattr(found, key) == getattr(target, key) for key, _ in COMPARED)
        )
        for key, label in COMPARED:
            written, read = getattr(target, key), getattr(nearest, key)
            if written != read:
                place = inspection.place(placed.file, (*loc, key))
                message = f"“{shown(target.phrase)}”的{label}写成 {_shown(written)}，按原文应为 {_shown(read)}"
                yield place, f"{message}；请核对"


def _same(target: Target, other: Target) -> bool:
    return all(getattr(target, key) == getattr(other, key) for key, _ in COMPARED)


def _shown(value: object) -> str:
    if isinstance(value, Comparator):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return shown(value) if value is not None else "（空）"


def target_undated(inspection: Inspection) -> Iterator[Problem]:
    """A figure that must be reached, and nothing in its paragraph says by when; an annual plan has its year."""
    dated = {id(placed.block) for placed in inspection.passages if placed.passage.deadlines}
    for placed, target, loc in _targets(inspection):
        if placed.plan.head.year is None and id(placed.block) not in dated:
            place = inspection.place(placed.file, (*loc, "phrase"))
            yield place, f"“{shown(target.phrase)}”没有写明何时达到；本段没有任何时限"


def uncovered(inspection: Inspection) -> Iterator[Problem]:
    """Every figure and time of the text is a deadline, a target, or a mention that says why it binds nothing."""
    for placed in inspection.passages:
        text = placed.passage.text
        taken = _taken(placed)
        for start, end in figures_and_times(text):
            if not all(taken[start:end]):
                around = text[max(0, start - 6) : end + 6]
                message = f"“{shown(text[start:end])}”（…{shown(around)}…）没有列入时限、目标值或提及；"
                yield (
                    inspection.place(placed.file, (*placed.loc, "text")),
                    f"{message}不是时限和目标值的，应列入 mentions",
                )


def _taken(placed: PlacedPassage) -> bytearray:
    """The characters that some phrase speaks for; each of equal phrases takes an occurrence of its own."""
    text = placed.passage.text
    taken = bytearray(len(text))
    for phrase in sorted((phrase for _, phrase, *_ in placed.phrases()), key=lambda phrase: -len(phrase)):
        places = [match.start() for match in re.finditer(re.escape(phrase), text)]
        free = [start for start in places if not any(taken[start : start + len(phrase)])]
        for start in (free or places)[:1]:
            taken[start : start + len(phrase)] = b"\1" * len(phrase)
    return taken


RULES = (
    Rule(
        "target-value",
        ERROR,
        "目标值没有数值",
        "目标值要有数值；原文只说“完成市定指标”、数值由上级下达的，写 external: true。",
        "phrase: 达30%，没有 value。",
        "填 value，或写 external: true，不能两项都写。",
        target_value,
    ),
    Rule(
        "target-differs",
        WARNING,
        "目标值与原文短语不符",
        "按公文用语重新识读短语，得到的比较符、数值或计量单位与所写的不同。",
        "phrase: 达30%，value: 35",
        "以原文为准改正；识读有误的，不必改。",
        target_differs,
    ),
    Rule(
        "target-undated",
        NOTE,
        "目标值没有时限",
        "多年方案里的目标值，同一段文字没有写明何时达到。年度计划的目标值以年度为限，不在此列。",
        "全区秸秆综合利用率稳定在90%以上。",
        "不必处理；原文写有时限而漏录的，补上 deadlines。",
        target_undated,
    ),
    Rule(
        "uncovered",
        WARNING,
        "有数字或时间没有交代",
        "原文里的每个数字和时间词，不是时限，就是目标值；都不是的（范围、底数、文号、名称等）列入提及，以防遗漏。",
        "“35蒸吨/小时及以下”没有列入任何一项。",
        "列入 deadlines、targets 或 mentions。",
        uncovered,
    ),
)
