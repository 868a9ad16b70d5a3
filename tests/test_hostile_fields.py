"""The hostile plan is only worth its tests as long as no field that holds words is left out of it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.storage import load_project
from tests.hostile_plan import HOSTILE, SHORT, hostile_project

FIXED = {
    "ids and what refers to them": {
        *("Unit.id", "UnitGroup.id", "Season.id", "PlanHead.id", "Criterion.id", "Unit.succeeded_by"),
        *(
            "UnitGroup.members",
            "UnitGroup.subset_of",
            "Parent.plan",
            "PlanHead.annex_of",
            "Link.source",
            "Link.to",
        ),
        *("Deadline.season", "Unit.unconfirmed"),
    },
    "one character on each side; they are < and > there": {"Responsibility.brackets"},
    "the model takes one pattern only": {
        "Deadline.recurrence",
        "Season.start",
        "Season.end",
        "RulesFile.yearly_cutoff",
    },
    "the program's own default, which the small plan does not write": {
        *("LightRules.basis", "RulesFile.ladder_basis", "RulesFile.supervision_paper", "Objective.title_mark"),
    },
}
"""Fields that nobody can write markup into, or that the hostile plan does not set, by reason."""


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), f"{type(value).__name__}.{name}")
    elif isinstance(value, dict):
        for found in value.values():
            yield from _texts(found, field)
    elif isinstance(value, list | tuple):
        for found in value:
            yield from _texts(found, field)
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield field, value


def test_every_field_of_a_plan_that_holds_words_is_hostile_in_the_hostile_plan(tmp_path: Path) -> None:
    loaded = load_project(hostile_project(tmp_path))
    assert loaded.complete
    spoilt: set[str] = set()
    seen: set[str] = set()
    for field, text in _texts((loaded.plans, loaded.units, loaded.calendar, loaded.rules)):
        seen.add(field)
        if HOSTILE in text or SHORT in text:
            spoilt.add(field)
    fixed = set().union(*FIXED.values())
    assert sorted(seen - spoilt - fixed) == []
    assert sorted(fixed & spoilt) == []
