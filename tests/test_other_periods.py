"""Weeks, ten days and quarters go out and come back as months do, with their own cut-off days and holidays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.model import ReturnState
from generator.pipeline import build_book
from generator.project import Project
from tests.returned_forms import fill, saved
from tests.small_plan import copied

HOLIDAY = "holidays:\n  - {name: 国庆, first: 2024-10-01, last: 2024-10-07}\nextra_workdays: [2024-09-29]\n"
WELL = {"state": "正常推进", "progress": "已建3公里。", "next_steps": "继续施工。"}


def run(project: Project, day: date, *arguments: str) -> str:
    command, *rest = arguments
    options = ["--project", str(project.root), "--as-of", day.isoformat()]
    done = CliRunner().invoke(cli, [command, *options, *rest])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    ("kind", "settings", "period", "label", "cutoff", "late"),
    [
        # 2024-09-25 is a Wednesday
        ("quarter", "quarterly_cutoff_day: 25\n", "2024-Q3", "2024年第三季度", date(2024, 9, 25), date(2024, 9, 26)),
        # a day before the end lies a Sunday on which the office works
        ("ten_days", "ten_days_cutoff_days: 1\n", "2024-09-D3", "2024年9月下旬", date(2024, 9, 29), date(2024, 9, 30)),
        # 5 October lies in the holiday and moves to the first working day, the 8th
        ("ten_days", "ten_days_cutoff_days: 5\n", "2024-10-D1", "2024年10月上旬", date(2024, 10, 8), date(2024, 10, 9)),
        # Friday of the 40th week lies in the holiday and moves to Tuesday the 8th
        ("week", "weekly_cutoff_weekday: 5\n", "2024-W40", "2024年第40周", date(2024, 10, 8), date(2024, 10, 9)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_time", [True, False])
def test_a_form_goes_out_and_comes_back(
    tmp_path: Path, kind: str, settings: str, period: str, label: str, cutoff: date, late: date, in_time: bool
) -> None:
    rules = {"file": "rules.yml", "append": f"period: {kind}\n{settings}{HOLIDAY}reporting_from: 2024-07-01\n"}
    project = copied(tmp_path, [rules])
    out = tmp_path / "out"
    run(project, date(2024, 9, 15), "forms", "--month", period, "--unit", "区住建局", "--out", str(out))
    path = out / f"{label} 区住房城乡建设局 调度表.xlsx"
    workbook = openpyxl.load_workbook(path)
    assert label in str(workbook.worksheets[0].cell(1, 1).value)
    task = str(workbook.worksheets[0].cell(4, 1).value)
    saved(fill(workbook, {task: WELL}), tmp_path / "returns/住建.xlsx")
    told = run(project, cutoff if in_time else late, "collect")
    assert f"住建.xlsx：已收，采用 1 行（区住房城乡建设局 {label}）" in told
    ledger = build_book(project, date(2024, 10, 20)).ledger
    standing = ledger.return_of("annual-2024", "housing", period)
    assert standing
    assert (standing.cutoff, standing.late, standing.closed) == (cutoff, not in_time, True)
    assert standing.state in {ReturnState.REPORTED, ReturnState.INCOMPLETE}
    entry = ledger.entry("annual-2024", task, "housing")
    assert entry
    assert [found[0].id for found in entry.reports] == [period]
    silent = ledger.return_of("annual-2024", "north-town", period)
    assert silent
    assert silent.state is ReturnState.UNREPORTED
