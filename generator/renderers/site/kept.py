"""What macros draw of a few values, kept: the same names stand in most tasks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from markupsafe import Markup, escape


class Kept:
    """For all pages that have the same way up to the site's root.

    Its methods are filters: Jinja calls a filter several times as fast as a function.
    """

    def __init__(self) -> None:
        self._drawn: dict[Hashable, str] = {}

    def one(self, macro: Any, *values: Hashable) -> str:
        """`{{ party | kept(name, id) }}`."""
        place = macro.name, values
        if place not in self._drawn:
            self._drawn[place] = macro(*values)
        return self._drawn[place]

    def each(self, macro: Any, rows: Iterable[tuple[Hashable, ...]], between: str = "、") -> Markup:
        """`{{ marked_party | each(parties) }}`: what is drawn of each row of values, and what stands between."""
        return escape(between).join([self.one(macro, *values) for values in rows])
