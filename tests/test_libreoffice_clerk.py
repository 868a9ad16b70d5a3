"""Forms that LibreOffice itself opened, filled in and saved, in each of its formats, are collected as they were meant."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from generator.analysis.monthly import MonthlyForm, monthly_form
from generator.book import Book
from generator.forms import draw_form
from generator.forms.collection import collect
from generator.forms.monthly_paper import draw_monthly_paper
from generator.forms.monthly_workbook import PLACES, draw_monthly_workbook
from generator.model import LedgerState, Period, ReturnState, TaskReport, UnitReturn
from generator.pipeline import build_book
from generator.project import Project
from tests.conftest import ROOT
from tests.returned_forms import again, book_in, form_of
from tests.test_form_round_trip import HARD

pytestmark = pytest.mark.slow

FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "docx": "MS Word 2007 XML",
    "doc": "MS Word 97",
    "odt": "writer8",
    "pdf": "calc_pdf_Export",
}
CLERK = Path(__file__).parent / "libreoffice_clerk.py"
SHARES = {"file": "annual-2024/breakdown.yml", "find": "    weight: 70\n", "put": "    weight: 70\n    yearly_quantity: 20\n    symbol: 公里\n"}  # fmt: skip
WORD_COLUMNS = "ABCDEFGHIJKLMNO"
"""The twin's columns: number, content, duty, time, target; then the answers from F on."""
ANSWERS = {"state": "G", "quantity": "H", "cumulative": "I", "progress": "J", "problems": "K", "expected": "N", "evidence": "O"}  # fmt: skip
GIVEN = {
    "state": "滞后",
    "quantity": "2",
    "cumulative": "8",
    "progress": "第一行\n“第二行”<&>{{ }}😀",
    "problems": "设备未到货",
    "expected": "2024年12月20日",
    "evidence": "1、2",
}


@lru_cache(maxsize=1)
def python_with_uno() -> str | None:
    """The Python that can drive LibreOffice; not ours, which lives in an environment of its own."""
    for found in ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "python3"):
        if shutil.which(found) and not subprocess.run([found, "-c", "import uno"], capture_output=True).returncode:
            return found
    return None


@pytest.fixture(scope="module", autouse=True)
def _uno() -> None:
    if python_with_uno() is None:
        if not os.environ.get("PLANBOOK_REQUIRE_TOOLS"):
            pytest.skip("not installed: LibreOffice's uno (apt-get install python3-uno)")
        pytest.fail("python3-uno is required and not installed")


def clerk(folder: Path, *papers: dict[str, object]) -> None:
    """Let LibreOffice open, fill in and save papers."""
    job = folder / "job.json"
    job.write_text(json.dumps({"profile": str(folder / "profile"), "papers": papers}), "utf-8")
    done = subprocess.run(
        [python_with_uno() or "", str(CLERK), str(job)], capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stderr[-2000:]


def saves(folder: Path, *formats: str) -> dict[str, str]:
    return {str(folder / f"填报.{name}"): FILTERS[name] for name in formats}


def collected(book: Book, path: Path, unit: str, period: str) -> UnitReturn:
    """What becomes of one file in a folder of its own; nothing is left behind."""
    plan = book.project.plan
    returns = path.parent / f"returns-{path.suffix[1:]}"
    returns.mkdir()
    shutil.copy(path, returns)
    found = collect(book, [returns])
    (one,) = [one for one in found.changed if (one.unit, one.period) == (unit, period)]
    stored = build_book(Project(book.project.root), book.as_of)
    (held,) = [held for at in stored.plans for held in at.returns if (held.unit, held.period) == (unit, period)]
    assert held == one
    shutil.rmtree(plan / one.plan / "progress")
    return one


def expect_given(report: TaskReport) -> None:
    assert (report.state, report.quantity, report.cumulative) == (LedgerState.BEHIND, 2, 8)
    assert (report.progress, report.problems) == (GIVEN["progress"], GIVEN["problems"])
    assert (report.expected, report.evidence) == (date(2024, 12, 20), ("1", "2"))


def test_a_workbook_filled_in_libreoffice_is_collected_from_every_format(tmp_path: Path) -> None:
    book = book_in(tmp_path / "project", date(2024, 9, 20), [SHARES])
    source = tmp_path / "下发.xlsx"
    source.write_bytes(draw_monthly_workbook(book, form_of(book, "housing")))
    place = {key: get_column_letter(at + 1) for key, at in PLACES.items()}
    cells: dict[str, object] = {f"{place[key]}4": text for key, text in GIVEN.items()}
    cells |= {f"{place['quantity']}4": 2, f"{place['cumulative']}4": 8, "B6": "甲", "E6": "乙"}
    locked = {"A4": "行动-99"}  # UNO writes into locked cells, as one who lifts the protection
    saved = saves(tmp_path, "xlsx", "xls", "ods", "pdf")
    clerk(tmp_path, {"open": str(source), "cells": {**cells, **locked}, "saves": saved})
    for name in ("xlsx", "xls", "ods"):
        found = collected(book, tmp_path / f"填报.{name}", "housing", "2024-09")
        expect_given(found.row_by_task["要点-01"])
        flags = {flag.rule: flag.message for flag in found.row_by_task["要点-01"].flags}
        assert flags["layout"] == "没有任务“行动-99”，按表内标记“要点-01”采用，请核对"
        assert ("converted" in {flag.rule for flag in found.flags}) == (name != "xlsx")
        assert "unsigned" not in {flag.rule for flag in found.flags}
    assert load_workbook(tmp_path / "填报.xlsx").worksheets[0].protection.sheet
    rates = load_workbook(tmp_path / "填报.xlsx", data_only=True).worksheets[0]
    assert rates[f"{place['rate']}4"].value == pytest.approx(8 / 20)
    assert rates[f"{place['rate']}5"].value in {None, ""}
    told = subprocess.run(
        ["pdfinfo", str(tmp_path / "填报.pdf")], capture_output=True, text=True, check=True
    ).stdout
    assert "841.89 x 595" in told
    text = subprocess.run(["pdftotext", "-layout", str(tmp_path / "填报.pdf"), "-"], capture_output=True, text=True, check=True).stdout  # fmt: skip
    assert re.search(r"—\s*1\s*—", text)
    assert "40.0%" in text


@pytest.mark.parametrize("way", ["controls", "insertions"])
def test_a_word_form_filled_in_libreoffice_is_collected_from_every_format(tmp_path: Path, way: str) -> None:
    """Typed over the placeholder, or in front of it, as programs differ in what a click selects."""
    book = book_in(tmp_path / "project", date(2024, 9, 20), [SHARES])
    source = tmp_path / "下发.docx"
    source.write_bytes(draw_monthly_paper(book, form_of(book, "housing")))
    typed = {f"{ANSWERS[key]}2": text for key, text in GIVEN.items()}
    saved = saves(tmp_path, "docx", "doc", "odt")
    clerk(tmp_path, {"open": str(source), way: typed, "saves": saved})
    for name in ("docx", "doc", "odt"):
        found = collected(book, tmp_path / f"填报.{name}", "housing", "2024-09")
        expect_given(found.row_by_task["要点-01"])
        assert "方案-01" not in found.row_by_task


def test_an_annual_form_filled_in_libreoffice_is_collected(tmp_path: Path) -> None:
    book = book_in(tmp_path / "project", date(2025, 1, 10))
    form = book.forms["annual-2024", "housing"]
    source = tmp_path / "下发.docx"
    source.write_bytes(draw_form(book, form))
    row = annual_place(source, "【要点-01】")
    typed = {f"H{row}": GIVEN["progress"], f"I{row}": "60", f"J{row}": "1、2"}
    clerk(tmp_path, {"open": str(source), "controls": typed, "saves": saves(tmp_path, "docx", "doc")})
    for name in ("docx", "doc"):
        report = collected(book, tmp_path / f"填报.{name}", "housing", "2024").row_by_task["要点-01"]
        assert (report.progress, report.self_score, report.evidence) == (GIVEN["progress"], 60, ("1", "2"))


def annual_place(path: Path, label: str) -> int:
    """The row of the first table in which a task stands, from 1."""
    rows = Document(str(path)).tables[0].rows
    return next(at for at, row in enumerate(rows, 1) if any(cell.text.startswith(label) for cell in row.cells))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The real plan in a folder of its own, so that collecting does not touch it."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "plan", folder / "plan")
    return build_book(Project(folder), date(2024, 9, 20))


def largest(book: Book) -> MonthlyForm:
    period = Period.parse("2024-09")
    assert period
    forms = (
        monthly_form(book.ledger, book.loaded.rules, "action-2024", unit.id, period) for unit in book.graph.units
    )
    return max(forms, key=lambda form: len(form.rows))


def test_the_largest_form_of_the_real_plan_comes_back_whole_with_the_hardest_texts(
    real: Book, tmp_path: Path
) -> None:
    form = largest(real)
    assert len(form.rows) >= 25
    source, paper = tmp_path / "下发.xlsx", tmp_path / "下发.docx"
    source.write_bytes(draw_monthly_workbook(real, form))
    paper.write_bytes(draw_monthly_paper(real, form))
    hardest = [text for text in HARD if "\t" not in text]  # LibreOffice drops a tab that is typed into a cell
    texts = {row.entry.task: hardest[at % len(hardest)] for at, row in enumerate(form.rows)}
    column = get_column_letter(PLACES["progress"] + 1)
    cells = {f"{column}{at}": text for at, text in enumerate(texts.values(), 4)}
    short = {task: text for task, text in texts.items() if len(text) < 1000}
    rows = {row.entry.task: at for at, row in enumerate(form.rows, 2)}
    controls = {f"J{rows[task]}": text for task, text in short.items()}
    clerk(
        tmp_path,
        {"open": str(source), "cells": cells, "saves": saves(tmp_path, "xlsx", "ods")},
        {"open": str(paper), "controls": controls, "saves": saves(tmp_path, "docx")},
    )
    for name in ("xlsx", "ods"):
        found = collected(real, tmp_path / f"填报.{name}", form.unit, "2024-09")
        assert {task: report.progress for task, report in found.row_by_task.items()} == texts
    found = collected(real, tmp_path / "填报.docx", form.unit, "2024-09")
    assert {task: report.progress for task, report in found.row_by_task.items()} == short


def test_an_old_file_that_cannot_be_converted_is_registered_and_read_once_it_can(tmp_path: Path) -> None:
    book = book_in(tmp_path / "project", date(2024, 9, 20))
    source = tmp_path / "下发.xlsx"
    source.write_bytes(draw_monthly_workbook(book, form_of(book, "housing")))
    column = get_column_letter(PLACES["progress"] + 1)
    path = tmp_path / "填报.xls"
    clerk(
        tmp_path, {"open": str(source), "cells": {f"{column}4": "完成2公里"}, "saves": {str(path): FILTERS["xls"]}}
    )
    returns = tmp_path / "returns"
    returns.mkdir()
    shutil.copy(path, returns / "区住建局9月.et")
    collect(book, [returns], convert=False)
    (waiting,) = again(book).plan("annual-2024").returns
    assert waiting.state is ReturnState.UNCONVERTED
    collect(again(book), [returns])
    (read,) = again(book).plan("annual-2024").returns
    assert read.state is ReturnState.INCOMPLETE
    assert read.row_by_task["要点-01"].progress == "完成2公里"
    assert [file.name for file in read.files] == ["区住建局9月.et"]
