"""Papers of the office itself (内部资料): made for a month or a year, never among the downloads of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.analysis.unit_wording import formal_name, unit_mark
from generator.book import Artifact, Book
from generator.model import Period, PeriodKind
from generator.writing import filled_name


@dataclass(frozen=True)
class Issue:
    """For which annual plan and which period papers are made; a year is a period too."""

    plan: str
    period: Period

    @property
    def yearly(self) -> bool:
        """Whether these are the papers of the whole year."""
        return self.period.kind is PeriodKind.YEAR


Drawn = tuple[Mapping[str, str], bytes]
"""What fills the name of a file beside `{period}`, and its content."""


@dataclass(frozen=True)
class OfficePaper:
    """One kind of paper: `key` names its files in terms.yml (`office_paper.file.<key>`)."""

    key: str
    draw: Callable[[Book, Issue], Iterator[Drawn]]
    monthly: bool = True
    yearly: bool = False

    def render(self, book: Book, issue: Issue) -> Iterator[Artifact]:
        """Every file of this kind; nothing for a period that it is not made for."""
        if self.yearly if issue.yearly else self.monthly:
            stem, _, suffix = book.terms(f"office_paper.file.{self.key}").rpartition(".")
            for words, content in self.draw(book, issue):
                name = filled_name(stem, {"period": issue.period.label, **words})
                yield Artifact(f"{name}.{suffix}", content)


def unit_text(book: Book, unit: str) -> str:
    """A unit by its formal name, 待确认 where the document does not name it."""
    found = book.graph.unit_by_id[unit]
    return formal_name(found) + unit_mark(book.terms, found)


def units_text(book: Book, units: Iterable[str]) -> str:
    """Several units, each once."""
    return "、".join(dict.fromkeys(unit_text(book, unit) for unit in units))
