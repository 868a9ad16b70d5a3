"""The end of a year: what is unfinished goes on in the next plan, and the year becomes one archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.analysis.tasks import annual_plans
from generator.analysis.wording import day_text
from generator.book import Book
from generator.cli.deciding import annual_plan
from generator.cli.shared import as_of_option, deliver, project_of, project_option, today
from generator.importing import Rollover, roll_over
from generator.storage import load_project, load_terms


@click.command()
@project_option
@as_of_option
@click.option("--plan", "plan_id", metavar="计划", help="从哪个年度计划结转，默认最近一年的")
@click.option("--into", required=True, metavar="计划id", help="结转到哪个计划：已有的年度计划，或新的 id")
@click.option("--continuing", is_flag=True, help="常态化推进、没有时限的任务也一并结转")
def rollover(folder: Path | None, as_of: date | None, plan_id: str | None, into: str, continuing: bool) -> None:
    """把上一年度没有完成的任务结转到下一年度的计划，编号重排，注明来源；已有的内容一律不动。

    \b
    延期批准、已办结单位的核验、分解意见和数量余量一并带过去；运行两次与运行一次相同。
    例：planbook rollover --into action-2025
    """
    project = project_of(folder)
    book = pipeline.build_book(project, as_of or today())
    done = roll_over(book, annual_plan(book, plan_id or _before(book, into)), into, continuing)
    for line in _told(book, done):
        click.echo(line)


def _before(book: Book, into: str) -> str | None:
    """The annual plan before the one that is carried into, where that is there already."""
    years = {plan.id: plan.head.year for plan in annual_plans(book.plans) if plan.head.year}
    earlier = [plan for plan, year in years.items() if year < years.get(into, 0)]
    return max(earlier, key=lambda plan: years[plan], default=None)


def _told(book: Book, done: Rollover) -> Iterator[str]:
    terms = book.terms
    for carried in done.carried:
        units = "、".join(
            f"{book.graph.name(entry.unit)}（{terms.label(entry.state) if entry.state else '未填报'}）"
            for entry in carried.task.open
        )
        known = "" if carried.new else "，以前已结转"
        yield f"{carried.task.row.label} → {carried.label} {carried.task.row.title or ''}{known}：{units}"
    if done.left:
        labels = "、".join(task.row.label for task in done.left)
        yield f"常态化推进、没有时限的 {len(done.left)} 项没有结转：{labels}；需要的加 --continuing"
    for path in done.written:
        yield f"写入 {path}"
    if done.written:
        yield f"以 {day_text(book.as_of)} 的台账为准；请核对后运行 planbook check"
    else:
        yield "没有新的任务需要结转，没有写入"


@click.command()
@project_option
@as_of_option
@click.option("--year", type=click.IntRange(1949, 2200), required=True, help="哪一年，如 2024")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="写到哪里，默认项目文件夹下")
def archive(folder: Path | None, as_of: date | None, year: int, out: Path | None) -> None:
    """把一年归档成一个压缩包：计划和台账数据、下发的表、交回的原件、各期材料和目录（内部资料）。

    \b
    联系人和电话不入档。同样的数据和 --as-of 得到同样的压缩包。
    例：planbook archive --year 2024
    """
    project = project_of(folder)
    day = as_of or today()
    plans = [plan for plan in annual_plans(load_project(project).plans) if plan.head.year == year]
    if not plans:
        raise click.UsageError(f"没有 {year} 年的年度计划；请核对年份")
    terms = load_terms(project)
    for plan in plans:
        several = f" {plan.id}" if len(plans) > 1 else ""
        name = terms("year_archive.file").format(year=f"{year}{several}")
        deliver(pipeline.archive_year(project, day, plan.id), out or project.root / name)
