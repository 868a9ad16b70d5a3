"""What keeps a site from being made is told in Chinese: the file and line to mend, not MkDocs' own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.mkdocs_site import MkDocsSite, PagesError
from generator.project import Project
from tests.small_plan import copied

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "mkdocs.yml").read_text("utf-8")
TEMPLATES = ROOT / "templates/site/generated"


def with_settings(folder: Path, find: str, put: str) -> Project:
    project = copied(folder)
    (folder / "templates/site/pages").mkdir(parents=True)
    assert SETTINGS.count(find) == 1
    (folder / "mkdocs.yml").write_text(SETTINGS.replace(find, put), "utf-8")
    return project


def line_of(word: str) -> int:
    return SETTINGS[: SETTINGS.index(word)].count("\n") + 1


@pytest.mark.parametrize(
    ("find", "put", "word", "says"),
    [
        ("site_dir: site\n", "site_dir: [site\n", "site_dir", "方括号没有闭合"),
        ("\ntheme:\n", "\ntheme：\n", "theme:", "“theme”之后是全角冒号"),
        ("\ntheme:\n", "\nthemes:\n", "theme:", "themes：没有“themes”这个设置"),
        ("  name: material\n", "  name: matrial\n", "theme:", "没有“matrial”这个主题；可用的有：mkdocs"),
        ("  - search\n", "  - serch\n", "plugins:", "没有“serch”这个插件"),
        ("  - planbook\n", "  - planbook: {as_of: 2024}\n", "plugins:", "planbook 的 as_of：类型不对"),
        ("  - planbook\n", "  - planbook: {editon: x}\n", "plugins:", "没有“editon”这个设置"),
        ("  - tables\n", "  - tabels\n", "markdown_ext", "没有“tabels”这个 Markdown 扩展"),
        ("docs_dir: templates/site/pages", "docs_dir: nosuch", "docs_dir", "nosuch”；应为已有的文件夹"),
    ],
)
def test_a_slip_in_the_settings_is_told_with_its_line(
    find: str, put: str, word: str, says: str, tmp_path: Path
) -> None:
    project = with_settings(tmp_path, find, put)
    with pytest.raises(PagesError) as refused:
        MkDocsSite(project)
    told = str(refused.value)
    assert re.match(rf"mkdocs\.yml:{line_of(word)}:\d+ · ", told), told
    assert says in told
    assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", told), told


def built(project: Project) -> str:
    done = CliRunner().invoke(cli, ["build", "--project", str(project.root), "--as-of", "2024-06-30"])
    assert done.exit_code == 1, done.output
    return done.output


@pytest.mark.parametrize(
    ("name", "line", "put", "says"),
    [
        ("units.md.j2", 5, "{{ 1 + }}", "模板写法有误"),
        ("unit.md.j2", 3, "{{ nosuch.x }}", "模板用了没有的名称"),
        ("measure.md.j2", 4, "{% for %}", "模板写法有误"),
    ],
)
def test_a_spoilt_template_is_told_and_not_the_page_that_was_drawn(
    name: str, line: int, put: str, says: str, tmp_path: Path
) -> None:
    project = copied(tmp_path)
    lines = (TEMPLATES / name).read_text("utf-8").split("\n")
    lines[line - 1] = put + lines[line - 1]
    own = tmp_path / "templates/site/generated"
    own.mkdir(parents=True)
    (own / name).write_text("\n".join(lines), "utf-8")
    told = built(project)
    assert f"templates/site/generated/{name}:{line}:1 · {says}" in told
    assert "Error" not in told


def test_links_that_lead_nowhere_are_told_with_their_page(tmp_path: Path) -> None:
    project = copied(tmp_path)
    pages = tmp_path / "templates/site/pages"
    pages.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(SETTINGS.replace("- 首页: index.md", "- 首页: indx.md"), "utf-8")
    (pages / "note.md").write_text("[x](nosuch.md) [z](guide.md#nowhere)", "utf-8")
    told = built(project)
    assert f"mkdocs.yml:{line_of('- 首页: index.md')}:9 · nav：没有“indx.md”这个网页" in told
    assert "note.md · 链接“nosuch.md”：没有这个网页" in told
    assert "Doc file" not in told
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    (pages / "note.md").write_text("[z](guide.md#nowhere)", "utf-8")
    assert "note.md · 链接“guide.md#nowhere”：那个网页里没有位置“nowhere”" in built(project)
