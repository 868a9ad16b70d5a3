"""Whose a returned file is (归口): its inner id and 填报单位 decide, its name only where nothing else tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from generator.analysis.obligations import party_ids
from generator.book import Book
from generator.forms.accounts import FileAccount, Outcome
from generator.forms.annual_reader import annual_form, read_annual_form
from generator.forms.collecting import Named, renamed
from generator.forms.comparing import plain
from generator.forms.fields import FormKey
from generator.forms.filled import FilledForm
from generator.forms.intake import Incoming, Kind
from generator.forms.monthly_marks import MonthlyAnswer, MonthlyKey, RowMark
from generator.forms.monthly_reader import read_monthly_paper, task_label
from generator.forms.parsing import Parsed
from generator.forms.reply_reader import FilledReply, letter_of, read_reply
from generator.forms.replying import NamedReply
from generator.forms.settling import Pile
from generator.forms.word_answers import WordAnswers
from generator.graph import folded
from generator.model import Period

YEAR_IN_NAME = re.compile(r"(?P<year>20\d{2})\s*年[^月]{0,30}考核")
PERIOD_IN_HEAD = re.compile(
    r"20\d{2}年(?:第[一二三四\d]{1,2}(?:季度|周)|\d{1,2}月(?:[上中下]旬)?|度)(?!\d{1,2}日)"
)
PERIOD_STATED = re.compile(rf"(?<=填报周期：){PERIOD_IN_HEAD.pattern}")
LETTER = "planbook:supervision-order:"
REPLY_IN_NAME, ANNUAL = "反馈单", "考核"
MONTH_IN_NAME = re.compile(r"(?:(?P<year>20\d{2})\s*[年.\-_]?)?\s*(?P<month>1[0-2]|0?[1-9])月")


class Sorter:
    """Sorts what was read by unit and period; tells at once of what belongs to nobody or was taken before."""

    def __init__(self, book: Book, period: Period | None) -> None:
        self.book, self.default = book, period
        self.ids = party_ids(book.graph)
        self.longest = max(map(len, self.ids), default=0)
        self.held = {
            (found.plan, found.period, found.unit): found for plan in book.plans for found in plan.returns
        }
        self.digests = {key: {file.digest for file in found.files} for key, found in self.held.items()}
        self.read = {
            key: {file.digest for file in found.files if file.note is None} for key, found in self.held.items()
        }
        self.forms: dict[MonthlyKey, list[Named]] = {}
        self.papers: dict[MonthlyKey, list[Incoming]] = {}
        self.replies: list[NamedReply] = []
        self.accounts: list[FileAccount] = []
        labels = dict.fromkeys(entry.task for entry in book.ledger.entries)
        self.bookmarks = _bookmarks(tuple(labels))

    def take(self, parsed: Parsed) -> None:
        """Know whose a file is, or tell why that cannot be known."""
        file = parsed.file
        if parsed.feedback:
            return
        if file.is_converted and (parsed.reason or not self._is_form(parsed)):
            self._take_paper(replace(file, kind=Kind.OLD))
        elif parsed.words and parsed.words.is_picture:
            self._take_paper(replace(file, kind=Kind.SCAN))
        elif file.kind is Kind.REFUSED or parsed.reason:
            self._tell(file, Outcome.REFUSED, parsed.reason or file.reason)
        elif file.kind in {Kind.SCAN, Kind.OLD}:
            self._take_paper(file)
        elif parsed.words and (reply := read_reply(parsed.words, self.book)):
            self._take_reply(file, reply)
        else:
            self._take_form(file, parsed)

    def _take_reply(self, file: Incoming, filled: FilledReply) -> None:
        """The unit that the sheet names must be the one that the letter went to."""
        named = self._unit_named(filled.unit)
        key = letter_of(self.book, filled, named)
        if key is None:
            self._tell(file, Outcome.ASKED, "看不出是对哪一份督办的反馈；请用随函下发的反馈单填写")
        elif filled.unit and named != key.unit:
            sent = self.book.graph.name(key.unit) if key.unit in self.book.graph.unit_by_id else key.unit
            told = f"承办单位写的是“{filled.unit}”，这份反馈单却是下发给“{sent}”的；请确认后重新收表"
            self._tell(file, Outcome.ASKED, told)
        else:
            self.replies.append(NamedReply(file, key, filled.answers))

    def _take_scanned_reply(self, file: Incoming) -> None:
        """A 反馈单 that was only scanned: its name tells the matter and the unit."""
        key = self._key_of_words(file.name)
        labels = (task_label(word) for word in re.split(r"[\s　_()（）.]+", file.name))
        matter = next(filter(None, labels), "")
        letter = letter_of(self.book, FilledReply(None, "", matter, {}), key.unit if key else None)
        if letter:
            self.replies.append(NamedReply(file, letter, {}, is_scan=True))
        else:
            told = "是反馈单的扫描件，文件名里看不出是哪个单位、哪项任务；请改名为“反馈单 任务编号 单位”后重新收表"
            self._tell(file, Outcome.ASKED, told)

    def _tell(self, file: Incoming, outcome: Outcome, note: str, key: MonthlyKey | None = None) -> None:
        unit, period = (key.unit, key.period) if key else ("", "")
        self.accounts.append(FileAccount(file.name, outcome, unit, period, notes=(note,) if note else ()))

    def _take_paper(self, file: Incoming) -> None:
        if REPLY_IN_NAME in file.name:
            self._take_scanned_reply(file)
            return
        key = self._key_of_words(file.name)
        if key is None:
            self._tell(file, Outcome.ASKED, "文件名里看不出是哪个单位，请改名为“单位 月份”后重新收表")
        elif ANNUAL in file.name and not YEAR_IN_NAME.search(file.name):
            self._tell(
                file, Outcome.ASKED, "文件名里看不出是哪一年的考核表，请改名为“2024年度 单位 考核表”后重新收表"
            )
        elif file.digest in self.digests.get((key.plan, key.period, key.unit), ()):
            self._tell(file, Outcome.KNOWN, "", key)
        else:
            self.papers.setdefault(key, []).append(file)

    def _is_form(self, parsed: Parsed) -> bool:
        if parsed.words and read_reply(parsed.words, self.book):
            return True
        return (parsed.form or self._form_of_words(parsed.words)) is not None

    def _take_form(self, file: Incoming, parsed: Parsed) -> None:
        form = parsed.form or self._form_of_words(parsed.words)
        if form is None:
            letter = parsed.words is not None and parsed.words.identifier.startswith(LETTER)
            told = "这是下发给单位的函，不是反馈单，没有读取" if letter else "不是下发的调度表或考核表，没有读取"
            self._tell(file, Outcome.REFUSED, told)
            return
        key, doubt = self._whose(file, form)
        if key is None:
            self._tell(file, Outcome.ASKED, doubt)
        elif file.digest in self.read.get((key.plan, key.period, key.unit), ()):
            self._tell(file, Outcome.KNOWN, "", key)
        else:
            self.forms.setdefault(key, []).append(
                renamed(Named(file.name, file.digest, form, file.is_converted), key)
            )

    def _form_of_words(self, words: WordAnswers | None) -> FilledForm | None:
        if words is None:
            return None
        annual = FormKey.parse(words.identifier)
        asked = annual_form(self.book, annual) if annual else None
        if annual and asked:
            return read_annual_form(words, annual, self.book, asked)
        form = read_monthly_paper(words, self.book.terms, self.bookmarks)
        return form if form.key or form.rows else None

    def _whose(self, file: Incoming, form: FilledForm) -> tuple[MonthlyKey | None, str]:
        """The inner id and 填报单位 decide, never the file's name; where they disagree, ask."""
        declared = self._unit_named(form.declared)
        key = form.key
        if key is None:
            key = self._key_of_words(form.title)
            if key is None:
                return None, "表内没有标记，也看不出填报单位和月份；请用下发的表填写，或在表头写明“填报单位”和月份"
        if key.plan not in {plan.id for plan in self.book.plans}:
            return None, f"表属于计划“{key.plan}”，这里没有这个计划"
        if key.unit not in self.book.graph.unit_by_id:
            return None, f"表内标记的单位“{key.unit}”没有登记"
        if declared and declared != key.unit:
            name = self.book.graph.name(key.unit)
            return (
                None,
                f"填报单位写的是“{form.declared}”，这张表却是下发给“{name}”的；请确认是哪个单位的，改正后重新收表",
            )
        if form.declared and declared is None:
            return None, f"填报单位“{form.declared}”没有登记，请核对"
        return (None, doubt) if (doubt := _period_doubt(form, key)) else (key, "")

    def _unit_named(self, declared: str) -> str | None:
        """The unit that 填报单位 names; a section may stand behind the name (区住建局建设科)."""
        written = folded(declared)
        ends = range(min(len(written), self.longest), 0, -1)
        return next((self.ids[written[:end]] for end in ends if written[:end] in self.ids), None)

    def _key_of_words(self, words: str) -> MonthlyKey | None:
        """Unit and period as words tell them, the longest name first; the period may be the one asked for."""
        bare = plain(words)
        names = sorted((name for name in self.ids if name in bare), key=len, reverse=True)
        units = [
            self.ids[name] for name in names if self.ids[name] in self.book.graph.unit_by_id and len(name) > 2
        ]
        period = self._period_of_words(words)
        plan = next(
            (plan for plan in reversed(self.book.plans) if plan.head.year and plan.head.year <= period.first.year),
            None,
        )
        return MonthlyKey(plan.id, period.id, units[0]) if units and plan else None

    def _period_of_words(self, words: str) -> Period:
        default = self.default or Period.holding(self.book.as_of, self.book.loaded.rules.period)
        if annual := YEAR_IN_NAME.search(words):
            return Period.parse(annual["year"]) or default
        found = MONTH_IN_NAME.search(words)
        if not found or self.default:
            return default
        year = int(found["year"] or default.first.year)
        return Period.parse(f"{year}-{int(found['month']):02d}") or default

    def piles(self) -> Iterator[Pile]:
        """What came for each unit and period."""
        for key in sorted({*self.forms, *self.papers}, key=lambda one: (one.plan, one.period, one.unit)):
            period = Period.parse(key.period)
            if period:
                held = self.held.get((key.plan, key.period, key.unit))
                yield Pile(key, period, tuple(self.forms.get(key, ())), tuple(self.papers.get(key, ())), held)


def _period_doubt(form: FilledForm, key: MonthlyKey) -> str:
    """The form of an earlier period used again: its head names another period than its inner id."""
    period, head = Period.parse(key.period), form.title.split("\n")[0]
    stated = [found[0] for found in (*PERIOD_IN_HEAD.finditer(head), *PERIOD_STATED.finditer(form.title))]
    for written in stated:
        if period and re.sub("年0|(?<=年)度$", lambda found: found[0][:-1], plain(written)) != period.label:
            told = f"表头写的是“{written}”，这张表却是“{period.label}”下发的"
            return f"{told}；请确认是哪一期的，用那一期下发的表填写后重新收表"
    return ""


@lru_cache(maxsize=4)
def _bookmarks(labels: tuple[str, ...]) -> Mapping[str, tuple[str, str]]:
    """Bookmark without its stamp → task and answer."""
    anyone = MonthlyKey("a", "2024", "a")
    marks = ((RowMark(anyone, label, "000000"), answer) for label in labels for answer in MonthlyAnswer)
    return {mark.bookmark(answer).rpartition("_")[0]: (mark.task, answer.value) for mark, answer in marks}
