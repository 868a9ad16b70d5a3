"""Commands that look at the plan and change nothing: check, explain, diff."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import pipeline
from generator.checks import RULES
from generator.cli.shared import EXIT_ERRORS, project_of, project_option
from generator.findings import has_errors, suggestion
from generator.renderers.changes_text import changes_text
from generator.renderers.findings_text import findings_text
from generator.storage import load_terms


@click.command()
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
    findings = pipeline.examine(project_of(folder)).findings
    titles = {name: rule.title for name, rule in RULES.items()}
    click.echo(findings_text(findings, titles, style, notes), nl=False)
    sys.exit(EXIT_ERRORS if has_errors(findings) else 0)


@click.command()
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
