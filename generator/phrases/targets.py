"""Targets in official prose: figures that must be reached, with what they measure (目标值)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from generator.model import Comparator, MentionKind, Target
from generator.phrases import indicators
from generator.phrases.characters import Folded, fold
from generator.phrases.context import YEAR_NUMBER, PhraseContext
from generator.phrases.deadlines import scan_times
from generator.phrases.figures import Figure, find_figures
from generator.phrases.found import Found, Spans
from generator.phrases.judgement import judge
from generator.phrases.labels import find_labels
from generator.phrases.target_forms import Aim, Worded, find_worded
from generator.phrases.time_bound import Reading as TimeReading

LONGEST_LIST = 12


@dataclass(frozen=True)
class Judged:
    """A figure and what it is: the comparator of a target, or the kind of a mention."""

    figure: Figure
    verdict: Comparator | MentionKind | None


@dataclass(frozen=True)
class Reading:
    """Everything read in a text once: times, labels, figures judged; what asks for part of it shares the work."""

    folded: Folded
    times: list[Found[TimeReading]]
    labels: list[Found[MentionKind]]
    figures: list[Judged]
    plain: str
    """The folded text with each time blanked out, position for position: an indicator holds none."""

    @cached_property
    def targets(self) -> tuple[Found[Target], ...]:
        """Every target, in order."""
        return tuple(sorted((*_numeric(self), *_worded(self)), key=lambda target: (target.start, target.end)))


def read(text: str, context: PhraseContext) -> Reading:
    """Read times and figures; a figure within a time, a name or a document number is none of its own."""
    folded = fold(text)
    times = scan_times(folded.text, context)
    labels = list(find_labels(folded.text))
    blocked = Spans(len(folded.text))
    for found in (*times, *labels):
        blocked.take(found.start, found.end)
    return Reading(folded, times, labels, _judged(folded.text, blocked), _without(times, folded.text))


def _without(times: list[Found[TimeReading]], text: str) -> str:
    pieces, done = [], 0
    for time in times:
        pieces += [text[done : time.start], indicators.BLANK * (time.end - time.start)]
        done = time.end
    return "".join([*pieces, text[done:]])


def _judged(text: str, blocked: Spans) -> list[Judged]:
    """Every figure judged; one that continues a list binds as the list does."""
    judged: list[Judged] = []
    for figure in find_figures(text, blocked):
        verdict = judge(figure, text)
        if figure.joined and isinstance(verdict, Comparator) and judged:
            verdict = figure.comparator if isinstance(judged[-1].verdict, Comparator) else judged[-1].verdict
        judged.append(Judged(figure, verdict))
    return judged


def find_targets(text: str) -> tuple[Found[Target], ...]:
    """Every target, in order; a list after 分别 gives one target for each of its figures."""
    return targets_of(read(text, PhraseContext()))


def targets_of(reading: Reading) -> tuple[Found[Target], ...]:
    """As `find_targets`, on text already read."""
    return reading.targets


def _target(folded: Folded, start: int, end: int, indicator: str, aim: Aim) -> Found[Target]:
    target = Target(
        phrase=folded.phrase(start, end),
        indicator=indicator.strip("、,;和及与 ") or indicators.UNNAMED,
        comparator=aim.comparator,
        value=aim.value,
        symbol=aim.symbol,
        baseline=aim.baseline,
        external=aim.external,
    )
    return Found(*folded.span(start, end), target)


def _worded(reading: Reading) -> Iterator[Found[Target]]:
    for worded in find_worded(reading.folded.text):
        for name in _set_by_words(reading.plain, worded):
            yield _target(reading.folded, worded.start, worded.end, name, worded.aim)


def _set_by_words(text: str, worded: Worded) -> list[str]:
    """The indicators: for a figure set by others those named within, or each of those before it."""
    if worded.things:
        return [thing + worded.goal for thing in indicators.shares(worded.things)]
    words = indicators.subject(text, worded.start)
    return indicators.shares(words) if worded.aim.external else [words]


def _groups(judged: list[Judged]) -> Iterator[list[Judged]]:
    """Figures that bind, each list of joined figures together."""
    group: list[Judged] = []
    for one in judged:
        if not one.figure.joined and group:
            yield group
            group = []
        if isinstance(one.verdict, Comparator):
            group.append(one)
    if group:
        yield group


def _numeric(reading: Reading) -> Iterator[Found[Target]]:
    text, done = reading.plain, 0
    told: list[str] = []
    waiting: list[str] = []
    groups = list(_groups(reading.figures))
    for number, group in enumerate(groups):
        first = group[0].figure
        between = text[done : first.left]
        if "。" in between:
            told = []
        if not indicators.connects(between):
            words = indicators.subject(text, first.left, done)
            waiting = (
                [] if words else _inherited(told, _run(groups[number : number + LONGEST_LIST], text), between)
            )
        elif not waiting:
            words = told[-1] if told else ""
        words = waiting.pop(0) if waiting else words
        names = _names(text, group, words, told[-1] if told else "", reading)
        told.extend(names)
        done = group[-1].figure.right
        for one, name in zip(_repeated(group, len(names)), names, strict=True):
            aim = Aim(_comparator(one), one.figure.value, one.figure.symbol, one.figure.baseline)
            yield _target(reading.folded, *_phrase(one, text), name, aim)


def _run(groups: list[list[Judged]], text: str) -> int:
    """How many groups, from the first on, one list holds: 3万亩、0.8万亩和5平方公里."""
    count = 1
    for one, other in pairwise(groups):
        if not indicators.connects(text[one[-1].figure.right : other[0].figure.left]):
            break
        count += 1
    return count


def _inherited(told: list[str], count: int, between: str) -> list[str]:
    """其中2023年分别完成3万亩、0.8万亩: a list that names nothing is of what the list before it names."""
    if not told:
        return []
    return told[-count:] if "分别" in between and len(told) >= count else [told[-1]] * count


def _phrase(one: Judged, text: str) -> tuple[int, int]:
    """The shortest run with comparator, number and symbol; a plain count takes in the things it counts."""
    figure = one.figure
    start = figure.start if figure.joined else figure.left
    plain = one.verdict is Comparator.EQUAL and not (figure.compare or figure.after or figure.change)
    things = indicators.counted(text, figure.right)[1] if plain else figure.right
    return start, max(figure.right, things)


def _comparator(one: Judged) -> Comparator:
    return one.verdict if isinstance(one.verdict, Comparator) else Comparator.EQUAL


def _repeated(group: list[Judged], count: int) -> list[Judged]:
    """One figure after 分别 holds for everything the list names."""
    return group * count if len(group) == 1 else group


def _names(text: str, group: list[Judged], words: str, previous: str, reading: Reading) -> list[str]:
    first = group[0].figure
    if first.spread:
        count = len(group) if len(group) > 1 else indicators.parts_of(words)
        names = indicators.spread(words, count, _years_before(reading, first.left))
    elif len(group) > 1:
        names = [words] * len(group)
    else:
        listed = indicators.counted_in_list(text, first.right) if not words else ""
        names = [_counted(text, first, words) or indicators.carried(words, previous) or words or listed]
    return [name + first.change if first.change and name else name for name in names]


def _years_before(reading: Reading, position: int) -> list[str]:
    """The years of the same clause, or of the nearest before it: 2024年、2025年治理率分别达到45%、52%."""
    sentence = reading.folded.text[max(0, position - 80) : position].rpartition("。")[2]
    clauses = (re.findall(YEAR_NUMBER + "年", clause) for clause in reversed(re.split("[,;]", sentence)))
    return next((years for years in clauses if years), [])


def _counted(text: str, figure: Figure, words: str) -> str:
    """What a count counts stands after it: 新建20座站房; so does what a share is of: 80%以上的产能."""
    if text.startswith("的", figure.right):
        things = indicators.counted(text, figure.right + 1)[0]
        return (words if len(words) <= 4 or things.endswith("比例") else "") + things
    if figure.compare or figure.change or figure.symbol in ("%", None):
        return ""
    return indicators.counted(text, figure.right)[0]


def parse_targets(phrase: str, text: str | None = None) -> tuple[Target, ...]:
    """Every reading of a phrase; the sentence, where given, tells its indicator, its baseline and its list."""
    if text is not None and phrase:
        within = tuple(_around(phrase, text))
        if within:
            return tuple(target.model_copy(update={"phrase": phrase}) for target in within)
    return _alone(phrase)


def parse_target(phrase: str, text: str | None = None) -> Target | None:
    """The first reading of a phrase; None where it holds no figure that must be reached."""
    readings = parse_targets(phrase, text)
    return readings[0] if readings else None


def _around(phrase: str, text: str) -> Iterator[Target]:
    """Targets of the sentence that lie in the phrase, or around it, at any place where it stands."""
    found = _of_sentence(text)
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        for target in found:
            inside = start <= target.start and target.end <= end
            if inside or (target.start <= start and end <= target.end):
                yield target.value
        start = text.find(phrase, end)


@lru_cache(maxsize=2048)
def _of_sentence(text: str) -> tuple[Found[Target], ...]:
    """A sentence with many phrases is read once."""
    return find_targets(text)


def _alone(phrase: str) -> tuple[Target, ...]:
    """A phrase read by itself; a lone plain figure is taken at its word (1家砖厂 is one)."""
    reading = read(phrase, PhraseContext())
    found = tuple(target.value.model_copy(update={"phrase": phrase}) for target in targets_of(reading))
    if found or not phrase:
        return found
    folded, judged = reading.folded, reading.figures
    lone = judged[0] if len(judged) == 1 else None
    plain = lone and lone.verdict is MentionKind.INVENTORY and not lone.figure.start
    if not lone or not plain:
        return ()
    name = indicators.counted(folded.text, lone.figure.end)[0]
    aim = Aim(Comparator.EQUAL, lone.figure.value, lone.figure.symbol)
    return (_target(folded, lone.figure.start, len(folded.text), name, aim).value,)
