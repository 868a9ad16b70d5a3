"""Measure the loop of forms: a thousand monthly workbooks of forty rows written, filled and collected.

python -m tests.bench_forms
"""

from __future__ import annotations

import io
import os
import re
import string
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

from generator.analysis.monthly import monthly_forms
from generator.forms.collection import collect
from generator.forms.monthly_workbook import PLACES, draw_monthly_workbooks
from generator.model import Period
from generator.pipeline import build_book
from generator.project import Project

UNITS, TASKS = 1_000, 40
WRITTEN, COLLECTED = 25.0, 15.0
MONTH = "2024-09"
ANSWERS = {
    "state": "正常推进",
    "quantity": "{row}",
    "cumulative": "{row}",
    "progress": "完成第{row}处整治并通过验收，其余各处已进场",
    "next_steps": "10月底前完成其余各处",
}
ANSWERED = {string.ascii_uppercase[PLACES[answer]]: told for answer, told in ANSWERS.items()}
EMPTY_CELL = rf'<c r="([{"".join(ANSWERED)}])(\d+)" s="(\d+)"/>'


def made_up(root: Path) -> Project:
    """A plan of forty tasks for which a thousand units answer."""
    plan = root / "plan"
    measures = plan / "annual/measures"
    measures.mkdir(parents=True)
    for number in range(1, TASKS + 1):
        text = f"number: {number}\ntitle: 任务{number}\nclauses:\n  - statements: [第{number}项工作于12月底前完成。]\n"
        text += "    responsibility: {phrase: 责任单位：各单位, responsible: [各单位]}\n"
        (measures / f"{number:02d}.yml").write_text(text, "utf-8")
    head = "id: annual\nlabel: 要点\ntitle: 年度要点\nshort_title: 要点\nyear: 2024\nsections: []\n"
    (plan / "annual/plan.yml").write_text(head, "utf-8")
    units = [
        f"  - {{id: unit-{n:04d}, name: 第{n:04d}号单位, kind: department, confirmed: true}}" for n in range(UNITS)
    ]
    members = ", ".join(f"unit-{n:04d}" for n in range(UNITS))
    group = f"groups:\n  - {{id: all-units, name: 各单位, confirmed: true, members: [{members}]}}\n"
    (plan / "units.yml").write_text("order_confirmed: true\nunits:\n" + "\n".join(units) + "\n" + group, "utf-8")
    (plan / "calendar.yml").write_text("seasons: []\n", "utf-8")
    grades = "grades: [{name: 优秀, minimum: 90}, {name: 不合格, minimum: 0}]\ngrades_basis: 虚构\n"
    (plan / "rules.yml").write_text(f"{grades}continuing_frequency: monthly\n", "utf-8")
    return Project(root)


def filled(content: bytes) -> bytes:
    """A written form with every row filled in, as a unit would send it back."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(EMPTY_CELL, _answered, parts[sheet].decode()).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _answered(cell: re.Match[str]) -> str:
    place, row = f'<c r="{cell[1]}{cell[2]}" s="{cell[3]}"', int(cell[2])
    if not 4 <= row < 4 + TASKS:
        return cell[0]
    told = ANSWERED[cell[1]].format(row=row)
    return f"{place}><v>{told}</v></c>" if told.isdigit() else f'{place} t="inlineStr"><is><t>{told}</t></is></c>'


def processor() -> float:
    """Seconds of work of this process and those it started; other work on the machine does not count."""
    return sum(os.times()[:4])


def main() -> int:
    """Exit 1 where a promise is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        book = build_book(made_up(root), date(2024, 9, 20))
        period = Period.parse(MONTH)
        assert period
        begun, worked = time.perf_counter(), processor()
        forms = monthly_forms(book.graph, book.ledger, book.loaded.rules, "annual", period)
        for form, content in zip(forms, draw_monthly_workbooks(book, forms), strict=True):
            (root / f"{form.unit}.xlsx").write_bytes(content)
        written, writing = time.perf_counter() - begun, processor() - worked
        returns = root / "returns"
        returns.mkdir()
        for form in forms:
            (returns / f"{form.unit}.xlsx").write_bytes(filled((root / f"{form.unit}.xlsx").read_bytes()))
        begun, worked = time.perf_counter(), processor()
        found = collect(book, [returns])
        collected, collecting = time.perf_counter() - begun, processor() - worked
        rows = sum(len(one.rows) for one in found.changed)
        told = f"{len(found.changed)} forms ({rows} rows) collected in {collected:.1f} s"
        print(f"{len(forms)} forms written in {written:.1f} s   limit {WRITTEN} s   processor {writing:.1f} s")
        print(f"{told}   limit {COLLECTED} s   processor {collecting:.1f} s   load {os.getloadavg()[0]:.1f}")
    complete = rows == UNITS * TASKS == sum(len(form.rows) for form in forms)
    return 0 if complete and written <= WRITTEN and collected <= COLLECTED else 1


if __name__ == "__main__":
    sys.exit(main())
