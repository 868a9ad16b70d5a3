"""Figures in the papers equal figures in the data: each is counted again from the files, without our analysis."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.project import Project
from tests.counted_year import CountedYear
from tests.example_year.year import run

pytestmark = pytest.mark.slow
MONTHS = {
    "2024-03": date(2024, 4, 20),
    "2024-06": date(2024, 7, 8),
    "2024-09": date(2024, 10, 20),
    "2024-12": date(2025, 1, 23),
}
YEAR_END = date(2025, 1, 24)
COLUMNS = ("承担数", "办结", "正常", "滞后", "受阻")


@pytest.fixture(scope="module")
def papers(example_year: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The office's papers of four months and of the year, as the command writes them."""
    folder = tmp_path_factory.mktemp("papers")
    for month, day in MONTHS.items():
        run(example_year, day, "papers", "--month", month, "--out", str(folder / month))
    run(example_year, YEAR_END, "papers", "--year", "2024", "--out", str(folder / "2024"))
    return {name: folder / name for name in (*MONTHS, "2024")}


def one(folder: Path, words: str) -> Path:
    (found,) = (path for path in folder.iterdir() if words in path.name)
    return found


def plain_name(written: str, counted: CountedYear) -> str:
    """A unit by the name of units.yml: papers print towns in full and mark what is not confirmed."""
    bare = written.removesuffix("（待确认）").removesuffix("＊")
    return "北石店镇" if bare == "北石店镇人民政府" else bare


@pytest.mark.parametrize("month", MONTHS)
def test_the_progress_table_of_the_circular(month: str, papers: dict[str, Path], example_year: Project) -> None:
    counted = CountedYear(example_year.root, MONTHS[month])
    expected = counted.progress(month)
    table = docx.Document(str(one(papers[month], "通报（正文稿）"))).tables[1]
    lines = [[cell.text for cell in row.cells] for row in table.rows]
    assert tuple(lines[0][1:6]) == COLUMNS
    drawn = {plain_name(line[0], counted): [int(text) for text in line[1:6]] for line in lines[1:-1]}
    assert drawn == {unit: [counts[column] for column in COLUMNS] for unit, counts in expected.items()}
    total = [sum(counts[column] for counts in expected.values()) for column in COLUMNS]
    assert [int(text) for text in lines[-1][1:6]] == total
    told = {plain_name(line[0], counted): line[6] for line in lines[1:-1]}
    assert {unit for unit, text in told.items() if text.startswith("未报")} == counted.unreported(month)
    assert {unit for unit, text in told.items() if "迟报" in text} == counted.late(month)


@pytest.mark.parametrize("month", MONTHS)
def test_the_sentences_of_the_circular(month: str, papers: dict[str, Path], example_year: Project) -> None:
    counted = CountedYear(example_year.root, MONTHS[month]).progress(month)
    text = "\n".join(found.text for found in docx.Document(str(one(papers[month], "通报（正文稿）"))).paragraphs)
    sums = {column: sum(counts[column] for counts in counted.values()) for column in COLUMNS}
    assert f"{len(counted)}个单位承担任务{sums['承担数']}项次" in text
    assert f"办结{sums['办结']}、正常{sums['正常']}、滞后{sums['滞后']}、受阻{sums['受阻']}。" in text


@pytest.mark.parametrize("month", MONTHS)
def test_the_air_table_of_the_circular(month: str, papers: dict[str, Path], example_year: Project) -> None:
    counted = CountedYear(example_year.root, MONTHS[month])
    table = docx.Document(str(one(papers[month], "通报（正文稿）"))).tables[0]
    lines = [[cell.text for cell in row.cells] for row in table.rows[2:]]
    drawn = {plain_name(line[0], counted): [float(text) for text in line[1:]] for line in lines}
    air = counted.air(month)
    assert set(drawn) == set(air)
    for town, figures in drawn.items():
        data = [float(air[town][name]) for name in list(air[town])[2:16]]
        assert figures == data, town


@pytest.mark.parametrize("month", MONTHS)
def test_the_list_of_who_is_to_be_urged(month: str, papers: dict[str, Path], example_year: Project) -> None:
    counted = CountedYear(example_year.root, MONTHS[month])
    sheet = openpyxl.load_workbook(one(papers[month], "催报名单")).worksheets[0]
    lines = [row for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]
    silent = {plain_name(str(row[1]), counted) for row in lines if row[2] == "未报"}
    assert silent == counted.unreported(month)


@pytest.mark.parametrize("month", MONTHS)
def test_what_is_proposed_for_supervision_rests_on_the_data(
    month: str, papers: dict[str, Path], example_year: Project
) -> None:
    counted = CountedYear(example_year.root, MONTHS[month])
    sheet = openpyxl.load_workbook(one(papers[month], "建议清单")).worksheets[0]
    units = {name: unit for unit, name in counted.names.items()}
    lines = [row for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]
    proposed = {(units[plain_name(str(row[3]), counted)], str(row[1])): str(row[5]) for row in lines}
    held_up = {pair for pair in counted.carried(month) if counted.state(*pair) in {"behind", "blocked"}}
    assert held_up <= set(proposed)
    assert {pair for pair, facts in proposed.items() if "滞后" in facts or "受阻" in facts} == held_up


def test_the_letters_are_those_that_were_decided(papers: dict[str, Path], example_year: Project) -> None:
    counted = CountedYear(example_year.root, YEAR_END)
    for month, day in MONTHS.items():
        names = [path.name for path in papers[month].iterdir() if "函 " in path.name and "反馈单" not in path.name]
        for name in names:
            task, unit = name.split(" ")[1], name.split(" ")[2].partition("（")[0]
            found = [
                ruling
                for ruling in counted.rulings["supervisions"]
                if (ruling["task"], ruling["unit"]) == (task, unit)
            ]
            assert found, name
            assert any(date.fromisoformat(ruling["on"]) <= day for ruling in found)


def test_the_summary_of_the_assessment(papers: dict[str, Path], example_year: Project) -> None:
    counted = CountedYear(example_year.root, YEAR_END)
    points, own = counted.points(), counted.self_scores()
    workbook = openpyxl.load_workbook(one(papers["2024"], "考核汇总表"), data_only=True)
    parts = {
        "空气质量得分": "air-quality",
        "共性得分": "common",
        "个性任务得分": "tasks",
        "加分": "加分",
        "扣分": "扣分",
    }
    seen = set()
    for sheet in workbook.worksheets[:2]:
        head = [str(cell.value) for cell in sheet[3]]
        for row in sheet.iter_rows(min_row=4, values_only=True):
            if not isinstance(row[0], int):
                continue
            cells, unit = dict(zip(head, row, strict=True)), plain_name(str(row[1]), counted)
            seen.add(unit)
            for heading, part in parts.items():
                assert (cells.get(heading) or 0) == pytest.approx(points[unit].get(part, 0)), (unit, heading)
            assert cells["自评总分"] == (pytest.approx(own[unit]) if unit in own else None), unit
            total = sum(points[unit].get(part, 0) for part in ("air-quality", "common", "tasks", "加分"))
            assert cells["考核总分"] == pytest.approx(total - points[unit].get("扣分", 0)), unit
            assert (cells["合理缺项分"] is not None) == bool(points[unit].get("gaps")), unit
    assert seen == set(points)
    details = [
        row for row in workbook.worksheets[3].iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)
    ]
    assert len(details) == sum(counts["deductions"] for counts in points.values())
