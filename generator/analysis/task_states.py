"""How every task stands for the finder (任务状态): what the ledger knows, and what the dates say of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum

from generator.analysis.ledger import Ledger, TaskStanding
from generator.analysis.tasks import TaskRow
from generator.analysis.unreported import Standing, StandingKind, standings


class DateStanding(StrEnum):
    """What the dates alone say, where an edition does not tell whether anything was reported (时限情况)."""

    PASSED = "passed"
    UNREPORTED = "unreported"
    CONTINUING = "continuing"


def known_states(rows: tuple[TaskRow, ...], ledger: Ledger) -> dict[str, Standing]:
    """Every task by its id: the state that counts now, else 时限已过·未填报 or 未填报.

    Where a task is in the ledger of several years, the latest counts.
    """
    known = standings(rows, ledger.as_of)
    if not ledger.started:
        return known
    for standing in ledger.tasks:
        if standing.row.id in known:
            known[standing.row.id] = _state(standing, known[standing.row.id])
    return known


def _state(standing: TaskStanding, dated: Standing) -> Standing:
    if standing.state:
        return Standing(standing.state)
    return replace(dated, kind=StandingKind.UNREPORTED) if dated.kind is StandingKind.CONTINUING else dated


def date_standings(rows: tuple[TaskRow, ...], as_of: date) -> dict[str, Standing]:
    """Every task by its id as its dates have it; says nothing of reports."""
    return dict(_renamed(rows, as_of))


def _renamed(rows: tuple[TaskRow, ...], as_of: date) -> Iterator[tuple[str, Standing]]:
    for task, standing in standings(rows, as_of).items():
        yield task, replace(standing, kind=DateStanding(standing.kind.value))
