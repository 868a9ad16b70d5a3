"""How units and groups are written, and whom a name means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from generator.findings import suggestion
from generator.model import Unit, UnitGroup
from generator.storage import LoadedProject

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
    return suggestion(written, names) or "应先在 units.yml 中登记"


def name_index(loaded: LoadedProject) -> dict[str, tuple[str, ...]]:
    """Folded name → ids of the units and groups that bear it; more than one is ambiguous."""
    index: dict[str, dict[str, None]] = {}
    for party in parties(loaded):
        for name in names_of(party):
            index.setdefault(folded(name), {})[party.id] = None
    return {name: tuple(ids) for name, ids in index.items()}
