"""The goals: every figure of the plan once, by when its own sentence says, and nobody named who is not."""

from __future__ import annotations

from pathlib import Path

from generator.analysis.goals import goals
from generator.book import Book
from generator.model import TargetKind
from generator.pipeline import build_book
from tests.conftest import AS_OF
from tests.site_pages import page_text, sources, tree
from tests.small_plan import copied


def test_every_figure_stands_among_the_goals_once(real_book: Book) -> None:
    found = goals(real_book.graph, real_book.rows)
    assert [(goal.place, goal.target) for goal in found] == [
        (row.statement, row.target) for row in real_book.targets
    ]
    assert all(goal.target.phrase in goal.passage.text for goal in found)


def test_a_goal_says_by_when_from_its_own_sentence_only(real_book: Book) -> None:
    found = {goal.target.phrase: goal for goal in goals(real_book.graph, real_book.rows)}
    assert [time.phrase for time in found["达30%"].times] == ["到2025年"]
    dust = found["不高于7吨/月·平方公里"]
    assert dust.times == ()
    assert dust.year == 2024
    assert dust.row is not None
    assert found["1家砖厂"].kind is None


def test_an_objective_says_whether_it_binds_and_that_nobody_is_named(small_book: Book) -> None:
    found = [goal for goal in goals(small_book.graph, small_book.rows) if goal.kind]
    assert {goal.kind for goal in found} == {TargetKind.BINDING, TargetKind.ASPIRATIONAL}
    text = page_text(sources(small_book)["targets.md"])
    assert "约束性" in text
    assert "工作目标，未列责任单位" in text
    assert "本句没有写时限" in text


def test_a_goal_without_a_time_is_never_given_the_end_of_the_year(tmp_path: Path) -> None:
    edit = {
        "file": "annual-2024/measures/01.yml",
        "find": "2024年10月底前，新建污水管网",
        "put": "新建污水管网",
    }
    gone = {
        "file": "annual-2024/measures/01.yml",
        "find": "        deadlines:\n          - {phrase: 2024年10月底前, kind: by, end: 2024-10-31}\n",
        "put": "",
    }
    source = {"file": "source/original.txt", "find": "2024年10月底前，新建污水管网", "put": "新建污水管网"}
    book = build_book(copied(tmp_path, [edit, gone, source]), AS_OF)
    row = next(it for it in tree(sources(book)["targets.md"]).iter("tr") if "20公里" in it.text_content())
    when = next(cell for cell in row if cell.get("data-label") == "何时")
    assert "本句没有写时限；属 2024 年度计划" in when.text_content()
    assert "12月31日" not in when.text_content()
