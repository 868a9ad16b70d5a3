"""What changes are made of: kinds, references, facts, sentences, times and figures, each `before` and `after`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model import Deadline, Target


class VersionChangeKind(StrEnum):
    """What became of a thing (变更类别)."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Run:
    """A run of a sentence; `changed` where the other version has other words."""

    text: str
    changed: bool


@dataclass(frozen=True)
class SentenceChange:
    """A sentence that came, went, was reworded, or stands elsewhere word for word; ids are its addresses.

    The labels name the tasks between which a sentence moved.
    """

    kind: VersionChangeKind
    before_id: str
    after_id: str
    before: tuple[Run, ...]
    after: tuple[Run, ...]
    before_label: str = ""
    after_label: str = ""


@dataclass(frozen=True)
class Fact:
    """A value of a record, by its key in terms.yml (`change_fact.<key>`); several values where it is a list."""

    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class DeadlineChange:
    """A time that came (no `before`), went (no `after`), or is read otherwise."""

    before: Deadline | None
    after: Deadline | None


@dataclass(frozen=True)
class TargetChange:
    """A figure that came, went, or has another value."""

    before: Target | None
    after: Target | None


@dataclass(frozen=True)
class TextChange:
    """What changed in a text: its sentences, times and figures."""

    sentences: tuple[SentenceChange, ...] = ()
    deadlines: tuple[DeadlineChange, ...] = ()
    targets: tuple[TargetChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sentences or self.deadlines or self.targets)


@dataclass(frozen=True)
class Reference:
    """A plan, measure, task or objective: its id (its address), its visible number, its title."""

    id: str
    label: str
    title: str = ""


def kind_of(before: Reference | None, after: Reference | None) -> VersionChangeKind:
    """What became of a thing that was called `before` and is called `after`."""
    if before is None or after is None:
        return VersionChangeKind.ADDED if before is None else VersionChangeKind.REMOVED
    return VersionChangeKind.CHANGED if before.id == after.id else VersionChangeKind.MOVED
