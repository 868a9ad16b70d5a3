"""Numbers that Word draws itself (自动编号): they stand in no paragraph's text, yet readers see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from generator.importing.numerals import chinese_numeral
from generator.model import circled

Level = tuple[str, str, int]
"""Number format, text with %1 for the number of the first level, first number."""

_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "koreanDigital",
    )
)
_NONE = frozenset(("bullet", "none"))
DEEPEST = 9


@dataclass(frozen=True)
class _List:
    """A list of the document: its abstract definition, and the levels that it overrides."""

    abstract: str
    levels: Mapping[int, Level]


class Numbering:
    """Counts the paragraphs of every list as Word does, and prints their numbers."""

    def __init__(self, document: Document) -> None:
        self._lists = _lists(document)
        self._styles = _style_numbers(document)
        self._counts: dict[str, list[int | None]] = {}

    def printed(self, paragraph: _Element) -> str:
        """The number that Word draws before a paragraph; empty where it draws none."""
        place = _number_of(paragraph.find(qn("w:pPr"))) or self._styles.get(_style_of(paragraph))
        found = self._lists.get(place[0]) if place else None
        if place is None or found is None or place[1] not in found.levels:
            return ""
        depth = place[1]
        counts = self._counts.setdefault(found.abstract, [None] * DEEPEST)
        current = counts[depth]
        counts[depth] = found.levels[depth][2] if current is None else current + 1
        counts[depth + 1 :] = [None] * (DEEPEST - depth - 1)
        return _drawn(found.levels, depth, counts)


def _drawn(levels: Mapping[int, Level], depth: int, counts: list[int | None]) -> str:
    form, text, _ = levels[depth]
    if form in _NONE:
        return ""
    for above in range(DEEPEST):
        if f"%{above + 1}" in text and above in levels:
            count = counts[above] if counts[above] is not None else levels[above][2]
            text = text.replace(f"%{above + 1}", _number(levels[above][0], count or 0))
    return text


def _number(form: str, value: int) -> str:
    if form in _CHINESE and value < 10_000:
        return chinese_numeral(value)
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and value > 0:
        return circled(value)
    if form == "decimalZero":
        return f"{value:02d}"
    if form in {"upperLetter", "lowerLetter"} and 0 < value <= 26:
        return chr((64 if form == "upperLetter" else 96) + value)
    return str(value)


def _number_of(properties: _Element | None) -> tuple[str, int] | None:
    """(list, depth) of a paragraph or a style."""
    found = properties.find(qn("w:numPr")) if properties is not None else None
    if found is None:
        return None
    name, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    if name is None:
        return None
    return _text_of(name), min(_whole(_text_of(depth), 0), DEEPEST - 1)


def _text_of(element: _Element | None) -> str:
    return (element.get(qn("w:val")) or "") if element is not None else ""


def _whole(written: str, otherwise: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else otherwise


def _style_of(paragraph: _Element) -> str:
    properties = paragraph.find(qn("w:pPr"))
    return _text_of(properties.find(qn("w:pStyle"))) if properties is not None else ""


def _style_numbers(document: Document) -> dict[str, tuple[str, int]]:
    """Style → (list, depth), a style that has none taking it from the style that it is based on."""
    direct: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in document.styles.element.iter(qn("w:style")):
        name = style.get(qn("w:styleId")) or ""
        based[name] = _text_of(style.find(qn("w:basedOn")))
        if found := _number_of(style.find(qn("w:pPr"))):
            direct[name] = found
    return {name: found for name in based if (found := _inherited(name, direct, based))}


def _inherited(name: str, direct: dict[str, tuple[str, int]], based: dict[str, str]) -> tuple[str, int] | None:
    seen: set[str] = set()
    while name and name not in seen:
        if name in direct:
            return direct[name]
        seen.add(name)
        name = based.get(name, "")
    return None


def _lists(document: Document) -> dict[str, _List]:
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {found.get(qn("w:abstractNumId")) or "": found for found in root.findall(qn("w:abstractNum"))}
    lists: dict[str, _List] = {}
    for number in root.findall(qn("w:num")):
        name = _text_of(number.find(qn("w:abstractNumId")))
        if name not in abstract:
            continue
        levels = _levels(abstract[name])
        overrides = number.findall(qn("w:lvlOverride"))
        for override in overrides:
            levels.update(_levels(override))
        own = f"{name}/{number.get(qn('w:numId'))}" if overrides else name
        lists[number.get(qn("w:numId")) or ""] = _List(own, levels)
    return lists


def _levels(parent: _Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in parent.findall(qn("w:lvl")):
        depth = _whole(level.get(qn("w:ilvl")) or "", DEEPEST)
        if depth < DEEPEST:
            first = _whole(_text_of(level.find(qn("w:start"))), 1)
            form = _text_of(level.find(qn("w:numFmt"))) or "decimal"
            levels[depth] = (form, _text_of(level.find(qn("w:lvlText"))), first)
    return levels
