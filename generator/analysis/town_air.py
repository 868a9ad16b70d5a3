"""Air quality (空气质量) by month and town, beside how the town's tasks stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.analysis.ledger import Ledger
from generator.analysis.obligations import party_ids
from generator.analysis.tallies import Tally, counted, tally
from generator.graph import ResponsibilityGraph, folded
from generator.model import AirRow


@dataclass(frozen=True)
class TownAir:
    """A town in a month; `unit` is its id, `tally` its tasks on the day of the ledger."""

    unit: str
    figures: AirRow
    tally: Tally


@dataclass(frozen=True)
class MonthAir:
    """A month: its towns by rank, then in official order; `sources` with whether the figures were audited."""

    month: str
    towns: tuple[TownAir, ...]

    @property
    def sources(self) -> tuple[tuple[str, bool], ...]:
        """数据来源 and 是否审核, each pair once."""
        return tuple(dict.fromkeys((town.figures.source, town.figures.audited) for town in self.towns))


def air_by_month(
    graph: ResponsibilityGraph, ledger: Ledger, air: Iterable[AirRow], plan: str, year: int
) -> tuple[MonthAir, ...]:
    """The months of a year that have figures, latest first; nothing that came after the day of the ledger."""
    last, ids = f"{ledger.as_of:%Y-%m}", party_ids(graph)
    months: dict[str, list[TownAir]] = {}
    for row in air:
        unit = ids.get(folded(row.town))
        if unit in graph.unit_by_id and row.month.startswith(f"{year}-") and row.month <= last:
            states = (entry.state for entry in counted(ledger.of_unit(str(unit), plan)))
            months.setdefault(row.month, []).append(TownAir(str(unit), row, tally(states)))
    return tuple(
        MonthAir(month, tuple(sorted(towns, key=lambda town: _place(graph, town))))
        for month, towns in sorted(months.items(), reverse=True)
    )


def _place(graph: ResponsibilityGraph, town: TownAir) -> tuple[int, int]:
    return town.figures.rank or 9999, graph.order[town.unit]
