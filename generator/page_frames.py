"""The theme around a page (页面外框), drawn once for all pages that it tells apart by title and text alone.

Hundreds of pages of measures differ in nothing else: drawing head, navigation and foot for each took longer than
drawing what they say. A page with other headings, or in another folder, or in the navigation gets its own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

TEMPLATE = "framed.html"
"""Says in the theme's language that a page is put into a frame."""
THEME = "main.html"
TITLE, TEXT = "\ue000planbook-title\ue001", "\ue000planbook-text<h1\ue001"
"""Stand in a frame where title and text go; the theme looks in the text for its <h1>."""
GAP = re.compile(f"({TITLE}|{TEXT})")


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
        seen = (context["base_url"], repr(rest), tuple(_headings(page.toc)))
        if seen not in self.drawn:
            self.drawn[seen] = _frame(context, page)
        here = {TITLE: str(page.title), TEXT: page.content}
        return "".join(here.get(piece, piece) for piece in self.drawn[seen])


def _frame(context: Context, page: Any) -> list[str]:
    """Main.html drawn for a page of no title and no text, cut where they go."""
    nameless = copy.copy(page)
    nameless.title, nameless.content = TITLE, TEXT
    nameless.meta = page.meta | {"title": TITLE}
    drawn = context.environment.get_template(THEME).render(context.get_all() | {"page": nameless})
    return GAP.split(drawn)


def _headings(items: Iterable[Any]) -> Iterable[Any]:
    for item in items:
        yield item.id, item.title, item.level, tuple(_headings(item.children))
