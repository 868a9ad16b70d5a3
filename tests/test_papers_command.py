"""`planbook papers`: the office's own papers of a month or a year, into a folder that git ignores."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.model import Period, PeriodKind
from generator.pipeline import build_book
from generator.project import Project
from generator.renderers.office_papers import Issue
from generator.renderers.registry import render_downloads, render_office_papers
from tests.test_office_commands import ok, run
from tests.year_of_papers import book_of_month


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The month with everything in it."""
    book_of_month(tmp_path)
    return tmp_path


def test_the_papers_of_a_month_lie_in_a_folder_named_after_it(project: Path) -> None:
    told = ok(project, "papers", "--month", "2024-11", day="2024-11-28")
    names = {path.name for path in (project / "papers/2024年11月").iterdir()}
    assert {"2024年11月通报（正文稿）.docx", "2024年11月催报名单.xlsx"} <= names
    assert f"已生成 {len(names)} 份内部资料（以 2024-11-28 为准）" in told


def test_without_a_day_papers_of_a_month_long_past_stand_for_the_day_before_the_next_cutoff(project: Path) -> None:
    done = CliRunner().invoke(
        cli, ["papers", "--project", str(project), "--month", "2024-10", "--out", str(project / "a")]
    )
    assert done.exit_code == 0, done.output
    assert "以 2024-11-24 为准" in done.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--month", "2024-13"], "不是报送周期"),
        ([], "只写一个"),
        (["--month", "2024-09", "--year", "2024"], "只写一个"),
        (["--month", "2025-09"], "还没有开始"),
        (["--month", "2023-09"], "没有 2023 年或以前的年度计划"),
    ],
)
def test_a_misuse_says_what_is_expected_and_writes_nothing(project: Path, arguments: list[str], told: str) -> None:
    done = run(project, "papers", *arguments, day="2024-11-28")
    assert done.exit_code != 0
    assert told in done.output
    assert not (project / "papers").exists()


def test_no_paper_of_the_office_is_among_the_downloads_of_the_site(project: Path) -> None:
    book = build_book(Project(project), date(2024, 11, 28))
    public = {artifact.content for artifact in render_downloads(book)}
    issue = Issue("annual-2024", Period.holding(date(2024, 11, 1), PeriodKind.MONTH))
    assert not any(paper.content in public for paper in render_office_papers(book, issue))
