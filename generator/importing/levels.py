"""Which numbers of an outline are its measures: the level that carries responsibility, else most of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.importing.markers import Style
from generator.importing.outline import RANKS, Node
from generator.importing.traced import Traced
from generator.phrases import find_responsibilities
from generator.phrases.characters import alike
from generator.phrases.duty_places import speaks

GENERAL = (
    "指导思想|总体要求|总体思路|基本原则|工作原则|总体目标|工作目标|主要目标|发展目标|目标任务|目标指标|年度目标|行动目标|"
    "试点目标|建设目标|总体考虑|重大意义|重要意义|工作背景|编制依据|编制背景|现状|形势|适用范围|总则|附则|名词解释|总体安排"
)
MOSTLY = 0.6
FINE = frozenset((Style.BRACKETED_FIGURE, Style.HALF_BRACKET, Style.CIRCLED))
"""Too fine to be measures, unless they alone carry responsibility."""


def is_general(node: Node) -> bool:
    """A section that says why and what for, not who does what."""
    title = alike(node.head.text)[:30].split("。")[0]
    return any(word in title for word in GENERAL.split("|"))


def has_responsibility(texts: Iterable[object]) -> bool:
    """Whether a bracket or a line about units stands in any of the paragraphs."""
    return any(isinstance(text, Traced) and speaks_of_units(text.text) for text in texts)


def speaks_of_units(text: str) -> bool:
    """Whether a paragraph holds a bracket or a line about units."""
    return speaks(text) and bool(find_responsibilities(text))


def measure_style(root: Node) -> Style | None:
    """The style of the numbers that are measures; None where nothing is numbered."""
    nodes = [node for node in root.walk() if node.marker is not None]
    if not nodes:
        return None
    owners = _bracket_owners(nodes)
    if sum(owners.values()) >= 2:
        # Points within a measure may name units too; they are the measures only where they do so by far the most.
        coarse = max((count for style, count in owners.items() if style not in FINE), default=0)
        owners = Counter({style: n for style, n in owners.items() if style not in FINE or n > 2 * coarse})
        most = max(owners.values())
        return max((style for style in owners if owners[style] == most), key=_fineness)
    return _by_coverage(root, nodes)


def _fineness(style: Style) -> int:
    return RANKS.index(style) if style in RANKS else -1


def _bracket_owners(nodes: list[Node]) -> Counter[Style]:
    """How many numbers of each style carry responsibility of their own."""
    direct = {id(node) for node in nodes if has_responsibility((node.head, *node.paragraphs))}
    owners: Counter[Style] = Counter()
    for node in nodes:
        if id(node) in direct:
            owner = _owner(node, direct)
            if owner.style is not None:
                owners[owner.style] += 1
    return owners


def _owner(node: Node, direct: set[int]) -> Node:
    """A bracket at the end of the last of several points, of which no other has one, belongs to all of them."""
    parent = node.parent
    while parent is not None and parent.marker is not None and len(parent.children) > 1:
        others = parent.children[:-1]
        if parent.children[-1] is not node or any(
            id(found) in direct for other in others for found in other.walk()
        ):
            break
        node, parent = parent, parent.parent
    return node


def _by_coverage(root: Node, nodes: list[Node]) -> Style | None:
    """The finest style under whose numbers most of the text stands that is about tasks."""
    weights = {id(node): 0 for node in root.walk()}
    order = list(root.walk())
    for node in reversed(order):
        own = sum(len(text.text) for text in (node.head, *node.paragraphs) if isinstance(text, Traced))
        weights[id(node)] += own
        if node.parent is not None:
            weights[id(node.parent)] += weights[id(node)]
    tasks = [node for node in root.children if not is_general(node)] or root.children
    total = sum(weights[id(node)] for node in tasks)
    covered: Counter[Style] = Counter()
    for top in tasks:
        for style in {node.style for node in top.walk() if node.style is not None}:
            covered[style] += sum(weights[id(node)] for node in _topmost(top, style))
    counts = Counter(node.style for node in nodes)
    wide = [
        style
        for style, weight in covered.items()
        if weight >= MOSTLY * total and style not in FINE and (counts[style] > 1 or len(nodes) == 1)
    ]
    return max(wide, key=_fineness) if wide else max(nodes, key=lambda node: weights[id(node)]).style


def _topmost(top: Node, style: Style) -> Iterable[Node]:
    """The nodes of a style that stand under no other of that style."""
    stack = [top]
    while stack:
        node = stack.pop()
        if node.style is style:
            yield node
        else:
            stack.extend(node.children)
