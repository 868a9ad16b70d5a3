"""A made-up plan of any size, for measuring speed: the same bytes every time, as rich as the real plan.

    python -m tests.large_plan 1000 FOLDER

Four fifths of the measures stand in a plan of several years, the rest in its annual plan, which carries it out. A
clause has as many sentences, times, figures and parties as one of the real plan on average, and one unit, like there,
stands in most clauses.
"""

from __future__ import annotations

import calendar
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from generator.model import AssessmentFile, LinksFile, Measure, PlanHead, UnitsFile
from generator.storage.draft_writer import record_yaml
from tests.case_files import cases
from tests.small_plan import SMALL

WORDS: dict[str, Any] = cases("large_plan.yml")
MEASURES_IN_A_CHAPTER = 25
CHAPTERS_IN_A_SECTION = 10
DIGITS = "零一二三四五六七八九"
Some = TypeVar("Some")


@dataclass(frozen=True)
class Draw:
    """Chance that falls alike on every machine: each question of a place has one answer."""

    place: str

    def number(self, question: str, below: int) -> int:
        """A number from 0 up to `below`."""
        return int.from_bytes(hashlib.sha256(f"{self.place} {question}".encode()).digest()[:6], "big") % below

    def likely(self, question: str, percent: int) -> bool:
        """True in so many of a hundred places."""
        return self.number(question, 100) < percent

    def one(self, question: str, among: Sequence[Some]) -> Some:
        """One of these."""
        return among[self.number(question, len(among))]

    def several(self, question: str, count: int, among: Sequence[Some]) -> list[Some]:
        """So many of these, none twice, in their order."""
        ranked = sorted(range(len(among)), key=lambda index: self.number(f"{question} {index}", 1 << 40))
        return [among[index] for index in sorted(ranked[:count])]


def write_large_plan(folder: Path, measures: int) -> Path:
    """A whole project of so many measures; returns its folder."""
    annual = measures // 5
    files = {
        "units.yml": record_yaml(_units(), "schemas/units.json"),
        "calendar.yml": (SMALL / "plan/calendar.yml").read_bytes(),
        "rules.yml": (SMALL / "plan/rules.yml").read_bytes(),
        **_plan_files("scheme", "方案", measures - annual, None),
        **_plan_files("annual-2024", "要点", annual, 2024),
        "annual-2024/assessment.yml": record_yaml(
            AssessmentFile.model_validate(WORDS["assessment"]), "../schemas/assessment.json"
        ),
        "annual-2024/links.yml": record_yaml(_links(annual, measures - annual), "../schemas/links.json"),
    }
    for name, content in files.items():
        path = folder / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _units() -> UnitsFile:
    departments = [
        {"id": f"department-{number:02d}", "name": name, "kind": "department", "confirmed": True}
        for number, name in enumerate((*WORDS["units"], WORDS["hub"]), 1)
    ]
    towns = [
        {"id": f"town-{number:02d}", "name": name, "kind": "town" if name[-1] == "镇" else "subdistrict"}
        | {"confirmed": False, "note": "虚构示例"}
        for number, name in enumerate(WORDS["towns"], 1)
    ]
    members = [town["id"] for town in towns]
    groups = [
        {"id": "towns", "name": WORDS["group"], "members": members, "confirmed": False, "note": "虚构示例"},
        {"id": "relevant-departments", "name": WORDS["open_group"], "confirmed": False, "note": "虚构示例"},
    ]
    return UnitsFile.model_validate({"order_confirmed": True, "units": departments + towns, "groups": groups})


def _plan_files(plan: str, label: str, measures: int, year: int | None) -> dict[str, bytes]:
    head = _head(plan, label, -(-measures // MEASURES_IN_A_CHAPTER), year)
    files = {f"{plan}/plan.yml": record_yaml(head, "../schemas/plan.json")}
    for number in range(1, measures + 1):
        content = record_yaml(_measure(plan, number), "../../schemas/measure.json")
        files[f"{plan}/measures/{number:02d}.yml"] = content
    return files


def _head(plan: str, label: str, chapters: int, year: int | None) -> PlanHead:
    short = f"{year}年工作要点" if year else "实施方案"
    known = {"title": "青山市生态文明建设实施方案", "plan": "scheme", "confirmed": True}
    sections = [
        {
            "number": chinese_number(section + 1),
            "title": WORDS["sections"][section % len(WORDS["sections"])],
            "chapters": [
                {"number": chinese_number(place + 1), "title": title}
                for place, title in enumerate(WORDS["chapters"][: chapters - section * CHAPTERS_IN_A_SECTION])
            ],
        }
        for section in range(-(-chapters // CHAPTERS_IN_A_SECTION))
    ]
    more = {"year": year, "order": 1, "annex_of": "scheme", "parents": [known]} if year else {}
    heading = {"text": f"青山市生态文明建设{short}", "kind": "title"}
    heading |= {"mentions": [{"phrase": short, "kind": "name"}]} if year else {}
    front = [heading, "为推动全市绿色发展，制定本方案。"]
    return PlanHead.model_validate(
        {"id": plan, "label": label, "title": heading["text"], "short_title": short, "front": front}
        | {"issued": "2024-03-20", "issuer": "青山市人民政府", "sections": sections}
        | more
    )


def chinese_number(number: int) -> str:
    """1 … 99 as headings count: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def _measure(plan: str, number: int) -> Measure:
    draw = Draw(f"{plan}-{number}")
    section, chapter = divmod((number - 1) // MEASURES_IN_A_CHAPTER, CHAPTERS_IN_A_SECTION)
    subject = draw.one("subject", WORDS["subjects"])
    title = draw.one("title", WORDS["titles"]).format(subject=subject)
    return Measure.model_validate(
        {
            "number": number,
            "title": None if draw.likely("untitled", 2) else title,
            "chapter": f"{chinese_number(section + 1)}/{chinese_number(chapter + 1)}",
            "clauses": [
                _clause(Draw(f"{plan}-{number}.{place}"), subject)
                for place in range(1, 3 if draw.likely("two clauses", 5) else 2)
            ],
        }
    )


def _clause(draw: Draw, subject: str) -> dict[str, Any]:
    kinds = {"timed": 93, "figured": 38, "mentioned": 64}
    statements = [_statement(draw, subject, kind) for kind, percent in kinds.items() if draw.likely(kind, percent)]
    count = 1 if statements else 2
    plain = draw.several("plain", count + draw.number("more", 2), WORDS["plain"])
    texts = [text.format(subject=subject, place=draw.one("place", WORDS["places"])) for text in plain]
    return {"statements": texts + statements, "responsibility": _responsibility(draw)}


def _statement(draw: Draw, subject: str, kind: str) -> dict[str, Any]:
    month = draw.one("month", (6, 9, 10, 11))
    year = draw.one("year", (2024, 2024, 2025, 2026, 2027))
    figure = draw.number("figure", 60) + 30
    filling = {
        "subject": subject,
        "place": draw.one(f"place of {kind}", WORDS["places"]),
        "year": year,
        "month": month,
        "last": f"{month:02d}-{calendar.monthrange(year, month)[1]}",
        "figure": figure,
    }
    pattern = draw.one(kind, WORDS[kind])
    read = {key: text.format(**filling) if isinstance(text, str) else text for key, text in pattern.items()}
    name = {"timed": "deadlines", "figured": "targets", "mentioned": "mentions"}[kind]
    value = {"value": figure, "symbol": "%"} if kind == "figured" else {}
    return {"text": read.pop("text"), name: [read | value]}


def _responsibility(draw: Draw) -> dict[str, Any]:
    """Units by role, in the proportions of the real plan: most share, some answer, few lead and support."""
    units = draw.several("units", 1 + draw.number("count", 3), WORDS["units"])
    if draw.likely("hub", 90):
        units = [WORDS["hub"], *units]
    groups = (*[WORDS["group"]] * 8, WORDS["open_group"], draw.one("town", WORDS["towns"]))
    last = [draw.one("last", groups)] if draw.likely("group", 50) else []
    style = draw.number("style", 100)
    if style < 15 and len(units) > 1:
        others = [*units[1:], *last]
        return {"phrase": f"{units[0]}牵头,{'、'.join(others)}配合", "lead": units[:1], "support": others}
    named = [*units, *last]
    if style < 35:
        return {"phrase": f"责任单位:{'、'.join(named)}", "responsible": named}
    if len(named) == 1:
        return {"phrase": f"{named[0]}负责", "lead": named}
    return {"phrase": f"{'、'.join(named)}等按职责分工负责", "shared": named, "open": True}


def _links(annual: int, scheme: int) -> LinksFile:
    links = []
    for number in range(1, annual + 1):
        draw = Draw(f"link {number}")
        for to in draw.several("to", 1 + draw.number("count", 2), range(1, scheme + 1)):
            reason = draw.one("reason", WORDS["reasons"])
            source = f"annual-2024-{number:02d}"
            links.append({"from": source, "to": f"scheme-{to:02d}", "kind": "supports", "reason": reason})
    return LinksFile.model_validate({"links": links})


if __name__ == "__main__":
    print(write_large_plan(Path(sys.argv[2]), int(sys.argv[1])))
