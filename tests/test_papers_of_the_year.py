"""The example year in the ledger and the sheets of the office: what they print is what the files hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.book import Artifact, Book
from generator.model import Period
from generator.pipeline import build_book, render_papers
from generator.project import Project
from generator.renderers.office_papers import Issue, unit_text
from generator.storage.yaml_reader import read_yaml
from tests.workbook_text import opened

# Needs the example year, which takes a while to make.
pytestmark = pytest.mark.slow

PLAN = "action-2024"
SHEETS = {"reminder", "supervision", "talk"}


def issued(book: Book, written: str) -> dict[str, Artifact]:
    period = Period.parse(written)
    assert period
    return {artifact.path: artifact for artifact in render_papers(book, Issue(PLAN, period))}


@pytest.fixture(scope="module")
def october(example_year: Project) -> Book:
    """The day on which the papers of September are made."""
    return build_book(example_year, date(2024, 10, 9))


@pytest.fixture(scope="module")
def september(october: Book) -> dict[str, Artifact]:
    return issued(october, "2024-09")


@pytest.fixture(scope="module")
def year(example_book: Book) -> dict[str, Artifact]:
    return issued(example_book, "2024")


def files(project: Project, pattern: str) -> Iterator[tuple[Path, Any]]:
    for path in sorted((project.plan / PLAN).glob(pattern)):
        yield path, read_yaml(path, path.name)[0]


def rows_of(workbook: bytes, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    rows = [[cell.value for cell in row] for row in opened(workbook, values=True)[sheet].iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "序号")
    found = (dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :])
    return [row for row in found if isinstance(row["序号"], int)]


def test_every_paper_is_internal_and_marked_as_an_example(
    september: dict[str, Artifact], year: dict[str, Artifact], october: Book
) -> None:
    for artifact in (*september.values(), *year.values()):
        if artifact.path.endswith(".xlsx"):
            assert all(text.startswith(october.internal_mark) for text in notes(artifact.content)), artifact.path
    assert "内部资料" in october.internal_mark
    assert "示例" in october.internal_mark


def notes(workbook: bytes) -> list[str]:
    return [str(sheet["A2"].value) for sheet in opened(workbook).worksheets]


def test_the_quantities_of_the_ledger_are_the_last_that_were_reported(
    year: dict[str, Artifact], example_year: Project, example_book: Book
) -> None:
    last: dict[tuple[str, str], float] = {}
    for path, record in files(example_year, "progress/2024-*/*.yml"):
        for row in record.get("rows", ()):
            if row.get("cumulative") is not None:
                last[unit_text(example_book, path.stem), row["task"]] = float(row["cumulative"])
    content = year["2024年任务台账（内部）.xlsx"].content
    lines = rows_of(content, "数量完成")
    shown = {
        (line["单位"], line["任务编号"]): line["累计完成量"] for line in lines if line["累计完成量"] is not None
    }
    assert shown
    assert shown == {key: last[key] for key in shown}


def test_every_change_is_in_the_ledger(year: dict[str, Artifact], example_year: Project) -> None:
    changes = rows_of(year["2024年任务台账（内部）.xlsx"].content, "变动记录")
    found = {(one["任务编号"], one["作出单位"]) for one in changes if one["变动类别"] == "督办"}
    decided = [
        one for _, record in files(example_year, "decisions/*.yml") for one in record.get("supervisions", ())
    ]
    assert decided
    assert {(one["task"], one["by"]) for one in decided} == found


def test_a_sheet_is_drafted_for_each_decision_and_for_nothing_else(
    example_year: Project, example_book: Book
) -> None:
    decided = [
        one for _, record in files(example_year, "decisions/*.yml") for one in record.get("supervisions", ())
    ]
    assert {one["period"] for one in decided} == {"2024-07", "2024-09", "2024-11"}
    for month in (f"2024-{number:02d}" for number in range(1, 13)):
        wanted = [one for one in decided if one["period"] == month and one["rung"] in SHEETS]
        drafted = [path for path in issued(example_book, month) if "函 " in path and "反馈单" not in path]
        assert len(drafted) == len(wanted)
