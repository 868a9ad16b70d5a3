"""Which figures and time words of a text somebody has to account for."""

from __future__ import annotations

import re

from generator.phrases.characters import fold
from generator.phrases.numbers import FRACTION, SPELT, is_quantity

_TIME_WORDS = (
    r"年?[底末]前|年[底末]|月[底末]|年内|(?<=[年月日])起(?!草|步|点|重)|[采供取]暖[季期]|[春夏秋冬][春夏秋冬]?季|季度|每季|"
    r"今冬明春|汛期|期间|时段|上半年|下半年|[上中下]旬|不?定期(?!限)|每[日天周月年]|每半年|逐[日周月季年]|分年度|按[月季]度?|"
    r"日(?:分配|调度|会商)|常态化|经常性|长期坚持|动态|印发之日|到年底|次年|明年|今年|夜间"
)
BEGIN = (
    "0-9〇零一二两三四五六七八九十百千万亿年月日季期时上中下采供取春夏秋冬今明次汛底末起每不定逐分按常经长动印到夜"
)
"""The characters that a figure or a time word may begin with: the rest of a text need not be tried."""
FIGURES = rf"(?P<fraction>{FRACTION})|[0-9]+(?:[.,][0-9]+)*(?:%|‰)?|(?P<spelt>{SPELT})|{_TIME_WORDS}"
_SCANNER = re.compile(f"(?=[{BEGIN}])(?:{FIGURES})")


def figures_and_times(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of every digit run, fraction, spelt quantity and time word, each to be accounted for."""
    folded = fold(text)
    return tuple(
        folded.span(*match.span())
        for match in _SCANNER.finditer(folded.text)
        if not match["spelt"] or is_quantity(match["spelt"])
    )
