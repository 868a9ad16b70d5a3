"""`planbook serve`: what a keeper sees while editing is what a build would write, and it is there at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.project import Edition, Project
from generator.serving import SiteOnDemand
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


@pytest.mark.timed
@pytest.mark.parametrize("measures", LIMITS)
def test_a_change_is_shown_at_once(tmp_path: Path, measures: int) -> None:
    """From saving to the new page: one second on the real plan, three on a thousand measures."""
    found = seconds_to_show(tmp_path, measures)
    assert min(found) <= LIMITS[measures], found
