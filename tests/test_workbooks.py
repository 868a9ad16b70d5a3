"""Task lists, matrix and ledger as another program reads them."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.book import Book
from generator.model import Role
from generator.office.archives import zip_bytes
from generator.renderers import ledger_excel, matrix_excel, task_list_excel
from generator.renderers.deliverables import Item
from generator.renderers.naming import ALL
from tests.golden_files import assert_golden
from tests.hostile_books import renamed
from tests.workbook_text import opened, workbook_text

MATRIX_FIRST, MATRIX_HEAD = 5, 4
"""Rows of the matrix: its first line and its headings, counted from 1."""


@pytest.fixture(scope="module")
def real_matrix(real_book: Book) -> Worksheet:
    """The matrix of the real plan as another program reads it."""
    return opened(matrix_excel.draw_matrix(real_book, Item(ALL)))["责任矩阵"]


@pytest.fixture(scope="module")
def real_ledger(real_book: Book) -> Workbook:
    """The ledger of the real plan as another program reads it."""
    return opened(ledger_excel.draw_ledger(real_book, Item(ALL)))


def rows_below(sheet: Worksheet, heading: int) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=heading + 1)]


def task_lines(sheet: Worksheet) -> list[list[object]]:
    return [row for row in rows_below(sheet, 3) if isinstance(row[0], int)]


@pytest.mark.parametrize("unit", ["housing", "north-town", "south-bridge"])
def test_the_task_list_of_a_unit_reads_as_agreed(small_book: Book, unit: str) -> None:
    content = task_list_excel.draw_task_list(small_book, Item(unit))
    assert_golden(f"small/task_list_{unit}.txt", workbook_text(content))


def test_the_matrix_reads_as_agreed(small_book: Book) -> None:
    assert_golden("small/matrix.txt", workbook_text(matrix_excel.draw_matrix(small_book, Item(ALL))))


def test_the_ledger_reads_as_agreed(small_book: Book) -> None:
    assert_golden("small/ledger.txt", workbook_text(ledger_excel.draw_ledger(small_book, Item(ALL))))


def test_every_unit_with_a_duty_has_a_task_list_with_each_of_its_tasks_verbatim(real_book: Book) -> None:
    paths = set()
    for artifact in task_list_excel.DELIVERABLE.render(real_book):
        paths.add(artifact.path)
        unit = artifact.path.split("/")[1]
        lines = task_lines(opened(artifact.content)["任务清单"])
        found = [(line[1], line[3]) for line in lines]
        assert found == [(duty.row.label, duty.row.text) for duty in real_book.task_lists[unit].rows]
        assert [line[0] for line in lines] == list(range(1, len(lines) + 1))
    assert len(paths) == len(real_book.units)
    assert "downloads/housing-construction/区住建局任务清单.xlsx" in paths


def test_a_task_through_a_group_says_so_and_that_it_is_unconfirmed(real_book: Book) -> None:
    content = task_list_excel.draw_task_list(real_book, Item("dongjie"))
    duties = {line[1]: line[4] for line in task_lines(opened(content)["任务清单"])}
    assert duties["方案-14"] == "●分工负责\n经“各镇(街道)”承担（待确认）"


def test_in_the_sheet_for_taking_tasks_on_only_the_answers_are_open(real_book: Book) -> None:
    sheet = opened(task_list_excel.draw_task_list(real_book, Item("housing-construction")))["任务认领"]
    assert sheet.protection.sheet
    tasks = real_book.task_lists["housing-construction"].rows
    for row in sheet.iter_rows(min_row=4, max_row=3 + len(tasks)):
        assert [cell.protection.locked for cell in row] == [True] * 3 + [False] * 5
        assert [cell.fill.start_color.rgb for cell in row] == ["FFEDEDED"] * 3 + ["FFFFF2CC"] * 5
        assert row[6].number_format == "@"
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"承担,有异议"', f"D4:D{3 + len(tasks)}")


def test_the_matrix_has_every_measure_once_and_units_in_official_order(
    real_book: Book, real_matrix: Worksheet
) -> None:
    sheet = real_matrix
    names = [cell.value for cell in sheet[MATRIX_HEAD]][2:-2]
    assert names == [real_book.graph.name(party) for party in real_book.matrix.columns]
    order = [real_book.graph.order[party] for party in real_book.matrix.columns]
    assert order == sorted(order)
    numbers = [row[0] for row in rows_below(sheet, MATRIX_HEAD) if re.fullmatch(r"\S+-\d\d", str(row[0]))]
    assert numbers == [row.number for row in real_book.matrix.rows]
    assert len(numbers) == 40


def test_the_sums_of_the_matrix_are_live_and_their_last_values_are_right(real_book: Book) -> None:
    content = matrix_excel.draw_matrix(real_book, Item(ALL))
    live, values = opened(content)["责任矩阵"], opened(content, values=True)["责任矩阵"]
    lines = [row for row in values.iter_rows(min_row=MATRIX_FIRST) if re.match(r"\S+-\d\d$", str(row[0].value))]
    for row in lines:
        held = sum(1 for cell in row[2:-2] if cell.value)
        assert row[-1].value == held
        assert str(live[row[-1].coordinate].value).startswith("=COUNTA(C")
    sums = next(row for row in values.iter_rows() if row[1].value == "合计")
    for place, cell in enumerate(sums[2:-1], 2):
        assert cell.value == sum(1 for row in lines if row[place].value)
        assert (
            live[cell.coordinate].value == f"=COUNTA({cell.column_letter}5:{cell.column_letter}{sums[0].row - 1})"
        )


@pytest.mark.slow
def test_libreoffice_reckons_the_same_sums(real_book: Book, tmp_path: Path) -> None:
    content = matrix_excel.draw_matrix(real_book, Item(ALL))
    (tmp_path / "matrix.xlsx").write_bytes(without_last_values(content))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path / "back"),
        "matrix.xlsx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    ours = opened(content, values=True)["责任矩阵"]
    theirs = opened((tmp_path / "back" / "matrix.xlsx").read_bytes(), values=True)["责任矩阵"]
    for row in ours.iter_rows(min_row=MATRIX_FIRST):
        assert [cell.value for cell in row] == [theirs[cell.coordinate].value for cell in row]


def without_last_values(content: bytes) -> bytes:
    """The workbook as if nothing had ever reckoned its formulas."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return zip_bytes((name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)) for name, part in parts)


def test_every_mark_in_the_matrix_is_a_role_of_the_measure(real_book: Book, real_matrix: Worksheet) -> None:
    sheet = real_matrix
    marks = {real_book.terms.mark(role): role for role in Role}
    drawn = {
        (str(row[0].value), real_book.matrix.columns[place], marks[mark])
        for row in sheet.iter_rows(min_row=MATRIX_FIRST)
        if row[0].value
        for place, cell in enumerate(row[2:-2])
        for mark in str(cell.value or "")
        if mark in marks
    }
    meant = {(row.measure_label, party, role) for row in real_book.rows for role, _, party in row.parties}
    assert drawn == meant


def test_an_open_list_is_marked_in_the_matrix_and_counted(real_book: Book, real_matrix: Worksheet) -> None:
    sheet = real_matrix
    shown = {row[0].value: row[-2].value for row in sheet.iter_rows(min_row=MATRIX_FIRST)}
    opened_lists = {row.measure_label for row in real_book.rows if "remark.open" in row.remarks}
    assert {label for label, mark in shown.items() if mark == "等"} == opened_lists
    assert len(opened_lists) == 20
    assert sheet.cell(MATRIX_HEAD, sheet.max_column - 1).value == "“等”（名单未列尽）"


def test_a_role_held_in_one_clause_only_says_in_which(real_matrix: Worksheet) -> None:
    sheet = real_matrix
    heads = [cell.value for cell in sheet[MATRIX_HEAD]]
    rows = {row[0].value: dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows()}
    freight, vehicles = rows["方案-10"], rows["方案-11"]
    assert [freight[name] for name in ("区交通运输局", "区工信局", "区自然资源局")] == ["●", "●②", "●②"]
    assert [vehicles[name] for name in ("区生态环境分局", "区工信局", "区市场监管局", "各镇(街道)")] == [
        "●", "●①", "●②", "○①",
    ]  # fmt: skip
    assert rows["方案-01"]["各镇(街道)"] == "○"


def test_a_figure_that_a_higher_authority_sets_is_compared_with_nothing(
    real_book: Book, real_ledger: Workbook
) -> None:
    sheet = real_ledger["目标值"]
    heads = [cell.value for cell in sheet[3]]
    rows = [dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=4)]
    for row, target in zip(rows, real_book.targets, strict=True):
        assert (row["理解"] == "由上级下达") == target.target.external == (row["比较符"] in {None, ""})
    coal = next(row for row in rows if row["指标"] == "全区煤炭消费量")
    assert (coal["理解"], coal["比较符"], coal["数值"]) == ("较2020年负增长", "增幅小于", 0)


def test_what_was_mended_in_the_source_and_what_came_too_late_is_remarked(real_ledger: Workbook) -> None:
    sheet = real_ledger["任务台账"]
    remarks = {row[2].value: str(row[15].value) for row in sheet.iter_rows(min_row=4)}
    assert [label for label, text in remarks.items() if "来源有缺字，已补正" in text] == ["方案-20"]
    assert [label for label, text in remarks.items() if "时限早于印发日期，原文如此，待核" in text] == ["行动-07"]


def test_days_in_remarks_are_written_as_in_official_papers(small_book: Book) -> None:
    for content in (
        ledger_excel.draw_ledger(small_book, Item(ALL)),
        task_list_excel.draw_task_list(small_book, Item("housing")),
    ):
        for sheet in opened(content):
            texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
            assert not [text for text in texts if re.search(r"\d{4}-\d{2}-\d{2}", text)]


def test_the_legend_of_the_matrix_and_what_is_unconfirmed_stand_on_it(
    real_book: Book, real_matrix: Worksheet
) -> None:
    sheet = real_matrix
    note = str(sheet["A2"].value)
    for role in (Role.LEAD, Role.SHARED, Role.RESPONSIBLE, Role.SUPPORT):
        assert real_book.terms.mark(role) + real_book.terms.label(role) in note
    assert "◆责任单位（未分主次）" in note
    bands = [cell.value for cell in sheet[3] if cell.value]
    assert bands == ["责任单位（建制顺序待确认）", "统称（所含单位待确认）"]


def test_the_ledger_has_every_task_with_its_last_day_as_a_real_date(
    real_book: Book, real_ledger: Workbook
) -> None:
    sheet = real_ledger["任务台账"]
    lines = {row[2].value: row for row in sheet.iter_rows(min_row=4)}
    assert list(lines) == [row.label for row in real_book.rows]
    winter = lines["行动-11"][7]
    assert (winter.value.date(), winter.number_format) == (date(2025, 3, 31), 'yyyy-mm-dd"※"')
    plain = lines["方案-14"][7]
    assert (plain.value.date(), plain.number_format) == (date(2025, 12, 31), "yyyy-mm-dd")
    assert lines["方案-02"][7].value is None


def test_no_unit_is_a_lead_by_its_position(real_book: Book, real_ledger: Workbook) -> None:
    sheet = real_ledger["任务台账"]
    for row in sheet.iter_rows(min_row=4):
        task = real_book.graph.task_by_label[str(row[2].value)]
        leads = [found.written for found in task.parties(Role.LEAD)]
        shown = str(row[9].value)
        assert (shown == "—") == (not leads)
        assert [name for name in leads if name not in shown] == []
        assert shown.startswith("▲" if leads else "—")


def test_every_time_expression_and_every_target_stands_in_the_ledger(
    real_book: Book, real_ledger: Workbook
) -> None:
    times = [row[3].value for row in real_ledger["时限"].iter_rows(min_row=4)]
    written = [
        deadline.phrase
        for plan in real_book.plans
        for passage in (
            *(found for section in plan.head.sections for goal in section.objectives for found in goal.statements),
            *(found for measure in plan.measures for clause in measure.clauses for found in clause.statements),
        )
        for deadline in passage.deadlines
    ]
    assert sorted(map(str, times)) == sorted(written)
    assert len(list(real_ledger["目标值"].iter_rows(min_row=4))) == len(real_book.targets)


def test_every_inferred_time_carries_its_mark_and_its_basis_in_the_ledger(
    real_book: Book, real_ledger: Workbook
) -> None:
    sheet = real_ledger["任务台账"]
    for row in sheet.iter_rows(min_row=4):
        task = real_book.graph.task_by_label[str(row[2].value)]
        inferred = [found for passage in task.clause.statements for found in passage.deadlines if found.inferred]
        for deadline in inferred:
            assert f"{deadline.phrase}※" in str(row[6].value)
            assert str(deadline.basis) in str(row[15].value)
        assert ("※" in str(row[6].value or "")) == bool(inferred)


@pytest.fixture
def hostile_book(small_book: Book) -> Book:
    """The small plan with a unit whose name is a formula, markup and a path at once."""
    return renamed(small_book, "water", "=cmd|'/c calc'!A0<&>{unit}../\\a")


def test_a_hostile_unit_name_is_text_in_every_cell_and_harmless_in_every_path(hostile_book: Book) -> None:
    assert hostile_book.graph.name("water").startswith("=cmd|")
    for deliverable in (task_list_excel.DELIVERABLE, matrix_excel.DELIVERABLE, ledger_excel.DELIVERABLE):
        for artifact in deliverable.render(hostile_book):
            assert artifact.path.count("/") == 2
            assert ".." not in artifact.path.split("/")
            for sheet in opened(artifact.content):
                formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
                assert all(re.match(r"=(COUNTA|COUNTIF|SUM|[A-Z]+\d+\+)", str(formula)) for formula in formulas)


def test_the_hostile_name_itself_is_shown_unchanged(hostile_book: Book) -> None:
    sheet = opened(ledger_excel.draw_ledger(hostile_book, Item(ALL)))["单位"]
    assert hostile_book.graph.name("water") in [row[1].value for row in sheet.iter_rows(min_row=4)]
