"""`planbook evidence`: a folder for the evidence of every task, and what is named in returns but not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.analysis.evidence import NamedEvidence, check_evidence, named_evidence, tasks_with_folders
from generator.analysis.tasks import annual_plans
from generator.book import Book
from generator.cli.shared import as_of_option, project_of, project_option, today
from generator.model import Period
from generator.writing import file_name, make_folders

EXIT_MISSING = 1


@click.command()
@project_option
@as_of_option
@click.option("--year", type=click.IntRange(1949, 2200), required=True, help="哪一年，如 2024")
def evidence(folder: Path | None, as_of: date | None, year: int) -> None:
    """按任务编号建好佐证材料文件夹（evidence/年度/任务编号/），并核对所报佐证编号有没有材料。

    \b
    材料的文件名以佐证编号开头，如 佐证3 现场照片.jpg。这个文件夹不进 git。
    返回值：0 都有，1 有编号没有材料。
    例：planbook evidence --year 2024
    """
    book = pipeline.build_book(project_of(folder), as_of or today())
    plans = [plan for plan in annual_plans(book.plans) if plan.head.year == year]
    if not plans:
        raise click.UsageError(f"没有 {year} 年的年度计划；请核对年份")
    root = book.project.evidence / str(year)
    lacking = 0
    for plan in plans:
        tasks = tasks_with_folders(book.ledger, plan)
        named = named_evidence(plan)
        folders = {task: root / file_name(task) for task in dict.fromkeys((*tasks, *(one.task for one in named)))}
        made = make_folders(folders.values())
        found = check_evidence(named, {task: tuple(_names(path)) for task, path in folders.items()})
        click.echo(f"{root}：{len(folders)} 个任务的文件夹，新建 {made} 个")
        click.echo(
            f"所报佐证编号 {len(named)} 个，有材料的 {len(found.present)} 个，没有的 {len(found.missing)} 个"
        )
        for one in found.missing:
            click.echo(f"  缺：{one.task} 佐证“{one.number}”（{_where(book, one)}）")
        for name in found.unnamed:
            click.echo(f"  没有任何填报提到：{name}")
        lacking += len(found.missing)
    if lacking:
        raise SystemExit(EXIT_MISSING)


def _names(folder: Path) -> Iterator[str]:
    yield from sorted(path.name for path in folder.iterdir() if not path.name.startswith(("._", ".", "~$")))


def _where(book: Book, one: NamedEvidence) -> str:
    period = Period.parse(one.where)
    if one.unit is None:
        return f"环委办决定 {one.where}"
    return f"{book.graph.name(one.unit)} {period.label if period else one.where}"
