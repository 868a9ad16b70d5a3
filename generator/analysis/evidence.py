"""佐证: which numbers returns and decisions name for which task, and which of them a folder of evidence holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.analysis.ledger import Ledger
from generator.model import DecisionsFile, Plan


@dataclass(frozen=True)
class NamedEvidence:
    """A 佐证编号 with where it was named: by a unit (its id) in a period, or by a decision (`unit` is None)."""

    task: str
    number: str
    unit: str | None
    where: str


@dataclass(frozen=True)
class EvidenceCheck:
    """What was named and is there, what was named and is not there, and how many files nothing names."""

    present: tuple[NamedEvidence, ...]
    missing: tuple[NamedEvidence, ...]
    unnamed: tuple[str, ...]


def tasks_with_folders(ledger: Ledger, plan: Plan) -> tuple[str, ...]:
    """Every task that any unit owes in the year of a plan: each has a folder for its evidence."""
    return tuple(dict.fromkeys(entry.task for entry in ledger.of_plan(plan.id)))


def named_evidence(plan: Plan) -> tuple[NamedEvidence, ...]:
    """Every number that returns, annual forms and close-outs name, each once for a task."""
    found: dict[tuple[str, str], NamedEvidence] = {}
    for one in (*_of_returns(plan), *_of_decisions(plan)):
        found.setdefault((one.task, _folded(one.number)), one)
    return tuple(found.values())


def _of_returns(plan: Plan) -> Iterator[NamedEvidence]:
    for returned in plan.returns:
        for row in returned.rows:
            for number in row.evidence:
                yield NamedEvidence(row.task, number, returned.unit, returned.period)


def _of_decisions(plan: Plan) -> Iterator[NamedEvidence]:
    for name, file in plan.decisions:
        for kind in DecisionsFile.model_fields:
            for ruling in getattr(file, kind):
                for number in ruling.evidence:
                    yield NamedEvidence(ruling.task, number, None, name)


def check_evidence(named: Iterable[NamedEvidence], files: Mapping[str, Iterable[str]]) -> EvidenceCheck:
    """`files` are the names in the folder of each task; a file belongs to the number that it begins with."""
    present: list[NamedEvidence] = []
    missing: list[NamedEvidence] = []
    used: set[tuple[str, str]] = set()
    for one in named:
        found = [name for name in files.get(one.task, ()) if _begins(name, one.number)]
        (present if found else missing).append(one)
        used |= {(one.task, name) for name in found}
    unnamed = (f"{task}/{name}" for task, names in files.items() for name in names if (task, name) not in used)
    return EvidenceCheck(tuple(present), tuple(missing), tuple(sorted(unnamed)))


def _begins(name: str, number: str) -> bool:
    """`1 照片.jpg` is number 1, `10.jpg` is not."""
    file, wanted = _folded(name), _folded(number)
    return bool(wanted) and re.match(rf"{re.escape(wanted)}(?![0-9])", file) is not None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
