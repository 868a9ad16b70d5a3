"""`planbook fill`: the upper level's own Excel template filled from our rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.cli.issuing import annual_issue
from generator.cli.reporting import reporting_period, unit_id
from generator.cli.shared import as_of_option, deliver, project_of, project_option, today
from generator.filling.filler import Request
from generator.filling.filler import fill as fill_template
from generator.storage.mapping_file import load_mapping

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@project_option
@as_of_option
@click.argument("template", type=FILE, metavar="模板.xlsx")
@click.option("--map", "mapping", type=FILE, required=True, metavar="对照文件", help="哪一列填什么（YAML）")
@click.option("--month", "written", required=True, metavar="周期", help="哪一期，如 2024-09；也可写旬、周、季")
@click.option("--unit", metavar="单位", help="只填一个单位的任务")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="文件", help="写到哪里，.xlsx")
def fill(
    folder: Path | None,
    as_of: date | None,
    template: Path,
    mapping: Path,
    written: str,
    unit: str | None,
    out: Path,
) -> None:
    """把本区的任务和进展填进上级下发的 Excel 表；表头、样式、合并单元格和公式不变。

    \b
    对照文件写明从第几行起填、哪一列填哪个字段，见 docs/restyling.md 和 templates/excel/ 的样例。
    例：planbook fill 市月报.xlsx --map 市月报.yml --month 2024-09 --out 九月报市.xlsx
    """
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"“{out.name}”应以 .xlsx 结尾")
    if out.exists() and out.samefile(template):
        raise click.UsageError("--out 不能就是模板；请另写一个文件名，模板下次还要用")
    asked, source = load_mapping(mapping)
    period = reporting_period(written)
    book = pipeline.build_book(project_of(folder), as_of or today())
    request = Request(
        template=template.read_bytes(),
        mapping=asked,
        source=source,
        plan=annual_issue(book, period).plan,
        period=period,
        unit=unit_id(book, unit),
    )
    filled = fill_template(book, request)
    deliver(filled.content, out)
    click.echo(f"填入 {filled.rows} 行（{period.label}，以 {book.as_of.isoformat()} 为准）")
    if filled.lost:
        click.echo("注意：模板里的图表、透视表或控件没有带过来，请从模板里复制", err=True)
