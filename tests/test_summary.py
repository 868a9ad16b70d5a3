"""The assessment summary (考核汇总表): live formulas that come to what the analysis says, and nothing final."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from generator.analysis.summary import Summary, rounded, summary
from generator.book import Book
from generator.model import Period
from generator.renderers import summary_excel
from generator.renderers.office_papers import Issue
from tests.golden_files import assert_golden
from tests.test_ledger import decided
from tests.workbook_text import workbook_text
from tests.year_of_papers import SCORED, book_of_year


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The year, scored."""
    return book_of_year(tmp_path_factory.mktemp("year"))


def drawn(book: Book, plan: str = "annual-2024") -> bytes:
    period = Period.parse("2024")
    assert period
    (artifact,) = summary_excel.PAPER.render(book, Issue(plan, period))
    assert artifact.path == "2024年考核汇总表.xlsx"
    return artifact.content


def summed(book: Book, plan: str = "annual-2024") -> Summary:
    return summary(book.graph, book.ledger, book.loaded.rules.grades, book.plan(plan), book.forms)


def test_the_summary_of_a_year(year: Book) -> None:
    assert_golden("small/summary.txt", workbook_text(drawn(year)))


def test_what_does_not_apply_is_reckoned_out(year: Book) -> None:
    housing = next(line for line in summed(year).departments if line.unit == "housing")
    assert (housing.total, housing.gap, housing.scaled) == (65.835, 20, 82.29)
    assert (housing.bonus, housing.penalty) == (1, 0)


def test_a_unit_with_a_row_open_has_neither_rank_nor_grade(year: Book) -> None:
    lines = {line.unit: line for line in summed(year).departments}
    assert (lines["ecology"].total, lines["ecology"].rank, lines["ecology"].grade) == (None, None, None)
    assert (lines["water"].rank, lines["housing"].rank) == (1, 2)
    assert "个性任务还有1项未评分" in workbook_text(drawn(year))


def test_the_last_score_counts_and_a_negative_adjustment_is_a_deduction(year: Book) -> None:
    found = {(one.unit, one.row.key): one.points for one in summed(year).deductions}
    assert found["housing", "要点-01"] == 13.665
    assert found["north-town", "adjustments.award"] == 2
    assert ("north-town", "要点-01") not in found


def test_units_without_a_score_stand_apart(year: Book) -> None:
    found = summed(year)
    assert [one.unit for one in found.unscored] == ["sanitation"]
    assert "sanitation" not in {line.unit for line in (*found.departments, *found.towns)}


def test_without_any_score_it_is_a_usable_blank(real_book: Book) -> None:
    text = workbook_text(drawn(real_book, "action-2024"))
    assert "分值、评分标准为建议（未经区环委办审定）" in text
    assert "没有收到自评" in text
    assert all(line.total is None for line in summed(real_book, "action-2024").departments)


def test_nothing_is_final(year: Book) -> None:
    text = workbook_text(drawn(year))
    assert "建议等次" in text
    assert "排名、等次均为建议，最终结果以区环委会审定为准" in text


def test_equal_scores_share_a_rank(tmp_path: Path) -> None:
    text = SCORED["write"].replace("score: 87.55, deduction: 一次迟报, ", "score: 80, ")
    text += "".join(
        f"  - {{task: 方案-02②, unit: 区生态环境分局, year: 2024, score: {score}, basis: 核定, by: 区河长办, on: 2025-01-11}}\n"
        for score in (81,)
    )
    lines = {line.unit: line for line in summed(book_of_year(tmp_path, decided(text))).departments}
    assert (lines["water"].rank, lines["ecology"].rank, lines["housing"].rank) == (1, 1, 3)


@pytest.mark.parametrize(("value", "to"), [(2.675, 2.68), (1.005, 1.01), (82.29375, 82.29), (-1.005, -1.01)])
def test_halves_are_rounded_as_a_workbook_rounds_them(value: float, to: float) -> None:
    assert rounded(value) == to


@pytest.mark.slow
def test_libreoffice_comes_to_the_same_figures(year: Book, tmp_path: Path) -> None:
    """The cached values are thrown away first, so that every figure is LibreOffice's own."""
    workbook = openpyxl.load_workbook(io.BytesIO(drawn(year)))
    workbook.save(tmp_path / "bare.xlsx")
    soffice = shutil.which("soffice")
    assert soffice
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
    ]
    subprocess.run([*command, str(tmp_path / "bare.xlsx")], check=True, capture_output=True, timeout=120)
    reckoned = openpyxl.load_workbook(tmp_path / "out/bare.xlsx", data_only=True)
    found = summed(year)
    counted = 0
    for sheet, lines in (("部门", found.departments), ("镇街", found.towns)):
        rows = [[cell.value for cell in row] for row in reckoned[sheet].iter_rows(min_row=3)]
        places = {heading: place for place, heading in enumerate(rows[0])}
        for row, line in zip(rows[1:], lines, strict=False):
            shown = {
                "考核总分": line.total,
                "折算得分": line.scaled,
                "排名": line.rank,
                "建议等次": line.grade,
            }
            for heading, value in shown.items():
                got = row[places[heading]]
                counted += 1
                if value is None:
                    assert got in (None, ""), (sheet, line.unit, heading)
                else:
                    assert got == (pytest.approx(value) if isinstance(value, float) else value), (
                        sheet,
                        line.unit,
                        heading,
                    )
    assert counted == 4 * 5
