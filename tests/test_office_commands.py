"""The commands of the year: forms go out, come back, and are decided on."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.model import LedgerState
from generator.pipeline import build_book
from generator.project import Project
from tests.returned_forms import DAY, again, book_in, fill, saved, workbook_of
from tests.test_collect import GOOD

COMMON = ["--basis", "现场核查", "--by", "区河长办"]


def run(folder: Path, *arguments: str, day: str = "2024-09-20") -> Result:
    command, *rest = arguments
    return CliRunner().invoke(cli, [command, "--project", str(folder), "--as-of", day, *rest])


def ok(folder: Path, *arguments: str, day: str = "2024-09-20") -> str:
    done = run(folder, *arguments, day=day)
    assert done.exit_code == 0, done.output
    return done.output


def test_forms_go_out_for_a_month_and_for_a_year(tmp_path: Path) -> None:
    book_in(tmp_path)
    ok(tmp_path, "forms", "--month", "2024-09", "--unit", "区住建局", "--out", str(tmp_path / "a"))
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "2024年9月 区住房城乡建设局 调度表.docx",
        "2024年9月 区住房城乡建设局 调度表.xlsx",
    ]
    assert "6 个文件" in ok(tmp_path, "forms", "--year", "2024", "--out", str(tmp_path / "b"))


def test_a_units_name_is_never_a_path(tmp_path: Path) -> None:
    book_in(tmp_path)
    units = tmp_path / "plan/units.yml"
    units.write_text(
        units.read_text("utf-8").replace("name: 区水务局", "name: ../../区水务局\n    aliases: [区水务局]", 1),
        "utf-8",
    )
    for form in (["--month", "2024-09"], ["--year", "2024"]):
        run(tmp_path, "forms", *form, "--unit", "区水务局", "--out", str(tmp_path / "out/forms"))
    assert not [path for path in tmp_path.rglob("*区水务局*") if path.parent != tmp_path / "out/forms"]
    assert any("_区水务局" in path.name for path in (tmp_path / "out/forms").iterdir())


def test_forms_that_go_out_too_late_for_the_promised_notice_are_told(tmp_path: Path) -> None:
    book_in(tmp_path)
    early = ok(tmp_path, "forms", "--month", "2024-09", "--out", str(tmp_path / "a"), day="2024-09-18")
    assert "注意" not in early
    late = ok(tmp_path, "forms", "--month", "2024-09", "--out", str(tmp_path / "a"), day="2024-09-19")
    assert "截止日 2024-09-25，提前 5 个工作日，应在 2024-09-18 前下发" in late


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--month", "2024-13"], "不是报送周期"),
        (["--month", "2024-09", "--year", "2024"], "只写一个"),
        (["--year", "2023"], "没有单位需要填"),
        (["--month", "2024-09", "--unit", "区住建居"], "没有单位“区住建居”"),
    ],
)
def test_a_misuse_says_what_is_expected(tmp_path: Path, arguments: list[str], told: str) -> None:
    book_in(tmp_path)
    done = run(tmp_path, "forms", *arguments, "--out", str(tmp_path / "a"))
    assert done.exit_code != 0
    assert told in done.output


def test_collect_without_arguments_reads_the_folder_and_leaves_something_to_double_click(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    assert "没有文件" in ok(tmp_path, "collect")
    assert (tmp_path / "returns/收表.bat").read_bytes().startswith(b"@echo off\r\n")
    assert (tmp_path / "returns/收表.command").stat().st_mode & 0o100
    saved(fill(workbook_of(book, "housing"), {"要点-01": GOOD}), tmp_path / "returns/a.xlsx")
    told = ok(tmp_path, "collect")
    assert "a.xlsx：已收，采用 1 行（区住房城乡建设局 2024年9月）" in told
    assert "没有填报的任务：方案-01" in told
    assert (tmp_path / "returns/退回意见/2024年9月 区住房城乡建设局 退回意见.xlsx").is_file()
    assert "以前收过，没有变化" in ok(tmp_path, "collect")


def test_collect_says_with_its_exit_code_that_a_file_was_not_taken(tmp_path: Path) -> None:
    book_in(tmp_path)
    (tmp_path / "a.xlsx").write_bytes(b"MZ program")
    done = run(tmp_path, "collect", str(tmp_path / "a.xlsx"))
    assert done.exit_code == 1
    assert "a.xlsx：未收\n    这是程序" in done.output


def test_decisions_are_written_once_and_count_in_the_ledger(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    task = ["--task", "要点-01", "--unit", "区住建局", *COMMON]
    reviewed = ["review", *task, "--period", "2024-09", "--state", "behind", "--opinion", "与现场不符"]
    assert "已写入" in ok(tmp_path, *reviewed)
    assert "没有重复写入" in ok(tmp_path, *reviewed)
    ok(tmp_path, "extend", *task, "--until", "2024-12-20")
    ok(tmp_path, "score", *task, "--year", "2024", "--score", "66", "--deduction", "少建1公里")
    entry = again(book).ledger.entry("annual-2024", "要点-01", "housing")
    assert entry
    assert (entry.found, str(entry.due)) == (LedgerState.EXTENDED, "2024-12-20")
    assert entry.opinion == "与现场不符"
    ok(tmp_path, "close-out", *task, "--evidence", "佐证1", day="2024-12-01")
    closed = build_book(Project(tmp_path), DAY.replace(month=12)).ledger.entry("annual-2024", "要点-01", "housing")
    assert closed
    assert closed.state is LedgerState.COMPLETED
    assert sorted(path.name for path in (tmp_path / "plan/annual-2024/decisions").iterdir()) == [
        "2024-09.yml",
        "2024-12.yml",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["review", "--task", "要点-09", "--period", "2024-09"], "没有任务“要点-09”"),
        (["review", "--task", "要点-01", "--period", "2024-09", "--state", "completed"], "close_outs"),
        (["score", "--task", "要点-01", "--unit", "区住建局", "--year", "2024"], "应填且只填一项"),
        (["extend", "--task", "要点-01", "--unit", "区建居", "--until", "2024-12-20"], "没有单位“区建居”"),
        (["review", "--task", "要点-01", "--period", "2024-09", "--plan", "annual-2030"], "没有年度计划"),
    ],
)
def test_a_decision_that_cannot_stand_is_not_written(tmp_path: Path, arguments: list[str], told: str) -> None:
    book_in(tmp_path)
    command, *rest = arguments
    done = run(tmp_path, command, *rest, *COMMON)
    assert done.exit_code == 2
    assert told in done.output
    assert not (tmp_path / "plan/annual-2024/decisions").exists()


def test_the_offices_columns_in_a_workbook_become_decisions(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    answers: dict[str, dict[str, object]] = {
        "要点-01": {**GOOD, "evidence": "1", "found": "已办结（经核验）", "opinion": "同意"},
        "方案-01": {"found": "经批准延期"},
    }
    path = saved(fill(workbook_of(book, "housing"), answers), tmp_path / "a.xlsx")
    told = ok(tmp_path, "review-file", str(path), *COMMON)
    assert "延期请用 planbook extend" in told
    entry = again(book).ledger.entry("annual-2024", "要点-01", "housing")
    assert entry
    assert (entry.state, entry.opinion) == (LedgerState.COMPLETED, "同意")


def test_several_workbooks_are_read_before_anything_is_written(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    reviewed: dict[str, dict[str, dict[str, object]]] = {
        "housing": {"要点-01": {**GOOD, "found": "滞后", "opinion": "与现场不符"}},
        "north-town": {"要点-01": {**GOOD, "opinion": "同意"}},
    }
    paths = [
        saved(fill(workbook_of(book, unit), answers), tmp_path / f"{unit}.xlsx")
        for unit, answers in reviewed.items()
    ]
    spoilt = tmp_path / "坏.xlsx"
    spoilt.write_bytes(b"PK\x03\x04")
    names = [str(path) for path in paths]
    assert run(tmp_path, "review-file", *names, str(spoilt), *COMMON).exit_code == 1
    assert not (tmp_path / "plan/annual-2024/decisions").exists()
    assert "写入 2 条" in ok(tmp_path, "review-file", *names, *COMMON)
    (written,) = (tmp_path / "plan/annual-2024/decisions").iterdir()
    content = written.read_bytes()
    assert "没有新的决定" in ok(tmp_path, "review-file", *names, *COMMON)
    assert written.read_bytes() == content
    ledger = again(book).ledger
    found = {unit: ledger.entry("annual-2024", "要点-01", unit) for unit in reviewed}
    assert [(one.found, one.opinion) for one in found.values() if one] == [
        (LedgerState.BEHIND, "与现场不符"),
        (None, "同意"),
    ]
