"""A page for every measure (措施): verbatim text first, then who, when, how much, and what it carries out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.analysis.ledger import TaskStanding
from generator.analysis.tasks import TaskRow, annual_plans
from generator.analysis.wording import citation
from generator.graph import Task
from generator.renderers.naming import ALL, measure_page
from generator.renderers.site.desk import Desk, Page
from generator.renderers.site.outline import ChapterEntry


def measure_pages(desk: Desk) -> Iterator[Page]:
    """One page for each measure, in the order of the document."""
    ids = list(desk.book.graph.measures)
    chapters = {measure: entry for entry in desk.outline if entry.title for measure in entry.measures}
    for place, measure_id in enumerate(ids):
        before = ids[place - 1] if place else ""
        after = ids[place + 1] if place + 1 < len(ids) else ""
        yield _measure_page(desk, measure_id, chapters.get(measure_id), before=before, after=after)


def _measure_page(desk: Desk, measure_id: str, chapter: ChapterEntry | None, before: str, after: str) -> Page:
    plan, found = desk.book.graph.measures[measure_id]
    tasks = desk.book.graph.tasks_of(measure_id)
    rows = desk.rows_of(measure_id)
    return desk.draw(
        measure_page(measure_id),
        desk.label_of(measure_id),
        "measure.md.j2",
        id=measure_id,
        plan=plan,
        found=found,
        chapter=chapter,
        tasks=tasks,
        rows=rows,
        remarks_of=tuple(dict.fromkeys(remark for row in rows for remark in row.remarks)),
        times=[pair for row in rows for pair in row.deadlines],
        targets=[pair for row in rows for pair in row.targets],
        mentions=_mentions(tasks),
        citation=citation(desk.book.graph, measure_id),
        links_from=desk.book.graph.links_from(measure_id),
        links_to=desk.book.graph.links_to(measure_id),
        carried=_carried(desk, measure_id),
        standings=_standings(desk, rows) if desk.book.internal else (),
        files=[file for file in desk.shelf.of(ALL) if not file.path.endswith(".zip")],
        hidden=("navigation",),
        before=before,
        after=after,
    )


def _carried(desk: Desk, measure_id: str) -> Mapping[str, list[tuple[str, str]]]:
    """Where a measure was carried over from (`origin`), and what goes on with it (`into`): id and plan."""
    known = desk.book.graph.measures
    origin = known[measure_id][1].carried_from
    found = {"origin": [origin] if origin else [], "into": desk.carried_into.get(measure_id, ())}
    return {
        key: [(measure, known[measure][0].head.short_title) for measure in measures if measure in known]
        for key, measures in found.items()
    }


def _standings(desk: Desk, rows: list[TaskRow]) -> list[tuple[str, TaskStanding]]:
    """How the tasks stand in the year of every annual plan, each with its heading."""
    annual = annual_plans(desk.book.plans)
    found = ((plan, row, desk.book.ledger.task(plan.id, row.label)) for plan in annual for row in rows)
    several = len(annual) > 1
    return [
        (f"{row.label}（{plan.head.short_title}）" if several else row.label, standing)
        for plan, row, standing in found
        if standing
    ]


def _mentions(tasks: tuple[Task, ...]) -> list[tuple[str, Any]]:
    return [
        (task.statement_id(index), mention)
        for task in tasks
        for index, statement in enumerate(task.clause.statements)
        for mention in statement.mentions
    ]
