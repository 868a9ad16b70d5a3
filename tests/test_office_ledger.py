"""The ledger (台账) of the office: 单位自报 beside 环委办认定, every change with its origin, nothing claimed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.book import Book
from generator.model import Period
from generator.renderers import ledger_excel, office_ledger_excel
from generator.renderers.deliverables import Item
from generator.renderers.office_papers import Issue
from tests.golden_files import assert_golden
from tests.test_ledger import decided
from tests.workbook_text import opened, workbook_text
from tests.year_of_papers import MONTH_EDITS, YEAR_EDITS, book_of_month, book_of_year

EXTRA = {
    "file": "annual-2024/extra-tasks.yml",
    "write": "tasks:\n"
    "  - {task: 批示-01, title: 整治北溪排口, text: '限期整治 <北溪> 排口 & {{ 反馈 }}', origin: instruction,"
    " source: 区政府主要领导批示, assigned: 2024-10-08, due: 2024-12-31, responsible: [区水务局]}\n",
}
LATER = decided(
    "extensions:\n  - {task: 要点-01, unit: 区住建局, until: 2024-12-25, BASIS, on: 2024-11-27}\n"
    "close_outs:\n  - {task: 要点-02, unit: 区水务局, evidence: [佐证1, 佐证2], BASIS, on: 2024-11-27}\n",
    "c",
)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The year with a task from outside the plan, an extension and a close-out."""
    return book_of_year(tmp_path_factory.mktemp("year"), *YEAR_EDITS, EXTRA, LATER)


def drawn(book: Book, written: str = "2024", plan: str = "annual-2024") -> bytes:
    period = Period.parse(written)
    assert period
    (artifact,) = office_ledger_excel.PAPER.render(book, Issue(plan, period))
    assert artifact.path == f"{period.label}任务台账（内部）.xlsx"
    return artifact.content


def lines(book: Book, sheet: str = "台账") -> list[dict[str, object]]:
    """The rows of a sheet by heading."""
    rows = [[cell.value for cell in row] for row in opened(drawn(book))[sheet].iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "序号")
    return [
        dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1 :] if isinstance(row[0], int)
    ]


def test_the_ledger_of_a_year(year: Book) -> None:
    assert_golden("small/office_ledger.txt", workbook_text(drawn(year)))


def test_what_the_unit_says_stands_beside_what_the_office_found(tmp_path: Path) -> None:
    row = next(one for one in lines(book_of_month(tmp_path)) if one["单位"] == "青石区住房和城乡建设局")
    assert (row["自报状态"], row["认定状态"], row["审核意见"]) == ("滞后", "滞后", "与现场一致")
    assert row["问题及原因"] == "两处用地手续未办完"


def test_a_task_from_outside_the_plan_shows_its_origin(year: Book) -> None:
    row = next(one for one in lines(year) if one["任务编号"] == "批示-01")
    assert row["来源"] == "领导批示：区政府主要领导批示（2024年10月8日交办）"
    assert row["具体内容（原文）"] == "限期整治 <北溪> 排口 & {{ 反馈 }}"


def test_every_change_has_its_day_origin_and_evidence(year: Book) -> None:
    changes = lines(year, "变动记录")
    days = [str(one["日期"]) for one in changes]
    assert days == sorted(days)
    closed = next(one for one in changes if one["变动类别"] == "办结核验")
    assert (closed["作出单位"], closed["佐证编号"], closed["出处"]) == (
        "区河长办",
        "佐证1、佐证2",
        "decisions/c.yml",
    )
    moved = next(one for one in changes if one["变动类别"] == "经批准延期")
    assert moved["内容"] == "延至2024年12月25日"


def test_with_no_returns_it_says_so_and_calls_nothing_overdue(real_book: Book) -> None:
    text = workbook_text(drawn(real_book, "2024-06", "action-2024"))
    assert "没有收到各单位报送的进展，也没有审核认定" in text
    assert "│逾期" not in text
    assert "时限已过·未填报" in text


def test_a_task_that_runs_into_the_next_year_says_so(real_book: Book) -> None:
    text = workbook_text(drawn(real_book, "2024-06", "action-2024"))
    assert any("行动-11│" in line and "跨年" in line for line in text.splitlines())


def test_the_public_ledger_knows_nothing_of_progress(year: Book) -> None:
    public = workbook_text(ledger_excel.draw_ledger(year, Item("all")))
    assert "两处用地手续未办完" not in public
    assert "与现场一致" not in public


def test_the_same_project_gives_the_same_bytes(tmp_path: Path, year: Book) -> None:
    assert drawn(year) == drawn(book_of_year(tmp_path, *YEAR_EDITS, EXTRA, LATER))


def test_what_was_decided_after_the_day_is_not_in_it(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *MONTH_EDITS, LATER, day=date(2024, 11, 26))
    assert "经批准延期" not in workbook_text(drawn(book, "2024-11"))
