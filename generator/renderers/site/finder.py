"""The finder page (任务检索): every statement as one row; a script filters, counts and sorts what stands there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.analysis.finder import NONE, SEASON, UNDATED, Facet, FacetValue, Finder, FinderTask, finder
from generator.analysis.task_states import DateStanding, date_standings, known_states
from generator.analysis.unreported import Standing, StandingKind, standings
from generator.analysis.wording import role_text, sources_text
from generator.book import Book
from generator.model import DeadlineKind, Role
from generator.renderers.site.desk import WIDE, Desk, Page
from generator.renderers.site.reading import chinese_month
from generator.renderers.site.search_words import SearchWords

SAYINGS = "finder.say."
"""Terms that the script needs; it holds no words of its own."""
OPEN = frozenset({Facet.UNIT, Facet.ROLE, Facet.DUE, Facet.STANDING})
"""Facets whose values are in sight from the first."""

# fmt: off
BEFORE_ROLES = {"task": 10, "number": 6, "plan": 10, "chapter": 14, "title": 14, "text": 46}
BEHIND_ROLES = {
    "phrase": 14, "start": 11, "end": 11, "kind": 8, "basis": 16, "target": 24, "standing": 10, "remark": 20,
}
# fmt: on
ROLE_WIDTH = 16
"""Columns of a file with the rows: what each holds, and its width in digits; the roles stand after the text."""


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
    title = desk.book.terms("page.finder")
    yield desk.draw("finder.html", title, "finder.md.j2", later=partial(_values, desk), hidden=WIDE)


def _values(desk: Desk) -> dict[str, Any]:
    book, words = desk.book, desk.index.words
    table = finder(
        book.graph,
        book.rows,
        states_of(book),
        {measure: entry.id for entry in desk.outline for measure in entry.measures},
        book.loaded.calendar.seasons,
    )
    return {
        "finder": table,
        "facets": [(facet, facet in OPEN, choices(desk, words, table, facet)) for facet in Facet],
        "held": held,
        "plain": json_text,
        "say": _sayings(desk, table),
        "withheld": book.withheld,
        "standing": Facet.STANDING,
        "heading_of": lambda facet: heading_of(book, facet),
        "columns": columns(desk),
        "search": words.without_titles(),
    }


def states_of(book: Book) -> dict[str, Standing]:
    """What an edition says of every task: what the ledger knows, else what its dates say.

    A public page of a project that has returns says nothing of them, not even that a task was not reported.
    """
    if book.internal:
        return known_states(book.rows, book.ledger)
    return date_standings(book.rows, book.as_of) if book.withheld else standings(book.rows, book.as_of)


def heading_of(book: Book, facet: Facet) -> str:
    """The heading of a facet; where the edition tells dates only, it does not speak of states."""
    dated = facet is Facet.STANDING and book.withheld
    return book.terms("finder_dated.heading") if dated else book.terms.label(facet)


def held(task: FinderTask) -> str:
    """The duties of a task as the script reads them: `housing:shared north:shared:towns east:shared:towns:open`.

    The third part is the group that is named instead, the fourth says that it is unconfirmed who is meant.
    """
    parts = (
        ":".join(filter(None, (duty.party, duty.role.value, duty.via, "" if duty.settled else "open")))
        for duty in task.duties
    )
    return " ".join(parts)


def json_text(value: object) -> str:
    """A value for an attribute that the script reads; the template escapes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def columns(desk: Desk) -> list[tuple[str, str, int]]:
    """Key, heading and width of every column of a file with the rows; one for each role that the plans use."""
    terms = desk.book.terms

    def own(widths: Mapping[str, int]) -> list[tuple[str, str, int]]:
        named = {key: terms(f"finder.column.{key}") for key in widths}
        if "standing" in named:
            named["standing"] = heading_of(desk.book, Facet.STANDING)
        return [(key, named[key], width) for key, width in widths.items()]

    roles = [(role.value, terms.label(role), ROLE_WIDTH) for role in desk.book.matrix.roles]
    return [*own(BEFORE_ROLES), *roles, *own(BEHIND_ROLES)]


def _sayings(desk: Desk, table: Finder) -> dict[str, str]:
    terms, book = desk.book.terms, desk.book
    said = {key.removeprefix(SAYINGS): word for key, word in terms.words.items() if key.startswith(SAYINGS)}
    if book.withheld:
        said["marks"] = terms("finder_dated.marks")
    elif book.internal and book.ledger.started:
        said["marks"] = terms("finder_known.marks")
    return said | {
        "title": terms("page.finder"),
        "unconfirmed": terms("mark.unconfirmed"),
        "through": terms("duty.through"),
        "sources": sources_text(book.plans, book.rows),
        "all_tasks": str(table.tasks),
        "all_rows": str(len(table.rows)),
    }


def choices(desk: Desk, words: SearchWords, table: Finder, facet: Facet) -> list[Choice]:
    """The values of a facet with their labels."""
    terms, values = desk.book.terms, table.facets[facet]
    match facet:
        case Facet.UNIT:
            return [_party(desk, found, "\n".join(words.parties[found.value])) for found in values]
        case Facet.CHAPTER:
            return _chapters(desk, values)
        case Facet.PLAN:
            labels = {plan.id: plan.head.short_title for plan in desk.book.plans}
        case Facet.ROLE:
            labels = {role.value: role_text(terms, role) for role in Role}
        case Facet.DUE:
            return [_due(desk, found) for found in values]
        case Facet.KIND:
            labels = {kind.value: terms.label(kind) for kind in DeadlineKind}
        case Facet.STANDING:
            dated = DateStanding if desk.book.withheld else StandingKind
            kinds = (*dated, *(row.task.standing.kind for row in table.rows))
            labels = {kind.value: terms.label(kind) for kind in kinds}
        case _:
            labels = {}
    return [
        Choice(found.value, labels.get(found.value) or terms(f"finder.{facet.value}.{found.value}"), found.tasks)
        for found in values
    ]


def _party(desk: Desk, found: FacetValue, names: str) -> Choice:
    graph, terms = desk.book.graph, desk.book.terms
    party = graph.unit_by_id.get(found.value) or graph.group_by_id[found.value]
    heading = "" if found.value in graph.unit_by_id else terms("finder.unit.groups")
    flag = "" if party.confirmed else terms("mark.unconfirmed")
    return Choice(found.value, party.name, found.tasks, flag, heading, names)


def _chapters(desk: Desk, values: tuple[FacetValue, ...]) -> list[Choice]:
    entries = {entry.id: entry for entry in desk.outline}
    unnamed = desk.book.terms("finder.chapter.none")
    return [
        Choice(
            found.value,
            f"{entries[found.value].number}{entries[found.value].title}" or unnamed,
            found.tasks,
            heading=entries[found.value].plan.head.short_title,
        )
        for found in values
    ]


def _due(desk: Desk, found: FacetValue) -> Choice:
    terms = desk.book.terms
    if found.value in {UNDATED, NONE}:
        return Choice(found.value, terms(f"finder.due.{found.value}"), found.tasks)
    if not found.value.startswith(SEASON):
        return Choice(found.value, chinese_month(found.value), found.tasks)
    seasons = {f"{SEASON}{season.id}": season for season in desk.book.loaded.calendar.seasons}
    season = seasons.get(found.value)
    name = season.name if season else found.value.removeprefix(SEASON)
    return Choice(found.value, name, found.tasks, "" if season and season.confirmed else terms("mark.unconfirmed"))
