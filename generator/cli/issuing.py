"""The office's own papers: circular, urging, supervision, summary, ledger; internal, for a month or a year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.analysis.periods import last_day_of_papers
from generator.analysis.tasks import annual_plans
from generator.book import Artifact, Book
from generator.cli.reporting import reporting_period
from generator.cli.shared import as_of_option, project_of, project_option, today
from generator.model import Period
from generator.renderers.office_papers import Issue
from generator.storage import load_project
from generator.storage.text_reader import reason
from generator.writing import file_name, write_file

FOLDER = "papers"


@click.command()
@project_option
@as_of_option
@click.option("--month", "written", metavar="周期", help="哪一期，如 2024-09；也可写旬、周、季")
@click.option("--year", type=click.IntRange(1949, 2200), help="哪一年，如 2024")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件夹", help="放到哪里，默认 papers/<周期>/")
def papers(
    folder: Path | None, as_of: date | None, written: str | None, year: int | None, out: Path | None
) -> None:
    """生成区环委办自用的材料（内部资料）：通报、催报名单、拟督办事项建议清单、督办单、台账；年度的为考核汇总表等。

    \b
    以 --as-of 那天的填报和决定为准；不写时为今天，已到下一期截止日的，取下一期截止日前一天。
    例：planbook papers --month 2024-09
        planbook papers --year 2024 --out 考核
    """
    if (written is None) == (year is None):
        raise click.UsageError("请用 --month 或 --year 指明哪一期，只写一个")
    period = reporting_period(written) if written else Period.parse(str(year))
    if period is None:
        raise click.UsageError(f"“{year}”不是年度；应写作 2024")
    project = project_of(folder)
    day = as_of or min(today(), last_day_of_papers(load_project(project).rules, period))
    if day < period.first:
        raise click.UsageError(f"{period.label}还没有开始（以 {day.isoformat()} 为准）；请核对周期和 --as-of")
    book = pipeline.build_book(project, day)
    target = out or project.root / FOLDER / file_name(period.label)
    written_files = [
        _write(target, artifact) for artifact in pipeline.render_papers(book, annual_issue(book, period))
    ]
    for path in written_files:
        click.echo(f"{path}")
    click.echo(f"已生成 {len(written_files)} 份内部资料（以 {day.isoformat()} 为准）")


def annual_issue(book: Book, period: Period) -> Issue:
    """The annual plan that the period belongs to: its own year's, else the latest before it."""
    years = [plan for plan in annual_plans(book.plans) if (plan.head.year or 0) <= period.last.year]
    if not years:
        raise click.UsageError(f"没有 {period.last.year} 年或以前的年度计划；请核对周期")
    return Issue(max(years, key=lambda plan: plan.head.year or 0).id, period)


def _write(target: Path, artifact: Artifact) -> Path:
    path = target / artifact.path
    try:
        write_file(path, artifact.content)
    except OSError as fault:
        raise click.ClickException(f"写不进 {path}：{reason(fault)}") from None
    return path
