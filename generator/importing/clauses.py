"""The paragraphs of a measure → its clauses: each runs from the end of one responsibility to that of the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from generator.importing.kinds import is_field_line
from generator.importing.sentences import split_sentences
from generator.importing.traced import Traced
from generator.phrases import Convention, ResponsibilityReading, find_responsibilities, parse_responsibility
from generator.phrases.characters import alike

_TAIL = re.compile(r"[。;,、.:!?]+")
_COMPLETIONS = {"配": "合", "牵": "头", "负": "责", "落": "实", "指": "导", "参": "与", "协": "助"}
_CLOSERS = {"〔": "〕", "[": "]", "［": "］", "（": "）", "(": ")", "【": "】", "〖": "〗"}
_LABEL_END = re.compile(r"[,;、 ]+$")
_PERIOD = r"(?:年|[0-9]{1,2}月|[0-9]{1,2}日|季度)(?:底|末|[上中下]旬)?(?:前|内)"
_TIME_WORDS = re.compile(_PERIOD + r"|年底|年内|全年|持续推进|长期(?:坚持|推进)|常态化|每(?:年|半年|季|月|周)")
_TIME_FIELD = re.compile(r"(?:完成|办结|整改|办理|工作)?(?:时限|时间|期限)(?:要求|节点)?:")


@dataclass(frozen=True)
class Sentence:
    """A statement: its text, and what stands at this place in the source where that differs."""

    text: Traced
    source_text: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Duty:
    """A responsibility as printed and as read, with what was mended."""

    phrase: str
    brackets: str
    reading: ResponsibilityReading
    place: str
    source_text: str | None = None
    note: str | None = None
    doubts: tuple[str, ...] = ()
    before: Convention = field(default_factory=Convention)
    """What had been laid down when it was read."""

    @property
    def printed(self) -> str:
        """As the document prints it, brackets included."""
        half = len(self.brackets) // 2
        return f"{self.brackets[:half]}{self.phrase}{self.brackets[half:]}"


@dataclass(frozen=True)
class ClauseDraft:
    """款: sentences, the responsibility that closes them, and the marks after it."""

    sentences: tuple[Sentence, ...]
    duty: Duty | None = None
    tail: str = ""


Piece = Traced | Sentence | Duty


@dataclass
class ClauseReader:
    """Reads measures one after the other; what one lays down (下同) holds for those that follow."""

    convention: Convention = field(default_factory=Convention)

    def clauses(self, paragraphs: Iterable[Traced]) -> tuple[ClauseDraft, ...]:
        """The clauses of one measure; where it names no units at all, each paragraph is one."""
        pieces = [piece for paragraph in paragraphs for piece in self._pieces(paragraph)]
        if not any(isinstance(piece, Duty) for piece in pieces):
            return tuple(_unassigned([piece for piece in pieces if isinstance(piece, Traced)]))
        return _Assigner().clauses(pieces)

    def _pieces(self, paragraph: Traced) -> Iterator[Piece]:
        """Text and responsibilities of a paragraph in their order."""
        done = 0
        text = paragraph.text
        for found in find_responsibilities(text, self.convention):
            if found.start > done:
                yield paragraph.cut(done, found.start)
            yield from _duty(paragraph.cut(found.start, found.end), found.value, self.convention)
            self.convention = found.value.convention
            done = found.end
        if done < len(text):
            yield paragraph.cut(done)


def _duty(part: Traced, reading: ResponsibilityReading, before: Convention) -> Iterator[Sentence | Duty]:
    """The responsibility, and before it a time that its bracket or line also holds."""
    text, folded = part.text, alike(part.text)
    opened = text[0] in _CLOSERS
    closed = opened and folded[-1] in ("]", ")") and folded.count(folded[0]) == folded.count(folded[-1])
    brackets = text[0] + (text[-1] if closed else _CLOSERS[text[0]]) if opened else ""
    inner = part.cut(1, len(text) - 1) if closed else part.cut(1) if opened else part
    times, phrase = _without_times(inner.text, reading)
    duty = Duty(phrase, brackets, reading, part.place, before=before)
    if opened and not closed:
        yield _completed(duty, text)
        return
    for time in times:
        place = inner.text.find(time)
        yield Sentence(inner.cut(place, place + len(time)), "", "原文写在责任单位的括号里")
    yield _relined(duty, text, times)


def _without_times(text: str, reading: ResponsibilityReading) -> tuple[list[str], str]:
    """A field such as 完成时限：… is a statement of its own, not a unit."""
    times = [aside for aside in reading.aside if _says_when(alike(aside)) and aside in text]
    phrase = text
    for time in times:
        phrase = phrase.replace(time, "", 1)
    if not times:
        return [], text
    return times, _LABEL_END.sub("", re.sub(r"([;,，；、])[;,，；、]+", r"\1", phrase).strip("；;，,、 。"))


def _says_when(aside: str) -> bool:
    """完成时限：…, 6月底前完成, 年内持续推进."""
    return bool(_TIME_FIELD.match(aside)) or (
        ":" not in aside and len(aside) <= 30 and bool(_TIME_WORDS.search(aside))
    )


def _completed(duty: Duty, text: str) -> Duty:
    """A bracket that breaks off gets its closing mark, and a role word its last character."""
    last = duty.phrase[-1:]
    missing = _COMPLETIONS.get(last, "") if duty.reading.cut else ""
    phrase = duty.phrase + missing
    lost = missing + duty.brackets[1:]
    note = f"来源文件此处缺“{lost}”，据其他各条文例补全"
    reading = parse_responsibility(phrase) or duty.reading
    kept = replace(reading, convention=duty.reading.convention) if missing else duty.reading
    doubt = f"括号没有闭合，补了“{lost}”；请对照原件核对"
    return replace(duty, phrase=phrase, reading=kept, source_text=text, note=note, doubts=(doubt,))


def _relined(duty: Duty, text: str, times: Sequence[str]) -> Duty:
    """What the source writes on several lines, or together with a time, is put in order and told."""
    if not times and "\n" not in text:
        return duty
    note = "原文此处并写时限，已另列一句" if times else "原文分行书写，合为一处"
    return replace(duty, source_text=text.replace("\n", ""), note=note)


def _unassigned(texts: Sequence[Traced]) -> Iterator[ClauseDraft]:
    """Paragraphs without responsibility: each is a clause, one that ends with a colon goes with the next."""
    waiting: list[Traced] = []
    for text, following in zip_longest(texts, texts[1:]):
        waiting.append(text)
        field_follows = following is not None and is_field_line(following.text)
        if following is None or not (alike(text.text[-1:]) == ":" or field_follows):
            yield ClauseDraft(_sentences(waiting))
            waiting = []


def _sentences(texts: Iterable[Traced | Sentence]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for text in texts:
        found = [text] if isinstance(text, Sentence) else [Sentence(part) for part in split_sentences(text)]
        sentences += [sentence for sentence in found if sentence.text.text]
    return tuple(sentences)


class _Assigner:
    """Each responsibility closes what stands before it; one that stands first opens what follows it."""

    def __init__(self) -> None:
        self.drafts: list[ClauseDraft] = []
        self.waiting: list[Traced | Sentence] = []
        self.leading: Duty | None = None

    def clauses(self, pieces: Sequence[Piece]) -> tuple[ClauseDraft, ...]:
        """The clauses of a measure that names units."""
        after_duty = False
        for piece in pieces:
            if isinstance(piece, Duty):
                self._close(piece)
            elif isinstance(piece, Sentence):
                self.waiting.append(piece)
            else:
                self._text(piece, after_duty)
            after_duty = isinstance(piece, Duty)
        if self.waiting:
            self.drafts.append(ClauseDraft(_sentences(self.waiting)))
        return tuple(_led(self.drafts, self.leading) if self.leading is not None else self.drafts)

    def _close(self, duty: Duty) -> None:
        last = self.drafts[-1] if self.drafts else None
        told = any(isinstance(text, Traced) for text in self.waiting)
        if told or (self.waiting and last is None):
            self.drafts.append(ClauseDraft(_sentences(self.waiting), duty))
            self.waiting = []
        elif last is not None and last.duty is not None:
            united = _both(last.duty, duty, last.tail)
            self.drafts[-1] = replace(
                last, sentences=last.sentences + _sentences(self.waiting), duty=united, tail=""
            )
            self.waiting = []
        else:
            self.leading = duty if self.leading is None else _both(self.leading, duty, "")

    def _text(self, text: Traced, after_duty: bool) -> None:
        last = self.drafts[-1] if self.drafts else None
        mark = _TAIL.match(alike(text.text)) if after_duty and last is not None and not self.waiting else None
        if mark and last is not None:
            self.drafts[-1] = last = replace(last, tail=last.tail + text.text[: mark.end()])
            text = text.cut(mark.end())
        if not text.text:
            return
        if last is not None and last.duty is not None and not self.waiting and is_field_line(text.text):
            self.drafts[-1] = _with_field(last, text)
        else:
            self.waiting.append(text)


def _both(first: Duty, second: Duty, between: str) -> Duty:
    """（A牵头）（B配合）, or 牵头单位：… and 配合单位：… on lines of their own: one responsibility."""
    source = (first.source_text or first.printed) + between + (second.source_text or second.printed)
    if first.brackets and first.brackets == second.brackets:
        phrase = f"{first.phrase}{first.brackets[1]}{between}{first.brackets[0]}{second.phrase}"
        printed_alike = first.source_text is None and second.source_text is None
        source_text, note = (None, None) if printed_alike else (source, first.note or second.note)
    else:
        opening, closing = (first.brackets[:1], first.brackets[1:]) if first.brackets else ("", "")
        phrase = f"{opening}{first.phrase.rstrip('；;，,')}{closing}；{second.printed}"
        source_text, note = source, first.note or second.note or "原文分行书写，合为一处"
    brackets = first.brackets if first.brackets == second.brackets else ""
    reading = _united(first.reading, second.reading)
    return replace(
        first,
        phrase=phrase,
        brackets=brackets,
        reading=reading,
        source_text=source_text,
        note=note,
        doubts=first.doubts + second.doubts,
    )


def _united(first: ResponsibilityReading, second: ResponsibilityReading) -> ResponsibilityReading:
    def both(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name))))

    return replace(
        second,
        open=first.open or second.open,
        cut=first.cut or second.cut,
        lead=both("lead"),
        shared=both("shared"),
        responsible=both("responsible"),
        support=both("support"),
        implement=both("implement"),
        guide=both("guide"),
        unread=both("unread"),
        aside=both("aside"),
    )


def _with_field(draft: ClauseDraft, text: Traced) -> ClauseDraft:
    """完成时限：… after 责任单位：… is put before it, so that the responsibility closes the clause."""
    duty = draft.duty
    if duty is None:
        return draft
    printed = duty.source_text if duty.source_text is not None else duty.printed
    source = printed + draft.tail + text.text
    note = "原文写在责任单位之后，移到其前"
    moved = tuple(Sentence(sentence, "", note) for sentence in split_sentences(text))
    changed = replace(duty, source_text=source, note=duty.note or "其后所写时限等已移到其前")
    return replace(draft, sentences=draft.sentences + moved, duty=changed, tail="")


def _led(drafts: Sequence[ClauseDraft], leading: Duty) -> Iterator[ClauseDraft]:
    """A responsibility right below the title holds for what follows; alone it waits for the title's words."""
    if not drafts:
        yield ClauseDraft((), leading)
        return
    first = drafts[0]
    opening = first.sentences[0]
    source = (leading.source_text or leading.printed) + (opening.text.text if opening.source_text is None else "")
    moved = Sentence(opening.text, source, "原文的责任单位写在这一句之前")
    if first.duty is None:
        duty = replace(leading, source_text="", note="原文写在本款文字之前")
    else:
        own = first.duty.printed if first.duty.source_text is None else first.duty.source_text
        told = "标题下和段末各有一处责任单位，合在一起"
        united = _both(leading, first.duty, "")
        duty = replace(united, source_text=own, note=f"原文{told}", doubts=(*united.doubts, told))
    yield ClauseDraft((moved, *first.sentences[1:]), duty, first.tail)
    yield from drafts[1:]
