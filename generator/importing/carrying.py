"""What is carried into the next year's plan, file by file: added to what stands there, which never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from generator.analysis.carry_over import Unfinished, unfinished
from generator.book import Book
from generator.model import (
    BreakdownFile,
    CloseOut,
    DecisionsFile,
    Extension,
    ExtraTask,
    ExtraTasksFile,
    LedgerState,
    Link,
    LinksFile,
    Measure,
    Plan,
    Record,
    Share,
    TaskBreakdown,
    circled,
    text_stamp,
)
from generator.storage import record_yaml, with_entries

HEAD_NOTE = """由 planbook rollover 结转写出：这里只有上一年度没有完成的任务，文字照录原计划
新一年的计划印发后，可先 planbook import，再结转到它里面；标题、文号等请补写"""


@dataclass(frozen=True)
class Carried:
    """One task as it goes on: its old and its new number; `new` is False where it was carried before."""

    task: Unfinished
    label: str
    new: bool = True


class Carrying:
    """Files of the target plan; everything is added, nothing is changed, and what is there is not added again."""

    def __init__(self, book: Book, old: Plan, target: Plan, continuing: bool) -> None:
        self.book, self.old, self.target = book, old, target
        found = unfinished(book.ledger, old)
        self.left = tuple(task for task in found if task.continuing and not continuing)
        self.tasks = tuple(task for task in found if task not in self.left)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Old measure id → the measure that goes on with it, numbered after those that are there."""
        held = {measure.carried_from: measure for measure in self.target.measures if measure.carried_from}
        numbers = count(max((measure.number for measure in self.target.measures), default=0) + 1)
        found: dict[str, Measure] = {}
        for measure in self.old.measures:
            origin = self.old.measure_id(measure)
            places = [place for place, _ in self._open_clauses(measure)]
            if places:
                found[origin] = held.get(origin) or self._measure(measure, places, next(numbers))
        return found

    def _open_clauses(self, measure: Measure) -> Iterator[tuple[int, Unfinished]]:
        by_label = {task.row.label: task for task in self.tasks if task.extra is None}
        for place in range(1, len(measure.clauses) + 1):
            task = by_label.get(self.old.task_label(measure, place))
            if task:
                yield place, task

    def _measure(self, measure: Measure, places: Sequence[int], number: int) -> Measure:
        return Measure(
            number=number,
            title=measure.title,
            title_mark=measure.title_mark,
            chapter=None if self.target in self.book.plans else "一",
            clauses=tuple(measure.clauses[place - 1] for place in places),
            carried_from=self.old.measure_id(measure),
            carried_stamp=text_stamp(measure.text),
        )

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """Every task with its new number."""
        return (*self._carried_tasks(), *self._carried_extras())

    def _carried_tasks(self) -> Iterator[Carried]:
        held = {measure.carried_from for measure in self.target.measures}
        for measure in self.old.measures:
            origin = self.old.measure_id(measure)
            for position, (_, task) in enumerate(self._open_clauses(measure), 1):
                new = self.measures[origin]
                mark = circled(position) if len(new.clauses) > 1 else ""
                yield Carried(task, f"{self.target.measure_label(new)}{mark}", origin not in held)

    def _carried_extras(self) -> Iterator[Carried]:
        held = {task.carried_from: task.task for task in self.target.extra_tasks if task.carried_from}
        taken = {task.task for plan in self.book.plans for task in plan.extra_tasks}
        for task in (task for task in self.tasks if task.extra):
            origin = f"{self.old.id}/{task.row.label}"
            label = held.get(origin) or _next_label(task.row.label, taken)
            taken.add(label)
            yield Carried(task, label, origin not in held)

    def files(self) -> dict[str, bytes | None]:
        """Path in the plan's folder → content; None where there is nothing to write."""
        held = {measure.number for measure in self.target.measures}
        new = [measure for measure in self.measures.values() if measure.number not in held]
        found: dict[str, bytes | None] = {
            f"measures/{one.number:02d}.yml": record_yaml(one, "../../schemas/measure.json", self._note(one))
            for one in new
        }
        decided = f"decisions/carried-from-{self.old.id}.yml"
        found[decided] = self._added(decided, DecisionsFile(), self._decisions(), "../../schemas/decisions.json")
        for name, empty, entries in (
            ("breakdown.yml", BreakdownFile(), {"tasks": tuple(self._breakdown())}),
            ("links.yml", LinksFile(), {"links": tuple(self._links())}),
            ("extra-tasks.yml", ExtraTasksFile(), {"tasks": tuple(self._extras())}),
        ):
            schema = f"../schemas/{name.removesuffix('.yml')}.json"
            found[name] = self._added(name, empty, entries, schema)
        if not (self._folder / "plan.yml").exists():
            found["plan.yml"] = record_yaml(self.target.head, "../schemas/plan.json", HEAD_NOTE)
        return found

    @property
    def _folder(self) -> Path:
        return self.book.project.plan / self.target.id

    def _note(self, measure: Measure) -> str:
        return f"结转自 {self.old.head.short_title} {measure.carried_from}，文字照录；改动文字请改原计划后重新结转"

    def _added(
        self, name: str, empty: Record, entries: Mapping[str, Sequence[Record]], schema: str
    ) -> bytes | None:
        """A file with entries at the end of its lists; every line that stands in it stays."""
        given = {key: records for key, records in entries.items() if records}
        if not given:
            return None
        path = self._folder / name
        if path.exists():
            return with_entries(path.read_bytes(), given)
        return record_yaml(empty.model_copy(update={key: tuple(found) for key, found in given.items()}), schema)

    def _decisions(self) -> Mapping[str, Sequence[Record]]:
        """Approved extensions that still run, and close-outs of units that are done with a carried task."""
        held = [file for _, file in self.target.decisions]
        extensions = {ruling for file in held for ruling in file.extensions}
        closed = {ruling for file in held for ruling in file.close_outs}
        return {
            "extensions": [ruling for ruling in self._extensions() if ruling not in extensions],
            "close_outs": [ruling for ruling in self._close_outs() if ruling not in closed],
        }

    def _extensions(self) -> Iterator[Extension]:
        for carried in self.carried:
            for entry in carried.task.open:
                if carried.task.extra is None and entry.found is LedgerState.EXTENDED:
                    change = next(one for one in reversed(entry.history) if one.until)
                    yield Extension(
                        task=carried.label,
                        unit=self.book.graph.name(entry.unit),
                        basis=f"结转自{carried.task.row.label}：{change.basis}",
                        by=change.by,
                        on=change.on,
                        evidence=change.evidence,
                        until=entry.due,
                    )

    def _close_outs(self) -> Iterator[CloseOut]:
        for carried in self.carried:
            for entry in carried.task.done if carried.task.extra is None else ():
                changes = [one for one in entry.history if one.state is LedgerState.COMPLETED and one.evidence]
                for change in changes[-1:]:
                    yield CloseOut(
                        task=carried.label,
                        unit=self.book.graph.name(entry.unit),
                        basis=f"结转自{carried.task.row.label}：{change.basis}",
                        by=change.by,
                        on=change.on,
                        evidence=change.evidence,
                    )

    def _breakdown(self) -> Iterator[TaskBreakdown]:
        """What the office decided goes on, its quantity less what was done; nodes of the old year end."""
        held = {entry.task for entry in self.target.breakdown}
        for carried in self.carried:
            decided = carried.task.row.breakdown
            if decided is None or carried.label in held or carried.task.extra:
                continue
            rest = {
                entry.unit: _rest(entry.quantity.target, entry.quantity.cumulative) for entry in carried.task.open
            }
            shares = tuple(
                Share(unit=self.book.graph.name(unit), quantity=left) for unit, left in rest.items() if left
            )
            total = sum(share.quantity for share in shares)
            note = "；数量为结转余量" if total else ""
            yield TaskBreakdown(
                task=carried.label,
                consolidator=decided.consolidator,
                open_list=decided.open_list,
                leader=decided.leader,
                section=decided.section,
                frequency=decided.frequency,
                yearly_quantity=total or None,
                symbol=decided.symbol if total else None,
                shares=shares if decided.shares else (),
                basis=f"结转自{carried.task.row.label}：{decided.basis}{note}",
                approved_by=decided.approved_by,
                approved_on=decided.approved_on,
            )

    def _links(self) -> Iterator[Link]:
        """What the old measure carries out the new one carries out too, where its plan has the same parents."""
        parents = {parent.plan for parent in self.target.head.parents}
        held = {(link.source, link.to) for link in self.target.links}
        for link in self.old.links:
            measure = self.measures.get(link.source)
            plan = self.book.graph.measures[link.to][0].id if link.to in self.book.graph.measures else None
            source = self.target.measure_id(measure) if measure else ""
            if measure and plan in parents and (source, link.to) not in held:
                reason = f"结转自{self._label(link.source)}：{link.reason}"
                yield Link.model_validate({"from": source, "to": link.to, "kind": link.kind, "reason": reason})

    def _label(self, measure_id: str) -> str:
        plan, measure = self.book.graph.measures[measure_id]
        return plan.measure_label(measure)

    def _extras(self) -> Iterator[ExtraTask]:
        """Tasks from outside the plan, for the units that still owe them."""
        for carried in self.carried:
            extra = carried.task.extra
            if extra is None or not carried.new:
                continue
            still = {entry.unit for entry in carried.task.open}
            ids = {name: self._unit(name) for name in (*extra.lead, *extra.responsible)}
            lead = tuple(name for name in extra.lead if ids[name] in still)
            rest = tuple(
                self.book.graph.name(entry.unit)
                for entry in carried.task.open
                if entry.unit not in {ids[name] for name in lead}
            )
            due = max((entry.due for entry in carried.task.open if entry.due), default=extra.due)
            origin = f"{self.old.id}/{extra.task}"
            new = {"task": carried.label, "lead": lead, "responsible": rest, "due": due, "carried_from": origin}
            yield extra.model_copy(update=new)

    def _unit(self, name: str) -> str:
        return next((unit.id for unit in self.book.graph.units if name in {unit.id, unit.name}), name)


def _rest(target: float | None, done: float | None) -> float | None:
    return None if target is None else max(0.0, target - (done or 0))


def _next_label(label: str, taken: Iterable[str]) -> str:
    """会议-03 where the last task of the kind was 会议-02."""
    prefix = label.rpartition("-")[0]
    numbers = (int(found[1]) for one in taken if (found := re.fullmatch(rf"{re.escape(prefix)}-(\d+)", one)))
    return f"{prefix}-{max(numbers, default=0) + 1:02d}"
