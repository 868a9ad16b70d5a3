"""Collecting (收表): returned files → progress/, one file for each unit and period, whole or not at all."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from generator.book import Book, apart
from generator.forms.accounts import (
    FileAccount,
    Outcome,
    account_workbook,
    feedback_workbook,
    flags_of,
    reply_feedback_workbook,
)
from generator.forms.converting import converted
from generator.forms.intake import FEEDBACK_FOLDER, Incoming, Kind, incoming_files
from generator.forms.parsing import Parsed, parse
from generator.forms.replying import take_replies
from generator.forms.settling import Pile, Settled, Settler
from generator.forms.sorting import Sorter
from generator.model import Period, SupervisionReply, UnitReturn
from generator.storage import return_file
from generator.terms import Terms
from generator.writing import file_name, filled_name, write_file, write_files

MANY = 40
"""From so many files or returns on, two processes share them."""
WORKERS = 2


@dataclass(frozen=True)
class Collected:
    """What a round of collecting gave: accounts of all files, the returns that changed, new replies by unit."""

    accounts: tuple[FileAccount, ...]
    changed: tuple[UnitReturn, ...]
    replies: tuple[tuple[str, SupervisionReply], ...] = ()


def collect(book: Book, paths: Iterable[Path], period: Period | None = None, convert: bool = True) -> Collected:
    """Read what came back and write `progress/`; the same files collected again change nothing.

    `convert`: files of an old format are converted by LibreOffice, where this machine has it.
    """
    files = converted(incoming_files(paths)) if convert else tuple(incoming_files(paths))
    sorter = Sorter(book, period)
    for parsed in _parsed(files, book.terms):
        sorter.take(parsed)
    settled = _settled(book, tuple(sorter.piles()))
    answered = take_replies(book, sorter.replies)
    returns = ((return_file(one.found.plan, one.found.period, one.found.unit), one.content) for one in settled)
    write_files((book.project.plan / name, content) for name, content in (*returns, *answered.files))
    accounts = (
        *sorter.accounts,
        *answered.accounts,
        *(account for one in settled for account in one.accounts),
    )
    order = {file.name: place for place, file in enumerate(files)}
    ordered = sorted(accounts, key=lambda account: order[account.name])
    return Collected(tuple(ordered), tuple(one.found for one in settled), answered.new)


def write_account(book: Book, collected: Collected, folder: Path) -> Path | None:
    """收表情况 of a round, beside what was collected; None where every file was taken before."""
    if all(account.outcome is Outcome.KNOWN for account in collected.accounts):
        return None
    stem = book.terms("account.file").format(day=book.as_of.isoformat())
    path = folder / FEEDBACK_FOLDER / f"{file_name(stem)}.xlsx"
    write_file(path, account_workbook(book, collected.accounts, book.as_of))
    return path


def write_feedback(book: Book, collected: Collected, folder: Path) -> tuple[Path, ...]:
    """退回意见 on every return and every reply that has any flag, beside what was collected."""
    drawn: dict[tuple[str, str], bytes] = {}
    for found in collected.changed:
        period = Period.parse(found.period)
        if period and any(True for _ in flags_of(book.terms, found)):
            drawn[found.unit, period.label] = feedback_workbook(book, found, book.as_of)
    for unit in dict.fromkeys(unit for unit, reply in collected.replies if reply.flags):
        replies = [reply for one, reply in collected.replies if one == unit]
        drawn[unit, book.terms("feedback.reply")] = reply_feedback_workbook(book, unit, replies, book.as_of)
    named = []
    for (unit, label), content in drawn.items():
        words = {"unit": book.graph.name(unit), "period": label}
        named.append((f"{filled_name(book.terms('feedback.file'), words)}.xlsx", content))
    written = {folder / FEEDBACK_FOLDER / name: content for name, content in apart(named).items()}
    for path, content in written.items():
        write_file(path, content)
    return tuple(written)


def _parsed(files: tuple[Incoming, ...], terms: Terms) -> Iterator[Parsed]:
    """Reading alone, without the plan."""
    read = [file for file in files if file.kind in {Kind.WORKBOOK, Kind.WORD}]
    yield from (Parsed(file) for file in files if file.kind not in {Kind.WORKBOOK, Kind.WORD})
    if len(read) < MANY:
        yield from (parse(file, terms) for file in read)
        return
    with ProcessPoolExecutor(WORKERS, initializer=_begin) as pool:
        yield from pool.map(parse, read, [terms] * len(read), chunksize=16)


def _settled(book: Book, piles: tuple[Pile, ...]) -> tuple[Settled, ...]:
    settler = Settler(book)
    if len(piles) < MANY:
        return tuple(map(settler.settle, piles))
    _ = book.ledger  # drawn up once, before there are two processes
    with ProcessPoolExecutor(WORKERS, initializer=_begin, initargs=(settler, piles)) as pool:
        return tuple(pool.map(_settle, range(len(piles)), chunksize=16))


_at_hand: list[tuple[Settler, tuple[Pile, ...]]] = []
"""In a process that settles: what it was begun with; to hand it over with every pile would take longer."""


def _begin(settler: Settler | None = None, piles: tuple[Pile, ...] = ()) -> None:
    """What a process was begun with stays to its end, and what it makes holds no circles: no garbage to seek."""
    gc.freeze()
    gc.disable()
    if settler:
        _at_hand.append((settler, piles))


def _settle(place: int) -> Settled:
    settler, piles = _at_hand[0]
    return settler.settle(piles[place])
