"""A unit's circle as a picture (和谁一起): it stands in the middle, partners on both sides, ties between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.analysis.circle import Companion
from generator.analysis.collaboration import Partnership, ties_among
from generator.model import Role

NAMES, SPAN, ROW = 190, 110, 26
"""Room for the names on a side, from there to the middle, height of a line; in the picture's own units."""
MOST_PARTNERS = 24
"""Beyond so many the table alone lists them: nobody follows more lines."""
MOST_TIES = 60
MANY = 4
"""Shared tasks from which a tie between two partners is drawn stronger."""


@dataclass(frozen=True)
class Partner:
    """One partner: where its dot stands, in which roles, on how many tasks, and how thick its line is."""

    party: str
    left: bool
    x: int
    y: int
    roles: tuple[Role, ...]
    tasks: int
    thickness: float
    through_group: bool


@dataclass(frozen=True)
class CirclePicture:
    """The partners with the most shared tasks, and the lines among them: `few` and `many` are paths."""

    partners: tuple[Partner, ...]
    few: str
    many: str
    left_out: int
    ties_left_out: int

    @property
    def width(self) -> int:
        """The width of the picture."""
        return 2 * (NAMES + SPAN)

    @property
    def height(self) -> int:
        """Both sides have the same height, give or take a line."""
        return ROW * ((len(self.partners) + 1) // 2) + ROW


def circle_picture(companions: Sequence[Companion], pairs: Sequence[Partnership]) -> CirclePicture | None:
    """The picture of a unit's companions, most shared tasks first as they come; None where they are no circle."""
    if len(companions) < 2:
        return None
    shown = companions[:MOST_PARTNERS]
    most = len(shown[0].tasks)
    partners = tuple(_partner(at, companion, most) for at, companion in enumerate(shown))
    place = {partner.party: partner for partner in partners}
    ties = ties_among(pairs, place)
    drawn = [(tie.weight, _curve(place[tie.first], place[tie.second])) for tie in ties[:MOST_TIES]]
    return CirclePicture(
        partners,
        few="".join(path for weight, path in drawn if weight < MANY),
        many="".join(path for weight, path in drawn if weight >= MANY),
        left_out=len(companions) - len(shown),
        ties_left_out=max(len(ties) - MOST_TIES, 0),
    )


def _partner(at: int, companion: Companion, most: int) -> Partner:
    held = {task.role for task in companion.tasks}
    return Partner(
        party=companion.party,
        left=at % 2 == 0,
        x=NAMES if at % 2 == 0 else NAMES + 2 * SPAN,
        y=ROW + ROW * (at // 2),
        roles=tuple(role for role in Role if role in held),
        tasks=len(companion.tasks),
        thickness=round(1 + 5 * len(companion.tasks) / most, 1),
        through_group=companion.direct == 0,
    )


def _curve(one: Partner, other: Partner) -> str:
    """From dot to dot; between two on one side it bends towards the middle."""
    if one.left != other.left:
        bend = SPAN if one.left else -SPAN
        return f"M{one.x} {one.y}C{one.x + bend} {one.y} {other.x - bend} {other.y} {other.x} {other.y}"
    bend = min(20 + abs(one.y - other.y) // 3, SPAN)
    return f"M{one.x} {one.y}Q{one.x + (bend if one.left else -bend)} {(one.y + other.y) // 2} {other.x} {other.y}"
