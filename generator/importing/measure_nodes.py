"""Which nodes of an outline are measures: all of one level, and points that stand for themselves elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.importing.documents import Table
from generator.importing.levels import has_responsibility, is_general
from generator.importing.markers import Style
from generator.importing.outline import Node
from generator.importing.task_tables import is_task_table
from generator.importing.titles import section_heading


def measure_nodes(root: Node, style: Style | None) -> Iterator[Node]:
    """The measures in the order of the document; none stands below another."""
    level = [node for node in _outermost(root, style) if not holds_task_table(node)]
    tops = {id(node): top for top in root.children for node in top.walk()}
    run_on = _runs_on(level)
    chosen = {id(node) for node in level if run_on or not _is_preface(tops[id(node)])}
    chosen = chosen or {id(node) for node in level}
    holding = above(root, chosen)
    taken: set[int] = set()
    for node in root.walk():
        if node.parent is not None and id(node.parent) in taken:
            taken.add(id(node))
        elif id(node) in chosen or (id(node) not in holding and _stands_alone(node, tops)):
            taken.add(id(node))
            yield node


def above(root: Node, chosen: set[int]) -> set[int]:
    """Ids of what stands above the chosen nodes, and of what holds a table of tasks."""
    found: set[int] = set()
    for node in root.walk():
        holds = holds_task_table(node)
        if id(node) in chosen or holds:
            current = node if holds else node.parent
            while current is not None and id(current) not in found:
                found.add(id(current))
                current = current.parent
    return found


def holds_task_table(node: Node) -> bool:
    """Whether a table of tasks stands right under a number."""
    return any(isinstance(part, Table) and is_task_table(part) for part in node.paragraphs)


def _outermost(root: Node, style: Style | None) -> Iterator[Node]:
    """The nodes of a style that stand under no other of that style."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.marker is not None and node.style is style:
            yield node
        else:
            stack.extend(reversed(node.children))


def _is_preface(top: Node) -> bool:
    """总体要求 and the like say why and what for; where units are named there, they say who."""
    return is_general(top) and not has_responsibility(top.texts())


def _runs_on(level: Sequence[Node]) -> bool:
    """Whether numbers go on from one heading to the next, （一）–（三十九）."""
    changes = [(one, next_one) for one, next_one in pairwise(level) if one.parent is not next_one.parent]
    on = sum(after.ordinal == before.ordinal + 1 for before, after in changes)
    return on * 2 > len(changes) > 0


def _stands_alone(node: Node, tops: dict[int, Node]) -> bool:
    """A point without measures below it, with text of its own, outside the prefaces."""
    if node.marker is None:
        return False
    top, own = tops[id(node)], (node.head, *node.paragraphs)
    if node is top:
        return not node.children and not is_general(node) and has_responsibility(own)
    if (is_general(top) or is_general(node)) and not has_responsibility(own):
        return False
    return bool(section_heading(node).rest or node.paragraphs) or has_responsibility([node.head])
