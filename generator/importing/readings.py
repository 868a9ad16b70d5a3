"""A sentence → its record: deadlines, targets, mentions, and what could not be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from generator.checks.wording import PRIVATE
from generator.importing.clauses import Sentence
from generator.importing.doubts import Doubts, Weight
from generator.importing.kinds import DATE, DOCUMENT_NUMBER
from generator.importing.markers import read_marker
from generator.importing.sentences import split_sentences
from generator.importing.traced import Traced
from generator.model import (
    BlockKind,
    BlockRecord,
    Deadline,
    DeadlineKind,
    Mention,
    MentionKind,
    Passage,
    Target,
)
from generator.phrases import (
    Found,
    PhraseContext,
    deadlines_of,
    figures_and_times,
    find_mentions,
    mentions_of,
    parse_deadline,
    read,
    targets_of,
)
from generator.phrases.characters import alike
from generator.phrases.time_bound import EITHER

T = TypeVar("T", Deadline, Target, Mention)
UNBOUND = frozenset(
    (BlockKind.DOCUMENT_NUMBER, BlockKind.TITLE, BlockKind.ADDRESSEES, BlockKind.SIGNATURE, BlockKind.NOTICE,
     BlockKind.ANNEX_LINE, BlockKind.COPIES, BlockKind.IMPRINT)
)  # fmt: skip
"""Blocks in which a date is the document's own and binds nobody."""
LONGEST = 1500
_HOW_TO_DATE = "请在 calendar.yml 补上这个季节，或在此处补填 end"
_TIME_CELL = ("时限", "时间", "期限", "节点", "进度安排", "完成日期")


class PassageReader:
    """Reads sentences and paragraphs in the context of one plan."""

    def __init__(self, context: PhraseContext, doubts: Doubts) -> None:
        self.context = context
        self.doubts = doubts

    def statement(self, sentence: Sentence) -> Passage:
        """A sentence with all that stands in it."""
        text = sentence.text.text
        deadlines, targets, mentions, left = self._found(text)
        notes = [self._overlooked(sentence.text, left)] if left else []
        notes += self._undated(sentence.text, deadlines)
        notes += self._untimed(sentence.text, deadlines, mentions)
        notes += self._unreadable(sentence.text)
        notes += self._private(sentence.text)
        return Passage(
            text=text,
            deadlines=deadlines,
            targets=targets,
            mentions=mentions,
            source_text=sentence.source_text,
            source_note=sentence.note,
            review="；".join(notes) or None,
        )

    def block(self, text: Traced, kind: BlockKind) -> BlockRecord:
        """A paragraph outside the measures; only prose can bind."""
        if kind in UNBOUND:
            mentions = tuple(self._own_labels(text.text, kind))
            review = "；".join(self._unreadable(text)) or None
            return BlockRecord(text=text.text, kind=kind, mentions=mentions, review=review)
        read = self.statement(Sentence(text))
        return BlockRecord(
            text=read.text,
            kind=kind,
            deadlines=read.deadlines,
            targets=read.targets,
            mentions=read.mentions,
            review=read.review,
        )

    def _own_labels(self, text: str, kind: BlockKind) -> Iterable[Mention]:
        folded = alike(text)
        taken: list[tuple[int, int]] = []
        for pattern, what in ((DATE, MentionKind.DOCUMENT_DATE), (DOCUMENT_NUMBER, MentionKind.DOCUMENT_NUMBER)):
            for match in pattern.finditer(folded):
                taken.append(match.span())
                yield Mention(phrase=text[match.start() : match.end()], kind=what)
        for found in find_mentions(text, self.context):
            if not any(start < found.end and found.start < end for start, end in taken):
                taken.append((found.start, found.end))
                yield found.value
        for start, end in figures_and_times(text):
            if not any(begin <= start and end <= stop for begin, stop in taken):
                yield Mention(phrase=text[start:end], kind=MentionKind.NAME)

    def _found(self, text: str) -> tuple[tuple[Deadline, ...], tuple[Target, ...], tuple[Mention, ...], list[str]]:
        deadlines: list[Deadline] = []
        targets: list[Target] = []
        mentions: list[Mention] = []
        left: list[str] = []
        for stretch in _stretches(text):
            reading = read(stretch, self.context)
            times = self._cell(stretch) or deadlines_of(reading.folded, reading.times)
            figures, others = targets_of(reading), mentions_of(reading)
            taken = bytearray(len(stretch))
            for found in (*times, *figures, *others):
                taken[found.start : found.end] = b"\1" * (found.end - found.start)
            deadlines += _each_with_its_place(stretch, times, lambda value: value.phrase)
            targets += _each_with_its_place(stretch, figures, lambda value: f"{value.phrase}\0{value.indicator}")
            mentions += _each_with_its_place(stretch, others, lambda value: value.phrase)
            left += [stretch[start:end] for start, end in figures_and_times(stretch) if 0 in taken[start:end]]
        number = _outline_number(text)
        told = any(found.phrase == number for found in mentions)
        if number and left and left[0] in number and not told:
            mentions.insert(0, Mention(phrase=number, kind=MentionKind.NAME))
            del left[0]
        return tuple(deadlines), tuple(targets), tuple(mentions), left

    def _cell(self, text: str) -> tuple[Found[Deadline], ...]:
        """完成时限：12月 is a time as a table writes it, shorter than prose would."""
        label, colon, written = alike(text).partition(":")
        if not colon or not label.endswith(_TIME_CELL) or len(written) > 30:
            return ()
        start = len(label) + 1
        phrase = text[start:].rstrip("。；;，, ")
        read = parse_deadline(phrase, self.context) if phrase else None
        return (Found(start, start + len(phrase), read),) if read else ()

    def _overlooked(self, text: Traced, left: list[str]) -> str:
        words = "”“".join(dict.fromkeys(left))
        place = text.where(max(0, text.text.find(left[0])))
        return self.doubts.add(
            Weight.UNCLASSED,
            place,
            text.text,
            f"“{words}”没有归入时限、目标值或提及",
            "请判断是时限、目标值，还是只作提及",
        )

    def _undated(self, text: Traced, deadlines: Iterable[Deadline]) -> Iterable[str]:
        for deadline in deadlines:
            if EITHER in (deadline.basis or ""):
                place = text.where(max(0, text.text.find(deadline.phrase)))
                reading = f"“{deadline.phrase}”暂按{deadline.end}"
                yield self.doubts.add(Weight.UNDATED, place, text.text, reading, f"{deadline.basis}；请判断")
            dated = deadline.kind in {DeadlineKind.BY, DeadlineKind.FROM, DeadlineKind.BETWEEN}
            if dated and deadline.start is None and deadline.end is None:
                place = text.where(max(0, text.text.find(deadline.phrase)))
                reading = f"“{deadline.phrase}”是时限，日期推算不出"
                basis = f"{deadline.basis}；" if deadline.basis else ""
                choices = f"{basis}{_HOW_TO_DATE if '季节表' in basis else '请补填日期'}"
                yield self.doubts.add(Weight.UNDATED, place, text.text, reading, choices)

    def _untimed(self, text: Traced, deadlines: Iterable[Deadline], mentions: Iterable[Mention]) -> Iterable[str]:
        """A field that should say a time and says none that is known."""
        label, colon, _ = alike(text.text).partition(":")
        said = [*deadlines, *(found for found in mentions if found.kind is MentionKind.EVENT)]
        if colon and label.endswith(_TIME_CELL) and len(label) <= 8 and not said:
            choices = "有时限的请补填 deadlines"
            yield self.doubts.add(Weight.UNDATED, text.place, text.text, "这一栏没有读出时限", choices)

    def _private(self, text: Traced) -> Iterable[str]:
        for kind, pattern in PRIVATE:
            if pattern.search(text.text):
                choices = "计划文件和网站不应有个人信息，请删去"
                yield self.doubts.add(Weight.PRIVATE, text.place, text.text, f"像是写了{kind}", choices)

    def _unreadable(self, text: Traced) -> Iterable[str]:
        place = text.text.find("\ufffd")
        if place >= 0:
            choices = "请对照原件补上（文件编码有损坏）"
            yield self.doubts.add(Weight.UNREADABLE, text.where(place), text.text, "有认不出的字符", choices)


def _outline_number(text: str) -> str:
    """1. or （2） at the start of a point within a measure: it numbers, and says nothing."""
    marker = read_marker(text)
    return (
        text[: marker.length].strip() if marker and any(char.isdigit() for char in text[: marker.length]) else ""
    )


def _stretches(text: str) -> Iterator[str]:
    """Sentences; one that is longer than any real one is cut at a pause, for reading it whole would take ages."""
    for sentence in split_sentences(Traced(text)):
        rest = sentence.text
        while len(rest) > LONGEST:
            pause = max(rest.rfind(mark, LONGEST // 2, LONGEST) for mark in "，；,;、") + 1
            cut = pause or LONGEST
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest


def _each_with_its_place(text: str, found: Iterable[Found[T]], key: Callable[[T], str]) -> tuple[T, ...]:
    """The values, none of them more often than its phrase stands in the text."""
    used: dict[str, int] = {}
    kept: list[T] = []
    for value in (one.value for one in found):
        used[key(value)] = used.get(key(value), 0) + 1
        if used[key(value)] <= text.count(value.phrase):
            kept.append(value)
    return tuple(kept)
