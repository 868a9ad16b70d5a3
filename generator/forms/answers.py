"""What a clerk writes in a cell → a value: numbers in words, days in any style, states by any name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.forms.comparing import plain
from generator.model import LedgerState
from generator.phrases import PhraseContext, parse_deadline
from generator.phrases.numbers import ARABIC, CHINESE, FRACTION, SYMBOL, fraction_of, value_of

NONE_WORDS = frozenset(
    {"无", "/", "\\", "-", "--", "—", "——", "没有", "暂无", "无。", "无问题", "不涉及", "n/a", "N/A", "〇"}
)
TICKS = frozenset(
    {"√", "✓", "✔", "☑", "是", "有√", "v", "V", "对", "1", "无变化", "本月无变化", "本期无变化", "同上月", "yes"}
)
ABOUT = re.compile(r"约|左右|近|[~≈]|(?<=[\d〇零一二两三四五六七八九十百千万])[余多](?!少)|大约|上下|以上|以下")
OVER = re.compile(r"(?<=[\d〇零一二两三四五六七八九十百千万])[余多](?!少)")
NUMBER = re.compile(
    rf"(?P<sign>[-−－])?(?P<number>{ARABIC}|{CHINESE})(?P<times>[万亿](?!元))?(?P<symbol>{SYMBOL})?"
)
MULTIPLIERS = {"万": 10_000, "亿": 100_000_000}
BEFORE = re.compile(r"^(?:共|累计|已|完成|新增|本月|本期|本周|本季度|[+¥￥])+")
SAID_BESIDE = re.compile(r"共|累计|已|完成|新增|本月|本期|[,。、;()]")
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
LONGEST = 60
"""A longer text is no number and no day; looking for one in it would take long."""
EXCEL_EPOCH = date(1899, 12, 30)
DAY_FORMS = (
    re.compile(
        r"(?P<year>(?:19|20)?\d{2})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?(?:0{1,2}(?::00){1,2})?"
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


def says_none(text: str) -> bool:
    """无, /, — and their like: an answer, and not a blank."""
    return plain(text) in NONE_WORDS or text.strip() in NONE_WORDS


def is_ticked(text: str) -> bool:
    """Whether 无变化 was ticked, in any of the ways in which people tick."""
    return plain(text) in {plain(tick) for tick in TICKS}


def read_number(text: str) -> Number | None:
    """`3家`, `约80%`, `１２`, `二十六`, `1,200`, `120余家`, `百分之八十`; None for no figure, or several."""
    if len(text) > LONGEST:
        return None
    bare = BEFORE.sub("", plain(text))
    if re.fullmatch(FRACTION, bare):
        return _fraction(bare)
    about = bool(ABOUT.search(bare))
    bare = OVER.sub("", bare)
    found = list(NUMBER.finditer(bare))
    if len(found) != 1:
        return None
    match = found[0]
    if SAID_BESIDE.sub("", ABOUT.sub("", bare.replace(match.group(), "", 1))):
        return None
    symbol = match["symbol"] or ""
    value = value_of(match["number"]) * MULTIPLIERS.get(match["times"] or "", 1)
    return Number(float(-value if match["sign"] else value), symbol, about)


def _fraction(bare: str) -> Number:
    """百分之八十 → 80%; 三分之一 is no count but a share, and an approximate one."""
    value, symbol = fraction_of(bare)
    return Number(float(value), symbol) if symbol else Number(round(float(value) * 100, 2), "%", about=True)


def read_day(text: str, year: int, serial: float | None = None) -> date | None:
    """`2024.9.30`, `20240930`, `9月底`, `9月30日前`, Excel's own number of a day; None for what names no day."""
    if serial is not None and 20_000 < serial < 110_000:
        return EXCEL_EPOCH + timedelta(days=int(serial))
    if len(text) > LONGEST:
        return None
    bare = re.sub(
        r"(?:之?前|左右|底前完成|完成)$", lambda found: "底" if found[0].startswith("底") else "", plain(text)
    )
    for form in DAY_FORMS:
        found = form.fullmatch(bare)
        if found:
            written = int(found.groupdict().get("year") or year)
            return _day(written if written > 99 else 2000 + written, int(found["month"]), int(found["day"]))
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
