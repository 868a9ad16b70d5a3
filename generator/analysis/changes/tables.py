"""The tables of what changed between two versions (变更): everything names what was `before` and is `after`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.analysis.changes.pieces import (
    Fact,
    Reference,
    SentenceChange,
    TextChange,
    VersionChangeKind,
    kind_of,
)
from generator.model import LinkKind, Role
from generator.storage.versions import VersionName


class DutyChangeKind(StrEnum):
    """What became of a unit's duty in a task (职责变更)."""

    GAINED = "gained"
    LOST = "lost"
    ROLE = "role"
    TASK = "task"


@dataclass(frozen=True)
class PartyName:
    """A unit or a group; `settled` is false for one that is not confirmed, or whose members are not."""

    id: str
    name: str = field(compare=False)
    settled: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class PartyChange:
    """A unit or a group in one task: the roles that it had and those that it has."""

    party: PartyName
    before: tuple[Role, ...]
    after: tuple[Role, ...]


@dataclass(frozen=True)
class ClauseChange:
    """A task that came, went, or changed; `bracket` is the printed responsibility where its wording changed."""

    before: Reference | None
    after: Reference | None
    text: TextChange
    parties: tuple[PartyChange, ...] = ()
    bracket: Fact | None = None

    @property
    def kind(self) -> VersionChangeKind:
        """Added, removed, moved to another number, or changed in its place."""
        return kind_of(self.before, self.after)

    @property
    def altered(self) -> bool:
        """Whether more than its number changed."""
        return bool(self.text or self.parties or self.bracket)


@dataclass(frozen=True)
class MeasureChange:
    """A measure that came, went, moved to another number, or changed."""

    before: Reference | None
    after: Reference | None
    facts: tuple[Fact, ...]
    clauses: tuple[ClauseChange, ...]

    @property
    def kind(self) -> VersionChangeKind:
        """As of a task."""
        return kind_of(self.before, self.after)


@dataclass(frozen=True)
class ObjectiveChange:
    """An objective (工作目标) that came, went, moved or changed."""

    before: Reference | None
    after: Reference | None
    facts: tuple[Fact, ...]
    text: TextChange

    @property
    def kind(self) -> VersionChangeKind:
        """As of a task."""
        return kind_of(self.before, self.after)


@dataclass(frozen=True)
class PlanChange:
    """A plan that came or went, or whose head or text outside measures and objectives changed."""

    before: Reference | None
    after: Reference | None
    facts: tuple[Fact, ...]
    paragraphs: tuple[SentenceChange, ...]

    @property
    def kind(self) -> VersionChangeKind:
        """Added, removed or changed."""
        return kind_of(self.before, self.after)


@dataclass(frozen=True)
class LinkState:
    """One measure carrying out another (落实关系): how far, and why."""

    source: Reference
    to: Reference
    kind: LinkKind
    reason: str


@dataclass(frozen=True)
class LinkChange:
    """A link between two measures that came, went, or is of another kind or for another reason."""

    before: LinkState | None
    after: LinkState | None


@dataclass(frozen=True)
class RegisterChange:
    """A unit or group of the register that came, went, or has other facts; its name is the latest."""

    id: str
    name: str = field(compare=False)
    is_group: bool
    before: bool
    after: bool
    facts: tuple[Fact, ...]

    @property
    def kind(self) -> VersionChangeKind:
        """Added, removed or changed."""
        if self.before and self.after:
            return VersionChangeKind.CHANGED
        return VersionChangeKind.ADDED if self.after else VersionChangeKind.REMOVED


@dataclass(frozen=True)
class Held:
    """A role that a unit has in a task, directly or `via` a group; not `settled` where it may not be meant."""

    role: Role
    via: str = ""
    settled: bool = True
    via_name: str = field(default="", compare=False)


@dataclass(frozen=True)
class DutyChange:
    """A task as one unit's duty in it changed, or as the task changed while the unit stays."""

    before: Reference | None
    after: Reference | None
    before_held: tuple[Held, ...]
    after_held: tuple[Held, ...]

    @property
    def settled(self) -> bool:
        """Whether it is certain that the unit is meant."""
        return all(held.settled for held in self.after_held or self.before_held)

    @property
    def kind(self) -> DutyChangeKind:
        """Gained, lost, another role, or a changed task."""
        if not self.before_held:
            return DutyChangeKind.GAINED
        if not self.after_held:
            return DutyChangeKind.LOST
        return DutyChangeKind.TASK if self.before_held == self.after_held else DutyChangeKind.ROLE


@dataclass(frozen=True)
class PartyDuties:
    """What changed for one unit or group, in the order of the document."""

    party: PartyName
    is_group: bool
    duties: tuple[DutyChange, ...]

    def of(self, kind: DutyChangeKind) -> tuple[DutyChange, ...]:
        """Those of one kind."""
        return tuple(duty for duty in self.duties if duty.kind is kind)


@dataclass(frozen=True)
class Changes:
    """变更: everything that changed from one version to another."""

    before: VersionName
    after: VersionName
    plans: tuple[PlanChange, ...]
    measures: tuple[MeasureChange, ...]
    objectives: tuple[ObjectiveChange, ...]
    links: tuple[LinkChange, ...]
    register: tuple[RegisterChange, ...]
    duties: tuple[PartyDuties, ...]

    def __bool__(self) -> bool:
        return any((self.plans, self.measures, self.objectives, self.links, self.register, self.duties))

    @property
    def renumbered(self) -> tuple[MeasureChange, ...]:
        """The measures that stand elsewhere and are otherwise as they were."""
        return tuple(measure for measure in self.measures if _is_renumbered(measure))

    @property
    def reworked(self) -> tuple[MeasureChange, ...]:
        """All others that changed."""
        return tuple(measure for measure in self.measures if not _is_renumbered(measure))

    def measures_of(self, kind: VersionChangeKind) -> tuple[MeasureChange, ...]:
        """The measures of one kind."""
        return tuple(measure for measure in self.measures if measure.kind is kind)


def _is_renumbered(measure: MeasureChange) -> bool:
    return measure.kind is VersionChangeKind.MOVED and not measure.facts and not measure.clauses
