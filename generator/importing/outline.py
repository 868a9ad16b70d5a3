"""Numbered paragraphs → a tree: which number stands under which, whatever styles a document uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.importing.documents import Table
from generator.importing.markers import Marker, Style
from generator.importing.paragraphs import Paragraph, is_plain_heading
from generator.importing.traced import Traced

RANKS = (
    Style.PART,
    Style.CHAPTER,
    Style.SECTION,
    Style.COMMA,
    Style.ARTICLE,
    Style.BRACKETED,
    Style.BARE,
    Style.DOT,
    Style.DECIMAL,
    Style.FINE_DECIMAL,
    Style.BRACKETED_FIGURE,
    Style.HALF_BRACKET,
    Style.CIRCLED,
)
"""From the top down, where a document does not show the order itself."""
DEEPEST = 12


@dataclass
class Node:
    """A number with all that stands under it; the root and headings without a number have no marker."""

    marker: Marker | None
    head: Traced
    parent: Node | None = None
    paragraphs: list[Traced | Table] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    gap: bool = False
    """True where the number does not follow the one before it."""

    @property
    def style(self) -> Style | None:
        """The style of its number."""
        return self.marker.style if self.marker else None

    @property
    def ordinal(self) -> int:
        """The value of its number, 0 for none."""
        return self.marker.ordinal if self.marker else 0

    def walk(self) -> Iterator[Node]:
        """Itself and all below it, in order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def texts(self) -> Iterator[Traced | Table]:
        """All paragraphs of it and below it, in order, heads included."""
        for node in self.walk():
            if node.parent is not None:
                yield node.head
            yield from node.paragraphs


def build_tree(body: Sequence[Paragraph]) -> Node:
    """The tree of a plan's body."""
    builder = _Builder()
    for index, paragraph in enumerate(body):
        following = body[index + 1] if index + 1 < len(body) else None
        builder.take(paragraph, following)
    return builder.root


class _Builder:
    """Keeps the path from the root to where the text is."""

    def __init__(self) -> None:
        self.root = Node(None, Traced(""))
        self.path = [self.root]
        self.last: dict[Style, int] = {}

    def take(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        """Take the next paragraph."""
        if paragraph.table is not None:
            self.path[-1].paragraphs.append(paragraph.table)
        elif paragraph.marker is not None:
            self._number(paragraph.text, paragraph.marker)
        elif (
            following is not None
            and following.marker is not None
            and is_plain_heading(paragraph.text, following.marker)
        ):
            self._plain_heading(paragraph.text, following.marker)
        else:
            self.path[-1].paragraphs.append(paragraph.text)

    def _number(self, text: Traced, marker: Marker) -> None:
        level = self._level(marker)
        del self.path[level:]
        expected = {1, self.last.get(marker.style, 0) + 1}
        before = next((child for child in reversed(self.path[-1].children) if child.marker), None)
        if before is not None and before.style is marker.style:
            expected = {before.ordinal + 1}
        node = Node(marker, text, self.path[-1], gap=marker.ordinal not in expected)
        self.path[-1].children.append(node)
        self.path.append(node)
        self.last[marker.style] = marker.ordinal

    def _level(self, marker: Marker) -> int:
        """How much of the path stays above a new number."""
        same = [place for place in range(len(self.path) - 1, 0, -1) if self.path[place].style is marker.style]
        for place in same:
            if self.path[place].ordinal + 1 == marker.ordinal:
                return place
        if same and (marker.ordinal > self.path[same[0]].ordinal or same[0] == len(self.path) - 1):
            return same[0]
        if same and marker.ordinal != 1:
            return same[-1]
        if same:
            return len(self.path) if len(self.path) < DEEPEST else same[0]
        return self._level_by_rank(marker.style)

    def _level_by_rank(self, style: Style) -> int:
        """A style that is not in the path goes below it, but above styles that rank below it."""
        if style not in RANKS:
            return min(len(self.path), DEEPEST)
        level = len(self.path)
        while level > 1:
            above = self.path[level - 1].style
            if above is None or above not in RANKS or RANKS.index(above) <= RANKS.index(style):
                break
            level -= 1
        return level

    def _plain_heading(self, text: Traced, following: Marker) -> None:
        """A heading without a number stands above the numbers that begin anew below it."""
        same = [place for place, node in enumerate(self.path) if place and node.style is following.style]
        level = same[0] if same else self._level_by_rank(following.style)
        while level > 1 and self.path[level - 1].marker is None:
            level -= 1
        del self.path[level:]
        node = Node(None, text, self.path[-1])
        self.path[-1].children.append(node)
        self.path.append(node)
