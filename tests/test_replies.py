"""What comes back to supervision (反馈单): read, kept with the letter it answers, and told where it is doubtful."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.analysis.history import ChangeKind
from generator.book import Book
from generator.checks import check
from generator.forms.accounts import FileAccount, Outcome
from generator.forms.answers import says_none, storable
from generator.forms.collection import Collected, collect, write_feedback
from generator.forms.reply_marks import ReplyKey, reply_tag
from generator.forms.supervision_list import draw_supervision_list
from generator.model import Period, PeriodKind, SupervisionReply
from generator.renderers.office_papers import Issue
from generator.renderers.supervision_word import ORDER_PAPER, REPLY_PAPER
from generator.storage.publishing import holds_more, public_part
from tests.returned_forms import again, fill_word
from tests.test_form_round_trip import HARD, convert
from tests.test_office_commands import run
from tests.workbook_text import workbook_text
from tests.year_of_papers import DAY, book_of_month

KEY = ReplyKey("annual-2024", "要点-01", "housing", date(2024, 11, 27))
ANSWERED = date(2024, 12, 18)
FILE = "plan/annual-2024/progress/replies/housing.yml"
GOOD = {
    "number": "〔2024〕7号",
    "handled": "已完成剩余5公里，=1+1 <b>&“{{x}}”😀\n其余3公里已进场",
    "evidence-1": "1 要点-01 验收记录 2024-12-10 3页",
    "evidence-2": "2 要点-01 现场照片",
    "reason": "两处用地手续未办完",
    "until": "2025年1月20日",
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """The month with one letter, some weeks later."""
    return book_of_month(tmp_path, day=ANSWERED)


def sheet(book: Book, answers: Mapping[str, str] = GOOD) -> bytes:
    """The 反馈单 that went out, filled in."""
    issue = Issue("annual-2024", Period.holding(DAY, PeriodKind.MONTH))
    (drawn,) = REPLY_PAPER.render(book, issue)
    return fill_word(drawn.content, {reply_tag(KEY, name): text for name, text in answers.items()})


def collected(book: Book, content: bytes, name: str = "反馈单.docx") -> tuple[Collected, FileAccount]:
    returns = book.project.root / "returns"
    returns.mkdir(exist_ok=True)
    (returns / name).write_bytes(content)
    found = collect(book, [returns])
    return found, next(one for one in found.accounts if one.name == name)


def replies(book: Book) -> tuple[SupervisionReply, ...]:
    (file,) = again(book, book.as_of).plan("annual-2024").replies
    assert (file.plan, file.unit) == ("annual-2024", "housing")
    return file.replies


def changed(content: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """The same file with one part of it changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as written:
        for name in archive.namelist():
            found = archive.read(name)
            written.writestr(name, change(found.decode()).encode() if name == part else found)
    return buffer.getvalue()


def without_tags(content: bytes) -> bytes:
    return changed(content, lambda text: re.sub(r'<w:tag w:val="[^"]*"/>', "", text))


def without_marks(content: bytes) -> bytes:
    return changed(without_tags(content), lambda text: re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", text))


def without_identifier(content: bytes) -> bytes:
    return changed(
        content, lambda text: re.sub(r"<dc:identifier>.*?</dc:identifier>", "", text), "docProps/core.xml"
    )


def test_what_is_answered_is_kept_with_its_letter(book: Book) -> None:
    found, account = collected(book, sheet(book))
    assert (account.outcome, account.unit, account.taken) == (Outcome.TAKEN, "housing", 1)
    (reply,) = replies(book)
    assert (reply.task, reply.ordered_on, reply.received, reply.late) == (KEY.task, KEY.on, ANSWERED, False)
    assert (reply.number, reply.handled, reply.reason) == (GOOD["number"], GOOD["handled"], GOOD["reason"])
    assert reply.evidence == (GOOD["evidence-1"], GOOD["evidence-2"])
    assert (reply.done_on, reply.until) == (None, date(2025, 1, 20))
    assert [flag.rule for flag in reply.flags] == ["extension-asked"]
    assert not found.changed


@pytest.mark.parametrize("text", HARD)
def test_any_text_comes_back_as_it_was_written(book: Book, text: str) -> None:
    collected(book, sheet(book, {"handled": text, "reason": text}))
    (reply,) = replies(book)
    assert reply.handled == reply.reason == (None if says_none(text) or not text.strip() else storable(text))


def test_collected_again_it_changes_nothing_and_a_later_one_stands_behind_it(book: Book) -> None:
    content = sheet(book)
    collected(book, content)
    written = (book.project.root / FILE).read_bytes()
    _, account = collected(again(book, ANSWERED), content)
    assert account.outcome is Outcome.KNOWN
    assert (book.project.root / FILE).read_bytes() == written
    later = {"handled": "全部完成并通过验收", "done_on": "2024.12.17", "evidence-1": "3 验收记录"}
    collected(again(book, ANSWERED), sheet(book, later), "反馈单2.docx")
    first, second = replies(book)
    assert first.reason == GOOD["reason"]
    assert (second.handled, second.done_on, second.flags) == (later["handled"], date(2024, 12, 17), ())


def test_the_same_sheet_under_two_names_counts_once(book: Book) -> None:
    (book.project.root / "returns").mkdir()
    content = sheet(book)
    (book.project.root / "returns/一.docx").write_bytes(content)
    _, account = collected(book, content, "二.docx")
    assert len(replies(book)) == 1
    assert account.outcome is Outcome.KNOWN


@pytest.mark.parametrize("spoil", [without_tags, without_marks, without_identifier])
def test_a_sheet_that_lost_its_marks_is_read_all_the_same(book: Book, spoil: Callable[[bytes], bytes]) -> None:
    collected(book, spoil(sheet(book)))
    (reply,) = replies(book)
    assert (reply.task, reply.ordered_on) == (KEY.task, KEY.on)
    assert (reply.number, reply.handled, reply.reason) == (GOOD["number"], GOOD["handled"], GOOD["reason"])
    assert (reply.evidence, reply.until) == ((GOOD["evidence-1"], GOOD["evidence-2"]), date(2025, 1, 20))


@pytest.mark.slow
@pytest.mark.parametrize("way", [("odt", "docx"), ("doc", "docx"), ("doc",)])
def test_a_sheet_saved_by_libreoffice_is_read_all_the_same(
    book: Book, tmp_path: Path, way: tuple[str, ...]
) -> None:
    path = tmp_path / "saved/a.docx"
    path.parent.mkdir()
    path.write_bytes(sheet(book))
    for kind in way:
        path = convert(path, kind, tmp_path / "profile")
    _, account = collected(book, path.read_bytes(), f"反馈单.{way[-1]}")
    assert account.outcome is Outcome.TAKEN, account
    (reply,) = replies(book)
    assert (reply.handled, reply.reason, reply.until) == (GOOD["handled"], GOOD["reason"], date(2025, 1, 20))
    assert reply.evidence == (GOOD["evidence-1"], GOOD["evidence-2"])


def test_a_sheet_for_one_unit_used_by_another_is_asked_about(book: Book) -> None:
    content = changed(sheet(book), lambda text: text.replace("青石区住房和城乡建设局", "区水务局"))
    _, account = collected(book, content)
    assert account.outcome is Outcome.ASKED
    assert "承办单位写的是“区水务局”" in account.notes[0]
    assert not (book.project.root / FILE).exists()


def test_a_reply_to_no_letter_and_an_empty_one_are_asked_about(book: Book) -> None:
    moved = changed(sheet(book), lambda text: text.replace("2024-11-27", "2024-11-20"), "docProps/core.xml")
    _, account = collected(book, moved)
    assert account.outcome is Outcome.ASKED
    assert "没有 2024-11-20 对这个单位“要点-01”的督办决定" in account.notes[0]
    _, account = collected(book, sheet(book, {}), "空.docx")
    assert account.outcome is Outcome.ASKED
    assert "空的" in account.notes[0]
    assert not (book.project.root / FILE).exists()


@pytest.mark.parametrize(
    ("answers", "rules"),
    [
        ({"handled": "按序时进度推进", "reason": "资金未到位"}, ["empty-phrase"]),
        ({"reason": "资金未到位"}, ["handled-missing"]),
        ({"handled": "完成2公里"}, ["reason-missing"]),
        ({"handled": "完成8公里", "done_on": "2024-12-10"}, ["evidence-missing"]),
        ({"handled": "完成8公里", "done_on": "2024-12-30", "evidence-1": "照片"}, ["day-ahead"]),
        ({"handled": "完成8公里", "done_on": "尽快", "evidence-1": "照片"}, ["day"]),
        ({"handled": "完成2公里", "until": "2025-01-20"}, ["reason-missing", "reason-missing", "extension-asked"]),
        ({"handled": "完成2公里", "reason": "用地", "until": "2024-12-01"}, ["day"]),
        ({"handled": "完成2公里", "reason": "无", "done_on": "/"}, ["reason-missing"]),
    ],
)
def test_what_is_doubtful_is_told_and_kept(book: Book, answers: dict[str, str], rules: list[str]) -> None:
    found, account = collected(book, sheet(book, answers))
    (reply,) = replies(book)
    assert [flag.rule for flag in reply.flags] == rules
    assert account.notes == tuple(flag.message for flag in reply.flags)
    assert reply.handled == answers.get("handled")
    (path,) = write_feedback(book, found, book.project.root / "returns")
    assert path.name == "督办反馈 区住房城乡建设局 退回意见.xlsx"
    text = workbook_text(path.read_bytes())
    assert all(flag.message in text for flag in reply.flags)


def test_the_letter_itself_sent_back_is_no_reply(book: Book) -> None:
    issue = Issue("annual-2024", Period.holding(DAY, PeriodKind.MONTH))
    (drawn,) = ORDER_PAPER.render(book, issue)
    _, account = collected(book, drawn.content)
    assert (account.outcome, account.notes) == (Outcome.REFUSED, ("这是下发给单位的函，不是反馈单，没有读取",))


def test_a_reply_after_its_day_is_late(tmp_path: Path) -> None:
    late = book_of_month(tmp_path, day=date(2024, 12, 21))
    collected(late, sheet(late))
    (reply,) = replies(late)
    assert reply.late
    assert reply.flags[-1].rule == "late"


def test_a_scanned_sheet_counts_as_an_answer_whose_content_nobody_read(book: Book) -> None:
    _, account = collected(book, b"%PDF-1.4\n", "2024年11月督办函的反馈单 要点-01 区住建局（1127）.pdf")
    assert account.outcome is Outcome.TAKEN
    assert [flag.rule for flag in replies(book)[0].flags] == ["scan-only"]
    _, account = collected(again(book, ANSWERED), b"%PDF-1.5\n", "反馈单.pdf")
    assert account.outcome is Outcome.ASKED
    assert not (book.project.plan / "annual-2024/progress/2024-12").exists()


def test_the_ledger_and_the_next_list_know_the_answer(book: Book) -> None:
    collected(book, sheet(book))
    after = again(book, ANSWERED)
    entry = after.ledger.entry("annual-2024", KEY.task, KEY.unit)
    assert entry
    (change,) = [one for one in entry.history if one.kind is ChangeKind.REPLY]
    assert (change.on, change.by, change.source) == (ANSWERED, "housing", "反馈单.docx")
    assert "申请延期至2025-01-20" in change.text
    assert entry.due == date(2024, 10, 31)  # asked for, not granted
    text = workbook_text(draw_supervision_list(after, "annual-2024", Period.holding(ANSWERED, PeriodKind.MONTH)))
    assert "2024年11月27日 督办，2024年12月18日已反馈，申请延期至2025年1月20日" in text
    before = again(book, date(2024, 12, 17)).ledger.entry("annual-2024", KEY.task, KEY.unit)
    assert before
    assert not any(one.kind is ChangeKind.REPLY for one in before.history)


def test_the_plan_with_an_answer_is_sound_and_the_public_part_has_none(book: Book) -> None:
    collected(book, sheet(book))
    after = again(book, ANSWERED)
    assert not [one for one in check(after.loaded, after.graph) if "replies" in one.place.file]
    assert holds_more(after.loaded)
    assert not any(plan.replies for plan in public_part(after.loaded).plans)
    file = book.project.root / FILE
    file.write_bytes(file.read_bytes().replace(b"2024-11-27", b"2024-11-26"))
    found = again(book, ANSWERED)
    assert {one.rule for one in check(found.loaded, found.graph) if "replies" in one.place.file} == {"reply-order"}


def test_the_command_says_what_it_took(book: Book) -> None:
    (book.project.root / "returns").mkdir()
    (book.project.root / "returns/反馈单.docx").write_bytes(sheet(book))
    done = run(book.project.root, "collect", day=ANSWERED.isoformat())
    assert done.exit_code == 0, done.output
    assert "采用 1 行（区住房城乡建设局 督办反馈）" in done.output
    assert "须经批准" in done.output
    assert "退回意见" in done.output
