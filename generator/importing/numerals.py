"""Chinese numerals as outlines write them: 一, 十二, 三十九."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_numeral(value: int) -> str:
    """12 → 十二, 105 → 一百零五; from 10,000 on, and below 1, the figure itself."""
    if not 0 < value < 10_000:
        return str(value)
    written, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            written += ("零" if zero and written else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return written[1:] if written.startswith("一十") else written
