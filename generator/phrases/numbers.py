"""Numbers as official prose writes them: 35, 92.5, 1,200, 二十六, 百分之九十, 二〇二五, and their symbols."""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

CHINESE = r"[〇零一二两三四五六七八九十百千万亿]{1,12}"
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15}(?:\.[0-9]{1,6})?)(?![0-9]|\.[0-9])"
FRACTION = rf"(?:百|千|万|{CHINESE})分之(?:{ARABIC}|{CHINESE}(?:点[〇零一二三四五六七八九]{{1,4}})?)"

_COUNTED = (
    "个百分点|百分点|人次|轮次|台次|场次|批次|户次|家次|件次|例次|个工作日|工作日|个月|个|家|台|套|辆|座|处|项|条|件|户|人|名|次|场|批|份|亩|公顷|"
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|微米|米|微克|毫克|千克|公斤|克|吨标准煤|吨标煤|蒸吨|吨|"
    "千瓦时|兆瓦时|千瓦|兆瓦|万千瓦|度|万元|亿元|元|天|日|小时|分钟|周岁|岁|周|年|倍|位|种|类|支|艘|列|架|头|只|"
    "所(?![有在属需得])|部(?![门分署队委件位级])|间(?![隔断])|栋|幢|张(?![家店])|盏|桶|眼|斤|平米|兆(?!瓦)|组(?![织建成])|"
    "层(?![面次级出])|千伏|路(?![网面灯段口径线长])|口(?![岸径号])|片(?![区段])|块(?!状)|册|尾|羽|根|杆|孔|袋|瓶|箱|例(?!外)|起(?![步点草])|"
    "宗|笔|款(?!项)|课时|学时|车次|班次|美元|"
    "分贝|摄氏度|℃|升|毫升|株|期|级|分|棵|㎡|㎢|m³|m3|m²|m2|km²|km|kWh|kW|MW|GW|mg|µg|kg|Nm³|dB|[gtLmh](?![A-Za-z])"
)
_UNIT = rf"(?:{_COUNTED})"
_PER = rf"(?:{_UNIT}|月|季度|人|万元)"
SYMBOL = rf"(?:%|‰|[百千万亿]{{0,2}}{_UNIT}(?:/{_PER}(?:·{_PER})?)?)"
_COUNTABLE = (
    "个百分点|个工作日|个月|个(?!别|人)|家(?!属|庭)|台|套|辆|座|处(?!理|置|于|罚)|项|条(?!件|例)|户|名(?!录|单|称)"
    "|场次|场(?!所|地|站)|亩|公顷|平方公里|平方米|公里|吨|万元|亿元|元|天|年(?!度|级)|小时|倍|人次"
)
SPELT = rf"(?<![第数几百千万零一二三四五六七八九十分]){CHINESE}(?={_COUNTABLE})"
"""Chinese numerals that count something; 一个 and 一批 are articles, see `is_quantity`."""

_PLAIN_MULTIPLIERS = frozenset("百千万亿一")
DURATIONS = frozenset(("年", "个月", "天", "日", "小时", "分钟", "周", "个工作日", "工作日", "周岁", "岁"))


def is_quantity(numeral: str) -> bool:
    """False for 一 and for a bare 百千万亿, which stand in words (一批, 千家万户) and count nothing."""
    return numeral not in _PLAIN_MULTIPLIERS


def chinese_value(numeral: str) -> int:
    """The value of 二十六, 三百万, 一千零五, 二〇二五; every string of numeral characters has one."""
    if not any(char in _TENS or char in _MYRIADS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit


def value_of(number: str) -> int | float:
    """The value of a folded number, Arabic or Chinese, 点 included."""
    if re.fullmatch(CHINESE, number):
        return chinese_value(number)
    if "点" in number:
        whole, _, rest = number.partition("点")
        return float(f"{chinese_value(whole)}.{''.join(str(_DIGITS[char]) for char in rest)}")
    plain = number.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def fraction_of(text: str) -> tuple[int | float, str | None]:
    """百分之九十 → (90, %); 千分之三 → (3, ‰); 五分之一 → (0.2, None)."""
    parts, _, figure = text.partition("分之")
    value = value_of(figure)
    if parts == "百":
        return value, "%"
    if parts == "千":
        return value, "‰"
    divisor = chinese_value(parts)
    return (round(value / divisor, 4) if divisor else 0), None
