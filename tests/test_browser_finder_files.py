"""What the finder hands out in a real browser: CSV, workbooks, paper."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browsing import build_pages
from tests.finder_page import fresh_page, opened
from tests.hostile_plan import HOSTILE, hostile_project
from tests.large_plan import write_large_plan
from tests.small_plan import copied

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(real_site: Path) -> Path:
    """The real plan's pages."""
    return real_site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if a script fails."""
    with fresh_page(browser) as found:
        yield found


def saved(page: Page, kind: str, folder: Path) -> Path:
    """What the button hands out."""
    with page.expect_download() as waiting:
        page.locator(f".pb-finder-{kind}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def workbook_rows(path: Path) -> list[list[str]]:
    """The first sheet, every cell as text."""
    sheet = load_workbook(path).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [
        [
            "" if value is None else f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value)
            for value in row
        ]
        for row in values
    ]


def test_the_rows_found_are_saved_as_csv_and_as_a_workbook(page: Page, site: Path, tmp_path: Path) -> None:
    opened(page, site, {"unit": ["beishidian"], "inferred": ["yes"]}, sort="earliest")
    content = saved(page, "csv", tmp_path).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\r") == 4
    heading, *rows = csv_rows(content)
    assert [row[:2] for row in rows] == [["行动-11", "2"], ["行动-11", "3"], ["行动-02", "1"]]
    last = dict(zip(heading, rows[-1], strict=True))
    assert last["原文语句"] == "2024年采暖季前,完成集中供热区外优质型煤供应工作。"
    assert last["责任单位（未分主次）"] == "区发改(能源)局、各镇(街道)（待确认）"
    assert (last["时限（原文）"], last["截止日"]) == ("2024年采暖季前※", "2024-11-14")
    assert last["推算依据"] == "※采暖季按11月15日开始推算（待确认），取前一日"
    assert "北石店镇：经“各镇(街道)”承担（待确认）" in last["备注"]
    assert workbook_rows(saved(page, "xlsx", tmp_path)) == [heading, *rows]


def test_the_workbook_has_days_as_days_prints_on_wide_paper_and_tells_its_conditions(
    page: Page, site: Path, tmp_path: Path
) -> None:
    opened(page, site, {"due": ["2024-12"]}, q="关停")
    first = saved(page, "xlsx", tmp_path)
    book = load_workbook(first)
    rows, notes = book.worksheets
    heading = [cell.value for cell in rows[1]]
    assert str(rows.cell(2, heading.index("截止日") + 1).value) == "2024-12-31 00:00:00"
    assert rows.page_setup.orientation == "landscape"
    assert (rows.print_title_rows, rows.freeze_panes, rows.auto_filter.ref) == ("$1:$1", "A2", "A1:R3")
    told = {row[0].value: row[1].value for row in notes.iter_rows()}
    assert told["筛选条件"] == "文字：关停；到期月份或季节：2024年12月"
    assert told["数量"] == "符合条件 2 项任务、2 句（共 42 项、134 句）"
    (tmp_path / "again").mkdir()
    second = saved(page, "xlsx", tmp_path / "again")
    assert first.read_bytes() == second.read_bytes()


def test_libreoffice_opens_the_workbook_with_the_same_cells(page: Page, site: Path, tmp_path: Path) -> None:
    opened(page, site, {"role": ["lead"]})
    path = saved(page, "xlsx", tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    soffice = shutil.which("soffice") or "soffice"
    command = [soffice, profile, "--headless", "--convert-to", options, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert csv_rows(path.with_suffix(".csv").read_bytes()) == workbook_rows(path)


def test_no_cell_becomes_a_formula(page: Page, tmp_path: Path) -> None:
    edits = [
        # without a source, for the texts are no longer its texts
        {"file": "base/plan.yml", "find": "\nsource: original.txt", "put": ""},
        {"file": "annual-2024/plan.yml", "find": "\nsource: original.txt", "put": ""},
        {"file": "base/measures/04.yml", "find": "各镇（街道）要落实属地责任", "put": "=HYPERLINK(1)，各镇要落实"},
        {"file": "base/measures/01.yml", "find": "title: 补齐管网短板", "put": "title: '@SUM(A1)\"与''_x0041_'"},
    ]
    site = build_pages(tmp_path / "site", copied(tmp_path / "project", edits).root)
    opened(page, site)
    heading, *rows = csv_rows(saved(page, "csv", tmp_path).read_bytes())
    texts = {row[heading.index("原文语句")] for row in rows}
    assert "'=HYPERLINK(1)，各镇要落实，加强宣传引导。" in texts
    assert rows[0][heading.index("重点任务")] == "'@SUM(A1)\"与'_x0041_"
    path = saved(page, "xlsx", tmp_path)
    sheet = load_workbook(path).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "=HYPERLINK(1)，各镇要落实，加强宣传引导。" in {
        row[heading.index("原文语句")] for row in workbook_rows(path)
    }


def test_hostile_text_stays_text_on_the_page_and_in_the_files(page: Page, tmp_path: Path) -> None:
    site = build_pages(tmp_path / "site", hostile_project(tmp_path / "project").root)
    opened(page, site, {"unit": ["towns"]}, q="<img", sort="earliest")
    expect(page.locator(".pb-finder img, .pb-finder b, .pb-finder script:not([src])")).to_have_count(0)
    expect(page.locator(".pb-finder-chosen button").nth(1)).to_contain_text(HOSTILE)
    assert any(HOSTILE in cell for row in workbook_rows(saved(page, "xlsx", tmp_path)) for cell in row)
    assert any(HOSTILE in cell for row in csv_rows(saved(page, "csv", tmp_path).read_bytes()) for cell in row)


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up plan of about a thousand statements."""
    folder = tmp_path_factory.mktemp("large")
    return build_pages(folder / "site", write_large_plan(folder / "project", 290))


def printed(page: Page, folder: Path) -> tuple[str, str]:
    """What a view is on paper: what pdfinfo says of it, and its text."""
    path = folder / "paper.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    commands = (["pdfinfo", str(path)], ["pdftotext", "-layout", str(path), "-"])
    facts, text = (
        subprocess.run(command, check=True, capture_output=True, text=True).stdout for command in commands
    )
    return facts, text


def test_on_paper_the_conditions_stand_above_the_rows_on_wide_pages(
    page: Page, site: Path, tmp_path: Path
) -> None:
    opened(page, site, {"unit": ["water"]}, q="扬尘")
    facts, text = printed(page, tmp_path)
    assert "841.92 x 594.96" in facts or "842" in facts
    above, _, below = text.partition("任务状态")
    assert "筛选条件：文字：扬尘；单位：区水务局；排序：原文顺序" in above
    assert "符合条件 1 项任务、7 句" in above
    assert below.count("方案-14") == 7
    assert "下载 CSV" not in text


def test_all_rows_are_printed_even_those_that_are_not_yet_shown(
    page: Page, large_site: Path, tmp_path: Path
) -> None:
    opened(page, large_site)
    total = len(csv_rows(saved(page, "csv", tmp_path).read_bytes())) - 1
    rows = page.locator("#finder-table tbody tr")
    assert rows.count() < total
    _, text = printed(page, tmp_path)
    expect(rows).to_have_count(total)
    last = rows.last.locator(".pb-task").text_content()
    assert last
    assert last in text


def test_reading_on_shows_more_rows(page: Page, large_site: Path) -> None:
    opened(page, large_site)
    visible = page.locator("#finder-table tbody tr:visible")
    expect(visible).to_have_count(150)  # what follows the answer by itself
    page.locator(".pb-finder-more").scroll_into_view_if_needed()
    expect(visible).to_have_count(250)
