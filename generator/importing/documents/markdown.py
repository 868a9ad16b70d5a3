"""Markdown: its lines without the marks that format them, and its tables."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

from generator.importing.documents.characters import Cleaner
from generator.importing.documents.grids import full_grid
from generator.importing.documents.plain_text import decoded, text_lines, without_tags
from generator.importing.documents.received import Cell, LeftOut, Line, Received, Table

_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE_ROW = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CELLS = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_MARKS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"<!--.*?-->", re.S), "", "注释"),
    (re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|```\w*|~~~\w*)\s*$", re.M), "", "分隔线"),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), "", "图片"),
    (re.compile(r"(?<!!)\[([^\]\n]*)\]\((?:https?://|/|\./|#|mailto:)[^)\n]*\)"), r"\1", "链接"),
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"\1", "加粗标记"),
    (re.compile(r"^(\s*)(?:[*+>]\s+)+", re.M), r"\1", "列表或引用标记"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1", "转义符"),
)


def read_markdown(name: str, content: bytes) -> Received:
    """A .md: `#` and `- ` are left to the mending, for they mean nothing certain; tables are read as tables."""
    cleaner = Cleaner()
    text = cleaner.clean(decoded(name, content), "全文")
    text = _BREAK.sub(lambda found: "\n" if not _in_row(text, found.start()) else " ", text)
    text, tags = without_tags(text)
    text, marks = _without_marks(text)
    return Received(name, tuple(_parts(text)), (*cleaner.left_out(), *tags, *marks))


def _in_row(text: str, position: int) -> bool:
    return text.rfind("|", text.rfind("\n", 0, position) + 1, position) >= 0


def _without_marks(text: str) -> tuple[str, list[LeftOut]]:
    gone: Counter[str] = Counter()
    for pattern, plain, name in _MARKS:
        text, count = pattern.subn(partial(_plainly, plain), text)
        gone[name] += count
    return text, [LeftOut("全文", f"{name} × {count}", "Markdown 标记") for name, count in gone.items() if count]


def _plainly(plain: str, found: re.Match[str]) -> str:
    """What stays of a mark; line ends that it took with it stay too, so that line numbers do."""
    kept = found.expand(plain)
    return kept + "\n" * (found.group().count("\n") - kept.count("\n"))


def _parts(text: str) -> list[Line | Table]:
    """Lines and tables; a table is two rows or more of which the second is a rule."""
    lines = text.split("\n")
    parts: list[Line | Table] = []
    start = index = 0
    while index < len(lines):
        if index + 1 < len(lines) and "|" in lines[index] and _RULE_ROW.match(lines[index + 1]):
            parts += text_lines("\n".join(lines[start:index]), start + 1)
            end = index + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            parts.append(_table(lines, index, end))
            start = index = end
        else:
            index += 1
    return [*parts, *text_lines("\n".join(lines[start:]), start + 1)]


def _table(lines: list[str], start: int, end: int) -> Table:
    rows = [
        [
            Cell(cell.replace("\\|", "|").strip(), f"第{number + 1}行第{column}列")
            for column, cell in _cells(lines[number])
        ]
        for number in range(start, end)
        if number != start + 1
    ]
    return Table(full_grid(rows, f"第{start + 1}行"), f"第{start + 1}行")


def _cells(line: str) -> list[tuple[int, str]]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return list(enumerate(_CELLS.split(inner), 1))
