"""plan.json: the resolved plan for those who build on it, and the schema that promises its shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from generator.analysis.schedule import objective_id
from generator.book import Book
from generator.graph import ResponsibilityGraph, Task
from generator.model import Measure, Passage, Plan, Record
from generator.renderers import interchange_records as records

Item = TypeVar("Item", bound=Record)


def interchange(book: Book) -> records.Interchange:
    """The interchange, keys in their fixed order."""
    return records.Interchange(
        schema_version=records.VERSION,
        plans=tuple(_plan(book.graph, plan) for plan in book.plans),
        units=tuple(
            records.UnitItem(
                id=unit.id,
                name=unit.name,
                full_name=unit.full_name,
                aliases=tuple(alias.name for alias in unit.aliases),
                kind=unit.kind,
                confirmed=unit.confirmed,
            )
            for unit in book.graph.units
        ),
        groups=tuple(
            records.GroupItem(id=group.id, name=group.name, members=group.members, confirmed=group.confirmed)
            for group in book.graph.groups
        ),
    )


def interchange_schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of the interchange."""
    schema = records.Interchange.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _plan(graph: ResponsibilityGraph, plan: Plan) -> records.PlanItem:
    head = plan.head
    return records.PlanItem(
        id=plan.id,
        title=head.title,
        document_number=head.document_number,
        issued=head.issued,
        parents=tuple(_as(records.ParentItem, parent) for parent in head.parents),
        sections=tuple(_sections(plan)),
        chapters=tuple(_chapters(plan)),
        objectives=tuple(_objectives(plan)),
        measures=tuple(_measures(graph, plan)),
    )


def _sections(plan: Plan) -> Iterable[records.SectionItem]:
    """Front, sections, back; front and back have neither number nor title and are left out where empty."""
    head = plan.head
    if head.front:
        yield records.SectionItem(number=None, title=None, text=_lines(head.front))
    for section in head.sections:
        yield records.SectionItem(number=section.number, title=section.title, text=_lines(section.paragraphs))
    if head.back:
        yield records.SectionItem(number=None, title=None, text=_lines(head.back))


def _lines(passages: Iterable[Passage]) -> str:
    return "\n".join(passage.text for passage in passages)


def _chapter_numbers(plan: Plan) -> dict[tuple[str, str], str]:
    """(section, chapter) → 四, or 三/四 where two sections have a chapter 四."""
    keys = [(section.number, chapter.number) for section in plan.head.sections for chapter in section.chapters]
    times = Counter(chapter for _, chapter in keys)
    return {key: key[1] if times[key[1]] == 1 else "/".join(key) for key in keys}


def _chapters(plan: Plan) -> Iterable[records.ChapterItem]:
    numbers = _chapter_numbers(plan)
    for section in plan.head.sections:
        for chapter in section.chapters:
            number = numbers[section.number, chapter.number]
            yield records.ChapterItem(number=number, title=chapter.title)


def _objectives(plan: Plan) -> Iterable[records.ObjectiveItem]:
    objectives = [found for section in plan.head.sections for found in section.objectives]
    for index, objective in enumerate(objectives, 1):
        yield records.ObjectiveItem(
            id=objective_id(plan, index),
            text=objective.text,
            kind=objective.kind,
            deadlines=tuple(found for passage in objective.statements for found in _deadlines(passage)),
            targets=tuple(found for passage in objective.statements for found in _targets(passage)),
        )


def _measures(graph: ResponsibilityGraph, plan: Plan) -> Iterator[records.MeasureItem]:
    """Each with the number of its chapter as `chapters` has it."""
    numbers = _chapter_numbers(plan)
    for measure in plan.measures:
        under = graph.chapter_of(plan, measure)
        yield _measure(graph, plan, measure, numbers[under[0].number, under[1].number] if under else None)


def _measure(graph: ResponsibilityGraph, plan: Plan, measure: Measure, chapter: str | None) -> records.MeasureItem:
    measure_id = plan.measure_id(measure)
    return records.MeasureItem(
        id=measure_id,
        number=measure.number,
        printed_number=measure.printed,
        title=measure.title,
        chapter=chapter,
        clauses=tuple(_clause(task) for task in graph.tasks_of(measure_id)),
        links=tuple(
            records.LinkItem(to=link.to, kind=link.kind, reason=link.reason)
            for link in graph.links_from(measure_id)
        ),
    )


def _clause(task: Task) -> records.ClauseItem:
    responsibility = task.clause.responsibility
    return records.ClauseItem(
        task=task.label,
        text=task.clause.text,
        phrase=responsibility.phrase if responsibility else None,
        open=task.open,
        assignments=tuple(
            records.AssignmentItem(written=found.written, unit=found.party, role=found.role)
            for found in task.assignments
        ),
        statements=tuple(
            records.StatementItem(
                id=task.statement_id(index),
                text=passage.text,
                deadlines=_deadlines(passage),
                targets=_targets(passage),
                mentions=tuple(_as(records.MentionItem, found) for found in passage.mentions),
            )
            for index, passage in enumerate(task.clause.statements)
        ),
    )


def _deadlines(passage: Passage) -> tuple[records.DeadlineItem, ...]:
    return tuple(_as(records.DeadlineItem, found) for found in passage.deadlines)


def _targets(passage: Passage) -> tuple[records.TargetItem, ...]:
    return tuple(_as(records.TargetItem, found) for found in passage.targets)


def _as(shape: type[Item], found: Record) -> Item:
    """Of a record of the plan, what the interchange promises and nothing more."""
    return shape.model_validate(found, from_attributes=True)
