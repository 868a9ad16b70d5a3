"""Collecting what came back: everything that a clerk gets wrong is handled as the office would."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image

from generator.book import Book
from generator.forms.accounts import FileAccount, Outcome, feedback_workbook
from generator.forms.collection import Collected, collect, write_account, write_feedback
from generator.forms.monthly_marks import MonthlyAnswer
from generator.forms.monthly_paper import draw_monthly_paper, word_tag
from generator.forms.monthly_workbook import PLACES
from generator.forms.sheets import read_workbook
from generator.forms.supervision_list import draw_supervision_list
from generator.forms.writer import draw_form
from generator.model import LedgerState, Period, ReturnState, TaskReport, UnitReturn
from tests.returned_forms import (
    DAY,
    again,
    beside,
    book_in,
    fill,
    fill_word,
    form_of,
    returned,
    saved,
    workbook_of,
)
from tests.test_ledger import STAMPS
from tests.test_ledger import returned as progress
from tests.workbook_text import workbook_text

GOOD = {
    "state": "正常推进",
    "quantity": 2,
    "cumulative": 2,
    "progress": "新建管网2公里，累计2公里。",
    "next_steps": "10月20日前再建3公里",
}
AUGUST = progress(
    "housing", "2024-08", "2024-08-24", "要点-01 state: on_track, cumulative: 6, progress: 完成6公里管网"
)


def run(book: Book, *paths: Path) -> Collected:
    return collect(book, paths or (book.project.root / "returns",))


def stored(book: Book, unit: str, month: str = "2024-09") -> UnitReturn:
    found = [one for one in again(book).plan("annual-2024").returns if (one.unit, one.period) == (unit, month)]
    assert len(found) == 1
    return found[0]


def row(book: Book, unit: str = "housing", task: str = "要点-01") -> TaskReport:
    return stored(book, unit).row_by_task[task]


def rules(report: TaskReport | UnitReturn) -> set[str]:
    return {flag.rule for flag in report.flags}


def sent(
    folder: Path, answers: dict[str, object], edits: Iterable[dict[str, Any]] = (), **more: Any
) -> TaskReport:
    """What becomes of one filled row."""
    book = book_in(folder, edits=list(edits))
    returned(book, folder / "returns", "housing", {"要点-01": answers}, **more)
    run(book)
    return row(book)


def account(found: Collected, name: str) -> FileAccount:
    return next(one for one in found.accounts if one.name == name)


def test_a_filled_workbook_becomes_a_return_and_the_plan_itself_is_not_touched(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "plan").rglob("*.yml")}
    returned(
        book,
        tmp_path / "returns",
        "housing",
        {"要点-01": GOOD, "方案-01": {"state": "常态化推进", "progress": "普查管网3公里"}},
    )
    found = run(book)
    assert [one.outcome for one in found.accounts] == [Outcome.TAKEN]
    report = row(book)
    assert (report.state, report.quantity, report.cumulative) == (LedgerState.ON_TRACK, 2, 2)
    assert (report.progress, report.stamp) == (GOOD["progress"], STAMPS["要点-01"])
    assert not report.flags
    assert stored(book, "housing").state is ReturnState.REPORTED
    assert not [finding for finding in again(book).findings if "progress" in finding.place.file]
    assert all(path.read_bytes() == content for path, content in before.items())


def test_collecting_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    path = returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD})
    run(book)
    progress_file = tmp_path / "plan/annual-2024/progress/2024-09/housing.yml"
    first = progress_file.read_bytes()
    second = run(again(book, date(2024, 9, 29)))
    assert progress_file.read_bytes() == first
    assert (second.changed, account(second, path.name).outcome) == ((), Outcome.KNOWN)


def test_two_sections_each_return_half_and_the_rows_are_put_together(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD}, "建设科.xlsx")
    returned(
        book,
        tmp_path / "returns",
        "housing",
        {"方案-01": {"state": "常态化推进", "progress": "普查3公里"}},
        "城建科.xlsx",
    )
    run(book)
    found = stored(book, "housing")
    assert set(found.row_by_task) == {"要点-01", "方案-01"}
    assert len(found.files) == 2
    assert found.state is ReturnState.REPORTED
    assert not any("conflict" in rules(report) for report in found.rows)


def test_only_a_cell_that_differs_between_two_halves_is_a_conflict(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD}, "甲.xlsx")
    returned(
        book, tmp_path / "returns", "housing", {"要点-01": {**GOOD, "quantity": 3, "evidence": "5"}}, "乙.xlsx"
    )
    run(book)
    report = row(book)
    conflicts = [flag for flag in report.flags if flag.rule == "conflict"]
    assert [flag.field for flag in conflicts] == ["quantity"]
    assert "“乙.xlsx”填“3”" in conflicts[0].message
    assert "“甲.xlsx”填“2”" in conflicts[0].message
    assert report.evidence == ("5",)


def test_a_corrected_file_replaces_and_what_the_row_said_before_is_kept(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    path = returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD})
    run(book)
    path.unlink()
    later = again(book, date(2024, 9, 28))
    returned(
        later, tmp_path / "returns", "housing", {"要点-01": {**GOOD, "quantity": 5, "cumulative": 5}}, "更正.xlsx"
    )
    run(later)
    report = row(book)
    assert (report.quantity, report.progress) == (5, GOOD["progress"])
    assert {flag.field: flag.message for flag in report.flags if flag.rule == "replaced"} == {
        "quantity": "此前报的是“2”，按后收到的采用，请核对",
        "cumulative": "此前报的是“2”，按后收到的采用，请核对",
    }
    assert [(one.quantity, one.replaced_on) for one in report.earlier] == [(2, date(2024, 9, 28))]
    entry = again(book, date(2024, 9, 30)).ledger.entry("annual-2024", "要点-01", "housing")
    assert entry
    assert [change.source for change in entry.history] == ["housing.xlsx", "更正.xlsx"]


def test_a_return_after_the_cutoff_is_late_and_a_later_correction_does_not_make_a_timely_one_late(
    tmp_path: Path,
) -> None:
    on_time = book_in(tmp_path / "a", date(2024, 9, 25))
    returned(on_time, tmp_path / "a/returns", "housing", {"要点-01": GOOD})
    run(on_time)
    assert not stored(on_time, "housing").late
    late = book_in(tmp_path / "b", date(2024, 9, 26))
    returned(late, tmp_path / "b/returns", "housing", {"要点-01": GOOD})
    run(late)
    assert stored(late, "housing").late
    after = again(on_time, date(2024, 9, 30))
    returned(after, tmp_path / "a/returns", "housing", {"要点-01": {**GOOD, "evidence": "1"}}, "补.xlsx")
    run(after)
    assert not stored(on_time, "housing").late


@pytest.mark.parametrize(
    ("name", "content", "state", "outcome"),
    [
        ("区住建局9月.pdf", b"%PDF-1.4 scan", ReturnState.SCAN_ONLY, Outcome.SCAN),
        ("区住房城乡建设局2024年9月调度表.jpg", b"\xff\xd8\xff\xe0 photo", ReturnState.SCAN_ONLY, Outcome.SCAN),
        ("区住建局9月.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", ReturnState.UNCONVERTED, Outcome.UNCONVERTED),
        ("区住建局9月.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 wps", ReturnState.UNCONVERTED, Outcome.UNCONVERTED),
        ("区住建局9月.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 et", ReturnState.UNCONVERTED, Outcome.UNCONVERTED),
    ],
)
def test_a_scan_or_an_old_file_is_reported_and_never_unreported(
    tmp_path: Path, name: str, content: bytes, state: ReturnState, outcome: Outcome
) -> None:
    book = book_in(tmp_path)
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / name).write_bytes(content)
    found = run(book)
    assert account(found, name).outcome is outcome
    assert stored(book, "housing").state is state
    standing = again(book, date(2024, 9, 30)).ledger.return_of("annual-2024", "housing", "2024-09")
    assert standing
    assert standing.state is state


def test_the_table_that_follows_a_scan_makes_it_a_full_return(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "区住建局9月.pdf").write_bytes(b"%PDF-1.4 scan")
    run(book)
    later = again(book)
    returned(
        later,
        tmp_path / "returns",
        "housing",
        {"要点-01": GOOD, "方案-01": {"state": "常态化推进", "progress": "普查3公里"}},
    )
    run(later)
    assert stored(book, "housing").state is ReturnState.REPORTED
    assert len(stored(book, "housing").files) == 2


def test_a_renamed_file_is_known_by_what_stands_in_it(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD}, "区水务局8月(1) - 副本.xlsx")
    run(book)
    assert row(book).quantity == 2


def test_another_units_file_used_as_a_base_is_asked_about_and_not_taken(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    sheet = workbook.worksheets[0]
    sheet["A2"].value = str(sheet["A2"].value).replace("区住房城乡建设局", "区水务局")
    saved(workbook, tmp_path / "returns/水务.xlsx")
    found = run(book)
    asked = account(found, "水务.xlsx")
    assert asked.outcome is Outcome.ASKED
    assert "填报单位写的是“区水务局”，这张表却是下发给“区住房城乡建设局”的" in asked.notes[0]
    assert not found.changed


def test_a_form_without_its_inner_id_is_known_by_its_rows_and_by_its_words(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    del workbook.custom_doc_props["planbook"]
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    assert row(book).quantity == 2
    shutil.rmtree(tmp_path / "plan/annual-2024/progress")
    workbook.worksheets[0].delete_cols(len(PLACES))
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(again(book))
    assert row(book).quantity == 2


def test_rows_that_were_sorted_inserted_deleted_or_moved_are_found_by_their_number(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD, "方案-01": {"state": "滞后"}})
    sheet = workbook.worksheets[0]
    first = [cell.value for cell in sheet[4]]
    second = [cell.value for cell in sheet[5]]
    for place, (one, other) in enumerate(zip(first, second, strict=True), 1):
        sheet.cell(4, place).value, sheet.cell(5, place).value = other, one
    sheet.insert_rows(4)
    sheet.insert_cols(3)
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    assert row(book).quantity == 2
    assert row(book, task="方案-01").state is LedgerState.BEHIND


def test_a_deleted_row_is_listed_as_missing(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD, "方案-01": GOOD})
    workbook.worksheets[0].delete_rows(5)
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    found = stored(book, "housing")
    assert found.state is ReturnState.INCOMPLETE
    assert any("没有填报的任务：方案-01" in flag.message for flag in found.flags)


def test_a_merged_cell_counts_for_every_row_that_it_covers(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD, "方案-01": {"state": "正常推进"}})
    place = PLACES["progress"] + 1
    workbook.worksheets[0].merge_cells(start_row=4, end_row=5, start_column=place, end_column=place)
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    assert row(book, task="方案-01").progress == GOOD["progress"]
    assert "layout" in rules(row(book, task="方案-01"))


@pytest.mark.parametrize("first", ["progress", "rate"])
def test_cells_merged_across_answer_the_leftmost_column_and_are_told(tmp_path: Path, first: str) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": {**GOOD, "next_steps": None}})
    sheet = workbook.worksheets[0]
    sheet.cell(4, PLACES[first] + 1).value = GOOD["progress"]
    end = PLACES["problems"] + 1
    sheet.merge_cells(start_row=4, end_row=4, start_column=PLACES[first] + 1, end_column=end)
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    assert (row(book).progress, row(book).problems) == (GOOD["progress"], None)
    assert any("横向合并" in flag.message for flag in row(book).flags)


def test_a_row_with_a_number_that_nobody_knows_is_told_with_all_that_it_says(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    sheet = workbook.worksheets[0]
    sheet["A5"].value, sheet["B5"].value, sheet["P5"].value = "要点-77", "清淤", "自行增加的工作：清淤2公里"
    sheet.insert_rows(6)
    sheet["P6"].value = "没有编号的一行"
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    told = "".join(flag.message for flag in stored(book, "housing").flags)
    assert "要点-77" in told
    assert "清淤2公里" in told
    assert "没有编号的一行" in told
    assert row(book).quantity == 2


def test_a_damaged_number_on_the_text_of_a_task_is_a_slip_and_the_row_is_taken(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    workbook.worksheets[0]["A4"].value = "要点-O1"
    saved(workbook, tmp_path / "returns/a.xlsx")
    workbook.worksheets[0]["A4"].value = "要点-77"
    saved(workbook, tmp_path / "returns/b.xlsx")
    run(book)
    assert row(book).quantity == 2
    assert any("没有任务“要点-77”，按表内标记“要点-01”采用" in flag.message for flag in row(book).flags)


def test_locked_text_that_was_changed_is_flagged_and_the_row_still_taken(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    workbook.worksheets[0]["B4"].value = "新建污水管网不少于10公里"
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    assert rules(row(book)) == {"locked-text"}
    assert row(book).quantity == 2


def test_a_picture_in_the_table_is_told(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    path = returned(book, tmp_path / "made", "housing", {"要点-01": GOOD})
    drawing = b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="r1"/>'
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</worksheet>", drawing + b"</worksheet>")
    (tmp_path / "returns").mkdir()
    with zipfile.ZipFile(tmp_path / "returns/a.xlsx", "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    run(book)
    assert any("图片" in flag.message for flag in stored(book, "housing").flags)


def test_a_text_changed_in_the_plan_after_the_form_went_out_is_noticed(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD})
    measure = tmp_path / "plan/annual-2024/measures/01.yml"
    measure.write_text(
        measure.read_text("utf-8").replace("9月底前完成管网普查。", "9月底前完成管网全面普查。"), "utf-8"
    )
    changed = again_without_checks(book)
    run(changed)
    assert "stamp" in rules(changed_row(changed))


def again_without_checks(book: Book) -> Book:
    """The changed text no longer equals the source, which a whole check would report."""
    from generator.graph import resolve
    from generator.storage import load_project

    loaded = load_project(book.project)
    return Book(loaded, resolve(loaded), book.terms, (), DAY, book.project)


def changed_row(book: Book) -> TaskReport:
    plan = again_without_checks(book).plan("annual-2024")
    return plan.returns[0].row_by_task["要点-01"]


@pytest.mark.parametrize("text", ["按序时进度推进", "基本完成", "详见附件", "同上"])
def test_a_phrase_that_says_nothing_is_taken_and_proposed_to_be_sent_back(tmp_path: Path, text: str) -> None:
    report = sent(tmp_path, {**GOOD, "progress": text})
    assert report.progress == text
    assert rules(report) == {"empty-phrase"}
    assert report.send_back


def test_last_months_text_word_for_word_is_proposed_to_be_sent_back(tmp_path: Path) -> None:
    report = sent(tmp_path, {**GOOD, "cumulative": 8, "progress": " 完成6公里管网"}, [AUGUST])
    assert rules(report) == {"repeated"}


def test_none_is_none_and_zero_is_not_blank(tmp_path: Path) -> None:
    report = sent(
        tmp_path,
        {**GOOD, "quantity": 0, "cumulative": 0, "problems": "无", "coordination": "/", "next_steps": "—"},
    )
    assert (report.quantity, report.problems, report.coordination, report.next_steps) == (0, "", "", "")
    assert report.written == {"coordination": "/", "next_steps": "—"}
    assert report.expected is None


@pytest.mark.parametrize(
    ("written", "value", "flags"),
    [("3家", 3, set()), ("约80%", 80, {"approximate"}), ("12", 12, set()), ("若干", None, {"number"})],
)
def test_figures_in_words_are_read_and_kept_as_written(
    tmp_path: Path, written: str, value: float | None, flags: set[str]
) -> None:
    report = sent(tmp_path, {**GOOD, "quantity": written, "cumulative": None})
    assert report.quantity == value
    assert report.written["quantity"] == written
    assert rules(report) == flags


@pytest.mark.parametrize("written", ["9月底", "2024.9.30", "20240930", date(2024, 9, 30), 45565])
def test_days_in_any_style_are_read(tmp_path: Path, written: object) -> None:
    assert sent(tmp_path, {**GOOD, "expected": written}).expected == date(2024, 9, 30)


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"cumulative": 5}, "cumulative-fell"),
        ({"quantity": 2, "cumulative": 9}, "sum"),
        ({"quantity": 8, "cumulative": 8}, "year-as-period"),
        ({"quantity": -1, "cumulative": 5}, "negative"),
        ({"state": "申请办结"}, "evidence-missing"),
        ({"state": "滞后", "problems": "设备未到货"}, "day-missing"),
        ({"state": "滞后", "expected": "12月底"}, "reason-missing"),
        ({"state": "差不多"}, "state"),
        ({"state": "已办结（经核验）", "evidence": "1"}, "office-state"),
        ({"state": None}, "state-missing"),
        ({"unchanged": "√"}, "unchanged-filled"),
        ({"progress": "新" * 151}, "long"),
    ],
)
def test_what_does_not_fit_together_is_flagged_and_kept(
    tmp_path: Path, answers: dict[str, object], rule: str
) -> None:
    report = sent(tmp_path, {**GOOD, "quantity": 2, "cumulative": 8, **answers}, [AUGUST])
    assert rule in rules(report)


def test_the_whole_years_quantity_typed_as_this_months_is_flagged(tmp_path: Path) -> None:
    target = {
        "file": "annual-2024/breakdown.yml",
        "find": "    weight: 70\n",
        "put": "    weight: 70\n    yearly_quantity: 20\n    symbol: 公里\n",
    }
    report = sent(tmp_path, {**GOOD, "quantity": 20, "cumulative": 26}, [AUGUST, target])
    assert "year-as-period" in rules(report)


def test_normal_with_a_date_passed_does_not_fit(tmp_path: Path) -> None:
    book = book_in(tmp_path, date(2024, 11, 20))
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD}, month="2024-11")
    run(book)
    report = stored(book, "housing", "2024-11").row_by_task["要点-01"]
    assert "state-late" in rules(report)


def test_no_change_needs_a_report_before(tmp_path: Path) -> None:
    assert rules(sent(tmp_path / "a", {"unchanged": "√"})) == {"unchanged-first"}
    assert rules(sent(tmp_path / "b", {"unchanged": "√"}, [AUGUST])) == set()


def test_unsigned_is_incomplete_and_the_good_rows_are_kept(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD, "方案-01": GOOD}, signed=False)
    run(book)
    found = stored(book, "housing")
    assert found.state is ReturnState.INCOMPLETE
    assert "unsigned" in rules(found)
    assert len(found.rows) == 2


def test_names_and_telephone_numbers_are_never_collected(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    sheet = workbook.worksheets[0]
    beside(sheet, "填表人").value = "张三丰"
    beside(sheet, "联系电话").value = "13800138000"
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    text = (tmp_path / "plan/annual-2024/progress/2024-09/housing.yml").read_text("utf-8")
    assert "张三丰" not in text
    assert "13800138000" not in text


def test_what_a_unit_writes_into_the_offices_columns_is_not_taken(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(
        book,
        tmp_path / "returns",
        "housing",
        {"要点-01": {**GOOD, "found": "已办结（经核验）", "opinion": "同意"}},
    )
    run(book)
    assert "office-cell" in rules(stored(book, "housing"))
    entry = again(book).ledger.entry("annual-2024", "要点-01", "housing")
    assert entry
    assert entry.found is None


def test_a_formula_that_a_clerk_left_is_told_and_never_calculated(tmp_path: Path) -> None:
    report = sent(tmp_path, {**GOOD, "progress": "=1+1"})
    assert report.progress == "=1+1"
    assert "layout" in rules(report)


def test_a_zip_and_a_folder_in_a_folder_are_looked_into(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    one = returned(book, tmp_path / "made", "housing", {"要点-01": GOOD})
    two = returned(book, tmp_path / "made", "water", {"要点-02": {"state": "正常推进", "progress": "巡查2次"}})
    (tmp_path / "returns/第一批").mkdir(parents=True)
    two.rename(tmp_path / "returns/第一批/水务.xlsx")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.write(one, "住建/表.xlsx")
    (tmp_path / "returns/回收.zip").write_bytes(buffer.getvalue())
    found = run(book)
    assert {one.name for one in found.accounts} == {"回收.zip/住建/表.xlsx", "第一批/水务.xlsx"}
    assert {one.unit for one in found.changed} == {"housing", "water"}


def test_the_same_file_twice_in_one_round_counts_once(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    path = returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD})
    shutil.copy(path, tmp_path / "returns/副本.xlsx")
    found = run(book)
    assert sorted(one.outcome for one in found.accounts) == [Outcome.KNOWN, Outcome.TAKEN]
    assert len(stored(book, "housing").files) == 1


def test_a_word_form_is_collected_by_its_tags_and_by_its_bookmarks(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    content = draw_monthly_paper(book, form_of(book, "housing"))
    stamp = STAMPS["要点-01"]
    filled = fill_word(
        content,
        {
            word_tag("要点-01", stamp, MonthlyAnswer.STATE): "滞后",
            word_tag("要点-01", stamp, MonthlyAnswer.PROGRESS): "第一行\n第二行",
            word_tag("要点-01", stamp, MonthlyAnswer.EXPECTED): "2024年12月20日",
            word_tag("要点-01", stamp, MonthlyAnswer.PROBLEMS): "设备未到货",
            "sign/preparer": "甲",
            "sign/reviewer": "乙",
        },
    )
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/a.docx").write_bytes(filled)
    run(book)
    by_tag = row(book)
    assert (by_tag.state, by_tag.progress, by_tag.expected) == (
        LedgerState.BEHIND,
        "第一行\n第二行",
        date(2024, 12, 20),
    )
    shutil.rmtree(tmp_path / "plan/annual-2024/progress")
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = re.sub(rb"<w:tag [^>]*/>", b"", parts["word/document.xml"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    (tmp_path / "returns/a.docx").write_bytes(buffer.getvalue())
    run(again(book))
    report = row(book)
    assert (report.state, report.progress, report.expected) == (by_tag.state, by_tag.progress, by_tag.expected)
    stripped = re.sub(rb"<w:bookmark(?:Start|End) [^>]*/>", b"", parts["word/document.xml"])
    parts["word/document.xml"] = stripped
    shutil.rmtree(tmp_path / "plan/annual-2024/progress")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    (tmp_path / "returns/a.docx").write_bytes(buffer.getvalue())
    run(again(book))
    assert (row(book).state, row(book).progress) == (by_tag.state, by_tag.progress)


def annual(book: Book, unit: str, answers: dict[str, str]) -> bytes:
    form = book.forms["annual-2024", unit]
    tags = {f"annual-2024/2024/{unit}/{key}": text for key, text in answers.items()}
    return fill_word(draw_form(book, form), tags)


def annual_row(book: Book, label: str) -> str:
    return next(task.id for task in book.graph.tasks if task.label == label)


def test_an_annual_form_is_collected_into_the_year(tmp_path: Path) -> None:
    book = book_in(tmp_path, date(2025, 1, 10))
    row_id = annual_row(book, "要点-01")
    answers = {
        f"{row_id}/progress": "全年新建管网21公里",
        f"{row_id}/self": "69",
        f"{row_id}/evidence": "1、2",
        "common.reporting/self": "12",
        "material-1/material": "竣工报告",
        "contact/preparer": "张三",
        "contact/reviewer": "李四",
    }
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/a.docx").write_bytes(annual(book, "housing", answers))
    run(book)
    found = stored(book, "housing", "2024")
    report = found.row_by_task["要点-01"]
    assert (report.self_score, report.progress, report.evidence) == (69, "全年新建管网21公里", ("1", "2"))
    above = found.row_by_task["common.reporting"]
    assert above.self_score == 12
    assert "score-above" in rules(above)
    assert [one.name for one in found.materials] == ["竣工报告"]
    assert "张三" not in (tmp_path / "plan/annual-2024/progress/2024/housing.yml").read_text("utf-8")


def test_full_marks_everywhere_and_only_a_total_are_flagged_and_kept(tmp_path: Path) -> None:
    book = book_in(tmp_path, date(2025, 1, 10))
    form = book.forms["annual-2024", "housing"]
    full = {f"{one.duty.row.id}/self": f"{one.weight:g}" for one in form.rows}
    full |= {"common.reporting/self": "10"}
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/a.docx").write_bytes(annual(book, "housing", full))
    run(book)
    assert "full-scores" in rules(stored(book, "housing", "2024"))
    (tmp_path / "returns/b.docx").write_bytes(annual(book, "water", {"total/self": "98"}))
    run(again(book, date(2025, 1, 11)))
    found = next(one for one in again(book, date(2025, 1, 12)).plan("annual-2024").returns if one.unit == "water")
    assert "total-only" in rules(found)


def test_the_feedback_lists_every_flag_and_is_not_collected_again(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": {**GOOD, "progress": "同上", "quantity": "若干"}})
    found = run(book)
    (path,) = write_feedback(book, found, tmp_path / "returns")
    grid = read_workbook(path.read_bytes()).grids[0]
    lines = ["｜".join(cell.text for _, cell in sorted(cells.items())) for cells in grid.lines.values()]
    text = "\n".join(lines)
    assert "要点-01｜本月进展（150字内）｜同上｜“同上”没有实际内容，请写具体事实｜退回修改" in text
    assert "若干" in text
    assert "没有填报的任务：方案-01" in text
    assert feedback_workbook(book, found.changed[0], DAY) == path.read_bytes()
    shutil.copy(path, tmp_path / "returns/copied.xlsx")
    assert "copied.xlsx" not in {one.name for one in run(again(book)).accounts}


@pytest.mark.parametrize("where", ["A1", "A2"])
def test_an_earlier_form_with_the_head_of_another_period_is_asked_about(tmp_path: Path, where: str) -> None:
    """Last month's own file, filled in again: its inner id would put the new figures over the old ones."""
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing", "2024-08"), {"要点-01": GOOD})
    cell = workbook.worksheets[0][where]
    cell.value = cell.value.replace("2024年8月", "2024年09月", 1)
    saved(workbook, tmp_path / "returns/2024年9月 区住建局.xlsx")
    (account,) = run(book).accounts
    assert account.outcome is Outcome.ASKED
    assert "表头写的是“2024年09月”，这张表却是“2024年8月”下发的" in account.notes[0]


@pytest.mark.parametrize("period", ["2024-09", "2024-Q3", "2024-09-D1", "2024-W36"])
def test_a_form_with_its_own_head_is_taken_in_every_kind_of_period(tmp_path: Path, period: str) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD}, month=period)
    assert [one.outcome for one in run(book).accounts] == [Outcome.TAKEN]


def test_a_form_of_a_period_that_has_not_begun_is_taken_and_told(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD}, month="2024-12")
    (found,) = run(book).changed
    assert "period-ahead" in rules(found)


def test_a_scanned_annual_form_without_a_year_is_no_return_of_the_month(tmp_path: Path) -> None:
    book = book_in(tmp_path, date(2025, 1, 10))
    (tmp_path / "returns").mkdir()
    for name, head in (("区住建局 考核表.pdf", b"%PDF-1.4 a"), ("2024年度 区住建局 考核表.pdf", b"%PDF-1.4 b")):
        (tmp_path / "returns" / name).write_bytes(head)
    found = {one.name: (one.outcome, one.period) for one in run(book).accounts}
    assert found == {
        "区住建局 考核表.pdf": (Outcome.ASKED, ""),
        "2024年度 区住建局 考核表.pdf": (Outcome.SCAN, "2024"),
    }


def test_a_workbook_tells_what_became_of_every_file_also_of_those_that_are_nobodys(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returns = tmp_path / "returns"
    returned(book, returns, "housing", {"要点-01": {**GOOD, "progress": "同上"}})
    (returns / "IMG_001.jpg").write_bytes(b"\xff\xd8\xff")
    (returns / "坏.xlsx").write_bytes(b"PK\x03\x04")
    path = write_account(book, run(book), returns)
    assert path
    assert path.name == "收表情况 2024-09-20.xlsx"
    text = workbook_text(path.read_bytes())
    assert "housing.xlsx│已收│区住房城乡建设局│2024年9月│1│" in text
    assert "要点-01 “同上”没有实际内容，请写具体事实" in text
    assert "IMG_001.jpg│待确认，未收│││0│文件名里看不出是哪个单位" in text
    assert "坏.xlsx│未收│││0│文件已损坏" in text
    for name in ("IMG_001.jpg", "坏.xlsx"):
        (returns / name).unlink()
    again_ = again(book)
    assert write_account(again_, run(again_), returns) is None


def test_a_list_of_proposals_among_the_returns_is_told_where_it_belongs(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    period = Period.parse("2024-09")
    assert period
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/a.xlsx").write_bytes(draw_supervision_list(book, "annual-2024", period))
    (account,) = run(book).accounts
    assert account.outcome is Outcome.REFUSED
    assert "planbook supervise" in account.notes[0]


def test_what_is_told_of_a_state_calls_it_as_the_form_does(tmp_path: Path) -> None:
    """Nobody in the office reads on_track."""
    book = book_in(tmp_path)
    returns = tmp_path / "returns"
    returned(book, returns, "housing", {"要点-01": GOOD}, name="a.xlsx")
    returned(book, returns, "housing", {"要点-01": {**GOOD, "state": "滞后"}}, name="b.xlsx")
    told = write_feedback(book, run(book), returns)[0]
    later = again(book, date(2024, 9, 28))
    returned(later, returns, "housing", {"要点-01": {**GOOD, "state": "申请办结"}}, name="c.xlsx")
    told_later = write_feedback(later, run(later), returns)[0]
    messages = [flag.message for flag in row(again(book)).flags]
    assert any("此前报的是“正常推进”" in message for message in messages)
    for path in (told, told_later):
        text = workbook_text(path.read_bytes())
        assert not any(state.value in text for state in LedgerState)
        assert "正常推进" in text


def test_a_return_is_asked_of_the_period_and_not_lost_when_a_task_belongs_to_another_unit(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    sheet = workbook.worksheets[0]
    sheet["A5"].value, sheet["P5"].value, sheet["X5"].value = "要点-02", "替水务局填的", None
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    assert "not-owed" in rules(row(book, task="要点-02"))


def test_a_scan_whose_name_says_nothing_is_asked_about(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/扫描0001.pdf").write_bytes(b"%PDF-1.4")
    found = collect(book, [tmp_path / "returns"], Period.parse("2024-09"))
    assert account(found, "扫描0001.pdf").outcome is Outcome.ASKED


@pytest.mark.parametrize("name", ["区住建局2024年度考核表（盖章）.pdf", "2024年 区住建局年度考核表.pdf"])
def test_a_scan_of_an_annual_form_belongs_to_the_year_and_not_to_a_month(tmp_path: Path, name: str) -> None:
    book = book_in(tmp_path)
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / name).write_bytes(b"%PDF-1.4 scan")
    found = collect(book, [tmp_path / "returns"], Period.parse("2024-09"))
    assert account(found, name).period == "2024"


def test_an_annual_form_used_for_another_unit_is_asked_about(tmp_path: Path) -> None:
    book = book_in(tmp_path, date(2025, 1, 10))
    content = annual(book, "housing", {f"{annual_row(book, '要点-01')}/progress": "全年新建管网21公里"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"].decode()
    assert "被考核单位（盖章）：青石区住房和城乡建设局" in re.sub("<[^>]+>", "", document)
    parts["word/document.xml"] = document.replace("青石区住房和城乡建设局", "区水务局").encode()
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/a.docx").write_bytes(packed(parts))
    asked = account(run(book), "a.docx")
    assert asked.outcome is Outcome.ASKED
    assert "填报单位写的是“区水务局”" in asked.notes[0]


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def test_a_section_behind_the_name_of_its_unit_is_the_unit(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    sheet = workbook.worksheets[0]
    sheet["A2"].value = str(sheet["A2"].value).replace("区住房城乡建设局", "区住房城乡建设局（建设科）")
    saved(workbook, tmp_path / "returns/a.xlsx")
    assert account(run(book), "a.xlsx").outcome is Outcome.TAKEN


@pytest.mark.parametrize(("column", "head"), [("deadline", "完成时限"), ("target", "年度目标量")])
def test_a_time_or_a_quantity_that_was_changed_in_the_grey_is_told(tmp_path: Path, column: str, head: str) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    workbook.worksheets[0].cell(4, PLACES[column] + 1).value = 30
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    (flag,) = row(book).flags
    assert flag.rule == "locked-fact"
    assert f"“{head}”" in flag.message


def test_the_text_of_a_task_changed_in_the_word_form_is_told_and_a_copied_row_is_not_lost(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    tag = word_tag("要点-01", STAMPS["要点-01"], MonthlyAnswer.PROGRESS)
    filled = fill_word(draw_monthly_paper(book, form_of(book, "housing")), {tag: "完成2公里"})
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"].decode()
    row_xml = next(found for found in re.findall(r"<w:tr>.*?</w:tr>", document, re.DOTALL) if "完成2公里" in found)
    copied = row_xml.replace("完成2公里", "完成5公里")
    document = document.replace(row_xml, row_xml.replace("20公里", "2公里") + copied)
    parts["word/document.xml"] = document.encode()
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/a.docx").write_bytes(packed(parts))
    run(book)
    assert row(book).progress == "完成2公里"
    told = "".join(flag.message for flag in stored(book, "housing").flags)
    assert "要点-01 的填写栏出现了两次，未采用的一处填的是：完成5公里" in told


def test_the_text_of_a_task_changed_in_the_word_form_is_flagged(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    tag = word_tag("要点-01", STAMPS["要点-01"], MonthlyAnswer.PROGRESS)
    filled = fill_word(draw_monthly_paper(book, form_of(book, "housing")), {tag: "完成2公里"})
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        "不少于20公里".encode(), "不少于2公里".encode()
    )
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns/a.docx").write_bytes(packed(parts))
    run(book)
    assert "locked-text" in rules(row(book))


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"progress": "管网工程尚未开工，正在办理手续"}, "state-text"),
        ({"state": "未启动"}, "state-figure"),
        ({"state": "申请办结", "evidence": "1", "cumulative": 8}, "state-figure"),
    ],
)
def test_a_state_beside_words_and_figures_that_say_otherwise_is_flagged(
    tmp_path: Path, answers: dict[str, object], rule: str
) -> None:
    target = {
        "file": "annual-2024/breakdown.yml",
        "find": "    weight: 70\n",
        "put": "    weight: 70\n    yearly_quantity: 20\n    symbol: 公里\n",
    }
    assert rule in rules(sent(tmp_path, {**GOOD, **answers}, [target]))


def test_normal_with_a_node_passed_is_asked_about(tmp_path: Path) -> None:
    node = {"file": "annual-2024/breakdown.yml", "find": "    nodes:\n", "put": "    nodes:\n      - {due: 2024-09-15, text: 完成设计}\n"}  # fmt: skip
    report = sent(tmp_path, GOOD, [node])
    (flag,) = [flag for flag in report.flags if flag.rule == "node-passed"]
    assert "2024-09-15 完成设计" in flag.message


def test_a_percentage_that_excel_took_for_a_fraction_is_told(tmp_path: Path) -> None:
    percent = {
        "file": "annual-2024/breakdown.yml",
        "find": "    weight: 70\n",
        "put": "    weight: 70\n    yearly_quantity: 100\n    symbol: '%'\n",
    }
    report = sent(tmp_path, {**GOOD, "quantity": 0.8, "cumulative": 0.8}, [percent])
    assert "percent" in rules(report)
    assert report.quantity == 0.8


def test_the_years_figures_begin_anew_in_january(tmp_path: Path) -> None:
    december = progress(
        "housing", "2024-12", "2024-12-24", "要点-01 state: on_track, cumulative: 19, progress: 完成19公里管网"
    )
    book = book_in(tmp_path, date(2025, 1, 20), [december])
    returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD}, month="2025-01")
    run(book)
    found = stored(book, "housing", "2025-01").row_by_task["要点-01"]
    assert not {"cumulative-fell", "sum"} & rules(found)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("区住建局9月.rar", b"Rar!\x1a\x07\x01\x00", "RAR 压缩包"),
        ("区住建局9月.7z", b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
        ("区住建局9月.txt", "9月进展".encode(), "不认识"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    book = book_in(tmp_path)
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / name).write_bytes(content)
    refused = account(run(book), name)
    assert refused.outcome is Outcome.REFUSED
    assert told in refused.notes[0]


def test_a_photograph_pasted_into_a_document_is_a_scan(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    Image.new("RGB", (8, 8)).save(tmp_path / "photo.png")
    document = Document()
    document.add_picture(str(tmp_path / "photo.png"))
    (tmp_path / "returns").mkdir()
    document.save(str(tmp_path / "returns/区住建局9月.docx"))
    (tmp_path / "returns/区水务局9月.heic").write_bytes(b"\x00\x00\x00\x24ftypheic")
    found = run(book)
    assert {one.outcome for one in found.accounts} == {Outcome.SCAN}


def test_a_name_that_cannot_be_printed_does_no_harm(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    path = returned(book, tmp_path / "returns", "housing", {"要点-01": GOOD})
    path.rename(os.fsdecode(os.fsencode(path.parent) + b"/\xff\xfe\x1b[2J\n.xlsx"))
    found = run(book)
    assert found.accounts[0].name == "���[2J�.xlsx"
    assert row(book).quantity == 2


def test_one_task_twice_in_a_file_is_put_together_and_what_differs_is_told(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    workbook = fill(workbook_of(book, "housing"), {"要点-01": GOOD})
    sheet = workbook.worksheets[0]
    for cell in sheet[4]:
        sheet.cell(5, cell.column).value = cell.value
    sheet.cell(5, PLACES["quantity"] + 1).value = 9
    sheet.cell(5, PLACES["evidence"] + 1).value = "3"
    saved(workbook, tmp_path / "returns/a.xlsx")
    run(book)
    assert (row(book).quantity, row(book).evidence) == (2, ("3",))
    assert "conflict" in rules(row(book))
