"""The finder (任务检索): every statement of every task with what it can be found by, and how often each occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from generator.analysis.tasks import TaskRow
from generator.analysis.unreported import Standing, StandingKind
from generator.graph import Duty, ResponsibilityGraph, Task
from generator.model import Deadline, DeadlineKind, Node, Role, Season, Target

NONE, UNDATED = "none", "undated"
"""Of a statement without any time expression; of one whose times have no day."""
SEASON = "season-"
YES, NO = "yes", "no"


class Facet(StrEnum):
    """What statements are told apart by (筛选项), in the order in which it is offered."""

    UNIT = "unit"
    ROLE = "role"
    DUE = "due"
    STANDING = "standing"
    PLAN = "plan"
    CHAPTER = "chapter"
    KIND = "kind"
    TARGET = "target"
    INFERRED = "inferred"


@dataclass(frozen=True)
class FinderDuty:
    """A unit or group in a task with its role; `via` a group where the text names only that.

    `settled` is False where it is unconfirmed that the group means this unit.
    """

    party: str
    role: Role
    via: str | None = None
    settled: bool = True


@dataclass(frozen=True)
class FinderTask:
    """What all statements of a task share."""

    row: TaskRow
    chapter: str
    duties: tuple[FinderDuty, ...]
    standing: Standing


@dataclass(frozen=True)
class FinderRow:
    """One statement (语句), `number` counted from 1 within its task.

    `nodes` are what the office set within the task: they stand with its first statement.
    """

    id: str
    number: int
    text: str
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    task: FinderTask
    nodes: tuple[Node, ...] = ()

    @cached_property
    def due(self) -> tuple[str, ...]:
        """Months of its days (`2024-12`) and seasons (`season-heating`); UNDATED or NONE where it has neither."""
        days = (*(found.end or found.start for found in self.deadlines), *(node.due for node in self.nodes))
        months = [day.isoformat()[:7] for day in days if day]
        seasons = [f"{SEASON}{found.season}" for found in self.deadlines if found.season]
        return tuple(dict.fromkeys(months + seasons)) or ((UNDATED,) if self.deadlines else (NONE,))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its times; NONE where it has no time expression."""
        return tuple(dict.fromkeys(found.kind.value for found in self.deadlines)) or (NONE,)

    @property
    def inferred(self) -> bool:
        """Whether any of its times was inferred."""
        return any(found.inferred for found in self.deadlines)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Under which values of a facet the statement is found, each once."""
        return tuple(dict.fromkeys(_VALUES[facet](self)))


OF_TASK = frozenset({Facet.UNIT, Facet.ROLE, Facet.STANDING, Facet.PLAN, Facet.CHAPTER})
"""Facets under which all statements of a task are found alike."""
_VALUES: Mapping[Facet, Callable[[FinderRow], Iterable[str]]] = {
    Facet.UNIT: lambda row: (duty.party for duty in row.task.duties),
    Facet.ROLE: lambda row: (duty.role.value for duty in row.task.duties),
    Facet.DUE: lambda row: row.due,
    Facet.STANDING: lambda row: (row.task.standing.kind.value,),
    Facet.PLAN: lambda row: (row.task.row.plan,),
    Facet.CHAPTER: lambda row: (row.task.chapter,),
    Facet.KIND: lambda row: row.kinds,
    Facet.TARGET: lambda row: (YES if row.targets else NO,),
    Facet.INFERRED: lambda row: (YES if row.inferred else NO,),
}


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, and how many tasks (not statements) have it."""

    value: str
    tasks: int


@dataclass(frozen=True)
class Finder:
    """The rows in the order of the document, and every facet's values in the order in which they read best."""

    rows: tuple[FinderRow, ...]
    facets: Mapping[Facet, tuple[FacetValue, ...]]

    @property
    def tasks(self) -> int:
        """How many tasks the rows belong to."""
        return len({row.task.row.id for row in self.rows})


def finder(
    graph: ResponsibilityGraph,
    rows: tuple[TaskRow, ...],
    standings: Mapping[str, Standing],
    chapters: Mapping[str, str],
    seasons: Iterable[Season] = (),
) -> Finder:
    """All statements; `standings` go by task, `chapters` give the chapter's id of a measure."""
    found = tuple(_rows(graph, rows, standings, chapters))
    orders = _orders(graph, standings, chapters, seasons)
    return Finder(found, {facet: _counted(found, facet, orders[facet]) for facet in Facet})


def _rows(
    graph: ResponsibilityGraph,
    rows: tuple[TaskRow, ...],
    standings: Mapping[str, Standing],
    chapters: Mapping[str, str],
) -> Iterator[FinderRow]:
    duties: dict[str, list[Duty]] = {}
    for duty in graph.duties:
        duties.setdefault(duty.task.id, []).append(duty)
    for task, row in zip(graph.tasks, rows, strict=True):
        held = tuple(_held(graph, task, duties.get(task.id, [])))
        shared = FinderTask(row, chapters[row.measure_id], held, standings[row.id])
        nodes = row.breakdown.nodes if row.breakdown else ()
        for index, statement in enumerate(task.clause.statements):
            yield FinderRow(
                id=task.statement_id(index),
                number=index + 1,
                text=statement.text,
                deadlines=statement.deadlines,
                targets=statement.targets,
                task=shared,
                nodes=() if index else nodes,
            )


def _held(graph: ResponsibilityGraph, task: Task, duties: Iterable[Duty]) -> Iterator[FinderDuty]:
    """Groups as they are named, and units directly or through them."""
    for named in task.assignments:
        if named.party in graph.group_by_id:
            yield FinderDuty(named.party, named.role)
    for duty in duties:
        settled = duty.via is None or (duty.certain and graph.group_by_id[duty.via].confirmed)
        yield FinderDuty(duty.unit, duty.role, duty.via, settled)


def _orders(
    graph: ResponsibilityGraph,
    standings: Mapping[str, Standing],
    chapters: Mapping[str, str],
    seasons: Iterable[Season],
) -> dict[Facet, tuple[str, ...]]:
    """The order of a facet's values; months have their own and stand before the rest."""
    kinds = (*StandingKind, *(standing.kind for standing in standings.values()))
    return {
        Facet.UNIT: tuple(graph.order),
        Facet.ROLE: tuple(role.value for role in Role),
        Facet.DUE: (*(f"{SEASON}{season.id}" for season in seasons), UNDATED, NONE),
        Facet.STANDING: tuple(dict.fromkeys(kind.value for kind in kinds)),
        Facet.PLAN: tuple(plan.id for plan in graph.plans),
        Facet.CHAPTER: tuple(dict.fromkeys(chapters.values())),
        Facet.KIND: (*(kind.value for kind in DeadlineKind), NONE),
        Facet.TARGET: (YES, NO),
        Facet.INFERRED: (YES, NO),
    }


def _counted(rows: Iterable[FinderRow], facet: Facet, order: tuple[str, ...]) -> tuple[FacetValue, ...]:
    tasks: dict[str, set[str]] = {}
    for row in rows:
        if row.number > 1 and facet in OF_TASK:
            continue
        for value in row.values(facet):
            tasks.setdefault(value, set()).add(row.task.row.id)
    if facet is Facet.STANDING:
        # A day that passes between build and reading moves tasks to a standing that none had.
        tasks = {value: tasks.get(value, set()) for value in order}
    months = sorted(set(tasks) - set(order))
    return tuple(FacetValue(value, len(tasks[value])) for value in (*months, *order) if value in tasks)
