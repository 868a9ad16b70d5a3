"""Names of files: long ones keep what tells papers apart, and no paper is lost because another has its name."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.exceptions import PluginError

from generator.book import Book, apart
from generator.cli import cli
from generator.drawing import Drawing
from generator.findings import PlanError
from generator.forms.outgoing import annual_forms, period_forms
from generator.model import Period
from generator.pipeline import build_book
from generator.project import Edition, Project
from generator.renderers.archives import unit_archives
from generator.renderers.registry import render_downloads
from generator.writing import MAX_BYTES, file_name, filled_name
from tests.conftest import AS_OF
from tests.small_plan import copied
from tests.test_changes_page import plugin_of

LONG = "青石区住房和城乡建设管理及综合行政执法与历史文化名城保护联合领导小组" * 3
SEPTEMBER = Period.parse("2024-09")
HOUSING = "    name: 区住房城乡建设局\n"


def named(folder: Path, name: str, other: str = "") -> Project:
    """The small plan whose housing bureau has another name, and its water bureau too; texts name them as before."""
    project = copied(folder)
    path = project.plan / "units.yml"
    text = path.read_text("utf-8").replace(
        f"{HOUSING}    full_name: 青石区住房和城乡建设局\n    aliases:\n",
        f"    name: {name}\n    full_name: 青石区住房和城乡建设局\n    aliases:\n      - 区住房城乡建设局\n",
    )
    assert name in text
    if other:
        text = text.replace(
            "    name: 区水务局\n    full_name: 青石区水务局\n",
            f"    name: {other}\n    full_name: 青石区水务局\n    aliases: [区水务局]\n",
        )
        assert other in text
    path.write_text(text, "utf-8")
    return project


@pytest.fixture(scope="module")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return build_book(named(tmp_path_factory.mktemp("long"), LONG), AS_OF)


def test_a_long_name_of_a_unit_is_cut_and_the_kind_of_paper_and_the_year_stay(long_book: Book) -> None:
    papers = {found.path: found.content for found in render_downloads(long_book)}
    own = [path for path in papers if path.startswith("downloads/housing/")]
    ends = ["任务清单.docx", "任务清单.xlsx", "2024年度考核表.docx", "时限日历.ics", "全部材料.zip"]
    assert len(own) == len(ends)
    for end in ends:
        assert any(path.endswith(end) for path in own), (end, own)
    archive = next(found for found in unit_archives(long_book, ()) if "/housing/" in found.path)
    with zipfile.ZipFile(io.BytesIO(papers[archive.path])) as found:
        assert len(found.namelist()) == len(ends)


def test_an_internal_paper_with_a_long_name_still_says_that_it_is_internal(long_book: Book) -> None:
    internal = replace(long_book, edition=Edition.INTERNAL)
    assert all(
        "（内部资料）." in path for path in Drawing(internal).files if path.startswith("downloads/housing/")
    )


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_name_that_was_filled_fits_and_ends_as_its_pattern_does(unit: str, title: str) -> None:
    name = filled_name("2024年9月 {title} {unit} 调度表", {"unit": unit, "title": title})
    assert len(name) <= 80
    assert len(name.encode()) <= MAX_BYTES
    assert name.startswith("2024年9月")
    assert name.endswith("调度表")


@given(st.text(alphabet="\U00020bb7区a/:é", max_size=300))
def test_a_name_fits_what_linux_allows_in_bytes(text: str) -> None:
    assert 0 < len(file_name(text).encode()) <= MAX_BYTES + 1


def test_forms_of_units_with_long_names_say_for_what_they_are(long_book: Book) -> None:
    assert SEPTEMBER
    names = [name for name, _ in period_forms(long_book, SEPTEMBER)]
    assert len(names) == len(set(names)) == 12
    assert all("调度表." in name for name in names)
    assert all("年度考核表." in name for name, _ in annual_forms(long_book, 2024))


@pytest.mark.parametrize(("one", "other"), [("区A/B局", "区a:b局"), (f"{LONG}甲", f"{LONG}乙")])
def test_forms_that_would_have_one_name_are_refused_before_any_is_written(
    one: str, other: str, tmp_path: Path
) -> None:
    project = named(tmp_path / "project", f'"{one}"', f'"{other}"')
    out = tmp_path / "out"
    options = ["--project", str(project.root), "--as-of", "2024-09-20", "--out", str(out)]
    done = CliRunner().invoke(cli, ["forms", "--month", "2024-09", *options])
    assert isinstance(done.exception, PlanError)
    assert "同一个文件名" in str(done.exception)
    assert "units.yml" in str(done.exception)
    assert not out.exists()


def test_units_whose_names_are_alike_as_files_have_their_papers_on_the_site(tmp_path: Path) -> None:
    book = build_book(named(tmp_path, '"区A/B局"', '"区a:b局"'), AS_OF)
    files = Drawing(book).files
    assert {"downloads/housing/区A_B局任务清单.docx", "downloads/water/区a_b局任务清单.docx"} <= set(files)


def with_one_name(folder: Path) -> Project:
    """A project whose words call two papers alike, but for a capital."""
    project = copied(folder)
    (project.root / "templates").mkdir()
    words = 'download:\n  task_list_word: "{unit}材料A.docx"\n  assessment_form_word: "{unit}材料a.docx"\n'
    (project.root / "templates/terms.yml").write_text(words, "utf-8")
    return project


def test_two_papers_with_one_name_stop_the_site_and_leave_the_old_one(tmp_path: Path) -> None:
    project = with_one_name(tmp_path)
    project.site.mkdir()
    (project.site / "index.html").write_text("old")
    done = CliRunner().invoke(cli, ["build", "--project", str(project.root), "--as-of", "2024-06-30"])
    assert isinstance(done.exception, PlanError)
    assert "templates/terms.yml" in str(done.exception)
    assert "不分大小写" in str(done.exception)
    assert (project.site / "index.html").read_text() == "old"
    assert [path.name for path in project.root.iterdir() if path.name.startswith(".site")] == []


def test_two_papers_with_one_name_stop_mkdocs_by_itself_too(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="不分大小写"):
        plugin_of(with_one_name(tmp_path).root, "")


def test_paths_that_are_written_alike_are_one_for_a_file_share() -> None:
    assert apart([("a/é.docx", 1), ("a/f.docx", 2)]) == {"a/é.docx": 1, "a/f.docx": 2}
    for other in ("A/É.docx", "a/e\u0301.docx"):
        with pytest.raises(PlanError):
            apart([("a/é.docx", 1), (other, 2)])


def test_the_day_of_a_paper_and_its_task_stay_in_a_long_name() -> None:
    pattern = "{period}{title} {task} {unit}（{on}）"
    words = {
        "period": "2024年9月",
        "title": "督办函",
        "task": "方案-14",
        "unit": LONG,
        "on": f"{date(2024, 9, 3):%m%d}",
    }
    name = filled_name(pattern, words)
    assert name.startswith("2024年9月督办函 方案-14 青石区")
    assert name.endswith("（0903）")
