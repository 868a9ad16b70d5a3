"""The monthly workbook and its Word twin: what is known is printed and locked, what is asked is marked."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.cell import Cell

from generator.book import Book
from generator.forms.monthly_headings import known_headings
from generator.forms.monthly_marks import PROPERTY, MonthlyAnswer, MonthlyKey, RowMark
from generator.forms.monthly_paper import draw_monthly_paper
from generator.forms.monthly_reader import read_monthly_paper, read_monthly_workbook
from generator.forms.monthly_workbook import COLUMNS, PLACES, draw_monthly_workbook, known_cells
from generator.forms.sheets import read_workbook
from generator.forms.word_answers import read_word
from generator.model import Period, text_stamp
from tests.returned_forms import book_in, form_of, workbook_of
from tests.test_ledger import returned as progress

EXPECTED_HEADINGS = [
    "任务编号", "重点任务及内容", "本单位职责", "完成时限", "年度目标量", "计量单位", "本月节点", "上月状态", "上月累计", "上月进展",
    "无变化", "状态", "本月完成量", "累计完成量", "完成率", "本月进展（150字内）", "问题及原因", "需协调事项（写明单位）", "下月安排",
    "预计完成日期（滞后必填）", "佐证编号", "审核意见（环委办填）", "认定状态（环委办填）", "表内标记（请勿改动）",
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    sent = progress(
        "housing", "2024-08", "2024-08-24", "要点-01 state: behind, cumulative: 6, progress: 完成6公里"
    )
    shares = {"file": "annual-2024/breakdown.yml", "find": "    weight: 70\n", "put": "    weight: 70\n    yearly_quantity: 20\n    symbol: 公里\n    shares: [{unit: 区住建局, quantity: 15}, {unit: 北溪镇, quantity: 5}]\n"}  # fmt: skip
    return book_in(tmp_path_factory.mktemp("plan"), date(2024, 9, 10), [sent, shares])


def test_the_workbook_has_every_column_of_the_specification_in_order(book: Book) -> None:
    sheet = workbook_of(book, "housing").worksheets[0]
    assert [cell.value for cell in sheet[3]] == EXPECTED_HEADINGS


def test_last_month_is_filled_in_and_the_rate_is_a_formula(book: Book) -> None:
    sheet = workbook_of(book, "housing").worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "要点-01")
    known = {key: row[place].value for key, place in PLACES.items()}
    assert (known["previous_state"], known["previous_cumulative"], known["previous_progress"]) == (
        "滞后",
        6,
        "完成6公里",
    )
    assert (known["target"], known["symbol"]) == (15, "公里")
    assert str(known["rate"]).startswith("=")
    assert all(known[answer] is None for answer in MonthlyAnswer)


def test_only_answers_are_unlocked_and_states_are_a_list(book: Book) -> None:
    sheet = workbook_of(book, "housing").worksheets[0]
    assert sheet.protection.sheet
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "要点-01")
    open_cells = {key for key, place in PLACES.items() if not row[place].protection.locked}
    assert open_cells == {*MonthlyAnswer, "opinion", "found"}
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    unit_list = next(found for found in lists if "申请办结" in found and "经批准延期" not in found)
    assert "已办结" not in unit_list


@pytest.mark.parametrize(
    ("period", "heads"),
    [
        ("2024-W36", {"本周节点", "上周状态", "本周完成量", "下周安排"}),
        ("2024-Q3", {"本季度节点", "上季度状态", "本季度完成量", "下季度安排"}),
        ("2024-09-D1", {"本期节点", "上期状态", "本期完成量", "下期安排"}),
    ],
)
def test_the_heads_name_the_period_that_is_reported_and_are_read_back(
    book: Book, period: str, heads: set[str]
) -> None:
    workbook = workbook_of(book, "housing", period)
    assert heads <= {cell.value for cell in workbook.worksheets[0][3]}
    known = known_headings(book.terms)
    assert {known[head] for head in heads} == {"nodes", "previous_state", "quantity", "next_steps"}


def test_a_report_older_than_the_last_period_is_shown_with_its_period(book: Book) -> None:
    def previous(month: str) -> str:
        form = form_of(book, "housing", month)
        return known_cells(book, form, next(row for row in form.rows if row.entry.task == "要点-01"))[
            "previous_state"
        ]

    assert previous("2024-09") == "滞后"
    assert previous("2024-12") == "滞后（2024年8月）"


def test_there_is_room_to_sign_below_the_table(book: Book) -> None:
    sheet = workbook_of(book, "housing").worksheets[0]
    labels = {"填表人", "审核人", "分管负责人（签字）", "联系电话", "填报日期"}
    (line,) = [row for row in sheet.iter_rows(min_row=4) if labels <= {cell.value for cell in row}]
    places = [cell for cell in line if isinstance(cell, Cell) and not cell.protection.locked]
    assert len(places) == len(labels)
    assert {cell.number_format for cell in places} == {"@"}


def test_the_marks_are_hidden_and_tell_whose_the_form_is(book: Book) -> None:
    workbook = workbook_of(book, "housing")
    sheet = workbook.worksheets[0]
    letter = openpyxl.utils.get_column_letter(len(COLUMNS))
    assert sheet.column_dimensions[letter].hidden
    key = MonthlyKey("annual-2024", "2024-09", "housing")
    assert workbook.custom_doc_props[PROPERTY].value == key.identifier
    text = next(row.text for row in book.rows if row.label == "要点-01")
    marks = [RowMark.parse(str(row[-1].value)) for row in sheet.iter_rows(min_row=4) if row[-1].value]
    assert RowMark(key, "要点-01", text_stamp(text)) in marks


def test_the_second_sheet_has_a_right_and_a_wrong_example_for_every_answer(book: Book) -> None:
    help_sheet = workbook_of(book, "housing").worksheets[1]
    rows = [[cell.value for cell in row] for row in help_sheet.iter_rows(min_row=4)]
    assert help_sheet.title == "填表说明"
    assert len(rows) == len(MonthlyAnswer)
    assert all(all(row) for row in rows)


def test_a_closed_task_is_not_asked_any_more_and_a_quarterly_one_only_at_the_quarters_end(tmp_path: Path) -> None:
    close = "close_outs:\n  - {task: 要点-02, evidence: [佐证1], basis: 核验, by: 区河长办, on: 2024-08-20}\n"
    edit = {"file": "annual-2024/decisions/a.yml", "write": close}
    found = book_in(tmp_path, date(2024, 9, 10), [edit])
    assert not form_of(found, "water", "2024-09").rows
    assert form_of(found, "water", "2024-08").rows
    assert [row.entry.task for row in form_of(found, "sanitation", "2024-08").rows] == []
    assert [row.entry.task for row in form_of(found, "sanitation", "2024-09").rows] == ["方案-02①"]


def test_an_empty_form_comes_back_empty(book: Book) -> None:
    form = form_of(book, "housing")
    sheet = read_monthly_workbook(read_workbook(draw_monthly_workbook(book, form)), book.terms)
    paper = read_monthly_paper(read_word(draw_monthly_paper(book, form)), book.terms, {})
    for read in (sheet, paper):
        assert read.key == MonthlyKey("annual-2024", "2024-09", "housing")
        assert all(not row.answers for row in read.rows)
        assert not read.signed


def test_the_word_twin_asks_the_same_rows_and_is_protected(book: Book) -> None:
    content = draw_monthly_paper(book, form_of(book, "housing"))
    table = Document(io.BytesIO(content)).tables[0]
    assert [row.cells[0].text for row in table.rows[1:]] == ["要点-01", "方案-01"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b'w:edit="forms"' in archive.read("word/settings.xml")
        document = archive.read("word/document.xml").decode()
    assert document.count("<w:sdt>") == 2 * len(MonthlyAnswer) + 5


def test_the_same_book_gives_the_same_bytes(book: Book) -> None:
    form = form_of(book, "housing")
    assert draw_monthly_workbook(book, form) == draw_monthly_workbook(book, form)
    assert draw_monthly_paper(book, form) == draw_monthly_paper(book, form)


def test_a_mark_is_read_as_it_was_written_for_every_kind_of_period() -> None:
    for period in ("2024-09", "2024-Q3", "2024-09-D1", "2024-W36"):
        assert Period.parse(period)
        mark = RowMark(MonthlyKey("annual-2024", period, "north-town"), "方案-10①", "0a1b2c")
        assert RowMark.parse(mark.written) == mark
        assert MonthlyKey.parse(mark.form.identifier) == mark.form
        assert all(len(mark.bookmark(answer)) <= 40 for answer in MonthlyAnswer)
    assert RowMark.parse("a/b/c") is None
