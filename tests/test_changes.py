"""What changed between two versions of the plan: nothing is missed, nothing is made up, both ways say the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.changes import Changes, SentenceChange, VersionChangeKind, compare
from generator.analysis.changes.alignment import aligned, marked
from generator.analysis.changes.pairing import Item, paired
from generator.book import Book
from generator.cli import cli
from generator.graph import ResponsibilityGraph, resolve
from generator.model import (
    CalendarFile,
    Clause,
    Deadline,
    DeadlineKind,
    Link,
    LinkKind,
    Measure,
    Passage,
    Plan,
    PlanHead,
    Responsibility,
    RulesFile,
    Target,
    Unit,
    UnitGroup,
    UnitKind,
    UnitsFile,
)
from generator.project import Project
from generator.renderers.changes_text import changes_text
from generator.storage import LoadedProject
from tests.conftest import ROOT
from tests.golden_files import assert_golden
from tests.versions import NAMES, changes_by, graph_of, mirrored, repository, unordered

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "changes.yml").read_text("utf-8"))


def said(book: Book, changes: Changes) -> list[str]:
    """The lines of the answer between its first and its last, white space at the start as in the cases."""
    lines = changes_text(book.terms, changes, "text").splitlines()
    assert lines[0] == "由 旧 到 新"
    assert lines[-1].startswith("（比较的是")
    return [line.replace("  ", "　") for line in lines[1:-1] if line]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_answer_says_what_changed_and_nothing_else(
    case: dict[str, Any], small_book: Book, tmp_path: Path
) -> None:
    changes = changes_by(tmp_path, case["edits"])
    assert said(small_book, changes) == (case["says"] or ["两个版本的计划没有差别"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_other_way_round_gained_is_lost_and_added_is_removed(case: dict[str, Any], tmp_path: Path) -> None:
    changes = changes_by(tmp_path, case["edits"])
    before, after = (graph_of(Project(tmp_path / name)) for name in ("before", "after"))
    back = compare(after, before, *reversed(NAMES))
    assert unordered(back) == unordered(mirrored(changes))


def test_the_real_plan_has_not_changed_from_itself(real_book: Book) -> None:
    assert not compare(real_book.graph, real_book.graph, *NAMES)


# Plans made of few words, so that the same sentence, title or unit turns up again and again.
SENTENCES = ("开展巡查。", "开展两次巡查。", "完成管网建设12公里。", "完成管网建设15公里。", "常态化保洁。", "")
UNITS = tuple(
    Unit(id=name, name=written, kind=UnitKind.DEPARTMENT, confirmed=True)
    for name, written in (("water", "区水务局"), ("housing", "区住建局"), ("north", "北溪镇"), ("south", "南桥镇"))
)

deadlines = st.builds(
    Deadline,
    phrase=st.sampled_from(["年底前", "9月底前"]),
    kind=st.just(DeadlineKind.BY),
    end=st.sampled_from([date(2024, 9, 30), date(2024, 12, 31)]),
    inferred=st.booleans(),
)
targets = st.builds(
    Target,
    phrase=st.sampled_from(["12公里", "15公里"]),
    indicator=st.sampled_from(["管网", "道路"]),
    comparator=st.just(">="),
    value=st.sampled_from([12, 15]),
)
statements = st.builds(
    Passage,
    text=st.sampled_from([text for text in SENTENCES if text]),
    deadlines=st.lists(deadlines, max_size=2).map(tuple),
    targets=st.lists(targets, max_size=2).map(tuple),
)
names = st.lists(st.sampled_from(["区水务局", "区住建局", "北溪镇", "各镇"]), max_size=3, unique=True).map(tuple)
responsibilities = st.builds(
    Responsibility, phrase=st.just("照录"), lead=names, support=names, shared=st.just(()), open=st.just(False)
)
clauses = st.builds(
    Clause,
    statements=st.lists(statements, min_size=1, max_size=3).map(tuple),
    responsibility=st.none() | responsibilities,
)


@st.composite
def measures(draw: st.DrawFn) -> tuple[Measure, ...]:
    """Up to four measures with numbers of their own."""
    numbers = sorted(draw(st.sets(st.integers(1, 6), max_size=4)))
    title = st.none() | st.sampled_from(["巡查", "管网", "保洁"])
    several = st.lists(clauses, min_size=1, max_size=2).map(tuple)
    return tuple(Measure(number=number, title=draw(title), clauses=draw(several)) for number in numbers)


@st.composite
def graphs(draw: st.DrawFn) -> ResponsibilityGraph:
    """A plan of few words, resolved."""
    found = draw(measures())
    ids = [f"plan-{measure.number:02d}" for measure in found]
    ends = st.sampled_from(ids) if ids else st.nothing()
    kind = st.sampled_from(list(LinkKind))
    tied = st.builds(
        lambda source, to, how: Link(**{"from": source, "to": to, "kind": how, "reason": "同"}), ends, ends, kind
    )
    links = draw(st.lists(tied, max_size=2, unique_by=lambda link: (link.source, link.to)) if ids else st.just([]))
    head = PlanHead(id="plan", label="方案", title="方案", short_title="方案")
    plan = Plan(head=head, measures=found, links=tuple(links))
    members = tuple(draw(st.sets(st.sampled_from(["north", "south"]))))
    group = UnitGroup(id="towns", name="各镇", members=tuple(sorted(members)), confirmed=draw(st.booleans()))
    units = UnitsFile(order_confirmed=True, units=UNITS, groups=(group,))
    rules = RulesFile(grades=(), grades_basis="缺")
    return resolve(LoadedProject(units, CalendarFile(seasons=()), rules, (plan,)))


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_a_plan_has_not_changed_from_itself(graph: ResponsibilityGraph) -> None:
    assert not compare(graph, graph, *NAMES)


@given(graphs(), graphs())
@settings(max_examples=150, deadline=None)
def test_both_ways_say_the_same(before: ResponsibilityGraph, after: ResponsibilityGraph) -> None:
    there, back = compare(before, after, *NAMES), compare(after, before, *reversed(NAMES))
    assert unordered(back) == unordered(mirrored(there))


@given(graphs(), graphs())
@settings(max_examples=150, deadline=None)
def test_no_sentence_is_missed_and_none_is_made_up(
    before: ResponsibilityGraph, after: ResponsibilityGraph
) -> None:
    """What is not reported is the same on both sides, sentence by sentence."""
    sentences = list(reported(compare(before, after, *NAMES)))
    ours = texts(before) - Counter(joined(it.before) for it in sentences if it.before)
    theirs = texts(after) - Counter(joined(it.after) for it in sentences if it.after)
    assert ours == theirs
    assert ours.total() == texts(before).total() - sum(1 for it in sentences if it.before)


@given(graphs(), graphs())
@settings(max_examples=150, deadline=None)
def test_every_duty_is_gained_lost_changed_or_kept(
    before: ResponsibilityGraph, after: ResponsibilityGraph
) -> None:
    """A unit's tasks before, less those lost, plus those gained, are its tasks after."""
    changes = compare(before, after, *NAMES)
    for unit in UNITS:
        own = [duty for found in changes.duties if found.party.id == unit.id for duty in found.duties]
        lost = Counter(duty.before.id for duty in own if not duty.after_held and duty.before)
        gained = Counter(duty.after.id for duty in own if not duty.before_held and duty.after)
        had = Counter({duty.task.id for duty in before.duties_of(unit.id)})
        has = Counter({duty.task.id for duty in after.duties_of(unit.id)})
        assert lost <= had
        assert gained <= has
        assert had.total() - lost.total() == has.total() - gained.total()


def reported(changes: Changes) -> Iterable[SentenceChange]:
    """Every sentence that the measures' changes speak of."""
    for measure in changes.measures:
        for clause in measure.clauses:
            yield from clause.text.sentences


def joined(runs: Iterable[Any]) -> str:
    """The sentence of some runs."""
    return "".join(run.text for run in runs)


def texts(graph: ResponsibilityGraph) -> Counter[str]:
    """Every sentence of every task."""
    return Counter(found.text for task in graph.tasks for found in task.clause.statements)


words = st.text("巡查管网，。12%ab", max_size=12)


@given(words, words)
def test_marking_two_wordings_changes_no_letter_of_either(before: str, after: str) -> None:
    ours, theirs = marked(before, after)
    assert (joined(ours), joined(theirs)) == (before, after)
    assert [run.text for run in ours if not run.changed] == [run.text for run in theirs if not run.changed]
    assert marked(after, before) == (theirs, ours)
    assert all(run.text for run in (*ours, *theirs))
    if before == after:
        assert not any(run.changed for run in ours)


@given(st.lists(words, max_size=7), st.lists(words, max_size=7))
@settings(deadline=None)
def test_alignment_keeps_the_order_and_leaves_no_sentence_out(before: list[str], after: list[str]) -> None:
    pairs = aligned(before, after)
    assert [left for left, _ in pairs if left is not None] == list(range(len(before)))
    assert [right for _, right in pairs if right is not None] == list(range(len(after)))
    assert {(right, left) for left, right in pairs} == set(aligned(after, before))


def test_very_long_texts_are_compared_in_no_time() -> None:
    """A text of a hundred thousand words has no words marked in the middle, but is not waited for either."""
    before, after = "管网建设" * 25_000, "建设管网" * 25_000
    ours, theirs = marked(f"完成{before}。", f"完成{after}。")
    assert joined(ours) == f"完成{before}。"
    assert [run.text for run in theirs if not run.changed] == ["完成", "。"]
    many, more = [f"第{number}句。" for number in range(2_000)], [f"句{number}第。" for number in range(2_000)]
    assert len(aligned(many, more)) == 4_000


def test_a_number_is_one_word_so_that_no_half_of_it_is_marked() -> None:
    ours, theirs = marked("达12.5%以上", "达13.5%以上")
    assert [(run.text, run.changed) for run in ours] == [("达", False), ("12.5", True), ("%以上", False)]
    assert [run.text for run in theirs if run.changed] == ["13.5"]


def test_things_are_found_by_text_then_title_then_number() -> None:
    before = [Item("1", "甲"), Item("2", "乙", "题"), Item("3", "丙")]
    after = [Item("1", "丁"), Item("2", "甲"), Item("3", "己"), Item("4", "乙改", "题")]
    assert paired(before, after) == ((None, "1"), ("1", "2"), ("3", "3"), ("2", "4"))


def test_the_answer_as_json_names_the_kind_of_every_change(tmp_path: Path, small_book: Book) -> None:
    case = next(
        found for found in CASES if found["name"] == "one unit takes over from another, a third becomes lead"
    )
    changes = changes_by(tmp_path, case["edits"])
    found = json.loads(changes_text(small_book.terms, changes, "json"))
    assert found["before"] == {"written": "旧", "commit": "", "day": None}
    assert [measure["kind"] for measure in found["measures"]] == ["changed", "changed"]
    water = next(found for found in found["duties"] if found["party"]["id"] == "water")
    assert [(duty["kind"], duty["before"]["label"]) for duty in water["duties"]] == [
        ("role", "方案-01"),
        ("lost", "要点-02"),
    ]
    assert water["duties"][1]["before_held"] == [
        {"role": "responsible", "via": "", "settled": True, "via_name": ""}
    ]


def test_the_answer_holds_no_character_that_a_terminal_obeys(tmp_path: Path, small_book: Book) -> None:
    plain = "- 养殖废水 <达标> 排放 & 回用，=不新增排污口。"
    turned = '- "养殖\\u202e废水\\u200b <达标> 排放 & 回用，=不新增排污口。"'
    edits = [{"file": "base/measures/03.yml", "find": plain, "put": turned}]
    text = changes_text(small_book.terms, changes_by(tmp_path, edits), "text")
    assert "养殖{+�+}废水{+�+}" in text
    assert all(char == "\n" or char.isprintable() for char in text)


def test_a_whole_answer_reads_as_its_golden_text(tmp_path: Path, small_book: Book) -> None:
    wanted = (
        "a figure is raised and its time put off",
        "a measure put in between pushes the others down; only it is new",
    )
    edits = [edit for case in CASES if case["name"] in wanted for edit in case["edits"]]
    assert_golden("changes/answer.txt", changes_text(small_book.terms, changes_by(tmp_path, edits), "text"))


def diff(folder: Path, *arguments: str) -> Any:
    """Run the command on a project, in this process."""
    return CliRunner().invoke(cli, ["diff", *arguments, "--project", str(folder)])


def test_the_command_compares_revisions_folders_and_what_lies_here(tmp_path: Path) -> None:
    project = repository(tmp_path / "project", CASES[0]["edits"])
    by_tags = diff(project.root, "印发", "v1")
    assert by_tags.exit_code == 0
    assert by_tags.output.startswith("由 印发（2024年5月9日提交，")
    assert "目标值：城区生活污水集中收集率：“达70%以上”" in by_tags.output
    here = diff(project.root, "印发")
    assert here.output.partition(" 到 ")[2].startswith("当前文件\n")
    assert here.output.splitlines()[1:] == by_tags.output.splitlines()[1:]
    folder = diff(project.root, str(ROOT / "tests/plans/small"), "v1")
    assert folder.output.splitlines()[1:] == by_tags.output.splitlines()[1:]
    assert json.loads(diff(project.root, "印发", "--format", "json").output)["measures"][0]["kind"] == "changed"


def test_no_difference_is_said_and_is_no_failure(tmp_path: Path) -> None:
    project = repository(tmp_path / "project")
    told = diff(project.root, "HEAD")
    assert told.exit_code == 0
    assert "两个版本的计划没有差别" in told.output


def test_help_tells_how_to_name_versions() -> None:
    told = CliRunner().invoke(cli, ["diff", "--help"])
    assert told.exit_code == 0
    assert "例：planbook diff v1.0" in told.output
    assert CliRunner().invoke(cli, ["diff"]).exit_code == 2


def test_what_moved_is_told_apart_from_what_was_reworked(tmp_path: Path) -> None:
    case = next(found for found in CASES if found["name"].startswith("a measure put in between"))
    changes = changes_by(tmp_path, case["edits"])
    assert [measure.kind for measure in changes.reworked] == [VersionChangeKind.ADDED]
    assert [(it.before.id, it.after.id) for it in changes.renumbered if it.before and it.after] == [
        ("annual-2024-02", "annual-2024-03")
    ]
