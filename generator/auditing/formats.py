"""How text looks in the end: face, size, colour, alignment, from defaults, styles and what is set directly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.office.word_template import word

DEPTH = 20
"""Styles rest on one another at most so often."""
SIZES = {44: "2号", 36: "小2号", 32: "3号", 30: "小3号", 28: "4号", 24: "小4号", 21: "5号", 18: "小5号"}
"""字号 by half-points."""
DEFAULT_HALF_POINTS = 20
"""What Word takes where nobody says a size."""


@dataclass(frozen=True)
class Look:
    """Face of Chinese text, size in half-points, colour as RRGGBB."""

    face: str
    half_points: int
    colour: str

    @property
    def size(self) -> str:
        """3号 and its like; points where no 字号 fits."""
        return SIZES.get(self.half_points, f"{self.half_points / 2:g}磅")


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._by_id = {style.get(word("styleId"), ""): style for style in self._all("style")}

    def _all(self, name: str) -> list[Any]:
        return list(self._root.iter(word(name))) if self._root is not None else []

    @cached_property
    def _default_paragraph(self) -> str:
        for key, style in self._by_id.items():
            if style.get(word("type")) == "paragraph" and style.get(word("default")) in {"1", "true", "on"}:
                return str(key)
        return ""

    @cached_property
    def _defaults(self) -> Any:
        found = next(iter(self._all("rPrDefault")), None)
        return found.find(word("rPr")) if found is not None else None

    def run_properties(self, paragraph: Any, run: Any) -> Iterator[Any]:
        """Every w:rPr that has a say in a run, the strongest first."""
        own = run.find(word("rPr"))
        named = _value(own, "rStyle")
        levels = [own, *self._chain(named, "rPr"), *self._chain(self._style_of(paragraph), "rPr"), self._defaults]
        return (found for found in levels if found is not None)

    def paragraph_properties(self, paragraph: Any) -> Iterator[Any]:
        """Every w:pPr that has a say in a paragraph, the strongest first."""
        own = paragraph.find(word("pPr"))
        levels = [own, *self._chain(self._style_of(paragraph), "pPr")]
        return (found for found in levels if found is not None)

    def _style_of(self, paragraph: Any) -> str:
        return _value(paragraph.find(word("pPr")), "pStyle") or self._default_paragraph

    def _chain(self, style: str, kind: str) -> Iterator[Any]:
        for _ in range(DEPTH):
            found = self._by_id.get(style)
            if found is None:
                return
            yield found.find(word(kind))
            style = _value(found, "basedOn")

    def look(self, paragraph: Any, run: Any) -> Look:
        """How the Chinese text of a run looks; an empty face where only a theme names one."""
        levels = list(self.run_properties(paragraph, run))
        face = _attribute(levels, "rFonts", "eastAsia")
        size = _attribute(levels, "sz", "val")
        colour = _attribute(levels, "color", "val")
        return Look(face, int(size) if size.isdigit() else DEFAULT_HALF_POINTS, (colour or "auto").upper())

    def aligned(self, paragraph: Any) -> str:
        """left, center, right, both; `start` and `end` as Word writes them of late mean left and right."""
        written = _attribute(list(self.paragraph_properties(paragraph)), "jc", "val") or "left"
        return {"start": "left", "end": "right"}.get(written, written)

    def indent(self, paragraph: Any, name: str) -> int:
        """`firstLine` and its like in twentieths of a point, `firstLineChars` in hundredths of a character."""
        written = _attribute(list(self.paragraph_properties(paragraph)), "ind", name)
        return int(written) if written.lstrip("-").isdigit() else 0

    def line_spacing(self, paragraph: Any) -> int:
        """A fixed distance of lines in twentieths of a point; 0 where it is not fixed."""
        levels = list(self.paragraph_properties(paragraph))
        if _attribute(levels, "spacing", "lineRule") != "exact":
            return 0
        written = _attribute(levels, "spacing", "line")
        return int(written) if written.isdigit() else 0


def _value(element: Any, name: str) -> str:
    found = element.find(word(name)) if element is not None else None
    return (found.get(word("val")) or "") if found is not None else ""


def _attribute(levels: list[Any], name: str, attribute: str) -> str:
    for level in levels:
        found = level.find(word(name))
        value = found.get(word(attribute)) if found is not None else None
        if value:
            return str(value)
    return ""
