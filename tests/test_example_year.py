"""The made-up year: the whole loop was run, every mishap left its trace, and nothing can be taken for real."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator.book import Book
from generator.checks import check
from generator.findings import Severity
from generator.model import LedgerState, ReturnState, UnitReturn
from generator.project import Project
from generator.writing import folder_files
from tests.example_year.scenario import scenario
from tests.example_year.year import ROOT, begin, report_months

pytestmark = pytest.mark.slow
PLAN = "action-2024"
LIKELY = {"node-passed"}
"""A note on every report of a task that names several days, once one of them has passed."""
MARK = "示例数据，非真实情况"
MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]


def returned(book: Book, unit: str, period: str) -> UnitReturn | None:
    found = (one for one in book.plan(PLAN).returns if (one.unit, one.period) == (unit, period))
    return next(found, None)


def rules_told(found: UnitReturn | None) -> set[str]:
    assert found
    return {flag.rule for flag in (*found.flags, *(flag for row in found.rows for flag in row.flags))}


def test_all_units_have_a_form_in_all_twelve_months_and_for_the_year(
    example_year: Project, example_book: Book
) -> None:
    units = {entry.unit for entry in example_book.ledger.entries}
    assert len(units) == 26
    for period in MONTHS:
        assert len(list((example_year.root / "forms" / period).glob("*.xlsx"))) == 26, period
        assert {found.unit for found in example_book.ledger.returns_in(PLAN, period)} == units
    assert len(list((example_year.root / "forms/2024").glob("*.docx"))) == len(example_book.forms)


def test_the_example_is_marked_on_every_form_and_account_and_in_every_row(
    example_year: Project, example_book: Book
) -> None:
    assert example_book.page_mark == MARK
    for path in (
        *example_year.root.glob("forms/2024-06/*.xlsx"),
        *example_year.root.glob("returns/退回意见/*.xlsx"),
    ):
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        assert str(sheet.cell(2, 1).value).startswith(MARK), path.name
    for path in (*example_year.root.glob("forms/2024-06/*.docx"), *example_year.root.glob("forms/2024/*.docx")):
        with zipfile.ZipFile(path) as archive:
            assert MARK in archive.read("word/headerMark.xml").decode(), path.name
    plan = example_book.plan(PLAN)
    assert all("示例" in entry.basis for entry in plan.breakdown)
    assert all("示例" in task.source and "示例" in task.text for task in plan.extra_tasks)
    rulings = [
        one for _, file in plan.decisions for field in type(file).model_fields for one in getattr(file, field)
    ]
    assert len(rulings) > 400
    assert all("示例" in ruling.basis and "示例" in ruling.by for ruling in rulings)
    assert {row.source for row in example_book.loaded.air} == {"示例数据"}
    texts = [row.progress for found in plan.returns for row in found.rows if row.progress]
    told = {"按序时进度推进"}
    assert all("示例" in text or text in told for text in texts)


def test_the_real_plan_has_nothing_of_the_example() -> None:
    names = {name for name, _ in folder_files(ROOT / "plan")}
    assert not [
        name for name in names if "/progress/" in name or "/decisions/" in name or name.startswith("air/2")
    ]
    assert "page_mark" not in (ROOT / "plan/rules.yml").read_text("utf-8")


def test_the_example_passes_the_checks_with_the_warnings_of_the_real_plan_alone(
    example_book: Book, real_book: Book
) -> None:
    def grave(book: Book) -> list[str]:
        found = check(book.loaded, book.graph)
        return [str(one) for one in found if one.severity is not Severity.NOTE]

    assert grave(example_book) == grave(real_book)


TRACES = {
    "late": lambda found: found.late,
    "never": lambda found: found is None,
    "scan": lambda found: found.state is ReturnState.SCAN_ONLY and not found.rows,
    "old": lambda found: found.state is ReturnState.UNCONVERTED and not found.rows,
    "word": lambda found: found.files[0].name.endswith(".docx") and found.rows and rules_told(found) <= LIKELY,
    "half": lambda found: (
        found.state is ReturnState.INCOMPLETE and {"unsigned", "missing-rows"} <= rules_told(found)
    ),
    "halves": lambda found: len(found.files) == 2 and found.state is ReturnState.REPORTED,
    "conflict": lambda found: len(found.files) == 2 and "conflict" in rules_told(found),
    "foreign": lambda found: found.late and found.files[0].name.endswith("（重报）.xlsx"),
    "phrases": lambda found: "empty-phrase" in rules_told(found),
    "repeated": lambda found: "repeated" in rules_told(found),
    "sums": lambda found: "sum" in rules_told(found),
    "words": lambda found: any(row.written for row in found.rows) and "number" not in rules_told(found),
    "bare": lambda found: (
        len(found.files) == 2 and any(row.earlier for row in found.rows) and rules_told(found) <= LIKELY
    ),
    "deleted": lambda found: "missing-rows" in rules_told(found),
    "unsigned": lambda found: found.state is ReturnState.INCOMPLETE and "unsigned" in rules_told(found),
}
"""What a mishap of scenario/mishaps.yml leaves behind in progress/."""


@pytest.mark.parametrize(
    "one", scenario("mishaps.yml"), ids=lambda one: f"{one['month']}-{one['unit']}-{one['how']}"
)
def test_every_mishap_left_its_trace(example_book: Book, one: dict[str, str]) -> None:
    found = returned(example_book, one["unit"], f"2024-{int(one['month']):02d}")
    assert TRACES[one["how"]](found)


def test_what_goes_well_raises_no_question(example_book: Book) -> None:
    amiss = {(one["unit"], f"2024-{int(one['month']):02d}") for one in scenario("mishaps.yml")}
    after = {("beishidian", "2024-08"), ("beishidian", "2024-09")}
    for found in example_book.plan(PLAN).returns:
        if found.period in MONTHS and (found.unit, found.period) not in amiss | after:
            assert rules_told(found) <= LIKELY, (found.unit, found.period, rules_told(found))


def test_the_annual_forms_came_back_with_their_own_mishaps(example_book: Book) -> None:
    assert returned(example_book, "nanjie", "2024") is None
    scanned = returned(example_book, "taxation", "2024")
    assert scanned
    assert scanned.state is ReturnState.SCAN_ONLY
    assert "total-only" in rules_told(returned(example_book, "xishangzhuang", "2024"))
    assert "full-scores" in rules_told(returned(example_book, "beijie", "2024"))
    assert "score-above" in rules_told(returned(example_book, "kaifaqu", "2024"))
    late = returned(example_book, "transport", "2024")
    assert late
    assert late.late


def test_tasks_develop_as_the_scenario_says(example_book: Book) -> None:
    def state(task: str, unit: str) -> LedgerState | None:
        entry = example_book.ledger.entry(PLAN, task, unit)
        assert entry
        return entry.state

    assert state("行动-01", "beishidian") is LedgerState.COMPLETED
    assert state("行动-01", "zhongjiazhuang") is LedgerState.EXTENDED
    assert state("行动-02", "nanjie") is LedgerState.BEHIND
    assert state("行动-09", "dongjie") is LedgerState.COMPLETED
    assert state("行动-09", "nanjie") is LedgerState.COMPLETION_CLAIMED
    assert state("行动-10", "xijie") is LedgerState.NOT_CONCERNED
    assert state("方案-12", "transport") is LedgerState.ON_TRACK
    moved = example_book.ledger.entry(PLAN, "方案-08", "market-regulation")
    assert moved
    assert moved.obligation.transferred_from == "private-economy"


def test_air_data_agree_with_themselves(example_book: Book) -> None:
    rows = example_book.loaded.air
    assert len(rows) == 96
    assert {row.audited for row in rows} == {True, False}
    for month in MONTHS:
        ranked = sorted((row for row in rows if row.month == month), key=lambda row: row.rank or 0)
        assert [row.rank for row in ranked] == list(range(1, 9))
        assert [row.index for row in ranked] == sorted(row.index or 0 for row in ranked)


def test_the_office_adopted_what_it_wrote_into_a_workbook(example_book: Book) -> None:
    entry = example_book.ledger.entry(PLAN, "方案-12", "transport")
    assert entry
    assert any(change.text == "请提供资金落实证明" for change in entry.history)


def test_two_runs_give_the_same_bytes(tmp_path: Path, example_year: Project) -> None:
    project = begin(tmp_path / "again")
    report_months(project, 2)
    whole = dict(folder_files(example_year.root))
    for name, content in folder_files(project.root):
        if "2024-01" in name or "2024-02" in name:
            assert whole[name] == content, name
