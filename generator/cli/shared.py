"""What every command shares: its options, the project it works on, the clock, and where its answer goes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.findings import Finding, Severity, day_fault, shown
from generator.graph import successors_on
from generator.project import Edition, Project, find_project
from generator.storage.text_reader import reason
from generator.writing import write_file

if TYPE_CHECKING:
    from generator.book import Book

EXIT_ERRORS = 1


class Day(click.ParamType[date]):
    """A day written as 2024-12-31."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; a misuse that says how to write it otherwise."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return self.fail(f"“{shown(value)}”不是日期；{day_fault(str(value))}", param, ctx)


project_option = click.option(
    "--project",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="文件夹",
    help="项目文件夹；默认从当前文件夹向上，找到有 plan/ 的文件夹",
)
as_of_option = click.option("--as-of", type=Day(), help="以哪一天为准，默认今天，如 2024-06-30")

files_argument = click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="文件…",
)

edition_option = click.option(
    "--edition",
    type=click.Choice([edition.value for edition in Edition]),
    callback=lambda _context, _option, value: Edition(value),
    envvar="PLANBOOK_EDITION",
    default=Edition.PUBLIC.value,
    show_default=True,
    help="public 公开版，只有计划本身；internal 内部版，含进展，每页注明“内部资料”，不得公开",
)


def project_of(folder: Path | None) -> Project:
    """The project that the options mean; a misuse where there is none."""
    found = Project(folder.resolve()) if folder else find_project(Path.cwd())
    if found is None or not found.plan.is_dir():
        raise click.UsageError(f"{folder or '当前文件夹及其上级'}没有 plan/；请用 --project 指明项目文件夹")
    return found


def today() -> date:
    """The only clock of the command line."""
    return datetime.now(UTC).astimezone().date()


def answering_units(book: Book, unit: str) -> tuple[str, ...]:
    """A unit, or those that answer for it on the book's day; says so where it was renamed, merged or split."""
    found = successors_on(book.graph, unit, book.as_of)
    if found != (unit,):
        now = "、".join(map(book.graph.name, found))
        click.echo(f"“{book.graph.name(unit)}”已撤并或更名，现由{now}承担", err=True)
    return found


def print_faults(findings: tuple[Finding, ...]) -> None:
    """What stopped a command, on the error output: one fault is not to be looked for among a hundred notes."""
    faults = [finding for finding in findings if finding.severity is Severity.ERROR] or findings
    for finding in faults:
        click.echo(str(finding), err=True)
    if len(faults) < len(findings):
        rest = len(findings) - len(faults)
        click.echo(f"以上错误改好后再运行；另有警告和提示 {rest} 条，运行 planbook check 查看", err=True)


def deliver(content: bytes, out: Path | None) -> None:
    """To a file, whole or not at all, or to the terminal."""
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        write_file(out, content)
    except OSError as fault:
        raise click.ClickException(f"写不进 {out}：{reason(fault)}") from None
    click.echo(f"已写入 {out}")
