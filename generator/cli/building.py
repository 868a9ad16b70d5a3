"""The command that makes the site: build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.cli.shared import as_of_option, edition_option, project_of, project_option, today
from generator.mkdocs_site import MkDocsSite, PagesError
from generator.project import Edition, Project
from generator.storage.text_reader import reason


@click.command()
@project_option
@as_of_option
@edition_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="生成到哪里，默认 site/，内部版 site-internal/",
)
def build(folder: Path | None, as_of: date | None, edition: Edition, out: Path | None) -> None:
    """生成网站和全部材料；中途停止不会破坏原有的网站。

    \b
    例：planbook build --as-of 2024-06-30
        planbook build --edition internal     内部版，生成到 site-internal/
    """
    project, day = project_of(folder), as_of or today()
    target = (out or project.site_of(edition)).resolve()
    _refuse_foreign_folder(project, target)
    if edition is Edition.INTERNAL and target == project.site.resolve():
        raise click.UsageError(
            f"{target} 是公开版的文件夹；内部版请另指一个，默认 {project.site_of(edition).name}/"
        )
    click.echo("正在生成网站和材料……", err=True)
    try:
        pipeline.build_site(project, day, edition, target, MkDocsSite(project))
    except PagesError as fault:
        click.echo(fault, err=True)
        raise click.ClickException("网页没有生成，原有的网站没有改动；原因见上") from None
    except OSError as fault:
        message = f"写不进 {fault.filename or target}：{reason(fault)}；原有的网站没有改动"
        raise click.ClickException(message) from None
    told = "内部版，不得公开；" if edition is Edition.INTERNAL else ""
    click.echo(f"已生成：{target / 'index.html'}（{told}以 {day.isoformat()} 为准）")


def _refuse_foreign_folder(project: Project, target: Path) -> None:
    """A build replaces its folder: never one that holds something else than a site of ours."""
    ours = not target.exists() or (target / "index.html").exists() or not any(target.glob("[!.]*"))
    if target.is_file() or not ours or project.root.is_relative_to(target):
        raise click.UsageError(f"{target} 里有别的内容，不能用作输出文件夹；请指定新的或空的文件夹")
