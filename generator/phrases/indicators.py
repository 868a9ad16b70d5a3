"""What a figure measures: the words before it, spread over a list where 分别 says so, or the things it counts."""

from __future__ import annotations

import re

from generator.phrases.judgement import clause_after
from generator.phrases.numbers import ARABIC, SYMBOL

BLANK = "\0"
"""Stands in for each character of a time."""
UNNAMED = "（原文未写明）"
_MEASURED = "(?:率|比重|比例|占比|浓度|量|数|天数|面积|指数|水平|强度|产值|里程|规模|能耗)"
_LEADING = re.compile(
    r"^(?:[0-9]{1,2}[.、](?=[\u4e00-\u9fff])|\([0-9一二三四五六七八九十]{1,3}\)|[①-⑳、)\]]|和|及(?!格)|与|完成(?!率|比例|情况)|[一二三四五六七八九十]是|对|其中|同时|并且|并|且|使|确保|力争|实现|推动|推进|对|将|把|以及|和|即|坚决|分别)"
)
_TRAILING = re.compile(
    r"(?:[、(\[]|(?:由|从)[0-9.]+(?:%|[\u4e00-\u9fff/]{0,6})|按照?|至少|也|做到|应当|(?<!年)均|都|各|再|要|应|须|总体|平均|累计|分别|力争|稳定|实现|基本|保持|合计|控制在|维持在|稳定在|"
    r"保持在|达到?|确保|为|不|完成|新增|新建|建成|开放|[比较与同在](?:(?:19|20|21)[0-9]{2}年|上年|去年)(?:同期|相比|的?基础上)?)$"
)
_PLACE = re.compile(r"^.*(?:地区|平原|城市|省|市|县|区|镇|街道|乡|领域|行业)(?=[^、和与及]{2,}$)")
_NOUN_END = re.compile(
    r"[()\[\]\0]|[0-9]{1,2}\.(?=[\u4e00-\u9fff])|(?:、|和|与|及)(?=[0-9])|、(?=[^、]*[0-9])|完成|达到|实现|开展|以上|关停|退出|淘汰|拆除|搬迁|取缔|销号|建成|投产|投运|关闭"
)
_CLAUSES = re.compile(r"[,;:!?\n]")
_MEASURE_OF = re.compile(rf"[^、,;]{{0,4}}{_MEASURED}(?:减少|下降|降低|增长|提高|提升|增加)?")
_CELL_LABEL = re.compile(r"^(?:完成|办结|整改|工作)?(?:时限|时间|期限|节点|进度安排)$")
_MORE = re.compile(rf"(?:(?:、|和|与|及|以及){ARABIC}{SYMBOL})+")
_FARTHEST = 80
_DONE = re.compile(r"(?:关停|退出|淘汰|拆除|搬迁|取缔|销号|建成|投产|投运|关闭)+")


def subject(text: str, position: int, floor: int = 0) -> str:
    """The words that a figure at `position` measures, else the nearest words before, not beyond `floor`."""
    stretch = text[max(floor, position - _FARTHEST) : position]
    for clause in reversed(_CLAUSES.split(stretch.rpartition("。")[2])):
        cleaned = _clean(clause)
        if cleaned:
            return cleaned
    return ""


def _clean(words: str) -> str:
    """Strip lead-ins and fillers; an unclosed bracket begins the words anew."""
    words = words.replace(BLANK, "")
    opened = words.rpartition("(")
    words = opened[2] if opened[1] and ")" not in opened[2] else words
    words = _CELL_LABEL.sub("", words)
    for _ in range(12):
        shorter = _TRAILING.sub("", _LEADING.sub("", words))
        if shorter == words:
            break
        words = shorter
    return words.strip('"') if words.count('"') % 2 else words


def counted(text: str, position: int) -> tuple[str, int]:
    """What a count ending at `position` counts and what is done with it, and where the things' name ends."""
    following = clause_after(text, position, 32)
    if following[:1] in "、和及与":
        return "", position
    edge = _NOUN_END.search(following)
    things = following[: edge.start() if edge else len(following)].removesuffix("的")
    done = _DONE.search(following)
    if things.startswith("比例"):
        return things.removeprefix("比例") + "比例", position + len(things)
    return things.rpartition("的")[2] + (done[0] if done and things else ""), position + len(things)


def counted_in_list(text: str, position: int) -> str:
    """36个和28个保护区: what the last count of a list names, the first ones count too."""
    others = _MORE.match(text, position)
    return counted(text, others.end())[0] if others else ""


def connects(words: str) -> bool:
    """True for what joins two figures of one list."""
    return words in ("、", "和", "与", "及", "以及")


def shares(words: str) -> list[str]:
    """Indicators that one aim sets together: each part must name a measure (A比重、B比重), else it is one."""
    parts = re.split(r"[、和及与]", words)
    return parts if all(re.search(rf"{_MEASURED}$", part) for part in parts) else [words]


def spread(words: str, count: int, years: list[str]) -> list[str]:
    """One indicator for each of `count` figures after 分别; what cannot be told apart is named in brackets."""
    if count == 1:
        return [words]
    for separators in (r"[、和与]", r"[、和与及]"):
        parts = re.split(separators, words)
        if len(parts) == count:
            return _with_tail(parts, words)
    if len(years) == count:
        return [f"{words}（{year}）" for year in years]
    return [f"{words}（第{number}项）" for number in range(1, count + 1)]


def parts_of(words: str) -> int:
    """How many things a list names."""
    return len(re.split(r"[、和与]", words))


def _with_tail(parts: list[str], words: str) -> list[str]:
    """A、B地区消费量 → A消费量, B地区消费量; without a place to cut at, the part stands in brackets."""
    if all(re.search(rf"{_MEASURED}$", part) for part in parts):
        return parts
    place = _PLACE.match(parts[-1])
    end = place.end() if place else _alike_head(parts)
    if end:
        return [*(part + parts[-1][end:] for part in parts[:-1]), parts[-1]]
    return [f"{words}（{part}）" for part in parts]


def _alike_head(parts: list[str]) -> int:
    """化肥、农药使用量: names of one length before the measure; where the last one ends, 0 if nobody can tell."""
    lengths = {len(part) for part in parts[:-1]}
    length = lengths.pop()
    return length if not lengths and length > 1 and _MEASURE_OF.fullmatch(parts[-1], length) else 0


def carried(words: str, previous: str) -> str:
    """一般道路 after 核心道路积尘 is 一般道路积尘: a clause that names no measure takes the one before."""
    if not words or re.search(rf"{_MEASURED}$", words):
        return words
    place = previous.rfind(words[-2:])
    return words + previous[place + 2 :] if len(words) >= 2 and place >= 0 else words
