"""The answer to `planbook diff`: what changed, for the terminal or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any

from pydantic import BaseModel

from generator.analysis.changes import (
    Changes,
    ClauseChange,
    DutyChange,
    DutyChangeKind,
    Fact,
    MeasureChange,
    ObjectiveChange,
    PartyDuties,
    PlanChange,
    Reference,
    RegisterChange,
    Run,
    SentenceChange,
    TextChange,
    VersionChangeKind,
)
from generator.renderers import change_words as words
from generator.terms import Terms

SIGNS = {
    VersionChangeKind.ADDED: "＋",
    VersionChangeKind.REMOVED: "－",
    VersionChangeKind.CHANGED: "～",
    VersionChangeKind.MOVED: "→",
}


def changes_text(terms: Terms, changes: Changes, style: str) -> str:
    """Everything that changed; `style` is text or json."""
    if style == "json":
        return json.dumps(_plain(changes), ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{_printable(line)}\n" for line in _lines(terms, changes))


def _plain(value: Any) -> Any:
    """A table as JSON has it, each record with its kind of change."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if is_dataclass(value):
        kind = getattr(value, "kind", None)
        named = {found.name: _plain(getattr(value, found.name)) for found in fields(value)}
        return named if kind is None else {"kind": str(kind), **named}
    if isinstance(value, tuple):
        return [_plain(found) for found in value]
    return value if isinstance(value, str | bool | int | float | None) else str(value)


def _printable(line: str) -> str:
    """A line without control characters: a terminal obeys those."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def _lines(terms: Terms, changes: Changes) -> Iterator[str]:
    before, after = (words.version_text(terms, name) for name in (changes.before, changes.after))
    yield terms("change.from_to").format(before=before, after=after)
    if not changes:
        yield terms("change.nothing")
    yield from _section(terms, "measures", changes.measures, _measure)
    yield from _section(terms, "duties", changes.duties, _duties)
    yield from _section(terms, "objectives", changes.objectives, _objective)
    yield from _section(terms, "links", changes.links, partial(_pair, words.link_text))
    yield from _section(terms, "register", changes.register, _register)
    yield from _section(terms, "plans", changes.plans, _plan)
    yield f"（{terms('change.compared')}）"


def _section(
    terms: Terms, key: str, found: Iterable[Any], draw: Callable[[Terms, Any], Iterator[str]]
) -> Iterator[str]:
    lines = [line for change in found for line in draw(terms, change)]
    if lines:
        yield from ("", f"【{terms(f'change.{key}')}】", *lines)


def _heading(terms: Terms, kind: VersionChangeKind, before: Reference | None, after: Reference | None) -> str:
    latest = after or before
    name = " ".join(filter(None, (latest.label, latest.title))) if latest else ""
    was = f"{before.label} → " if before and after and before.label != after.label else ""
    return f"{SIGNS[kind]} {was}{name}（{terms.label(kind)}）"


def _measure(terms: Terms, change: MeasureChange) -> Iterator[str]:
    yield _heading(terms, change.kind, change.before, change.after)
    yield from _facts(terms, change.facts)
    for clause in change.clauses:
        yield from _clause(terms, clause, several=len(change.clauses) > 1)


def _clause(terms: Terms, clause: ClauseChange, several: bool) -> Iterator[str]:
    if several:
        yield f"  {_heading(terms, clause.kind, clause.before, clause.after)}"
    yield from _text(terms, clause.text)
    for party in clause.parties:
        name = words.party_name_text(terms, party.party)
        before, after = words.roles_text(terms, party.before), words.roles_text(terms, party.after)
        yield f"    {terms('change.parties')}：{name} {before} → {after}"
    yield from _facts(terms, (clause.bracket,) if clause.bracket else ())


def _facts(terms: Terms, facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        before, after = words.fact_texts(terms, fact)
        yield f"    {terms(f'change_fact.{fact.key}')}：{before} → {after}"


def _text(terms: Terms, text: TextChange) -> Iterator[str]:
    for sentence in text.sentences:
        yield from _sentence(terms, sentence)
    for time in text.deadlines:
        before, after = words.deadline_text(terms, time.before), words.deadline_text(terms, time.after)
        yield f"    {terms('change.deadlines')}：{before} → {after}"
    for figure in text.targets:
        before, after = words.target_text(terms, figure.before), words.target_text(terms, figure.after)
        yield f"    {terms('change.targets')}：{before} → {after}"


def _sentence(terms: Terms, sentence: SentenceChange) -> Iterator[str]:
    """The verbatim sentence; words that went stand in [-…-], words that came in {+…+}, as git marks them."""
    if sentence.kind is VersionChangeKind.MOVED:
        text = _joined(sentence.after or sentence.before)
        yield f"    {SIGNS[sentence.kind]} {text}（{words.moved_text(terms, sentence)}）"
        return
    whole = sentence.kind is not VersionChangeKind.CHANGED
    if sentence.before:
        yield f"    － {_joined(sentence.before, '' if whole else '[-', '' if whole else '-]')}"
    if sentence.after:
        yield f"    ＋ {_joined(sentence.after, '' if whole else '{+', '' if whole else '+}')}"


def _joined(runs: Iterable[Run], opening: str = "", closing: str = "") -> str:
    return "".join(f"{opening}{run.text}{closing}" if run.changed else run.text for run in runs)


def _duties(terms: Terms, change: PartyDuties) -> Iterator[str]:
    yield words.party_name_text(terms, change.party)
    for duty in change.duties:
        if duty.kind is not DutyChangeKind.TASK:
            yield f"    {terms.label(duty.kind)}：{_duty(terms, duty)}"
    labels = [_label(terms, duty) for duty in change.of(DutyChangeKind.TASK)]
    if labels:
        yield f"    {terms.label(DutyChangeKind.TASK)}：{'、'.join(labels)}"


def _label(terms: Terms, duty: DutyChange) -> str:
    task = duty.after or duty.before
    return (task.label if task else "") + ("" if duty.settled else f"（{terms('mark.unconfirmed')}）")


def _duty(terms: Terms, duty: DutyChange) -> str:
    task = duty.after or duty.before
    name = " ".join(filter(None, (task.label, task.title))) if task else ""
    before, after = words.held_text(terms, duty.before_held), words.held_text(terms, duty.after_held)
    held = {
        DutyChangeKind.GAINED: after,
        DutyChangeKind.LOST: before,
    }
    return f"{name} {held.get(duty.kind, f'{before} → {after}')}"


def _objective(terms: Terms, change: ObjectiveChange) -> Iterator[str]:
    yield _heading(terms, change.kind, change.before, change.after)
    yield from _facts(terms, change.facts)
    yield from _text(terms, change.text)


def _pair(word: Callable[[Terms, Any], str], terms: Terms, change: Any) -> Iterator[str]:
    yield f"    {word(terms, change.before)} → {word(terms, change.after)}"


def _register(terms: Terms, change: RegisterChange) -> Iterator[str]:
    yield f"{SIGNS[change.kind]} {change.name}（{terms.label(change.kind)}）"
    yield from _facts(terms, change.facts)


def _plan(terms: Terms, change: PlanChange) -> Iterator[str]:
    yield _heading(terms, change.kind, change.before, change.after)
    yield from _facts(terms, change.facts)
    for sentence in change.paragraphs:
        yield from _sentence(terms, sentence)
