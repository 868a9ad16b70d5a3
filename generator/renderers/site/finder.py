"""The finder page (任务检索): every statement as one row; a script filters, counts and sorts what stands there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.finder import SEASON, UNDATED, Facet, FacetValue, Finder, FinderTask, finder
from generator.analysis.standing import StandingKind, standings
from generator.analysis.wording import sources_text, unit_mark
from generator.model import Role
from generator.renderers.site.desk import WIDE, Desk, Page
from generator.renderers.site.reading import chinese_month
from generator.renderers.site.search_words import SearchWords, search_words

SAYINGS = "finder.say."
"""Terms that the script needs; it holds no words of its own."""
OPEN = frozenset({Facet.UNIT, Facet.ROLE, Facet.DUE, Facet.STANDING})
"""Facets whose values are in sight from the first."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet as it is offered; `heading` stands above a run of values, `names` find it as text."""

    value: str
    label: str
    tasks: int
    flag: str = ""
    heading: str = ""
    names: str = ""


def finder_page(desk: Desk) -> Iterator[Page]:
    """查找: the whole table; without scripts it is there to be read."""
    book, words = desk.book, search_words(desk.book)
    table = finder(
        book.graph,
        book.rows,
        standings(book.rows, book.as_of),
        {measure: entry.id for entry in desk.outline for measure in entry.measures},
        book.loaded.calendar.seasons,
    )
    yield desk.draw(
        "finder.html",
        book.terms("page.finder"),
        "finder.md.j2",
        finder=table,
        facets=[(facet, facet in OPEN, choices(desk, words, facet, table.facets[facet])) for facet in Facet],
        held=held,
        plain=json_text,
        say=_sayings(desk, table),
        columns=columns(desk),
        synonyms=words.synonyms,
        hidden=WIDE,
    )


def held(task: FinderTask) -> str:
    """The duties of a task as the script reads them: `housing:shared`, `north:shared:towns`, `…:open` if unsettled."""
    parts = (
        ":".join(filter(None, (duty.party, duty.role.value, duty.via, "" if duty.settled else "open")))
        for duty in task.duties
    )
    return " ".join(parts)


def json_text(value: object) -> str:
    """A value for an attribute that the script reads; the template escapes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def columns(desk: Desk) -> list[tuple[str, str]]:
    """Key and heading of every column of a file with the rows; one for each role that the plans use."""
    terms = desk.book.terms
    roles = [(role.value, terms.label(role)) for role in desk.book.matrix.roles]
    before = [(key, terms(f"finder.column.{key}")) for key in ("task", "number", "plan", "chapter", "title", "text")]
    behind = ("phrase", "start", "end", "kind", "basis", "target", "standing", "remark")
    return [*before, *roles, *((key, terms(f"finder.column.{key}")) for key in behind)]


def _sayings(desk: Desk, table: Finder) -> dict[str, str]:
    terms, book = desk.book.terms, desk.book
    said = {key.removeprefix(SAYINGS): word for key, word in terms.words.items() if key.startswith(SAYINGS)}
    passed = terms.label(StandingKind.PASSED)
    return said | {"unconfirmed": terms("mark.unconfirmed"), "passed": passed} | {
        "sources": sources_text(book.plans, book.rows),
        "title": terms("page.finder"),
        "through": terms("duty.through"),
        "all_tasks": str(table.tasks),
        "all_rows": str(len(table.rows)),
    }


def choices(desk: Desk, words: SearchWords, facet: Facet, values: tuple[FacetValue, ...]) -> list[Choice]:
    """The values of a facet with their labels."""
    if facet is Facet.UNIT:
        return [_party(desk, words, found) for found in values]
    if facet is Facet.CHAPTER:
        return _chapters(desk, values)
    return [Choice(found.value, _label(desk, facet, found.value), found.tasks) for found in values]


def _label(desk: Desk, facet: Facet, value: str) -> str:
    terms = desk.book.terms
    if facet is Facet.PLAN:
        return desk.book.plan(value).head.short_title
    if facet is Facet.ROLE:
        return terms.mark(Role(value)) + terms(f"role_short.{value}")
    if facet is Facet.DUE and value.startswith(SEASON):
        return next(found.name for found in desk.book.loaded.calendar.seasons if f"{SEASON}{found.id}" == value)
    if facet is Facet.DUE and value[:1].isdigit():
        return chinese_month(value)
    if facet is Facet.KIND and f"deadline_kind.{value}" in terms.words:
        return terms(f"deadline_kind.{value}")
    if facet is Facet.STANDING:
        return terms(f"standing_kind.{value}")
    return terms(f"finder.{facet.value}.{value}")
