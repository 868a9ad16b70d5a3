"""Which measure, clause or objective of one version is which of the other: by its text, its title, its number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A thing to be found again; `text` is its whole text, `title` empty where it has none."""

    id: str
    text: str
    title: str = ""


STEPS: tuple[Callable[[Item], Hashable | None], ...] = (
    lambda item: (item.id, item.text),
    lambda item: item.text,
    lambda item: (item.id, item.title) if item.title else None,
    lambda item: item.title or None,
    lambda item: item.id,
)
"""What two must have in common, surest first: a text in its place, a whole text under another number, a title in
its place, a title under another number (for what was reworded and renumbered), then the number alone."""


def paired(before: Sequence[Item], after: Sequence[Item]) -> tuple[tuple[str | None, str | None], ...]:
    """Ids that belong together, in the order of `after`; what went stands behind what it stood behind."""
    partner: dict[str, str] = {}
    left, right = list(before), list(after)
    for step in STEPS:
        one, other = _single(left, step), _single(right, step)
        partner |= {one[key]: other[key] for key in one.keys() & other.keys()}
        left = [item for item in left if item.id not in partner]
        taken = set(partner.values())
        right = [item for item in right if item.id not in taken]
    return _in_order([item.id for item in before], [item.id for item in after], partner)


def _single(items: list[Item], step: Callable[[Item], Hashable | None]) -> dict[Hashable, str]:
    """Keys that only one item has, with its id."""
    found: dict[Hashable, str | None] = {}
    for item in items:
        key = step(item)
        if key is not None:
            found[key] = item.id if key not in found else None
    return {key: name for key, name in found.items() if name is not None}


def _in_order(
    before: list[str], after: list[str], partner: dict[str, str]
) -> tuple[tuple[str | None, str | None], ...]:
    came_from = {new: old for old, new in partner.items()}
    gone: dict[str | None, list[str]] = {}
    behind: str | None = None
    for old in before:
        if old in partner:
            behind = partner[old]
        else:
            gone.setdefault(behind, []).append(old)
    pairs: list[tuple[str | None, str | None]] = [(old, None) for old in gone.get(None, ())]
    for new in after:
        pairs.append((came_from.get(new), new))
        pairs += [(old, None) for old in gone.get(new, ())]
    return tuple(pairs)
