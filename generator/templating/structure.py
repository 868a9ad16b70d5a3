"""Whether the statements of a template open and close as they must: `for` … `endfor`, in one table or one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.findings import shown, suggestion
from generator.office.word_paragraphs import holder
from generator.templating.tags import Fault, Tag

CLOSES = {"endfor": "for", "endif": "if"}
BRANCHES = {"else": ("for", "if"), "elif": ("if",)}
PLAIN = ("set", "colspan", "cellbg", "vm", "hm")
KEYWORDS = (*CLOSES.values(), *CLOSES, *BRANCHES, *PLAIN)


def structure_faults(tags: Iterable[Tag]) -> Iterator[Fault]:
    """Loops and conditions that are left open, closed without a beginning, or closed elsewhere."""
    opened: list[Tag] = []
    for tag in tags:
        keyword = tag.keyword
        if keyword in CLOSES.values():
            opened.append(tag)
        elif keyword in CLOSES:
            yield from _closing(opened, tag)
        elif keyword in BRANCHES:
            if not opened or opened[-1].keyword not in BRANCHES[keyword]:
                yield tag.place, f"{shown(tag.text)} 不在“{'”“'.join(BRANCHES[keyword])}”之内"
        elif tag.sign == "{%" and keyword not in PLAIN:
            yield tag.place, _unknown(tag)
    for tag in opened:
        yield tag.place, f"{shown(tag.text)} 没有结束；应有 {_ending(tag)}"


def _unknown(tag: Tag) -> str:
    if tag.keyword in {"tr", "tc", "p", "r"}:
        return f"{shown(tag.text)} 写法不对；“{{%”与“{tag.keyword}”之间不可有空格"
    hint = suggestion(tag.keyword, KEYWORDS) or f"可用的有：{'、'.join((*CLOSES.values(), *CLOSES, *BRANCHES))}"
    return f"{shown(tag.text)} 不是可用的语句；{hint}"


def _closing(opened: list[Tag], tag: Tag) -> Iterator[Fault]:
    """The loop or condition that a tag closes must be the last one opened, of the same kind, in the same whole."""
    if not opened or opened[-1].keyword != CLOSES[tag.keyword]:
        last = f"；前面还没有结束的是 {shown(opened[-1].text)}（{opened[-1].place}）" if opened else ""
        yield tag.place, f"{shown(tag.text)} 没有对应的开始{last}"
        return
    begin = opened.pop()
    if begin.scope != tag.scope:
        words = f"{shown(begin.text)}（{begin.place}）应以 {_ending(begin)} 结束"
        yield tag.place, f"{words}，现为 {shown(tag.text)}"
    elif _whole(begin) is not _whole(tag):
        yield tag.place, f"{shown(tag.text)} 与 {shown(begin.text)}（{begin.place}）不在同一{_where(tag)}内"


def _ending(tag: Tag) -> str:
    return f"{{%{tag.scope} end{tag.keyword} %}}"


def _whole(tag: Tag) -> Any:
    """What a pair of tags must share: the table, the row, the cell or the paragraph."""
    if tag.scope in {"tr", "tc"}:
        return holder(tag.paragraph.element, {"tr": "tbl", "tc": "tr"}[tag.scope])
    return tag.paragraph.container if tag.scope == "p" else tag.paragraph.element


def _where(tag: Tag) -> str:
    return {"tr": "表格", "tc": "行", "p": "单元格或正文", "r": "段", "": "段"}[tag.scope]
