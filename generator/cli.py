"""The command line: every command reads the plan, does one thing, and says in Chinese how it went."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from generator import pipeline
from generator.analysis.query import find_duties, find_unit, unit_suggestion
from generator.checks import RULES
from generator.findings import Finding, PlanError, has_errors, suggestion
from generator.model import Role
from generator.project import Project, find_project
from generator.renderers.findings_text import findings_text
from generator.renderers.interchange import interchange, interchange_schema
from generator.renderers.task_query import query_table
from generator.storage import SCHEMA_FOLDER, plan_file_schemas
from generator.writing import write_file

EXIT_ERRORS = 1
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


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
            return self.fail(f"“{value}”不是日期；应写作 2024-12-31", param, ctx)


project_option = click.option(
    "--project",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="文件夹",
    help="项目文件夹；默认从当前文件夹向上，找到有 plan/ 的文件夹",
)
as_of_option = click.option("--as-of", type=Day(), help="以哪一天为准，默认今天，如 2024-06-30")


def _project(folder: Path | None) -> Project:
    found = Project(folder.resolve()) if folder else find_project(Path.cwd())
    if found is None or not found.plan.is_dir():
        raise click.UsageError(f"{folder or '当前文件夹及其上级'}没有 plan/；请用 --project 指明项目文件夹")
    return found


def _today() -> date:
    """The only clock of the command line."""
    return datetime.now(UTC).astimezone().date()


def _print_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        click.echo(str(finding), err=True)


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="planbook", message="planbook %(version)s")
def cli() -> None:
    """planbook：把政府方案变成数据，生成网站、责任矩阵、任务清单和年度考核表。

    \b
    常用：
      planbook check                      检查计划文件
      planbook build                      生成网站和全部材料到 site/
      planbook tasks --unit 区住建局      查某单位的任务
    """


def main() -> None:
    """Run the command; a plan that cannot be used ends with its findings, never with a traceback."""
    try:
        cli(prog_name="planbook")
    except PlanError as error:
        _print_findings(error.findings)
        sys.exit(EXIT_ERRORS)


@cli.command()
@project_option
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", help="输出格式")
@click.option("--notes", is_flag=True, help="逐条列出提示（默认每条规则只给合计）")
def check(folder: Path | None, style: str, notes: bool) -> None:
    """检查计划文件，一次列出全部问题。

    \b
    返回值：0 没有错误（可有警告），1 有错误，2 命令用法不对。
    例：planbook check --notes
        planbook check --format json
    """
    findings = pipeline.examine(_project(folder)).findings
    titles = {name: rule.title for name, rule in RULES.items()}
    click.echo(findings_text(findings, titles, style, notes), nl=False)
    sys.exit(EXIT_ERRORS if has_errors(findings) else 0)


@cli.command()
@click.argument("rule", required=False, metavar="[规则]")
def explain(rule: str | None) -> None:
    """说明一条检查规则；不带规则名时列出全部规则。

    例：planbook explain unit-unknown
    """
    if rule is None:
        for name, found in sorted(RULES.items()):
            click.echo(f"{name}  {found.title}")
        return
    if rule not in RULES:
        hint = suggestion(rule, RULES) or "运行 planbook explain 可列出全部规则"
        raise click.UsageError(f"没有规则“{rule}”；{hint}")
    found = RULES[rule]
    click.echo(f"{rule} · {found.severity} · {found.title}\n\n{found.explanation}")


@cli.command()
@project_option
@as_of_option
@click.option("--out", type=click.Path(path_type=Path), metavar="文件夹", help="生成到哪里，默认 site/")
def build(folder: Path | None, as_of: date | None, out: Path | None) -> None:
    """生成网站和全部材料；中途停止不会破坏原有的网站。

    例：planbook build --as-of 2024-06-30
    """
    project, day = _project(folder), as_of or _today()
    target = (out or project.site).resolve()
    _refuse_foreign_folder(project, target)
    with Console(stderr=True).status("正在生成网站和材料……"):
        try:
            pipeline.build_site(project, day, target, _start_mkdocs)
        except OSError as fault:
            message = f"写不进 {fault.filename or target}：{fault.strerror}；原有的网站没有改动"
            raise click.ClickException(message) from None
    click.echo(f"已生成：{target / 'index.html'}（以 {day.isoformat()} 为准）")


def _refuse_foreign_folder(project: Project, target: Path) -> None:
    """A build replaces its folder: never one that holds something else than a site of ours."""
    ours = not target.exists() or (target / "index.html").exists() or not any(target.glob("[!.]*"))
    if target.is_file() or not ours or project.root.is_relative_to(target):
        raise click.UsageError(f"{target} 里有别的内容，不能用作输出文件夹；请指定新的或空的文件夹")


def _mkdocs_environment(project: Project, as_of: date, downloads: bool) -> dict[str, str]:
    epoch = int(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).timestamp())
    return {
        **os.environ,
        "PLANBOOK_PROJECT": str(project.root),
        "PLANBOOK_AS_OF": as_of.isoformat(),
        "PLANBOOK_DOWNLOADS": "1" if downloads else "0",
        "SOURCE_DATE_EPOCH": str(epoch),
        "NO_MKDOCS_2_WARNING": "1",
    }


def _start_mkdocs(project: Project, as_of: date, folder: Path) -> Callable[[], None]:
    """Build the pages in a process of its own; what it prints is shown only when it fails."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)]
    command += ["-f", str(project.mkdocs_yml)]
    environment = _mkdocs_environment(project, as_of, downloads=False)
    pipe = subprocess.PIPE
    environment["PLANBOOK_CHILD"] = "1"
    process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT)

    def finish() -> None:
        output = process.stdout.read() if process.stdout else b""
        process.wait()
        if process.returncode:
            click.echo(output.decode(errors="replace"), err=True)
            raise click.ClickException("网页没有生成，原有的网站没有改动；原因见上")

    return finish


@cli.command()
@project_option
@as_of_option
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="地址", help="在哪个地址打开")
@click.option("--pages-only", is_flag=True, help="只生成网页，不画 Word、Excel 等材料，刷新更快")
def serve(folder: Path | None, as_of: date | None, address: str, pages_only: bool) -> None:
    """在本机打开网站；计划文件或模板一改就刷新。按 Ctrl+C 结束。

    例：planbook serve --pages-only
    """
    project = _project(folder)
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(project.mkdocs_yml), "-a", address]
    environment = _mkdocs_environment(project, as_of or _today(), downloads=not pages_only)
    try:
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(0)


@cli.command()
@project_option
@as_of_option
@click.option("--schema", is_flag=True, help="输出数据格式（JSON Schema），不输出数据")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="写入文件，默认直接显示")
def export(folder: Path | None, as_of: date | None, schema: bool, out: Path | None) -> None:
    """输出整套计划的数据（JSON），供其他程序使用。

    例：planbook export --out plan.json
    """
    if schema:
        value = interchange_schema()
    else:
        value = interchange(pipeline.build_book(_project(folder), as_of or _today()))
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    _deliver(text.encode(), out)


@cli.command()
@project_option
@click.option("--out", type=click.Path(path_type=Path), metavar="文件夹", help="写到哪里，默认 plan/schemas/")
def schema(folder: Path | None, out: Path | None) -> None:
    """写出计划文件的格式说明（JSON Schema），供编辑器补全和检查。

    例：planbook schema
    """
    target = out or _project(folder).plan / SCHEMA_FOLDER
    for name, content in plan_file_schemas().items():
        write_file(target / name, content)
    click.echo(f"已写出 {len(plan_file_schemas())} 个文件到 {target}")


@cli.command()
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
    book = pipeline.build_book(_project(folder), as_of or _today())
    if plan_id is not None and plan_id not in {plan.id for plan in book.plans}:
        raise click.UsageError(f"没有计划“{plan_id}”；可用的有：{'、'.join(plan.id for plan in book.plans)}")
    found = find_unit(book.graph, unit) if unit is not None else None
    if unit is not None and found is None:
        raise click.UsageError(f"没有单位“{unit}”；{unit_suggestion(book.graph, unit)}")
    duties = find_duties(book.graph, found, tuple(Role(role) for role in roles), due_by, plan_id)
    _deliver(query_table(book, duties, style), out)


def _deliver(content: bytes, out: Path | None) -> None:
    """To a file, whole or not at all, or to the terminal."""
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        write_file(out, content)
    except OSError as fault:
        raise click.ClickException(f"写不进 {out}：{fault.strerror}") from None
    click.echo(f"已写入 {out}")
