"""The command line: every command reads the plan, does one thing, and says in Chinese how it went."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from generator.cli.chinese import OPTIONS, SUBCOMMAND, in_chinese, speak_chinese
from generator.cli.shared import EXIT_ERRORS, print_faults
from generator.findings import PlanError, shown, suggestion
from generator.storage.text_reader import reason

COMMANDS = {
    "archive": "rolling:archive",
    "audit": "templating:audit_command",
    "build": "building:build",
    "check": "checking:check",
    "close-out": "deciding:close_out",
    "collect": "reporting:collect",
    "diff": "inspecting:diff",
    "evidence": "keeping:evidence",
    "explain": "checking:explain",
    "export": "querying:export",
    "extend": "deciding:extend",
    "fill": "filling:fill",
    "forms": "reporting:forms",
    "import": "drafting:import_command",
    "new": "drafting:new_command",
    "papers": "issuing:papers",
    "review": "deciding:review",
    "review-file": "deciding:review_file",
    "rollover": "rolling:rollover",
    "schema": "querying:schema",
    "score": "deciding:score",
    "serve": "previewing:serve",
    "supervise": "supervising:supervise",
    "tasks": "querying:tasks",
    "templates": "templating:templates",
}
"""Every command with its module here and its function there. Only the one that is called is imported: what reads
and writes Word, Excel and PDF takes longer to import than a plan takes to be checked."""

speak_chinese()
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class _Commands(click.Group):
    """The commands by name, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in COMMANDS:
            near = suggestion(cmd_name, COMMANDS) or "运行 planbook --help 查看全部命令"
            ctx.fail(f"没有“{shown(cmd_name)}”这个命令；{near}")
        module, _, function = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"generator.cli.{module}"), function)
        return in_chinese(command)


@click.group(cls=_Commands, context_settings=CONTEXT, options_metavar=OPTIONS, subcommand_metavar=SUBCOMMAND)
@click.version_option(package_name="planbook", message="planbook %(version)s")
def cli() -> None:
    """planbook：把政府方案变成数据，生成网站、责任矩阵、任务清单和年度考核表。

    \b
    常用：
      planbook check                      检查计划文件
      planbook build                      生成网站和全部材料到 site/
      planbook tasks --unit 区住建局      查某单位的任务
      planbook diff v1.0                  与旧版本比较
    """


def main() -> None:
    """Run the command; a plan that cannot be used ends with its findings, never with a traceback."""
    # One command, then over: a plan is kept to the end, and looking again and again whether it is garbage takes
    # up to a third of the time.
    gc.set_threshold(100_000, 50, 100)
    try:
        cli(prog_name="planbook")
    except PlanError as error:
        print_faults(error.findings)
        _leave(EXIT_ERRORS)
    except OSError as fault:
        click.echo(f"读写不成：{shown(fault.filename or '输出', 200)}：{reason(fault)}", err=True)
        os._exit(EXIT_ERRORS)  # what is left to tell has nowhere to go
    except SystemExit as done:
        _leave(done.code)


def _leave(code: str | int | None) -> NoReturn:
    """End here and now: taking apart all that was read, piece by piece, can take longer than checking a plan."""
    if isinstance(code, str):
        sys.exit(code)
    # Whoever reads what is told may have gone, as `head` does.
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code or 0)
