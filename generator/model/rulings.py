"""What people decide about tasks in the year: decisions/*.yml, extra-tasks.yml; with basis, office and day."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from generator.model.periods import PeriodId
from generator.model.returns import LedgerState
from generator.model.rules import Rung
from generator.model.text import Day, Record


class Ruling(Record):
    """决定: about one task; `by` is an office or a meeting, never a person's name."""

    task: str = Field(min_length=1, title="任务编号")
    unit: str | None = Field(None, title="单位", description="名称或 id；不填为该任务的全部单位")
    basis: str = Field(min_length=1, title="依据")
    by: str = Field(min_length=1, title="作出单位", description="写单位、职务或会议，不写姓名")
    on: Day = Field(title="日期")
    evidence: tuple[str, ...] = Field((), title="佐证编号")


class Review(Ruling):
    """环委办认定 of what was reported; `wording` is the office's edited wording beside the unit's own."""

    period: PeriodId = Field(title="周期")
    state: LedgerState | None = Field(None, title="认定状态")
    opinion: str | None = Field(None, title="审核意见")
    wording: str | None = Field(None, title="审定文字")
    sent_back: bool = Field(False, title="退回修改")
    overdue: bool = Field(False, title="认定逾期", description="时限已过只有经环委办认定才称逾期")

    @model_validator(mode="after")
    def _not_completed_here(self) -> Self:
        if self.state is LedgerState.COMPLETED:
            raise ValueError("认定已办结请写在 close_outs（办结核验），需写明佐证")
        if self.state is LedgerState.EXTENDED:
            raise ValueError("经批准延期请写在 extensions，需写明延至哪天")
        return self


class Score(Ruling):
    """考核得分 of a row of the annual form; `task` may be the id of a criterion (common.reports)."""

    unit: str = Field(min_length=1, title="单位")
    year: int = Field(ge=1949, le=2200, title="年度")
    score: float | None = Field(None, title="考核得分", description="合理缺项不填")
    deduction: str | None = Field(None, title="扣分原因")
    not_applicable: bool = Field(False, title="合理缺项")
    checked_by: str | None = Field(None, title="复核单位")

    @model_validator(mode="after")
    def _score_or_gap(self) -> Self:
        if (self.score is None) != self.not_applicable:
            raise ValueError("考核得分和合理缺项（not_applicable）应填且只填一项")
        return self


class Extension(Ruling):
    """经批准延期: the task's last day becomes `until`."""

    until: Day = Field(title="延至")


class CloseOut(Ruling):
    """办结核验: verified, by whom, when, on what evidence; a unit's own claim is no more than 申请办结."""

    evidence: tuple[str, ...] = Field(min_length=1, title="佐证编号")


class Transfer(Ruling):
    """移交: from a day on another unit answers for the task."""

    unit: str = Field(min_length=1, title="原承担单位")
    to: str = Field(min_length=1, title="接办单位")
    effective: Day = Field(title="起始日期")


class Supervision(Ruling):
    """督办决定: a leader ticked a proposed measure; only then is a paper drafted."""

    unit: str = Field(min_length=1, title="承办单位")
    rung: Rung = Field(title="措施")
    requirement: str | None = Field(None, title="办理要求")
    answer_by: Day | None = Field(None, title="反馈时限")
    supporting: tuple[str, ...] = Field((), title="协办单位")
    period: PeriodId | None = Field(
        None, title="所据清单的周期", description="在哪一期的清单里勾选的；不填的，归入作出日期所在的一期"
    )


class DecisionsFile(Record):
    """decisions/*.yml: a month, a meeting or a task in one file, as the office likes."""

    reviews: tuple[Review, ...] = Field((), title="审核认定")
    scores: tuple[Score, ...] = Field((), title="考核评分")
    extensions: tuple[Extension, ...] = Field((), title="延期")
    close_outs: tuple[CloseOut, ...] = Field((), title="办结核验")
    transfers: tuple[Transfer, ...] = Field((), title="移交")
    supervisions: tuple[Supervision, ...] = Field((), title="督办决定")


class ExtraOrigin(StrEnum):
    """Where a task from outside the plan comes from (会议议定 / 领导批示 / 督察检查 / 上级交办 / 其他)."""

    MEETING = "meeting"
    INSTRUCTION = "instruction"
    INSPECTION = "inspection"
    SUPERIOR = "superior"
    OTHER = "other"


class ExtraTask(Record):
    """计划外任务: stands in the same ledger, with its origin, and never in the plan's text."""

    task: str = Field(
        pattern=r"^[^\s\-/]{1,12}-\d{2,4}$", title="任务编号", description="如 会议-01；前缀不得与计划的相同"
    )
    title: str = Field(min_length=1, title="任务")
    text: str = Field(min_length=1, title="具体内容")
    origin: ExtraOrigin = Field(title="来源类别")
    source: str = Field(min_length=1, title="来源", description="如 区政府第3次专题会议纪要；不写姓名")
    assigned: Day = Field(title="交办日期")
    due: Day | None = Field(None, title="完成时限")
    lead: tuple[str, ...] = Field((), title="牵头单位")
    responsible: tuple[str, ...] = Field((), title="责任单位")
    support: tuple[str, ...] = Field((), title="配合单位")
    carried_from: str | None = Field(
        None,
        pattern=r"^[a-z][a-z0-9-]*/[^/]+$",
        title="结转自",
        description="上一年度的计划 id 和任务编号，如 action-2024/会议-01",
    )

    @model_validator(mode="after")
    def _someone_answers(self) -> Self:
        if not (self.lead or self.responsible):
            raise ValueError("应写明牵头单位（lead）或责任单位（responsible）")
        if self.due and self.due < self.assigned:
            raise ValueError("完成时限应不早于交办日期")
        return self


class ExtraTasksFile(Record):
    """extra-tasks.yml."""

    tasks: tuple[ExtraTask, ...] = Field((), title="计划外任务")
