"""Drawing pages: templates, escaping, and what every template may call."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from weakref import WeakValueDictionary

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.analysis.breakdown_wording import approval_words, decided_items, decision_line
from generator.analysis.carry_over import carried_into
from generator.analysis.named_in_text import Register
from generator.analysis.party_wording import other_parties
from generator.analysis.readings import deadline_reading, target_reading
from generator.analysis.remarks import time_remarks
from generator.analysis.schedule import is_binding_day
from generator.analysis.tasks import TaskRow, held_roles
from generator.analysis.wording import day_text, duty_doubt, origin_text, quoted_title, remark_texts
from generator.book import Artifact, Book
from generator.model import Period
from generator.renderers.site import reading
from generator.renderers.site.compiled import compiled_templates, when_drawn
from generator.renderers.site.downloads import Shelf
from generator.renderers.site.fragments import Fragments
from generator.renderers.site.kept import Kept
from generator.renderers.site.links import Links
from generator.renderers.site.marked_text import linked_phrase, marked_passage
from generator.renderers.site.outline import ChapterEntry, outline
from generator.renderers.site.search_index import SearchIndex

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""What HTML forbids in text; a plan may hold it all the same, so it is made visible."""

NARROW = ("navigation",)
WIDE = ("navigation", "toc")
"""Which of the theme's side columns a page does without."""


@dataclass(frozen=True)
class Page:
    """A page of the site: its address (`measures/scheme-14.html`), its title as plain text, what draws its body.

    It is drawn when it is asked for: hundreds of pages at once would fill the memory, and whoever looks at one
    page while the plan is edited need not wait for the others.
    """

    address: str
    title: str
    draw: Callable[[], str]
    hidden: tuple[str, ...] = NARROW
    fragments: Fragments = field(default_factory=Fragments)

    @property
    def path(self) -> str:
        """Where MkDocs finds the page: `measures/scheme-14.md`."""
        return f"{self.address.removesuffix('.html')}.md"

    @property
    def meta(self) -> dict[str, Any]:
        """What MkDocs and its theme are told of the page."""
        # The theme prints titles as they are, so they are escaped here.
        title = printable(str(escape(self.title)))
        return {"title": title, "hide": list(self.hidden), "search": {"exclude": True}}

    @property
    def head(self) -> str:
        """The same as front matter."""
        title = json.dumps(self.meta["title"], ensure_ascii=False)
        return f"---\ntitle: {title}\nhide: [{', '.join(self.hidden)}]\nsearch: {{exclude: true}}\n---\n"

    def body(self) -> str:
        """The body, one HTML block that Markdown leaves as it is; what other pages show too is not in it yet."""
        return f'<div class="planbook">\n{printable(self.draw()).strip()}\n</div>'

    def html(self) -> str:
        """The whole body."""
        return self.fragments.expanded(self.body()).decode()

    def artifact(self) -> Artifact:
        """The page as MkDocs could read it from a file."""
        return Artifact(self.path, f"{self.head}\n{self.html()}\n".encode())


def title_of(row: TaskRow, limit: int = 20) -> str:
    """The title of a task's measure; where the document gives none, the text's first words."""
    return row.title or (row.text if len(row.text) <= limit else f"{row.text[:limit]}…")


def period_label(written: str) -> str:
    """`2024-09` → 2024年9月; what names no period stays as it is written."""
    found = Period.parse(written)
    return found.label if found else written


def printable(text: str) -> str:
    """Text without what HTML forbids."""
    return UNPRINTABLE.sub("\ufffd", text)


def once(fragments: Fragments, macro: Any, about: Any, alike: Hashable = None) -> Markup:
    """What a macro draws of something, once for all pages of a folder.

    `alike` is equal where the same is drawn; without it, that is told by the id of what it is about.
    """
    return fragments.once((macro.name, alike or about.id), lambda: printable(macro(about)))


def lines_once(fragments: Fragments, macro: Any, rows: Iterable[tuple[Hashable, Any]]) -> Markup:
    """A line for each of some things, as `once` draws it; what tells those alike stands before each."""
    drawn = [once(fragments, macro, about, alike) for alike, about in rows]
    return Markup("\n".join(drawn))  # noqa: S704 - templates drew it


@dataclass(frozen=True)
class Desk:
    """All that a page is drawn with."""

    book: Book
    shelf: Shelf
    index: SearchIndex

    @cached_property
    def outline(self) -> tuple[ChapterEntry, ...]:
        """The chapters that have measures."""
        return outline(self.book.graph)

    @cached_property
    def _rows(self) -> dict[str, list[TaskRow]]:
        rows: dict[str, list[TaskRow]] = {}
        for row in self.book.rows:
            rows.setdefault(row.measure_id, []).append(row)
        return rows

    @cached_property
    def carried_into(self) -> Mapping[str, tuple[str, ...]]:
        """Measure → those of later plans that go on with it."""
        return carried_into(self.book.plans)

    def rows_of(self, measure_id: str) -> list[TaskRow]:
        """The tasks of one measure as rows."""
        return self._rows[measure_id]

    @cached_property
    def register(self) -> Register:
        """The names by which texts mean units and groups."""
        return Register(self.book.graph)

    @cached_property
    def _row_by_task(self) -> dict[str, TaskRow]:
        return {row.id: row for row in self.book.rows}

    def row_of(self, statement: str) -> TaskRow | None:
        """The task that a statement stands in, `scheme-14.1` for `scheme-14.1.5`; None for an objective's."""
        return self._row_by_task.get(statement.rpartition(".")[0])

    def label_of(self, measure_id: str) -> str:
        """`方案-14 深化扬尘污染综合治理`."""
        first = self.rows_of(measure_id)[0]
        return f"{first.measure_label} {title_of(first)}"

    @cached_property
    def _environments(self) -> dict[str, Environment]:
        return {}

    def templates(self, root: str) -> Environment:
        """The templates for all pages that have the same way up to the site's root."""
        if root not in self._environments:
            self._environments[root] = self._environment(Links(self.book, root))
        return self._environments[root]

    def _environment(self, links: Links) -> Environment:
        """Templates of the project first, then those that come with the program; everything is escaped."""
        folders = [folder / "site" / "generated" for folder in self.book.project.template_folders]
        environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled_templates(folders),
            auto_reload=False,
        )
        environment.globals.update(
            book=self.book,
            graph=self.book.graph,
            t=self.book.terms,
            url=links,
            roles=held_roles(self.book.rows),
            as_of=self.book.as_of,
            remark_texts=partial(remark_texts, self.book.terms),
            time_remarks=time_remarks,
        )
        environment.filters.update(self._filters(links))
        return environment

    def _filters(self, links: Links) -> dict[str, Callable[..., Any]]:
        """What templates ask of one value."""
        terms, as_of, kept = self.book.terms, self.book.as_of, Kept()
        return {
            "label": when_drawn(terms.label),
            "mark": when_drawn(terms.mark),
            "day": day_text,
            "month": reading.chinese_month,
            "kept": kept.one,
            "each": kept.each,
            "reading": partial(deadline_reading, terms),
            "figure": partial(target_reading, terms),
            "days_left": partial(reading.days_left, terms, as_of=as_of),
            "binding_day": is_binding_day,
            "passage": partial(marked_passage, terms, self.register, links),
            "phrase": partial(linked_phrase, terms, links),
            "label_of": when_drawn(self.label_of),
            "title_of": title_of,
            "row_of": self.row_of,
            "rows_of": self.rows_of,
            "summary": partial(reading.who_and_when, terms),
            "other_parties": partial(other_parties, self.book.graph, terms),
            "duty_doubt": partial(duty_doubt, self.book.graph, terms),
            "quoted": quoted_title,
            "decided_items": partial(decided_items, terms),
            "origin_text": partial(origin_text, terms),
            "decision_line": partial(decision_line, terms),
            "approval_words": partial(approval_words, terms),
            "period_label": period_label,
        }

    @cached_property
    def _fragments(self) -> WeakValueDictionary[str, Fragments]:
        return WeakValueDictionary()

    def _shared_in(self, folder: str) -> Fragments:
        """What the pages of a folder show alike; it goes with the last of them."""
        fragments = self._fragments.get(folder) or Fragments()
        self._fragments[folder] = fragments
        return fragments

    def draw(
        self,
        address: str,
        title: str,
        template: str,
        later: Callable[[], Mapping[str, Any]] = dict,
        hidden: Iterable[str] = NARROW,
        **values: Any,
    ) -> Page:
        """One page from its template.

        `later` gives values that take time to work out: it is called when the page is drawn.
        """
        root = "../" * address.count("/")
        fragments = self._shared_in(address.rpartition("/")[0])

        def body() -> str:
            named = {**values, **later(), "address": address, "title": title}
            drawing = {"once": partial(once, fragments), "lines_once": partial(lines_once, fragments)}
            return self.templates(root).get_template(template).render(named, **drawing)

        return Page(address, title, body, tuple(hidden), fragments)
