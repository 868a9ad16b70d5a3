"""Lines as they were received → whole paragraphs: what extraction broke is joined, nothing else is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.document import MARKUP
from generator.importing.documents import LeftOut, Line, Received, Table
from generator.importing.furniture import without_furniture
from generator.importing.kinds import PERSONS, is_signature, names_persons
from generator.importing.layout import Layout, layout_of
from generator.importing.markers import read_marker
from generator.importing.open_paragraph import Open
from generator.importing.seams import continues
from generator.importing.table_seams import with_whole_tables
from generator.importing.traced import Traced
from generator.phrases.characters import alike
from generator.phrases.names import apart

_BLANK = re.compile(r"(?P<left>[\x21-\x7e]?)[\s\u3000]+(?=(?P<right>[\x21-\x7e]?))")
_SPACE = re.compile(r"\s")
_FORMULA = re.compile(r"(?:PM|CO|SO|NO|NH|O|VOC|H|CH)$")
_DUTY = re.compile("牵头|责任|配合|负责|协办|参与|落实")
_BARE = re.compile(r"[0-9]{1,2}\s+[\u4e00-\u9fff、]{2,20}$")
HEADING_BLANK = "\u3000"
_HEADED = re.compile(
    r"(?P<head>\S{1,6}[.、．)）][ \u3000]?[^\s。，,；;：:、]{4,24})[ \u3000]+"
    r"(?P<text>[0-9０-９\u4e00-\u9fff](?:\S*[，。,；]\S*|\S{14,}))"
)
"""1. 压实责任 每季度检查一次。: one blank is all that parts a heading from its text."""
_TASK_NUMBER = re.compile(
    r"(?:重点|专项)?(?:任务|措施|行动|工程|项目)\s*(?:[一二三四五六七八九十]{1,3}|[0-9]{1,3})"
)
_OUTLINE = re.compile(r"[0-9]{1,3}\.")
_LATIN = re.compile(r"[A-Za-z]{2,}[ ,.;:'&-]+[A-Za-z]{2,}$")
_WORD_START = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class Mended:
    """The document in paragraphs and tables; `kept` are the lines that its text stands in, as received."""

    name: str
    parts: tuple[Traced | Table, ...]
    left_out: tuple[LeftOut, ...]
    kept: tuple[str, ...]


def mend(received: Received) -> Mended:
    """Join broken lines, drop what belongs to pages and sites, and keep account of both."""
    plain, furniture = without_furniture(received.parts)
    parts = list(with_whole_tables(plain))
    layout = layout_of([part for part in parts if isinstance(part, Line)])
    mended = list(_paragraphs(parts, layout))
    persons = [part for part in mended if isinstance(part, Traced) and names_persons(part.text)]
    gone = {where for part in persons for where in part.wheres}
    kept = tuple(part.text for part in parts if isinstance(part, Line) and part.where not in gone)
    told = [LeftOut(part.place, f"（“{alike(part.text).partition(':')[0]}”一行）", PERSONS) for part in persons]
    others = tuple(part for part in mended if part not in persons) if persons else tuple(mended)
    return Mended(received.name, others, (*received.left_out, *furniture, *told), kept)


def _paragraphs(parts: Sequence[Line | Table], layout: Layout) -> Iterator[Traced | Table]:
    current: Open | None = None
    tidied = [tidy(part.text) if isinstance(part, Line) else "" for part in parts]
    for part, text, following in zip(parts, tidied, (*tidied[1:], ""), strict=False):
        if isinstance(part, Table):
            if current is not None:
                yield current.closed()
                current = None
            yield part
            continue
        if not text:
            continue
        if current is not None and continues(current, part, text, following, layout):
            current.add(text, part, _seam(current.last, text))
            continue
        if current is not None:
            yield current.closed()
        current = Open(text, part)
        layout.seen(text)
    if current is not None:
        yield current.closed()


def tidy(text: str) -> str:
    """A line without marks at its start and blanks that mean nothing; a blank between Latin words stays."""
    plain = MARKUP.sub("", text).strip()
    if not _SPACE.search(plain):
        return plain
    headed = _HEADED.fullmatch(plain)
    if headed and read_marker(plain):
        return f"{tidy(headed['head'])}{HEADING_BLANK}{headed['text']}"
    return _BLANK.sub(_blank, plain)


def _blank(found: re.Match[str]) -> str:
    left, right = found["left"], found["right"]
    if left.isdigit() and not right and _BARE.match(found.string):
        return f"{left} "
    if left == "." and right.isdigit() and _OUTLINE.fullmatch(found.string[: found.start() + 1]):
        return ". "
    start, end = found.end("left"), found.end()
    if _TASK_NUMBER.fullmatch(found.string[:start]):
        return f"{left} "
    listed = _DUTY.search(found.string, max(0, start - 200), end + 50) or is_signature(found.string)
    if listed and apart(found.string, start, end):
        return f"{left} "
    if not left.isalnum() or not right.isalnum() or (left.isdigit() and right.isdigit()):
        return left
    word = _FORMULA.search(found.string, max(0, found.start() - 4), found.start() + 1)
    return left if word and (right.isdigit() or right == "x") else f"{left} "


def _seam(before: str, after: str) -> str:
    """Words of a Latin phrase that a line end parted had a blank between them; VO and Cs in Chinese had none."""
    phrase = _LATIN.search(before) and _WORD_START.match(after)
    return " " if phrase else ""
