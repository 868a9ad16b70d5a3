"""城政发〔2024〕9号 as data: nothing lost, nothing overlooked, every date, figure and role as a careful reader has it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from generator.graph import ResponsibilityGraph, resolve
from generator.model import Clause, DeadlineKind, Passage, Role
from generator.project import Project
from generator.storage import LoadedProject, load_project
from tests.real_plan import CASES, ROOT, all_names, clauses, everything, joined, named, normalised


@pytest.fixture(scope="module")
def loaded(real_project: Project) -> LoadedProject:
    return load_project(real_project)


@pytest.fixture(scope="module")
def graph(loaded: LoadedProject) -> ResponsibilityGraph:
    return resolve(loaded)


@pytest.fixture(scope="module")
def raw() -> str:
    return (ROOT / "plan/source/chengzhengfa-2024-9.txt").read_text("utf-8")


# --- lossless ---------------------------------------------------------------


def test_every_file_of_the_plan_is_read_and_every_name_is_known(
    loaded: LoadedProject, graph: ResponsibilityGraph
) -> None:
    assert loaded.findings == ()
    assert graph.findings == ()


def test_the_plans_joined_are_the_source_character_for_character(loaded: LoadedProject, raw: str) -> None:
    assert "".join(joined(plan, repaired=False) for plan in loaded.plans) == normalised(raw)


def test_the_repaired_text_differs_from_the_source_only_where_measure_20_is_cut(
    loaded: LoadedProject, raw: str
) -> None:
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
        heads += [
            section.title,
            *(found.title for found in section.chapters),
            *(str(found.title) for found in section.objectives),
        ]
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
        wanted = len(re.findall("持续|继续|常态化", passage.text))
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
    assert found == CASES["departments"] | CASES["others"]
    source = normalised(raw)
    assert {name: source.count(name) for name in CASES["departments"]} == CASES["departments"]


def test_eighteen_bureaus_and_eight_towns_in_an_order_that_waits_for_confirmation(loaded: LoadedProject) -> None:
    units = loaded.units
    kinds = Counter(unit.kind.value for unit in units.units)
    assert kinds == {"department": 14, "dispatched": 3, "centre": 1, "office": 1, "town": 1, "subdistrict": 7}
    assert not units.order_confirmed
    assert [unit.id for unit in units.units if not unit.confirmed] == [
        "dongjie", "xijie", "nanjie", "beijie", "xishangzhuang", "kaifaqu",
    ]  # fmt: skip
    assert not any(group.confirmed for group in units.groups)
