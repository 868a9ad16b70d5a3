"""Filling in forms as people do: workbooks through openpyxl, Word forms in their content controls."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from generator.analysis.monthly import MonthlyForm, monthly_form
from generator.book import Book
from generator.forms.monthly_workbook import PLACES, draw_monthly_workbook
from generator.model import Period
from generator.pipeline import build_book
from generator.project import Project
from tests.small_plan import SMALL, copied

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = date(2024, 9, 20)
Answers = Mapping[str, Mapping[str, object]]


def book_in(folder: Path, as_of: date = DAY, edits: list[dict[str, Any]] | None = None) -> Book:
    """The small plan in a folder of its own, on a day; as it stands it is read and checked once."""
    unedited = not edits and not any(folder.glob("*"))
    project = copied(folder, edits)
    return replace(_small_book(as_of), project=project) if unedited else build_book(project, as_of)


@cache
def _small_book(as_of: date) -> Book:
    return build_book(Project(SMALL), as_of)


def again(book: Book, as_of: date = DAY) -> Book:
    """The same project read anew."""
    return build_book(Project(book.project.root), as_of)


def form_of(book: Book, unit: str, month: str = "2024-09") -> MonthlyForm:
    """The form of a unit for a month."""
    period = Period.parse(month)
    assert period
    return monthly_form(book.ledger, book.loaded.rules, "annual-2024", unit, period)


def workbook_of(book: Book, unit: str, month: str = "2024-09") -> openpyxl.Workbook:
    """The empty workbook of a unit, opened."""
    return openpyxl.load_workbook(io.BytesIO(empty_workbook(book, unit, month)))


DRAWN: dict[tuple[object, ...], tuple[Book, bytes]] = {}
"""Empty workbooks by what they are drawn from: most tests fill in the same one."""


def empty_workbook(book: Book, unit: str, month: str) -> bytes:
    """The workbook that goes out to a unit; drawn once for each plan that was read and each day."""
    key = (id(book.loaded), book.as_of, unit, month)
    if key not in DRAWN:
        DRAWN[key] = book, draw_monthly_workbook(book, form_of(book, unit, month))
    return DRAWN[key][1]


def fill(workbook: openpyxl.Workbook, answers: Answers, signed: bool = True) -> openpyxl.Workbook:
    """Answers by task number and column."""
    sheet = workbook.worksheets[0]
    for row in sheet.iter_rows(min_row=4):
        for key, value in answers.get(str(row[0].value), {}).items():
            row[PLACES[key]].value = value
    if signed:
        for label, name in (("填表人", "甲"), ("审核人", "乙")):
            beside(sheet, label).value = name
    return workbook


def beside(sheet: Any, label: str) -> Any:
    """The place to sign beside a label below the table."""
    for row in sheet.iter_rows(min_row=4):
        for place, cell in enumerate(row):
            if cell.value == label:
                return next(found for found in row[place + 1 :] if not found.protection.locked)
    raise AssertionError(f"no {label}")


def saved(workbook: openpyxl.Workbook, path: Path) -> Path:
    """Written as Excel would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


def returned(
    book: Book,
    folder: Path,
    unit: str,
    answers: Answers,
    name: str = "",
    month: str = "2024-09",
    signed: bool = True,
) -> Path:
    """A filled workbook in the folder of returns."""
    filled = fill(workbook_of(book, unit, month), answers, signed)
    return saved(filled, folder / (name or f"{unit}.xlsx"))


def fill_word(content: bytes, answers: Mapping[str, str]) -> bytes:
    """A Word form whose controls with the given tags hold texts, with line breaks as Word writes them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    root = etree.fromstring(parts["word/document.xml"])
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
        if tag in answers:
            _write(control, answers[tag])
    parts["word/document.xml"] = etree.tostring(root, encoding="UTF-8", standalone=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _write(control: Any, text: str) -> None:
    shown = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    if shown is not None:
        shown.getparent().remove(shown)
    content = control.find(f"{W}sdtContent")
    run = content.find(f"{W}r")
    for child in list(run):
        run.remove(child)
    for place, line in enumerate(re.split("([\n\t])", text)):
        if place % 2:
            etree.SubElement(run, f"{W}{'br' if line == chr(10) else 'tab'}")
        elif line:
            piece = etree.SubElement(run, f"{W}t")
            piece.text = line
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
