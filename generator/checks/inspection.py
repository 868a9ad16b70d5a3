"""What the rules look at: the loaded plans, the graph, and every text with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property, lru_cache

from generator.document import DocumentBlock, document_blocks
from generator.findings import Place
from generator.graph import ResponsibilityGraph, Task, name_index, names_of, parties
from generator.model import (
    Deadline,
    Measure,
    Mention,
    Passage,
    Plan,
    Record,
    Responsibility,
    Target,
    TaskBreakdown,
)
from generator.phrases import Convention, ResponsibilityReading, parse_responsibility
from generator.phrases.conventions import says_first_leads
from generator.storage import LoadedProject, Loc


@dataclass(frozen=True)
class PlacedPassage:
    """A text with the place of it; `block` is the paragraph that it stands in."""

    block: DocumentBlock
    passage: Passage
    file: str
    loc: Loc

    @property
    def plan(self) -> Plan:
        """The plan that the text belongs to."""
        return self.block.plan

    def deadlines(self) -> Iterator[tuple[Deadline, Loc]]:
        """Every deadline with its place."""
        for index, found in enumerate(self.passage.deadlines):
            yield found, (*self.loc, "deadlines", index)

    def targets(self) -> Iterator[tuple[Target, Loc]]:
        """Every target with its place."""
        for index, found in enumerate(self.passage.targets):
            yield found, (*self.loc, "targets", index)

    def mentions(self) -> Iterator[tuple[Mention, Loc]]:
        """Every mention with its place."""
        for index, found in enumerate(self.passage.mentions):
            yield found, (*self.loc, "mentions", index)

    def phrases(self) -> Iterator[tuple[str, str, tuple[str, ...], Loc]]:
        """Every phrase: its kind in Chinese, the words, what makes it another one of its kind, its place."""
        for deadline, loc in self.deadlines():
            yield "时限", deadline.phrase, ("deadline", deadline.phrase), loc
        for target, loc in self.targets():
            yield "目标值", target.phrase, ("target", target.phrase, target.indicator), loc
        for mention, loc in self.mentions():
            yield "提及", mention.phrase, ("mention", mention.phrase), loc


@dataclass(frozen=True)
class PlacedDuty:
    """A task's responsibility with the place of it, and what its phrase says under the conventions so far."""

    task: Task
    responsibility: Responsibility
    file: str
    loc: Loc
    reading: ResponsibilityReading | None

    @property
    def hidden(self) -> tuple[str, ...]:
        """Names that an earlier bracket adds to this one, which does not print them (不再列出)."""
        return self.reading.hidden if self.reading else ()


@dataclass(frozen=True)
class Inspection:
    """What the rules look at."""

    loaded: LoadedProject
    graph: ResponsibilityGraph

    def place(self, file: str, loc: Loc = ()) -> Place:
        """Where a value stands; `file` is relative to plan/."""
        return self.loaded.place(file, loc)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans in the order of the document."""
        return self.loaded.plans

    @cached_property
    def outlined(self) -> tuple[Plan, ...]:
        """The plans whose plan.yml was read."""
        return tuple(plan for plan in self.plans if self.loaded.readable(head_file(plan)))

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Folded name → ids of units and groups."""
        return name_index(parties(self.loaded))

    @cached_property
    def written_names(self) -> Mapping[str, str]:
        """Every name as units.yml writes it → the id of its unit or group."""
        return {name: party.id for party in parties(self.loaded) for name in names_of(party)}

    @cached_property
    def passages(self) -> tuple[PlacedPassage, ...]:
        """Every text of every plan."""
        return tuple(
            PlacedPassage(block, piece.passage, self.file_of(block.plan, block.measure), piece.loc)
            for block in document_blocks(self.plans)
            for piece in block.pieces
            if piece.passage
        )

    def file_of(self, plan: Plan, measure: Measure | None) -> str:
        """The file of a measure, or plan.yml."""
        return self.loaded.measure_file(plan, measure) if measure else head_file(plan)

    @cached_property
    def duties(self) -> tuple[PlacedDuty, ...]:
        """Every responsibility of every plan; 注：列首位的牵头, outside the brackets, holds for all."""
        stated = {found.block.plan.id for found in self.passages if says_first_leads(found.passage.text)}
        conventions = {name: Convention(first_leads=True) for name in stated}
        found = []
        for task in self.graph.tasks:
            if task.clause.responsibility is None:
                continue
            convention = conventions.get(task.plan.id, Convention())
            reading = parse_responsibility(task.clause.responsibility.phrase, convention)
            conventions[task.plan.id] = reading.convention if reading else convention
            file, loc = self.file_of(task.plan, task.measure), (*clause_loc(task), "responsibility")
            found.append(PlacedDuty(task, task.clause.responsibility, file, loc, reading))
        return tuple(found)

    @cached_property
    def decisions(self) -> Mapping[str, TaskBreakdown]:
        """What the office decided, by task number."""
        return {found.task: found for plan in self.plans for found in plan.breakdown}

    def records(self) -> Iterator[tuple[str, Record, Loc]]:
        """Every record that was read, with its file and its place in it."""
        yield "units.yml", self.loaded.units, ()
        yield "calendar.yml", self.loaded.calendar, ()
        yield "rules.yml", self.loaded.rules, ()
        for plan in self.plans:
            yield head_file(plan), plan.head, ()
            for measure in plan.measures:
                yield self.file_of(plan, measure), measure, ()
            for index, link in enumerate(plan.links):
                yield f"{plan.id}/links.yml", link, ("links", index)
            for index, task in enumerate(plan.breakdown):
                yield f"{plan.id}/breakdown.yml", task, ("tasks", index)
            if plan.assessment:
                yield f"{plan.id}/assessment.yml", plan.assessment, ()

    @cached_property
    def texts(self) -> tuple[tuple[str, str, Loc], ...]:
        """Every text in a record: its file, the text, its place."""
        return tuple(
            (file, text, where) for file, record, loc in self.records() for text, where in _strings(record, loc)
        )


def _strings(value: object, loc: Loc) -> Iterator[tuple[str, Loc]]:
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield value, loc
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _strings(item, (*loc, index))
    elif isinstance(value, Record):
        for name, written in _written_names(type(value)):
            yield from _strings(getattr(value, name), (*loc, written))


@lru_cache(maxsize=256)
def _written_names(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of record, each with its name in a file."""
    return tuple((name, info.alias or name) for name, info in kind.model_fields.items())


def head_file(plan: Plan) -> str:
    """`scheme/plan.yml`."""
    return f"{plan.id}/plan.yml"


def clause_loc(task: Task) -> Loc:
    """Where a task's clause stands in its measure's file."""
    return ("clauses", task.position - 1)


def day(value: date | None) -> str:
    """A day as a message shows it."""
    return value.isoformat() if value else "（未填）"
