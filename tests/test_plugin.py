"""The MkDocs plugin: a small plan built into a site, judged as HTML, link by link and byte by byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import html
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from generator.mkdocs_plugin import PlanbookPlugin
from generator.project import Project
from tests.case_files import plain_yaml
from tests.conftest import ROOT
from tests.hostile_plan import HOSTILE, hostile_project
from tests.site_links import dead_links, foreign_files, pages
from tests.small_plan import copied

SITE_ARCHIVE = frozenset({"downloads/all/离线网站.zip"})
"""The command `build` packs it after MkDocs is done."""


def built(project: Project, target: Path, **settings: str) -> Path:
    """The site of a project, in `target`."""
    wanted = {"PLANBOOK_PROJECT": str(project.root), "PLANBOOK_AS_OF": "2024-06-30", "NO_MKDOCS_2_WARNING": "1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (wanted | settings).items():
            patch.setenv(name, value)
        patch.setenv("SOURCE_DATE_EPOCH", "")
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(target)))
    return target


@pytest.fixture(scope="module")
def site(small_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan's site, papers and all."""
    return built(small_project, tmp_path_factory.mktemp("site") / "site")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile plan's site."""
    folder = tmp_path_factory.mktemp("hostile")
    return built(hostile_project(folder / "project"), folder / "site", PLANBOOK_DOWNLOADS="0")


def test_every_page_is_html_without_a_parse_error(site: Path) -> None:
    assert len(pages(site)) > 30
    for path in (*pages(site), site / "404.html"):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_text("utf-8"))
        assert parser.errors == [], path


def test_every_link_and_anchor_is_alive(site: Path) -> None:
    assert dead_links(site, SITE_ARCHIVE) == []


def test_no_page_fetches_anything_from_another_host(site: Path) -> None:
    assert list(foreign_files(site)) == []


def test_the_page_for_what_is_not_found_needs_no_other_file(site: Path) -> None:
    tree = html.parse(str(site / "404.html"))
    assert not tree.xpath("//link | //script[@src] | //img")
    assert tree.xpath("string(//h1)") == "没有这个页面"


@pytest.mark.slow
def test_two_builds_for_the_same_day_are_the_same_bytes(
    site: Path, small_project: Project, tmp_path: Path
) -> None:
    again = built(small_project, tmp_path / "site")

    def contents(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    first, second = contents(site), contents(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert "sitemap.xml.gz" in first


def test_each_page_bears_its_title_and_its_language(site: Path) -> None:
    tree = html.parse(str(site / "measures/base-01.html"))
    assert tree.xpath("string(//title)").startswith("方案-01 补齐管网短板 - ")
    assert tree.xpath("string(/html/@lang)") == "zh"
    assert tree.xpath("count(//h1)") == 1


def test_a_page_is_whole_without_scripts(site: Path) -> None:
    text = html.parse(str(site / "ledger.html")).xpath("string(//article)")
    assert "管网漏损率控制在9%以内" in text
    home = html.parse(str(site / "index.html"))
    assert "以 2024年6月30日 为准" in home.xpath("string(//article)")
    assert not home.xpath("//noscript")


def test_the_navigation_is_that_of_mkdocs_yml_and_holds_no_single_measure(site: Path) -> None:
    tree = html.parse(str(site / "index.html"))
    names = [name.strip() for name in tree.xpath("//nav[contains(@class,'md-tabs')]//a/text()")]
    wanted = plain_yaml((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]
    assert names == [name for entry in wanted for name in entry]
    assert {"首页", "文件原文", "措施", "单位", "台账", "时限", "责任矩阵", "下载", "使用说明"} <= set(names)
    assert not tree.xpath("//nav//a[contains(@href,'measures/base-')]")


def test_every_control_has_a_name_and_every_table_a_head(site: Path) -> None:
    for path in pages(site):
        article = html.parse(str(path)).xpath("//article")[0]
        labels = set(article.xpath(".//label/@for"))
        for control in article.xpath(".//select | .//input"):
            named = control.get("id") in labels or control.get("aria-label") or control.xpath("ancestor::label")
            assert named, (path, html.tostring(control)[:200])
        for area in article.find_class("pb-scroll"):
            assert area.get("aria-label"), path
            assert area.get("tabindex") == "0", path
        for table in article.iter("table"):
            assert table.xpath(".//th"), path
        levels = [int(heading.tag[1]) for heading in article.xpath(".//h1 | .//h2 | .//h3 | .//h4")]
        assert levels[0] == 1, path
        assert all(second - first <= 1 for first, second in pairwise(levels)), (path, levels)


def test_the_table_of_contents_beside_a_page_lists_its_headings(site: Path) -> None:
    tree = html.parse(str(site / "about.html"))
    found = tree.xpath("//nav[contains(@class,'md-nav--secondary')]//a/@href")
    assert "#unconfirmed" in found


def test_the_contents_of_the_document_tell_its_plans_apart(site: Path) -> None:
    tree = html.parse(str(site / "document.html"))
    contents = tree.xpath("//nav[contains(@class,'md-nav--secondary')]/ul")[0]
    plans = [item.find("a").text_content() for item in contents.findall("li")]
    assert [" ".join(plan.split()) for plan in plans] == [
        "青石区人民政府关于印发青石区水环境治理实施方案的通知",
        "2024年工作要点",
    ]
    under = contents.findall("li")[1].xpath(".//a/@href")
    assert under == ["#annual-2024-front-1", "#annual-2024-section-1", "#annual-2024-section-1-chapter-1"]


def test_the_search_index_holds_every_page_and_its_own_copy_for_files(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    locations = {entry["location"] for entry in index["docs"]}
    assert {"measures/base-01.html", "units/housing.html", "document.html", "guide.html"} <= locations
    script = (site / "search/search_index.js").read_text("utf-8")
    assert script == "var __index = " + (site / "search/search_index.json").read_text("utf-8")


@pytest.mark.slow
def test_hostile_text_is_text_in_the_theme_too(hostile_site: Path) -> None:
    for path in pages(hostile_site):
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        tree = parser.parse(path.read_text("utf-8"))
        assert parser.errors == [], path
        for element in tree.iter():
            if isinstance(element.tag, str):
                own = element.tag == "img" and (element.get("src") or "").startswith("assets/guide/")
                assert own or element.tag not in {"img", "iframe", "b"}, path
                assert not [name for name in element.attrib if str(name).startswith("on")], path
                assert "alert(" not in (element.text or "") or element.tag not in {"script", "style"}, path
    title = html.parse(str(hostile_site / "measures/base-01.html")).xpath("string(//title)")
    assert HOSTILE in title


def test_a_plan_with_errors_builds_nothing_and_says_why_in_chinese(tmp_path: Path) -> None:
    edit = {"file": "base/measures/01.yml", "find": "lead: [区住建局]", "put": "lead: [区住建居]"}
    project = copied(tmp_path / "project", [edit])
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "site")]
    settings = os.environ | {"PLANBOOK_PROJECT": str(project.root), "PLANBOOK_AS_OF": "2024-06-30"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "计划数据有错误，网站没有生成" in done.stderr
    assert "plan/base/measures/01.yml:" in done.stderr
    assert "是否指“区住建局”" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()
    with pytest.raises(Abort):
        built(project, tmp_path / "site")


def test_a_day_that_is_none_stops_the_build(small_project: Project, tmp_path: Path) -> None:
    with pytest.raises((PluginError, Abort)):
        built(small_project, tmp_path / "site", PLANBOOK_AS_OF="2024-02-30")


@pytest.mark.slow
def test_papers_are_left_out_where_they_are_drawn_elsewhere(small_project: Project, tmp_path: Path) -> None:
    quick = built(small_project, tmp_path / "site", PLANBOOK_DOWNLOADS="0")
    assert (quick / "data/plan.json").is_file()
    assert not (quick / "downloads").exists()


@pytest.mark.slow
def test_a_project_without_templates_uses_those_of_the_program_and_its_own_win(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    own = project.root / "templates" / "site" / "pages"
    own.mkdir(parents=True)
    (own / "guide.md").write_text("---\ntitle: 本区说明\n---\n\n# 本区说明 { #own }\n", "utf-8")
    site = built(project, tmp_path / "site", PLANBOOK_DOWNLOADS="0")
    assert "本区说明" in html.parse(str(site / "guide.html")).xpath("string(//h1)")
    assert (site / "assets/planbook.css").is_file()
    assert all("downloads/" in link for link in dead_links(site))


@pytest.fixture(scope="module")
def linking(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Builds a site with a page of the keeper's own whose last link is given."""
    project = copied(tmp_path_factory.mktemp("linking"))
    own = project.root / "templates" / "site" / "pages"
    own.mkdir(parents=True)
    page = "# 本区说明 {{ #own }}\n\n[怎样报错](about.md#mistakes)、[一句](measures/base-01.md#base-01.1.1)、[别处]({link})\n"

    def build_with(link: str) -> Path:
        (own / "guide.md").write_text(page.format(link=link), "utf-8")
        return built(project, tmp_path_factory.mktemp("linked") / "site", PLANBOOK_DOWNLOADS="0")

    return build_with


@pytest.mark.slow
def test_a_link_to_a_place_that_is_there_is_built(linking: Callable[[str], Path]) -> None:
    assert 'href="index.html#due"' in (linking("index.md#due") / "guide.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("link", ["about.md#nowhere", "measures/base-01.md#base-01.9.9", "nowhere.md"])
def test_a_link_to_a_place_that_is_not_there_stops_the_build(link: str, linking: Callable[[str], Path]) -> None:
    with pytest.raises(Abort):
        linking(link)


@pytest.mark.slow
def test_a_page_in_a_shared_frame_is_the_page_that_the_theme_draws_for_it_alone(tmp_path: Path) -> None:
    framed = built(hostile_project(tmp_path / "project"), tmp_path / "framed", PLANBOOK_DOWNLOADS="0")
    (tmp_path / "project/templates/site/overrides").mkdir(parents=True)
    alone = built(Project(tmp_path / "project"), tmp_path / "alone", PLANBOOK_DOWNLOADS="0")
    names = sorted(path.relative_to(framed) for path in framed.rglob("*.html"))
    assert len(names) > 30
    assert [name for name in names if (framed / name).read_bytes() != (alone / name).read_bytes()] == []


class _Watched:
    """Stands for the live server: remembers what it was told to watch."""

    def __init__(self) -> None:
        self.folders: list[str] = []

    def watch(self, folder: str) -> None:
        self.folders.append(folder)


def test_serving_watches_the_plan_and_the_templates(small_project: Project) -> None:
    plugin: Any = PlanbookPlugin()
    plugin.project = small_project
    server = _Watched()
    assert plugin.on_serve(server, config=None, builder=None) is server
    assert str(small_project.plan) in server.folders
    assert str(ROOT / "templates") in server.folders


def test_the_day_may_stand_in_mkdocs_yml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PLANBOOK_AS_OF", "PLANBOOK_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    project = copied(tmp_path / "project")
    (project.root / "mkdocs.yml").write_text(
        "site_name: 试\ndocs_dir: plan\nplugins:\n  - planbook: {as_of: 2024-05-01}\n", "utf-8"
    )
    config = load_config(str(project.root / "mkdocs.yml"))
    plugin: Any = config.plugins["planbook"]
    plugin.on_config(config)
    assert plugin.book.as_of == date(2024, 5, 1)
    assert plugin.project.root == project.root.resolve()
    assert os.environ["SOURCE_DATE_EPOCH"] == "1714521600"


@pytest.fixture(autouse=True)
def _the_clock_of_builds_is_put_back() -> Iterator[None]:
    before = os.environ.get("SOURCE_DATE_EPOCH")
    yield
    if before is None:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
    else:
        os.environ["SOURCE_DATE_EPOCH"] = before
