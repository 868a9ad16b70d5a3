"""What came back to supervision letters → progress/replies/, one file for each unit; what is doubtful is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.analysis.supervision import decided_supervisions
from generator.book import Book
from generator.forms.accounts import FileAccount, Outcome
from generator.forms.answers import read_day, says_none, storable
from generator.forms.empty_phrases import says_nothing
from generator.forms.intake import Incoming
from generator.forms.reply_marks import ReplyKey
from generator.model import Flag, RepliesFile, Supervision, SupervisionReply
from generator.storage import record_yaml, replies_file

SCHEMA = "../../../schemas/replies.json"
COMMENT = "由 planbook collect 收表写入，请勿手改；批准延期、办结核验写在 decisions/"

SCANNED = Flag(rule="scan-only", message="只收到扫描件或旧格式，内容没有读取，请人工核对")


@dataclass(frozen=True)
class NamedReply:
    """A reply with the file that it came in and the letter that it answers."""

    file: Incoming
    key: ReplyKey
    answers: Mapping[str, str]
    is_scan: bool = False


@dataclass(frozen=True)
class Answered:
    """The files to write, by path relative to plan/, the new replies by unit, and the accounts."""

    files: tuple[tuple[str, bytes], ...]
    new: tuple[tuple[str, SupervisionReply], ...]
    accounts: tuple[FileAccount, ...]


def take_replies(book: Book, came: Iterable[NamedReply]) -> Answered:
    """Every reply in its unit's file, behind what was held; the same file again changes nothing."""
    held = {(found.plan, found.unit): found for plan in book.plans for found in plan.replies}
    new: list[tuple[str, SupervisionReply]] = []
    accounts, changed = [], set()
    for one in came:
        place = (one.key.plan, one.key.unit)
        before = held.get(place) or RepliesFile(plan=one.key.plan, unit=one.key.unit)
        account, reply = _taken(book, one, before)
        accounts.append(account)
        if reply:
            replies = sorted(
                (*before.replies, reply), key=lambda found: (found.ordered_on, found.task, found.received)
            )
            held[place] = before.model_copy(update={"replies": tuple(replies)})
            new.append((one.key.unit, reply))
            changed.add(place)
    files = [(replies_file(*place), record_yaml(held[place], SCHEMA, COMMENT)) for place in sorted(changed)]
    return Answered(tuple(files), tuple(new), tuple(accounts))


def _taken(book: Book, one: NamedReply, held: RepliesFile) -> tuple[FileAccount, SupervisionReply | None]:
    letter = _letter(book, one.key)

    def account(outcome: Outcome, *notes: str) -> FileAccount:
        return FileAccount(one.file.name, outcome, one.key.unit, "", 1 if outcome is Outcome.TAKEN else 0, notes)

    if any(reply.digest == one.file.digest for reply in held.replies):
        return account(Outcome.KNOWN), None
    if letter is None:
        told = f"没有 {one.key.on.isoformat()} 对这个单位“{one.key.task}”的督办决定；请核对是对哪一份的反馈"
        return account(Outcome.ASKED, told), None
    if not one.answers and not one.is_scan:
        return account(Outcome.ASKED, "反馈单是空的，没有填写任何内容；请填写后重新收表"), None
    reply = _reply(one, letter, book.as_of)
    return account(Outcome.TAKEN, *(flag.message for flag in reply.flags)), reply


def _letter(book: Book, key: ReplyKey) -> Supervision | None:
    plan = next((found for found in book.plans if found.id == key.plan), None)
    letters = decided_supervisions(book.graph, plan, book.as_of) if plan else ()
    return next((one for one, unit in letters if (one.task, unit, one.on) == (key.task, key.unit, key.on)), None)


def _reply(one: NamedReply, letter: Supervision, today: date) -> SupervisionReply:
    texts = {name: storable(text) for name, text in one.answers.items()}
    kept = {name: text for name, text in texts.items() if text.strip() and not says_none(text)}
    days = {name: read_day(kept[name], today.year) for name in ("done_on", "until") if name in kept}
    unread = {name: kept[name] for name, day in days.items() if day is None or not 1949 <= day.year <= 2200}
    reply = SupervisionReply(
        task=letter.task,
        ordered_on=letter.on,
        name=one.file.name,
        digest=one.file.digest,
        received=today,
        late=letter.answer_by is not None and today > letter.answer_by,
        number=kept.get("number", "").strip() or None,
        handled=kept.get("handled"),
        done_on=days.get("done_on") if "done_on" not in unread else None,
        evidence=tuple(filter(None, map(str.strip, kept.get("evidence", "").split("\n")))),
        reason=kept.get("reason"),
        until=days.get("until") if "until" not in unread else None,
        written=unread,
    )
    return reply.model_copy(update={"flags": (SCANNED,) if one.is_scan else tuple(_flags(reply))})


def _flags(reply: SupervisionReply) -> Iterator[Flag]:
    for name, text in reply.written.items():
        told = f"“{text[:40]}”读不出日期，照原样保留，请写作 2024-09-30"
        yield Flag(rule="day", field=name, message=told, send_back=True)
    if reply.handled is None:
        yield Flag(rule="handled-missing", field="handled", message="没有写办理情况", send_back=True)
    elif says_nothing(reply.handled):
        told = f"“{reply.handled[:40]}”没有实际内容，请写具体事实"
        yield Flag(rule="empty-phrase", field="handled", message=told, send_back=True)
    finished = reply.done_on is not None or "done_on" in reply.written
    if not finished and reply.reason is None:
        told = "没有写完成时间，也没有写未办结原因"
        yield Flag(rule="reason-missing", field="reason", message=told, send_back=True)
    if finished and not reply.evidence:
        yield Flag(rule="evidence-missing", field="evidence", message="写了完成时间，没有佐证目录", send_back=True)
    if reply.done_on and reply.done_on > reply.received:
        told = f"完成时间 {reply.done_on} 在收到之日以后，请核对"
        yield Flag(rule="day-ahead", field="done_on", message=told, send_back=True)
    yield from _on_extension(reply)
    if reply.late:
        yield Flag(rule="late", message="在反馈时限以后收到")


def _on_extension(reply: SupervisionReply) -> Iterator[Flag]:
    if reply.until is None:
        return
    if reply.reason is None:
        yield Flag(rule="reason-missing", field="until", message="申请延期没有写原因", send_back=True)
    if reply.until <= reply.received:
        yield Flag(rule="day", field="until", message=f"申请延期至 {reply.until} 已经过去，请核对", send_back=True)
    else:
        told = f"申请延期至 {reply.until}：须经批准，批准后用 planbook extend 写入"
        yield Flag(rule="extension-asked", field="until", message=told)
