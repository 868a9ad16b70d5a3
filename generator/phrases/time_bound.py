"""How a time point binds: the words before and after it, or, bare, the company it keeps. One way is one entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.model import Deadline, DeadlineKind, MentionKind
from generator.phrases.context import PhraseContext, SentenceContext
from generator.phrases.found import Found
from generator.phrases.judgement import TASK
from generator.phrases.time_points import Grain, Point, find_points, read_point


@dataclass(frozen=True)
class Bound:
    """A deadline before it has its phrase; `basis` is set where the words do not say the dates themselves."""

    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    season: str | None = None
    inferred: bool = False
    basis: str | None = None

    def deadline(self, phrase: str) -> Deadline:
        """The record, with the phrase that says it."""
        return Deadline(
            phrase=phrase,
            kind=self.kind,
            start=self.start,
            end=self.end,
            recurrence=self.recurrence,
            season=self.season,
            inferred=self.inferred,
            basis=self.basis,
        )

    @property
    def sayable(self) -> bool:
        """True where its days lie within the years that a plan can speak of (the record refuses others)."""
        return all(_FIRST_DAY <= day <= _LAST_DAY for day in (self.start, self.end) if day)


_FIRST_DAY, _LAST_DAY = date(1949, 1, 1), date(2200, 12, 31)
Reading = Bound | MentionKind
"""What a time word is: it binds, or it is only mentioned."""


def bound(kind: DeadlineKind, point: Point, start: date | None = None, end: date | None = None) -> Bound:
    """A bound with the point's season and basis; what has a basis is inferred."""
    return Bound(kind, start, end, None, point.season, point.basis is not None, point.basis)


def _by(point: Point) -> Bound:
    return bound(DeadlineKind.BY, point, end=point.last)


def _from(point: Point) -> Bound:
    return bound(DeadlineKind.FROM, point, start=point.first)


def _between(point: Point) -> Bound:
    return bound(DeadlineKind.BETWEEN, point, point.first, point.last)


_WHOLE = (Grain.YEAR, Grain.MONTH)
EITHER = "也可指"
"""Stands in the basis of a reading that only a person can decide."""


def _before(point: Point) -> Bound:
    """9月底前 and 12月31日前 include the day; 采暖季前, 10月前 and 2030年前 end with the day before.

    三季度前 is said of the day before it begins as well as of its last; 上半年前 only of its last.
    """
    if point.grain is Grain.QUARTER and point.first and point.last and point.first.month > 1:
        last, eve = point.last, point.first - timedelta(days=1)
        basis = f"“前”按期末{last.month}月{last.day}日理解，{EITHER}期初前一日{eve.month}月{eve.day}日"
        return _by(replace(point, basis="；".join(filter(None, (point.basis, basis)))))
    if point.grain not in (*_WHOLE, Grain.SEASON):
        return _by(point)
    before = point.first - timedelta(days=1) if point.first else None
    reason = "“前”按期满前一日理解" if point.grain in _WHOLE else "截至季节开始前一日"
    basis = f"{point.basis}；{reason}" if point.basis else reason
    return bound(DeadlineKind.BY, replace(point, basis=basis), end=before)


def _before_range(point: Point) -> Bound:
    """主汛期（7月至9月）前 ends with the day before the first."""
    reason = "截至期间开始前一日"
    basis = f"{point.basis}；{reason}" if point.basis else reason
    eve = point.first - timedelta(days=1) if point.first else None
    return bound(DeadlineKind.BY, replace(point, basis=basis), end=eve)


def _mention(kind: MentionKind) -> Callable[[Point], Reading]:
    return lambda point: kind


@dataclass(frozen=True)
class Binding:
    """The words `before` (ending there) and `after` (beginning there) a point, and what they make of it."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    read: Callable[[Point], Reading]


def _binding(before: str, after: str, read: Callable[[Point], Reading]) -> Binding:
    return Binding(re.compile(f"(?:{before})$"), re.compile(after), read)


_NOT_FORE = r"(?![期提景沿端置者述三])"
_NOT_RISE = r"(?![草步点重降尘诉伏因])"
_IN_FORCE = r"起(?:正式|开始)?(?:施行|实施|执行|生效)(?=[,。;:)\]]|$)"
BINDINGS = (
    _binding(r"有效期(?:限)?(?:自|为|至|到|截至|延长至)*", r"", _mention(MentionKind.DOCUMENT_DATE)),
    _binding(r"截[至止]到?", r"(?!之前|以前|前)", _mention(MentionKind.BASELINE)),
    _binding(r"自|从|", r"以来", _mention(MentionKind.BASELINE)),
    _binding(r"[比较]", r"(?:同期|相比|水平)?", _mention(MentionKind.BASELINE)),
    _binding(r"[与同和]", r"(?:同期)?相比", _mention(MentionKind.BASELINE)),
    _binding(r"在", r"(?:的?基础上)", _mention(MentionKind.BASELINE)),
    _binding(r"以", r"为(?:基准|基期|基数)年?", _mention(MentionKind.BASELINE)),
    _binding(r"自|从|于|", _IN_FORCE, _mention(MentionKind.DOCUMENT_DATE)),
    _binding(r"自|从|", rf"(?:起{_NOT_RISE}|开始)", _from),
    _binding(r"(?<![达得做提受收感遇])到|(?<!甚)至", r"(?:之前|以前|前(?![期三])|止|为止)?", _by),
    _binding(r"(?:主?汛期|[\u4e00-\u9fff]{1,4}[季期])\(", rf"\)(?:之前|以前|前{_NOT_FORE})", _before_range),
    _binding(r"", rf"(?:之前|以前|前{_NOT_FORE})", _before),
    _binding(r"", r"(?:之内|以内|内(?![容部外需涵]))", _by),
    _binding(r"", r"期间", _between),
)

_NAMES = re.compile(
    r"[^,。;:]{0,24}?(?:计划|方案|规划|工作要点|清单|目录|公报|年鉴|年版|版)(?:》|\"|$|[,。;、()\]]|的通知)"
)
_GOALS = re.compile(r"(?:[、和及与/](?:19|20|21)[0-9]{2}年度?)*的?[^,。;]{0,12}?(?:约束性|预期性|目标任务|指标)")
_DUTIES = re.compile(
    r",|(?:[、和及与](?:19|20|21)[0-9]{2}年度?){0,9}(?:分别|分[两三四五2-5多]?[批次期](?:次)?|全面|基本|计划|确保|争取|力争|全[市区省县部]|各|要|应|将|再|继续|组织|推动)?"
    r"(?:完成|实现|达到?|新增|新建|建成|启动|开展|组织|举办|召开|进行|报送|上报|建立|形成|编制|出台|制定|更新|淘汰|持续|不低于|不超过|不少于|至少|"
    r"控制|提[高升]|增[至加长]|下?降|减少|保持|稳定|突破|超过)"
)
_ATTRIBUTE = re.compile(
    r"(?P<edge>之前|以前|前|之后|以后|后)?(?:已?经?)(?:建成|投产|投运|建设|登记|注册|取得|审批|备案|开工|出厂|入库|排查|印发|发布|批准|生产|出生|毕业|成立|购买|认定)"
    r"(?:的|发现的?|出的)"
)
"""2000年底前建成的老旧小区, 2023年以前排查发现的隐患: which things are meant."""
_YEARLY = re.compile(
    r"(?:[、和及与/](?:19|20|21)[0-9]{2}年度?){0,6}[^,。;]{1,24}分别"
    r"|[^,。;、0-9]{1,24}(?:达到|提[高升][到至]|降[到至]|不低于|不超过|控制在|稳定在|保持在)"
)
_BEFORE_ATTRIBUTE = (
    "对",
    "将",
    "把",
    "启动",
    "编制",
    "制定",
    "做好",
    "谋划",
    "印发",
    "完成",
    "落实",
    "根据",
    "按照",
)
"""启动2026年度造林: the year says which, not by when."""
_ATTRIBUTED = re.compile(r"[^,。;]{0,20}的(?!工作|任务)")
_LISTED = re.compile(
    r"(?:[、和及与]{1,2}(?:(?:19|20|21)[0-9]{2}年)?(?:[0-9]{1,2}月)?){0,6}"
    r"[、和及与](?:(?:19|20|21)[0-9]{2}年(?=[底末])|(?:(?:19|20|21)[0-9]{2}年)?[0-9]{1,2}月)[底末]前"
)
"""5月、11月底前: the days of a list end alike."""
_OCCASIONS = re.compile(rf"(?:[、和及与][0-9]{{1,2}}月份?){{1,11}}(?:{_DUTIES.pattern})")
"""4月、10月各开展一次: each month of a list is an occasion."""
_PAPER = re.compile(r"(?:印发|发布|公布|通过|批准|施行|召开|签发|成文)")
_SIGNED = re.compile(r"(?:政府|办公室|委员会|办公厅|[局厅部院办委])$")
_SCOPE = re.compile(
    r"(?:度|期间|内)?(?:已|所)?(?:实施|完成|开展|纳入|列入|投产|建成|新建)[^,。;]{0,24}?(?:企业|项目|的)"
)


def _bare_day(point: Point, before: str, after: str) -> Reading:
    alone = not after.strip("。 )]") or after.startswith("(")
    if _PAPER.match(after) or (alone and point.dated and (not before or _SIGNED.search(before))):
        return MentionKind.DOCUMENT_DATE
    return _by(point)


def _bare_month(point: Point, before: str, after: str) -> Reading:
    binds = point.dated or _DUTIES.match(after) or _LISTED.match(after) or _OCCASIONS.match(after)
    return _by(point) if binds else MentionKind.CONDITION


def _bare_year(point: Point, before: str, after: str) -> Reading:
    if before.endswith(_BEFORE_ATTRIBUTE):
        return MentionKind.SCOPE
    if any(words.match(after) for words in (_GOALS, _DUTIES, _LISTED, _YEARLY)):
        return _by(point)
    if _NAMES.match(after):
        return MentionKind.NAME
    return _by(point) if TASK.match(after) and not _ATTRIBUTED.match(after) else MentionKind.SCOPE


def _bare_years(point: Point, before: str, after: str) -> Reading:
    if _NAMES.match(after):
        return MentionKind.NAME
    return MentionKind.SCOPE if _SCOPE.match(after) else _between(point)


def _bare_season(point: Point, before: str, after: str) -> Reading:
    return _between(point) if point.dated else MentionKind.SCOPE


_BARE: dict[Grain, Callable[[Point, str, str], Reading]] = {
    Grain.DAY: _bare_day,
    Grain.MONTH: _bare_month,
    Grain.MONTH_PART: lambda point, before, after: _by(point),
    Grain.YEAR_END: lambda point, before, after: _by(point),
    Grain.QUARTER: lambda point, before, after: _between(point),
    Grain.YEAR: _bare_year,
    Grain.YEARS: _bare_years,
    Grain.DAYS: lambda point, before, after: _between(point),
    Grain.SEASON: _bare_season,
    Grain.PERIOD: lambda point, before, after: _between(point),
}
_PAST_IS_BASELINE = (Grain.YEAR, Grain.YEARS, Grain.MONTH, Grain.QUARTER)


def _alone(point: Point) -> Bound:
    """A bare point that is the whole of a phrase or a table cell: a range lasts, anything else is a last day."""
    ranges = (Grain.DAYS, Grain.YEARS, Grain.SEASON, Grain.QUARTER, Grain.PERIOD)
    return _between(point) if point.grain in ranges else _by(point)


def _bare(point: Point, before: str, after: str, context: PhraseContext) -> Reading:
    reading = _BARE[point.grain](point, before, after)
    base = context.issued.year if context.issued else context.year
    past = base is not None and point.last is not None and point.last.year < base
    if past and point.dated and point.grain in _PAST_IS_BASELINE and isinstance(reading, Bound):
        return MentionKind.SCOPE if point.grain is Grain.YEARS else MentionKind.BASELINE
    return reading


_CARRIES = (Grain.DAY, Grain.MONTH, Grain.MONTH_PART, Grain.YEAR_END, Grain.QUARTER, Grain.DAYS)


def read_points(text: str, context: PhraseContext, whole: bool = False) -> Iterator[Found[Reading]]:
    """Every time point of folded text with what it is; `whole` means that text is a phrase, not prose.

    A month without a year takes the year that a deadline of the same sentence has named.
    """
    names = tuple(name for season in context.seasons for name in (season.name, *season.aliases) if name)
    sentence, done = context, 0
    for form, match in find_points(text, names):
        if sentence is not context and text.find("。", done, match.start()) >= 0:
            sentence = context
        done = match.end()
        point = read_point(form, match, sentence)
        if point is None:
            continue
        found = _bind(point, text, match, context, whole)
        if point.dated and point.last and point.grain in _CARRIES and isinstance(found.value, Bound):
            sentence = SentenceContext(point.last.year, context.issued, context.seasons)
        yield found


def _bind(point: Point, text: str, match: re.Match[str], context: PhraseContext, whole: bool) -> Found[Reading]:
    start, end = match.span()
    before, after = text[max(0, start - 12) : start], text[end : end + 40]
    if attribute := _ATTRIBUTE.match(after):
        return Found(start, end + len(attribute["edge"] or ""), MentionKind.SCOPE)
    for binding in BINDINGS:
        left = binding.before.search(before)
        right = binding.after.match(after) if left else None
        if left and right and left[0] + right[0]:
            return Found(start - len(left[0]), end + len(right[0]), binding.read(point))
    alone = whole and not before and not after
    return Found(start, end, _alone(point) if alone else _bare(point, before, after, context))
