"""Figures and times that bind nothing, each with the reason (提及). One form is one entry of FORMS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Mention, MentionKind
from generator.phrases.characters import Folded
from generator.phrases.context import PhraseContext
from generator.phrases.found import Found, Spans, longest
from generator.phrases.judgement import mention_span
from generator.phrases.targets import Reading, read
from generator.phrases.time_bound import Bound

FORMS: tuple[tuple[str, re.Pattern[str], MentionKind], ...] = tuple(
    (marks, re.compile(pattern), kind)
    for marks, pattern, kind in (
        ("段", r"(?:重点|特殊|敏感|关键|高峰|不利|易发|空闲|规定)时段", MentionKind.CONDITION),
        ("夜度", r"夜间|(?<![0-9每逐按分本半])年度(?=工作任务|任务|指标|目标|计划)", MentionKind.SCOPE),
        ("动", r"动态(?:更新|管理|调整|监管|评估|监测|监控)", MentionKind.NAME),
        ("立即", r"立行立改|即知即改|立查立改|立即", MentionKind.EVENT),
        ("年", r"三年滚动计划|[两三五]年行动(?:计划|方案)", MentionKind.NAME),
        (
            "五",
            r'"十[一二三四五六七八九]?五"|(?<![一二三四五六七八九])十[一二三四五六]五(?=规划|以来)',
            MentionKind.NAME,
        ),
        ("自", r"自[^,。;:]{1,30}?之日起(?:[0-9]{1,3}个?(?:工作日|[日天月年周])内)?", MentionKind.EVENT),
        ("有", r"有效期(?:限)?为?[0-9一二三四五六七八九十两]{1,3}(?:年|个月)", MentionKind.DOCUMENT_DATE),
        ("动", r"动态", MentionKind.NAME),
        ("段前度", r"时段|[底末]前|季度", MentionKind.CONDITION),
    )
)
_PERIOD = re.compile(r"期间")
_RUN = re.compile(r"[\u4e00-\u9fff、A-Za-z0-9\"]{1,20}$")


def _periods(text: str) -> Iterator[Found[MentionKind]]:
    """企业开停工、检维修期间: the event is named by the words of its clause, so its phrase begins there."""
    for match in _PERIOD.finditer(text):
        run = _RUN.search(text, max(0, match.start() - 20), match.start())
        yield Found(run.start() if run else match.start(), match.end(), MentionKind.EVENT)


def _candidates(reading: Reading) -> Iterator[Found[MentionKind]]:
    text = reading.folded.text
    letters = set(text)
    for marks, pattern, kind in FORMS:
        if letters.isdisjoint(marks):
            continue
        for match in pattern.finditer(text):
            yield Found(*match.span(), kind)
    yield from _periods(text)
    yield from reading.labels
    for time in reading.times:
        if isinstance(time.value, MentionKind):
            yield Found(time.start, time.end, time.value)
    for one in reading.figures:
        if isinstance(one.verdict, MentionKind):
            yield Found(*mention_span(one.figure, text), one.verdict)


def find_mentions(text: str, context: PhraseContext) -> tuple[Found[Mention], ...]:
    """Every figure and time that binds nothing, in order and outside deadlines and targets."""
    return mentions_of(read(text, context))


def mentions_of(reading: Reading) -> tuple[Found[Mention], ...]:
    """As `find_mentions`, on text already read."""
    folded = reading.folded
    binding = Spans(len(folded.original))
    for time in reading.times:
        if isinstance(time.value, Bound):
            binding.take(*folded.span(time.start, time.end))
    for target in reading.targets:
        binding.take(target.start, target.end)
    free = [found for found in _candidates(reading) if not binding.touches(*folded.span(found.start, found.end))]
    return tuple(_mention(folded, found) for found in longest(free, len(folded.text)))


def _mention(folded: Folded, found: Found[MentionKind]) -> Found[Mention]:
    mention = Mention(phrase=folded.phrase(found.start, found.end), kind=found.value)
    return Found(*folded.span(found.start, found.end), mention)
