"""The outline of a plan: chapters, numbers, labels, and the plans that it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.inspection import Inspection, head_file
from generator.checks.rule import Problem, Rule
from generator.document import chapters_called
from generator.findings import Severity, shown, suggestion
from generator.model import Measure, Plan
from generator.storage import Loc

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def _measures(inspection: Inspection) -> Iterator[tuple[Plan, Measure, str]]:
    for plan in inspection.outlined:
        for measure in plan.measures:
            yield plan, measure, inspection.file_of(plan, measure)


def chapter_unknown(inspection: Inspection) -> Iterator[Problem]:
    """The chapter of a measure is in plan.yml."""
    for plan, measure, file in _measures(inspection):
        if measure.chapter is not None and not chapters_called(plan, measure.chapter):
            hint = (
                suggestion(measure.chapter, _chapters(plan))
                or f"可用的有：{'、'.join(_chapters(plan)) or '（没有章）'}"
            )
            message = f"plan.yml 中没有第“{shown(measure.chapter)}”章；{hint}"
            yield inspection.place(file, ("chapter",)), message


def _chapters(plan: Plan) -> list[str]:
    """How chapters are called: by number, with their section where the number alone is not enough."""
    pairs = [(section.number, chapter.number) for section in plan.head.sections for chapter in section.chapters]
    numbers = [chapter for _, chapter in pairs]
    return [f"{section}/{chapter}" if numbers.count(chapter) > 1 else chapter for section, chapter in pairs]


def chapter_ambiguous(inspection: Inspection) -> Iterator[Problem]:
    """The chapter of a measure is one only."""
    for plan, measure, file in _measures(inspection):
        found = chapters_called(plan, measure.chapter)
        if len(found) > 1:
            choices = "、".join(dict.fromkeys(f"{section.number}/{chapter.number}" for section, chapter in found))
            message = f"第“{shown(measure.chapter)}”章有 {len(found)} 个；应写明节和章，可写 {choices}"
            yield inspection.place(file, ("chapter",)), message


def duplicate_heading(inspection: Inspection) -> Iterator[Problem]:
    """A section's number is its own in the plan, a chapter's in its section."""
    for plan in inspection.outlined:
        sections = plan.head.sections
        yield from _same_number(inspection, plan, ("sections",), tuple(found.number for found in sections), "节")
        for index, section in enumerate(sections):
            loc: Loc = ("sections", index, "chapters")
            numbers = tuple(chapter.number for chapter in section.chapters)
            yield from _same_number(inspection, plan, loc, numbers, "章")


def _same_number(
    inspection: Inspection, plan: Plan, loc: Loc, numbers: tuple[str, ...], kind: str
) -> Iterator[Problem]:
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            place = inspection.place(head_file(plan), (*loc, index, "number"))
            yield place, f"{kind}的序号“{shown(number)}”重复；应各不相同"


def no_measures(inspection: Inspection) -> Iterator[Problem]:
    """A plan has measures."""
    for plan in inspection.outlined:
        if not plan.measures:
            message = (
                f"计划“{shown(plan.head.short_title)}”没有任何措施；应在 plan/{plan.id}/measures/ 下一项一个文件"
            )
            yield inspection.place(head_file(plan)), message


def number_gap(inspection: Inspection) -> Iterator[Problem]:
    """Measures are numbered 1, 2, 3 without a gap."""
    for plan in inspection.outlined:
        before = 0
        for measure in plan.measures:
            if measure.number > before + 1:
                last = f"至第 {measure.number - 1} 项" if measure.number > before + 2 else ""
                message = f"序号 {measure.number} 之前缺第 {before + 1} 项{last}；序号应从 1 起连续，是否漏了？"
                yield inspection.place(inspection.file_of(plan, measure), ("number",)), message
            before = measure.number


def file_name(inspection: Inspection) -> Iterator[Problem]:
    """The file of measure 14 is 14.yml."""
    for _, measure, file in _measures(inspection):
        expected = f"{measure.number:02d}.yml"
        written = file.rsplit("/", 1)[-1]
        if written != expected:
            message = f"序号是 {measure.number}，文件名是“{shown(written)}”；文件名应为 {expected}"
            yield inspection.place(file, ("number",)), message


def duplicate_label(inspection: Inspection) -> Iterator[Problem]:
    """Task numbers such as 方案-14 are unique in all plans, so the labels of plans are."""
    first: dict[str, Plan] = {}
    for plan in inspection.outlined:
        other = first.setdefault(plan.head.label, plan)
        if other is not plan:
            message = f"任务编号前缀“{shown(plan.head.label)}”已由计划 {other.id} 使用；各计划应不同"
            yield inspection.place(head_file(plan), ("label",)), message


def plan_unknown(inspection: Inspection) -> Iterator[Problem]:
    """Parents and the plan that an annex belongs to are other plans of this project."""
    ids = {plan.id for plan in inspection.plans}
    for plan in inspection.outlined:
        named: list[tuple[str | None, Loc]] = [(plan.head.annex_of, ("annex_of",))]
        named += [(parent.plan, ("parents", index, "plan")) for index, parent in enumerate(plan.head.parents)]
        for name, loc in named:
            if name is not None and name not in ids - {plan.id}:
                hint = suggestion(name, ids - {plan.id}) or "应写另一个计划的 id；不在本项目中的不填"
                yield inspection.place(head_file(plan), loc), f"没有计划“{shown(name)}”可指；{hint}"


def annex_circle(inspection: Inspection) -> Iterator[Problem]:
    """Following `annex_of` leads to a plan that is no annex."""
    above = {plan.id: plan.head.annex_of for plan in inspection.plans}
    for plan in inspection.outlined:
        seen: list[str] = []
        current: str | None = plan.id
        while current is not None and current not in seen:
            seen.append(current)
            current = above.get(current)
        if current == plan.id and len(seen) > 1:
            message = f"附件关系成了循环：{' → '.join((*seen, plan.id))}；正文不应再是附件的附件"
            yield inspection.place(head_file(plan), ("annex_of",)), message


RULES = (
    Rule(
        "chapter-unknown",
        ERROR,
        "所属章不存在",
        "措施的 chapter 应是 plan.yml 里某一章的序号。",
        "chapter: 十（plan.yml 只有八章）",
        "照提示改正，或在 plan.yml 里补上这一章。",
        chapter_unknown,
    ),
    Rule(
        "chapter-ambiguous",
        ERROR,
        "所属章不止一个",
        "两节里有同一序号的章时，措施要写明是哪一节的。",
        "chapter: 一（第二节、第三节都有“一”）",
        "写成 节/章，如 三/一。",
        chapter_ambiguous,
    ),
    Rule(
        "duplicate-heading",
        ERROR,
        "节或章的序号重复",
        "同一计划的节、同一节的章，序号应各不相同。",
        "两章都写 number: 四",
        "照原文改正；原文就重号的，number 写可区分的序号，原文编号写在 printed。",
        duplicate_heading,
    ),
    Rule(
        "no-measures",
        WARNING,
        "计划没有措施",
        "计划文件夹里没有 measures/，或其中没有 .yml 文件。",
        "文件夹写成 measure/。",
        "把措施放进 measures/，一项一个文件。",
        no_measures,
        absence=True,
    ),
    Rule(
        "number-gap",
        WARNING,
        "措施序号不连续",
        "序号是全计划的顺序号，应从 1 起不间断。",
        "有 13.yml、15.yml，没有 14.yml。",
        "补上缺的文件；原文编号每章重起的，序号仍连续，原文编号写在 printed_number。",
        number_gap,
        absence=True,
    ),
    Rule(
        "file-name",
        WARNING,
        "文件名与序号不符",
        "第 14 项措施的文件应是 measures/14.yml，便于查找。",
        "14.yml 里写 number: 15",
        "核对原文编号，改文件名或改序号。",
        file_name,
    ),
    Rule(
        "duplicate-label",
        ERROR,
        "任务编号前缀重复",
        "任务编号（如 方案-14）由前缀和序号组成，要在所有计划中唯一。",
        "两个年度计划的 label 都是“行动”。",
        "改成可区分的前缀，如 行动24、行动25。",
        duplicate_label,
    ),
    Rule(
        "plan-unknown",
        ERROR,
        "所指的计划不存在",
        "parents 的 plan 和 annex_of 应是本项目中另一个计划的 id。",
        "annex_of: schema",
        "照提示改正；上位文件不在本项目中的，不填 plan。",
        plan_unknown,
    ),
    Rule(
        "annex-circle",
        ERROR,
        "附件关系循环",
        "附件指向正文，正文不能又指向附件。",
        "a 的 annex_of 是 b，b 的 annex_of 是 a。",
        "删去正文的 annex_of。",
        annex_circle,
    ),
)
