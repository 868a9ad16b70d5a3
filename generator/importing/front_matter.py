"""What stands before and after the numbers: title, document number, issue date, addressees, parents, signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise

from generator.document import CLOSING
from generator.importing.arrangement import text_lines
from generator.importing.kinds import DATE, DOCUMENT_NUMBER, is_addressees, is_annex_label, is_signature, is_title
from generator.importing.paragraphs import Paragraph
from generator.importing.traced import Traced
from generator.model import BlockKind, Parent
from generator.phrases.characters import alike
from generator.phrases.numbers import chinese_value

_YEAR_PLAN = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})年度?[^年—\-至]{0,24}(?:计划|方案|要点|任务|实事|事项|项目|安排|清单|台账|分解表|工作|意见|措施)"
)
_YEAR_BEHIND = re.compile(r"\((?P<year>(?:19|20)[0-9]{2})年度?\)$")
_MONTH_OF_YEAR = re.compile(r"(20[0-9]{2})年(?:1[0-2]|[1-9])月")
_SPAN = re.compile(r"(?:19|20)[0-9]{2}年?[-至—][0-9]{2,4}年?")
_LABELS = tuple(
    (word, label)
    for label, words in (
        ("行动", "行动计划 行动方案 行动"),
        ("方案", "实施方案 工作方案 方案"),
        ("意见", "实施意见 指导意见 意见"),
        ("要点", "工作要点 要点"),
        ("清单", "责任清单 任务清单 清单"),
        ("分工", "分工方案 任务分工 分工"),
        ("分解", "任务分解 分解表"),
        ("计划", "计划"),
        ("措施", "措施"),
        ("规划", "规划"),
        ("办法", "办法"),
        ("台账", "台账"),
        ("通知", "通知"),
        ("规定", "规定"),
        ("决定", "决定"),
    )
    for word in words.split()
)
"""(word in a title, prefix of task numbers)."""
_ANNEX_LABEL = re.compile(r"附(?:件|表|录)[0-9一二三四五六七八九十]{0,3}\s*[:、.]?\s*")
_REGISTERED = re.compile(
    r"(?:索引号|主题分类|信息分类|发文机关|发布机构|公开机构|组配分类|文号|发文字号|标题|名称|成文日期|发文日期|发布日期|有效性|关键词):?\|"
)
_NUMBER_LABELS, _DAY_LABELS = ("发文字号", "文号"), ("成文日期", "发文日期")
_SHORT = re.compile(
    r"(?:(?:19|20)[0-9]{2}年(?:度)?)?[\u4e00-\u9fff]{0,8}?(?:三年|[两三五]年)?(?:行动计划|行动方案|实施方案|工作方案|实施意见|工作要点|指导意见|"
    r"若干措施|任务分解表|责任清单|任务清单|台账|方案|计划|意见|措施|规划|要点|办法|清单|通知)(?:\([^()]*\))?$"
)
_ANY_DAY = re.compile(rf"{DATE.pattern}|(?<![0-9])[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9])")
_FOLLOWS = re.compile(r"贯彻|落实|根据|按照|依据|遵照")
_ISSUER = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,30}?)关于")


@dataclass(frozen=True)
class FrontMatter:
    """What the paragraphs outside the body say about the plan."""

    title: Traced | None
    document_number: str | None
    issuer: str | None
    issued: date | None
    year: int | None
    parents: tuple[Parent, ...]
    addressees: str


def block_kinds(paragraphs: Sequence[Paragraph], front: bool) -> list[tuple[Traced, BlockKind]]:
    """Each paragraph outside the body with its kind."""
    kinds: list[tuple[Traced, BlockKind]] = []
    for paragraph in paragraphs:
        if paragraph.table is not None:
            kinds += [(line, _kind(line.text, False)) for line in text_lines(paragraph.table)]
        elif paragraph.text.text:
            kinds.append((paragraph.text, paragraph.kind or _kind(paragraph.text.text, front)))
    return kinds


def _registered(front: Iterable[tuple[Traced, BlockKind]]) -> dict[str, str]:
    """What the table says that a site puts above a document, by label: 索引号：｜…｜成文日期：｜…."""
    rows = (alike(text.text).split("|") for text, kind in front if kind is BlockKind.NOTICE)
    return {label.strip(": "): value for row in rows for label, value in pairwise(row)}


def before_annexes(back: Iterable[tuple[Traced, BlockKind]]) -> Iterator[tuple[Traced, BlockKind]]:
    """The end of a plan whose annexes follow it: an imprint above them is no imprint of the whole document."""
    return ((text, BlockKind.PARAGRAPH if kind in CLOSING else kind) for text, kind in back)


def _kind(text: str, front: bool) -> BlockKind:
    if _REGISTERED.match(alike(text)):
        return BlockKind.NOTICE
    if front and is_addressees(text):
        return BlockKind.ADDRESSEES
    if front and is_title(text):
        return BlockKind.TITLE
    if is_signature(text):
        return BlockKind.SIGNATURE
    return BlockKind.ANNEX_LINE if is_annex_label(text) else BlockKind.PARAGRAPH


def front_matter(
    front: Sequence[tuple[Traced, BlockKind]], back: Sequence[tuple[Traced, BlockKind]]
) -> FrontMatter:
    """Read the blocks; what they do not say stays open."""
    titles = [text for text, kind in front if kind is BlockKind.TITLE]
    if not titles:
        titles = [title for text, kind in front if kind is BlockKind.ANNEX_LINE for title in _annex_title(text)]
    if not titles:
        titles = [text for text, kind in front if kind is BlockKind.PARAGRAPH and len(text.text) <= 60][:1]
    both = (*front, *back)
    numbers = [text.text for text, kind in both if kind is BlockKind.DOCUMENT_NUMBER]
    signed = [text.text for text, kind in both if kind in {BlockKind.SIGNATURE, BlockKind.IMPRINT}]
    title = titles[-1] if titles else None
    told = _registered(front)
    numbers += [told[label] for label in _NUMBER_LABELS if label in told]
    signed += [told[label] for label in _DAY_LABELS if label in told]
    return FrontMatter(
        title=title,
        document_number=_document_number(numbers[0]) if numbers else None,
        issuer=_issuer(signed, titles),
        issued=next((day for text in signed for day in _days(text)), None),
        year=_plan_year(title.text if title else ""),
        parents=tuple(
            parent for text, kind in front if kind is BlockKind.PARAGRAPH for parent in _parents(text.text)
        ),
        addressees="，".join(text.text for text, kind in front if kind is BlockKind.ADDRESSEES),
    )


def _annex_title(text: Traced) -> Iterator[Traced]:
    """附件2：云河县任务分解表 → 云河县任务分解表."""
    label = _ANNEX_LABEL.match(alike(text.text))
    title = text.cut(label.end()) if label else text
    if label and is_title(title.text):
        yield title


def _document_number(text: str) -> str | None:
    """With 〔〕, as the standard prints it."""
    match = DOCUMENT_NUMBER.search(alike(text))
    return re.sub(r"[\[(]([0-9]{4})[\])]", r"〔\1〕", match.group()) if match else None


def _days(text: str) -> Iterator[date]:
    for match in _ANY_DAY.finditer(alike(text)):
        numbers = [
            int(part) if part.isdigit() and part.isascii() else chinese_value(part)
            for part in re.split("[-年月日]", match.group())[:3]
        ]
        try:
            day = date(numbers[0], numbers[1], numbers[2])
        except ValueError:
            continue
        if 1949 <= day.year <= 2200:
            yield day


def _issuer(signed: Sequence[str], titles: Sequence[Traced]) -> str | None:
    names = [name for text in signed if (name := DATE.sub("", alike(text)).removesuffix("印发"))]
    for name in names:
        if is_signature(name) and not name.endswith(("办公室", "办公厅")):
            return name
    match = _ISSUER.match(titles[0].text) if titles else None
    return match["issuer"] if match else next(iter(names), None)


def _plan_year(title: str) -> int | None:
    """The year of an annual plan; a plan for several years has none."""
    folded = alike(title)
    if _SPAN.search(folded):
        return None
    match = _YEAR_PLAN.search(folded) or _YEAR_BEHIND.search(folded)
    return int(match["year"]) if match else None


def _parents(text: str) -> Iterator[Parent]:
    """《…》（文号） that the plan says it carries out, each title once."""
    if not _FOLLOWS.search(text[:60].partition("《")[0]):
        return
    seen: set[str] = set()
    for title, number in _cited(text):
        if title not in seen and any(title.endswith(word) for word, _ in _LABELS):
            seen.add(title)
            yield Parent(title=title, document_number=number, confirmed=True, basis="正文首段载明")


def _cited(text: str) -> Iterator[tuple[str, str | None]]:
    """Titles between 《 and its own 》, with the document number that follows in brackets."""
    depth = start = 0
    for place, char in enumerate(text):
        if char == "《":
            start = place + 1 if not depth else start
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if not depth and place - start <= 80:
                title = text[start:place].translate(str.maketrans("<>〈〉‹›", "《》《》《》"))
                number = re.match(r"[\[(]([^。]{4,30}?号)", alike(text[place + 1 : place + 40]))
                yield title, _document_number(number.group(1)) if number else None


def told_year(paragraphs: Iterable[Paragraph]) -> int | None:
    """The one year that every month of the text is of; None where there are several or none."""
    years = {
        int(year)
        for found in paragraphs
        for year in _MONTH_OF_YEAR.findall(alike("".join(found.text.text.split())))
    }
    return years.pop() if len(years) == 1 else None


def plan_label(title: str, taken: Sequence[str]) -> str:
    """方案, 行动, 要点: the prefix of task numbers, one that no other plan has."""
    folded = re.sub(r"\([^()]*\)$", "", alike(title))
    ends = ((folded.rfind(word) + len(word), len(word), label) for word, label in _LABELS if word in folded)
    label = max(ends, default=(0, 0, "任务"))[2]
    used = set(taken)
    return (
        label
        if label not in used
        else next(name for name in (f"{label}{n}" for n in count(2)) if name not in used)
    )


def short_title(title: str) -> str:
    """实施方案, 2024年行动计划: the end of a title that says what it is."""
    match = _SHORT.search(alike(title))
    return title[match.start() :] if match and match.group() else title[:30]
