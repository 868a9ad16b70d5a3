"""Draft records → the files of plan/, as bytes; an existing units.yml is added to, never rewritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.importing.units import DraftUnits
from generator.model import (
    AssessmentFile,
    BreakdownFile,
    CalendarFile,
    Grade,
    LinksFile,
    Measure,
    PlanHead,
    RulesFile,
    Season,
    UnitsFile,
)
from generator.storage.draft_writer import record_yaml, stamped, with_entries

SCHEMA = "schemas"

CALENDAR = CalendarFile(
    seasons=(
        Season(
            id="heating",
            name="采暖季",
            aliases=("采暖期", "供暖季", "供暖期", "取暖季", "取暖期"),
            start="11-15",
            end="03-15",
            confirmed=False,
            basis="北方地区通行的采暖期，11月15日至次年3月15日；本地起止日待确认",
        ),
        Season(
            id="autumn-winter",
            name="秋冬季",
            start="10-01",
            end="03-31",
            confirmed=False,
            basis="参照国家秋冬季大气污染综合治理攻坚方案的通行起止，待确认",
        ),
        Season(
            id="winter-spring",
            name="今冬明春",
            aliases=("冬春季",),
            start="11-01",
            end="04-30",
            confirmed=False,
            basis="参照其他文件用语推定约为11月至次年4月，待确认",
        ),
    )
)
RULES = RulesFile(
    grades=(
        Grade(name="优秀", minimum=90),
        Grade(name="良好", minimum=70),
        Grade(name="合格", minimum=60),
        Grade(name="不合格", minimum=0),
    ),
    grades_basis="参照环发〔2014〕107号的分档，作为默认值，可修改",
)
ASSESSMENT = AssessmentFile(
    confirmed=False,
    basis="导入时生成，尚未研究确定；原文没有规定分值和评分标准，表中分值、评分标准均为建议",
    default_scoring="按时限完成且佐证齐全的，得满分；部分完成的，按完成比例得分；到时限未完成且未经批准延期的，视情节扣分，扣完为止",
)
ORDER_BASIS = "导入时按文中首次出现的次序排列，建制顺序待确认"


@dataclass(frozen=True)
class DraftPlan:
    """One plan, ready to be written."""

    head: PlanHead
    measures: tuple[Measure, ...]
    notes: tuple[str, ...] = ()
    """What to look at in plan.yml, where no `review:` has its place."""


def plan_files(plan: DraftPlan, source: str) -> Iterator[tuple[str, bytes]]:
    """(path in plan/, content) of one plan; each file bears a stamp of itself."""
    folder = plan.head.id
    notes = "\n".join(f"待核：{note}" for note in plan.notes)
    yield f"{folder}/plan.yml", stamped(record_yaml(plan.head, f"../{SCHEMA}/plan.json", notes), source)
    for measure in plan.measures:
        content = record_yaml(measure, f"../../{SCHEMA}/measure.json")
        yield f"{folder}/measures/{measure.number:02d}.yml", stamped(content, source)
    note = "分解意见：尚未作出，留空。每条须有依据、批准和日期"
    yield (
        f"{folder}/breakdown.yml",
        stamped(record_yaml(BreakdownFile(), f"../{SCHEMA}/breakdown.json", note), source),
    )
    if plan.head.annex_of or plan.head.parents:
        links = record_yaml(
            LinksFile(), f"../{SCHEMA}/links.json", "与上位措施的落实关系：导入不作判断，请核对后填写"
        )
        yield f"{folder}/links.yml", stamped(links, source)
    if plan.head.year is not None:
        yield f"{folder}/assessment.yml", stamped(record_yaml(ASSESSMENT, f"../{SCHEMA}/assessment.json"), source)


def project_files(present: Mapping[str, bytes], new: DraftUnits) -> Iterator[tuple[str, bytes]]:
    """units.yml, calendar.yml and rules.yml where there are none; new units are added to an existing file."""
    if "units.yml" not in present:
        units = UnitsFile(
            order_confirmed=False, order_basis=ORDER_BASIS, units=tuple(new.units), groups=tuple(new.groups)
        )
        yield "units.yml", record_yaml(units, f"{SCHEMA}/units.json")
    elif new.units or new.groups:
        yield "units.yml", with_entries(present["units.yml"], {"units": new.units, "groups": new.groups})
    if "calendar.yml" not in present:
        yield (
            "calendar.yml",
            record_yaml(CALENDAR, f"{SCHEMA}/calendar.json", "季节起止均待确认；凡据以推算的日期都标“推算”"),
        )
    if "rules.yml" not in present:
        yield "rules.yml", record_yaml(RULES, f"{SCHEMA}/rules.json")
