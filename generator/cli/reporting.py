"""Papers out and back: the forms of a month or a year, and collecting what was filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.analysis.periods import cutoff_day, notice_day
from generator.analysis.query import find_unit, unit_suggestion
from generator.book import Book
from generator.cli.shared import answering_units, as_of_option, project_of, project_option, today
from generator.forms.accounts import Outcome, account_lines
from generator.forms.collection import collect as collect_files
from generator.forms.collection import write_account, write_feedback
from generator.forms.outgoing import annual_forms, period_forms
from generator.model import Period, PeriodKind
from generator.writing import write_file

EXIT_DOUBTS = 1
RETURNS = "returns"
COMMAND = '#!/bin/sh\ncd "$(dirname "$0")/.." && planbook collect; printf "按回车键关闭"; read answer\n'
BATCH = '@echo off\r\nchcp 65001 >nul\r\ncd /d "%~dp0.."\r\nplanbook collect\r\npause\r\n'


def reporting_period(written: str) -> Period:
    """A week, ten days, month or quarter as it is written; a misuse that says how to write it otherwise."""
    period = Period.parse(written)
    if period is None or period.kind is PeriodKind.YEAR:
        raise click.UsageError(f"“{written}”不是报送周期；应写作 2024-09、2024-Q3、2024-09-D1 或 2024-W36")
    return period


def unit_id(book: Book, unit: str | None) -> str | None:
    """The id of the unit that an option means; a misuse that names the nearest where there is none."""
    if unit is None:
        return None
    found = find_unit(book.graph, unit)
    if found is None:
        raise click.UsageError(f"没有单位“{unit}”；{unit_suggestion(book.graph, unit)}")
    return found


@click.command()
@project_option
@as_of_option
@click.option("--month", "period", metavar="周期", help="月调度表的周期，如 2024-09；也可写旬、周、季")
@click.option("--year", type=int, help="年度考核表的年度，如 2024")
@click.option("--unit", metavar="单位", help="只出一个单位的表")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="文件夹", help="放到哪里")
def forms(
    folder: Path | None, as_of: date | None, period: str | None, year: int | None, unit: str | None, out: Path
) -> None:
    """生成要发给各单位填写的表：月调度表（Excel 和 Word）或年度考核表（Word）。

    \b
    例：planbook forms --month 2024-09 --out 九月
        planbook forms --year 2024 --unit 区住建局 --out 考核
    """
    if (period is None) == (year is None):
        raise click.UsageError("请用 --month 或 --year 指明出哪一种表，只写一个")
    wanted = reporting_period(period) if period else None
    book = pipeline.build_book(project_of(folder), as_of or today())
    named = unit_id(book, unit)
    only = answering_units(book, named) if named else ()
    drawn = period_forms(book, wanted, only) if wanted else annual_forms(book, year or 0, only)
    count = 0
    for name, content in drawn:
        write_file(out / name, content)
        count += 1
    if not count:
        raise click.ClickException("没有单位需要填这种表；请核对周期、年度和单位")
    click.echo(f"已生成 {count} 个文件到 {out}")
    if wanted:
        _tell_notice(book, wanted)


def _tell_notice(book: Book, period: Period) -> None:
    """Units need their days: forms that go out later than the rules promise are told."""
    rules = book.loaded.rules
    latest = notice_day(rules, period)
    if book.as_of > latest:
        told = f"截止日 {cutoff_day(rules, period)}，提前 {rules.notice_workdays} 个工作日，应在 {latest} 前下发"
        click.echo(f"注意：{told}；今天下发已晚，请顺延截止日或先通知各单位", err=True)


@click.command()
@project_option
@as_of_option
@click.option("--month", "period", metavar="周期", help="看不出月份的扫描件等算作哪一期，如 2024-09")
@click.option(
    "--convert/--no-convert",
    default=True,
    help="旧格式（.doc、.xls、.wps、.et、.ods）是否用本机的 LibreOffice 转换，默认转换",
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[文件、文件夹或压缩包]…")
def collect(
    folder: Path | None, as_of: date | None, period: str | None, convert: bool, paths: tuple[Path, ...]
) -> None:
    """收表：读取各单位交回的表，写入 progress/；不写文件时读取 returns/ 文件夹。

    \b
    逐个文件说明收了什么、没有收什么和为什么，并存为“收表情况”；需退回的另存“退回意见”。同一文件收两次不会改变什么。
    返回值：0 全部收下，1 有文件未收或待确认。
    例：planbook collect
        planbook collect 九月回收.zip
    """
    project = project_of(folder)
    default = project.root / RETURNS
    if not paths:
        _prepare(default)
    wanted = reporting_period(period) if period else None
    book = pipeline.build_book(project, as_of or today())
    collected = collect_files(book, paths or (default,), wanted, convert)
    for line in account_lines(book, collected.accounts):
        click.echo(line)
    if told := write_account(book, collected, default):
        click.echo(f"收表情况：{told}")
    for path in write_feedback(book, collected, default):
        click.echo(f"退回意见：{path}")
    if not collected.accounts:
        click.echo(f"没有文件；请把交回的表放进 {default}，再运行一次")
    if any(account.outcome in {Outcome.REFUSED, Outcome.ASKED} for account in collected.accounts):
        raise SystemExit(EXIT_DOUBTS)


def _prepare(returns: Path) -> None:
    """The folder to drop files in, with one thing to double-click on either kind of machine."""
    for name, content in (("收表.command", COMMAND.encode()), ("收表.bat", BATCH.encode())):
        path = returns / name
        if not path.exists():
            write_file(path, content)
            path.chmod(0o755)
