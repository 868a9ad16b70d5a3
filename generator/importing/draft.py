"""Sections and measures as arranged → the records of one draft plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.checks.bracket import names_in
from generator.importing.arrangement import Arrangement, ChapterDraft, Item, ObjectiveDraft, SectionDraft
from generator.importing.clauses import ClauseDraft, ClauseReader, Duty, Sentence
from generator.importing.doubts import Doubts, Weight
from generator.importing.readings import PassageReader
from generator.importing.row_clauses import row_clause
from generator.importing.sentences import split_sentences
from generator.importing.titles import Heading, binds
from generator.importing.traced import Traced
from generator.model import (
    BlockKind,
    BlockRecord,
    Chapter,
    Clause,
    Measure,
    Objective,
    Passage,
    Responsibility,
    Role,
    Section,
    TargetKind,
)
from generator.phrases import Convention, PhraseContext, ResponsibilityReading, parse_responsibility
from generator.phrases.characters import alike
from generator.phrases.duty_places import unit_at_work

SAFEGUARDS = re.compile(
    r"保障|组织领导|组织实施|责任落实|压实.{0,6}责任|监督考核|督导考核|落实各方责任|工作要求|有关要求"
)
LONGEST_QUOTE = 60
_UNSAID = "括号里只有单位、没有写角色"


@dataclass
class DraftMaker:
    """Turns an arrangement into records; readings and doubts go through one reader."""

    plan_id: str
    context: PhraseContext
    doubts: Doubts
    clauses: ClauseReader = field(default_factory=ClauseReader)
    names: list[tuple[str, str]] = field(default_factory=list)
    """Every unit as written, with the place where it stands."""
    bearers: Counter[str] = field(default_factory=Counter)
    """How many chapters bear each number."""
    asides: set[str] = field(default_factory=set)
    heading_notes: list[str] = field(default_factory=list)
    """Times and figures in headings, which have no place for them."""
    trace: list[tuple[str, str]] = field(default_factory=list)
    """Every measure, clause, statement and responsibility, with its place."""

    def __post_init__(self) -> None:
        self.reader = PassageReader(self.context, self.doubts)

    def follow(self, stated: Traced | None) -> None:
        """Take the unit named first for the lead throughout, where the document says so outside its brackets."""
        if stated is not None:
            self.clauses.convention = Convention(first_leads=True)
            words, choices = "全文都以列首位的为牵头", "不适用的款请改角色"
            self.doubts.add(Weight.CARRIED, stated.place, stated.text, words, choices)

    def measures(self, arrangement: Arrangement) -> tuple[Measure, ...]:
        """The measures, numbered through."""
        self.bearers.update(found.number for section in arrangement.sections for found in section.chapters)
        assigned = [self._clauses(item) for item in arrangement.items]
        # Where most measures name units, one that does not is worth a look; a preface need not.
        usual = sum(1 for drafts in assigned if any(draft.duty for draft in drafts)) * 2 > len(assigned)
        return tuple(
            self._measure(number, item, drafts, usual)
            for number, (item, drafts) in enumerate(zip(arrangement.items, assigned, strict=True), 1)
        )

    def _clauses(self, item: Item) -> tuple[ClauseDraft, ...]:
        if not item.rows:
            return _with_words(self.clauses.clauses(item.paragraphs), item)
        drafts = [draft for row in item.rows for draft in row_clause(row, self.clauses)]
        return (*drafts, *self.clauses.clauses(item.paragraphs)) if item.paragraphs else tuple(drafts)

    def _measure(self, number: int, item: Item, drafts: Sequence[ClauseDraft], usual: bool) -> Measure:
        self.doubts.file = f"plan/{self.plan_id}/measures/{number:02d}.yml"
        heading = item.heading
        printed = heading.printed
        self._trace(f"{self.plan_id}-{number:02d}", item, drafts)
        return Measure(
            number=number,
            printed_number=None if printed == f"{number}." else printed,
            title=heading.title,
            title_mark=heading.mark if heading.title else "。",
            chapter=self._chapter_name(item),
            clauses=tuple(self._clause(draft, usual and not item.general) for draft in drafts)
            or (_empty_clause(item),),
            review="；".join(self._measure_doubts(item)) or None,
        )

    def _chapter_name(self, item: Item) -> str | None:
        """The chapter's number, with the section's before it where two chapters bear the same."""
        if item.chapter is None or item.section is None:
            return None
        number = item.chapter.number
        return number if self.bearers[number] == 1 else f"{item.section.number}/{number}"

    def _trace(self, measure: str, item: Item, drafts: Sequence[ClauseDraft]) -> None:
        self.trace.append((measure, item.place))
        for position, draft in enumerate(drafts, 1):
            for index, sentence in enumerate(draft.sentences, 1):
                self.trace.append((f"{measure}.{position}.{index}", sentence.text.place))
            if draft.duty is not None:
                self.trace.append((f"{measure}.{position} 责任分工", draft.duty.place))

    def _measure_doubts(self, item: Item) -> Iterator[str]:
        shown = f"{item.heading.printed}{item.heading.title or ''}"
        if item.gap:
            choices = "原文是否缺一条或编号有误，请核对"
            yield self.doubts.add(Weight.GAP, item.place, shown, "编号与前一条不连续", choices)
        if item.general:
            choices = "编号与各项措施连着，故列为措施；不作任务的可在考核中不计"
            yield self.doubts.add(Weight.LEVEL, item.place, shown, "像是总体要求，不是任务", choices)

    def _clause(self, draft: ClauseDraft, usual: bool) -> Clause:
        statements = tuple(self.reader.statement(sentence) for sentence in draft.sentences)
        if draft.duty is None and (note := self._nobody(draft, usual)):
            statements = (_with_review(statements[0], note), *statements[1:])
        return Clause(
            statements=statements,
            responsibility=self._responsibility(draft.duty) if draft.duty else None,
            tail=draft.tail,
        )

    def _nobody(self, draft: ClauseDraft, usual: bool) -> str | None:
        """A clause without units is worth a look where others have some, or where its own words name one."""
        named = [found for sentence in draft.sentences if (found := unit_at_work(sentence.text.text))]
        if not usual and not named:
            return None
        first = draft.sentences[0].text
        choices = f"文中写有“{named[0]}”，是责任单位的请补上" if named else "是原文没写，还是写在别处，请核对"
        return self.doubts.add(Weight.NOBODY, first.place, _short(first.text), "本款没有责任单位", choices)

    def _responsibility(self, duty: Duty) -> Responsibility:
        reading, lost = _standing(duty)
        notes = [
            self.doubts.add(Weight.BROKEN, duty.place, duty.printed, doubt, "以原件为准") for doubt in duty.doubts
        ]
        for names in filter(None, (reading.unread, lost)):
            words = f"“{'、'.join(names)}”没有归入任何角色"
            notes.append(
                self.doubts.add(Weight.NO_ROLE, duty.place, duty.printed, words, "请判断是牵头、负责还是配合")
            )
        notes += self._conventions(duty)
        if reading.unsaid and _UNSAID not in self.asides:
            self.asides.add(_UNSAID)
            read = "列首位的按牵头，其余按责任单位" if duty.before.first_leads else "按责任单位"
            words = f"{_UNSAID}，{read}（以下同类不再列出）"
            choices = "请判断是牵头、负责还是配合"
            notes.append(self.doubts.add(Weight.NO_ROLE, duty.place, duty.printed, words, choices))
        for aside in reading.aside:
            label = alike(aside).partition(":")[0]
            if aside in duty.phrase and label not in self.asides:
                self.asides.add(label)
                words = f"“{label}”不是责任单位，只保留原文（以下同类不再列出）"
                notes.append(self.doubts.add(Weight.ASIDE, duty.place, duty.printed, words, "是责任单位的请补上"))
        self.names += [(name, duty.place) for _, name in reading.by_role()]
        changes = {"source_text": duty.source_text, "source_note": duty.note, "review": "；".join(notes) or None}
        return reading.record(duty.phrase, duty.brackets).model_copy(update=changes)

    def _conventions(self, duty: Duty) -> Iterator[str]:
        """What a bracket lays down for the rest of the document is told once."""
        reading = duty.reading
        if reading.sets_implementers:
            words = f"以下各款都补列“{'、'.join(reading.sets_implementers)}”（落实）"
            yield self.doubts.add(Weight.CARRIED, duty.place, duty.printed, words, "不适用的款请删去")
        if reading.sets_first_leads and reading.convention.first_leads:
            words = "以下各款都以列首位的为牵头"
            yield self.doubts.add(Weight.CARRIED, duty.place, duty.printed, words, "不适用的款请改角色")

    def sections(self, arrangement: Arrangement) -> tuple[Section, ...]:
        """The outline with the text that stands outside the measures."""
        self.doubts.file = f"plan/{self.plan_id}/plan.yml"
        return tuple(self._section(section) for section in arrangement.sections)

    def _dated_heading(self, title: str, place: str) -> None:
        if title and binds(title):
            words, choices = "标题里的时间或数值没有列为时限、目标值", "需要的，请补到其下有关措施"
            self.heading_notes.append(self.doubts.add(Weight.UNDATED, place, title, words, choices))

    def _section(self, section: SectionDraft) -> Section:
        self._dated_heading(section.title, section.place)
        return Section(
            number=section.number,
            printed=None if section.printed == f"{section.number}、" else section.printed,
            title=section.title,
            paragraphs=self.blocks((text, BlockKind.PARAGRAPH) for text in section.paragraphs),
            objectives=tuple(self._objective(objective) for objective in section.objectives),
            chapters=tuple(self._chapter(chapter) for chapter in section.chapters),
            closing=self.blocks((text, BlockKind.PARAGRAPH) for text in section.closing),
        )

    def _chapter(self, chapter: ChapterDraft) -> Chapter:
        self._dated_heading(chapter.title, chapter.place)
        safeguard = bool(SAFEGUARDS.search(chapter.title))
        return Chapter(
            number=chapter.number,
            printed=None if chapter.printed == f"({chapter.number})" else chapter.printed,
            title=chapter.title,
            paragraphs=self.blocks((text, BlockKind.PARAGRAPH) for text in chapter.paragraphs),
            safeguard=safeguard,
            basis="按标题推断为保障措施，待核" if safeguard else None,
        )

    def _objective(self, draft: ObjectiveDraft) -> Objective:
        heading = draft.heading
        sentences = [sentence for text in draft.texts for sentence in split_sentences(text)]
        statements = [self.reader.statement(Sentence(sentence)) for sentence in sentences]
        words = alike(f"{heading.title or ''}{statements[0].text if heading.title is None else ''}")
        binding = "约束" in words
        if not binding and not re.search("力争|预期|争取|引导", words):
            words, choices = "原文没有写明是约束性还是力争性目标，暂按力争性", "约束性的请把 kind 改为 binding"
            place, quote = sentences[0].place, _short(sentences[0].text)
            note = self.doubts.add(Weight.KIND, place, quote, words, choices)
            statements[0] = _with_review(statements[0], note)
        return Objective(
            number=heading.printed,
            title=heading.title,
            title_mark=heading.mark if heading.title else "。",
            kind=TargetKind.BINDING if binding else TargetKind.ASPIRATIONAL,
            statements=tuple(statements),
        )

    def blocks(self, texts: Iterable[tuple[Traced, BlockKind]]) -> tuple[BlockRecord, ...]:
        """Paragraphs outside the measures."""
        return tuple(self.reader.block(text, kind) for text, kind in texts)


def _standing(duty: Duty) -> tuple[ResponsibilityReading, tuple[str, ...]]:
    """The reading with the names that stand in the phrase as often as they are listed, and the others."""
    pairs = [(role, name) for role, name in duty.reading.by_role() if name not in duty.reading.hidden]
    again = parse_responsibility(duty.phrase, duty.before)
    there = names_in(duty.phrase, {name for _, name in (*pairs, *(again.by_role() if again else ()))})
    used: Counter[str] = Counter()
    lost: list[tuple[Role, str]] = []
    for role, name in pairs:
        used[name] += 1
        if used[name] > there[name]:
            lost.append((role, name))
    if not lost:
        return duty.reading, ()

    def kept(role: Role) -> tuple[str, ...]:
        return tuple(name for name in getattr(duty.reading, role.value) if (role, name) not in lost)

    reading = replace(
        duty.reading,
        lead=kept(Role.LEAD),
        shared=kept(Role.SHARED),
        responsible=kept(Role.RESPONSIBLE),
        support=kept(Role.SUPPORT),
        implement=kept(Role.IMPLEMENT),
        guide=kept(Role.GUIDE),
    )
    return reading, tuple(name for _, name in lost)


def _with_words(drafts: tuple[ClauseDraft, ...], item: Item) -> tuple[ClauseDraft, ...]:
    """Where only units stand below a title, the title is what is to be done."""
    if not drafts or drafts[0].sentences:
        return drafts
    words = item.heading.full
    item.heading = Heading(item.heading.printed, None, "", None)
    sentence = Sentence(Traced(words, (0,), (item.place,))) if words else _no_words(item.place)
    return (replace(drafts[0], sentences=(sentence,)), *drafts[1:])


def _no_words(place: str) -> Sentence:
    return Sentence(Traced("（原文没有文字）", (0,), (place,)), "", "原文此处没有任务文字")


def _empty_clause(item: Item) -> Clause:
    """A number with nothing after it; the printed number stands for its text."""
    note = "原文此处只有编号或标题"
    return Clause(statements=(Passage(text="（原文没有文字）", source_text="", source_note=note),))


def _with_review(passage: Passage, note: str) -> Passage:
    return passage.model_copy(update={"review": "；".join(filter(None, (passage.review, note)))})


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
