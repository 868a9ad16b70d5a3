"""A small made-up month with everything in it that the office's papers must tell apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from generator.book import Book
from generator.pipeline import build_book
from tests.small_plan import copied
from tests.test_ledger import DIGEST, STAMPS, decided, returned

MONTH = "2024-11"
DAY = date(2024, 11, 28)
AIR_HEAD = "月份,镇街,PM2.5,PM2.5累计,PM2.5同比(%),PM10,PM10累计,PM10同比(%),O3,O3累计,O3同比(%),综合指数,综合指数同比(%),优良天数,降尘量,排名,数据来源,是否审核"
NOVEMBER = "2024-11,北溪镇,38,31,-4.2,72,60,3.5,0,88,0,4.12,-1.5,24,5.2,1,市生态环境局月报,否"
AIR = {"file": "air/2024.csv", "write": f"{AIR_HEAD}\n{NOVEMBER}\n{NOVEMBER.replace('-11', '-12')}\n"}
RULES = {"file": "rules.yml", "append": "reporting_from: 2024-09-01\n"}
CONTACTS = {
    "file": "contacts.local.yml",
    "write": "contacts:\n"
    '  - {unit: 南桥街道, name: 甲某, section: 城建办, telephone: "0000-1234567"}\n'
    "  - {unit: 区河长办, name: 乙某, section: 综合科, telephone: '0000-7654321'}\n",
}
BEHIND = "state: behind, cumulative: 12, problems: 两处用地手续未办完, expected: 2024-12-20"
RETURNS = (
    returned("housing", "2024-09", "2024-09-24", "要点-01 state: behind, cumulative: 8, problems: 用地未落实"),
    returned("housing", "2024-10", "2024-10-24", f"要点-01 {BEHIND}"),
    returned("housing", "2024-11", "2024-11-24", f"要点-01 {BEHIND}"),
    returned("north-town", "2024-11", "2024-11-24", "要点-01 state: on_track, cumulative: 3"),
    returned("water", "2024-11", "2024-11-24", "要点-02 state: on_track, progress: 巡查12次"),
)
REVIEW = decided(
    "reviews:\n"
    "  - {task: 要点-01, unit: 区住建局, period: 2024-11, state: behind, opinion: 与现场一致, BASIS, on: 2024-11-26}\n"
)
SUPERVISED = (
    "supervisions:\n"
    "  - {task: 要点-01, unit: 区住建局, rung: supervision, requirement: 12月20日前完成剩余8公里, answer_by: 2024-12-20,"
    " supporting: [区水务局], BASIS, on: 2024-11-27}\n"
)
MONTH_EDITS: tuple[dict[str, Any], ...] = (AIR, RULES, CONTACTS, *RETURNS, REVIEW, decided(SUPERVISED, "b"))


def book_of_month(folder: Path, *edits: dict[str, Any], day: date = DAY) -> Book:
    """The small plan after eleven months; without edits of its own, with everything."""
    return build_book(copied(folder, list(edits or MONTH_EDITS)), day)


SCORED = decided(
    "scores:\n"
    "  - {task: common.reporting, unit: 区水务局, year: 2024, score: 10, BASIS, on: 2025-01-10}\n"
    "  - {task: 要点-02, unit: 区水务局, year: 2024, score: 87.55, deduction: 一次迟报, checked_by: 区政府督查室, BASIS, on: 2025-01-10}\n"
    "  - {task: common.reporting, unit: 区住建局, year: 2024, score: 8.5, deduction: 迟报一次, BASIS, on: 2025-01-10}\n"
    "  - {task: 要点-01, unit: 区住建局, year: 2024, score: 40, BASIS, on: 2025-01-09}\n"
    "  - {task: 要点-01, unit: 区住建局, year: 2024, score: 56.335, deduction: 少建8公里, BASIS, on: 2025-01-10}\n"
    "  - {task: 方案-01, unit: 区住建局, year: 2024, not_applicable: true, BASIS, on: 2025-01-10}\n"
    "  - {task: adjustments.award, unit: 区住建局, year: 2024, score: 1, BASIS, on: 2025-01-10}\n"
    "  - {task: common.reporting, unit: 区生态环境分局, year: 2024, score: 9, deduction: 迟报一次, BASIS, on: 2025-01-10}\n"
    "  - {task: common.reporting, unit: 北溪镇, year: 2024, score: 10, BASIS, on: 2025-01-10}\n"
    "  - {task: air-quality.section-quality, unit: 北溪镇, year: 2024, score: 0, deduction: 断面不达标, BASIS, on: 2025-01-10}\n"
    "  - {task: 要点-01, unit: 北溪镇, year: 2024, score: 70, BASIS, on: 2025-01-10}\n"
    "  - {task: 方案-03, unit: 北溪镇, year: 2024, score: 0, BASIS, on: 2025-01-10}\n"
    "  - {task: adjustments.award, unit: 北溪镇, year: 2024, score: -2, deduction: 被上级通报批评, BASIS, on: 2025-01-10}\n",
    "scores",
)
SELF_SCORED = {
    "file": "annual-2024/progress/2024/water.yml",
    "write": f"""plan: annual-2024
unit: water
period: "2024"
state: reported
files:
  - {{name: 区水务局.docx, digest: {DIGEST}, received: 2025-01-08, taken: 2}}
rows:
  - {{task: common.reporting, stamp: 000000, file: {DIGEST}, self_score: 10}}
  - {{task: 要点-02, stamp: {STAMPS["要点-02"]}, file: {DIGEST}, self_score: 89.25}}
""",
}
YEAR_DAY = date(2025, 1, 20)
YEAR_EDITS = (*MONTH_EDITS, SCORED, SELF_SCORED)


def book_of_year(folder: Path, *edits: dict[str, Any]) -> Book:
    """The small plan after the year was scored; without edits of its own, with everything."""
    return book_of_month(folder, *(edits or YEAR_EDITS), day=YEAR_DAY)
