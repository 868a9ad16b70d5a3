"""Other ways to type a name: synonyms, other names, parts of names, and initials in pinyin (拼音首字母)."""

from __future__ import annotations

import gc
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.book import Book
from generator.graph import folded, names_of
from generator.model import Block, Plan, Unit, UnitGroup
from generator.storage.synonyms_file import Synonyms, load_synonyms

PARTY, SAID, TITLE = 0, 1, 2
"""What a name is of; letters that fit several mean the first of these."""
CHINESE = re.compile("([\u3400-\u9fff]+)|(.)")
ALL_CHINESE = re.compile("[\u3400-\u9fff]+")
LABEL = re.compile(r"(\D+)(\d+)$")
INITIALS = 3
"""Fewer letters would stand for far too much that the plan does not say."""
OPENINGS = ("区", "各")
"""What people leave off: 住建局 for 区住建局, 镇(街道) for 各镇(街道)."""


@dataclass(frozen=True)
class SearchWords:
    """Words by which people look for what a plan says.

    `synonyms`: typed → how the plan writes it. `alike`: all that one unit, group or season is called. `names`:
    (name, its initials, kind). `labels`: (how the numbers of a plan's tasks begin, how many digits follow).
    `parties`: id → names.
    """

    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    alike: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, str, int], ...]
    labels: tuple[tuple[str, int], ...]
    parties: dict[str, tuple[str, ...]]

    def config(self) -> dict[str, Any]:
        """What `assets/search/query.js` reads."""
        return {"synonyms": self.synonyms, "alike": self.alike, "names": self.names, "labels": self.labels}

    def without_titles(self) -> dict[str, Any]:
        """The same without the initials of titles, of which a large plan has too many for a page."""
        return self.config() | {"names": [named for named in self.names if named[2] != TITLE]}


def search_words(book: Book) -> SearchWords:
    """The words for a plan. A word that the plan itself uses is searched as it stands and gets no synonym."""
    text, given = plan_text(book.plans), load_synonyms(book.project)
    synonyms = _synonyms(book, given)
    with _readings_of_words():
        names = tuple(_with_initials(book, synonyms))
    return SearchWords(
        synonyms=tuple((said, written) for said, written in synonyms.items() if folded(said) not in text),
        alike=tuple(_alike(book, given)),
        names=names,
        labels=tuple(
            dict.fromkeys((found[1], len(found[2])) for found in map(LABEL.match, book.row_by_label) if found)
        ),
        parties={party.id: party_names(party) for party in parties(book)},
    )


def party_names(party: Unit | UnitGroup) -> tuple[str, ...]:
    """Every name of a unit or a group, and each without its opening 区 or 各."""
    names = names_of(party)
    return tuple(dict.fromkeys((*names, *_without_opening(names))))


def _without_opening(names: Iterable[str]) -> Iterator[str]:
    return (name[1:] for name in names if name.startswith(OPENINGS) and len(name) > 2)


def _alike(book: Book, given: Synonyms) -> Iterator[tuple[str, ...]]:
    """All names of a unit or a group, with the endings that people use for those of its kind; all of a season.

    Names without their opening stand apart: 镇(街道) stands in 各相关镇(街道) too, whom 各镇(街道) does not mean.
    """
    for party in parties(book):
        names = names_of(party)
        names += tuple(other for name in names for other in _other_endings(name, given))
        yield from filter(_several, (tuple(dict.fromkeys(names)), tuple(dict.fromkeys(_without_opening(names)))))
    for season in book.loaded.calendar.seasons:
        yield from filter(_several, [(season.name, *season.aliases)])


def _several(names: tuple[str, ...]) -> bool:
    return len(names) > 1


def _other_endings(name: str, given: Synonyms) -> Iterator[str]:
    """钟家庄办事处 → 钟家庄街道, 钟家庄街道办 …"""
    ending = max((ending for ending in given.suffixes if name.endswith(ending)), key=len, default="")
    if ending and name != ending:
        yield from (name.removesuffix(ending) + other for other in given.suffixes[ending])


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
    """synonyms.yml, full names and aliases from units.yml, other openings of their names, names of seasons."""
    found: dict[str, dict[str, None]] = {said: dict.fromkeys(written) for said, written in given.words.items()}
    for unit in book.graph.units:
        for name in party_names(unit):
            if unit.name not in name and name not in unit.name:
                found.setdefault(name, {})[unit.name] = None
        for opening, others in given.prefixes.items():
            if unit.name.startswith(opening):
                for other in others:
                    found.setdefault(other + unit.name[len(opening) :], {})[unit.name] = None
    for season in book.loaded.calendar.seasons:
        for alias in season.aliases:
            found.setdefault(alias, {})[season.name] = None
    return {said: tuple(written) for said, written in found.items()}


def parties(book: Book) -> tuple[Unit | UnitGroup, ...]:
    """Everyone who has a page."""
    return (*book.graph.units, *book.graph.groups)


def _with_initials(book: Book, said: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    names = dict.fromkeys(name for party in parties(book) for name in party_names(party))
    words = dict.fromkeys(word for word in said if len(word) >= INITIALS and ALL_CHINESE.fullmatch(word))
    titles = dict.fromkeys(measure.title for plan in book.plans for measure in plan.measures if measure.title)
    for kind, texts in ((PARTY, names), (SAID, words), (TITLE, titles)):
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
