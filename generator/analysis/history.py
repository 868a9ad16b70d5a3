"""The history of a task at a unit: every report, correction and decision with its day, origin and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from generator.model import (
    DecisionsFile,
    LedgerState,
    RepliesFile,
    Report,
    ReturnedFile,
    Ruling,
    TaskReport,
    UnitReturn,
)

R = TypeVar("R", bound=Ruling)


class ChangeKind(StrEnum):
    """What changed how a task stands (变动类别)."""

    REPORT = "report"
    CORRECTION = "correction"
    REVIEW = "review"
    SENT_BACK = "sent_back"
    EXTENSION = "extension"
    CLOSE_OUT = "close_out"
    TRANSFER = "transfer"
    SUPERVISION = "supervision"
    REPLY = "reply"
    SCORE = "score"


@dataclass(frozen=True)
class Change:
    """变动: `source` is the file that says it, `by` the unit or office; `until` is set for an extension."""

    on: date
    kind: ChangeKind
    by: str
    source: str
    basis: str
    text: str
    state: LedgerState | None = None
    until: date | None = None
    period: str | None = None
    evidence: tuple[str, ...] = ()


def report_changes(returned: UnitReturn, row: TaskReport) -> Iterator[Change]:
    """What the row said first, and what later files made of it."""
    files = {file.digest: file for file in returned.files}
    versions: list[tuple[Report, str]] = [(earlier, earlier.file) for earlier in row.earlier]
    versions.append((row, row.file))
    for place, (report, digest) in enumerate(versions):
        file = files.get(digest, returned.files[-1])
        yield _report_change(returned, report, file, ChangeKind.CORRECTION if place else ChangeKind.REPORT)


def _report_change(returned: UnitReturn, report: Report, file: ReturnedFile, kind: ChangeKind) -> Change:
    return Change(
        on=file.received,
        kind=kind,
        by=returned.unit,
        source=file.name,
        basis="",
        text=report.progress or "",
        state=report.state,
        period=returned.period,
        evidence=report.evidence,
    )


def reply_changes(file: RepliesFile, task: str) -> Iterator[Change]:
    """What the unit answered to letters about a task."""
    for reply in (found for found in file.replies if found.task == task):
        asked = f"申请延期至{reply.until.isoformat()}" if reply.until else ""
        yield Change(
            on=reply.received,
            kind=ChangeKind.REPLY,
            by=file.unit,
            source=reply.name,
            basis="",
            text="；".join(filter(None, (reply.handled, reply.reason, asked))),
            evidence=reply.evidence,
        )


def decision_changes(name: str, file: DecisionsFile, task: str, names: frozenset[str]) -> Iterator[Change]:
    """What a file of decisions says of a task at a unit; `names` are all the ways to write the unit."""
    for review in _about(file.reviews, task, names):
        kind = ChangeKind.SENT_BACK if review.sent_back else ChangeKind.REVIEW
        yield _change(name, kind, review, review.opinion or "", review.state, period=review.period)
    for extension in _about(file.extensions, task, names):
        yield _change(name, ChangeKind.EXTENSION, extension, "", LedgerState.EXTENDED, until=extension.until)
    for close_out in _about(file.close_outs, task, names):
        yield _change(name, ChangeKind.CLOSE_OUT, close_out, "", LedgerState.COMPLETED)
    for transfer in file.transfers:
        if transfer.task == task and names & {transfer.unit, transfer.to}:
            yield _change(name, ChangeKind.TRANSFER, transfer, f"{transfer.unit}→{transfer.to}")
    for supervision in _about(file.supervisions, task, names):
        yield _change(name, ChangeKind.SUPERVISION, supervision, supervision.requirement or "")
    for score in _about(file.scores, task, names):
        told = "合理缺项" if score.score is None else f"{score.score:g}分"
        yield _change(name, ChangeKind.SCORE, score, "：".join(filter(None, (told, score.deduction))))


def _about(rulings: Iterable[R], task: str, names: frozenset[str]) -> Iterator[R]:
    return (found for found in rulings if is_about(found, task, names))


def is_about(ruling: Ruling, task: str, names: frozenset[str]) -> bool:
    """Whether a decision concerns a task at a unit; one that names no unit concerns all of the task's."""
    return ruling.task == task and (ruling.unit is None or ruling.unit in names)


def _change(
    name: str,
    kind: ChangeKind,
    ruling: Ruling,
    text: str,
    state: LedgerState | None = None,
    until: date | None = None,
    period: str | None = None,
) -> Change:
    return Change(
        on=ruling.on,
        kind=kind,
        by=ruling.by,
        source=f"decisions/{name}",
        basis=ruling.basis,
        text=text,
        state=state,
        until=until,
        period=period,
        evidence=ruling.evidence,
    )
