"""The page of changes: off by default and saying so; what it shows is what changed, escaped, with living links."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from generator.analysis.changes import Changes, compare
from generator.book import Book
from generator.graph import resolve
from generator.project import Project
from generator.renderers.site.changes_page import changes_page
from generator.renderers.site.desk import Desk
from generator.renderers.site.downloads import shelf
from generator.renderers.site.search_index import SearchIndex
from generator.storage import load_project, load_terms
from tests.case_files import cases
from tests.conftest import AS_OF
from tests.golden_files import assert_golden
from tests.hostile_plan import HOSTILE, hostile_project
from tests.site_pages import page_text, sources, tree
from tests.small_plan import SMALL, apply, copied
from tests.versions import NAMES, repository

CASES = cases("changes.yml")
RAISED = CASES[0]["edits"]


def book_since(before: Project, after: Project) -> Book:
    """The book of a project that compares itself with another."""
    earlier, loaded = load_project(before), load_project(after)
    graph = resolve(loaded)
    changes = compare(resolve(earlier), graph, *NAMES)
    return Book(loaded, graph, load_terms(after), (), AS_OF, after, changes)


def edited(folder: Path, case: dict[str, Any]) -> Book:
    """The book of the small plan as a case leaves it, compared with the small plan."""
    return book_since(Project(SMALL), copied(folder, case["edits"]))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    """The books of all cases, by name."""
    return {case["name"]: edited(tmp_path_factory.mktemp("case"), case) for case in CASES}


def source_of(book: Book) -> str:
    """The page of changes alone, as MkDocs reads it."""
    (page,) = changes_page(Desk(book, shelf(book, (), ()), SearchIndex(book)))
    return page.artifact().content.decode()


def page_of(book: Book) -> Any:
    """The page of changes."""
    return tree(source_of(book))


def test_without_a_version_to_compare_the_page_says_how_to_name_one(small_book: Book) -> None:
    text = page_text(sources(small_book)["changes.md"])
    assert_golden("site/changes_off.txt", text)
    assert "changes_since: v1.0" in text


def test_without_differences_the_page_says_so(small_book: Book, small_project: Project) -> None:
    book = book_since(small_project, small_project)
    assert book.changes is not None
    text = page_of(book).text_content()
    assert "两个版本的计划没有差别" in text
    assert "没有指定与哪个旧版本比较" not in text


def test_the_page_reads_as_its_golden_text(tmp_path: Path) -> None:
    names = {
        "a link carries its measure out wholly now, another is gone",
        "a clause is dropped, the next takes its place",
        "a sentence that went to another measure word for word moved",
        "a member leaves a group and loses what came through it",
        "an objective, the head and a paragraph change",
    }
    edits = [edit for case in CASES if case["name"] in names for edit in case["edits"]]
    assert_golden("site/changes.txt", page_text(source_of(edited(tmp_path, {"edits": edits}))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_link_of_the_page_leads_to_a_page_and_a_place_on_it(
    case: dict[str, Any], books: dict[str, Book]
) -> None:
    drawn = sources(books[case["name"]])
    pages = {"changes.md": tree(drawn["changes.md"])}
    for link in pages["changes.md"].iter("a"):
        address, _, anchor = link.get("href").partition("#")
        path = address.replace(".html", ".md") if address else "changes.md"
        if path not in pages:
            pages[path] = tree(drawn[path])
        assert not anchor or pages[path].xpath("//*[@id=$name]", name=anchor), link.get("href")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_page_tells_everything_that_the_terminal_tells(case: dict[str, Any], books: dict[str, Book]) -> None:
    """Words that went are struck out, words that came are underlined, each as the terminal marks them."""
    page = page_of(books[case["name"]])
    went = {found.text_content() for found in page.iter("del")}
    came = {found.text_content() for found in page.iter("ins")}
    text = page.text_content()
    for line in case["says"]:
        assert {part.partition("-]")[0] for part in line.split("[-")[1:]} <= went
        assert {part.partition("+}")[0] for part in line.split("{+")[1:]} <= came
        assert all(label in text for label in re.findall(r"(?:方案|要点|补充)-\d+[①②]?", line))


def test_a_duty_through_a_group_says_so_and_that_it_is_unconfirmed(tmp_path: Path) -> None:
    case = next(found for found in CASES if found["name"].startswith("a member leaves"))
    row = page_of(edited(tmp_path, case)).get_element_by_id("unit-south-bridge")
    lost = next(cell for cell in row if cell.get("data-label") == "不再承担")
    assert "经“各镇（街道）”，待确认" in lost.text_content()
    assert "待确认" in row[0].text_content()


def test_hostile_words_of_either_version_stay_words(tmp_path: Path) -> None:
    hostile = hostile_project(tmp_path / "hostile")
    for before, after in ((hostile, copied(tmp_path / "plain")), (copied(tmp_path / "plain"), hostile)):
        page = page_of(book_since(before, after))
        assert HOSTILE.partition("](")[0] in page.text_content()
        for element in page.iter():
            assert element.tag not in {"img", "b", "script"}
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not (element.get("href") or "").lower().startswith("javascript:")


def test_old_words_are_not_found_by_the_search(tmp_path: Path) -> None:
    """Who looks something up is looking for what holds now."""
    page = page_of(edited(tmp_path, CASES[0]))
    for found in page.iter("del", "ins"):
        kept_out = any("data-search-exclude" in parent.attrib for parent in found.iterancestors())
        assert kept_out or found.getparent().tag == "p"


def test_the_page_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    book = edited(tmp_path, CASES[0])
    assert source_of(book) == source_of(replace(book)) == sources(book)["changes.md"]


def plugin_of(folder: Path, option: str) -> Any:
    """The plugin as a project's mkdocs.yml sets it, after it has read the plan."""
    text = f"site_name: 试\ndocs_dir: plan\nplugins:\n  - planbook: {{as_of: 2024-05-01{option}}}\n"
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    plugin: Any = config.plugins["planbook"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "")
        for name in ("PLANBOOK_AS_OF", "PLANBOOK_PROJECT"):
            patch.delenv(name, raising=False)
        plugin.on_config(config)
    return plugin


def test_mkdocs_yml_names_the_version_to_compare_with(tmp_path: Path) -> None:
    read_otherwise = next(case for case in CASES if case["name"].startswith("an inferred time"))
    project = repository(tmp_path / "project", read_otherwise["edits"])
    changes: Changes = plugin_of(project.root, ", changes_since: 印发").book.changes
    assert [measure.after.id for measure in changes.measures if measure.after] == ["base-03"]
    assert changes.before.written == "印发"
    assert plugin_of(project.root, "").book.changes is None


def test_a_dated_folder_beside_the_plan_may_be_named(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    shutil.copytree(project.plan, project.root / "2024-05-09/plan")
    for edit in RAISED:
        apply(project.plan, edit)
    (project.plan / "source/original.txt").write_text("", "utf-8")
    with pytest.raises(PluginError, match="计划数据有错误"):
        plugin_of(project.root, ", changes_since: 2024-05-09")
    shutil.copytree(project.root / "2024-05-09/plan", project.plan, dirs_exist_ok=True)
    assert not plugin_of(project.root, ", changes_since: 2024-05-09").book.changes


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (", changes_since: 没有", "没有“没有”这个版本"),
        (", changes_since: 1.0", "要写在引号里"),
        (", changes_since: '-x'", "不能用作版本名"),
    ],
)
def test_a_version_that_cannot_be_read_stops_the_build_and_says_why(
    tmp_path: Path, option: str, says: str
) -> None:
    project = repository(tmp_path / "project")
    with pytest.raises(PluginError, match=says):
        plugin_of(project.root, option)
