"""Items without numbers: a heading and the text below it, or a paragraph that ends with its units, is one."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importing.documents import Table
from generator.importing.kinds import is_field_line
from generator.importing.levels import speaks_of_units
from generator.importing.markers import Marker, Style, read_marker
from generator.importing.outline import Node
from generator.importing.traced import Traced
from generator.phrases.characters import alike

LONGEST_HEADING = 30
FEWEST = 3
"""So many paragraphs with units under one number make each of them an item."""


def number_items(root: Node) -> None:
    """Give every item without a number a node of its own, where numbers do not tell the items."""
    owners = [node for node in root.walk() if node.parent is not None and _told(node.paragraphs)]
    several = sum(len(_told(node.paragraphs)) > 1 for node in owners)
    tops = all(node.parent is root and not node.children for node in owners)
    if not root.children and root.paragraphs:
        _split(root, 1)
    elif owners and tops and several * 2 > len(owners):
        for node in owners:
            _split(node, 1)
    elif len(owners) <= 2:
        for node in owners:
            if not node.children and len(_told(node.paragraphs)) >= FEWEST:
                _split(node, FEWEST)


def _told(paragraphs: Sequence[Traced | Table]) -> list[int]:
    """The paragraphs that end with their units; 牵头单位：… and 配合单位：… below each other end one item."""
    return [
        index
        for index, text in enumerate(paragraphs)
        if isinstance(text, Traced) and speaks_of_units(text.text) and not _lines_follow(paragraphs, index)
    ]


def _lines_follow(paragraphs: Sequence[Traced | Table], index: int) -> bool:
    pair = paragraphs[index : index + 2]
    return len(pair) == 2 and all(isinstance(text, Traced) and is_field_line(text.text) for text in pair)


def first_item(texts: Sequence[Traced]) -> int:
    """Where the items of a text without numbers begin; its length where there are none."""
    told = _told(texts)
    # The first line is the document's title, if anything.
    headings = [index for index in range(1, len(texts) - 1) if is_heading(texts, index)]
    if told:
        before = [index for index in headings if index < told[0]]
        return before[0] if before else told[0]
    return headings[0] if len(headings) >= 2 else len(texts)


def is_heading(texts: Sequence[Traced | Table], index: int) -> bool:
    """A few words without any mark above a paragraph of prose."""
    text, following = texts[index], texts[index + 1] if index + 1 < len(texts) else None
    if not isinstance(text, Traced) or not isinstance(following, Traced):
        return False
    folded = alike(text.text)
    bare = len(folded) <= LONGEST_HEADING and not any(mark in folded for mark in "。,;:!?()[]")
    prose = "。" in following.text or speaks_of_units(following.text)
    return bare and prose and not is_field_line(folded) and read_marker(folded) is None


def _split(node: Node, fewest: int) -> None:
    """Move the paragraphs of a node into items below it; what stands before the first stays."""
    parts = list(node.paragraphs)
    told = _told(parts)
    headings = [index for index in range(len(parts)) if is_heading(parts, index)]
    if len(told) < fewest and len(headings) < 2:
        return
    starts = _starts(told, headings, len(parts))
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(parts)], strict=True), 1):
        head, *rest = parts[start:end]
        if isinstance(head, Traced):
            node.children.append(Node(Marker(Style.UNNUMBERED, number, 0), head, node, rest))
    node.paragraphs = parts[: starts[0]]


def _starts(told: Sequence[int], headings: Sequence[int], count: int) -> list[int]:
    """An item begins at its heading, else right after the item before it."""
    if len(headings) * 2 >= len(told):
        return list(headings)
    starts: list[int] = []
    for place, index in enumerate(told):
        earliest = told[place - 1] + 1 if place else index
        heading = next((found for found in headings if earliest <= found <= index), None)
        starts.append(heading if heading is not None else min(earliest, index))
    return starts
