"""What a time says that no day names, once its form is found: how it comes round, goes on, or is counted."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from generator.model import DeadlineKind, MentionKind
from generator.phrases.context import PhraseContext, day, read_year
from generator.phrases.numbers import value_of
from generator.phrases.time_bound import Bound, Reading

Match = re.Match[str]
Read = Callable[[Match, PhraseContext], Reading]


_OTHERS = re.compile("(?:督促|鼓励|引导|指导)(?=[^,])")


def every(recurrence: str) -> Read:
    """It comes round so often, and no day is said."""
    return lambda match, context: Bound(DeadlineKind.RECURRING, recurrence=recurrence)


def ongoing(match: Match, context: PhraseContext) -> Reading:
    """It goes on without an end."""
    return Bound(DeadlineKind.ONGOING)


def kept_current(match: Match, context: PhraseContext) -> Reading:
    """动态更新 goes on; in 完成…动态调整 it is the name of a piece of work that ends."""
    clause = re.split(r"[,。;:]", match.string[max(0, match.start() - 24) : match.start()])[-1]
    return MentionKind.NAME if "完成" in clause else Bound(DeadlineKind.ONGOING)


def regularly(recurrence: str) -> Read:
    """督促餐饮单位定期清洗, 鼓励储罐…,定期检测: how often somebody else is to do it binds nobody who is named."""

    def read(match: Match, context: PhraseContext) -> Reading:
        sentence = re.split(r"[。;]", match.string[max(0, match.start() - 40) : match.start()])[-1]
        return MentionKind.SCOPE if _OTHERS.search(sentence) else every(recurrence)(match, context)

    return read


def mention(kind: MentionKind) -> Read:
    """It binds nothing."""
    return lambda match, context: kind


def _recurring(recurrence: str, basis: str | None = None) -> Bound:
    return Bound(DeadlineKind.RECURRING, recurrence=recurrence, basis=basis)


def weekday(match: Match, context: PhraseContext) -> Reading:
    """每周二: Monday is 1."""
    return _recurring(f"weekly:{'一二三四五六日'.index(match['weekday'].replace('天', '日')) + 1}")


def monthly_day(match: Match, context: PhraseContext) -> Reading:
    """每月25日."""
    return _recurring(f"monthly:{value_of(match['day'])}")


def as_written(recurrence: str) -> Read:
    """A recurrence whose day the model cannot hold keeps its words as the basis."""
    return lambda match, context: _recurring(recurrence, f"原文：{match[0]}")


def yearly_month(match: Match, context: PhraseContext) -> Reading:
    """The month's last day; 2月底 is written 02-28 and means the 29th in a leap year."""
    month = int(value_of(match["month"]))
    last = monthrange(2023, month)[1]
    return _recurring(f"yearly:{month:02d}-{last}", "2月底，闰年为2月29日" if month == 2 else None)


def yearly_day(match: Match, context: PhraseContext) -> Reading:
    """每年6月5日."""
    when = date(2024, int(value_of(match["month"])), int(value_of(match["day"])))
    return _recurring(f"yearly:{when:%m-%d}")


def listed(read: Read, before: str) -> Read:
    """每年6月、12月底前, 每周一、周四: what goes on with a list comes round as the list does."""
    begun = re.compile(f"{before}$")

    def follow(match: Match, context: PhraseContext) -> Reading:
        if not begun.search(match.string, max(0, match.start() - 60), match.start()):
            raise ValueError(match[0])
        return read(match, context)

    return follow


def of_the_year(match: Match, context: PhraseContext) -> Reading:
    """年度约束性指标 in an annual plan is that year's; in any other plan it comes round every year."""
    if context.year is None:
        return _recurring("yearly")
    basis = f"“年度”按本计划年度{context.year}年理解"
    return Bound(DeadlineKind.BY, end=day(context.year, 12), inferred=True, basis=basis)


_STEPS = {"日": 1, "天": 1, "周": 7}
_MONTHS = {"个月": 1, "月": 1, "年": 12}


def after_issue(match: Match, context: PhraseContext) -> Reading:
    """印发之日起30日内, counted where the day of issue is known; working days need a calendar."""
    count, unit = int(value_of(match["count"])), match["unit"].removeprefix("个") or match["unit"]
    issued = context.issued
    if issued is None:
        return Bound(DeadlineKind.BY, inferred=True, basis="自印发之日起计算，印发日期不详")
    if "工作日" in unit:
        return Bound(DeadlineKind.BY, inferred=True, basis=f"自印发之日起{count}个工作日，须按法定节假日推算")
    if unit in _STEPS:
        end = issued + timedelta(days=count * _STEPS[unit])
    else:
        total = issued.month - 1 + count * _MONTHS[unit]
        year, month = issued.year + total // 12, total % 12 + 1
        end = date(year, month, min(issued.day, monthrange(year, month)[1]))
    return Bound(DeadlineKind.BY, end=end, inferred=True, basis=f"自印发之日{_said(issued)}起计算")


def from_issue(match: Match, context: PhraseContext) -> Reading:
    """自印发之日起."""
    if context.issued is None:
        return Bound(DeadlineKind.FROM, inferred=True, basis="自印发之日起，印发日期不详")
    basis = f"印发之日为{_said(context.issued)}"
    return Bound(DeadlineKind.FROM, start=context.issued, inferred=True, basis=basis)


def _said(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def ongoing_from(match: Match, context: PhraseContext) -> Reading:
    """2026年3月持续跟踪 begins with that month."""
    year = read_year(match["year"], context)
    start = day(year.number, int(value_of(match["month"])), 1)
    return Bound(DeadlineKind.ONGOING, start=start, inferred=year.basis is not None, basis=year.basis)


def yearly_months(match: Match, context: PhraseContext) -> Reading:
    """每年5月至9月."""
    first, last = int(value_of(match["first"])), int(value_of(match["last"]))
    return _recurring("yearly", f"每年{first}月至{'次年' if last < first else ''}{last}月")


def bare_months(match: Match, context: PhraseContext) -> Reading:
    """5-9月 is that year's in an annual plan; in a plan of several years it comes round every year."""
    if context.year is None:
        return yearly_months(match, context)
    first, last = int(value_of(match["first"])), int(value_of(match["last"]))
    end = day(context.year + (last < first), last)
    basis = f"原文未写年份，按本计划年度{context.year}年推算"
    return Bound(DeadlineKind.BETWEEN, day(context.year, first, 1), end, None, None, True, basis)
