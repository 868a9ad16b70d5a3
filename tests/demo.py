"""`make demo`: the example year from the forms to the papers, in a folder that anybody can look through."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.project import Edition, Project
from tests.example_year.year import AS_OF, run, write_year

ARCHIVE, NEXT_YEAR = "2024年归档.zip", "结转到2025年"
OWN = ("plan", "forms", "returns", "审核", "papers", "site", "site-internal", NEXT_YEAR, ARCHIVE)
CONTENTS = (
    ("forms/", "下发的表：每月调度表（Excel 和 Word）、年度考核表", "forms that went out"),
    ("returns/", "各单位交回的表、收表记录", "returns as they came, and what was taken of them"),
    ("returns/退回意见/", "退回各单位修改的意见", "what goes back to a unit"),
    ("审核/", "环委办在交回的表里写的审核意见、领导勾选的拟督办事项", "the office's own marks"),
    ("plan/action-2024/progress/", "台账数据：单位自报", "the ledger's data: what units reported"),
    ("plan/action-2024/decisions/", "台账数据：环委办认定、延期、办结、督办、评分", "and what was decided"),
    (
        "papers/",
        "通报、催报名单、拟督办事项建议清单、督办函和反馈单、考核汇总表",
        "circular, supervision, summary",
    ),
    (ARCHIVE, "全年归档：数据、下发的表、原件、材料", "the year in one zip"),
    (f"{NEXT_YEAR}/plan/", "没有完成的任务结转到2025年的计划", "what is unfinished, in next year's plan"),
    ("site/index.html", "公开版网站：没有进展", "the public site: nothing of the year's progress"),
    (
        "site-internal/index.html",
        "内部版网站，台账在“下载”页",
        "the internal site, the ledger among its downloads",
    ),
)


def demo(folder: Path) -> Iterator[str]:
    """Run everything; yields what was done, line by line."""
    for name in OWN:
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / ARCHIVE).unlink(missing_ok=True)
    yield "一、示例年：下发、填报、收表、审核、决定、评分（12个月和年度考核）/ the year, out and back"
    project = write_year(folder)
    yield "二、planbook check / the plan and everything reported and decided"
    yield run(project, None, "check").splitlines()[-1]
    yield "三、planbook papers / the office's papers of every month and of the year"
    yield from _papers(project)
    yield "四、planbook archive / the year in one zip"
    yield run(project, AS_OF, "archive", "--year", "2024", "--out", str(folder / ARCHIVE)).strip()
    yield "五、planbook rollover / what is unfinished goes on in the next year's plan"
    yield from _rolled_over(folder)
    yield "六、planbook build / the site in both editions"
    for edition in Edition:
        yield run(project, AS_OF, "build", "--edition", edition.value).strip()
    yield ""
    yield f"{folder}（以 {AS_OF} 为准；都是示例数据，非真实情况 / made up, as of that day）："
    yield from (f"  {path:<28}{chinese} / {english}" for path, chinese, english in CONTENTS)


def _papers(project: Project) -> Iterator[str]:
    for month in range(1, 13):
        period = f"2024-{month:02d}"
        out = project.root / "papers" / period
        yield run(project, None, "papers", "--month", period, "--out", str(out)).splitlines()[-1]
    yield run(project, AS_OF, "papers", "--year", "2024", "--out", str(project.root / "papers/2024")).splitlines()[
        -1
    ]


def _rolled_over(folder: Path) -> Iterator[str]:
    """In a copy: the example's own plan stays that of its year."""
    shutil.copytree(folder / "plan", folder / NEXT_YEAR / "plan")
    following = Project(folder / NEXT_YEAR)
    lines = run(following, AS_OF, "rollover", "--into", "action-2025").splitlines()
    yield f"结转 {sum(' → ' in line for line in lines)} 项：{lines[0]} ……"
    yield run(following, None, "check").splitlines()[-1]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.demo FOLDER")
    for line in demo(Path(sys.argv[1]).resolve()):
        print(line, flush=True)
