"""What macros draw of a few values, kept: the same names stand in most tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable
from typing import Any

from markupsafe import Markup


class Kept:
    """For all pages that have the same way up to the site's root.

    Its methods are filters: Jinja calls a filter several times as fast as a function.
    """

    def __init__(self) -> None:
        self._drawn: defaultdict[str, dict[tuple[Hashable, ...], str]] = defaultdict(dict)

    def one(self, macro: Any, *values: Hashable) -> str:
        """`{{ party | kept(name, id) }}`."""
        drawn = self._drawn[macro.name]
        if values not in drawn:
            drawn[values] = macro(*values)
        return drawn[values]

    def each(self, macro: Any, rows: Collection[tuple[Hashable, ...]], between: str = "、") -> Markup:
        """`{{ marked_party | each(parties) }}`: what is drawn of each row of values, and what stands between."""
        return Markup(between.join([self.one(macro, *values) for values in rows]))  # noqa: S704 - templates drew it
