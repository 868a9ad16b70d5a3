"""`planbook supervise`: what a leader ticked in the list of proposed supervision becomes decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.cli.shared import Day, as_of_option, project_of, project_option, today
from generator.forms.deciding import Decider, write_supervisions
from generator.forms.safe_zip import MAX_FILE, RefusedFileError
from generator.forms.supervision_reader import read_supervision_list

EXIT_DOUBTS = 1


@click.command()
@project_option
@as_of_option
@click.option("--basis", required=True, metavar="依据", help="如 区政府领导9月30日批示")
@click.option("--by", required=True, metavar="作出单位", help="单位、职务或会议，不写姓名")
@click.option("--on", type=Day(), help="日期，默认今天")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件")
def supervise(folder: Path | None, as_of: date | None, basis: str, by: str, on: date | None, file: Path) -> None:
    """采用领导在拟督办事项建议清单里的勾选，写入 decisions/；再用 planbook papers 生成督办单。

    \b
    同一份清单读两次不会重复写入。返回值：0 全部采用，1 有勾选的行没有采用。
    例：planbook supervise 2024年9月拟督办事项建议清单.xlsx --basis 领导批示 --by 区环委办
    """
    book = pipeline.build_book(project_of(folder), as_of or today())
    try:
        if file.stat().st_size > MAX_FILE:
            raise RefusedFileError(f"文件超过 {MAX_FILE // 1_000_000} MB，不像是下发的清单")
        ticked = read_supervision_list(book, file.read_bytes(), Decider(by, basis, on or book.as_of))
    except RefusedFileError as refused:
        raise click.ClickException(f"{file.name}：{refused}") from None
    if ticked.supervisions:
        path, count = write_supervisions(book, ticked.plan, ticked.supervisions)
        known = len(ticked.supervisions) - count
        click.echo(f"写入 {count} 条到 {path}" if count else f"没有新的决定，{path} 没有改动")
        if known:
            click.echo(f"{known} 条以前已经写过")
    elif not ticked.problems:
        click.echo("清单里没有勾选的事项，没有写入")
    for problem in ticked.problems:
        click.echo(f"{file.name} {problem}")
    if ticked.problems:
        raise SystemExit(EXIT_DOUBTS)
