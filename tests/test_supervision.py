"""Supervision (督办): proposed, ticked by a leader, decided once, and only then drafted; one matter on one sheet."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.analysis.supervision import excerpt, proposals
from generator.book import Book
from generator.forms.monthly_workbook import draw_monthly_workbook
from generator.forms.supervision_list import COLUMNS, draw_supervision_list
from generator.model import Period, PeriodKind, Rung
from generator.renderers import supervision_word
from generator.renderers.office_papers import Issue
from tests import test_hostile_returns as hostile
from tests.golden_files import assert_golden
from tests.returned_forms import again, form_of
from tests.test_ledger import decided
from tests.test_office_commands import ok, run
from tests.word_documents import document_text
from tests.workbook_text import workbook_text
from tests.year_of_papers import DAY, MONTH, MONTH_EDITS, book_of_month

PERIOD = Period.holding(DAY, PeriodKind.MONTH)
PLACES = {key: place for place, (key, _, _) in enumerate(COLUMNS)}
COMMON = ["--basis", "区政府领导批示", "--by", "区河长办"]
BEFORE = tuple(edit for edit in MONTH_EDITS if "decisions/b.yml" not in edit["file"])
"""The month before anything was ticked."""


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The month with everything in it."""
    return book_of_month(tmp_path_factory.mktemp("month"))


def ticked(book: Book, path: Path, answers: Mapping[tuple[str, str], Mapping[str, Any]]) -> Path:
    """The list of the month, filled in by (task, beginning of the unit's name)."""
    workbook = openpyxl.load_workbook(io.BytesIO(draw_supervision_list(book, "annual-2024", PERIOD)))
    for row in workbook.worksheets[0].iter_rows(min_row=4):
        for (task, unit), values in answers.items():
            if row[PLACES["task"]].value == task and str(row[PLACES["unit"]].value).startswith(unit):
                for key, value in values.items():
                    row[PLACES[key]].value = value
    workbook.save(path)
    return path


def supervise(folder: Path, path: Path, code: int = 0, day: str = "2024-11-29") -> str:
    done = run(folder, "supervise", str(path), *COMMON, day=day)
    assert done.exit_code == code, done.output
    return done.output


def test_the_list_of_a_month(month: Book) -> None:
    assert_golden("small/supervision_list.txt", workbook_text(draw_supervision_list(month, "annual-2024", PERIOD)))


def test_the_sheet_and_what_comes_back(month: Book) -> None:
    (order,) = supervision_word.ORDER_PAPER.render(month, Issue("annual-2024", PERIOD))
    (reply,) = supervision_word.REPLY_PAPER.render(month, Issue("annual-2024", PERIOD))
    assert order.path == "2024年11月督办函 要点-01 区住房城乡建设局（1127）.docx"
    assert_golden("word/supervision_order.txt", document_text(order.content))
    assert_golden("word/supervision_reply.txt", document_text(reply.content))


def test_nothing_is_drafted_before_a_leader_has_ticked(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    assert list(supervision_word.ORDER_PAPER.render(book, Issue("annual-2024", PERIOD))) == []


def test_what_is_ticked_becomes_a_decision_once_however_often_the_list_is_read(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    answers = {
        "tick": "√",
        "requirement": "=1+1 <b>{{x}}",
        "answer_by": "2024.12.20",
        "supporting": "区水务局、区住建局",
    }
    path = ticked(
        book,
        tmp_path / "a.xlsx",
        {("要点-01", "青石区住房"): answers, ("方案-03", "北溪"): {"tick": "是", "adopted": "提醒函"}},
    )
    assert "写入 2 条" in supervise(tmp_path, path)
    written = (tmp_path / "plan/annual-2024/decisions/2024-11.yml").read_bytes()
    assert "没有新的决定" in supervise(tmp_path, path)
    assert "2 条以前已经写过" in supervise(tmp_path, path, day="2024-11-30")
    assert (tmp_path / "plan/annual-2024/decisions/2024-11.yml").read_bytes() == written
    files = dict(again(book, date(2024, 11, 29)).plan("annual-2024").decisions)
    first, second = sorted(files["2024-11.yml"].supervisions, key=lambda one: one.task, reverse=True)
    assert (first.task, first.unit, first.rung) == ("要点-01", "区住房城乡建设局", Rung.SUPERVISION)
    assert (first.requirement, first.answer_by) == ("=1+1 <b>{{x}}", date(2024, 12, 20))
    assert first.supporting == ("区水务局",)
    assert (second.task, second.rung, second.answer_by) == ("方案-03", Rung.REMINDER, None)


def test_after_the_ticks_the_papers_hold_a_sheet_for_each(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    path = ticked(
        book,
        tmp_path / "a.xlsx",
        {
            ("要点-01", "青石区住房"): {"tick": "√"},
            ("方案-03", "北溪"): {"tick": "√", "adopted": "提醒函"},
            ("要点-01", "北溪"): {"tick": "√", "adopted": "提示"},
        },
    )
    supervise(tmp_path, path)
    ok(tmp_path, "papers", "--month", MONTH, day="2024-11-29")
    names = sorted(found.name for found in (tmp_path / "papers/2024年11月").glob("*函*"))
    assert names == [
        "2024年11月提醒函 方案-03 北溪镇人民政府（1129）.docx",
        "2024年11月提醒函的反馈单 方案-03 北溪镇人民政府（1129）.docx",
        "2024年11月督办函 要点-01 区住房城乡建设局（1129）.docx",
        "2024年11月督办函的反馈单 要点-01 区住房城乡建设局（1129）.docx",
    ]  # fmt: skip


def test_a_letter_belongs_to_the_papers_of_one_period(tmp_path: Path) -> None:
    """Ticked in December in the list of November, it is November's; one that names no list is of its own day."""
    named = "supervisions:\n  - {task: 要点-01, unit: 区住建局, rung: supervision, BASIS, on: 2024-12-05PERIOD}\n"
    for written, owner in ((", period: 2024-11", "2024-11"), ("", "2024-12")):
        folder = tmp_path / owner
        book = book_of_month(folder, *BEFORE, decided(named.replace("PERIOD", written)), day=date(2024, 12, 28))
        for month in ("2024-10", "2024-11", "2024-12"):
            period = Period.parse(month)
            assert period
            found = list(supervision_word.ORDER_PAPER.render(book, Issue("annual-2024", period)))
            assert len(found) == (month == owner), (month, owner)


def test_a_tick_says_in_which_list_it_was_made(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    path = ticked(book, tmp_path / "a.xlsx", {("要点-01", "青石区住房"): {"tick": "√"}})
    supervise(tmp_path, path, day="2024-12-05")
    files = dict(again(book, date(2024, 12, 6)).plan("annual-2024").decisions)
    assert [one.period for one in files["2024-12.yml"].supervisions] == [MONTH]


def proposed(book: Book) -> list[tuple[str, str, bool]]:
    """Task, rung and whether it runs already, of the housing office."""
    rules, plan = book.loaded.rules, book.plan("annual-2024")
    found = proposals(book.graph, book.ledger, rules, plan)
    return [(one.entry.task, one.rung.value, one.running) for one in found if one.entry.unit == "housing"]


@pytest.mark.parametrize(
    ("rung", "answer_by", "running"),
    [
        ("supervision", "2024-12-20", True),
        ("talk", "2024-12-20", True),
        ("supervision", None, True),
        ("reminder", "2024-12-20", False),
        ("supervision", "2024-11-27", False),
    ],
)
def test_what_runs_already_is_not_proposed_anew(
    tmp_path: Path, rung: str, answer_by: str | None, running: bool
) -> None:
    """A graver rung, or a day to answer that has passed, is a reason to propose again."""
    answered = f", answer_by: {answer_by}" if answer_by else ""
    order = (
        f"supervisions:\n  - {{task: 要点-01, unit: 区住建局, rung: {rung}, BASIS, on: 2024-11-20{answered}}}\n"
    )
    found = proposed(book_of_month(tmp_path, *BEFORE, decided(order)))
    assert ("要点-01", "supervision", running) in found
    assert found[-1][0] == ("要点-01" if running else "方案-01")


def test_what_runs_already_is_ticked_again_only_with_a_measure_of_its_own(tmp_path: Path) -> None:
    book = book_of_month(tmp_path)
    path = ticked(book, tmp_path / "a.xlsx", {("要点-01", "青石区住房"): {"tick": "√"}})
    assert "已采取措施、尚在办理" in supervise(tmp_path, path, code=1)
    path = ticked(book, tmp_path / "b.xlsx", {("要点-01", "青石区住房"): {"tick": "√", "adopted": "约谈"}})
    assert "写入 1 条" in supervise(tmp_path, path)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"tick": "再议"}, "“再议”看不出是否勾选"),
        ({"tick": "√", "adopted": "处分"}, "没有“处分”这种措施"),
        ({"tick": "√", "answer_by": "尽快"}, "“尽快”看不出是哪天"),
        ({"tick": "√", "answer_by": "2024-11-01"}, "早于决定日期"),
        ({"tick": "√", "supporting": "区水物局"}, "没有协办单位“区水物局”；"),
        ({"tick": "√", "task": "要点-02"}, "与表内标记“要点-01”不一致"),
        ({"tick": "√", "unit": "区水务局"}, "与表内标记“要点-01”不一致"),
        ({"tick": "√", "mark": None, "unit": "区农业农村局"}, "不由“区农业农村局”承担"),
        ({"tick": "√", "requirement": "办" * 201}, "超过200字"),
    ],
)
def test_a_tick_that_cannot_be_taken_is_told_and_not_written(
    tmp_path: Path, values: dict[str, Any], told: str
) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    path = ticked(book, tmp_path / "a.xlsx", {("要点-01", "青石区住房"): values})
    assert told in supervise(tmp_path, path, code=1)
    assert not (tmp_path / "plan/annual-2024/decisions/2024-11.yml").exists()


@pytest.mark.parametrize("tick", [None, "", "×", "不同意", "否", "/"])
def test_what_is_not_ticked_is_no_decision(tmp_path: Path, tick: str | None) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    path = ticked(book, tmp_path / "a.xlsx", {("要点-01", "青石区住房"): {"tick": tick}})
    assert "没有勾选的事项" in supervise(tmp_path, path)


def test_a_text_that_changed_since_the_list_was_made_is_told_and_the_tick_taken(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    mark = f"annual-2024/{MONTH}/housing/要点-01/abcdef"
    path = ticked(book, tmp_path / "a.xlsx", {("要点-01", "青石区住房"): {"tick": "√", "mark": mark}})
    told = supervise(tmp_path, path, code=1)
    assert "写入 1 条" in told
    assert "原文在清单生成后有改动" in told


def test_the_kind_of_paper_and_who_issues_it_are_settings(tmp_path: Path) -> None:
    settings = {"file": "rules.yml", "append": "supervision_paper: 通知单\nsupervision_issuer: 区河长办\n"}
    book = book_of_month(tmp_path, *MONTH_EDITS, settings)
    (order,) = supervision_word.ORDER_PAPER.render(book, Issue("annual-2024", PERIOD))
    text = document_text(order.content)
    assert "PaperTitle: 督办通知单" in text
    assert "通知你单位" in text
    assert "区河长办" in text


def test_by_default_it_is_a_letter_that_gives_no_order(month: Book) -> None:
    (order,) = supervision_word.ORDER_PAPER.render(month, Issue("annual-2024", PERIOD))
    text = document_text(order.content)
    assert "PaperTitle: 督办函" in text
    assert "请予支持办理，按时函复" in text
    assert "通知你单位" not in text


def test_a_sheet_stands_also_for_a_unit_that_no_longer_carries_the_task(tmp_path: Path) -> None:
    order = "supervisions:\n  - {task: 要点-02, unit: 区农业农村局, rung: supervision, BASIS, on: 2024-11-27}\n"
    book = book_of_month(tmp_path, decided(order))
    (drawn,) = supervision_word.ORDER_PAPER.render(book, Issue("annual-2024", PERIOD))
    assert "要点-02" in document_text(drawn.content)


def test_a_long_text_is_quoted_by_whole_sentences(real_book: Book) -> None:
    longest = max(real_book.rows, key=lambda row: len(row.text))
    assert excerpt(longest, 10_000) == (longest.text, True)
    text, whole = excerpt(longest, 150)
    assert not whole
    kept = [piece for piece in text.split("……") if piece]
    assert kept
    assert all(piece in longest.text and piece.endswith("。") for piece in kept)
    assert sum(map(len, kept)) <= 150


@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil",
    [
        hostile.zip_bomb,
        hostile.lying_zip,
        hostile.entity_bomb,
        hostile.external_entity,
        hostile.macros,
        hostile.nothing,
        hostile.many_rows,
        hostile.wide_sheet,
        hostile.deep_xml,
        hostile.encrypted,
        hostile.an_empty_file,
        hostile.huge_numbers,
    ],
)
def test_a_file_that_means_harm_is_refused_with_a_reason(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    book_of_month(tmp_path, *BEFORE)
    folder = tmp_path / "given"
    folder.mkdir()
    spoil(folder)
    begun = time.process_time()
    told = supervise(tmp_path, folder / "a.xlsx", code=1)
    assert "a.xlsx：" in told
    assert "Traceback" not in told
    assert time.process_time() - begun < hostile.SECONDS
    assert not (tmp_path / "plan/annual-2024/decisions/2024-11.yml").exists()


def test_a_workbook_of_another_kind_is_refused(tmp_path: Path) -> None:
    book = book_of_month(tmp_path, *BEFORE)
    path = tmp_path / "a.xlsx"
    path.write_bytes(draw_monthly_workbook(book, form_of(book, "housing", MONTH)))
    assert "不是拟督办事项建议清单" in supervise(tmp_path, path, code=1)
