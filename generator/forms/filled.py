"""A form as it came back: whose it is, and what stands in its rows; still text, nothing judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.forms.monthly_marks import MonthlyKey


@dataclass(frozen=True)
class FilledRow:
    """A row by its task number; `marked` is the one in its hidden mark; `serials` are cells that held a number.

    `facts` are grey cells that the unit was not to touch; `notes` say what was odd.
    """

    task: str
    stamp: str | None
    answers: Mapping[str, str]
    serials: Mapping[str, float] = field(default_factory=dict)
    office: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    content: str = ""
    foreign: MonthlyKey | None = None
    marked: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilledForm:
    """`key` stands in the file itself, `declared` is what 填报单位 says; `signed` whether somebody signed."""

    key: MonthlyKey | None
    declared: str
    title: str
    rows: tuple[FilledRow, ...]
    signed: bool
    annual: bool = False
    total_only: bool = False
    materials: tuple[Mapping[str, str], ...] = ()
    notes: tuple[str, ...] = ()
