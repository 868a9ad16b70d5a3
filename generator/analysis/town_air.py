"""The year's air quality (空气质量) month by month, beside how the tasks of each town stand."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.air import AirTable, air_table
from generator.analysis.ledger import Ledger
from generator.analysis.progress import counted
from generator.analysis.tallies import Tally, tally
from generator.graph import ResponsibilityGraph
from generator.model import AirRow, Period, PeriodKind


@dataclass(frozen=True)
class YearAir:
    """The tables of a year's months, latest first, and the tasks of every town on the day of the ledger."""

    months: tuple[AirTable, ...]
    tallies: dict[str, Tally]


def year_air(graph: ResponsibilityGraph, ledger: Ledger, air: tuple[AirRow, ...], plan: str, year: int) -> YearAir:
    """The months of a year that have figures; nothing that came after the day of the ledger."""
    months = [month for month in _months(year) if month.first <= ledger.as_of]
    tables = tuple(table for month in reversed(months) if (table := air_table(graph, air, month)))
    towns = dict.fromkeys(line.unit for table in tables for line in table.lines)
    tallies = {unit: tally(entry.state for entry in counted(ledger.of_unit(unit, plan))) for unit in towns}
    return YearAir(tables, tallies)


def _months(year: int) -> list[Period]:
    found = (Period.parse(f"{year}-{number:02d}") for number in range(1, 13))
    return [month for month in found if month and month.kind is PeriodKind.MONTH]
