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
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2024-06-30"

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


@pytest.mark.parametrize("delay", [0.3, 1.0, 1.8, 2.4])
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new(tmp_path: Path, delay: float) -> None:
    target = tmp_path / "site"
    build(ROOT, target)
    old = digests(target)
    (target / "mark-of-the-old.txt").write_text("old")
    process = subprocess.Popen(command(ROOT, target), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = digests(target)
    assert left == old or set(left) == {*old, "mark-of-the-old.txt"}
    build(ROOT, target)
    assert digests(target) == old
    time.sleep(0.1)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_keeps_what_git_holds_in_the_site_folder(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (target / ".gitignore").write_text("*\n")
    build(ROOT, target)
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
