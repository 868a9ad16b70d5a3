"""What a template may ask for: the names of a paper's context, told from real contexts by their shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import reduce


class Kind(Enum):
    """What stands under a name; ANY is what cannot be told."""

    ANY = "any"
    TEXT = "text"
    RUNS = "runs"
    ROWS = "rows"
    FIELDS = "fields"


@dataclass(frozen=True)
class Shape:
    """A kind, with the named parts of FIELDS and the common shape of the elements of ROWS."""

    kind: Kind
    parts: Mapping[str, Shape] = field(default_factory=dict)
    element: Shape | None = None

    def part(self, name: str) -> Shape | None:
        """What stands under a name; None where there is no such name."""
        return ANY if self.kind is Kind.ANY else self.parts.get(name)

    @property
    def each(self) -> Shape:
        """One element of ROWS."""
        return self.element or ANY


ANY = Shape(Kind.ANY)


def shape_of(value: object) -> Shape:
    """The shape of a value that a renderer gives to a template."""
    if hasattr(value, "__html__"):
        return Shape(Kind.RUNS)
    if isinstance(value, Mapping):
        return Shape(Kind.FIELDS, {str(key): shape_of(child) for key, child in value.items()})
    if is_dataclass(value) and not isinstance(value, type):
        return Shape(Kind.FIELDS, {one.name: shape_of(getattr(value, one.name)) for one in fields(value)})
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return Shape(Kind.ROWS, element=merged(map(shape_of, value)))
    return Shape(Kind.TEXT)


def merged(shapes: Iterable[Shape]) -> Shape:
    """One shape that has every name of all of them."""
    return reduce(_both, shapes, ANY)


def _both(one: Shape, other: Shape) -> Shape:
    if Kind.ANY in {one.kind, other.kind}:
        return other if one.kind is Kind.ANY else one
    if one.kind is not other.kind:
        return ANY
    parts = {**one.parts, **other.parts}
    common = {name: _both(one.parts[name], other.parts[name]) for name in one.parts if name in other.parts}
    return Shape(one.kind, {**parts, **common}, _both(one.each, other.each))


def shape_of_paths(paths: Iterable[str]) -> Shape:
    """The shape that `parts[].rows[].title` and its like ask for; what the leaves hold cannot be told."""
    return merged(_one_path(path) for path in paths)


def _one_path(path: str) -> Shape:
    shape = ANY
    for step in reversed(path.replace("[]", ".[]").split(".")):
        rows = step == "[]"
        shape = Shape(Kind.ROWS, element=shape) if rows else Shape(Kind.FIELDS, {step: shape})
    return shape
