"""What a paragraph of a paper is: title, heading of a level, body text, note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from generator.auditing.document import Document, Text

ATTACHMENT = re.compile(r"附件\s*\d*\s*$")


@dataclass(frozen=True)
class Level:
    """层次: what begins it, how messages call it, and the face of its headings."""

    sign: re.Pattern[str]
    words: str
    face: str


LEVELS = (
    Level(re.compile(r"[一二三四五六七八九十百]+、"), "一级标题“一、”", "黑体"),
    Level(re.compile(r"（[一二三四五六七八九十百]+）"), "二级标题“（一）”", "楷体"),
    Level(re.compile(r"\d{1,2}[.．](?!\d)"), "三级标题“1.”", "仿宋"),
    Level(re.compile(r"（\d{1,2}）"), "四级标题“（1）”", "仿宋"),
)
NOTE = re.compile(r"注\s*[:：]?|备注\s*[:：]|说明\s*[:：]")
NOTE_SIZE = 21
"""五号 in half-points."""
MARKS = frozenset({"内部资料", "示例", "样式"})
PROSE = 40
"""A paragraph of so many characters is body text, not a line to fill in."""


def title_of(document: Document) -> Text | None:
    """The first paragraph that says something, past 附件1 and past a line that only names the edition."""
    outside = takewhile(lambda text: not text.in_table, document.texts)
    return next((text for text in outside if not ATTACHMENT.match(text.text) and not is_mark(text)), None)


def is_mark(text: Text) -> bool:
    """内部资料 and its like above the title."""
    return text.text.strip("【】[]（）★") in MARKS


def is_body_text(text: Text) -> bool:
    """A paragraph of prose on a standing page, outside tables and notes."""
    long = len(text.text) >= PROSE or level_of(text) is not None
    return long and not text.in_table and not text.section.landscape and not is_note(text)


def level_of(text: Text) -> Level | None:
    """The level whose number a paragraph begins with."""
    return next((level for level in LEVELS if level.sign.match(text.text)), None)


def is_note(text: Text) -> bool:
    """注 and what follows it in the same small type."""
    small = all(look.half_points <= NOTE_SIZE for look in text.looks)
    return bool(NOTE.match(text.text)) or (small and bool(text.looks))
