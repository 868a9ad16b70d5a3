"""rules.yml: what an office may set without touching code; nearly every setting has a default."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from generator.model.decisions import Frequency
from generator.model.periods import PeriodKind
from generator.model.text import Day, Record


class Grade(Record):
    """等次, from a score upward."""

    name: str = Field(min_length=1, title="等次")
    minimum: float = Field(ge=0, title="最低分")


class Holiday(Record):
    """放假: days off beside Saturdays and Sundays, inclusive."""

    name: str = Field(min_length=1, title="名称")
    first: Day = Field(title="首日")
    last: Day = Field(title="末日")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise ValueError("放假的末日应不早于首日")
        return self


class CutoffMove(StrEnum):
    """What happens to a cut-off day that is no working day (顺延 / 提前 / 不变)."""

    NEXT = "next"
    PREVIOUS = "previous"
    NONE = "none"


class Light(StrEnum):
    """亮灯; GREY is a task that has nothing to be judged by yet."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


class LightRules(Record):
    """亮灯规则: there is no national standard, so every colour is a setting."""

    due_soon_days: int = Field(30, ge=0, le=366, title="到期前多少天亮灯")
    due_soon: Light = Field(Light.YELLOW, title="临近到期")
    behind: Light = Field(Light.YELLOW, title="滞后")
    blocked: Light = Field(Light.YELLOW, title="受阻需协调")
    unreported: Light = Field(Light.YELLOW, title="应报未报")
    passed: Light = Field(Light.RED, title="时限已过")
    basis: str = Field("建议（未经区环委办审定）", min_length=1, title="依据")


class Rung(StrEnum):
    """督办阶梯: 提示 → 提醒函 → 督办 → 通报 → 约谈, mildest first."""

    HINT = "hint"
    REMINDER = "reminder"
    SUPERVISION = "supervision"
    CIRCULAR = "circular"
    TALK = "talk"


class LadderRule(Record):
    """When a rung is proposed: any one of the conditions is enough; None does not count."""

    rung: Rung = Field(title="措施")
    periods_behind: int | None = Field(None, ge=1, le=60, title="连续滞后或受阻几期")
    periods_unreported: int | None = Field(None, ge=1, le=60, title="连续未报几期")
    days_passed: int | None = Field(None, ge=1, le=3660, title="时限已过几天")


DEFAULT_LADDER = (
    LadderRule(rung=Rung.HINT, periods_behind=1, periods_unreported=1, days_passed=1),
    LadderRule(rung=Rung.REMINDER, periods_behind=2, periods_unreported=2, days_passed=15),
    LadderRule(rung=Rung.SUPERVISION, periods_behind=3, periods_unreported=3, days_passed=30),
    LadderRule(rung=Rung.CIRCULAR, periods_behind=4, periods_unreported=4, days_passed=60),
    LadderRule(rung=Rung.TALK, periods_behind=6, periods_unreported=6, days_passed=90),
)


class RulesFile(Record):
    """rules.yml."""

    grades: tuple[Grade, ...] = Field(title="等次，由高到低")
    grades_basis: str = Field(min_length=1, title="等次依据")
    page_mark: str | None = Field(
        None,
        min_length=1,
        max_length=40,
        title="印在每页、每份材料上的标记",
        description="如 试运行、示例数据；不填不印",
    )
    period: PeriodKind = Field(
        PeriodKind.MONTH, title="报送周期", description="week 周、ten_days 旬、month 月、quarter 季"
    )
    monthly_cutoff_day: int = Field(25, ge=1, le=28, title="月报截止日")
    weekly_cutoff_weekday: int = Field(5, ge=1, le=7, title="周报截止日", description="1 星期一 … 7 星期日")
    ten_days_cutoff_days: int = Field(0, ge=0, le=9, title="旬报在旬末前几天截止")
    quarterly_cutoff_day: int = Field(25, ge=1, le=28, title="季报截止日", description="季度最后一个月的几日")
    yearly_cutoff: str = Field(
        "01-15",
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$",
        title="年度考核表截止日",
        description="次年的 月-日",
    )
    notice_workdays: int = Field(5, ge=5, le=60, title="填报提前量（工作日）")
    cutoff_moves: CutoffMove = Field(
        CutoffMove.NEXT, title="截止日遇节假日", description="next 顺延、previous 提前、none 不变"
    )
    holidays: tuple[Holiday, ...] = Field((), title="放假")
    extra_workdays: tuple[Day, ...] = Field((), title="调休上班日")
    reporting_from: Day | None = Field(
        None, title="从哪天起要求报送", description="不填时，只有收到过材料的周期才算应报"
    )
    dated_frequency: Frequency = Field(Frequency.MONTHLY, title="有时限任务的报送频次（建议）")
    continuing_frequency: Frequency = Field(Frequency.QUARTERLY, title="常态化任务的报送频次（建议）")
    lights: LightRules = Field(LightRules(), title="亮灯规则")
    ladder: tuple[LadderRule, ...] = Field(DEFAULT_LADDER, title="督办阶梯，由轻到重")
    ladder_basis: str = Field("建议（未经区环委办审定）", min_length=1, title="督办阶梯依据")
    supervision_issuer: str | None = Field(None, title="督办文书的出具单位")
    supervision_paper: str = Field(
        "函",
        min_length=1,
        max_length=8,
        title="督办文书的文种",
        description="议事协调机构办公室一般不向镇（街道）发指令性文件，默认用函",
    )

    @model_validator(mode="after")
    def _grades_fall(self) -> Self:
        minima = [grade.minimum for grade in self.grades]
        if minima != sorted(minima, reverse=True) or len(set(minima)) != len(minima):
            raise ValueError("等次的最低分必须由高到低，且不重复")
        return self

    @model_validator(mode="after")
    def _rungs_rise(self) -> Self:
        order = list(Rung)
        places = [order.index(rule.rung) for rule in self.ladder]
        if places != sorted(set(places)):
            raise ValueError("督办阶梯必须由轻到重，且不重复：提示、提醒函、督办、通报、约谈")
        return self

    @model_validator(mode="after")
    def _period_is_reported(self) -> Self:
        if self.period is PeriodKind.YEAR:
            raise ValueError("报送周期应为 week、ten_days、month 或 quarter；年度考核另有年度考核表")
        return self
