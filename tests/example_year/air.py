"""Air data of the example year: every town and month, made up, with sums, means and ranks that agree."""

from __future__ import annotations

import csv
import io
from itertools import accumulate

from tests.example_year.dice import Dice

HEADINGS = [
    "月份",
    "镇街",
    "PM2.5",
    "PM2.5累计",
    "PM2.5同比(%)",
    "PM10",
    "PM10累计",
    "PM10同比(%)",
    "O3",
    "O3累计",
    "O3同比(%)",
    "综合指数",
    "综合指数同比(%)",
    "优良天数",
    "降尘量",
    "排名",
    "数据来源",
    "是否审核",
]
TOWNS = (
    ("北石店镇", 1.08),
    ("东街街道办事处", 0.97),
    ("西街街道办事处", 0.95),
    ("南街街道办事处", 1.0),
    ("北街街道办事处", 0.98),
    ("钟家庄街道办事处", 1.1),
    ("西上庄街道办事处", 1.04),
    ("开发区街道办事处", 1.02),
)
PM25 = (62, 51, 40, 31, 25, 22, 20, 21, 27, 36, 45, 56)
PM10 = (98, 90, 88, 76, 62, 48, 42, 44, 55, 68, 79, 92)
O3 = (72, 88, 112, 138, 165, 182, 171, 160, 146, 104, 80, 66)
DUST = (4.2, 4.8, 6.4, 7.2, 6.6, 5.4, 4.6, 4.4, 4.9, 5.3, 5.0, 4.4)
"""What the whole district has in the months of a year, roughly."""
UNAUDITED = frozenset((12,))


def air_csv() -> bytes:
    """The table as `plan/air/` holds it; the last month is not audited yet."""
    series = {town: _series(town, factor) for town, factor in TOWNS}
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(HEADINGS)
    for month in range(12):
        order = sorted(series, key=lambda town: (series[town]["index"][month], town))
        for town, _ in TOWNS:
            table.writerow(_line(town, month, series[town], order.index(town) + 1))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _series(town: str, factor: float) -> dict[str, list[float]]:
    dice = Dice(f"示例 {town}")
    found = {
        name: [round(value * factor * dice.between(0.93, 1.07)) for value in values]
        for name, values in (("pm25", PM25), ("pm10", PM10), ("o3", O3))
    }
    found["dust"] = [round(value * factor * dice.between(0.92, 1.08), 1) for value in DUST]
    found["index"] = [
        round(fine / 35 + coarse / 70 + ozone / 160 + 1.1, 2)
        for fine, coarse, ozone in zip(found["pm25"], found["pm10"], found["o3"], strict=True)
    ]
    found["days"] = [max(12, round(30 - fine / 5 - max(0, ozone - 150) / 6)) for fine, ozone in _pairs(found)]
    for name in ("pm25", "pm10", "o3", "index"):
        found[f"{name}_change"] = [round(dice.between(-14, 6), 1) for _ in range(12)]
    return found


def _pairs(found: dict[str, list[float]]) -> list[tuple[float, float]]:
    return list(zip(found["pm25"], found["o3"], strict=True))


def _line(town: str, month: int, series: dict[str, list[float]], rank: int) -> list[object]:
    cells: list[object] = [f"2024-{month + 1:02d}", town]
    for name in ("pm25", "pm10", "o3"):
        mean = list(accumulate(series[name]))[month] / (month + 1)
        cells += [series[name][month], round(mean, 1), series[f"{name}_change"][month]]
    cells += [series["index"][month], series["index_change"][month], series["days"][month]]
    audited = "否" if month + 1 in UNAUDITED else "是"
    return [*cells, series["dust"][month], rank, "示例数据", audited]
