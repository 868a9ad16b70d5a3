"""The grammar reads in the real plan what people encoded in it by careful reading."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model import Deadline, Passage, Plan, Target
from generator.phrases import (
    PhraseContext,
    figures_and_times,
    find_deadlines,
    find_mentions,
    find_responsibilities,
    find_targets,
    parse_deadline,
    parse_responsibility,
    parse_targets,
)
from generator.project import Project
from generator.storage import LoadedProject, load_project
from tests.real_plan import clauses, joined, passages

ISSUED = date(2024, 5, 9)


@pytest.fixture(scope="module")
def loaded(real_project: Project) -> LoadedProject:
    return load_project(real_project)


def texts(loaded: LoadedProject) -> list[tuple[str, Passage, PhraseContext]]:
    seasons = loaded.calendar.seasons
    return [
        (name, passage, PhraseContext(plan.head.year, ISSUED, seasons))
        for plan in loaded.plans
        for name, passage in passages(plan)
    ]


def days(deadline: Deadline) -> tuple[object, ...]:
    said = deadline
    return said.kind, said.start, said.end, said.recurrence, said.season, said.inferred


def figure(target: Target) -> tuple[object, ...]:
    said = target
    return said.indicator, said.comparator, said.value, said.symbol, said.baseline, said.external


def test_every_deadline_of_the_plan_is_found_and_no_other(loaded: LoadedProject) -> None:
    for name, passage, context in texts(loaded):
        found = [deadline.value for deadline in find_deadlines(passage.text, context)]
        assert sorted(map(days, found), key=str) == sorted(map(days, passage.deadlines), key=str), name


def test_every_target_of_the_plan_is_found_and_no_other(loaded: LoadedProject) -> None:
    for name, passage, _ in texts(loaded):
        found = [target.value for target in find_targets(passage.text)]
        assert sorted(map(figure, found), key=str) == sorted(map(figure, passage.targets), key=str), name


def test_every_phrase_of_the_plan_parses_to_its_value(loaded: LoadedProject) -> None:
    for name, passage, context in texts(loaded):
        for deadline in passage.deadlines:
            parsed = parse_deadline(deadline.phrase, context, passage.text)
            assert parsed is not None, name
            assert days(parsed) == days(deadline), name
        for target in passage.targets:
            assert figure(target) in map(figure, parse_targets(target.phrase, passage.text)), name


def test_no_figure_and_no_time_of_the_plan_is_left_without_a_reading(loaded: LoadedProject) -> None:
    for name, passage, context in texts(loaded):
        text = passage.text
        taken: set[int] = set()
        for found in (*find_deadlines(text, context), *find_targets(text), *find_mentions(text, context)):
            taken.update(range(found.start, found.end))
        left = [
            text[start:end] for start, end in figures_and_times(text) if not taken.issuperset(range(start, end))
        ]
        assert left == [], name


def test_every_responsibility_of_the_plan_is_read_with_its_roles(loaded: LoadedProject) -> None:
    for label, clause in clauses(loaded).items():
        assert clause.responsibility is not None
        reading = parse_responsibility(clause.responsibility.phrase)
        assert reading is not None, label
        assert reading.by_role() == clause.responsibility.by_role(), label
        assert reading.open == clause.responsibility.open, label


@pytest.mark.parametrize("repaired", [True, False])
def test_every_bracket_is_found_in_the_running_text(loaded: LoadedProject, repaired: bool) -> None:
    for plan in loaded.plans:
        found = find_responsibilities(joined(plan, repaired))
        assert [reading.value.by_role() for reading in found] == _encoded(plan)


def _encoded(plan: Plan) -> list[object]:
    owed = [clause.responsibility for measure in plan.measures for clause in measure.clauses]
    return [responsibility.by_role() for responsibility in owed if responsibility]
