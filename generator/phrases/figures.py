"""Figures with their symbol and the words that bind them: 不低于80%, 控制在35微克/立方米以下, 较2020年下降10%."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from generator.model import Comparator
from generator.phrases.context import YEAR_NUMBER
from generator.phrases.found import Spans
from generator.phrases.numbers import ARABIC, FRACTION, SPELT, SYMBOL, fraction_of, is_quantity, value_of

FIGURE = re.compile(
    rf"(?P<fraction>{FRACTION})(?!点)|(?<![0-9.A-Za-z])(?<![0-9],)(?P<number>{ARABIC})(?P<symbol>{SYMBOL})?"
    rf"|(?P<spelt>{SPELT})(?P<spelt_symbol>{SYMBOL})"
)
_RANGE = re.compile(r"(?:-{1,2}|至|到)(?=[0-9])")
_RANGE_BEFORE = re.compile(r"[0-9%](?:-{1,2}|至|到)$")
_WINDOW = 36
_LARGEST = 1e15
"""What the record takes; a longer run of digits is no quantity."""

_COMPARATORS: tuple[tuple[Comparator, str], ...] = (
    (Comparator.AT_LEAST, "≥|⩾|>=|不得?低于|不得?少于|不得?小于|不得?低过|至少(?:达到?)?|最低(?:达到?)?|达到?"),
    (Comparator.AT_LEAST, "(?:提高|提升|增加|增长|上升|扩大|恢复|发展)(?:到|至)|增至|升至"),
    (
        Comparator.AT_MOST,
        "≤|⩽|<=|不得?高于|最高不得?超过|不得?超过|不得?大于|不得?多于|控制在|压减(?:到|至)|限制在",
    ),
    (Comparator.AT_MOST, "(?:降低|下降|减少|压缩|缩短|回落)(?:到|至)|降到|降至|减至|低至"),
    (Comparator.ABOVE, ">|超过|高于|大于|多于|突破"),
    (Comparator.BELOW, "<|低于|小于|少于|不足"),
    (Comparator.EQUAL, "稳定在|保持在|维持在|等于"),
    (Comparator.ABOUT, "大约|约"),
)
_OTHER_SIGNS = {
    "以上": Comparator.AT_LEAST,
    "及以上": Comparator.AT_LEAST,
    "不小于": Comparator.AT_LEAST,
    "以下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "不超": Comparator.AT_MOST,
    "至多": Comparator.AT_MOST,
    "最多": Comparator.AT_MOST,
    "=": Comparator.EQUAL,
    "==": Comparator.EQUAL,
    "为": Comparator.EQUAL,
    "左右": Comparator.ABOUT,
    "大约": Comparator.ABOUT,
    "≈": Comparator.ABOUT,
    "~": Comparator.ABOUT,
}


def comparator_of(words: str) -> Comparator | None:
    """What a word or a sign by itself says of the figure beside it: ≥, 至少, 左右; None for any other."""
    plain = "".join(unicodedata.normalize("NFKC", words).split())
    if plain in _OTHER_SIGNS:
        return _OTHER_SIGNS[plain]
    return next((found for found, ways in _COMPARATORS if re.fullmatch(ways, plain)), None)


_SETTLED_BY_WHAT_FOLLOWS = re.compile(r"(?:控制|稳定|保持|维持)在$")
CHANGES = "下降|降低|减少|削减|压减|缩减|增长|增加|提高|(?<![改创整优][造建治化])提升|上升|改善"
_FILLER = "(?:也|均|都|各|再|要|应|须|总体|平均|累计|分别|力争|稳定|实现|年均|基本|保持|合计|总计|每年|全面)"
_YEAR_BEFORE = rf"{YEAR_NUMBER}年|上年|去年|上一年|前一年|基准年"
BASELINE = (
    rf"(?:[比较](?P<base>{_YEAR_BEFORE})(?P<same>同期)?(?:水平)?|[与同](?P<against>{_YEAR_BEFORE})(?:同期)?相比"
    rf"|在(?P<ground>{_YEAR_BEFORE})的?基础上|(?P<yearly>同比))"
)
_COMPARE = "|".join(words for _, words in _COMPARATORS)
_LEFT = re.compile(
    rf"(?:(?P<baseline>{BASELINE}),?)?{_FILLER}{{0,4}}(?P<change>{CHANGES})?(?:幅度?|了|率)?{_FILLER}{{0,3}}"
    rf"(?:(?P<compare>(?<!抵)(?:{_COMPARE}))(?:开展|完成|组织|建成|新增|培育|打造|建设)?)?$"
)
_BINDING_LETTERS = frozenset("≥≤⩾⩽<>=于过达到至少低在破足约降减长加高升善度了率别计展成织增育造设")
"""The last letters of comparators and changes: a figure after any other letter has no words that bind it."""
_AFAR = re.compile(r"(?P<compare>至少|不得?低于|不得?少于|不得?超过|不得?高于)[^,。;0-9]{1,16}$")
_AFTER = re.compile(r"(?:及其?)?(?:以上|以下|以内|之内)|左右|上下|(?:范围)?内(?![容部外需涵])")
_CONNECTED = re.compile(r"(?:、|和|与|及|以及)")


@dataclass(frozen=True)
class Figure:
    """A number of the text, [start, end) from its first digit to its symbol, and the words about it."""

    start: int
    end: int
    value: int | float
    symbol: str | None
    left: int
    """Where the words that bind it begin: baseline, change, comparator."""
    right: int
    """Where its own 以上 or 左右 ends."""
    compare: str | None = None
    change: str | None = None
    baseline: str | None = None
    after: str = ""
    spread: bool = False
    """True in a list after 分别."""
    joined: bool = False
    """True where it continues the list of the figure before it."""

    @property
    def comparator(self) -> Comparator | None:
        """How it binds, by what follows, else by what precedes; a bare change is at least its figure."""
        if self.after:
            return _after_comparator(self.after)
        if self.compare:
            return next(kind for kind, words in _COMPARATORS if re.fullmatch(words, self.compare))
        return Comparator.AT_LEAST if self.change else None


def _after_comparator(after: str) -> Comparator:
    if after.endswith("以上"):
        return Comparator.AT_LEAST
    return Comparator.ABOUT if after in ("左右", "上下") else Comparator.AT_MOST


def baseline_of(match: re.Match[str]) -> str | None:
    """What a match that holds BASELINE compares with: 2020, 上年, 上年同期; None without one."""
    words = match.groupdict()
    if words.get("yearly"):
        return "上年同期"
    said = words.get("base") or words.get("against") or words.get("ground")
    if not said:
        return None
    year = re.match(YEAR_NUMBER, said)
    named = str(value_of(year[0])) if year else "上年"
    return f"{named}同期" if words.get("same") else named


def _amount(match: re.Match[str]) -> tuple[int | float, str | None] | None:
    """Value and symbol; None for a spelt numeral that counts nothing."""
    if match["fraction"]:
        return fraction_of(match["fraction"])
    if match["spelt"]:
        return (value_of(match["spelt"]), match["spelt_symbol"]) if is_quantity(match["spelt"]) else None
    return value_of(match["number"]), match["symbol"]


def _in_range(text: str, start: int, end: int) -> bool:
    """Either end of 30-40%: a range is for people to read."""
    follows = text[start - 1 : start] in ("-", "至", "到") and _RANGE_BEFORE.search(text, max(0, start - 3), start)
    return bool(follows or _RANGE.match(text, end))


def _read(match: re.Match[str], text: str) -> Figure | None:
    start, end = match.span()
    amount = _amount(match)
    if amount is None or amount[0] > _LARGEST or _in_range(text, start, end):
        return None
    after = _AFTER.match(text, end)
    figure = Figure(start, end, *amount, start, after.end() if after else end, after=after[0] if after else "")
    window = text[max(0, start - _WINDOW) : start]
    left = _LEFT.search(window) if window[-1:] in _BINDING_LETTERS else None
    if left is None or not left[0]:
        return _from_afar(figure, window)
    begin = start - len(window) + _words_begin(left, after is not None)
    spread = "分别" in left[0] or window.endswith("分别", 0, left.start())
    compare, change = left["compare"], left["change"]
    return replace(figure, left=begin, compare=compare, change=change, baseline=baseline_of(left), spread=spread)


def _from_afar(figure: Figure, window: str) -> Figure:
    """至少检查1次, 不低于总户数20%: some words stand between a bound and its figure."""
    far = _AFAR.search(window)
    if far is None or not (far["compare"] == "至少" or figure.symbol == "%"):
        return figure
    return replace(figure, left=figure.start - len(window) + far.start(), compare=far["compare"])


def _words_begin(left: re.Match[str], followed: bool) -> int:
    """The first word that binds; 稳定在 and 控制在 are not needed where 以上 or 以下 follows."""
    if left["baseline"]:
        return left.start("baseline")
    if left["change"]:
        return left.start("change")
    if left["compare"] and not (followed and _SETTLED_BY_WHAT_FOLLOWS.match(left["compare"])):
        return left.start("compare")
    return left.end()


def _join(previous: Figure | None, figure: Figure, text: str) -> Figure:
    """A figure right after another one's 、 or 和 is bound by the same words, unless it has its own."""
    if previous is None or figure.compare or figure.change or not (previous.compare or previous.change):
        return figure
    if not _CONNECTED.fullmatch(text, previous.right, figure.start):
        return figure
    return replace(
        figure,
        compare=previous.compare,
        change=previous.change,
        baseline=previous.baseline,
        spread=previous.spread,
        joined=True,
    )


def _share(figures: list[Figure]) -> list[Figure]:
    """In a list, the symbol and the 左右 that only the last one has belong to all of them."""
    shared: list[Figure] = []
    for figure in reversed(figures):
        if shared and shared[-1].joined:
            after, symbol = shared[-1].after, shared[-1].symbol
            figure = replace(figure, after=figure.after or after, symbol=figure.symbol or symbol)
        shared.append(figure)
    return shared[::-1]


def find_figures(text: str, blocked: Spans) -> list[Figure]:
    """Every figure of folded text outside what is blocked (times, names, document numbers), in order."""
    figures: list[Figure] = []
    for match in FIGURE.finditer(text):
        figure = None if blocked.touches(*match.span()) else _read(match, text)
        if figure is not None:
            figures.append(_join(figures[-1] if figures else None, figure, text))
    return _share(figures)
