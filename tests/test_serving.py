"""`planbook serve`: what a keeper sees while editing is what a build would write, and it is there at once."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.project import Edition, Project
from generator.serving import FAULTS_TOLD, SiteOnDemand, preview
from tests.previewing import AS_OF, LIMITS, edit, looked_at, previewed, seconds_to_show, seconds_until
from tests.small_plan import copied
from tests.test_plugin import SITE_ARCHIVE, built

MEASURE = "measures/base-01.html"


def differing(site: SiteOnDemand, folder: Path) -> list[str]:
    """The files of a built site that are shown otherwise."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return [name for name, path in names.items() if site.content(name) != path.read_bytes()]


@pytest.mark.slow
def test_what_is_shown_is_what_a_build_writes_byte_for_byte(small_project: Project, tmp_path: Path) -> None:
    folder = built(small_project, tmp_path / "site")
    site = SiteOnDemand(small_project, AS_OF, Edition.PUBLIC)
    assert len(list(folder.rglob("*"))) > 100
    assert differing(site, folder) == []
    site.retire()


@pytest.mark.slow
def test_the_real_plan_is_shown_as_a_build_writes_it(real_project: Project, real_site: Path) -> None:
    site = SiteOnDemand(real_project, AS_OF, Edition.PUBLIC)
    assert differing(site, real_site) == []
    site.retire()


@pytest.mark.slow
def test_the_order_in_which_pages_are_looked_at_changes_nothing(small_project: Project, tmp_path: Path) -> None:
    folder = built(small_project, tmp_path / "site", PLANBOOK_DOWNLOADS="0")
    site = SiteOnDemand(small_project, AS_OF, Edition.PUBLIC)
    for path in sorted(folder.rglob("*.html"), reverse=True):
        site.content(path.relative_to(folder).as_posix())
    assert differing(site, folder) == []
    site.retire()


def test_there_is_no_other_file_than_those_of_the_site(small_project: Project) -> None:
    site = SiteOnDemand(small_project, AS_OF, Edition.PUBLIC)
    for name in ("nowhere.html", "../plan/units.yml", "plan/units.yml", "downloads/all/x.zip", *SITE_ARCHIVE):
        assert site.content(name) is None
    site.retire()


def test_a_changed_measure_is_shown_and_the_rest_with_it(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    measure = project.plan / "base/measures/01.yml"
    with previewed(project) as address:
        assert looked_at(address, MEASURE)[0] == 200
        edit(measure, "indicator: 管网漏损率", "indicator: 供水管网漏损率")
        seconds_until(address, MEASURE, "供水管网漏损率")
        folder = built(project, tmp_path / "site", PLANBOOK_DOWNLOADS="0")
        for path in folder.rglob("*.html"):
            name = path.relative_to(folder).as_posix()
            assert looked_at(address, name) == (200, path.read_bytes()), name


def test_a_fault_is_told_on_every_page_until_it_is_mended(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    measure = project.plan / "base/measures/01.yml"
    whole = measure.read_text("utf-8")
    with previewed(project) as address:
        before = looked_at(address, MEASURE)
        measure.write_text("number: <b>一</b>\n", "utf-8")
        seconds_until(address, "index.html", "计划数据有错误")
        told = looked_at(address, MEASURE)[1].decode()
        assert "plan/base/measures/01.yml" in told
        assert "<b>" not in told
        measure.write_text(whole, "utf-8")
        seconds_until(address, MEASURE, "planbook")
        assert looked_at(address, MEASURE) == before


def test_an_address_outside_the_site_is_not_found(small_project: Project) -> None:
    with previewed(small_project) as address:
        assert looked_at(address, "nowhere.html")[0] == 404
        assert looked_at(address, "../plan/units.yml")[0] == 404
        assert looked_at(address, "%2e%2e/plan/units.yml")[0] == 404


@pytest.mark.slow
def test_the_zip_of_the_site_is_made_when_it_is_asked_for_and_is_that_of_a_build(
    small_project: Project, tmp_path: Path
) -> None:
    (name,) = SITE_ARCHIVE
    with previewed(small_project) as address:
        status, shown = looked_at(address, name)
        assert status == 200
        assert looked_at(address, name) == (200, shown)
    options = ["--project", str(small_project.root), "--as-of", AS_OF.isoformat(), "--out", str(tmp_path / "site")]
    assert CliRunner().invoke(cli, ["build", *options]).exit_code == 0
    assert shown == (tmp_path / "site" / name).read_bytes()


def test_a_zip_that_cannot_be_made_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = SITE_ARCHIVE
    project = copied(tmp_path / "project")
    with previewed(project) as address:
        monkeypatch.setattr(sys, "executable", "/bin/false")
        status, told = looked_at(address, name)
    assert status == 404
    assert "planbook build" in told.decode()
    assert f"site/{name}" in told.decode()


def test_the_terminal_lists_what_is_wrong_and_where(tmp_path: Path) -> None:
    project = copied(tmp_path)
    measure = project.plan / "base/measures/01.yml"
    whole = measure.read_text("utf-8")
    measure.write_text("number: 一\n", "utf-8")
    told: list[str] = []
    server = preview(project, AS_OF, Edition.PUBLIC, "127.0.0.1", 0, told.append)
    measure.write_text(whole, "utf-8")
    server.rebuild()
    measure.write_text("".join(f"{word * 2}: 1\n" for word in "abcdefghijklmnopqrstuvwxyz"), "utf-8")
    server.rebuild()
    server.server_close()
    at_start, refreshed, at_last = told
    assert "plan/base/measures/01.yml:1:9 · error" in at_start
    assert refreshed.startswith("已刷新")
    assert "另有" in at_last
    assert len(at_last.splitlines()) <= FAULTS_TOLD + 2


def test_an_address_that_is_taken_is_told_in_chinese_before_anything_is_promised(small_project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ours = f"127.0.0.1:{taken.getsockname()[1]}"
        for address, says in ((ours, "这个地址正被别的程序使用"), ("192.0.2.1:8000", "本机没有这个地址")):
            asked = ["serve", "--project", str(small_project.root), "--as-of", "2024-06-30", "--address", address]
            done = CliRunner().invoke(cli, asked)
            assert done.exit_code == 1
            assert done.output == f"错误：{address} 打不开：{says}；请用 --address 另指一个\n"


@pytest.mark.timed
@pytest.mark.parametrize("measures", LIMITS)
def test_a_change_is_shown_at_once(tmp_path: Path, measures: int) -> None:
    """From saving to the new page: one second on the real plan, three on a thousand measures."""
    found = seconds_to_show(tmp_path, measures)
    assert min(found) <= LIMITS[measures], found
