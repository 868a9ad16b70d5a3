"""The shape of the interchange, version 1: a promise to those who build on it; its JSON Schema comes from here.

Never change a key or its meaning; add a version instead. No name of a person and no telephone number belongs here.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from generator.model import Comparator, DeadlineKind, LinkKind, MentionKind, Record, Role, TargetKind, UnitKind

VERSION = 1


class ParentItem(Record):
    """上位文件."""

    title: str = Field(title="名称")
    document_number: str | None = Field(title="文号")
    issued: date | None = Field(title="印发日期")
    plan: str | None = Field(title="本数据中的计划 id")
    confirmed: bool = Field(title="本计划原文载明")
    basis: str | None = Field(title="依据")


class SectionItem(Record):
    """Text outside measures and objectives; what stands before the first and after the last has no number."""

    number: str | None = Field(title="序号")
    title: str | None = Field(title="标题")
    text: str = Field(title="原文，一段一行")


class ChapterItem(Record):
    """章."""

    number: str = Field(title="序号，如 四；重号时为 节/章")
    title: str = Field(title="标题")


class DeadlineItem(Record):
    """时限."""

    phrase: str = Field(title="原文短语")
    kind: DeadlineKind = Field(title="类别")
    start: date | None = Field(title="起始日（含）")
    end: date | None = Field(title="截止日（含）")
    recurrence: str | None = Field(title="周期")
    inferred: bool = Field(title="推算：原文没有直接写明")
    basis: str | None = Field(title="推算依据")


class TargetItem(Record):
    """目标值."""

    phrase: str = Field(title="原文短语")
    indicator: str = Field(title="指标")
    comparator: Comparator = Field(title="比较符")
    value: int | float | None = Field(title="数值")
    symbol: str | None = Field(title="计量单位")
    baseline: str | None = Field(title="基准")
    external: bool = Field(title="由上级确定")


class MentionItem(Record):
    """A figure or a time that binds nothing."""

    phrase: str = Field(title="原文短语")
    kind: MentionKind = Field(title="类别")


class ObjectiveItem(Record):
    """工作目标."""

    id: str = Field(title="id，如 scheme-objective-1")
    text: str = Field(title="原文")
    kind: TargetKind = Field(title="约束性或力争性")
    deadlines: tuple[DeadlineItem, ...] = Field(title="时限")
    targets: tuple[TargetItem, ...] = Field(title="目标值")


class AssignmentItem(Record):
    """A unit or group named in a clause."""

    written: str = Field(title="原文写法")
    unit: str = Field(title="单位或统称 id")
    role: Role = Field(title="责任角色")


class StatementItem(Record):
    """语句."""

    id: str = Field(title="id，如 scheme-14.1.5")
    text: str = Field(title="原文")
    deadlines: tuple[DeadlineItem, ...] = Field(title="时限")
    targets: tuple[TargetItem, ...] = Field(title="目标值")
    mentions: tuple[MentionItem, ...] = Field(title="提及")


class ClauseItem(Record):
    """款, which is one task."""

    task: str = Field(title="任务编号，如 方案-10①")
    text: str = Field(title="原文，不含责任括号")
    phrase: str | None = Field(title="责任分工原文，不含括号")
    open: bool = Field(title="名单以“等”结尾")
    assignments: tuple[AssignmentItem, ...] = Field(title="责任分工")
    statements: tuple[StatementItem, ...] = Field(title="语句")


class LinkItem(Record):
    """Which measure of a parent plan this one carries out: implements wholly, supports in part."""

    to: str = Field(title="措施 id")
    kind: LinkKind = Field(title="程度")
    reason: str = Field(title="理由")


class MeasureItem(Record):
    """措施."""

    id: str = Field(title="id，如 scheme-14")
    number: int = Field(title="在本计划中的顺序号")
    printed_number: str = Field(title="原文编号")
    title: str | None = Field(title="标题")
    chapter: str | None = Field(title="所属章的序号")
    clauses: tuple[ClauseItem, ...] = Field(title="款")
    links: tuple[LinkItem, ...] = Field(title="落实关系")


class PlanItem(Record):
    """计划."""

    id: str = Field(title="计划 id")
    title: str = Field(title="名称")
    document_number: str | None = Field(title="文号")
    issued: date | None = Field(title="印发日期")
    parents: tuple[ParentItem, ...] = Field(title="上位文件")
    sections: tuple[SectionItem, ...] = Field(title="正文前后和各节的文字")
    chapters: tuple[ChapterItem, ...] = Field(title="章")
    objectives: tuple[ObjectiveItem, ...] = Field(title="工作目标")
    measures: tuple[MeasureItem, ...] = Field(title="措施")


class UnitItem(Record):
    """责任单位."""

    id: str = Field(title="单位 id")
    name: str = Field(title="名称")
    full_name: str | None = Field(title="全称")
    aliases: tuple[str, ...] = Field(title="其他写法")
    kind: UnitKind = Field(title="类别")
    confirmed: bool = Field(title="已确认")


class GroupItem(Record):
    """单位集合."""

    id: str = Field(title="集合 id，与单位 id 不重复")
    name: str = Field(title="名称")
    members: tuple[str, ...] = Field(title="成员单位 id")
    confirmed: bool = Field(title="成员已确认")


class Interchange(Record):
    """交换格式: plans resolved against units and groups."""

    schema_version: Literal[1] = Field(title="格式版本")
    plans: tuple[PlanItem, ...] = Field(title="计划")
    units: tuple[UnitItem, ...] = Field(title="责任单位，按建制顺序")
    groups: tuple[GroupItem, ...] = Field(title="统称")
