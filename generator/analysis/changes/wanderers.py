"""Sentences that left one place and stand word for word in another: they moved, nothing was dropped or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.analysis.changes.pieces import Reference, SentenceChange, VersionChangeKind
from generator.analysis.changes.tables import ClauseChange, MeasureChange


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: its address, the visible number of its task, and the task in both versions."""

    id: str
    label: str
    task: tuple[Reference | None, Reference | None]


Moves = dict[str, tuple[Place, Place]]
"""From where to where, by the sentence's text."""


def with_moved_sentences(measures: Iterable[MeasureChange]) -> tuple[MeasureChange, ...]:
    """The measures, with every sentence that moved marked so at both its places."""
    found = tuple(measures)
    moves = _moves(clause for measure in found for clause in measure.clauses)
    return tuple(
        replace(measure, clauses=tuple(_marked(clause, moves) for clause in measure.clauses)) for measure in found
    )


def _moves(clauses: Iterable[ClauseChange]) -> Moves:
    """The sentences that went from exactly one place and came to exactly one."""
    went: dict[str, list[Place]] = {}
    came: dict[str, list[Place]] = {}
    for clause in clauses:
        task = (clause.before, clause.after)
        for sentence in clause.text.sentences:
            if sentence.kind is VersionChangeKind.REMOVED and clause.before:
                went.setdefault(_text(sentence), []).append(Place(sentence.before_id, clause.before.label, task))
            elif sentence.kind is VersionChangeKind.ADDED and clause.after:
                came.setdefault(_text(sentence), []).append(Place(sentence.after_id, clause.after.label, task))
    single = (text for text, places in went.items() if len(places) == len(came.get(text, ())) == 1)
    return {text: (went[text][0], came[text][0]) for text in single}


def _text(sentence: SentenceChange) -> str:
    return "".join(run.text for run in sentence.before or sentence.after)


def _marked(clause: ClauseChange, moves: Moves) -> ClauseChange:
    sentences = tuple(_with_places(clause.text.sentences, moves))
    return replace(clause, text=replace(clause.text, sentences=sentences))


def _with_places(sentences: Iterable[SentenceChange], moves: Moves) -> Iterator[SentenceChange]:
    """A sentence that moved within its task is told once, where it stands now."""
    for sentence in sentences:
        move = moves.get(_text(sentence))
        if move is None or sentence.kind is VersionChangeKind.CHANGED:
            yield sentence
            continue
        before, after = move
        within = before.task == after.task
        moved = replace(
            sentence,
            kind=VersionChangeKind.MOVED,
            before_id=before.id,
            after_id=after.id,
            before=sentence.after if within else sentence.before,
            before_label=before.label,
            after_label=after.label,
        )
        if not within or moved.after:
            yield moved
