"""城政发〔2024〕9号 as data: nothing lost, nothing overlooked, every known trap read rightly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.findings import has_errors
from generator.graph import ResponsibilityGraph, resolve
from generator.model import Clause, DeadlineKind, LinkKind, Measure, MentionKind, Passage, Plan, Role
from generator.project import Project
from generator.storage import LoadedProject, load_project

ROOT = Path(__file__).parent.parent
CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases/real_plan.yml").read_text("utf-8"))
SOURCE = ROOT / "plan/source/chengzhengfa-2024-9.txt"


@pytest.fixture(scope="module")
def loaded() -> LoadedProject:
    return load_project(Project(ROOT))


@pytest.fixture(scope="module")
def graph(loaded: LoadedProject) -> ResponsibilityGraph:
    return resolve(loaded)


@pytest.fixture(scope="module")
def raw() -> str:
    return SOURCE.read_text("utf-8")


def normalised(raw: str) -> str:
    """White space, # and `- ` at line starts, and <sub> tags go; nothing else."""
    lines = re.sub(r"(?m)^\s*#+|^- ", "", raw)
    return re.sub(r"\s+", "", re.sub(r"</?sub>", "", lines))


def joined(plan: Plan, repaired: bool) -> str:
    """The whole document again; `repaired` or as the source has it."""
    head = plan.head
    parts = [_text(block, repaired) for block in head.front]
    for section in head.sections:
        parts += [section.printed_number, section.title]
        parts += [_text(block, repaired) for block in section.paragraphs]
        for objective in section.objectives:
            parts += [objective.number, objective.title or "", objective.title_mark if objective.title else ""]
            parts += [_text(statement, repaired) for statement in objective.statements]
        for chapter in section.chapters:
            parts += [chapter.printed_number, chapter.title]
            parts += [_measure(found, repaired) for found in plan.measures if found.chapter == chapter.number]
    return "".join([*parts, *(_text(block, repaired) for block in head.back)])


def _text(passage: Passage, repaired: bool) -> str:
    return passage.text if repaired or passage.source_text is None else passage.source_text


def _measure(measure: Measure, repaired: bool) -> str:
    clauses = "".join(_clause(clause, repaired) for clause in measure.clauses)
    return f"{measure.printed}{measure.title}{measure.title_mark}{clauses}"


def _clause(clause: Clause, repaired: bool) -> str:
    found = clause.responsibility
    assert found is not None
    bracket = found.printed() if repaired or found.source_text is None else found.source_text
    return "".join(_text(statement, repaired) for statement in clause.statements) + bracket + clause.tail


def passages(plan: Plan) -> Iterator[tuple[str, Passage]]:
    """Every piece of verbatim text that can carry a reading, with a name for it."""
    head = plan.head
    objectives = count(1)
    for index, block in enumerate(head.front, 1):
        yield f"{plan.id}-front-{index}", block
    for section in head.sections:
        for block in section.paragraphs:
            yield f"{plan.id}-section-{section.number}", block
        for objective in section.objectives:
            number = next(objectives)
            for statement in objective.statements:
                yield f"{plan.id}-objective-{number}", statement
    for measure in plan.measures:
        for position, clause in enumerate(measure.clauses, 1):
            for index, statement in enumerate(clause.statements, 1):
                yield f"{plan.clause_id(measure, position)}.{index}", statement
    for index, block in enumerate(head.back, 1):
        yield f"{plan.id}-back-{index}", block


def clauses(loaded: LoadedProject) -> dict[str, Clause]:
    return {
        plan.task_label(measure, position): clause
        for plan in loaded.plans
        for measure in plan.measures
        for position, clause in enumerate(measure.clauses, 1)
    }


def named(clause: Clause, role: Role) -> tuple[str, ...]:
    assert clause.responsibility is not None
    return tuple(name for found, name in clause.responsibility.by_role() if found is role)


def all_names(clause: Clause) -> list[str]:
    return [name for role in Role for name in named(clause, role)]


def everything(loaded: LoadedProject) -> list[tuple[str, Passage]]:
    return [found for plan in loaded.plans for found in passages(plan)]


# --- lossless ---------------------------------------------------------------


def test_every_file_of_the_plan_is_read_and_every_name_is_known(loaded: LoadedProject, graph: ResponsibilityGraph) -> None:
    assert loaded.findings == ()
    assert graph.findings == ()


def test_the_plans_joined_are_the_source_character_for_character(loaded: LoadedProject, raw: str) -> None:
    assert "".join(joined(plan, repaired=False) for plan in loaded.plans) == normalised(raw)


def test_the_repaired_text_differs_from_the_source_only_where_measure_20_is_cut(loaded: LoadedProject, raw: str) -> None:
    cut = "各相关镇(街道)配(六)完善"
    mended = normalised(raw).replace(cut, "各相关镇(街道)配合〕(六)完善")
    assert normalised(raw).count(cut) == 1
    assert "".join(joined(plan, repaired=True) for plan in loaded.plans) == mended


def test_the_places_where_the_source_is_broken_are_exactly_the_known_ones(loaded: LoadedProject) -> None:
    noted = {label: found.responsibility for label, found in clauses(loaded).items() if found.responsibility}
    assert [label for label, found in noted.items() if found.source_note] == ["方案-20", "方案-26", "行动-09"]
    assert [label for label, found in noted.items() if found.source_text] == ["方案-20"]
    assert not [name for name, found in everything(loaded) if found.source_note or found.source_text]


def test_every_name_that_the_source_breaks_inside_a_bracket_is_noted(loaded: LoadedProject, raw: str) -> None:
    names = {name for clause in clauses(loaded).values() for name in all_names(clause)}
    broken = [
        re.sub(r"\s", "", found.group())
        for name in sorted(names)
        for found in re.finditer(r"\s*".join(map(re.escape, name)), raw)
        if re.search(r"\s", found.group())
    ]
    assert broken == ["区生态环境分局", "区生态环境分局"]


# --- nothing overlooked -----------------------------------------------------


def covered(passage: Passage) -> set[int]:
    """Places in the text that a reading accounts for; the n-th like entry stands for the n-th occurrence."""
    places: set[int] = set()
    for entries in (passage.deadlines, passage.targets, passage.mentions):
        seen: Counter[str] = Counter()
        for entry in entries:
            starts = [found.start() for found in re.finditer(re.escape(entry.phrase), passage.text)]
            start = starts[min(seen[entry.phrase], len(starts) - 1)]
            seen[entry.phrase] += 1
            places.update(range(start, start + len(entry.phrase)))
    return places


def test_every_figure_and_every_word_of_time_is_read_or_listed(loaded: LoadedProject) -> None:
    finder = re.compile("|".join(CASES["finder"]))
    found = [(name, passage, hit) for name, passage in everything(loaded) for hit in finder.finditer(passage.text)]
    overlooked = [
        (name, hit.group(), passage.text[max(0, hit.start() - 8) : hit.end() + 8])
        for name, passage, hit in found
        if not set(range(*hit.span())) <= covered(passage)
    ]
    assert overlooked == []
    assert len(found) > 100


def test_no_figure_hides_in_a_heading_or_a_bracket(loaded: LoadedProject) -> None:
    heads = [measure.title or "" for plan in loaded.plans for measure in plan.measures]
    for section in (found for plan in loaded.plans for found in plan.head.sections):
        heads += [section.title, *(found.title for found in section.chapters), *(str(found.title) for found in section.objectives)]
    brackets = [found.responsibility.phrase for found in clauses(loaded).values() if found.responsibility]
    assert not [text for text in heads + brackets if re.search(r"[0-9]|百分|[年月季]", text)]


def test_a_mention_is_a_short_run_and_not_a_whole_sentence(loaded: LoadedProject) -> None:
    mentions = [found for _, passage in everything(loaded) for found in passage.mentions]
    assert max(len(found.phrase) for found in mentions) <= 20
    assert not [found.phrase for found in mentions if re.search("[,。;]", found.phrase)]


def test_every_time_with_a_day_is_read_as_a_careful_reader_does(loaded: LoadedProject) -> None:
    read = [
        {
            "at": name,
            "phrase": found.phrase,
            "kind": found.kind.value,
            "start": found.start.isoformat() if found.start else None,
            "end": found.end.isoformat() if found.end else None,
            "inferred": found.inferred,
        }
        for name, passage in everything(loaded)
        for found in passage.deadlines
        if found.start or found.end
    ]
    assert read == CASES["dated"]


def test_every_target_is_read_as_a_careful_reader_does(loaded: LoadedProject) -> None:
    read = [
        [name, found.indicator, found.comparator.value, found.value, found.symbol]
        for name, passage in everything(loaded)
        for found in passage.targets
    ]
    assert read == CASES["targets"]


def test_a_target_without_a_figure_is_one_that_the_city_sets(loaded: LoadedProject) -> None:
    targets = [found for _, passage in everything(loaded) for found in passage.targets]
    assert all(found.external == (found.value is None) for found in targets)
    assert [found.baseline for found in targets if found.baseline] == ["2020"]


def test_recurring_duties_say_how_often(loaded: LoadedProject) -> None:
    read = [
        [name, found.phrase, found.recurrence]
        for name, passage in everything(loaded)
        for found in passage.deadlines
        if found.kind is DeadlineKind.RECURRING
    ]
    assert read == CASES["recurring"]


def test_every_duty_that_goes_on_is_ongoing(loaded: LoadedProject) -> None:
    for name, passage in ((name, found) for name, found in everything(loaded) if re.match(r".*\d\.\d", name)):
        wanted = len(re.findall("持续|继续|常态化|动态清零", passage.text))
        ongoing = [found for found in passage.deadlines if found.kind is DeadlineKind.ONGOING]
        assert (name, len(ongoing)) == (name, wanted)
        assert not [found for found in ongoing if found.start or found.end or found.inferred]


def test_what_is_inferred_says_on_what_it_rests(loaded: LoadedProject) -> None:
    deadlines = [found for _, passage in everything(loaded) for found in passage.deadlines]
    assert all(found.basis for found in deadlines if found.inferred)
    seasons = {season.id: season for season in loaded.calendar.seasons}
    assert {found.season for found in deadlines if found.season} <= set(seasons)
    assert not any(season.confirmed for season in seasons.values())


# --- responsibility ---------------------------------------------------------


def wordings(clause: Clause) -> set[str]:
    """Every way in which this document could word the roles that were read."""
    lead, shared, support, responsible = (
        "、".join(named(clause, role)) for role in (Role.LEAD, Role.SHARED, Role.SUPPORT, Role.RESPONSIBLE)
    )
    assert clause.responsibility is not None
    rest = "等" if clause.responsibility.open else ""
    return {
        f"责任单位:{responsible}",
        f"{lead}牵头负责",
        f"{lead}牵头,{shared}按职责分工负责",
        f"{lead}{rest}按职责分工牵头负责,{support}配合",
        f"{shared}{rest}按职责分工负责",
        f"{shared}{rest}按职责分工负责,{support}配合",
        f"{shared}{rest}按职责分工负责、{support}配合",
    }


def test_the_roles_worded_again_give_the_bracket(loaded: LoadedProject) -> None:
    wrong = {
        label: clause.responsibility.phrase
        for label, clause in clauses(loaded).items()
        if clause.responsibility and clause.responsibility.phrase not in wordings(clause)
    }
    assert wrong == {}


def test_counts_are_those_of_the_document(loaded: LoadedProject, raw: str) -> None:
    assert [len(plan.measures) for plan in loaded.plans] == [29, 11]
    assert len(clauses(loaded)) == 42
    statements = sum(len(clause.statements) for clause in clauses(loaded).values())
    stops = normalised(raw).count("。")
    # Stops that end no statement of a measure: 40 titles, two stops in each of four objectives, and in scheme
    # the letter, the lead-in and the guiding thought, in the annex the copies.
    assert statements == stops - 40 - 4 * 2 - 4 == 134


def test_names_stand_in_as_many_brackets_as_in_the_source(loaded: LoadedProject, raw: str) -> None:
    found = Counter(name for clause in clauses(loaded).values() for name in all_names(clause))
    assert {name: found[name] for name in CASES["brackets"]} == CASES["brackets"]
    brackets = re.findall(r"[〔\[](?:责任单位:)?[区各][^〔\[]*?(?:[〕\]]|配(?=\(六\)))", normalised(raw))
    assert len(brackets) == 42
    separators = sum(text.count("、") for text in brackets)
    # A name more than there are separators in each list: one list in each bracket, a second one in
    # measures 1, 11①, 13, 19, 20 and 25-29; measure 9 has its second list behind a 、.
    assert sum(found.values()) == separators + 42 + 10


def test_eighteen_bureaus_and_eight_towns_in_an_order_that_waits_for_confirmation(loaded: LoadedProject) -> None:
    units = loaded.units
    kinds = Counter(unit.kind.value for unit in units.units)
    assert kinds == {"department": 14, "dispatched": 3, "centre": 1, "office": 1, "town": 1, "subdistrict": 7}
    assert not units.order_confirmed
    assert [unit.id for unit in units.units if not unit.confirmed] == [
        "dongjie", "xijie", "nanjie", "beijie", "xishangzhuang", "kaifaqu",
    ]  # fmt: skip
    assert not any(group.confirmed for group in units.groups)
