"""The whole build as a user runs it: the same bytes every time, and never half a site."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small_plan import SMALL

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2024-06-30"
MARK = "mark-of-the-old.txt"

pytestmark = pytest.mark.slow


def command(project: Path, site: Path) -> list[str]:
    """`planbook build` of a project into a folder."""
    return [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--project",
        str(project),
        "--as-of",
        AS_OF,
        "--out",
        str(site),
    ]


def build(project: Path, site: Path, **environment: str) -> Path:
    """Run a build to its end."""
    subprocess.run(command(project, site), env={**os.environ, **environment}, check=True, capture_output=True)
    return site


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with the digest of its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def copy_of_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project copied file by file in reverse order, so that a folder lists its files in another order."""
    copy = tmp_path_factory.mktemp("elsewhere") / "项目"
    for folder in ("templates", "plan"):
        for path in sorted((ROOT / folder).rglob("*"), reverse=True):
            if path.is_file():
                target = copy / path.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    shutil.copyfile(ROOT / "mkdocs.yml", copy / "mkdocs.yml")
    return copy


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan's site."""
    return build(ROOT, tmp_path_factory.mktemp("built") / "site", TZ="UTC", PYTHONHASHSEED="1")


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan's site."""
    return build(SMALL, tmp_path_factory.mktemp("small") / "site")


def test_two_builds_are_identical_whatever_the_clock_the_order_of_files_or_the_machine(
    site: Path, copy_of_project: Path, tmp_path: Path
) -> None:
    again = build(copy_of_project, tmp_path / "site", TZ="Pacific/Kiritimati", PYTHONHASHSEED="4242", LC_ALL="C")
    first, second = digests(site), digests(again)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_the_zip_of_the_site_holds_all_of_it_and_says_how_to_open_it(site: Path) -> None:
    with zipfile.ZipFile(site / "downloads/all/离线网站.zip") as archive:
        names = archive.namelist()
        assert names[0] == "先读我.txt"
        assert "index.html" in archive.read("先读我.txt").decode("utf-8-sig")
        inside = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[1:]}
    outside = digests(site)
    del outside["downloads/all/离线网站.zip"]
    assert inside == outside


def test_every_unit_with_duties_has_its_papers_and_their_archive(site: Path) -> None:
    folders = [folder for folder in (site / "downloads").iterdir() if folder.name != "all"]
    assert len(folders) == 26
    for folder in folders:
        kinds = sorted(path.suffix for path in folder.iterdir())
        assert kinds == [".docx", ".docx", ".ics", ".xlsx", ".zip"], folder.name


def begun(folder: Path) -> bool:
    """The build runs; nothing of it can be seen yet."""
    return folder.is_dir()


def started(folder: Path) -> bool:
    """The new folder stands beside the old one."""
    return any(folder.glob(".site.*.partial"))


def half_written(folder: Path) -> bool:
    """Some of the pages are in it."""
    return len(list(folder.glob(".site.*.partial/**/*.html"))) > 5


def nearly_done(folder: Path) -> bool:
    """Papers are in it, which come after the pages; or it stands in the place of the old one already."""
    swapped = not (folder / "site" / MARK).exists()
    return swapped or any(folder.glob(".site.*.partial/downloads/*/*"))


@pytest.mark.parametrize("point", [begun, started, half_written, nearly_done])
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new(
    small_site: Path, tmp_path: Path, point: Callable[[Path], bool]
) -> None:
    target = Path(shutil.copytree(small_site, tmp_path / "site"))
    old = digests(target)
    (target / MARK).write_text("old")
    process = subprocess.Popen(command(SMALL, target), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (reached := point(tmp_path)) and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert reached
    left = digests(target)
    old_stands = left.pop(MARK, None) is not None
    assert left == old
    assert old_stands or point is nearly_done
    build(SMALL, target)
    assert digests(target) == old
    time.sleep(0.1)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_keeps_what_git_holds_in_the_site_folder(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (target / ".gitignore").write_text("*\n")
    build(SMALL, target)
    assert (target / ".gitignore").read_text() == "*\n"
    assert (target / "index.html").is_file()


def test_mkdocs_alone_builds_strictly_with_all_papers(tmp_path: Path) -> None:
    environment = {**os.environ, "PLANBOOK_AS_OF": AS_OF, "NO_MKDOCS_2_WARNING": "1"}
    mkdocs = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-f",
        str(ROOT / "mkdocs.yml"),
        "-d",
        str(tmp_path),
    ]
    subprocess.run(mkdocs, env=environment, check=True, capture_output=True)
    assert (tmp_path / "measures/scheme-14.html").is_file()
    assert (tmp_path / "downloads/all/责任矩阵.xlsx").is_file()
