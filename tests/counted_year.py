"""The figures of a reported year counted from its files alone: forms, progress/, decisions/, air/; no analysis code."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from generator.storage.yaml_reader import read_yaml

MAYBE = ("行动-10",)
"""Asked through 各相关镇(街道), whose members are not settled: counts for a town once it reported on it."""
GOING_WELL = {"on_track", "continuing", "completion_claimed", "extended"}
TASK_COLUMN, UNIT_IN_NAME = 1, 1


def records(path: Path) -> Any:
    """A YAML file as plain values."""
    return read_yaml(path, path.name)[0]


@dataclass
class CountedYear:
    """What the files of an annual plan say up to a day."""

    root: Path
    day: date
    plan: str = "action-2024"
    names: dict[str, str] = field(default_factory=dict)
    returns: list[dict[str, Any]] = field(default_factory=list)
    rulings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folder = self.root / "plan"
        self.names = {unit["id"]: unit["name"] for unit in records(folder / "units.yml")["units"]}
        found = [records(path) for path in sorted((folder / self.plan / "progress").rglob("*.yml"))]
        self.returns = [one for one in found if min(self._days(one)) <= self.day]
        for path in sorted((folder / self.plan / "decisions").glob("*.yml")):
            for kind, entries in records(path).items():
                kept = [one for one in entries if date.fromisoformat(one["on"]) <= self.day]
                self.rulings.setdefault(kind, []).extend(kept)

    @staticmethod
    def _days(returned: dict[str, Any]) -> list[date]:
        return [date.fromisoformat(file["received"]) for file in returned["files"]]

    def carried(self, last: str) -> Iterator[tuple[str, str]]:
        """(unit, task) of every row of every form that went out up to a month; what was handed over at its new unit."""
        units = {name: unit for unit, name in self.names.items()}
        seen = set()
        for folder in sorted((self.root / "forms").iterdir()):
            for path in sorted(folder.glob("*.xlsx")) if len(folder.name) == 7 and folder.name <= last else ():
                unit = units[path.stem.split()[UNIT_IN_NAME]]
                seen |= {(unit, task) for task in _tasks(path)}
        for one in self.rulings.get("transfers", ()):
            if date.fromisoformat(one["effective"]) <= self.day:
                seen -= {(self._id(one["unit"]), one["task"])}
                seen |= {(self._id(one["to"]), one["task"])}
        for unit, task in sorted(seen):
            if task not in MAYBE or unit == "ecology-environment" or self._reports(unit, task):
                yield unit, task

    def _id(self, written: str) -> str:
        return next((unit for unit, name in self.names.items() if name == written), written)

    def _about(self, kind: str, unit: str, task: str) -> list[dict[str, Any]]:
        found = (one for one in self.rulings.get(kind, ()) if one["task"] == task)
        return [one for one in found if self._id(one.get("unit", unit)) == unit]

    def _reports(self, unit: str, task: str) -> list[tuple[str, dict[str, Any]]]:
        """What a unit reported of a task, month by month; a task that came from another unit brings its past."""
        before = [
            self._id(one["unit"])
            for one in self.rulings.get("transfers", ())
            if one["task"] == task and self._id(one["to"]) == unit
        ]
        found = [
            (one["period"], row)
            for one in self.returns
            if len(one["period"]) == 7 and one["unit"] in {unit, *before}
            for row in one.get("rows", ())
            if row["task"] == task
        ]
        return sorted(found, key=lambda one: one[0])

    def state(self, unit: str, task: str) -> str | None:
        """Verified completion, else a running extension, else the later of report and finding."""
        if self._about("close_outs", unit, task):
            return "completed"
        if any(self.day <= date.fromisoformat(one["until"]) for one in self._about("extensions", unit, task)):
            return "extended"
        reported, period = None, ""
        for month, row in self._reports(unit, task):
            if state := row.get("state") or (reported if row.get("unchanged") == "true" else None):
                reported, period = state, month
        findings = [one for one in self._about("reviews", unit, task) if one.get("state")]
        last = max(findings, key=lambda one: one["on"], default=None)
        return last["state"] if last and period <= max(one["period"] for one in findings) else reported

    def progress(self, last: str) -> dict[str, Counter[str]]:
        """承担数, 办结, 正常, 滞后, 受阻 of every unit by its name."""
        found: dict[str, Counter[str]] = {}
        for unit, task in self.carried(last):
            state = self.state(unit, task)
            counts = found.setdefault(self.names[unit], Counter())
            counts["承担数"] += 1
            counts["办结"] += state == "completed"
            counts["正常"] += state in GOING_WELL
            counts["滞后"] += state == "behind"
            counts["受阻"] += state == "blocked"
        return found

    def unreported(self, period: str) -> set[str]:
        """Names of the units that got a form for a month and sent nothing."""
        asked = {path.stem.split()[UNIT_IN_NAME] for path in (self.root / "forms" / period).glob("*.xlsx")}
        return asked - {self.names[one["unit"]] for one in self.returns if one["period"] == period}

    def late(self, period: str) -> set[str]:
        """Names of the units whose return of a month was late."""
        found = (one for one in self.returns if one["period"] == period and one.get("late") == "true")
        return {self.names[one["unit"]] for one in found}

    def air(self, month: str) -> dict[str, dict[str, str]]:
        """The lines of the air table of a month by town."""
        text = (self.root / "plan/air/2024.csv").read_text("utf-8-sig")
        return {line["镇街"]: line for line in csv.DictReader(text.splitlines()) if line["月份"] == month}

    def points(self) -> dict[str, dict[str, float]]:
        """Scores of every unit by part: air-quality, common, tasks, 加分, 扣分, and 合理缺项 as a count."""
        found: dict[str, dict[str, float]] = {}
        for one in self.rulings.get("scores", ()):
            counts = found.setdefault(self.names[self._id(one["unit"])], defaultdict(float))
            part = one["task"].partition(".")[0] if "." in one["task"] else "tasks"
            if one.get("not_applicable") == "true":
                counts["gaps"] += 1
                continue
            points = float(one["score"])
            counts["deductions"] += bool(one.get("deduction"))
            if part == "adjustments":
                part, points = ("加分", points) if points > 0 else ("扣分", -points)
            counts[part] += points
        return found

    def self_scores(self) -> dict[str, float]:
        """自评分 of the annual forms, summed by unit."""
        found = {}
        for one in self.returns:
            scores = [float(row["self_score"]) for row in one.get("rows", ()) if row.get("self_score")]
            if one["period"] == "2024" and scores:
                found[self.names[one["unit"]]] = sum(scores)
        return found


def _tasks(path: Path) -> Iterator[str]:
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    for (value,) in sheet.iter_rows(min_row=4, max_col=TASK_COLUMN, values_only=True):
        if value and len(str(value)) < 9 and "-" in str(value):
            yield str(value)
