"""Units and groups that the sentences themselves name, also where no bracket does (正文写有职责)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.graph import ResponsibilityGraph, Task, folded, name_index, names_of
from generator.model import Unit, UnitGroup


def tasks_naming(graph: ResponsibilityGraph, unit: str) -> tuple[Task, ...]:
    """The tasks whose sentences name a unit and whose bracket does not, in the order of the document."""
    names = names_of(graph.unit_by_id[unit])
    return tuple(
        task
        for task in graph.tasks
        if unit not in {found.party for found in task.assignments}
        and any(name in task.clause.text for name in names)
    )


@dataclass(frozen=True)
class Named:
    """A unit or a group where a text names it; `settled` is false where that name may mean another."""

    start: int
    end: int
    written: str
    party: str
    settled: bool


@dataclass(frozen=True)
class Register:
    """Every name that means one unit or one group and no other, as units.yml has them."""

    graph: ResponsibilityGraph

    def named_in(self, text: str) -> Iterator[Named]:
        """Each name in a text, the longest where several begin."""
        if self._pattern:
            for found in self._pattern.finditer(text):
                party, settled = self._meant[folded(found.group())]
                yield Named(found.start(), found.end(), found.group(), party, settled)

    @cached_property
    def _meant(self) -> dict[str, tuple[str, bool]]:
        """Folded name → whom it means and whether that is settled; names that several bear are left out."""
        parties: tuple[Unit | UnitGroup, ...] = (*self.graph.units, *self.graph.groups)
        doubtful = {
            (party.id, folded(alias.name)) for party in parties for alias in party.aliases if not alias.confirmed
        }
        return {
            name: (bearers[0], (bearers[0], name) not in doubtful)
            for name, bearers in name_index(parties).items()
            if len(bearers) == 1
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest = sorted(self._meant, key=lambda name: (-len(name), name))
        either = (re.escape(name).replace(r"\(", "[(（]").replace(r"\)", "[)）]") for name in longest)
        return re.compile("|".join(either)) if longest else None
