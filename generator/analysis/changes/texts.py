"""What changed in a text: its sentences, and the times and figures in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from generator.analysis.changes.alignment import Pair, aligned, marked
from generator.analysis.changes.pieces import (
    DeadlineChange,
    Run,
    SentenceChange,
    TargetChange,
    TextChange,
    VersionChangeKind,
)
from generator.model import Deadline, Passage, Target

T = TypeVar("T", Deadline, Target)
Passages = Sequence[tuple[str, Passage]]
"""The sentences of a task or an objective, each with its address."""


def text_changes(before: Passages, after: Passages) -> TextChange:
    """What changed from one text to the other."""
    pairs = aligned([passage.text for _, passage in before], [passage.text for _, passage in after])
    ours, theirs = _places(pairs)
    deadlines = _matched(
        [(ours[at], found) for at, (_, passage) in enumerate(before) for found in passage.deadlines],
        [(theirs[at], found) for at, (_, passage) in enumerate(after) for found in passage.deadlines],
        # Which season a time rests on, its basis says.
        lambda _, found: found.model_copy(update={"season": None}),
        (lambda place, found: (place, found.phrase), lambda place, _: place),
    )
    targets = _matched(
        [(ours[at], found) for at, (_, passage) in enumerate(before) for found in passage.targets],
        [(theirs[at], found) for at, (_, passage) in enumerate(after) for found in passage.targets],
        lambda _, found: found,
        (
            lambda place, found: (place, found.indicator),
            lambda place, found: (place, found.phrase),
            lambda _, found: found.indicator,
        ),
    )
    return TextChange(
        tuple(sentence_changes(before, after, pairs)),
        tuple(DeadlineChange(old, new) for old, new in deadlines),
        tuple(TargetChange(old, new) for old, new in targets),
    )


def sentence_changes(before: Passages, after: Passages, pairs: Iterable[Pair]) -> Iterator[SentenceChange]:
    """The sentences that are not the same, in order."""
    for left, right in pairs:
        old_id, old = (before[left][0], before[left][1].text) if left is not None else ("", "")
        new_id, new = (after[right][0], after[right][1].text) if right is not None else ("", "")
        if left is None:
            yield SentenceChange(VersionChangeKind.ADDED, "", new_id, (), (Run(new, True),))
        elif right is None:
            yield SentenceChange(VersionChangeKind.REMOVED, old_id, "", (Run(old, True),), ())
        elif old != new:
            yield SentenceChange(VersionChangeKind.CHANGED, old_id, new_id, *marked(old, new))


def _places(pairs: Sequence[Pair]) -> tuple[dict[int, int], dict[int, int]]:
    """A number for every sentence of both texts: the same for two that belong together."""
    ours = {left: place for place, (left, _) in enumerate(pairs) if left is not None}
    theirs = {right: place for place, (_, right) in enumerate(pairs) if right is not None}
    return ours, theirs


def _matched(
    before: list[tuple[int, T]],
    after: list[tuple[int, T]],
    value: Callable[[int, T], Hashable],
    near: Sequence[Callable[[int, T], Hashable]],
) -> tuple[tuple[T | None, T | None], ...]:
    """What differs: equal values cancel out; `near` says, surest first, what makes two one value that changed."""
    _taken(before, after, value)
    pairs: list[tuple[T | None, T | None]] = []
    for key in near:
        pairs += _taken(before, after, key)
    pairs += [(found, None) for _, found in before]
    pairs += [(None, found) for _, found in after]
    return tuple(pairs)


def _taken(
    before: list[tuple[int, T]], after: list[tuple[int, T]], key: Callable[[int, T], Hashable]
) -> list[tuple[T, T]]:
    """The pairs of equal key, taken out of both lists; several of one key pair in their order."""
    waiting: dict[Hashable, list[tuple[int, T]]] = {}
    for item in after:
        waiting.setdefault(key(*item), []).append(item)
    pairs = []
    for item in list(before):
        partners = waiting.get(key(*item))
        if partners:
            partner = partners.pop(0)
            before.remove(item)
            after.remove(partner)
            pairs.append((item[1], partner[1]))
    return pairs
