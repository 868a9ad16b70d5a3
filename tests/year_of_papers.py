"""A small made-up month with everything in it that the office's papers must tell apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from generator.book import Book
from generator.pipeline import build_book
from tests.small_plan import copied
from tests.test_ledger import decided, returned

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
