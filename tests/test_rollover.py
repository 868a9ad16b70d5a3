"""What a year left unfinished begins the next year's plan: linked, renumbered, and nothing that was there changes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.analysis.standing import DueStanding
from generator.book import Book
from generator.checks import check
from generator.cli import cli
from generator.findings import Severity
from generator.model import LedgerState
from generator.pipeline import build_book, site_book
from generator.project import Edition, Project
from generator.renderers.registry import render_pages
from generator.writing import folder_files
from tests.example_year.year import AS_OF
from tests.small_plan import copied
from tests.test_ledger import decided, returned

YEAR_END = date(2024, 12, 31)
CLOSED = "close_outs:\n  - {task: 要点-01, unit: 北溪镇, evidence: [佐证1], BASIS, on: 2024-11-05}\n"
EXTENDED = "extensions:\n  - {task: 要点-01, unit: housing, until: 2025-04-30, BASIS, on: 2024-10-25}\n"
EXTRA = "tasks:\n  - {task: 会议-01, title: 清淤, text: 完成清淤。, origin: meeting, source: 会议纪要, assigned: 2024-05-01, due: 2024-11-30, lead: [区水务局], responsible: [北溪镇]}\n"
EXTRA_DONE = "close_outs:\n  - {task: 会议-01, unit: north-town, evidence: [佐证2], BASIS, on: 2024-11-20}\n"
SHARES = {"file": "annual-2024/breakdown.yml", "find": "    weight: 70\n", "put": "    weight: 70\n    yearly_quantity: 20\n    symbol: 公里\n    shares: [{unit: 区住建局, quantity: 15}, {unit: 北溪镇, quantity: 5}]\n"}  # fmt: skip
NEXT_YEAR = (
    {"file": "annual-2025/plan.yml", "write": "id: annual-2025\nlabel: 新要点\ntitle: 二〇二五年要点\nshort_title: 二〇二五年要点\nyear: 2025\norder: 2\nsource: next.txt\nparents:\n  - {title: 青石区水环境治理实施方案, plan: base, confirmed: true}\nsections:\n  - number: 一\n    title: 任务\n    chapters:\n      - {number: 一, title: 工程}\n"},
    {"file": "annual-2025/measures/01.yml", "write": "number: 1\ntitle: 新建泵站\nchapter: 一\nclauses:\n  - statements: [新建泵站。]\n    responsibility: {phrase: 责任单位：区水务局, responsible: [区水务局]}\n"},
    {"file": "annual-2025/breakdown.yml", "write": "# 手写\ntasks: []\n"},
    {"file": "source/next.txt", "write": "一、任务\n(一)工程\n1.新建泵站。新建泵站。〔责任单位：区水务局〕\n"},
)  # fmt: skip


def year(folder: Path, *edits: dict[str, object]) -> Project:
    """The small plan in a year in which one unit finished, one got an extension, and the rest did not report."""
    sent = returned("housing", "2024-09", "2024-09-20", "要点-01 state: behind, quantity: 2, cumulative: 6")
    extra = {"file": "annual-2024/extra-tasks.yml", "write": EXTRA}
    made = [sent, decided(CLOSED, "a"), decided(EXTENDED, "b"), decided(EXTRA_DONE, "c"), extra, SHARES, *edits]
    return copied(folder, made)


def roll(project: Project, *arguments: str, day: date = YEAR_END) -> Result:
    options = ["--project", str(project.root), "--as-of", day.isoformat()]
    return CliRunner().invoke(cli, ["rollover", *options, *arguments])


def errors(book: Book) -> list[str]:
    return [str(found) for found in check(book.loaded, book.graph) if found.severity is Severity.ERROR]


def test_unfinished_tasks_begin_a_new_plan_with_numbers_of_their_own(tmp_path: Path) -> None:
    project = year(tmp_path)
    done = roll(project, "--into", "annual-2025")
    assert done.exit_code == 0, done.output
    assert "要点-01 → 结转-01 管网建设：" in done.output
    assert "会议-01 → 会议-02 清淤：区水务局（未填报）" in done.output
    book = build_book(project, YEAR_END)
    plan, old = book.plan("annual-2025"), book.plan("annual-2024")
    assert (plan.head.year, plan.head.label) == (2025, "结转")
    assert [measure.carried_from for measure in plan.measures] == ["annual-2024-01", "annual-2024-02"]
    assert [measure.clauses for measure in plan.measures] == [measure.clauses for measure in old.measures]
    assert {(link.source, link.to) for link in plan.links} == {
        ("annual-2025-01", "base-01"),
        ("annual-2025-02", "base-02"),
    }
    assert errors(book) == []


def test_who_is_done_is_not_asked_again_and_an_extension_goes_on(tmp_path: Path) -> None:
    project = year(tmp_path)
    roll(project, "--into", "annual-2025")
    ledger = build_book(project, date(2025, 2, 10)).ledger
    done = ledger.entry("annual-2025", "结转-01", "north-town")
    extended = ledger.entry("annual-2025", "结转-01", "housing")
    assert done
    assert extended
    assert done.state is LedgerState.COMPLETED
    assert (extended.state, extended.due, extended.due_standing) == (
        LedgerState.EXTENDED,
        date(2025, 4, 30),
        DueStanding.AHEAD,
    )
    assert (extended.quantity.target, extended.quantity.symbol) == (9, "公里")
    extra = [entry for entry in ledger.of_plan("annual-2025") if entry.task == "会议-02"]
    assert [entry.unit for entry in extra] == ["water"]


def test_the_old_plan_asks_no_more_once_the_new_year_began(tmp_path: Path) -> None:
    alone = build_book(year(tmp_path / "a"), date(2025, 3, 10)).ledger
    project = year(tmp_path / "b")
    roll(project, "--into", "annual-2025")
    carried = build_book(project, date(2025, 3, 10)).ledger
    assert alone.returns_in("annual-2024", "2025-02")
    assert not carried.returns_in("annual-2024", "2025-02")
    assert carried.returns_in("annual-2024", "2024-12")


def test_carrying_twice_changes_nothing(tmp_path: Path) -> None:
    project = year(tmp_path)
    roll(project, "--into", "annual-2025")
    before = dict(folder_files(project.plan))
    again = roll(project, "--into", "annual-2025")
    assert "没有新的任务需要结转" in again.output
    assert dict(folder_files(project.plan)) == before


def test_what_is_carried_into_a_plan_that_was_imported_leaves_every_line_of_it(tmp_path: Path) -> None:
    project = year(tmp_path, *NEXT_YEAR)
    before = dict(folder_files(project.plan / "annual-2025"))
    done = roll(project, "--into", "annual-2025")
    assert done.exit_code == 0, done.output
    assert "要点-01 → 新要点-02 管网建设" in done.output
    after = dict(folder_files(project.plan / "annual-2025"))
    assert {name: content for name, content in after.items() if name in before and name != "breakdown.yml"} == {
        name: content for name, content in before.items() if name != "breakdown.yml"
    }
    assert after["breakdown.yml"].startswith("# 手写\ntasks:\n  - task: 新要点-02\n".encode())
    book = build_book(project, date(2025, 2, 10))
    assert errors(book) == []
    assert book.ledger.entry("annual-2025", "新要点-02", "housing")
    assert book.ledger.entry("annual-2025", "新要点-01", "water")


def test_a_measure_page_tells_where_it_came_from_and_where_it_went(tmp_path: Path) -> None:
    project = year(tmp_path)
    roll(project, "--into", "annual-2025")
    book = site_book(project, YEAR_END, Edition.INTERNAL)
    pages = {page.path: page.content.decode() for page in render_pages(book)}
    assert (
        '没有完成的部分结转至 <a href="../measures/annual-2025-01.html">结转-01'
        in pages["measures/annual-2024-01.md"]
    )
    assert '本措施结转自 <a href="../measures/annual-2024-01.html">要点-01' in pages["measures/annual-2025-01.md"]


def test_the_public_edition_knows_nothing_of_what_was_carried(tmp_path: Path) -> None:
    for name, edits in (("a", ()), ("b", NEXT_YEAR)):
        project = year(tmp_path / name, *edits)
        roll(project, "--into", "annual-2025")
        pages = {
            page.path: page.content.decode() for page in render_pages(site_book(project, YEAR_END, Edition.PUBLIC))
        }
        assert ("measures/annual-2025-01.md" in pages) == bool(edits)
        assert "measures/annual-2025-02.md" not in pages
        assert not [
            path
            for path, text in pages.items()
            if "结转自" in text or "结转至" in text or "annual-2025-02" in text
        ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--into", "Annual 2025"], "计划 id“Annual 2025”不能用"),
        (["--into", "annual-2024"], "应在其中写明 year"),
        (["--into", "base"], "应在其中写明 year"),
        (["--into", "annual-2025", "--plan", "annual-2030"], "没有年度计划“annual-2030”"),
    ],
)
def test_a_misuse_writes_nothing(tmp_path: Path, arguments: list[str], told: str) -> None:
    project = year(tmp_path)
    before = dict(folder_files(project.plan))
    done = roll(project, *arguments)
    assert done.exit_code != 0
    assert told in done.output + str(done.exception)
    assert dict(folder_files(project.plan)) == before


@pytest.mark.slow
def test_the_example_year_goes_on(example_year: Project, tmp_path: Path) -> None:
    shutil.copytree(example_year.plan, tmp_path / "plan")
    project = Project(tmp_path)
    told = roll(project, "--into", "action-2025", day=AS_OF).output
    assert "行动-11 → 结转-05 重度污染有效应对" in told
    assert "行动-06" not in told
    assert "没有结转：行动-03、行动-04、行动-05、行动-08、行动-10" in told
    book = build_book(project, date(2025, 2, 20))
    assert errors(book) == []
    running = book.ledger.entry("action-2025", "结转-05", "beijie")
    assert running
    assert (running.due, running.due_inferred) == (date(2025, 3, 31), True)
    closed = book.ledger.entry("action-2025", "结转-01", "beishidian")
    assert closed
    assert closed.state is LedgerState.COMPLETED
