"""Sentences that left one task and stand word for word in another: they moved, nothing was dropped or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.analysis.changes.tables import ClauseChange, MeasureChange, SentenceChange, VersionChangeKind


def with_moved_sentences(measures: Iterable[MeasureChange]) -> tuple[MeasureChange, ...]:
    """The measures, with every sentence that moved marked so at both its places."""
    found = tuple(measures)
    moved = _moved(
        sentence for measure in found for clause in measure.clauses for sentence in clause.text.sentences
    )
    return tuple(
        replace(measure, clauses=tuple(_marked(clause, moved) for clause in measure.clauses)) for measure in found
    )


def _moved(sentences: Iterable[SentenceChange]) -> dict[str, tuple[str, str]]:
    """Texts that went from exactly one place and came to exactly one, with both addresses."""
    went: dict[str, list[str]] = {}
    came: dict[str, list[str]] = {}
    for sentence in sentences:
        if sentence.kind is VersionChangeKind.REMOVED:
            went.setdefault(_text(sentence), []).append(sentence.before_id)
        elif sentence.kind is VersionChangeKind.ADDED:
            came.setdefault(_text(sentence), []).append(sentence.after_id)
    return {
        text: (went[text][0], came[text][0]) for text in went if len(went[text]) == len(came.get(text, ())) == 1
    }


def _text(sentence: SentenceChange) -> str:
    return "".join(run.text for run in sentence.before or sentence.after)


def _marked(clause: ClauseChange, moved: dict[str, tuple[str, str]]) -> ClauseChange:
    sentences = tuple(_with_addresses(clause.text.sentences, moved))
    return replace(clause, text=replace(clause.text, sentences=sentences))


def _with_addresses(
    sentences: Iterable[SentenceChange], moved: dict[str, tuple[str, str]]
) -> Iterator[SentenceChange]:
    for sentence in sentences:
        addresses = moved.get(_text(sentence))
        if addresses is None or sentence.kind is VersionChangeKind.CHANGED:
            yield sentence
        else:
            before_id, after_id = addresses
            yield replace(sentence, kind=VersionChangeKind.MOVED, before_id=before_id, after_id=after_id)
