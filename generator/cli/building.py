"""Commands that make the site: build, serve."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console

from generator import pipeline
from generator.cli.shared import as_of_option, edition_option, project_of, project_option, today
from generator.project import Edition, Project


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
    with Console(stderr=True).status("正在生成网站和材料……"):
        try:
            pipeline.build_site(project, day, edition, target, _start_mkdocs)
        except OSError as fault:
            message = f"写不进 {fault.filename or target}：{fault.strerror}；原有的网站没有改动"
            raise click.ClickException(message) from None
    told = "内部版，不得公开；" if edition is Edition.INTERNAL else ""
    click.echo(f"已生成：{target / 'index.html'}（{told}以 {day.isoformat()} 为准）")


def _refuse_foreign_folder(project: Project, target: Path) -> None:
    """A build replaces its folder: never one that holds something else than a site of ours."""
    ours = not target.exists() or (target / "index.html").exists() or not any(target.glob("[!.]*"))
    if target.is_file() or not ours or project.root.is_relative_to(target):
        raise click.UsageError(f"{target} 里有别的内容，不能用作输出文件夹；请指定新的或空的文件夹")


def _mkdocs_environment(project: Project, as_of: date, edition: Edition, downloads: bool) -> dict[str, str]:
    epoch = int(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).timestamp())
    return {
        **os.environ,
        "PLANBOOK_PROJECT": str(project.root),
        "PLANBOOK_AS_OF": as_of.isoformat(),
        "PLANBOOK_EDITION": edition.value,
        "PLANBOOK_DOWNLOADS": "1" if downloads else "0",
        "SOURCE_DATE_EPOCH": str(epoch),
        "NO_MKDOCS_2_WARNING": "1",
    }


def _start_mkdocs(project: Project, as_of: date, edition: Edition, folder: Path) -> Callable[[], None]:
    """Build the pages in a process of its own; what it prints is shown only when it fails."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)]
    command += ["-f", str(project.mkdocs_yml)]
    environment = _mkdocs_environment(project, as_of, edition, downloads=False)
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


@click.command()
@project_option
@as_of_option
@edition_option
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="地址", help="在哪个地址打开")
@click.option("--pages-only", is_flag=True, help="只生成网页，不画 Word、Excel 等材料，刷新更快")
def serve(folder: Path | None, as_of: date | None, edition: Edition, address: str, pages_only: bool) -> None:
    """在本机打开网站；计划文件或模板一改就刷新。按 Ctrl+C 结束。

    例：planbook serve --pages-only
    """
    project = project_of(folder)
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(project.mkdocs_yml), "-a", address]
    environment = _mkdocs_environment(project, as_of or today(), edition, downloads=not pages_only)
    try:
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(0)
