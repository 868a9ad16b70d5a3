"""A year in one zip: everything that it takes to tell what happened, nothing private, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.forms.collection import collect
from generator.office.archives import zip_bytes
from generator.project import Project
from generator.storage import load_project
from tests.returned_forms import again, book_in, fill, saved, workbook_of
from tests.test_collect import GOOD

CONTACTS = "contacts:\n  - {unit: 区住建局, name: 某某人, telephone: '13800001111'}\n"
DAY = "2024-12-31"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with three returns: a file, one in a zip, and a scan whose original is gone."""
    folder = tmp_path_factory.mktemp("archived")
    book = book_in(folder)
    (folder / "plan/contacts.local.yml").write_text(CONTACTS, "utf-8")
    saved(fill(workbook_of(book, "housing"), {"要点-01": GOOD}), folder / "returns/住建 九月.xlsx")
    buffer = io.BytesIO()
    fill(workbook_of(book, "north-town"), {"要点-01": GOOD}).save(buffer)
    (folder / "returns/打包.zip").write_bytes(zip_bytes([("内/北溪镇.xlsx", buffer.getvalue())]))
    (folder / "returns/区水务局9月.pdf").write_bytes(b"%PDF-1.4 scan")
    collect(again(book), [folder / "returns"])
    (folder / "returns/区水务局9月.pdf").unlink()
    return Project(folder)


def archived(project: Project, out: Path) -> zipfile.ZipFile:
    options = ["--project", str(project.root), "--as-of", DAY, "--year", "2024", "--out", str(out)]
    done = CliRunner().invoke(cli, ["archive", *options])
    assert done.exit_code == 0, done.output
    return zipfile.ZipFile(out)


@pytest.fixture(scope="module")
def archive(reported: Project, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return archived(reported, tmp_path_factory.mktemp("archive") / "a.zip")


def test_the_archive_holds_plan_forms_returns_and_papers(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    assert names[0] == "目录.txt"
    assert "一、计划和台账数据/plan/annual-2024/progress/2024-09/housing.yml" in names
    assert "一、计划和台账数据/plan/base/measures/01.yml" in names
    assert "二、下发的表/2024年9月/2024年9月 区住房城乡建设局 调度表.xlsx" in names
    assert any(name.startswith("二、下发的表/2024年/") for name in names)
    assert "三、交回的材料/2024年9月/区住房城乡建设局 01 住建 九月.xlsx" in names
    assert "三、交回的材料/2024年9月/北溪镇人民政府 01 北溪镇.xlsx" in names
    assert "四、台账、通报和其他材料/2024年9月/2024年9月通报（正文稿）.docx" in names
    assert any("台账" in PurePosixPath(name).name for name in names)


def test_what_was_put_in_is_what_came(reported: Project, archive: zipfile.ZipFile) -> None:
    came = {file.digest for plan in load_project(reported).plans for found in plan.returns for file in found.files}
    kept = {
        hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name.startswith("三、")
    }
    assert len(kept) == 2
    assert kept < came


def test_the_contents_list_every_file_and_what_is_missing(archive: zipfile.ZipFile) -> None:
    text = archive.read("目录.txt").decode("utf-8-sig")
    assert "内部资料" in text
    listed = {
        line.split("　")[0] for line in text.splitlines() if line.startswith(("一、", "二、", "三、", "四、"))
    }
    assert set(archive.namelist()) - {"目录.txt"} <= listed
    assert "找不到原件的 1 个" in text
    assert "区水务局9月.pdf　" in text


def test_names_and_telephone_numbers_are_not_in_it(archive: zipfile.ZipFile) -> None:
    assert not [name for name in archive.namelist() if "contacts" in name]
    for name in archive.namelist():
        content = archive.read(name)
        parts = [content]
        if name.endswith((".xlsx", ".docx")):
            with zipfile.ZipFile(io.BytesIO(content)) as office:
                parts = [office.read(part) for part in office.namelist()]
        assert not any("某某人".encode() in part or b"13800001111" in part for part in parts), name


def test_the_same_data_give_the_same_bytes(reported: Project, archive: zipfile.ZipFile, tmp_path: Path) -> None:
    archived(reported, tmp_path / "b.zip")
    assert Path(str(archive.filename)).read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_year_without_a_plan_is_a_misuse(reported: Project) -> None:
    done = CliRunner().invoke(cli, ["archive", "--project", str(reported.root), "--year", "2031"])
    assert done.exit_code == 2
    assert "没有 2031 年的年度计划" in done.output


def test_names_in_the_archive_are_safe_to_unpack(reported: Project, tmp_path: Path) -> None:
    path = next((reported.plan / "annual-2024/progress").rglob("housing.yml"))
    text = path.read_text("utf-8")
    path.write_text(text.replace("住建 九月.xlsx", "'..\\..\\con/../aux:*?.xlsx'"), "utf-8")
    try:
        archive = archived(reported, tmp_path / "a.zip")
    finally:
        path.write_text(text, "utf-8")
    for name in archive.namelist():
        parts = PurePosixPath(name).parts
        assert not PurePosixPath(name).is_absolute()
        assert not {"..", ""} & set(parts)
        assert not any(char in name for char in '\\:*?"<>|')
