"""Problems are values: where, by which rule, how grave, in Chinese for the keeper of a plan."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

_DAYS = (
    re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:T?[0-9]{2}:[0-9:.]*)?"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]?"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)
"""A day in the ways in which people and programs write one."""


class Severity(StrEnum):
    """严重程度: error stops a build, warning is a likely slip, note is a true property of the document."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Place:
    """Where a finding stands: a path relative to the project, line and column from 1.

    A file without lines has `within` instead, such as 第1个表格第2行第3格.
    """

    file: str
    line: int = 1
    column: int = 1
    within: str = ""

    def __str__(self) -> str:
        return f"{self.file} {self.within}" if self.within else f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Finding:
    """校验问题."""

    place: Place
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.place} · {self.severity} · [{self.rule}] {self.message}"


class PlanError(Exception):
    """The plan cannot be used; carries every finding that says why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by place, then rule, then message, each once."""
    return tuple(sorted(set(findings), key=lambda found: (found.place, found.rule, found.message)))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops a build."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def suggestion(written: str, known: Iterable[str], cutoff: float = 0.5) -> str:
    """`是否指“…”？` for the nearest known value, or an empty string."""
    near = get_close_matches(written[:200], sorted(set(known)), n=1, cutoff=cutoff)
    return meant(near[0]) if near else ""


def meant(value: object) -> str:
    """`是否指“…”？` for a value that is likely to be meant."""
    return f"是否指“{value}”？"


def day_fault(written: str) -> str:
    """What is wrong with a day that is not written as 2024-12-31, or does not exist; empty where nothing is."""
    plain = "".join(unicodedata.normalize("NFKC", written[:40]).split())
    found = next(filter(None, (form.fullmatch(plain) for form in _DAYS)), None)
    asked = "应为 2024-12-31 这样写的日期"
    if not found:
        return asked
    year, month, number = map(int, found.groups())
    if not (year >= 1 and 1 <= month <= 12):
        return f"没有 {month} 月；应为实际存在的日期，如 2024-12-31"
    last = monthrange(year, month)[1]
    near = f"{year:04d}-{month:02d}-{min(max(number, 1), last):02d}"
    if not 1 <= number <= last:
        return f"{year} 年 {month} 月只有 {last} 天；应为实际存在的日期，{meant(near)}"
    return "" if near == written else f"{asked}；{meant(near)}"


def shown(value: object, limit: int = 40) -> str:
    """A value as a message quotes it: one line, cut, control characters made visible."""
    text = "".join(char if char.isprintable() else "�" for char in str(value))
    return text if len(text) <= limit else text[:limit] + "…"
