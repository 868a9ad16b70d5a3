"""The theme around a page (页面外框), drawn once for all pages that it tells apart by words alone.

Hundreds of pages of measures differ in nothing but title, text and what headings say: drawing head, navigation and
foot for each took longer than drawing what they say. A page with other anchors, or in another folder, or in the
navigation gets its own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.structure.toc import AnchorLink, TableOfContents

TEMPLATE = "framed.html"
"""Says in the theme's language that a page is put into a frame."""
THEME = "main.html"
TITLE, TEXT, HEADING = "\ue000planbook-title\ue001", "\ue000planbook-text<h1\ue001", "\ue000planbook-{}\ue001"
"""Stand in a frame where title, text and headings go; the theme looks in the text for its <h1>."""
GAP = re.compile("(\ue000planbook-[^\ue001]*\ue001)")


class Frames:
    """The frames of one build, for `{{ framed() }}` in the theme's templates."""

    def __init__(self, environment: Environment) -> None:
        self.drawn: dict[Any, list[str]] = {}
        environment.globals["framed"] = self.draw

    @pass_context
    def draw(self, context: Context) -> str:
        """The page of `context` as the theme's main.html draws it."""
        page = context["page"]
        if "<h1" not in page.content:
            return context.environment.get_template(THEME).render(context.get_all())
        rest = {name: value for name, value in page.meta.items() if name != "title"}
        seen = (context["base_url"], repr(rest), tuple(_nested(page.toc)))
        if seen not in self.drawn:
            self.drawn[seen] = _frame(context, page)
        here = {TITLE: str(page.title), TEXT: page.content}
        here |= {HEADING.format(number): title for number, title in enumerate(_lowest(page.toc))}
        return "".join(here.get(piece, piece) for piece in self.drawn[seen])


def _frame(context: Context, page: Any) -> list[str]:
    """Main.html drawn for a page of no title, no text and no words in its headings, cut where they go."""
    nameless = copy.copy(page)
    nameless.title, nameless.content = TITLE, TEXT
    nameless.toc = TableOfContents(list(_nameless(page.toc, count())))
    nameless.meta = page.meta | {"title": TITLE}
    drawn = context.environment.get_template(THEME).render(context.get_all() | {"page": nameless})
    return GAP.split(drawn)


def _nested(items: Iterable[AnchorLink]) -> Iterator[Any]:
    """What tells headings apart; the theme puts what one with others under it says in another way too."""
    for item in items:
        under = (item.title, *_nested(item.children)) if item.children else ()
        yield item.id, item.level, under


def _lowest(items: Iterable[AnchorLink]) -> Iterator[str]:
    """What the headings with no others under them say."""
    for item in items:
        yield from _lowest(item.children) if item.children else (item.title,)


def _nameless(items: Iterable[AnchorLink], numbers: Iterator[int]) -> Iterator[AnchorLink]:
    """The same headings; those with no others under them say where their words go."""
    for item in items:
        blank = copy.copy(item)
        blank.children = list(_nameless(item.children, numbers))
        blank.title = item.title if item.children else HEADING.format(next(numbers))
        yield blank
