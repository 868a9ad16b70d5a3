"""Code word → Chinese label; every heading of every output comes from templates/terms.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


@dataclass(frozen=True, eq=False)
class Terms:
    """The words of the outputs, by dotted key such as `role.lead`.

    Compared by identity, so that what is worked out from it can be kept.
    """

    words: Mapping[str, str]

    def __call__(self, key: str) -> str:
        """The Chinese label of a key; KeyError for one that terms.yml does not have."""
        return self.words[key]

    def label(self, value: StrEnum) -> str:
        """`label(Role.LEAD)` → 牵头."""
        return self.words[f"{kind_key(type(value))}.{value}"]

    def mark(self, value: StrEnum) -> str:
        """The one-letter mark of a role (▲●◆○)."""
        return self.words[f"{kind_key(type(value))}_mark.{value}"]


@lru_cache(maxsize=256)
def kind_key(kind: type[StrEnum]) -> str:
    """`deadline_kind` for DeadlineKind."""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in kind.__name__).lstrip("_")
