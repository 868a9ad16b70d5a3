"""The words themselves: phrases stand in their text, nothing is overlooked, nothing invisible, nothing private."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.checks.inspection import Inspection
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown, suggestion
from generator.phrases.names import apart

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def phrase_missing(inspection: Inspection) -> Iterator[Problem]:
    """A phrase stands in its text; the n-th deadline of the same words needs an n-th occurrence.

    Two targets may share a phrase where they name different indicators (两个指标共用一个数).
    """
    for placed in inspection.passages:
        used: dict[tuple[str, ...], int] = {}
        for kind, phrase, key, loc in placed.phrases():
            used[key] = used.get(key, 0) + 1
            there = placed.passage.text.count(phrase)
            if used[key] > there:
                place = inspection.place(placed.file, (*loc, "phrase"))
                yield place, f"{kind}“{shown(phrase)}”{_fault(placed.passage.text, phrase, there)}"


def _fault(text: str, phrase: str, there: int) -> str:
    if there:
        return f"在这段文字中只出现 {there} 次，却列了更多次；应各有各的出处"
    size = len(phrase)
    if len(text) > 400:
        return "不在这段文字中；应逐字照抄原文"
    runs = {text[start : start + size] for start in range(max(1, len(text) - size + 1))}
    return f"不在这段文字中；应逐字照抄原文{_prefixed(suggestion(phrase, runs))}"


def _prefixed(hint: str) -> str:
    return f"，{hint}" if hint else ""


INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
MISREAD = re.compile("[\ufffd\ue000-\uf8ff\u2e80-\u2fdf]")
SPACED = re.compile(r"(?<=[\u4e00-\u9fff，。；：、])[\s\u3000]+(?=[\u4e00-\u9fff，。；：、])|^\s|\s$")
VERBATIM = {"text", "phrase", "title", "short_title", "name", "full_name", "tail"}


def text_characters(inspection: Inspection) -> Iterator[Problem]:
    """No invisible character, no character that a PDF reader mistook, no white space within Chinese words."""
    for file, text, where in inspection.texts:
        fault = _character_fault(text, str(where[-1]) in VERBATIM)
        if fault:
            yield inspection.place(file, where), fault


def _character_fault(text: str, verbatim: bool) -> str | None:
    if found := INVISIBLE.search(text):
        return f"{_near(text, found.start())}有看不见的字符 U+{ord(found.group()):04X}；应删去"
    if found := MISREAD.search(text):
        plain = unicodedata.normalize("NFKC", found.group())
        hint = f"是否指“{plain}”？" if plain != found.group() else "请对照原文改正"
        return f"{_near(text, found.start())}有识别错的字符 U+{ord(found.group()):04X}；应为通用汉字，{hint}"
    blanks = (blank for blank in SPACED.finditer(text) if not apart(text, *blank.span()))
    if verbatim and (found := next(blanks, None)):
        return f"{_near(text, found.start())}有多余的空白；原文文字应连写"
    return None


def _near(text: str, start: int) -> str:
    around = INVISIBLE.sub("", text[max(0, start - 6) : start + 7]).strip()
    return f"“{shown(around)}”处"


PRIVATE = (
    ("手机号码", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    ("固定电话号码", re.compile(r"(?<!\d)0\d{2,3}[-— ]\d{7,8}(?!\d)")),
    ("身份证号码", re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)")),
)


def personal_data(inspection: Inspection) -> Iterator[Problem]:
    """Telephone and identity numbers never go into git: its history cannot forget."""
    for file, text, where in inspection.texts:
        for kind, pattern in PRIVATE:
            if pattern.search(text):
                message = f"像是写了{kind}；计划文件和网站不应有个人信息，请删去"
                yield inspection.place(file, where), message


def review(inspection: Inspection) -> Iterator[Problem]:
    """What an import was not sure of is looked at by a person."""
    for file, text, where in inspection.texts:
        if where[-1] == "review":
            yield inspection.place(file, where), f"待核：{shown(text, 100)}；核对后应删去 review 这一项"


RULES = (
    Rule(
        "phrase-missing",
        ERROR,
        "短语不在原文中",
        "时限、目标值、提及的 phrase 必须逐字出现在所在的那段文字里；同一短语列两次，原文也要出现两次。",
        "原文“到2025年”，phrase 写成 到2025年底。",
        "从原文复制短语。",
        phrase_missing,
    ),
    Rule(
        "text-characters",
        WARNING,
        "文字中有可疑字符",
        "从网页、PDF 复制的文字，常带看不见的字符、部首字符（⽅）或多余的空格，使查找和比对落空。",
        "区生态环境分 局",
        "删去多余的字符，或照原文重新输入。",
        text_characters,
    ),
    Rule(
        "personal-data",
        WARNING,
        "像是个人信息",
        "电话号码、身份证号码不进入计划文件：文件有历史记录，删了也还在。",
        "leader: 张某 13900000000",
        "只写职务和科室；联系人另存，不提交。",
        personal_data,
    ),
    Rule(
        "review",
        WARNING,
        "有待核对之处",
        "从文档导入时没有把握的地方，标了 review，说明原因。",
        "review: 无法确定“等”之后是否还有单位",
        "对照原文核对，改正后删去 review 这一项。",
        review,
    ),
)
