"""The plan: measures, clauses, responsibility, and the document around them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from generator.model.decisions import AssessmentFile, TaskBreakdown
from generator.model.returns import RepliesFile, UnitReturn
from generator.model.rulings import DecisionsFile, ExtraTask
from generator.model.text import Block, Day, Record, Statement


class Role(StrEnum):
    """What a unit owes in a task (责任角色)."""

    LEAD = "lead"
    SHARED = "shared"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    IMPLEMENT = "implement"
    GUIDE = "guide"


class TargetKind(StrEnum):
    """Whether an objective binds (约束性 / 力争性)."""

    BINDING = "binding"
    ASPIRATIONAL = "aspirational"


class LinkKind(StrEnum):
    """How far a measure carries out another (落实关系)."""

    IMPLEMENTS = "implements"
    SUPPORTS = "supports"


class Responsibility(Record):
    """责任分工: what the bracket says, and the names in it as written, by role."""

    phrase: str = Field(min_length=1, title="括号内原文")
    brackets: str = Field("〔〕", title="括号", description="原文所用括号，左右各一字；没有括号写空字符串")
    lead: tuple[str, ...] = Field((), title="牵头")
    shared: tuple[str, ...] = Field((), title="按职责分工负责")
    responsible: tuple[str, ...] = Field((), title="责任单位（未分主次）")
    support: tuple[str, ...] = Field((), title="配合")
    implement: tuple[str, ...] = Field((), title="落实")
    guide: tuple[str, ...] = Field((), title="指导")
    open: bool = Field(False, title="“等”：名单未列尽")
    source_note: str | None = Field(None, title="来源说明")
    source_text: str | None = Field(None, title="来源文字", description="来源文件此处的实际文字，含括号")
    review: str | None = Field(None, title="待核")

    def by_role(self) -> tuple[tuple[Role, str], ...]:
        """Every (role, name as written), roles in their fixed order, names in the text's."""
        return tuple((role, name) for role in Role for name in getattr(self, role.value))

    def printed(self) -> str:
        """The responsibility as the document prints it, brackets included."""
        half = len(self.brackets) // 2
        return f"{self.brackets[:half]}{self.phrase}{self.brackets[half:]}"


class Clause(Record):
    """款 (a task): the list of its sentences; joining them gives the text back."""

    statements: tuple[Statement, ...] = Field(min_length=1, title="语句")
    responsibility: Responsibility | None = Field(None, title="责任分工")
    tail: str = Field("", title="括号后的文字", description="如责任括号之后的句号")

    @property
    def text(self) -> str:
        """The sentences joined, without the bracket."""
        return "".join(statement.text for statement in self.statements)


class Measure(Record):
    """措施: one numbered item of a plan, in one file."""

    number: int = Field(ge=1, le=9999, title="序号", description="在本计划中的顺序号")
    printed_number: str | None = Field(None, title="原文编号", description="原文编号与“序号.”不同时填写")
    title: str | None = Field(title="标题", description="原文没有标题时写 null")
    title_mark: str = Field("。", title="标题后的标点")
    chapter: str | None = Field(None, title="所属章", description="章的序号，如 四；重号时写 节/章，如 三/四")
    clauses: tuple[Clause, ...] = Field(min_length=1, title="款")
    carried_from: str | None = Field(None, title="结转自", description="上一年度计划中的措施 id")
    carried_stamp: str | None = Field(
        None, pattern=r"^[0-9a-f]{6}$", title="结转时原措施的指纹", description="原措施的文字有改动时，检查会指出"
    )
    review: str | None = Field(None, title="待核")

    @property
    def text(self) -> str:
        """The clauses joined, without their brackets."""
        return "".join(clause.text for clause in self.clauses)

    @property
    def printed(self) -> str:
        """The number as the document prints it."""
        return f"{self.number}." if self.printed_number is None else self.printed_number


class Objective(Record):
    """工作目标: binding or aspirational."""

    number: str = Field("", title="原文编号", description="如（一）")
    title: str | None = Field(None, title="标题")
    title_mark: str = Field("。", title="标题后的标点")
    kind: TargetKind = Field(title="性质")
    statements: tuple[Statement, ...] = Field(min_length=1, title="语句")

    @property
    def text(self) -> str:
        """The sentences joined."""
        return "".join(statement.text for statement in self.statements)


class Chapter(Record):
    """章: a heading under which measures stand."""

    number: str = Field(min_length=1, title="序号", description="如 四")
    printed: str | None = Field(None, title="原文编号", description="默认为（序号）")
    title: str = Field(title="标题")
    paragraphs: tuple[Block, ...] = Field((), title="章首段落", description="章的标题与第一项措施之间的文字")
    safeguard: bool = Field(False, title="保障措施", description="true：建议不作为任务计分")
    basis: str | None = Field(None, title="依据")

    @property
    def printed_number(self) -> str:
        """The number as the document prints it."""
        return f"({self.number})" if self.printed is None else self.printed


class Section(Record):
    """节: a first-level heading, with paragraphs, objectives or chapters under it."""

    number: str = Field(min_length=1, title="序号", description="如 三")
    printed: str | None = Field(None, title="原文编号", description="默认为 序号、")
    title: str = Field(title="标题")
    paragraphs: tuple[Block, ...] = Field((), title="段落")
    objectives: tuple[Objective, ...] = Field((), title="工作目标")
    chapters: tuple[Chapter, ...] = Field((), title="章")
    closing: tuple[Block, ...] = Field((), title="节末段落", description="目标、各章之后的文字")

    @property
    def printed_number(self) -> str:
        """The number as the document prints it."""
        return f"{self.number}、" if self.printed is None else self.printed


class Parent(Record):
    """上位文件: a document that this plan carries out."""

    title: str = Field(title="名称")
    document_number: str | None = Field(None, title="文号")
    issued: Day | None = Field(None, title="印发日期")
    plan: str | None = Field(None, title="本项目中的计划 id")
    confirmed: bool = Field(title="原文载明", description="本计划原文没有写明时为 false")
    basis: str | None = Field(None, title="依据")


class PlanHead(Record):
    """plan.yml: the document and its outline, everything but the measures."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60, title="计划 id", description="同文件夹名")
    label: str = Field(min_length=1, max_length=12, title="任务编号前缀", description="如 方案，印作 方案-14")
    title: str = Field(min_length=1, title="名称")
    short_title: str = Field(min_length=1, title="简称")
    document_number: str | None = Field(None, title="文号")
    issuer: str | None = Field(None, title="印发机关")
    issued: Day | None = Field(None, title="印发日期")
    year: int | None = Field(None, ge=1949, le=2200, title="年度", description="年度计划填写；跨年方案不填")
    order: int = Field(0, title="在文件中的次序", description="附件排在正文之后")
    annex_of: str | None = Field(None, title="作为附件附于", description="正文计划的 id")
    parents: tuple[Parent, ...] = Field((), title="上位文件")
    source: str | None = Field(None, title="来源文件", description="plan/source/ 下的文件名")
    front: tuple[Block, ...] = Field((), title="正文之前")
    sections: tuple[Section, ...] = Field((), title="节")
    back: tuple[Block, ...] = Field((), title="正文之后")


class Link(Record):
    """落实关系: a measure carries out a measure of a parent plan."""

    source: str = Field(alias="from", title="措施 id", description="如 action-2024-09")
    to: str = Field(title="上位措施 id", description="如 scheme-14")
    kind: LinkKind = Field(title="程度", description="implements 全部落实；supports 部分落实")
    reason: str = Field(min_length=1, title="理由")


class LinksFile(Record):
    """links.yml."""

    links: tuple[Link, ...] = Field((), title="落实关系")


class Plan(Record):
    """计划: the head, its measures in order, and what they carry out."""

    head: PlanHead
    measures: tuple[Measure, ...]
    links: tuple[Link, ...] = ()
    breakdown: tuple[TaskBreakdown, ...] = ()
    assessment: AssessmentFile | None = None
    extra_tasks: tuple[ExtraTask, ...] = ()
    returns: tuple[UnitReturn, ...] = ()
    replies: tuple[RepliesFile, ...] = ()
    decisions: tuple[tuple[str, DecisionsFile], ...] = ()
    """File name in decisions/ with what it holds, in the order of the names."""

    @property
    def id(self) -> str:
        """The plan's id, also its folder's name."""
        return self.head.id

    def measure_id(self, measure: Measure) -> str:
        """`scheme-14`: two digits at least."""
        return f"{self.id}-{measure.number:02d}"

    def clause_id(self, measure: Measure, position: int) -> str:
        """`scheme-14.1`; `position` counts clauses from 1."""
        return f"{self.measure_id(measure)}.{position}"

    def task_label(self, measure: Measure, position: int) -> str:
        """The visible task number: 方案-14, 方案-10①, 行动-09; `position` counts clauses from 1."""
        mark = circled(position) if len(measure.clauses) > 1 else ""
        return f"{self.measure_label(measure)}{mark}"

    def measure_label(self, measure: Measure) -> str:
        """The visible number of a measure: 方案-14."""
        return f"{self.head.label}-{measure.number:02d}"


def circled(number: int) -> str:
    """① … ⑳, then (21)."""
    return chr(ord("①") + number - 1) if number <= 20 else f"({number})"
