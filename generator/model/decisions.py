"""What the office decides and the text does not say: breakdown and assessment."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from generator.model.text import Day, Record


class AssessmentMode(StrEnum):
    """How a task counts (计分 / 只通报 / 不考核)."""

    SCORED = "scored"
    CIRCULATED = "circulated"
    NONE = "none"


class Frequency(StrEnum):
    """How often a task is reported (报送频次)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    NONE = "none"


class Node(Record):
    """分解节点: what must stand by a day within a task."""

    due: Day = Field(title="日期")
    text: str = Field(min_length=1, title="内容")


class Share(Record):
    """分解数量: what one unit has to bring of a task's yearly quantity."""

    unit: str = Field(min_length=1, title="单位名称")
    quantity: float = Field(ge=0, title="数量")


class TaskBreakdown(Record):
    """区环委办分解意见 on one task; every decision has basis, approver and date."""

    task: str = Field(min_length=1, title="任务编号", description="如 方案-14、方案-10①、行动-09")
    consolidator: str | None = Field(None, title="汇总单位", description="原文没有牵头单位时，由谁汇总")
    open_list: tuple[str, ...] = Field((), title="“等”“各有关部门”所指单位")
    nodes: tuple[Node, ...] = Field((), title="分解节点")
    leader: str | None = Field(None, title="责任领导（职务）", description="写职务，不写姓名和电话")
    section: str | None = Field(None, title="责任科室")
    frequency: Frequency | None = Field(None, title="报送频次")
    yearly_quantity: float | None = Field(None, ge=0, title="年度目标量")
    symbol: str | None = Field(None, title="计量单位")
    shares: tuple[Share, ...] = Field((), title="各单位分解数量")
    assessment: AssessmentMode | None = Field(None, title="是否计分")
    weight: float | None = Field(None, ge=0, le=100, title="分值")
    scoring: str | None = Field(None, title="评分标准")
    basis: str = Field(min_length=1, title="依据")
    approved_by: str = Field(min_length=1, title="批准", description="写职务或会议，不写姓名")
    approved_on: Day = Field(title="批准日期")


class BreakdownFile(Record):
    """breakdown.yml: empty until the office fills it."""

    tasks: tuple[TaskBreakdown, ...] = Field((), title="分解意见")


class Criterion(Record):
    """考核指标 that is not a task of the plan: common duties, bonus, deduction."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", title="指标 id")
    item: str = Field(min_length=1, title="考核项目")
    text: str = Field(min_length=1, title="考核内容")
    weight: float | None = Field(None, ge=0, le=100, title="分值")
    scoring: str | None = Field(None, title="评分标准")
    scored_by: str | None = Field(None, title="评分部门")
    objective: int | None = Field(
        None, ge=1, title="所据工作目标", description="本计划 plan.yml 中第几条工作目标；目标值和完成时限由此而来"
    )


class UnitAssessment(Record):
    """How one unit is assessed (计分 / 只通报 / 不考核)."""

    unit: str = Field(min_length=1, title="单位名称")
    mode: AssessmentMode = Field(title="方式")
    basis: str = Field(min_length=1, title="依据")


class AssessmentFile(Record):
    """assessment.yml of an annual plan: what the office decides about the year's assessment."""

    confirmed: bool = Field(title="已由区环委办审定", description="false 时，表中分值均标“建议”")
    basis: str = Field(min_length=1, title="依据")
    total: float = Field(100, gt=0, le=1000, title="总分")
    default_scoring: str = Field(min_length=1, title="默认评分标准（建议）")
    later_scoring: str | None = Field(None, title="时限在本年之后的任务的默认评分标准（建议）")
    scored_by: str | None = Field(None, title="评分部门")
    units: tuple[UnitAssessment, ...] = Field((), title="各单位考核方式")
    air_quality: tuple[Criterion, ...] = Field((), title="空气质量（仅镇街）")
    common: tuple[Criterion, ...] = Field((), title="共性任务")
    adjustments: tuple[Criterion, ...] = Field((), title="加减分")
