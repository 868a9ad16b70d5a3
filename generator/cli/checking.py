"""Commands about the rules of a plan: check, explain. A keeper calls them all day, so they import little."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.checks import RULES
from generator.cli.shared import EXIT_ERRORS, project_of, project_option
from generator.examining import examine
from generator.findings import has_errors, suggestion
from generator.renderers.findings_text import findings_text


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
    findings = examine(project_of(folder)).findings
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
