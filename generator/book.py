"""All that a renderer may know (Book), and what it gives back (Artifact)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from generator.analysis import assessment, tasks
from generator.analysis.bookkeeping import keep_ledger
from generator.analysis.calendar import PlanCalendar, plan_calendar
from generator.analysis.changes import Changes
from generator.analysis.collaboration import Partnership, partnerships
from generator.analysis.ledger import Ledger
from generator.analysis.matrix import Matrix, matrix
from generator.analysis.obligations import extra_duties
from generator.analysis.occasions import Occasion, task_occasions
from generator.analysis.schedule import ScheduleRow, TargetRow, schedule, targets
from generator.analysis.unconfirmed import OpenPoint, open_points
from generator.findings import Finding, Place, PlanError, Severity, shown
from generator.graph import ResponsibilityGraph
from generator.model import Plan
from generator.project import Edition, Project
from generator.storage import LoadedProject
from generator.terms import Terms
from generator.writing import path_key

Content = TypeVar("Content")


@dataclass(frozen=True)
class Artifact:
    """产出文件: a path relative to the site's root, with forward slashes, and its bytes."""

    path: str
    content: bytes


def apart(files: Iterable[tuple[str, Content]]) -> dict[str, Content]:
    """Files by their paths; PlanError where two claim one, for the first would be lost in silence."""
    found: dict[str, Content] = {}
    keys: set[str] = set()
    taken: dict[str, None] = {}
    for path, content in files:
        if path_key(path) in keys:
            taken[path] = None
        keys.add(path_key(path))
        found[path] = content
    if taken:
        raise PlanError(map(_same_path, taken))
    return found


def _same_path(path: str) -> Finding:
    message = (
        f"有两份材料要用同一个文件名“{shown(path, 200)}”（不分大小写），后一份会盖掉前一份；"
        "应在 templates/terms.yml 中把两种材料的文件名写得不同，两个单位同名的，在 units.yml 中把名称写得不同"
    )
    return Finding(Place("templates/terms.yml"), "terms", Severity.ERROR, message)


class UncheckedError(Exception):
    """Somebody asks what the check of a plan found that is not checked yet."""


@dataclass(frozen=True)
class Book:
    """The resolved plans with the words to print them; `as_of` is the day that the output stands for.

    The tables that many outputs draw are here, each worked out once; `changes` are those since the version that
    mkdocs.yml names, None where it names none. `checked` is what the check found, None where it is still going on.
    `edition` is the site's; `withheld` tells that the plan folder has returns or decisions which a book of the
    public edition does not hold.
    """

    loaded: LoadedProject
    graph: ResponsibilityGraph
    terms: Terms
    checked: tuple[Finding, ...] | None
    as_of: date
    project: Project
    changes: Changes | None = None
    edition: Edition = Edition.PUBLIC
    withheld: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the check found."""
        if self.checked is None:
            raise UncheckedError
        return self.checked

    @property
    def internal(self) -> bool:
        """Whether it is the internal edition: every page and paper says 内部资料."""
        return self.edition is Edition.INTERNAL

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans in the order of the document."""
        return self.loaded.plans

    @property
    def page_mark(self) -> str:
        """What stands at the head of every page and paper (示例数据, 内部资料); empty where nothing is to."""
        return self.internal_mark if self.internal else self.loaded.rules.page_mark or ""

    @property
    def internal_mark(self) -> str:
        """What stands at the head of every page of a paper that is not public (内部资料), before the page mark."""
        return "　".join(filter(None, (self.terms("office_paper.edition"), self.loaded.rules.page_mark)))

    @cached_property
    def rows(self) -> tuple[tasks.TaskRow, ...]:
        """Every task."""
        return tasks.task_rows(self.graph)

    @cached_property
    def row_by_label(self) -> dict[str, tasks.TaskRow]:
        """Tasks by their visible number."""
        return {row.label: row for row in self.rows}

    @cached_property
    def occasions(self) -> tuple[Occasion, ...]:
        """The days of every task, and the times that have none."""
        return task_occasions(self.plans, self.rows)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Ids of the units that owe anything, in official order."""
        return tasks.units_with_duties(self.graph)

    @cached_property
    def duties(self) -> dict[str, tuple[tasks.DutyRow, ...]]:
        """What every unit owes in the tasks of the plans, in the order of the document."""
        return tasks.duty_rows(self.graph, self.rows)

    @cached_property
    def task_lists(self) -> dict[str, tasks.TaskList]:
        """The task list of every such unit."""
        extra = extra_duties(self.graph, self.plans, self.as_of)
        return {unit: tasks.task_list(unit, self.duties[unit], extra.get(unit, ())) for unit in self.units}

    @cached_property
    def forms(self) -> dict[tuple[str, str], assessment.AssessmentForm]:
        """The annual assessment forms by plan and unit; a unit that is not assessed has none."""
        made = (
            assessment.assessment_form(self.graph, self.duties[unit], plan, unit)
            for plan in tasks.annual_plans(self.plans)
            for unit in self.units
        )
        return {(form.plan, form.unit): form for form in made if form}

    @cached_property
    def matrix(self) -> Matrix:
        """Measures × units and groups."""
        return matrix(self.graph, self.rows)

    @cached_property
    def schedule(self) -> tuple[ScheduleRow, ...]:
        """Every time expression."""
        return schedule(self.plans, self.rows)

    @cached_property
    def calendar(self) -> PlanCalendar:
        """Every time against the months."""
        return plan_calendar(self.graph, self.rows)

    @cached_property
    def targets(self) -> tuple[TargetRow, ...]:
        """Every figure to be reached."""
        return targets(self.plans, self.rows)

    @cached_property
    def partnerships(self) -> tuple[Partnership, ...]:
        """Who works with whom and on what."""
        return partnerships(self.graph)

    @cached_property
    def ledger(self) -> Ledger:
        """How every task stands at every unit on the day of the book."""
        # Forms take time to make out, and where nothing is reported nobody is asked for one.
        begun = self.loaded.rules.reporting_from or any(plan.returns for plan in self.plans)
        made = self.forms if begun else {}
        forms = {key: tuple(row.duty.row.label for row in form.rows) for key, form in made.items()}
        return keep_ledger(self.graph, self.rows, self.loaded.rules, self.plans, self.as_of, forms)

    @cached_property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """What is unconfirmed: every paper says it."""
        return open_points(self.loaded, self.graph)

    @cached_property
    def every_row(self) -> tuple[tasks.TaskRow, ...]:
        """The tasks of the plans, then those from outside them."""
        outside = (duty.row for found in self.task_lists.values() for duty in found.extra)
        return (*self.rows, *dict.fromkeys(outside))

    @cached_property
    def extra_labels(self) -> frozenset[str]:
        """The numbers of the tasks from outside the plans (计划外任务)."""
        return frozenset(task.task for plan in self.plans for task in plan.extra_tasks)

    def plan(self, plan_id: str) -> Plan:
        """One plan by its id."""
        return next(plan for plan in self.plans if plan.id == plan_id)
