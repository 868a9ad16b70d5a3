"""The example year from January to the assessment: out, back, reviewed, decided, scored."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from click.testing import CliRunner

from generator.analysis.periods import cutoff_day, notice_day
from generator.analysis.schedule import closing_day
from generator.book import Book
from generator.cli import cli
from generator.model import Period, RulesFile
from generator.office.archives import zip_bytes
from generator.project import Project
from generator.writing import write_file
from tests.example_year.air import air_csv
from tests.example_year.annual import annual_arrivals
from tests.example_year.deciding import PLAN, decide, meeting_day, review_month, score_year, send_back
from tests.example_year.filling import forms_in, with_office_columns, with_ticks
from tests.example_year.mishaps import Arrival, Post, arrivals, mishap
from tests.example_year.reading import book_on
from tests.example_year.scenario import FOLDER, scenario

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2025, 1, 24)
"""The day after the assessment: what the papers of the example year stand for."""
ANNUAL_OUT, SCORED = date(2025, 1, 2), date(2025, 1, 22)
ZIPPED_MONTH = 9
"""One month comes back as a single zip from the office's mailbox."""
BEGINNING = date(2024, 1, 1)


def write_year(folder: Path) -> Project:
    """The whole example year in an empty folder; the same bytes every time."""
    project = begin(folder)
    decided = report_months(project, 12)
    decide(project, decided, ANNUAL_OUT)
    _annual(project)
    decide(project, ANNUAL_OUT, AS_OF)
    score_year(project, SCORED)
    return project


def report_months(project: Project, last: int) -> date:
    """The months from January on, each from the forms to the review; the day up to which decisions are written."""
    rules = book_on(project, BEGINNING).loaded.rules
    decided = BEGINNING
    for month in range(1, last + 1):
        period = Period.parse(f"2024-{month:02d}")
        assert period
        notice = notice_day(rules, period)
        decide(project, decided, notice)
        decided = notice
        _month(project, rules, period)
    return decided


def begin(folder: Path) -> Project:
    """The real plan with the example's own decisions beside it; nothing reported yet."""
    shutil.copytree(ROOT / "plan", folder / "plan")
    for path in sorted((FOLDER / "plan").rglob("*.yml")):
        name = path.relative_to(FOLDER / "plan")
        target = folder / "plan" / name
        before = target.read_bytes() if name.name == "rules.yml" else b""
        write_file(target, before + path.read_bytes())
    write_file(folder / "plan/air/2024.csv", air_csv())
    return Project(folder)


def run(project: Project, day: date | None, *arguments: str) -> str:
    """A command of planbook, on a day where it takes one; what it printed."""
    command, *rest = arguments
    options = ["--project", str(project.root), *(["--as-of", day.isoformat()] if day else [])]
    done = CliRunner().invoke(cli, [command, *options, *rest])
    if done.exit_code not in {0, 1} or (done.exception and not isinstance(done.exception, SystemExit)):
        raise RuntimeError(f"planbook {' '.join(arguments)}: {done.output}") from done.exception
    return done.output


def _month(project: Project, rules: RulesFile, period: Period) -> None:
    out = project.root / "forms" / period.id
    run(project, notice_day(rules, period), "forms", "--month", period.id, "--out", str(out))
    cutoff = cutoff_day(rules, period)
    book = book_on(project, cutoff)
    came = tuple(_of_month(book, out, cutoff))
    _receive(project, period.id, came, cutoff)
    for unit in book.graph.unit_by_id:
        if mishap(unit, period.first.month).get("how") == "bare":
            send_back(project, unit, period.id, cutoff + timedelta(days=1))
    _receive_late(project, period.id, came, cutoff)
    meeting = meeting_day(rules, cutoff)
    review_month(project, period.id, meeting)
    if period.id == scenario("decisions.yml")["ticks"]["period"]:
        _tick(project, period)
    _adopt_columns(project, period, meeting)


def _of_month(book: Book, out: Path, day: date) -> Iterator[Arrival]:
    dated = {row.label: closing_day(row) is not None for row in book.rows}
    dated |= {entry.task: entry.closing is not None for entry in book.ledger.entries}
    names = {unit.id: unit.name for unit in book.graph.units}
    ids = {name: unit for unit, name in names.items()}
    forms = {form.key.unit: form for form in forms_in(out, PLAN, ids)}
    for unit, form in forms.items():
        how = mishap(unit, int(form.key.period[5:7]))
        yield from arrivals(Post(form, forms, names, day, dated, how))


def _receive(project: Project, period: str, came: Iterable[Arrival], day: date) -> None:
    """What is there in time: files in the folder, or all in one zip."""
    folder = project.root / "returns" / period
    files = [(one.name, one.content) for one in came if not one.days]
    if period == f"2024-{ZIPPED_MONTH:02d}":
        write_file(folder / "九月报表.zip", zip_bytes(files))
    else:
        for name, content in files:
            write_file(folder / name, content)
    _collect(project, period, day)


def _receive_late(project: Project, period: str, came: Iterable[Arrival], cutoff: date) -> None:
    late = sorted((one for one in came if one.days), key=lambda one: (one.days, one.name))
    for days in dict.fromkeys(one.days for one in late):
        paths = [project.root / "returns" / period / one.name for one in late if one.days == days]
        for path, one in zip(paths, (one for one in late if one.days == days), strict=True):
            write_file(path, one.content)
        _collect(project, period, cutoff + timedelta(days=days), *paths)


def _collect(project: Project, period: str, day: date, *paths: Path) -> None:
    """`planbook collect` on the folder of the month, or on what came later; what it says is kept."""
    month = ["--month", period] if len(period) == 7 else []
    what = paths or (project.root / "returns" / period,)
    told = run(project, day, "collect", *month, *(str(path) for path in what))
    record = project.root / "returns" / "收表记录" / f"{period} {day.isoformat()}.txt"
    write_file(record, told.replace(str(project.root), ".").encode())


def _adopt_columns(project: Project, period: Period, day: date) -> None:
    """The office's own columns, filled in by hand in workbooks that came back, become decisions."""
    for one in scenario("decisions.yml")["workbooks"]:
        if int(one["month"]) != period.first.month:
            continue
        name = next(unit.name for unit in book_on(project, day).graph.units if unit.id == one["unit"])
        path = project.root / "审核" / f"{period.label} {name} 调度表（已审核）.xlsx"
        returned = project.root / "returns" / period.id / f"{period.label} {name} 调度表.xlsx"
        write_file(path, with_office_columns(returned.read_bytes(), one, day))
        words = ("--basis", "示例：调度例会", "--by", scenario("decisions.yml")["by"], "--on", day.isoformat())
        run(project, day, "review-file", str(path), *words)


def _tick(project: Project, period: Period) -> None:
    """A leader ticks what is to be supervised in the list that `planbook papers` made; the ticks become decisions."""
    ticks = scenario("decisions.yml")["ticks"]
    day = date.fromisoformat(ticks["on"])
    out = project.root / "papers" / period.label
    run(project, day, "papers", "--month", period.id, "--out", str(out))
    path = out / f"{period.label}拟督办事项建议清单.xlsx"
    ticked = project.root / "审核" / f"{path.stem}（领导勾选）.xlsx"
    write_file(ticked, with_ticks(path.read_bytes(), ticks["rows"], day))
    shutil.rmtree(out.parent)
    words = ("--basis", ticks["basis"], "--by", scenario("decisions.yml")["by"])
    run(project, day, "supervise", str(ticked), *words)


def _annual(project: Project) -> None:
    year = Period.parse("2024")
    assert year
    out = project.root / "forms" / year.id
    run(project, ANNUAL_OUT, "forms", "--year", year.id, "--out", str(out))
    cutoff = cutoff_day(book_on(project, ANNUAL_OUT).loaded.rules, year)
    came = tuple(annual_arrivals(book_on(project, cutoff), out, cutoff))
    _receive(project, year.id, came, cutoff)
    _receive_late(project, year.id, came, cutoff)
