"""How changes are worded: one wording for the site and the terminal."""

from __future__ import annotations

from pathlib import PurePath

from generator.analysis.changes import Fact, Held, LinkState, PartyName, SentenceChange
from generator.analysis.readings import deadline_reading, target_reading
from generator.analysis.wording import day_text
from generator.model import Deadline, Role, Target
from generator.storage.versions import VersionName
from generator.terms import Terms

SHORT = 10
"""How many letters of a commit are printed."""
CODED = ("unit_kind", "target_kind", "confirmed")
"""Facts whose values are words of terms.yml."""


def version_text(terms: Terms, name: VersionName) -> str:
    """`v1.0（2024年5月9日提交，a1b2c3d4e5）`, a folder by its name, or 当前文件."""
    if not name.written:
        return terms("change.present")
    if not name.commit:
        return PurePath(name.written).name or name.written
    made = terms("change.made_on").format(day=day_text(name.day)) if name.day else ""
    facts = "，".join(filter(None, (made, name.commit[:SHORT])))
    return terms("change.version").format(written=name.written, facts=facts)


def fact_texts(terms: Terms, fact: Fact) -> tuple[str, str]:
    """A fact as it was and as it is; — where there is none."""
    before, after = (
        "、".join(terms(f"{fact.key}.{value}") if fact.key in CODED else value for value in values)
        for values in (fact.before, fact.after)
    )
    return before or terms("mark.none"), after or terms("mark.none")


def moved_text(terms: Terms, sentence: SentenceChange) -> str:
    """From which task to which a sentence moved, or that it did so within one."""
    before, after = sentence.before_label, sentence.after_label
    key = "change.moved_within" if before == after else "change.moved_sentence"
    return terms(key).format(before=before, after=after)


def roles_text(terms: Terms, roles: tuple[Role, ...]) -> str:
    """`▲牵头、○配合`; — for none."""
    return "、".join(terms.mark(role) + terms(f"role_short.{role.value}") for role in roles) or terms("mark.none")


def party_name_text(terms: Terms, party: PartyName) -> str:
    """A name, with 待确认 where it is not settled whom it means."""
    return party.name if party.settled else f"{party.name}（{terms('mark.unconfirmed')}）"


def held_text(terms: Terms, held: tuple[Held, ...]) -> str:
    """`●分工负责（经“各镇(街道)”，待确认）`; — for none."""
    return "、".join(_one_held(terms, found) for found in held) or terms("mark.none")


def _one_held(terms: Terms, held: Held) -> str:
    notes = [terms("change.via").format(group=held.via_name)] if held.via else []
    notes += [] if held.settled else [terms("mark.unconfirmed")]
    return roles_text(terms, (held.role,)) + (f"（{'，'.join(notes)}）" if notes else "")


def deadline_text(terms: Terms, deadline: Deadline | None) -> str:
    """A time as the text has it and as it is read, with the basis of what was inferred; — for none."""
    if deadline is None:
        return terms("mark.none")
    mark = terms("mark.inferred") if deadline.inferred else ""
    text = terms("change.deadline").format(
        phrase=deadline.phrase + mark, reading=deadline_reading(terms, deadline)
    )
    if not deadline.basis:
        return text
    inferred = terms("reading_note.inferred") if deadline.inferred else terms("column.basis")
    return f"{text}（{terms('change.basis').format(mark=mark, inferred=inferred, basis=deadline.basis)}）"


def target_text(terms: Terms, target: Target | None) -> str:
    """A figure with its indicator, as the text has it and as it is read; — for none."""
    if target is None:
        return terms("mark.none")
    words = {"indicator": target.indicator, "phrase": target.phrase, "reading": target_reading(terms, target)}
    return terms("change.target").format(**words)


def link_text(terms: Terms, link: LinkState | None) -> str:
    """`行动-09 部分落实 方案-14：理由`; — for none."""
    if link is None:
        return terms("mark.none")
    words = {
        "source": link.source.label,
        "to": link.to.label,
        "kind": terms.label(link.kind),
        "reason": link.reason,
    }
    return terms("change.link").format(**words)
