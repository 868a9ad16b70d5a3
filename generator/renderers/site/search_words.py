"""Other ways to type a name: synonyms, parts of names, and initials in pinyin (拼音首字母)."""

from __future__ import annotations

import gc
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from generator.book import Book
from generator.graph import folded, names_of
from generator.model import Block, Plan, Unit, UnitGroup
from generator.storage.synonyms_file import Synonyms, load_synonyms

PARTY, TITLE = 0, 1
CHINESE = re.compile("([\u3400-\u9fff]+)|(.)")
OPENINGS = ("区", "各")
"""What people leave off: 住建局 for 区住建局, 镇(街道) for 各镇(街道)."""


@dataclass(frozen=True)
class SearchWords:
    """`synonyms`: typed → how the plan writes it; `names`: (name, its initials, kind); `parties`: id → names."""

    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[tuple[str, str, int], ...]
    parties: dict[str, tuple[str, ...]]


def search_words(book: Book) -> SearchWords:
    """The words for a plan. A word that the plan itself uses is searched as it stands and gets no synonym."""
    text = plan_text(book.plans)
    names_of_parties = {party.id: party_names(party) for party in parties(book)}
    synonyms = _synonyms(book, load_synonyms(book.project))
    with _readings_of_words():
        names = tuple(_with_initials(book))
    return SearchWords(
        synonyms=tuple((said, written) for said, written in synonyms.items() if folded(said) not in text),
        names=names,
        parties=names_of_parties,
    )


def party_names(party: Unit | UnitGroup) -> tuple[str, ...]:
    """Every name of a unit or a group, and each without its opening 区 or 各."""
    names = names_of(party)
    shorter = [name[1:] for name in names if name.startswith(OPENINGS) and len(name) > 2]
    return tuple(dict.fromkeys((*names, *shorter)))


def plan_text(plans: Iterable[Plan]) -> str:
    """All that the plans say, folded for comparison, pieces apart."""
    return "\n".join(folded(piece) for plan in plans for piece in _pieces(plan))


def _pieces(plan: Plan) -> Iterator[str]:
    yield plan.head.title
    blocks: tuple[Block, ...] = (*plan.head.front, *plan.head.back)
    yield from (block.text for block in blocks)
    for section in plan.head.sections:
        yield section.title
        yield from (block.text for block in section.paragraphs)
        yield from (objective.text for objective in section.objectives)
        yield from (chapter.title for chapter in section.chapters)
    for measure in plan.measures:
        yield measure.title or ""
        for clause in measure.clauses:
            yield clause.text
            yield clause.responsibility.phrase if clause.responsibility else ""


def _synonyms(book: Book, given: Synonyms) -> dict[str, tuple[str, ...]]:
    """synonyms.yml, full names and aliases from units.yml, and other openings of the units' names."""
    found: dict[str, dict[str, None]] = {said: dict.fromkeys(written) for said, written in given.words.items()}
    for unit in book.graph.units:
        for name in party_names(unit):
            if unit.name not in name and name not in unit.name:
                found.setdefault(name, {})[unit.name] = None
        for opening, others in given.prefixes.items():
            if unit.name.startswith(opening):
                for other in others:
                    found.setdefault(other + unit.name[len(opening) :], {})[unit.name] = None
    return {said: tuple(written) for said, written in found.items()}


def parties(book: Book) -> tuple[Unit | UnitGroup, ...]:
    """Everyone who has a page."""
    return (*book.graph.units, *book.graph.groups)


def _with_initials(book: Book) -> Iterator[tuple[str, str, int]]:
    names = dict.fromkeys(name for party in parties(book) for name in party_names(party))
    titles = dict.fromkeys(measure.title for plan in book.plans for measure in plan.measures if measure.title)
    for kind, texts in ((PARTY, names), (TITLE, titles)):
        for text in texts:
            plain = "".join(unicodedata.normalize("NFC", text).split())
            yield plain, initials(plain), kind


def initials(text: str) -> str:
    """The first letters of each character's readings: 长治 → `zc zc`; what is not Chinese stands for itself."""
    runs: Iterable[tuple[str, str]] = CHINESE.findall(text)
    return " ".join(letters for chinese, other in runs for letters in (*_letters(chinese), *other.lower()))


@contextmanager
def _readings_of_words() -> Iterator[None]:
    """pypinyin while it is needed: its words take more memory than a plan of 1,000 measures."""
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "pypinyin"]:
            del sys.modules[name]
        gc.collect()  # they hold each other


@cache
def _letters(chinese: str) -> tuple[str, ...]:
    # Importing it takes a fifth of a second, and only a build needs it.
    from pypinyin import Style, pinyin

    found = pinyin(chinese, style=Style.FIRST_LETTER, heteronym=True) if chinese else []
    if len(found) != len(chinese):  # characters that it does not know come out in one piece
        return tuple(chinese)
    return tuple("".join(dict.fromkeys(readings)) for readings in found)
