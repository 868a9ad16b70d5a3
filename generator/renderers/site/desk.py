"""Drawing pages: templates, escaping, and what every template may call."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.book import Artifact, Book
from generator.renderers.deliverables import Deliverable
from generator.renderers.site import reading
from generator.renderers.site.links import Links
from generator.renderers.site.marked_text import marked_passage, marked_phrase

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""What HTML forbids in text; a plan may hold it all the same, so it is made visible."""

WIDE = ("navigation", "toc")
NARROW = ("navigation",)


@dataclass(frozen=True)
class Page:
    """A page of the site: its address (`measures/scheme-14.html`), its title as plain text, its body as HTML."""

    address: str
    title: str
    body: Markup
    hidden: tuple[str, ...] = NARROW

    def artifact(self) -> Artifact:
        """The page as MkDocs reads it: front matter, then one HTML block that Markdown leaves as it is."""
        # The theme prints titles without escaping, so they are escaped here.
        head = (
            f"title: {json.dumps(_printable(str(escape(self.title))), ensure_ascii=False)}\n"
            f"hide: [{', '.join(self.hidden)}]\n"
            "search: {exclude: true}\n"
        )
        source = f'---\n{head}---\n\n<div class="planbook">\n{_printable(self.body).strip()}\n</div>\n'
        return Artifact(f"{self.address.removesuffix('.html')}.md", source.encode())


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("\ufffd", text)


@dataclass(frozen=True)
class Desk:
    """All that a page is drawn with."""

    book: Book
    deliverables: tuple[Deliverable, ...] = ()

    @cached_property
    def templates(self) -> Environment:
        """Templates of the project first, then those that come with the program; everything is escaped."""
        folders = [folder / "site" / "generated" for folder in self.book.project.template_folders]
        environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        terms = self.book.terms
        environment.globals.update(
            book=self.book,
            graph=self.book.graph,
            t=terms,
            as_of=self.book.as_of,
            reading=lambda deadline: reading.deadline_reading(terms, deadline),
            figure=lambda target: reading.target_reading(terms, target),
        )
        environment.filters.update(
            label=terms.label,
            mark=terms.mark,
            day=reading.chinese_day,
            month=reading.chinese_month,
        )
        return environment

    def draw(self, address: str, title: str, template: str, hidden: Iterable[str] = NARROW, **values: Any) -> Page:
        """One page from its template; `url` and `passage` know where the page stands."""
        links = Links(self.book, address)
        body = self.templates.get_template(template).render(
            values,
            url=links,
            title=title,
            passage=lambda statement, found: marked_passage(self.book.terms, statement, found),
            phrase=lambda task: marked_phrase(task, links),
        )
        return Page(address, title, Markup(body), tuple(hidden))
