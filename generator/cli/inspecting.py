"""The command that compares two versions of a plan: diff."""

from __future__ import annotations

from pathlib import Path

import click

from generator import pipeline
from generator.cli.shared import project_of, project_option
from generator.renderers.changes_text import changes_text
from generator.storage import load_terms


@click.command()
@click.argument("earlier", metavar="旧版本")
@click.argument("later", required=False, metavar="[新版本]")
@project_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出格式")
def diff(folder: Path | None, earlier: str, later: str | None, style: str) -> None:
    """比较两个版本的计划：措施、责任、时限、目标值有什么变化，哪个单位新增、减少了什么任务。

    版本可以是 git 的提交号、标签、分支名，也可以是旧版本所在的文件夹；不写新版本，就与当前文件比较。

    \b
    返回值：0 比较完毕（有无变化都是 0），1 版本读不出来，2 命令用法不对。
    例：planbook diff v1.0
        planbook diff HEAD~3 HEAD
        planbook diff 2024年5月的计划 --format json
    """
    project = project_of(folder)
    changes = pipeline.compare_versions(project, earlier, later, Path.cwd())
    click.echo(changes_text(load_terms(project), changes, style), nl=False)
