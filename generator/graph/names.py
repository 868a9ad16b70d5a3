"""How units and groups are written, and whom a name means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from generator.findings import meant
from generator.model import Unit, UnitGroup
from generator.storage import LoadedProject

_AFFIXES = re.compile(
    r"(?:各|全?[省市区县])?(.+?)(?:管理局|分局|局|委员会|委|办公室|办|中心|办事处|人民政府|政府)?"
)
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name as it is compared: full-width and half-width alike, no white space, any bracket style."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return plain.translate(_BRACKETS)


def parties(loaded: LoadedProject) -> tuple[Unit | UnitGroup, ...]:
    """All units, then all groups, in the order of units.yml."""
    return (*loaded.units.units, *loaded.units.groups)


def names_of(party: Unit | UnitGroup) -> tuple[str, ...]:
    """Every way in which a unit or a group is written: name, aliases, full name."""
    full_name = party.full_name if isinstance(party, Unit) else None
    return (party.name, *(alias.name for alias in party.aliases), *((full_name,) if full_name else ()))


def unit_hint(written: str, names: Iterable[str]) -> str:
    """What a name that nobody bears may mean."""
    if any(mark in written for mark in "、，；;"):
        return "一项只写一个名称，各项之间用英文逗号分隔"
    return name_suggestion(written, names) or "应先在 units.yml 中登记"


def name_suggestion(written: str, names: Iterable[str]) -> str:
    """`是否指“…”？` for the nearest name of a unit, or an empty string.

    区 and 局 stand in nearly all of them and say nothing: 区财政局 is no 区水务局.
    """
    own = _heart(written)
    likeness = {name: _likeness(own, _heart(name)) for name in sorted(set(names))}
    near = max(likeness, key=lambda name: (likeness[name], _likeness(written, name)), default="")
    return meant(near) if near and likeness[near] > 0.5 else ""


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; of two characters one may be mistaken, and that is hardly ever the first."""
    begins_alike = one[:1] == other[:1]
    return SequenceMatcher(None, one[:200], other, autojunk=False).ratio() + (0.01 if begins_alike else 0)


def _heart(name: str) -> str:
    """财政 of 区财政局."""
    found = _AFFIXES.fullmatch(folded(name))
    return found[1] if found else folded(name)


def name_index(bearers: Iterable[Unit | UnitGroup]) -> dict[str, tuple[str, ...]]:
    """Folded name → ids of the units and groups that bear it; more than one is ambiguous."""
    index: dict[str, dict[str, None]] = {}
    for party in bearers:
        for name in names_of(party):
            index.setdefault(folded(name), {})[party.id] = None
    return {name: tuple(ids) for name, ids in index.items()}
