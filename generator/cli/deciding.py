"""What the office decides in the year: review, score, extend, close-out; each writes one entry to decisions/."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from generator import pipeline
from generator.analysis.query import find_unit, unit_suggestion
from generator.analysis.tasks import annual_plans
from generator.book import Book
from generator.cli.shared import Day, as_of_option, files_argument, project_of, project_option, today
from generator.findings import suggestion
from generator.forms.collecting import reportable_texts
from generator.forms.deciding import Decider, OfficeColumns, office_columns, write_rulings
from generator.forms.safe_zip import RefusedFileError
from generator.model import CloseOut, Extension, LedgerState, Review, Ruling, Score

F = TypeVar("F", bound=Callable[..., Any])


def decision_options(function: F) -> F:
    """What every decision has: task, unit, basis, who, when."""
    options = (
        project_option,
        as_of_option,
        click.option("--plan", "plan_id", metavar="计划", help="年度计划，默认最近一年的"),
        click.option("--task", required=True, metavar="任务编号", help="如 行动-09；考核指标写 common.reports"),
        click.option("--unit", metavar="单位", help="不写为这个任务的全部单位"),
        click.option("--basis", required=True, metavar="依据", help="如 现场核查记录3号"),
        click.option("--by", required=True, metavar="作出单位", help="单位、职务或会议，不写姓名"),
        click.option("--on", type=Day(), help="日期，默认今天"),
    )
    for option in reversed(options):
        function = option(function)
    return function


def annual_plan(book: Book, plan_id: str | None) -> str:
    """The id of the annual plan that is meant: the one named, else the latest that has begun."""
    plans = [plan.id for plan in annual_plans(book.plans)]
    if plan_id in plans:
        return plan_id
    if plan_id is not None or not plans:
        raise click.UsageError(f"没有年度计划“{plan_id or ''}”；可用的有：{'、'.join(plans) or '无'}")
    years = [plan.id for plan in annual_plans(book.plans) if (plan.head.year or 0) <= book.as_of.year]
    return (years or plans)[-1]


def _decide(kind: type[Ruling], field: str, given: dict[str, Any], values: dict[str, Any]) -> None:
    """Check the names, then write the entry."""
    book = pipeline.build_book(project_of(given["folder"]), given["as_of"] or today())
    plan = annual_plan(book, given["plan_id"])
    texts = reportable_texts(book, plan)
    if given["task"] not in texts:
        hint = suggestion(given["task"], texts) or "任务编号见任务清单"
        raise click.UsageError(f"没有任务“{given['task']}”；{hint}")
    unit = find_unit(book.graph, given["unit"]) if given["unit"] else None
    if given["unit"] and unit is None:
        raise click.UsageError(f"没有单位“{given['unit']}”；{unit_suggestion(book.graph, given['unit'])}")
    common = {key: given[key] for key in ("task", "basis", "by")}
    record = {**common, "unit": unit, "on": given["on"] or book.as_of, **values}
    try:
        ruling = kind.model_validate({key: value for key, value in record.items() if value not in (None, ())})
    except ValidationError as fault:
        raise click.UsageError("；".join(_told(error["msg"]) for error in fault.errors())) from None
    path, count = write_rulings(book, plan, {field: (ruling,)})
    click.echo(f"已写入 {path}" if count else f"{path} 里已有同样的决定，没有重复写入")


def _told(message: str) -> str:
    return message.removeprefix("Value error, ")


@click.command()
@decision_options
@click.option("--period", required=True, metavar="周期", help="审核哪一期，如 2024-09")
@click.option("--state", type=click.Choice([str(state) for state in LedgerState]), help="认定状态")
@click.option("--opinion", metavar="文字", help="审核意见")
@click.option("--wording", metavar="文字", help="审定文字，与单位所报并列")
@click.option("--send-back", "sent_back", is_flag=True, help="退回修改")
@click.option("--overdue", is_flag=True, help="认定逾期")
@click.option("--evidence", multiple=True, metavar="编号", help="佐证编号，可多次")
def review(**given: Any) -> None:
    """审核单位所报，写入 decisions/；工作簿里填好的审核栏用 planbook review-file 采用。

    \b
    例：planbook review --task 行动-09 --unit 区住建局 --period 2024-09 --state behind \\
          --opinion 与现场不符 --basis 现场核查 --by 区环委办
    状态：not_started 未启动，on_track 正常推进，behind 滞后，blocked 受阻需协调，continuing 常态化推进，
          completion_claimed 申请办结，not_concerned 不涉及
    """
    keys = ("period", "state", "opinion", "wording", "sent_back", "overdue", "evidence")
    _decide(Review, "reviews", given, {key: given[key] for key in keys})


@click.command("review-file")
@project_option
@as_of_option
@click.option("--basis", required=True, metavar="依据")
@click.option("--by", required=True, metavar="作出单位", help="单位、职务或会议，不写姓名")
@click.option("--on", type=Day(), help="日期，默认今天")
@files_argument
def review_file(
    folder: Path | None, as_of: date | None, basis: str, by: str, on: date | None, files: tuple[Path, ...]
) -> None:
    """采用环委办在调度表里填的审核意见和认定状态，写入 decisions/。

    例：planbook review-file 九月/区住建局.xlsx --basis 九月审核 --by 区环委办
    """
    book = pipeline.build_book(project_of(folder), as_of or today())
    decider = Decider(by, basis, on or book.as_of)
    read = [(file.name, _office_columns(book, file, decider)) for file in files]
    for name, found in read:
        click.echo(f"{name}：采用 {len(found.reviews) + len(found.close_outs)} 条")
        for problem in found.problems:
            click.echo(f"{name}：{problem}")
    for plan in dict.fromkeys(found.key.plan for _, found in read):
        own = [found for _, found in read if found.key.plan == plan]
        rulings: dict[str, tuple[Ruling, ...]] = {
            "reviews": tuple(one for found in own for one in found.reviews),
            "close_outs": tuple(one for found in own for one in found.close_outs),
        }
        path, count = write_rulings(book, plan, rulings)
        click.echo(f"写入 {count} 条到 {path}" if count else f"没有新的决定，{path} 没有改动")


def _office_columns(book: Book, file: Path, decider: Decider) -> OfficeColumns:
    """What the office filled in; nothing is written of several files where one cannot be read."""
    try:
        found = office_columns(book, file.read_bytes(), decider)
    except RefusedFileError as refused:
        raise click.ClickException(f"{file}：{refused}") from None
    if found is None:
        raise click.ClickException(f"{file}：不是下发的调度表")
    return found


@click.command()
@decision_options
@click.option("--year", type=int, required=True, help="年度")
@click.option("--score", type=float, help="考核得分；合理缺项不填")
@click.option("--deduction", metavar="文字", help="扣分原因")
@click.option("--not-applicable", is_flag=True, help="合理缺项")
@click.option("--checked-by", metavar="复核单位")
def score(**given: Any) -> None:
    """考核评分，写入 decisions/。

    \b
    例：planbook score --task 行动-09 --unit 区住建局 --year 2024 --score 8.5 --deduction 一次迟报 \\
          --basis 年度考核 --by 考核组
    """
    keys = ("year", "score", "deduction", "not_applicable", "checked_by")
    _decide(Score, "scores", given, {key: given[key] for key in keys})


@click.command()
@decision_options
@click.option("--until", type=Day(), required=True, help="延至哪天，如 2024-12-20")
def extend(**given: Any) -> None:
    """批准延期，写入 decisions/；须有依据和批准单位。

    例：planbook extend --task 行动-09 --unit 区住建局 --until 2024-12-20 --basis 区政府专题会议 --by 区政府
    """
    _decide(Extension, "extensions", given, {"until": given["until"]})


@click.command("close-out")
@decision_options
@click.option("--evidence", multiple=True, required=True, metavar="编号", help="佐证编号，可多次")
def close_out(**given: Any) -> None:
    """办结核验，写入 decisions/；须有佐证。

    例：planbook close-out --task 行动-09 --unit 区住建局 --evidence 佐证3 --basis 现场核验 --by 区环委办
    """
    _decide(CloseOut, "close_outs", given, {"evidence": given["evidence"]})
