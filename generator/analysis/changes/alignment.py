"""What belongs together in two lists of sentences, or in two wordings of one; the same whichever comes first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.analysis.changes.pieces import Run

Pair = tuple[int | None, int | None]

NEAR = 0.5
"""From this likeness on, two sentences are two wordings of one."""
MOST_COMPARED = 2_000_000
"""Comparing takes the product of both lengths in time: longer texts are taken as changed altogether."""
MOST_PAIRED = 900
WORD = re.compile(r"[0-9]+(?:\.[0-9]+)*|[A-Za-z]+|.", re.DOTALL)
ISLAND = 1
"""Equal runs of so few letters between changed ones are read as part of the change."""


def aligned(before: Sequence[str], after: Sequence[str]) -> tuple[Pair, ...]:
    """Positions that belong together, in order: equal sentences, between them like ones; None for no partner."""
    first, second = tuple(before), tuple(after)
    if second < first:  # difflib decides ties by the order of its arguments
        return tuple((left, right) for right, left in aligned(second, first))
    return tuple(_aligned(first, second))


def _aligned(first: tuple[str, ...], second: tuple[str, ...]) -> Iterator[Pair]:
    for equal, one, other in _stretches(first, second):
        if equal:
            yield from zip(one, other, strict=True)
        else:
            yield from _near_pairs(first, second, one, other)


def _stretches(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[bool, range, range]]:
    """Equal and unequal stretches in turn; what is too long to compare is one unequal stretch."""
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    one, other = range(start, len(first) - end), range(start, len(second) - end)
    yield True, range(start), range(start)
    if len(one) * len(other) > MOST_COMPARED:
        yield False, one, other
    else:
        matcher = SequenceMatcher(
            None, first[one.start : one.stop], second[other.start : other.stop], autojunk=False
        )
        for tag, left, left_end, right, right_end in matcher.get_opcodes():
            yield tag == "equal", one[left:left_end], other[right:right_end]
    yield True, range(len(first) - end, len(first)), range(len(second) - end, len(second))


def _near_pairs(first: Sequence[str], second: Sequence[str], one: range, other: range) -> Iterator[Pair]:
    """The pairs in order whose likeness adds up to most."""
    if len(one) * len(other) > MOST_PAIRED:
        yield from [*((at, None) for at in one), *((None, at) for at in other)]
        return
    bags = {at: letter_pairs(first[at]) for at in one}, {at: letter_pairs(second[at]) for at in other}
    gain = {(left, right): likeness(bags[0][left], bags[1][right]) for left in one for right in other}
    best: dict[tuple[int, int], float] = {}
    for left in reversed(one):
        for right in reversed(other):
            paired = gain[left, right] + best.get((left + 1, right + 1), 0.0) if gain[left, right] >= NEAR else 0.0
            best[left, right] = max(paired, best.get((left + 1, right), 0.0), best.get((left, right + 1), 0.0))
    left, right = one.start, other.start
    while left < one.stop and right < other.stop:
        total = best[left, right]
        if gain[left, right] >= NEAR and total == gain[left, right] + best.get((left + 1, right + 1), 0.0):
            yield left, right
            left, right = left + 1, right + 1
        elif total == best.get((left + 1, right), 0.0):
            yield left, None
            left += 1
        else:
            yield None, right
            right += 1
    yield from [*((at, None) for at in range(left, one.stop)), *((None, at) for at in range(right, other.stop))]


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """0 to 1: how much two texts share of their pairs of neighbouring letters."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0


def letter_pairs(text: str) -> Counter[str]:
    """Every two neighbouring letters of a text, with how often they stand there."""
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def marked(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two wordings of one sentence, with the words that differ marked in both."""
    if after < before:
        right, left = marked(after, before)
        return left, right
    first, second = WORD.findall(before), WORD.findall(after)
    stretches = [found for found in _stretches(first, second) if found[1] or found[2]]
    flags = [
        not equal or (0 < at < len(stretches) - 1 and len("".join(first[one.start : one.stop])) <= ISLAND)
        for at, (equal, one, _) in enumerate(stretches)
    ]
    return (
        _runs(
            (changed, first[one.start : one.stop]) for changed, (_, one, _) in zip(flags, stretches, strict=True)
        ),
        _runs((changed, second[it.start : it.stop]) for changed, (_, _, it) in zip(flags, stretches, strict=True)),
    )


def _runs(pieces: Iterator[tuple[bool, list[str]]]) -> tuple[Run, ...]:
    """Neighbouring pieces of the same kind as one run."""
    runs: list[Run] = []
    for changed, words in pieces:
        text = "".join(words)
        if text and runs and runs[-1].changed == changed:
            runs[-1] = Run(runs[-1].text + text, changed)
        elif text:
            runs.append(Run(text, changed))
    return tuple(runs)
