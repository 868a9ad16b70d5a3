"""`planbook rollover`: what a year left unfinished begins the next year's plan, each task with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.analysis.carry_over import Unfinished
from generator.book import Book
from generator.findings import Finding, Place, PlanError, Severity
from generator.importing.carrying import Carried, Carrying
from generator.importing.importer import check_ids
from generator.model import Chapter, Plan, PlanHead, Section
from generator.writing import fill_folder, replace_folder, sibling_folder, write_file

RULE = "rollover"
LABELS = ("结转", *(f"结转{number}" for number in "二三四五六七八九十"))
"""Prefix of the carried tasks' numbers in a plan of their own: no digits, for a task number ends in digits."""


@dataclass(frozen=True)
class Rollover:
    """What was carried, what goes on without being carried, and the files that were written."""

    plan: Plan
    carried: tuple[Carried, ...]
    left: tuple[Unfinished, ...]
    written: tuple[str, ...]


def roll_over(book: Book, from_id: str, into: str, continuing: bool = False) -> Rollover:
    """Carry the unfinished tasks of a plan into another, new or not; what stands there is never changed."""
    check_ids((into,))
    old = book.plan(from_id)
    work = Carrying(book, old, _target(book, old, into), continuing)
    files = {path: content for path, content in work.files().items() if content is not None}
    return Rollover(work.target, work.carried, work.left, _write(book, into, files))


def _target(book: Book, old: Plan, into: str) -> Plan:
    """The plan to carry into, as it stands or as it begins."""
    year = (old.head.year or 0) + 1
    held = next((plan for plan in book.plans if plan.id == into), None)
    if held is None:
        if (book.project.plan / into).exists():
            raise _refusal(f"plan/{into}", "已有这个文件夹，但不是可以读取的计划；请换一个计划 id")
        return Plan(head=_head(book, old, into, year), measures=())
    if held.head.year is None or held.head.year < year:
        raise _refusal(
            f"plan/{into}/plan.yml", f"这不是 {year} 年或以后的年度计划；应在其中写明 year，或换一个计划 id"
        )
    return held


def _refusal(path: str, message: str) -> PlanError:
    return PlanError([Finding(Place(path), RULE, Severity.ERROR, message)])


def _head(book: Book, old: Plan, into: str, year: int) -> PlanHead:
    taken = {plan.head.label for plan in book.plans}
    title = f"{old.head.short_title}结转至{year}年的任务"
    return PlanHead(
        id=into,
        label=next(label for label in LABELS if label not in taken),
        title=title,
        short_title=title[:40],
        year=year,
        order=max(plan.head.order for plan in book.plans) + 1,
        parents=old.head.parents,
        sections=(Section(number="一", title="结转任务", chapters=(Chapter(number="一", title=title),)),),
    )


def _write(book: Book, into: str, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """A new plan appears whole; to one that is there each file is added whole."""
    target = book.project.plan / into
    if target.exists():
        for name, content in files.items():
            write_file(target / name, content)
    elif files:
        folder = sibling_folder(target)
        fill_folder(folder, files.items())
        folder.chmod(0o755)
        replace_folder(folder, target)
    return tuple(f"plan/{into}/{name}" for name in files)
