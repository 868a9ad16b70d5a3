"""The command that shows the site while the plan is edited: serve."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import click

from generator import serving
from generator.cli.shared import as_of_option, edition_option, project_of, project_option, today
from generator.project import Edition
from generator.storage.text_reader import reason

LAST_PORT = 65_535


@click.command()
@project_option
@as_of_option
@edition_option
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    callback=lambda _context, _option, value: _address(value),
    metavar="地址",
    help="在哪个地址打开",
)
def serve(folder: Path | None, as_of: date | None, edition: Edition, address: str) -> None:
    """在本机打开网站；计划文件或模板一改就刷新。按 Ctrl+C 结束。

    例：planbook serve --address 127.0.0.1:8080
    """
    try:
        serving.serve(project_of(folder), as_of or today(), edition, address, click.echo)
    except OSError as fault:
        raise click.ClickException(f"{address} 打不开：{_reason(fault)}；请用 --address 另指一个") from None


def _reason(fault: OSError) -> str:
    if isinstance(fault, socket.gaierror):
        return "不认识这个主机名"
    return reason(fault)


def _address(written: str) -> str:
    host, _, port = written.rpartition(":")
    if not host or not port.isdigit() or int(port) > LAST_PORT:
        raise click.BadParameter(f"“{written}”不是地址；应写作 127.0.0.1:8000")
    return written
