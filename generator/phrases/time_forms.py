"""Times that no day names: recurring, ongoing, counted from the issue date. One form is one entry of FORMS."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model import DeadlineKind, MentionKind
from generator.phrases.context import PhraseContext, day, read_year
from generator.phrases.found import Found
from generator.phrases.numbers import ARABIC, CHINESE, value_of
from generator.phrases.time_bound import Bound, Reading
from generator.phrases.time_points import DAY_NUMBER, MONTH_NUMBER, TO

Match = re.Match[str]
Read = Callable[[Match, PhraseContext], Reading]


@dataclass(frozen=True)
class TimeForm:
    """One way to say a time: `pattern` on folded text, `read` says how it binds.

    No match is without one of the `marks`: a text that has none of them need not be searched.
    """

    marks: str
    pattern: re.Pattern[str]
    read: Read


def _every(recurrence: str) -> Read:
    return lambda match, context: Bound(DeadlineKind.RECURRING, recurrence=recurrence)


def _ongoing(match: Match, context: PhraseContext) -> Reading:
    return Bound(DeadlineKind.ONGOING)


def _kept_current(match: Match, context: PhraseContext) -> Reading:
    """动态更新 goes on; in 完成…动态调整 it is the name of a piece of work that ends."""
    clause = re.split(r"[,。;:]", match.string[max(0, match.start() - 24) : match.start()])[-1]
    return MentionKind.NAME if "完成" in clause else Bound(DeadlineKind.ONGOING)


def _regularly(recurrence: str) -> Read:
    """督促餐饮单位定期清洗, 鼓励储罐…,定期检测: how often somebody else is to do it binds nobody who is named."""

    def read(match: Match, context: PhraseContext) -> Reading:
        sentence = re.split(r"[。;]", match.string[max(0, match.start() - 40) : match.start()])[-1]
        return MentionKind.SCOPE if _OTHERS.search(sentence) else _every(recurrence)(match, context)

    return read


def _mention(kind: MentionKind) -> Read:
    return lambda match, context: kind


def _recurring(recurrence: str, basis: str | None = None) -> Bound:
    return Bound(DeadlineKind.RECURRING, recurrence=recurrence, basis=basis)


def _weekday(match: Match, context: PhraseContext) -> Reading:
    return _recurring(f"weekly:{'一二三四五六日'.index(match['weekday'].replace('天', '日')) + 1}")


def _monthly_day(match: Match, context: PhraseContext) -> Reading:
    return _recurring(f"monthly:{value_of(match['day'])}")


def _as_written(recurrence: str) -> Read:
    """A recurrence whose day the model cannot hold keeps its words as the basis."""
    return lambda match, context: _recurring(recurrence, f"原文：{match[0]}")


def _yearly_month(match: Match, context: PhraseContext) -> Reading:
    """The month's last day; 2月底 is written 02-28 and means the 29th in a leap year."""
    month = int(value_of(match["month"]))
    last = monthrange(2023, month)[1]
    return _recurring(f"yearly:{month:02d}-{last}", "2月底，闰年为2月29日" if month == 2 else None)


def _yearly_day(match: Match, context: PhraseContext) -> Reading:
    when = date(2024, int(value_of(match["month"])), int(value_of(match["day"])))
    return _recurring(f"yearly:{when:%m-%d}")


def _listed(read: Read, before: str) -> Read:
    """每年6月、12月底前, 每周一、周四: what goes on with a list comes round as the list does."""
    begun = re.compile(f"{before}$")

    def follow(match: Match, context: PhraseContext) -> Reading:
        if not begun.search(match.string, max(0, match.start() - 60), match.start()):
            raise ValueError(match[0])
        return read(match, context)

    return follow


def _of_the_year(match: Match, context: PhraseContext) -> Reading:
    """年度约束性指标 in an annual plan is that year's; in any other plan it comes round every year."""
    if context.year is None:
        return _recurring("yearly")
    basis = f"“年度”按本计划年度{context.year}年理解"
    return Bound(DeadlineKind.BY, end=day(context.year, 12), inferred=True, basis=basis)


_STEPS = {"日": 1, "天": 1, "周": 7}
_MONTHS = {"个月": 1, "月": 1, "年": 12}


def _after_issue(match: Match, context: PhraseContext) -> Reading:
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


def _from_issue(match: Match, context: PhraseContext) -> Reading:
    if context.issued is None:
        return Bound(DeadlineKind.FROM, inferred=True, basis="自印发之日起，印发日期不详")
    basis = f"印发之日为{_said(context.issued)}"
    return Bound(DeadlineKind.FROM, start=context.issued, inferred=True, basis=basis)


def _said(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def _ongoing_from(match: Match, context: PhraseContext) -> Reading:
    year = read_year(match["year"], context)
    start = day(year.number, int(value_of(match["month"])), 1)
    return Bound(DeadlineKind.ONGOING, start=start, inferred=year.basis is not None, basis=year.basis)


def _yearly_months(match: Match, context: PhraseContext) -> Reading:
    first, last = int(value_of(match["first"])), int(value_of(match["last"]))
    return _recurring("yearly", f"每年{first}月至{'次年' if last < first else ''}{last}月")


def _bare_months(match: Match, context: PhraseContext) -> Reading:
    """5-9月 is that year's in an annual plan; in a plan of several years it comes round every year."""
    if context.year is None:
        return _yearly_months(match, context)
    first, last = int(value_of(match["first"])), int(value_of(match["last"]))
    end = day(context.year + (last < first), last)
    basis = f"原文未写年份，按本计划年度{context.year}年推算"
    return Bound(DeadlineKind.BETWEEN, day(context.year, first, 1), end, None, None, True, basis)


_OTHERS = re.compile("(?:督促|鼓励|引导|指导)(?=[^,])")
_COUNT = rf"(?:{ARABIC}|{CHINESE})"
_BEFORE = r"(?:之前|以前|前(?![期三]))"
_AND = r"[、和及与]"
_OF_A_YEAR = rf"{MONTH_NUMBER}月份?(?:{DAY_NUMBER}[日号]|[底末])?|第?[一二三四]季度[底末]?|[上下]半年[底末]?"
_YEARLY_LIST = rf"每年度?的?(?:(?:{_OF_A_YEAR})(?:{_BEFORE})?{_AND})+"
_MONTHLY_LIST = rf"每个?月的?(?:{DAY_NUMBER}[日号]?(?:{_BEFORE})?{_AND})+"
_WEEKLY_LIST = rf"(?:每周|每星期)(?:周?[一二三四五六日天](?:{_BEFORE})?{_AND})+"
_REPORTS = "分配|调度|研判|会商|通报|排名|巡查|报告|汇总|考核|点评|例会|简报|小结"
_PURSUED = (
    "推进|开展|推动|实施|实行|强化|加强|巩固|优化|淘汰|深化|抓好|做好|提升|完善|加大|跟踪|保持|落实|执行|坚持|"
    "提高|扩大|打击|跟进|督促|监测|监督|监管|整治|治理|压减|减少|改进|发挥|规范|用力|抓|做"
)
_DYNAMIC = "动态(?:更新|管理|调整|监管|监控|跟踪|完善|优化|监测)"
_ISSUED = r"(?:印发|发布|公布|下发|实施)(?:之日)?(?:起|后)"
FORMS = tuple(
    TimeForm(marks, re.compile(pattern), read)
    for marks, pattern, read in (
        # daily to yearly
        ("天日", r"每[日天]|逐日|一日一(?=调度|报|通报|会商)", _every("daily")),
        (
            "日",
            rf"日(?<![0-9〇一二三四五六七八九十每逐节生工假][日])(?:{_REPORTS})(?:、日(?:{_REPORTS}))*",
            _every("daily"),
        ),
        ("周期", rf"(?:每周|每星期)(?P<weekday>[一二三四五六日天]){_BEFORE}?", _weekday),
        (
            "周期",
            rf"每周|每星期|逐周|按周|一周一(?=调度|报|通报)|周(?<![0-9每一二三两几上下本]周)(?:{_REPORTS})",
            _every("weekly"),
        ),
        ("每", rf"每(?:个)?月的?(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?", _monthly_day),
        (
            "每",
            rf"每(?:个)?月(?:月?[底末]|上旬|中旬|下旬){_BEFORE}?|每月结束后{_COUNT}个?(?:工作)?[日天]内",
            _as_written("monthly"),
        ),
        (
            "月",
            rf"每个?月|逐月|按月|一月一(?=调度|报|通报|汇总|排名)|月(?<![0-9一二三四五六七八九十每逐按当本个半]月)(?:{_REPORTS})",
            _every("monthly"),
        ),
        (
            "每",
            rf"每(?:个)?季度?(?:[首末]月{DAY_NUMBER}[日号]|第[一二三]个?月(?:{DAY_NUMBER}[日号]|[底末])|[底末]){_BEFORE}?"
            rf"|每个?季度?(?:结束|终了)?后{_COUNT}个?(?:工作)?[日天]内",
            _as_written("quarterly"),
        ),
        (
            "季",
            rf"每个?季度|每季(?!节)|逐季度?|按季度?|一季一(?=调度|报|通报|评估)|季(?<![每逐按冬春夏秋暖]季)(?:{_REPORTS})",
            _every("quarterly"),
        ),
        (
            "每旬半",
            r"每半个?月|每[两双]个?[周月]|每隔?[两三四五六](?:个月|周|个?季度|年)|每旬|逐旬|半月一(?=调度|报|通报|汇总)",
            _as_written("regular"),
        ),
        (
            ":",
            r"(?:时限|时间|期限|节点)(?:要求|安排)?:(?:长期|持续|常年|长效|长期持续|持续实施|立行立改)(?=$|[。;,、)\]])",
            _ongoing,
        ),
        ("半", r"每半年度?|半年一(?=小结|调度|报|通报|评估)", _every("half-yearly")),
        (
            "每",
            rf"每年度?的?(?P<month>{MONTH_NUMBER})月份?(?:[底末]{_BEFORE}?|)(?![0-9一二三四五六七八九十])",
            _yearly_month,
        ),
        ("每", rf"每年度?的?(?P<month>{MONTH_NUMBER})月(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?", _yearly_day),
        # what goes on with a list of these
        (
            "月",
            rf"(?<={_AND})(?P<month>{MONTH_NUMBER})月份?(?:[底末]{_BEFORE}?|)(?![0-9一二三四五六七八九十])",
            _listed(_yearly_month, _YEARLY_LIST),
        ),
        (
            "月",
            rf"(?<={_AND})(?P<month>{MONTH_NUMBER})月(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?",
            _listed(_yearly_day, _YEARLY_LIST),
        ),
        (
            "季半",
            rf"(?<={_AND})(?:第?[一二三四]季度|[上下]半年)[底末]?{_BEFORE}?",
            _listed(_as_written("yearly"), _YEARLY_LIST),
        ),
        (
            "日号",
            rf"(?<={_AND})(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?",
            _listed(_monthly_day, _MONTHLY_LIST),
        ),
        (
            "一二三四五六日天",
            rf"(?<={_AND})周?(?P<weekday>[一二三四五六日天]){_BEFORE}?(?=[,。;、和及与]|[^0-9年月日号项个]{{2}})",
            _listed(_weekday, _WEEKLY_LIST),
        ),
        (
            "每",
            rf"每年度?的?(?P<first>{MONTH_NUMBER})月?{TO}(?:次年|翌年)?(?P<last>{MONTH_NUMBER})月",
            _yearly_months,
        ),
        (
            "每",
            rf"每年度?的?{MONTH_NUMBER}月{DAY_NUMBER}[日号]{TO}(?:次年|翌年)?(?:{MONTH_NUMBER}月)?{DAY_NUMBER}[日号]",
            _as_written("yearly"),
        ),
        ("每", rf"每年(?:[底末]|年底|上半年|下半年|第?[一二三四]季度){_BEFORE}?", _as_written("yearly")),
        ("年", r"每年度?(?![底末])|逐年(?:度)?|分年度?|按年度|一年一(?=总结|评估|考核|报)", _every("yearly")),
        ("定", r"(?<!不)定期(?!限)", _regularly("regular")),
        ("定", r"不定期(?!限)", _regularly("irregular")),
        ("度", r"(?<![0-9每逐按分本半])年度(?=(?:主要)?(?:约束性|预期性)|$)", _of_the_year),
        # from the issue date
        (
            "起后",
            rf"自?本?(?:方案|计划|意见|通知|办法|文件)?自?{_ISSUED}(?P<count>{_COUNT})(?P<unit>个工作日|工作日|个月|[日天周月年])(?:之内|以内|内)",
            _after_issue,
        ),
        (
            "起",
            r"自?本?(?:方案|计划|意见|通知|办法|文件)?自?(?:印发|发布|公布|下发)之日起(?!施行|实施|执行|生效)",
            _from_issue,
        ),
        ("起", r"自?(?:印发|发布|公布)之日起(?:施行|实施|执行|生效)", _mention(MentionKind.DOCUMENT_DATE)),
        # ongoing
        ("常", r"常态化|经常性|常态长效", _ongoing),
        ("续长", rf"持续(?:{_PURSUED})|继续(?:{_PURSUED})|长期(?:坚持|{_PURSUED})", _ongoing),
        (
            "动",
            rf"{_DYNAMIC}[^,。;、]{{0,6}}(?:结果|成果|情况|机制|平台|系统|体系|制度)",
            _mention(MentionKind.NAME),
        ),
        (
            "动",
            rf"{_DYNAMIC}(?![^,。;、]{{0,6}}(?:结果|成果|情况|机制|平台|系统|体系|制度))",
            _kept_current,
        ),
        (
            "续长",
            rf"(?P<year>(?:19|20|21)[0-9]{{2}}年)?(?P<month>{MONTH_NUMBER})月(?:起)?(?:持续|长期)(?:{_PURSUED})",
            _ongoing_from,
        ),
        (
            "月",
            rf"(?<![0-9.年一二三四五六七八九十每至到-])(?P<first>{MONTH_NUMBER})月?{TO}(?P<last>{MONTH_NUMBER})月份?",
            _bare_months,
        ),
    )
)


def read_forms(text: str, context: PhraseContext) -> Iterator[Found[Reading]]:
    """Every match of every form in folded text; they may overlap."""
    letters = set(text)
    for form in FORMS:
        if letters.isdisjoint(form.marks):
            continue
        for match in form.pattern.finditer(text):
            try:
                yield Found(*match.span(), form.read(match, context))
            except (ValueError, OverflowError, IndexError):
                continue
