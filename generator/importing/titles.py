"""Titles of numbered paragraphs: on a line of their own, run into the text, or none at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.importing.documents import Table
from generator.importing.kinds import is_side_line
from generator.importing.levels import speaks_of_units
from generator.importing.markers import Style
from generator.importing.mending import HEADING_BLANK
from generator.importing.outline import Node
from generator.importing.sentences import first_sentence
from generator.importing.traced import Traced
from generator.model import DeadlineKind
from generator.phrases import (
    PhraseContext,
    deadlines_of,
    find_brackets,
    is_responsibility_bracket,
    read,
    targets_of,
)
from generator.phrases.characters import alike

LONGEST = 45
USUAL = 30
_COLON = re.compile(r"[^。,;:()]{2,25}:(?=.)")
_MARKS = "。:;,.!?、"
_DATED = frozenset((DeadlineKind.BY, DeadlineKind.FROM, DeadlineKind.BETWEEN))


@dataclass(frozen=True)
class Heading:
    """A number as printed, its title and the mark after it, and the text that follows."""

    printed: str
    title: str | None
    mark: str
    rest: Traced | None

    @property
    def full(self) -> str:
        """The title with its mark, as sections and chapters keep it."""
        return f"{self.title or ''}{self.mark if self.title else ''}"


@dataclass(frozen=True)
class TitleStyle:
    """How the measures of one plan bear their titles."""

    run_in: bool
    colon: bool


def title_style(nodes: Sequence[Node]) -> TitleStyle:
    """What most measures with more than one sentence do: a short first one, or a few words and a colon."""
    pairs = [(node, _after_number(node)[1]) for node in nodes]
    alone = sum(1 for node, text in pairs if _alone(node, text))
    longer = [text.text for node, text in pairs if not _alone(node, text) and _goes_on(text.text)]
    run_in = sum(1 for text in longer if 0 < _run_in(text) <= USUAL + 1)
    colon = sum(1 for _, text in pairs if _COLON.match(alike(text.text[:40])))
    return TitleStyle(
        (run_in + alone) * 5 >= (len(longer) + alone) * 3 and run_in > 0, colon * 5 >= len(pairs) * 3
    )


def _goes_on(text: str) -> bool:
    """Whether anything but a bracket about units follows the first sentence."""
    end = first_sentence(text[: 2 * LONGEST])
    return end < len(text) and not _only_responsibility(text[end:])


def heading_of(node: Node, style: TitleStyle) -> Heading:
    """The parts of a measure's first paragraph."""
    heading = _heading(node, style)
    if heading.title is None or not binds(heading.title):
        return heading
    text = _after_number(node)[1]
    words = _before_bracket(heading.title)
    if words and not binds(words):
        return Heading(heading.printed, words, "", text.cut(len(words)))
    return Heading(heading.printed, None, "", text)


def _before_bracket(title: str) -> str:
    """排查阶段（8月20日前） without its bracket; empty where nothing else stands there."""
    found = find_brackets(title)[-1:]
    return title[: found[0].start] if found and found[0].end == len(title) else ""


def binds(title: str) -> bool:
    """Whether a heading itself sets a day or a figure (排查阶段（8月20日前）): then it is text, and kept."""
    found = read(title, PhraseContext())
    days = (time.value.kind for time in deadlines_of(found.folded, found.times))
    figures = (target.value for target in targets_of(found))
    return any(kind in _DATED for kind in days) or any(
        target.value is not None and target.symbol for target in figures
    )


def _heading(node: Node, style: TitleStyle) -> Heading:
    printed, text = _after_number(node)
    if _alone(node, text):
        return _whole(printed, text)
    head, blank, words = text.text.partition(HEADING_BLANK)
    if blank and len(head) <= LONGEST and words:
        return Heading(printed, head, "", text.cut(len(head) + 1))
    units = _units_behind(node, text)
    if units:
        return Heading(printed, text.text[:units], "", text.cut(units))
    end = _run_in(text.text) if style.run_in else 0
    if not end and style.colon and (match := _COLON.match(alike(text.text[:40]))):
        end = match.end()
    if end < 2:
        return Heading(printed, None, "", text if text.text else None)
    return Heading(printed, text.text[: end - 1], text.text[end - 1], text.cut(end))


def section_heading(node: Node) -> Heading:
    """A section's or a chapter's: its title is the first sentence where that is short, else the number alone."""
    printed, text = _after_number(node)
    end = first_sentence(text.text)
    if end == len(text.text) and end <= 2 * LONGEST:
        return _whole(printed, text)
    if 1 < end <= LONGEST + 1:
        return Heading(printed, text.text[: end - 1], text.text[end - 1], text.cut(end))
    match = _COLON.match(alike(text.text[:40]))
    end = match.end() if match else 0
    if end < 2:
        return Heading(printed, None, "", text)
    return Heading(printed, text.text[: end - 1], text.text[end - 1], text.cut(end))


def _after_number(node: Node) -> tuple[str, Traced]:
    length = node.marker.length if node.marker else 0
    text = node.head.text
    while length < len(text) and text[length] == " ":
        length += 1
    return text[:length].strip(), node.head.cut(length)


def _whole(printed: str, text: Traced) -> Heading:
    mark = text.text[-1:] if text.text[-1:] and alike(text.text[-1:]) in _MARKS else ""
    title = text.text[: len(text.text) - len(mark)]
    return Heading(printed, title, mark, None) if title else Heading(printed, None, "", text if mark else None)


def _alone(node: Node, text: Traced) -> bool:
    """A short line without a sentence in it, above text of its own."""
    words = alike(text.text).rstrip("。:")
    ended = alike(text.text).endswith(("。", ":"))
    if ended and ("," in alike(words) or node.style is Style.ARTICLE):
        return False
    follows = bool(node.children) or any(not _aside(part) for part in node.paragraphs)
    return follows and 0 < len(words) <= LONGEST and "。" not in words and not speaks_of_units(words)


def _aside(part: Traced | Table) -> bool:
    return isinstance(part, Traced) and is_side_line(part.text)


def _units_behind(node: Node, text: Traced) -> int:
    """Where a heading on its own line ends and a bracket about its units begins; 0 where there is none."""
    folded = alike(text.text)
    below = [part for part in list(node.texts())[1:] if isinstance(part, Traced)]
    if folded[-1:] not in {")", "]"} or not below or any(speaks_of_units(part.text) for part in below):
        return 0
    last = find_brackets(text.text)[-1:]
    words = folded[: last[0].start] if last and last[0].end == len(folded) else ""
    short = 2 <= len(words) <= LONGEST and not any(mark in words for mark in "。,;:")
    return len(words) if short and is_responsibility_bracket(last[0].content) else 0


def _run_in(text: str) -> int:
    """Where a title that runs into the text ends, mark included; 0 where there is none."""
    end = first_sentence(text[: 2 * LONGEST])
    rest = text[end:]
    if end >= min(len(text), 2 * LONGEST) or end > LONGEST + 1 or alike(text)[end - 1 : end] != "。":
        return 0
    if speaks_of_units(text[:end]) or _only_responsibility(rest):
        return 0
    return end


def _only_responsibility(rest: str) -> bool:
    """What follows is a bracket about units and nothing else, so that the sentence is the text itself."""
    folded = alike(rest)
    return folded[:1] in {"(", "["} and first_sentence(rest) >= len(rest.rstrip("。")) and speaks_of_units(rest)
