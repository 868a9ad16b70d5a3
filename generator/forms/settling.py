"""What came for one unit and period → its return, and the file that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.book import Book
from generator.forms.accounts import FileAccount, Outcome
from generator.forms.collecting import Desk, Named, reportable_texts
from generator.forms.intake import Incoming, Kind
from generator.forms.monthly_marks import MonthlyKey
from generator.model import Period, ReturnState, UnitReturn
from generator.storage import record_yaml

SCHEMA = "../../../schemas/progress.json"
COMMENT = "由 planbook collect 收表写入，请勿手改；环委办的认定写在 decisions/"


@dataclass(frozen=True)
class Pile:
    """What came for one unit and period, forms and other papers, beside what is held of it."""

    key: MonthlyKey
    period: Period
    forms: tuple[Named, ...]
    papers: tuple[Incoming, ...]
    held: UnitReturn | None


@dataclass(frozen=True)
class Settled:
    """A return as it now stands, its file, and an account of each paper."""

    found: UnitReturn
    content: bytes
    accounts: tuple[FileAccount, ...]


@dataclass(frozen=True)
class Settler:
    """Settles one pile after another against one book."""

    book: Book

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """What a row may be about, by plan."""
        return {plan.id: reportable_texts(self.book, plan.id) for plan in self.book.plans}

    def settle(self, pile: Pile) -> Settled:
        """The return with everything of the pile taken in; a pile holds at least one paper."""
        accounts = list(_twins(pile))
        held = pile.held
        if files := tuple(_each_once(pile.forms)):
            held, told = self._desk(pile, held).collected(files)
            accounts += told
        for file in pile.papers:
            outcome, state = (
                (Outcome.SCAN, ReturnState.SCAN_ONLY)
                if file.kind is Kind.SCAN
                else (Outcome.UNCONVERTED, ReturnState.UNCONVERTED)
            )
            note = self.book.terms(f"collect.{outcome}")
            held = self._desk(pile, held).registered(file.name, file.digest, state, note)
            accounts.append(FileAccount(file.name, outcome, pile.key.unit, pile.key.period, notes=(note,)))
        if held is None:
            raise ValueError(f"nothing to settle for {pile.key}")
        return Settled(held, record_yaml(held, SCHEMA, COMMENT), tuple(accounts))

    def _desk(self, pile: Pile, held: UnitReturn | None) -> Desk:
        return Desk(self.book, self.texts[pile.key.plan], pile.key, pile.period, self.book.as_of, held)


def _twins(pile: Pile) -> Iterator[FileAccount]:
    files = tuple(_each_once(pile.forms))
    told = "与同时收到的另一份完全相同，只收一份"
    for twin in pile.forms:
        if not any(twin is file for file in files):
            yield FileAccount(twin.name, Outcome.KNOWN, pile.key.unit, pile.key.period, notes=(told,))


def _each_once(files: Iterable[Named]) -> Iterator[Named]:
    """The same file sent twice under two names counts once."""
    seen: set[str] = set()
    for named in files:
        if named.digest not in seen:
            yield named
        seen.add(named.digest)
