"""The small plan in a year that was reported on: returns, decisions, tasks from outside, air quality, contacts.

Every internal fact holds a word of its own, so that a test can look for it in every byte of a site.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from generator.project import Project
from tests.small_plan import copied
from tests.test_ledger import returned

DAY = date(2024, 10, 20)
SECRETS = {
    "progress": "PROGRESSWORD",
    "problem": "PROBLEMWORD",
    "coordination": "COORDINATIONWORD",
    "evidence": "EVIDENCEWORD",
    "firm": "FIRMWORD",
    "opinion": "OPINIONWORD",
    "basis": "BASISWORD",
    "score": "SCOREWORD",
    "supervision": "SUPERVISIONWORD",
    "extra": "EXTRAWORD",
    "origin": "ORIGINWORD",
    "air": "AIRWORD",
}
CONTACTS = {"name": "CONTACTNAME", "telephone": "1380000PHONE"}

REVIEWS = """reviews:
  - {task: 要点-02, unit: 区水务局, period: 2024-08, state: behind, opinion: 与记录不符OPINIONWORD,
     basis: 现场核查BASISWORD, by: 区河长办, on: 2024-09-01}
  - {task: 要点-01, unit: 区住建局, period: 2024-09, sent_back: true, basis: 审核, by: 区河长办, on: 2024-09-28}
scores:
  - {task: 要点-01, unit: 区住建局, year: 2024, score: 61, deduction: 进度慢SCOREWORD, basis: 考核, by: 考核组,
     on: 2024-10-10}
supervisions:
  - {task: 要点-01, unit: 区住建局, rung: supervision, requirement: 限期完成SUPERVISIONWORD, basis: 会议,
     by: 区河长办, on: 2024-10-11}
extensions:
  - {task: 要点-01, unit: 区住建局, until: 2024-12-31, basis: 批复, by: 区政府, on: 2024-10-12}
"""
EXTRA = """tasks:
  - {task: 会议-01, title: 清理河道垃圾EXTRAWORD, text: 国庆前完成青石河城区段垃圾清理。, origin: meeting,
     source: 区政府第3次专题会议纪要ORIGINWORD, assigned: 2024-08-01, due: 2024-09-20, lead: [区水务局],
     responsible: [区住建局]}
"""
AIR = """月份,镇街,PM2.5,PM2.5累计,PM2.5同比(%),PM10,综合指数,优良天数,排名,数据来源,是否审核
2024-08,北溪镇,31,38,-5.2,60,4.1,25,1,区环境监测站AIRWORD,否
2024-09,北溪镇,33,37,2.5,66,4.4,22,1,区环境监测站AIRWORD,否
"""
PEOPLE = "contacts:\n  - {unit: 区水务局, name: CONTACTNAME, section: 办公室, telephone: 1380000PHONE}\n"


def reported_year(folder: Path) -> Project:
    """A copy of the small plan with the records of its year."""
    return copied(folder, list(_edits()))


def _edits() -> list[dict[str, Any]]:
    water = [
        returned(
            "water",
            f"2024-{month:02d}",
            f"2024-{month:02d}-24",
            f"要点-02 state: on_track, quantity: 1, cumulative: {month}, progress: 巡查12次PROGRESSWORD,"
            f" problems: 某公司FIRMWORD排口反复, evidence: [EVIDENCEWORD{month}]",
        )
        for month in range(4, 10)
    ]
    housing = [
        returned(
            "housing",
            f"2024-{month:02d}",
            f"2024-{month:02d}-26",
            "要点-01 state: behind, problems: 设备未到货PROBLEMWORD, coordination: 请协调COORDINATIONWORD,"
            f" expected: 2024-12-20, cumulative: {month - 4}",
        )
        for month in (5, 9)
    ]
    return [
        *water,
        *housing,
        {"file": "annual-2024/decisions/a.yml", "write": REVIEWS},
        {"file": "annual-2024/extra-tasks.yml", "write": EXTRA},
        {"file": "air/2024.csv", "write": AIR},
        {"file": "contacts.local.yml", "write": PEOPLE},
    ]
