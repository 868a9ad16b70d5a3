"""Times that no day names: recurring, ongoing, counted from the issue date. One form is one entry of FORMS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import MentionKind
from generator.phrases import time_readers as says
from generator.phrases.context import PhraseContext
from generator.phrases.found import Found
from generator.phrases.numbers import ARABIC, CHINESE
from generator.phrases.time_bound import Reading
from generator.phrases.time_points import DAY_NUMBER, MONTH_NUMBER, TO


@dataclass(frozen=True)
class TimeForm:
    """One way to say a time: `pattern` on folded text, `read` says how it binds.

    No match is without one of the `marks`: a text that has none of them need not be searched.
    """

    marks: str
    pattern: re.Pattern[str]
    read: says.Read


_COUNT = rf"(?:{ARABIC}|{CHINESE})"
_BEFORE = r"(?:之前|以前|前(?![期三]))"
_HOUR = r"(?:[上下]午)?[0-9]{1,2}(?:[时点](?:[0-9]{1,2}分|半)?|:[0-9]{2})"
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
        (
            "天日",
            rf"每[日天](?:{_HOUR}(?:{_BEFORE})?)?|逐日|一日一(?=调度|报|通报|会商)",
            says.every("daily"),
        ),
        (
            "日",
            rf"日(?<![0-9〇一二三四五六七八九十每逐节生工假][日])(?:{_REPORTS})(?:、日(?:{_REPORTS}))*",
            says.every("daily"),
        ),
        ("周期", rf"(?:每周|每星期)(?P<weekday>[一二三四五六日天]){_BEFORE}?", says.weekday),
        (
            "周期",
            rf"每周|每星期|逐周|按周|一周一(?=调度|报|通报)|周(?<![0-9每一二三两几上下本]周)(?:{_REPORTS})",
            says.every("weekly"),
        ),
        ("每", rf"每(?:个)?月的?(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?", says.monthly_day),
        (
            "每",
            rf"每(?:个)?月(?:月?[底末]|上旬|中旬|下旬){_BEFORE}?|每月结束后{_COUNT}个?(?:工作)?[日天]内",
            says.as_written("monthly"),
        ),
        (
            "月",
            rf"每个?月|逐月|按月|一月一(?=调度|报|通报|汇总|排名)|月(?<![0-9一二三四五六七八九十每逐按当本个半]月)(?:{_REPORTS})",
            says.every("monthly"),
        ),
        (
            "每",
            rf"每(?:个)?季度?(?:[首末]月{DAY_NUMBER}[日号]|第[一二三]个?月(?:{DAY_NUMBER}[日号]|[底末])|[底末]){_BEFORE}?"
            rf"|每个?季度?(?:结束|终了)?后{_COUNT}个?(?:工作)?[日天]内",
            says.as_written("quarterly"),
        ),
        (
            "季",
            rf"每个?季度|每季(?!节)|逐季度?|按季度?|一季一(?=调度|报|通报|评估)|季(?<![每逐按冬春夏秋暖]季)(?:{_REPORTS})",
            says.every("quarterly"),
        ),
        (
            "每旬半",
            r"每半个?月|每[两双]个?[周月]|每隔?[两三四五六](?:个月|周|个?季度|年)|每旬|逐旬|半月一(?=调度|报|通报|汇总)",
            says.as_written("regular"),
        ),
        (
            ":",
            r"(?:时限|时间|期限|节点)(?:要求|安排)?:(?:长期|持续|常年|长效|长期持续|持续实施|立行立改)(?=$|[。;,、)\]])",
            says.ongoing,
        ),
        ("半", r"每半年度?|半年一(?=小结|调度|报|通报|评估)", says.every("half-yearly")),
        (
            "每",
            rf"每年度?的?(?P<month>{MONTH_NUMBER})月份?(?:[底末]{_BEFORE}?|)(?![0-9一二三四五六七八九十])",
            says.yearly_month,
        ),
        ("每", rf"每年度?的?(?P<month>{MONTH_NUMBER})月(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?", says.yearly_day),
        # what goes on with a list of these
        (
            "月",
            rf"(?<={_AND})(?P<month>{MONTH_NUMBER})月份?(?:[底末]{_BEFORE}?|)(?![0-9一二三四五六七八九十])",
            says.listed(says.yearly_month, _YEARLY_LIST),
        ),
        (
            "月",
            rf"(?<={_AND})(?P<month>{MONTH_NUMBER})月(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?",
            says.listed(says.yearly_day, _YEARLY_LIST),
        ),
        (
            "季半",
            rf"(?<={_AND})(?:第?[一二三四]季度|[上下]半年)[底末]?{_BEFORE}?",
            says.listed(says.as_written("yearly"), _YEARLY_LIST),
        ),
        (
            "日号",
            rf"(?<={_AND})(?P<day>{DAY_NUMBER})[日号]{_BEFORE}?",
            says.listed(says.monthly_day, _MONTHLY_LIST),
        ),
        (
            "一二三四五六日天",
            rf"(?<={_AND})周?(?P<weekday>[一二三四五六日天]){_BEFORE}?(?=[,。;、和及与]|[^0-9年月日号项个]{{2}})",
            says.listed(says.weekday, _WEEKLY_LIST),
        ),
        (
            "每",
            rf"每年度?的?(?P<first>{MONTH_NUMBER})月?{TO}(?:次年|翌年)?(?P<last>{MONTH_NUMBER})月",
            says.yearly_months,
        ),
        (
            "每",
            rf"每年度?的?{MONTH_NUMBER}月{DAY_NUMBER}[日号]{TO}(?:次年|翌年)?(?:{MONTH_NUMBER}月)?{DAY_NUMBER}[日号]",
            says.as_written("yearly"),
        ),
        ("每", rf"每年(?:[底末]|年底|上半年|下半年|第?[一二三四]季度){_BEFORE}?", says.as_written("yearly")),
        ("年", r"每年度?(?![底末])|逐年(?:度)?|分年度?|按年度|一年一(?=总结|评估|考核|报)", says.every("yearly")),
        ("定", r"(?<!不)定期(?!限)", says.regularly("regular")),
        ("定", r"不定期(?!限)", says.regularly("irregular")),
        ("度", r"(?<![0-9每逐按分本半])年度(?=(?:主要)?(?:约束性|预期性)|$)", says.of_the_year),
        # from the issue date
        (
            "起后",
            rf"自?本?(?:方案|计划|意见|通知|办法|文件)?自?{_ISSUED}(?P<count>{_COUNT})(?P<unit>个工作日|工作日|个月|[日天周月年])(?:之内|以内|内)",
            says.after_issue,
        ),
        (
            "起",
            r"自?本?(?:方案|计划|意见|通知|办法|文件)?自?(?:印发|发布|公布|下发)之日起(?!施行|实施|执行|生效)",
            says.from_issue,
        ),
        ("起", r"自?(?:印发|发布|公布)之日起(?:施行|实施|执行|生效)", says.mention(MentionKind.DOCUMENT_DATE)),
        # ongoing
        ("常", r"常态化|经常性|常态长效", says.ongoing),
        ("续长", rf"持续(?:{_PURSUED})|继续(?:{_PURSUED})|长期(?:坚持|{_PURSUED})", says.ongoing),
        (
            "动",
            rf"{_DYNAMIC}[^,。;、]{{0,6}}(?:结果|成果|情况|机制|平台|系统|体系|制度)",
            says.mention(MentionKind.NAME),
        ),
        (
            "动",
            rf"{_DYNAMIC}(?![^,。;、]{{0,6}}(?:结果|成果|情况|机制|平台|系统|体系|制度))",
            says.kept_current,
        ),
        (
            "续长",
            rf"(?P<year>(?:19|20|21)[0-9]{{2}}年)?(?P<month>{MONTH_NUMBER})月(?:起)?(?:持续|长期)(?:{_PURSUED})",
            says.ongoing_from,
        ),
        (
            "月",
            rf"(?<![0-9.年一二三四五六七八九十每至到-])(?P<first>{MONTH_NUMBER})月?{TO}(?P<last>{MONTH_NUMBER})月份?",
            says.bare_months,
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
