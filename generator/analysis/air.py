"""空气质量 by town in a month: figures as the source gives them; what is not known stays unknown, never 0."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.assessment import TOWN_KINDS
from generator.analysis.obligations import party_ids
from generator.graph import ResponsibilityGraph, folded
from generator.model import AirRow, Period


@dataclass(frozen=True)
class AirLine:
    """One town with its figures; `row` is None where the month has none for it."""

    unit: str
    row: AirRow | None


@dataclass(frozen=True)
class AirTable:
    """The month's table: every town in official order, and each source with whether its figures are audited."""

    month: str
    lines: tuple[AirLine, ...]
    sources: tuple[tuple[str, bool], ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Towns without figures."""
        return tuple(line.unit for line in self.lines if line.row is None)


def air_table(graph: ResponsibilityGraph, air: tuple[AirRow, ...], period: Period) -> AirTable | None:
    """The table of the month in which a period ends; None where nothing was entered for it."""
    month = f"{period.last:%Y-%m}"
    ids = party_ids(graph)
    found = {ids.get(folded(row.town)): row for row in air if row.month == month}
    towns = [
        unit
        for unit in graph.units
        if unit.kind in TOWN_KINDS and (unit.valid_until is None or unit.valid_until >= period.first)
    ]
    lines = tuple(AirLine(unit.id, found.get(unit.id)) for unit in towns)
    used = [line.row for line in lines if line.row]
    if not used:
        return None
    return AirTable(month, lines, tuple(dict.fromkeys((row.source, row.audited) for row in used)))
