"""What a clerk writes in a cell → a value: numbers in words, days in any style, states by any name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model import LedgerState
from generator.phrases import PhraseContext, parse_deadline
from generator.phrases.numbers import ARABIC, CHINESE, SYMBOL, value_of

NONE_WORDS = frozenset(
    {"无", "/", "\\", "-", "--", "—", "——", "没有", "暂无", "无。", "无问题", "不涉及", "n/a", "N/A", "〇"}
)
TICKS = frozenset(
    {"√", "✓", "✔", "☑", "是", "有√", "v", "V", "对", "1", "无变化", "本月无变化", "本期无变化", "同上月", "yes"}
)
ABOUT = re.compile(r"约|左右|近|余|多$|大约|上下|以上|以下")
NUMBER = re.compile(rf"(?P<sign>[-−－])?(?P<number>{ARABIC}|{CHINESE})\s*(?P<symbol>{SYMBOL})?")
MULTIPLIERS = {"万": 10_000, "亿": 100_000_000}
EMPTY_PHRASES = (
    "按序时进度推进|按时序进度推进|序时推进|按计划推进|按计划进行|按要求推进|正常推进|有序推进|稳步推进|持续推进|继续推进|"
    "正在推进|正在进行|正在落实|积极推进|扎实推进|抓紧推进|推进中|进行中|落实中|基本完成|已基本完成|基本落实|已落实|已完成|"
    "完成|正常|详见附件|见附件|详见材料|附后|同上|同前|同上月|同上期|按要求落实|认真落实|严格落实|常态化推进|常态化开展|长期坚持"
)
EMPTY = re.compile(rf"(?:(?:该|此)?(?:项)?(?:工作|任务)?(?:目前|现)?(?:{EMPTY_PHRASES}))+")
STATE_WORDS: Mapping[str, LedgerState] = {
    "正常": LedgerState.ON_TRACK,
    "推进中": LedgerState.ON_TRACK,
    "进行中": LedgerState.ON_TRACK,
    "序时推进": LedgerState.ON_TRACK,
    "按序时进度推进": LedgerState.ON_TRACK,
    "进度滞后": LedgerState.BEHIND,
    "受阻": LedgerState.BLOCKED,
    "需协调": LedgerState.BLOCKED,
    "未开工": LedgerState.NOT_STARTED,
    "未开展": LedgerState.NOT_STARTED,
    "办结": LedgerState.COMPLETION_CLAIMED,
    "已办结": LedgerState.COMPLETION_CLAIMED,
    "完成": LedgerState.COMPLETION_CLAIMED,
    "已完成": LedgerState.COMPLETION_CLAIMED,
    "基本完成": LedgerState.ON_TRACK,
    "常态化": LedgerState.CONTINUING,
    "长期坚持": LedgerState.CONTINUING,
    "持续推进": LedgerState.CONTINUING,
}
EXCEL_EPOCH = date(1899, 12, 30)
DAY_FORMS = (
    re.compile(
        r"(?P<year>(?:19|20)\d{2})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?(?:0{1,2}(?::00){1,2})?"
    ),
    re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?"),
)


@dataclass(frozen=True)
class Number:
    """A figure as it was read: `symbol` is the unit that stood behind it, `about` whether it was only 约."""

    value: float
    symbol: str = ""
    about: bool = False


def plain(text: str) -> str:
    """Text as it is compared: half-width, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def says_none(text: str) -> bool:
    """无, /, — and their like: an answer, and not a blank."""
    return plain(text) in NONE_WORDS or text.strip() in NONE_WORDS


def is_ticked(text: str) -> bool:
    """Whether 无变化 was ticked, in any of the ways in which people tick."""
    return plain(text) in {plain(tick) for tick in TICKS}


def says_nothing(text: str) -> bool:
    """Whether a text consists of phrases that say nothing: 按序时进度推进, 详见附件."""
    bare = re.sub(r"[^\w]", "", plain(text))
    return bool(bare) and EMPTY.fullmatch(bare) is not None


def read_number(text: str) -> Number | None:
    """`3家`, `约80%`, `１２`, `二十六`, `1,200`, `1.5万元`; None for what holds no figure or several."""
    bare = plain(text)
    found = list(NUMBER.finditer(re.sub(r"^(?:共|累计|已|完成|新增|本月|本期)+", "", bare)))
    if len(found) != 1:
        return None
    match = found[0]
    rest = ABOUT.sub("", bare.replace(match.group(), "", 1))
    if re.sub(r"共|累计|已|完成|新增|本月|本期|[,。、;()]", "", rest):
        return None
    symbol = match["symbol"] or ""
    value = value_of(match["number"]) * MULTIPLIERS.get(symbol, 1)
    signed = -value if match["sign"] else value
    return Number(float(signed), "" if symbol in MULTIPLIERS else symbol, bool(ABOUT.search(bare)))


def read_day(text: str, year: int, serial: float | None = None) -> date | None:
    """`2024.9.30`, `20240930`, `9月底`, `9月30日前`, Excel's own number of a day; None for what names no day."""
    if serial is not None and 20_000 < serial < 110_000:
        return EXCEL_EPOCH + timedelta(days=int(serial))
    bare = re.sub(
        r"(?:之?前|左右|底前完成|完成)$", lambda found: "底" if found[0].startswith("底") else "", plain(text)
    )
    for form in DAY_FORMS:
        found = form.fullmatch(bare)
        if found:
            return _day(int(found.groupdict().get("year") or year), int(found["month"]), int(found["day"]))
    context = PhraseContext(year=year)
    deadline = parse_deadline(bare, context) or parse_deadline(f"{bare}前", context)
    return deadline.end if deadline else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def state_names(labels: Mapping[str, LedgerState]) -> dict[str, LedgerState]:
    """Every name of a state, folded: the labels, and what people call it besides."""
    return {**STATE_WORDS, **{plain(label): state for label, state in labels.items()}}


def read_state(text: str, names: Mapping[str, LedgerState]) -> LedgerState | None:
    """A state by any of its names; 已办结 from a unit is no more than 申请办结."""
    return names.get(plain(text))


def read_list(text: str) -> tuple[str, ...]:
    """`1、2，3` → the numbers of the evidence."""
    return tuple(dict.fromkeys(part for part in re.split(r"[、,，;；\s]+", text.strip()) if part))


def storable(text: str) -> str:
    """Text as a plan file can hold it: what YAML cannot hold becomes �, every kind of line end one of its own."""
    lines = re.sub("\r\n?|\x85|\u2028|\u2029", "\n", text)
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "�", lines)
