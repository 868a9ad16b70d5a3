"""What a person should look at: where in the source, what was read, what else it may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Weight(IntEnum):
    """How doubtful a reading is (存疑程度); the report begins with the highest."""

    LOST = 100
    UNREADABLE = 95
    PRIVATE = 92
    BROKEN = 90
    NO_ROLE = 85
    SPLIT = 80
    GAP = 75
    SAME_UNIT = 70
    NOBODY = 60
    UNCLASSED = 55
    UNDATED = 50
    LEVEL = 45
    KIND = 40
    SPREAD = 35
    CARRIED = 30
    ASIDE = 25
    HEAD = 20
    UNIT = 10


@dataclass(frozen=True)
class Doubt:
    """存疑: `quote` is what the source says, `reading` what the draft has, `choices` what else it may be."""

    weight: Weight
    where: str
    quote: str
    reading: str
    choices: str
    file: str


@dataclass
class Doubts:
    """Gathers the doubts of one import; `file` is the draft file that is being written."""

    found: list[Doubt] = field(default_factory=list)
    file: str = ""

    def add(self, weight: Weight, where: str, quote: str, reading: str, choices: str) -> str:
        """Take note of a doubt; returns the words for the draft's `review:`."""
        self.found.append(Doubt(weight, where, quote, reading, choices, self.file))
        return f"{reading}；{choices}"

    def in_order(self) -> tuple[Doubt, ...]:
        """Most doubtful first, each kind in the order of the document."""
        return tuple(sorted(self.found, key=lambda doubt: -doubt.weight))
