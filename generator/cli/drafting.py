"""`planbook import` and `planbook new`: a plan begins, from a document or empty."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.shared import project_option
from generator.importing import import_document, new_plan, summary_lines
from generator.project import Project, find_project


def _project_to_be(folder: Path | None) -> Project:
    """The project that the options mean; where there is none yet, it begins in the folder itself."""
    if folder is not None:
        return Project(folder.resolve())
    return find_project(Path.cwd()) or Project(Path.cwd())


@click.command("import")
@project_option
@click.argument("document", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件")
@click.option("--id", "plan_id", required=True, metavar="计划id", help="小写字母、数字和连字符，如 scheme-2025")
@click.option("--annex-id", "annex_ids", multiple=True, metavar="计划id", help="附件另成计划时的 id，可多次")
@click.option("--update", is_flag=True, help="计划已存在时写入差别；人工改过的文件不动")
def import_command(
    folder: Path | None, document: Path, plan_id: str, annex_ids: tuple[str, ...], update: bool
) -> None:
    """把政府文件变成计划草稿，存疑之处逐一标出。

    \b
    可读 Word、PDF（有文字层）、HTML、Markdown、文本、Excel 和 CSV。
    计划已存在时只显示差别，加 --update 才写入。
    例：planbook import 实施方案.docx --id scheme-2025 --annex-id action-2025
    """
    outcome = import_document(_project_to_be(folder), document, plan_id, annex_ids, update)
    for line in summary_lines(outcome):
        click.echo(line)


@click.command("new")
@project_option
@click.argument("plan_id", metavar="计划id")
def new_command(folder: Path | None, plan_id: str) -> None:
    """新建一份空白计划，供直接编写。

    例：planbook new scheme-2025
    """
    written = new_plan(_project_to_be(folder), plan_id)
    for name in written:
        click.echo(f"plan/{name}")
    click.echo(f"已写出 {len(written)} 个文件；请按文件中的说明填写后运行 planbook check")
