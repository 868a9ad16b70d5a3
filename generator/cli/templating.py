"""Commands for the looks of papers: check Word templates, get a fresh copy of one, judge a finished paper."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.auditing.audit import audit
from generator.cli.shared import EXIT_ERRORS, as_of_option, files_argument, project_of, project_option, today
from generator.findings import has_errors
from generator.renderers.findings_text import findings_text
from generator.renderers.word_papers import WORD_PAPERS
from generator.storage import load_terms
from generator.storage.text_reader import reason
from generator.templating.word_templates import (
    NoSuchPaperError,
    check_templates,
    copy_template,
    paper_named,
    paper_title,
)
from generator.terms import Terms


@click.group()
def templates() -> None:
    """Word 模板：检查改过样式的模板，取一份新的来改。

    \b
    例：planbook templates new 任务清单
        planbook templates check
    """


@templates.command("check")
@project_option
@as_of_option
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", help="输出格式")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[文件]…")
def check_command(folder: Path | None, as_of: date | None, style: str, files: tuple[Path, ...]) -> None:
    """检查 Word 模板：哪个标签不认识、缺了什么、在第几个表格第几行第几格。

    \b
    不写文件时检查正在使用的全部模板（项目 templates/word/ 中的优先）。只读不执行模板中的内容。
    返回值：0 没有错误（可有警告），1 有错误，2 命令用法不对。
    例：planbook templates check
        planbook templates check templates/word/task_list.docx
    """
    book = pipeline.build_book(project_of(folder), as_of or today())
    findings = tuple(check_templates(book, files))
    click.echo(findings_text(findings, {}, style, True), nl=False)
    sys.exit(EXIT_ERRORS if has_errors(findings) else 0)


@templates.command("new")
@project_option
@click.argument("name", required=False, metavar="[名称]")
def new_template(folder: Path | None, name: str | None) -> None:
    """取一份随程序的模板到项目的 templates/word/，用 Word 或 WPS 改样式；已有的不覆盖。

    例：planbook templates new 任务清单
    """
    project = project_of(folder)
    terms = load_terms(project)
    if name is None:
        click.echo(_paper_list(terms))
        return
    try:
        written = copy_template(project, paper_named(terms, name))
    except NoSuchPaperError as fault:
        raise click.UsageError(f"没有“{name}”的模板；{fault}\n{_paper_list(terms)}") from None
    except FileExistsError as fault:
        raise click.ClickException(f"{fault.args[0]} 已存在，没有覆盖；要重新开始请先把它移走") from None
    except OSError as fault:
        raise click.ClickException(f"写不进 {fault.filename or project.root}：{reason(fault)}") from None
    click.echo(f"已写出 {written}\n改好样式后运行 planbook templates check")


def _paper_list(terms: Terms) -> str:
    """Names and Chinese titles, one paper a line."""
    width = max(map(len, WORD_PAPERS))
    return "\n".join(f"  {paper.name:<{width}}  {paper_title(terms, paper)}" for paper in WORD_PAPERS.values())


@click.command("audit")
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", help="输出格式")
@files_argument
def audit_command(style: str, files: tuple[Path, ...]) -> None:
    """按公文格式（GB/T 9704）检查 Word 材料：纸张、页边距、字体字号、页码、表头、文号、日期等。

    \b
    逐条说明在哪里、现在怎样、应当怎样。只检查格式，不判断内容。
    返回值：0 全部符合，1 有不符合的，2 命令用法不对。
    例：planbook audit 区住建局任务清单.docx
    """
    findings = tuple(found for path in files for found in audit(str(path), path.read_bytes()))
    click.echo(findings_text(findings, {}, style, True), nl=False)
    sys.exit(EXIT_ERRORS if findings else 0)
