"""Single values of records, compared by their keys."""

from __future__ import annotations

from collections.abc import Mapping

from generator.analysis.changes.pieces import Fact

Values = Mapping[str, tuple[str, ...]]
"""Printed values by key; empty where a record gives none."""


def fact_changes(before: Values, after: Values) -> tuple[Fact, ...]:
    """The values that differ; both sides have the same keys."""
    return tuple(Fact(key, before[key], after[key]) for key in before if before[key] != after[key])


def given(value: object) -> tuple[str, ...]:
    """A value that may be missing, as printed."""
    return () if value is None or value == "" else (str(value),)
