"""Plain text: its encoding, found by itself, and its lines."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from generator.importing.documents.characters import Cleaner
from generator.importing.documents.received import Cell, LeftOut, Line, Received, Table, refusal

MOST_FAULTS = 0.02
"""Above this share of characters that cannot be read, the file is of another kind."""
FEWEST_TABS, FEWEST_ROWS = 2, 3
_COMMON = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef0-9A-Za-z\\s]")
_TAGS = re.compile(r"(?!</?sub>)</?(?:sub|sup|b|i|u|em|strong|span|font|br|p|div)(?:\s[^<>]{0,200})?/?>", re.I)


def decoded(name: str, content: bytes) -> str:
    """The text of UTF-8, GB18030 or marked UTF-16; a few spoilt bytes become U+FFFD, many refuse the file."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _checked(name, content.decode(encoding, errors="replace"))
    if content.count(0) * 50 > len(content):
        raise refusal(
            name, "内容不是文字（含有空字节）；请另存为 UTF-8 编码的文本文件，或导入原来的 Word、PDF 文件"
        )
    try:
        return _checked(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    choices = [content.decode(encoding, errors="replace") for encoding in ("gb18030", "utf-8-sig")]
    return _checked(name, min(choices, key=_unlikely))


def _unlikely(text: str) -> float:
    """How little a text looks like Chinese prose: what cannot be read counts ten times."""
    strange = len(text) - len(_COMMON.findall(text))
    return (strange + 10 * text.count("\ufffd")) / max(1, len(text))


def _checked(name: str, text: str) -> str:
    if text.count("\ufffd") > MOST_FAULTS * len(text):
        raise refusal(name, "文字编码认不出来（既不是 UTF-8 也不是 GB18030）；请用记事本另存为 UTF-8 编码后再导入")
    return text


def read_text(name: str, content: bytes) -> Received:
    """A .txt: one line after the other; a form feed is the edge of a page."""
    cleaner = Cleaner()
    text, tags = without_tags(cleaner.clean(decoded(name, content), "全文"))
    return Received(name, tuple(_with_tables(text_lines(text))), (*cleaner.left_out(), *tags))


def _with_tables(lines: list[Line]) -> Iterator[Line | Table]:
    """Lines one below the other with as many tabs are the rows of a table that was copied as text."""
    for tabs, group in groupby(lines, key=lambda line: line.text.strip(" \u3000\n").count("\t")):
        rows = list(group)
        if tabs < FEWEST_TABS or len(rows) < FEWEST_ROWS:
            yield from rows
        else:
            yield Table(tuple(_row(line) for line in rows), rows[0].where)


def _row(line: Line) -> tuple[Cell, ...]:
    cells = line.text.strip(" \u3000\n").split("\t")
    return tuple(Cell(text.strip(), f"{line.where}第{number}列") for number, text in enumerate(cells, 1))


def text_lines(text: str, first: int = 1) -> list[Line]:
    """The lines that hold anything, with how far they are indented and whether a blank line stands before."""
    lines: list[Line] = []
    blank = edge = False
    for number, raw in enumerate(text.split("\n"), first):
        edge = edge or "\f" in raw
        content = raw.replace("\f", "")
        if not content.strip():
            blank = True
            continue
        lines.append(Line(content, f"第{number}行", blank_before=blank, page_edge=edge, indent=indent_of(content)))
        blank = edge = False
    return lines


def indent_of(text: str) -> float:
    """The blanks at the start of a line, in full-width characters."""
    width = 0.0
    for char in text:
        if char == "\t":
            width += 2
        elif char.isspace():
            width += 1 if ord(char) > 0xFF else 0.5
        else:
            break
    return width


def without_tags(text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """A text without the tags that readers leave in it; <sub> stays for the mending, <br> breaks the line."""
    gone = Counter(tag.group() for tag in _TAGS.finditer(text))
    plain = _TAGS.sub(lambda tag: "\n" if tag.group()[1:3].lower() == "br" else "", text)
    return plain, tuple(LeftOut("全文", f"{tag} × {count}", "网页标记") for tag, count in gone.items())
