"""An empty plan for those who write one: the files, with one example of everything that is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.importing.front_matter import plan_label
from generator.importing.plan_files import project_files
from generator.importing.units import DraftUnits
from generator.model import BreakdownFile, Chapter, Clause, Measure, Passage, PlanHead, Section
from generator.storage.draft_writer import record_yaml

TITLE = "（请填写方案名称）"
HEAD_NOTE = """请填写名称、文号、印发机关、印发日期；年度计划另填 year
正文之前的段落写 front，节和章写 sections，正文之后的写 back；写法可对照 planbook schema 生成的格式说明"""
MEASURE_NOTE = """一项措施一个文件，文件名与序号相同：02.yml、03.yml……
每句一项：没有时限和数字的直接写文字，有的写成 text、deadlines、targets、mentions
责任分工写在 responsibility：phrase 照抄原文，lead 牵头、shared 分工负责、responsible 责任单位、support 配合；
单位先在 units.yml 登记"""


def blank_plan_files(plan_id: str, labels: Sequence[str], present: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path in plan/ → content; files of the project that are there already are not among them."""
    head = PlanHead(
        id=plan_id,
        label=plan_label(plan_id, labels),
        title=TITLE,
        short_title=TITLE,
        sections=(Section(number="一", title="重点任务", chapters=(Chapter(number="一", title="（章的标题）"),)),),
    )
    measure = Measure(
        number=1,
        title="（措施标题）",
        chapter="一",
        clauses=(Clause(statements=(Passage(text="（照抄原文，一句一项）。"),)),),
        review="这是样例，请改成实际内容后删去本行",
    )
    note = "分解意见：尚未作出，留空。每条须有依据、批准和日期"
    return {
        f"{plan_id}/plan.yml": record_yaml(head, "../schemas/plan.json", HEAD_NOTE),
        f"{plan_id}/measures/01.yml": record_yaml(measure, "../../schemas/measure.json", MEASURE_NOTE),
        f"{plan_id}/breakdown.yml": record_yaml(BreakdownFile(), "../schemas/breakdown.json", note),
        **dict(project_files(present, DraftUnits())),
    }
