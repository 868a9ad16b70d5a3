"""Names of units in a list, as written: 、 and 和 between them, 等 after them, brackets within them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.phrases.characters import Folded, fold

_NONE = frozenset(("", "无", "/", "-", "--", "暂无", "空", "\\"))
_OPEN = re.compile(r"等(?:[^、,;。()等]{0,24}(?:部门|单位|地方|地区|企业|机构))?$")
_LEAD = re.compile(r"^(?:(?:以上|上述|该项|此项|本项)(?:工作|任务|各项)由?|由|请|各自|分别由|其中)(?=.{2})")
_SEPARATORS = frozenset("、,;。 ")
_UNIT = (
    "局|部门|部|办|委|厅|院|署|社|行|站|所|队|中心|公司|集团|镇|乡|街道|办事处|政府|单位|管委会|委员会|办公室|处|会|"
    "妇联|残联|工商联|科协|团委|工会|银行|法院|学校|医院|[省市县区旗州盟]|区直|地方|各地|村|社区|驻地|机关|开发区|总站|大队|支队|"
    '室|组|专班|班子|战线|党派|联席会议|两委"?|人大|政协|[文侨]联|社科联|海关|[河湖林田路街]长|网格员?|志愿者|'
    "股室|科室|处室|(?<![持控参入合])股|(?<![内外儿骨牙学文理工])科|馆|党校|[高院技]校|中小学|[中小大]学|园|[林农牧渔茶机]场|(?:电视|广播|气象)台|厂|矿|[粮油水]库|[路护务]段|铁路|"
    "企业|业主|主体|联合体|机构|物业|经营户|商户|[设工权]方|联通|电信|移动|铁塔|邮政|电网|供电|城投"
)
_LAST_LETTERS = frozenset("股科局门部办委厅院署社行站所队心司团镇乡道处府位会组室关区县市州站馆校园厂企)）")
UNIT_END = re.compile(rf"(?:{_UNIT})(?:\([^()]*\))?$|(?:{_UNIT})等?$")
_OFFICE = re.compile(
    r"(?:局|委|办|厅|署|政府|办公室|管委会|委员会|办事处|街道|集团|公司|[法察]院|[支大总]队|[妇残文侨]联|工商联|科协|总工会|"
    r"中心|党校|股室|科室|(?<![持控参入合])股|(?<=[管产财法综政务事安全教])科|[织传战法装挥]部|[查研]究?室|领导小组|专班|供销社|银行|^(?:各|全[省市县区镇乡]各级?|[省市县区]直各)[^、]{0,6}(?:乡|镇|区|县|市|部门|单位))(?:\([^()]*\))?$"
)
"""What plainly is an office, even where nothing around says so."""
_REMARK = re.compile(r"含|包括|不|如|原|即|简称|以下|下称|详见|附|见|限|指|例|注|其中|除|或|以|[^0-9]*[0-9]")
_BEFORE_AND = re.compile(
    r"(?:局|办|委|厅|署|(?<!干)部|部门|中心|镇|乡|街道|办事处|政府|公司|委员会|办公室|单位|管委会|队|法院|检察院|银行|\))$"
)
_AND = re.compile(r"以及|和|及|与")
_CHAIN = re.compile(r"各[省市县区旗州盟乡镇](?:、[省市县区旗州盟乡镇])+")
_BLANKS = re.compile(r"\s+")
_CUT = re.compile(r"[\s、,，;；。\])）】〕］]|(?=[0-9０-９〇一二三四五六七八九]{4}年|印发|关于)")
_NEVER_ALONE = frozenset(("人民政府", "办公室", "委员会", "办事处", "街道办", "管委会"))
_NEVER_AFTER_AND = frozenset(("政府", "人民政府", "单位", "部门", "机构", "地方", "地区", "企业"))
_LONGEST = 120
_GROUP = re.compile(r"^各[^、]*$")


@dataclass(frozen=True)
class NameList:
    """Names in their order as written, and whether 等 leaves the list open (`open`)."""

    names: tuple[str, ...]
    open: bool = False


def looks_like_unit(name: str) -> bool:
    """True where a name ends as names of organisations do."""
    return bool(UNIT_END.search(fold(name).text))


def split_names(text: str) -> tuple[str, ...]:
    """The names of a list; 无, / and — are none."""
    return read_names(text).names


def read_names(text: str) -> NameList:
    """The names of a list and whether it is open."""
    folded = fold(_BLANKS.sub(_separated, text))
    names: dict[str, None] = {}
    is_open = False
    for start, end in _pieces(folded.text):
        name, opened = _bare(folded, start, end)
        is_open |= opened
        if name and fold(name).text not in _NONE:
            names[name] = None
    return NameList(tuple(names), is_open)


def are_offices(names: Sequence[str]) -> bool:
    """True where all are names of units and one at least is an office, even where nothing around says so."""
    return all(map(_unremarkable, names)) and any(_OFFICE.search(fold(name).text) for name in names)


def _unremarkable(name: str) -> bool:
    return 3 <= len(name) <= 24 and looks_like_unit(name) and not _REMARK.match(name)


def _separated(blank: re.Match[str]) -> str:
    """A blank between two names of units separates them, as in a table cell; any other is a broken line."""
    return "、" if apart(blank.string, *blank.span()) else blank[0]


def apart(text: str, start: int, end: int) -> bool:
    """Whether the blank [start, end) stands between two names of units."""
    if text[start - 1 : start] not in _LAST_LETTERS:
        return False
    left = _CUT.split(text[max(0, start - 24) : start])[-1]
    right = _CUT.split(text[end : end + 24], maxsplit=1)[0]
    names = len(left) > 2 and len(right) > 2 and looks_like_unit(left) and looks_like_unit(right)
    return names and right not in _NEVER_ALONE


def _pieces(text: str) -> list[tuple[int, int]]:
    """Spans between separators that stand outside brackets and outside 各市、县、区."""
    kept = {place for chain in _CHAIN.finditer(text) for place in range(*chain.span())}
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for place, char in enumerate(text):
        depth = max(0, depth + (char in "([〈") - (char in ")]〉"))
        if char in _SEPARATORS and not depth and place not in kept:
            spans.append((start, place))
            start = place + 1
    spans.append((start, len(text)))
    return [part for span in spans for part in _around_and(text, *span)]


def _around_and(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at 和 only between two that are plainly units: 文化和旅游局 and 各镇和街道 stay whole."""
    parts: list[tuple[int, int]] = []
    if end - start > _LONGEST:
        return [(start, end)]
    for match in _AND.finditer(text, start, end):
        left, right = text[start : match.start()], text[match.end() : end]
        units = _BEFORE_AND.search(left) and UNIT_END.search(right.removesuffix("等"))
        safe = len(left) >= 3 and bool(units) and right not in _NEVER_AFTER_AND
        if safe and left.count("(") == left.count(")") and not (_GROUP.match(left) and not right.startswith("各")):
            parts.append((start, match.start()))
            start = match.end()
    return [*parts, (start, end)]


def _bare(folded: Folded, start: int, end: int) -> tuple[str, bool]:
    """A name without 由 before it and 等 after it."""
    words = folded.text[start:end]
    lead, tail = _LEAD.match(words), _OPEN.search(words)
    first = start + (lead.end() if lead else 0)
    last = start + tail.start() if tail else end
    return (folded.name(first, last) if last > first else ""), tail is not None
