"""Where one plan ends and an annexed one begins: each annex that restarts its numbering is a plan of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.importing.footnotes import first_footnote
from generator.importing.kinds import is_annex_label, is_signature, is_title
from generator.importing.markers import Style
from generator.importing.paragraphs import Paragraph, is_plain_heading
from generator.importing.task_tables import is_task_table
from generator.importing.unnumbered import first_item
from generator.model import BlockKind

LOOK_AHEAD = 15
FAR_AHEAD = 300
SHORTEST_TITLE = 8
CLOSING = frozenset(
    (BlockKind.SIGNATURE, BlockKind.NOTICE, BlockKind.ANNEX_LINE, BlockKind.COPIES, BlockKind.IMPRINT)
)

_FAREWELL = re.compile(r"(?:特此|专此)[\u4e00-\u9fff]{1,4}[。.]?")


@dataclass(frozen=True)
class Part:
    """One plan of the document: what stands before its numbers, what is numbered, what stands after."""

    front: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    back: tuple[Paragraph, ...]
    annex: bool = False
    guessed: bool = False
    """True where only the numbering told that a new plan begins."""


def split_parts(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    """The plans of the document, the main one first."""
    starts = list(_starts(paragraphs))
    bounds = [*(start for start, _ in starts), len(paragraphs)]
    return tuple(
        replace(_part(paragraphs[begin:end]), annex=number > 0, guessed=guessed)
        for number, ((begin, guessed), end) in enumerate(zip(starts, bounds[1:], strict=True))
    )


def _starts(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, bool]]:
    """(first paragraph of a plan, whether only its numbers told)."""
    yield 0, False
    top: Style | None = None
    last = begun = 0
    for index, paragraph in enumerate(paragraphs):
        marker = paragraph.marker
        if top is not None and index > begun:
            again = _begins_again(paragraphs, index, top, last)
            if again is not None:
                yield index, again
                top, last, begun = None, 0, index
                marker = paragraph.marker
        if paragraph.table is not None and is_task_table(paragraph.table):
            top, last = top or Style.DOT, max(last, 1)
        if marker is not None and (top is None or marker.style is top):
            top, last = marker.style, marker.ordinal


def _begins_again(paragraphs: Sequence[Paragraph], index: int, top: Style, last: int) -> bool | None:
    """Whether a new plan begins here: False for certain, True by its numbers only, None if none does."""
    paragraph = paragraphs[index]
    text = paragraph.text.text
    if paragraph.table is not None:
        return None
    if paragraph.marker is not None:
        restart = paragraph.marker.style is top and paragraph.marker.ordinal == 1 and last >= 2
        if _is_plain_heading(paragraphs, index - 1):
            return None
        return True if restart and _goes_on(paragraphs, index, top) else None
    if is_annex_label(text):
        return False if _numbered_again(paragraphs, index, None) else None
    if paragraph.kind is BlockKind.ANNEX_LINE:
        return False if _table_follows(paragraphs, index) else None
    if paragraph.kind is None and is_title(text) and len(text) >= SHORTEST_TITLE:
        return False if _numbered_again(paragraphs, index, top) else None
    return None


def _table_follows(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """附件：任务分解表, and right below it, or below its title, the table."""
    for later in paragraphs[index + 1 : index + 3]:
        if later.table is not None:
            return is_task_table(later.table)
        if not is_title(later.text.text):
            return False
    return False


def _goes_on(paragraphs: Sequence[Paragraph], index: int, top: Style) -> bool:
    """A second 一、 begins a plan only where a 二、 follows it."""
    near = paragraphs[index + 1 : index + 1 + FAR_AHEAD]
    later = (found.marker for found in near if found.marker and found.marker.style is top)
    following = next(later, None)
    return following is not None and following.ordinal == 2


def _numbered_again(paragraphs: Sequence[Paragraph], index: int, top: Style | None) -> bool:
    """Whether the next number, not far from here, is a first one; a table of tasks counts as one."""
    for later in paragraphs[index + 1 : index + 1 + LOOK_AHEAD]:
        if later.table is not None:
            return is_task_table(later.table)
        if later.marker is not None:
            return later.marker.ordinal == 1 and (top is None or later.marker.style is top)
    return False


def _part(paragraphs: Sequence[Paragraph]) -> Part:
    first = next((index for index, found in enumerate(paragraphs) if found.marker or found.table), None)
    if first is None:
        first = _first_unnumbered(paragraphs)
    elif first > 1 and paragraphs[first].marker and _is_plain_heading(paragraphs, first - 1):
        first -= 1
    end = min(_last_annex(paragraphs, first), first_footnote(paragraphs, first))
    while end > first and _closes(paragraphs[end - 1]):
        end -= 1
    return Part(tuple(paragraphs[:first]), tuple(paragraphs[first:end]), tuple(paragraphs[end:]))


def _last_annex(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where a last annex begins that holds no numbers (a list of members): it is none of the measures."""
    for index in range(len(paragraphs) - 1, first, -1):
        found = paragraphs[index]
        if found.marker is not None or (found.table is not None and is_task_table(found.table)):
            break
        if found.kind is BlockKind.ANNEX_LINE and is_annex_label(found.text.text):
            return index
    return len(paragraphs)


def _first_unnumbered(paragraphs: Sequence[Paragraph]) -> int:
    """Where the items begin in a document without numbers."""
    plain = [index for index, found in enumerate(paragraphs) if found.kind is None]
    start = first_item([paragraphs[index].text for index in plain])
    return plain[start] if start < len(plain) else len(paragraphs)


def _is_plain_heading(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """A short line without marks that is no title: it heads the numbers below it."""
    found, following = paragraphs[index], paragraphs[index + 1]
    if found.kind is not None or found.marker or found.table or following.marker is None:
        return False
    return is_plain_heading(found.text, following.marker) and not is_title(found.text.text)


def _closes(paragraph: Paragraph) -> bool:
    """Signature, annex line, copies, imprint: what ends a document."""
    if paragraph.marker is not None or paragraph.table is not None:
        return False
    if _FAREWELL.fullmatch(paragraph.text.text):
        return True
    return paragraph.kind in CLOSING or is_signature(paragraph.text.text)
