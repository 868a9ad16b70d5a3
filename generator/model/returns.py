"""What units report: one file for each unit and period, keyed by task, written only by `planbook collect`."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from generator.model.periods import PeriodId
from generator.model.text import Day, Record


class LedgerState(StrEnum):
    """任务状态: what the unit reports (单位自报) and what the office finds (环委办认定) are two fields."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    BLOCKED = "blocked"
    COMPLETION_CLAIMED = "completion_claimed"
    COMPLETED = "completed"
    CONTINUING = "continuing"
    EXTENDED = "extended"
    NOT_CONCERNED = "not_concerned"


OFFICE_STATES = frozenset({LedgerState.COMPLETED, LedgerState.EXTENDED})
"""Only the office finds these: a unit applies for 办结 and for an extension."""


class ReturnState(StrEnum):
    """报送状态 of a unit in a period; UNREPORTED, SENT_BACK and REVIEWED are worked out, never stored."""

    UNREPORTED = "unreported"
    REPORTED = "reported"
    INCOMPLETE = "incomplete"
    SCAN_ONLY = "scan_only"
    UNCONVERTED = "unconverted"
    SENT_BACK = "sent_back"
    REVIEWED = "reviewed"


class Flag(Record):
    """存疑: something doubtful in what was reported; the row is kept as written. `send_back`: 建议退回."""

    rule: str = Field(pattern=r"^[a-z][a-z-]*$", title="规则")
    field: str | None = Field(None, title="填写项")
    message: str = Field(min_length=1, title="说明")
    send_back: bool = Field(False, title="建议退回")


class Report(Record):
    """What a unit says of one task in a period; a field that is None was left blank, "" means 无 was written."""

    unchanged: bool = Field(False, title="本期无变化")
    state: LedgerState | None = Field(None, title="状态（单位自报）")
    quantity: float | None = Field(None, title="本期完成量")
    cumulative: float | None = Field(None, title="累计完成量")
    progress: str | None = Field(None, title="本期进展（年度考核为完成情况）")
    problems: str | None = Field(None, title="问题及原因")
    coordination: str | None = Field(None, title="需协调事项")
    next_steps: str | None = Field(None, title="下期安排")
    expected: Day | None = Field(None, title="预计完成日期")
    evidence: tuple[str, ...] = Field((), title="佐证编号")
    self_score: float | None = Field(None, title="自评分", description="只在年度考核表中有")
    written: dict[str, str] = Field(
        {}, title="原样", description="填写项 → 单位填写的原文，仅在读出的值与原文写法不同时保留"
    )


class EarlierReport(Report):
    """此前所报: what the row said before a later file changed it."""

    file: str = Field(title="来源文件摘要", description="sha256，同 files 中的 digest")
    replaced_on: Day = Field(title="被替换日期")


class RowKey(Record):
    """Which row it is: `task` is the visible task number (行动-09), or the id of a criterion (common.reports)."""

    task: str = Field(min_length=1, title="任务编号")
    stamp: str = Field(pattern=r"^[0-9a-f]{6}$", title="任务原文指纹", description="任务原文有改动时，检查会指出")
    file: str = Field(title="来源文件摘要")


class TaskReport(Report, RowKey):
    """One row of a return."""

    flags: tuple[Flag, ...] = Field((), title="存疑")
    earlier: tuple[EarlierReport, ...] = Field((), title="此前所报，由早到晚")

    @property
    def send_back(self) -> bool:
        """Whether any flag proposes to send the row back."""
        return any(flag.send_back for flag in self.flags)


class ReturnedFile(Record):
    """收到的文件: what was taken from it; the digest makes collecting it twice the same as once."""

    name: str = Field(min_length=1, title="文件名")
    digest: str = Field(pattern=r"^[0-9a-f]{64}$", title="sha256")
    received: Day = Field(title="收到日期")
    taken: int = Field(ge=0, title="采用的行数")
    note: str | None = Field(None, title="说明")


class Material(Record):
    """佐证目录 of an annual form."""

    number: str = Field(min_length=1, title="编号")
    task: str | None = Field(None, title="任务编号")
    name: str | None = Field(None, title="材料名称")
    source: str | None = Field(None, title="文号或日期")
    pages: str | None = Field(None, title="页数")


class UnitReturn(Record):
    """progress/<period>/<unit id>.yml: what one unit reported in one period."""

    plan: str = Field(min_length=1, title="计划 id")
    unit: str = Field(min_length=1, title="单位 id")
    period: PeriodId = Field(title="周期")
    state: ReturnState = Field(title="报送状态", description="reported、incomplete、scan_only 或 unconverted")
    late: bool = Field(False, title="迟报")
    files: tuple[ReturnedFile, ...] = Field(min_length=1, title="收到的文件")
    rows: tuple[TaskReport, ...] = Field((), title="各任务所报")
    flags: tuple[Flag, ...] = Field((), title="整份表的存疑")
    materials: tuple[Material, ...] = Field((), title="佐证目录")

    @property
    def row_by_task(self) -> dict[str, TaskReport]:
        """The rows by task number."""
        return {row.task: row for row in self.rows}


class SupervisionReply(Record):
    """反馈单: what a unit answered to one letter, told by the task and the day of the decision (`ordered_on`).

    An extension that is asked for here is not yet granted: that needs an approval in decisions/.
    """

    task: str = Field(min_length=1, title="任务编号")
    ordered_on: Day = Field(title="督办决定日期", description="同 decisions/ 中督办决定的 on")
    name: str = Field(min_length=1, title="文件名")
    digest: str = Field(pattern=r"^[0-9a-f]{64}$", title="sha256")
    received: Day = Field(title="收到日期")
    late: bool = Field(False, title="迟报")
    number: str | None = Field(None, title="编号")
    handled: str | None = Field(None, title="办理情况")
    done_on: Day | None = Field(None, title="完成时间")
    evidence: tuple[str, ...] = Field((), title="佐证目录")
    reason: str | None = Field(None, title="未办结原因")
    until: Day | None = Field(None, title="申请延期至")
    written: dict[str, str] = Field({}, title="原样", description="读不出日期等的，照原文保留")
    flags: tuple[Flag, ...] = Field((), title="存疑")


class RepliesFile(Record):
    """progress/replies/<unit id>.yml: everything that one unit answered, in the order of the letters."""

    plan: str = Field(min_length=1, title="计划 id")
    unit: str = Field(min_length=1, title="单位 id")
    replies: tuple[SupervisionReply, ...] = Field((), title="督办反馈")
