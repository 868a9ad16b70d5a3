"""A page for every measure (措施): verbatim text first, then who, when, how much, and what it carries out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from generator.analysis.ledger import TaskStanding
from generator.analysis.remarks import time_remarks
from generator.analysis.tasks import TaskRow, annual_plans
from generator.analysis.wording import citation, remark_texts
from generator.graph import Task
from generator.model import Deadline, Plan, Statement
from generator.renderers.naming import ALL, measure_page
from generator.renderers.site.desk import Desk, Page
from generator.renderers.site.marked_text import named_note


def measure_pages(desk: Desk) -> Iterator[Page]:
    """One page for each measure, in the order of the document."""
    labels = [(measure, desk.label_of(measure)) for measure in desk.book.graph.measures]
    chapters = {measure: entry for entry in desk.outline if entry.title for measure in entry.measures}
    files = tuple(file for file in desk.shelf.of(ALL) if not file.path.endswith(".zip"))
    for before, (measure_id, label), after in zip([None, *labels], labels, [*labels[1:], None], strict=False):
        yield desk.draw(
            measure_page(measure_id),
            label,
            "measure.md.j2",
            later=partial(_values, desk, measure_id),
            chapter=chapters.get(measure_id),
            files=files,
            hidden=("navigation",),
            before=before,
            after=after,
        )


def _values(desk: Desk, measure_id: str) -> dict[str, Any]:
    graph = desk.book.graph
    plan, found = graph.measures[measure_id]
    rows = desk.rows_of(measure_id)
    clauses = [(row, task, _numbered(task)) for row, task in zip(rows, graph.tasks_of(measure_id), strict=True)]
    return {
        "id": measure_id,
        "plan": plan,
        "found": found,
        "clauses": clauses,
        "remarks_of": tuple(dict.fromkeys(remark for row in rows for remark in row.remarks)),
        "times": [(name, time, _notes(desk, time, plan)) for row in rows for name, time in row.deadlines],
        "targets": [pair for row in rows for pair in row.targets],
        "mentions": [
            (name, said) for *_, statements in clauses for name, one in statements for said in one.mentions
        ],
        "named": [
            (name, found, named_note(desk.book.terms, graph, found))
            for *_, statements in clauses
            for name, one in statements
            for found in desk.register.named_in(one.text)
        ],
        "citation": citation(graph, measure_id),
        "links_from": graph.links_from(measure_id),
        "links_to": graph.links_to(measure_id),
        "carried": _carried(desk, measure_id),
        "standings": _standings(desk, rows) if desk.book.internal else (),
    }


def _numbered(task: Task) -> list[tuple[str, Statement]]:
    """The sentences of a task, each with its anchor."""
    return [(task.statement_id(index), found) for index, found in enumerate(task.clause.statements)]


def _notes(desk: Desk, time: Deadline, plan: Plan) -> tuple[str, ...]:
    """What must be said of a time besides that it was inferred."""
    remarks = time_remarks(time, plan.head.issued)
    return remark_texts(desk.book.terms, (key for key in remarks if key != "remark.inferred"))


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
