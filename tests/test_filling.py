"""`planbook fill`: the upper level's own workbook filled from our rows; its looks, merges and formulas stay."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from generator.book import Book
from generator.cli import cli
from generator.filling.fields import FIELDS, HEAD_FIELDS
from generator.filling.filler import Filled, Request, fill
from generator.filling.references import Inserted
from generator.findings import PlanError
from generator.model import FillMapping, Period
from generator.pipeline import build_book
from generator.storage.mapping_file import load_mapping
from tests.case_files import plain_yaml
from tests.reported_year import DAY, reported_year
from tests.returned_forms import book_in
from tests.test_ledger import returned
from tests.word_documents import ROOT

TEMPLATE = ROOT / "templates/excel/city_monthly.xlsx"
MAPPING = ROOT / "templates/excel/city_monthly.yml"
HOSTILE = ("=1+1", "+86", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")')


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return build_book(reported_year(tmp_path_factory.mktemp("year")), DAY)


def filled(
    book: Book,
    folder: Path,
    change: Callable[[dict[str, Any]], None] | None = None,
    template: bytes | None = None,
    month: str = "2024-09",
    unit: str | None = None,
) -> Filled:
    """The made-up city's workbook, filled by its mapping after a change."""
    mapping = plain_yaml(MAPPING.read_text("utf-8"))
    if change:
        change(mapping)
    path = folder / "map.yml"
    path.write_text(yaml.safe_dump(mapping, allow_unicode=True), "utf-8")
    asked, source = load_mapping(path)
    period = Period.parse(month)
    assert period
    content = template if template is not None else TEMPLATE.read_bytes()
    return fill(book, Request(content, asked, source, "annual-2024", period, unit))


def sheet_of(made: Filled, name: str = "进展情况") -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(made.content))[name]


def rows_of(sheet: Worksheet, count: int) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(5, 4 + count)]


def refusal(
    book: Book, folder: Path, change: Callable[[dict[str, Any]], None], template: bytes | None = None
) -> str:
    with pytest.raises(PlanError) as caught:
        filled(book, folder, change, template)
    return str(caught.value)


def edited(change: Callable[[Worksheet], None]) -> bytes:
    workbook = openpyxl.load_workbook(TEMPLATE)
    change(workbook.worksheets[0])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_every_row_of_the_ledger_stands_in_the_workbook_as_it_was_reported(book: Book, tmp_path: Path) -> None:
    made = filled(book, tmp_path)
    entries = book.ledger.of_plan("annual-2024")
    assert made.rows == len(entries) > 4
    found = {(row[1], row[3]): row for row in rows_of(sheet_of(made), made.rows)}
    assert len(found) == made.rows
    for entry in entries:
        row = found[entry.task, book.graph.name(entry.unit)]
        reports = {period.id: report for period, report, _ in entry.reports}
        report = reports.get("2024-09")
        assert row[2] == entry.row.text
        assert (row[4], row[5]) == (entry.quantity.target, entry.quantity.symbol)
        assert row[6] == (report.quantity if report else None)
        assert bool(row[10]) == bool(report and (entry.wording or report.progress or report.unchanged))
    assert [row[0] for row in rows_of(sheet_of(made), made.rows)] == list(range(1, made.rows + 1))


def test_what_stood_below_moved_down_and_sums_all_rows(book: Book, tmp_path: Path) -> None:
    made = filled(book, tmp_path)
    sheet, last = sheet_of(made), 4 + made.rows
    assert sheet.cell(last + 1, 1).value == "合　计"
    assert sheet.cell(last + 1, 8).value == f"=SUM(H5:H{last})"
    assert sheet.cell(last, 9).value == f'=IF(E{last}="","",H{last}/E{last})'
    merged = {str(found) for found in sheet.merged_cells.ranges}
    assert {f"A{last + 1}:F{last + 1}", f"A{last + 2}:K{last + 2}", "B3:C3", "J3:J4"} <= merged
    assert sheet_of(made, "汇总")["B1"].value == f"=进展情况!H{last + 1}"
    assert sheet_of(made, "汇总")["B2"].value == f"=COUNTA(进展情况!B5:B{last})"
    assert str(sheet.data_validations.dataValidation[0].sqref) == f"J5:J{last}"
    assert sheet.print_area.endswith(f"$K${last + 2}")
    assert sheet.print_title_rows == "$3:$4"


def looks(cell: Any) -> tuple[str, ...]:
    return (repr(cell.font), repr(cell.border), repr(cell.fill), repr(cell.alignment), cell.number_format)


def test_the_looks_of_the_template_stay(book: Book, tmp_path: Path) -> None:
    made = filled(book, tmp_path)
    before, after = openpyxl.load_workbook(TEMPLATE).worksheets[0], sheet_of(made)
    for row in range(1, 6):
        for column in range(1, 12):
            one, other = before.cell(row, column), after.cell(row, column)
            assert looks(one) == looks(other)
    assert {after.cell(row, 3).border.left.style for row in range(5, 5 + made.rows)} == {"thin"}
    assert after.column_dimensions["C"].width == before.column_dimensions["C"].width
    assert (after["B2"].value, after["I2"].value) == ("全区", "2024年9月")
    assert after.row_dimensions[5].height >= 30


def test_filters_and_order(book: Book, tmp_path: Path) -> None:
    def wish(mapping: dict[str, Any]) -> None:
        mapping["filter"] = {"单位": ["区水务局", "区住房城乡建设局"]}
        mapping["order"] = ["单位", "任务编号"]

    found = rows_of(sheet_of(filled(book, tmp_path, wish)), filled(book, tmp_path, wish).rows)
    units = [unit.name for unit in book.graph.units]
    assert {row[3] for row in found} == {"区水务局", "区住房城乡建设局"}
    assert [units.index(row[3]) for row in found] == sorted(units.index(row[3]) for row in found)
    only = filled(book, tmp_path, unit="water")
    assert {row[3] for row in rows_of(sheet_of(only), only.rows)} == {"区水务局"}
    assert sheet_of(only)["B2"].value == "区水务局"


def test_a_row_may_be_a_task_with_all_its_units_each_named(book: Book, tmp_path: Path) -> None:
    def wish(mapping: dict[str, Any]) -> None:
        mapping["rows"] = "task"
        mapping["columns"]["进展说明"] = "本单位职责"

    made = filled(book, tmp_path, wish)
    found = rows_of(sheet_of(made), made.rows)
    labels = [row[1] for row in found]
    assert len(labels) == len(set(labels)) == len({entry.task for entry in book.ledger.of_plan("annual-2024")})
    shared = [row for row in found if "、" in row[3] and row[10]]
    assert shared
    assert all("：" in row[10] for row in shared)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda one: one["columns"].update(状态="单位自报状况"),
            ["没有字段“单位自报状况”", "是否指“单位自报状态”"],
        ),
        (lambda one: one["columns"].update(责任科室="责任科室"), ["没有表头“责任科室”"]),
        (
            lambda one: one["columns"].update({"进展情况说明": one["columns"].pop("进展说明")}),
            ["是否指“进展说明”"],
        ),
        (lambda one: one["columns"].update(ZZ="备注"), ["没有ZZ列", "只到 K 列"]),
        (lambda one: one["columns"].update(I="完成率"), ["I列第5行是公式"]),
        (lambda one: one["columns"].update(K="备注"), ["同一列"]),
        (lambda one: one["columns"].update(任务="备注"), ["没有表头“任务”"]),
        (lambda one: one.update(sheet="进展情况表"), ["没有工作表“进展情况表”", "是否指“进展情况”"]),
        (lambda one: one.update(first_row=9), ["在合并单元格 A9:F9 之内", "首列 A"]),
        (lambda one: one.update(last_row=6, first_row=8), ["last_row 是 6"]),
        (lambda one: one["cells"].update(C2="填报单位"), ["C2 在合并单元格之内", "首格 B2"]),
        (lambda one: one["cells"].update(B6="填报单位"), ["不在首个数据行"]),
        (lambda one: one["cells"].update(B="填报单位"), ["应写作 B2"]),
        (lambda one: one.update(filter={"单位": ["某局"]}), ["没有符合条件的行"]),
        (lambda one: one.update(filter={"单位名": ["某局"]}), ["没有字段“单位名”"]),
        (lambda one: one.update(order=["编号"]), ["没有字段“编号”"]),
        (lambda one: one.update(first_rows=5), ["first_rows"]),
        (lambda one: one.update(first_row="五"), ["应为整数"]),
    ],
)
def test_what_the_mapping_asks_in_vain_is_told_with_its_place(
    book: Book, tmp_path: Path, change: Callable[[dict[str, Any]], None], said: list[str]
) -> None:
    told = refusal(book, tmp_path, change)
    assert all(words in told for words in said), told
    assert "map.yml:" in told


def test_a_heading_that_stands_twice_wants_the_one_above(book: Book, tmp_path: Path) -> None:
    template = edited(lambda sheet: sheet["G4"].__setattr__("value", "数量"))
    told = refusal(book, tmp_path, lambda one: one.update(columns={"数量": "年度目标量"}), template)
    assert "有 2 列（E、G）；请写“上级表头/数量”或列号" in told


def test_samples_are_overwritten_only_where_the_mapping_says_so(book: Book, tmp_path: Path) -> None:
    def samples(sheet: Worksheet) -> None:
        for row in range(5, 9):
            sheet.cell(row, 2).value = "样例"

    told = refusal(book, tmp_path, lambda one: None, edited(samples))
    assert "第5行已有内容“样例”" in told
    made = filled(
        book, tmp_path, lambda one: one.update(last_row=8, filter={"单位": ["区水务局"]}), edited(samples)
    )
    assert made.rows < 4
    assert not [row for row in sheet_of(made).iter_rows(values_only=True) if "样例" in row]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    """As a unit reported it, on its way into somebody else's workbook."""
    said = f"要点-02 state: on_track, progress: {json.dumps(text)}"
    plan = book_in(tmp_path / "plan", DAY, [returned("water", "2024-09", "2024-09-24", said)])
    made = filled(plan, tmp_path)
    cells = [cell for row in sheet_of(made).iter_rows() for cell in row if cell.value == text]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_a_template_that_harms_is_refused(book: Book, tmp_path: Path) -> None:
    bomb, macro, entity = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 50_000_000)
    for buffer, name, content in (
        (macro, "xl/vbaProject.bin", b"x"),
        (entity, "xl/theme/x.xml", b"<!DOCTYPE a []>"),
    ):
        buffer.write(TEMPLATE.read_bytes())
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(name, content)
    for content in (b"", b"MZ", bomb.getvalue(), macro.getvalue(), entity.getvalue()):
        assert "模板不能使用" in refusal(book, tmp_path, lambda one: None, content)


def test_equal_input_gives_equal_bytes(book: Book, tmp_path: Path) -> None:
    assert filled(book, tmp_path).content == filled(book, tmp_path).content


def test_every_field_has_a_name_and_a_value_on_every_row(book: Book, tmp_path: Path) -> None:
    """Every field there is stands in a column once, with rows of either kind."""
    terms = book.terms
    names = [terms(f"fill.field.{key}") for key in FIELDS]
    assert len(set(names)) == len(names)
    assert all(terms(f"fill.head.{key}") for key in HEAD_FIELDS)
    for kind in ("unit", "task"):
        for start in range(0, len(names), 6):
            columns = dict(zip("CDEFGH", names[start : start + 6], strict=False))
            made = filled(
                book, tmp_path, lambda one, columns=columns, kind=kind: one.update(rows=kind, columns=columns)
            )
            assert made.rows


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=SUM(F5:F8)", "=SUM(F5:F11)"),
        ("=SUM($F$5:$F$7)", "=SUM($F$5:$F$7)"),
        ("=F9/F4", "=F12/F4"),
        ('=SUM(F:F)+"F9"', '=SUM(F:F)+"F9"'),
        ("=表!F9", "=表!F12"),
        ("='别 的'!F9", "='别 的'!F9"),
        ("=IF(F8>0,F8,F9)", "=IF(F8>0,F8,F12)"),
    ],
)
def test_references_go_on_to_mean_what_they_meant(before: str, after: str) -> None:
    assert Inserted("表", 8, 3).formula(before, True) == after


def test_the_command_writes_the_workbook_and_leaves_the_template(tmp_path: Path) -> None:
    project = reported_year(tmp_path / "year")
    out = tmp_path / "报市.xlsx"
    words = ["fill", str(TEMPLATE), "--map", str(MAPPING), "--month", "2024-09", "--as-of", "2024-10-20"]
    words += ["--project", str(project.root)]
    done = CliRunner().invoke(cli, [*words, "--out", str(out), "--unit", "区水务局"])
    assert done.exit_code == 0, done.output
    assert "填入" in done.output
    assert openpyxl.load_workbook(out)["进展情况"]["B2"].value == "区水务局"
    own = tmp_path / "own.xlsx"
    shutil.copy(TEMPLATE, own)
    words[1] = str(own)
    assert CliRunner().invoke(cli, [*words, "--out", str(own)]).exit_code == 2
    assert own.read_bytes() == TEMPLATE.read_bytes()
    assert CliRunner().invoke(cli, [*words, "--out", str(tmp_path / "a.pdf")]).exit_code == 2


@pytest.mark.slow
def test_libreoffice_reckons_the_sums_of_a_filled_workbook(book: Book, tmp_path: Path) -> None:
    (tmp_path / "报市.xlsx").write_bytes(filled(book, tmp_path).content)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "ods:calc8",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "报市.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    command[-1] = "xlsx"
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "again"), str(tmp_path / "报市.ods")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    workbook = openpyxl.load_workbook(tmp_path / "again/报市.xlsx", data_only=True)
    sheet, rows = workbook["进展情况"], len(book.ledger.of_plan("annual-2024"))
    figures = [sheet.cell(row, 8).value or 0 for row in range(5, 5 + rows)]
    assert sum(figures) > 0
    assert workbook["汇总"]["B1"].value == pytest.approx(sum(figures))
    assert workbook["汇总"]["B2"].value == rows


def test_the_schema_knows_the_example() -> None:
    value = plain_yaml(MAPPING.read_text("utf-8"))
    jsonschema.validate(value, FillMapping.model_json_schema())
