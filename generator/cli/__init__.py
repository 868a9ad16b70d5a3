"""The command line: every command reads the plan, does one thing, and says in Chinese how it went."""

from __future__ import annotations

import gc
import sys

import click

from generator.cli.building import build, serve
from generator.cli.deciding import close_out, extend, review, review_file, score
from generator.cli.drafting import import_command, new_command
from generator.cli.filling import fill
from generator.cli.inspecting import check, diff, explain
from generator.cli.issuing import papers
from generator.cli.keeping import evidence
from generator.cli.querying import export, schema, tasks
from generator.cli.reporting import collect, forms
from generator.cli.rolling import archive, rollover
from generator.cli.shared import EXIT_ERRORS, print_findings
from generator.cli.supervising import supervise
from generator.cli.templating import audit_command, templates
from generator.findings import PlanError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(context_settings=CONTEXT)
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


OFFICE_COMMANDS = (fill, forms, collect, review, review_file, score, extend, close_out, papers, supervise)

YEAR_COMMANDS = (rollover, archive, evidence)

PLAN_COMMANDS = (build, check, diff, explain, export, schema, serve, tasks, import_command, new_command)

LOOK_COMMANDS = (templates, audit_command)

for command in (*PLAN_COMMANDS, *OFFICE_COMMANDS, *YEAR_COMMANDS, *LOOK_COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Run the command; a plan that cannot be used ends with its findings, never with a traceback."""
    # One command, then over: a plan is kept to the end, and looking again and again whether it is garbage takes
    # up to a third of the time.
    gc.set_threshold(100_000, 50, 100)
    try:
        cli(prog_name="planbook")
    except PlanError as error:
        print_findings(error.findings)
        sys.exit(EXIT_ERRORS)
