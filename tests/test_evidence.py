"""Evidence lies in folders by task number, and what returns name is looked for there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.analysis.evidence import NamedEvidence, check_evidence
from generator.cli import cli
from generator.project import Project
from tests.small_plan import copied
from tests.test_ledger import decided, returned

CLOSED = "close_outs:\n  - {task: 要点-01, unit: housing, evidence: [佐证9], BASIS, on: 2024-11-05}\n"


def project_in(folder: Path) -> Project:
    sent = returned("housing", "2024-09", "2024-09-20", "要点-01 state: on_track, evidence: [佐证1, 佐证2]")
    return copied(folder, [sent, decided(CLOSED)])


def run(project: Project, year: str = "2024") -> Result:
    options = ["--project", str(project.root), "--as-of", date(2024, 12, 1).isoformat(), "--year", year]
    return CliRunner().invoke(cli, ["evidence", *options])


def test_every_task_gets_a_folder_and_what_is_named_but_missing_is_told(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    done = run(project)
    assert done.exit_code == 1
    assert (tmp_path / "evidence/2024/要点-01").is_dir()
    assert (tmp_path / "evidence/2024/方案-02①").is_dir()
    assert "缺：要点-01 佐证“佐证1”（区住房城乡建设局 2024年9月）" in done.output
    assert "缺：要点-01 佐证“佐证9”（环委办决定 a.yml）" in done.output
    for name in ("佐证1 现场照片.jpg", "佐证２.pdf", "佐证9.zip"):
        (tmp_path / "evidence/2024/要点-01" / name).write_bytes(b"x")
    again = run(project)
    assert again.exit_code == 0, again.output
    assert "有材料的 3 个，没有的 0 个" in again.output
    assert "新建 0 个" in again.output


def test_a_file_that_nothing_names_is_told_and_never_touched(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    run(project)
    stray = tmp_path / "evidence/2024/要点-02/会议记录.docx"
    stray.write_bytes(b"x")
    assert "没有任何填报提到：要点-02/会议记录.docx" in run(project).output
    assert stray.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("number", "name", "present"),
    [
        ("1", "1 照片.jpg", True),
        ("1", "10.jpg", False),
        ("佐证3", "佐证３-照片.jpg", True),
        ("A-1", "a-1.pdf", True),
        ("证.1", "证x1.pdf", False),
    ],
)
def test_a_file_belongs_to_the_number_it_begins_with(number: str, name: str, present: bool) -> None:
    found = check_evidence([NamedEvidence("行动-01", number, "a", "2024-09")], {"行动-01": (name,)})
    assert bool(found.present) is present


def test_a_year_without_a_plan_is_a_misuse(tmp_path: Path) -> None:
    done = run(project_in(tmp_path), "2031")
    assert done.exit_code == 2
    assert not (tmp_path / "evidence").exists()
