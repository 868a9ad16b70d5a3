"""What changed between two versions of the plan: nothing is missed, nothing is made up, both ways say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.analysis.changes import Changes, VersionChangeKind, compare
from generator.analysis.changes.alignment import aligned, marked
from generator.analysis.changes.pairing import Item, paired
from generator.book import Book
from generator.cli import cli
from generator.project import Project
from generator.renderers.changes_text import changes_text
from tests.case_files import cases
from tests.conftest import ROOT
from tests.golden_files import assert_golden
from tests.versions import NAMES, changes_by, graph_of, joined, mirrored, repository, unordered

CASES = cases("changes.yml")


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
