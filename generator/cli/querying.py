"""Commands that give out the plan's data: export, schema, tasks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.analysis.query import find_duties, find_unit, unit_suggestion
from generator.cli.shared import Day, answering_units, as_of_option, deliver, project_of, project_option, today
from generator.model import Role
from generator.renderers.interchange import interchange, interchange_schema
from generator.renderers.task_query import query_table
from generator.storage import SCHEMA_FOLDER, plan_file_schemas
from generator.writing import write_file


@click.command()
@project_option
@as_of_option
@click.option("--schema", is_flag=True, help="输出数据格式（JSON Schema），不输出数据")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="写入文件，默认直接显示")
def export(folder: Path | None, as_of: date | None, schema: bool, out: Path | None) -> None:
    """输出整套计划的数据（JSON），供其他程序使用。

    例：planbook export --out plan.json
    """
    if schema:
        text = json.dumps(interchange_schema(), ensure_ascii=False, indent=1)
    else:
        found = interchange(pipeline.build_book(project_of(folder), as_of or today()))
        text = found.model_dump_json(indent=1)
    deliver(f"{text}\n".encode(), out)


@click.command()
@project_option
@click.option("--out", type=click.Path(path_type=Path), metavar="文件夹", help="写到哪里，默认 plan/schemas/")
def schema(folder: Path | None, out: Path | None) -> None:
    """写出计划文件的格式说明（JSON Schema），供编辑器补全和检查。

    例：planbook schema
    """
    target = out or project_of(folder).plan / SCHEMA_FOLDER
    for name, content in plan_file_schemas().items():
        write_file(target / name, content)
    click.echo(f"已写出 {len(plan_file_schemas())} 个文件到 {target}")


@click.command()
@project_option
@as_of_option
@click.option("--unit", metavar="单位", help="单位名称、别名或 id，如 区住建局")
@click.option("--role", "roles", type=click.Choice(list(map(str, Role))), multiple=True, help="角色，可多次")
@click.option("--due-by", type=Day(), help="截止日不晚于哪一天（含当天）")
@click.option("--plan", "plan_id", metavar="计划", help="只看一个计划，如 action-2024")
@click.option("--format", "style", type=click.Choice(["table", "csv", "json", "xlsx"]), default="table")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="写入文件；xlsx 必须指定")
def tasks(
    folder: Path | None,
    as_of: date | None,
    unit: str | None,
    roles: tuple[str, ...],
    due_by: date | None,
    plan_id: str | None,
    style: str,
    out: Path | None,
) -> None:
    """查任务：按单位、角色、截止日、计划。

    \b
    例：planbook tasks --unit 区住建局 --role responsible --due-by 2024-12-31
        planbook tasks --unit 区住建局 --format xlsx --out 区住建局任务.xlsx
    角色：lead 牵头，shared 按职责分工负责，responsible 责任单位，support 配合
    """
    if style == "xlsx" and out is None:
        raise click.UsageError("xlsx 不能显示在屏幕上；请用 --out 指定文件")
    book = pipeline.build_book(project_of(folder), as_of or today())
    if plan_id is not None and plan_id not in {plan.id for plan in book.plans}:
        raise click.UsageError(f"没有计划“{plan_id}”；可用的有：{'、'.join(plan.id for plan in book.plans)}")
    found = find_unit(book.graph, unit) if unit is not None else None
    if unit is not None and found is None:
        raise click.UsageError(f"没有单位“{unit}”；{unit_suggestion(book.graph, unit)}")
    units = answering_units(book, found) if found else (None,)
    held = tuple(Role(role) for role in roles)
    duties = tuple(duty for one in units for duty in find_duties(book.graph, one, held, due_by, plan_id))
    deliver(query_table(book, duties, style), out)
