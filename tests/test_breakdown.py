"""区环委办分解意见 and tasks from outside the plan: where they show, apart from the text, and on what they rest."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from generator.analysis.breakdown_wording import decided_items, decision_line, frequency_text
from generator.book import Book
from generator.pipeline import build_book, site_book
from generator.project import Edition, Project
from generator.renderers.registry import render_data, render_downloads
from tests.conftest import AS_OF
from tests.reported_year import DAY
from tests.site_pages import page_text, sources
from tests.small_plan import copied
from tests.word_documents import document_text
from tests.workbook_text import workbook_text

WHOLE: dict[str, Any] = {
    "file": "annual-2024/breakdown.yml",
    "write": """tasks:
  - task: 要点-01
    consolidator: 区住建局
    nodes: [{due: 2024-06-30, text: 完成半数}]
    leader: 分管副局长
    section: 建设科
    frequency: monthly
    yearly_quantity: 20
    symbol: 公里
    shares: [{unit: 区住建局, quantity: 15}, {unit: 北溪镇, quantity: 5}]
    assessment: scored
    weight: 70
    scoring: 每少1公里扣2分
    basis: 区河长办第一次会议
    approved_by: 区河长办主任
    approved_on: 2024-04-01
  - task: 方案-02①
    open_list: [区住建局, 区农业农村局]
    basis: 区河长办第二次会议
    approved_by: 区河长办主任
    approved_on: 2024-05-01
""",
}
ITEMS = {
    "汇总单位": "区住建局",
    "分解节点": "2024年6月30日 完成半数",
    "责任领导": "分管副局长",
    "责任科室": "建设科",
    "报送频次": "每月",
    "年度目标量": "20公里",
    "分解数量": "区住建局15公里、北溪镇5公里",
    "考核方式": "计分",
    "分值": "70",
    "评分标准": "每少1公里扣2分",
}


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The small plan with every item decided, as the public site has it."""
    project = copied(tmp_path_factory.mktemp("decided"), [WHOLE])
    return site_book(project, AS_OF, Edition.PUBLIC)


@pytest.fixture(scope="module")
def pages(decided: Book) -> dict[str, str]:
    return {path: page_text(source) for path, source in sources(decided).items()}


@pytest.mark.parametrize("page", ["measures/annual-2024-01.md", "units/housing.md", "units/north-town.md"])
def test_every_item_stands_apart_from_the_text_with_basis_approver_and_day(
    page: str, pages: dict[str, str]
) -> None:
    after = pages[page].split("区环委办分解意见\n")[1]
    for heading, value in ITEMS.items():
        assert f"{heading}：{value}" in after.replace("：\n", "："), heading
    assert "依据：区河长办第一次会议；批准：区河长办主任，2024年4月1日" in after
    assert "区环委办分解意见" not in pages["document.md"]


def test_the_finder_shows_what_was_decided(pages: dict[str, str]) -> None:
    assert "区环委办分解意见：汇总单位 区住建局；分解节点 2024年6月30日 完成半数" in pages["finder.md"]


def test_nothing_is_said_where_nothing_was_decided(decided: Book, pages: dict[str, str]) -> None:
    row = next(row for row in decided.rows if row.label == "要点-02")
    assert decided_items(decided.terms, row) == ()
    assert decision_line(decided.terms, row) == ""
    assert "区环委办分解意见" not in pages["measures/annual-2024-02.md"]


def test_open_data_has_the_decisions_in_a_table_of_their_own(decided: Book) -> None:
    files = {artifact.path: artifact.content.decode("utf-8-sig") for artifact in render_data(decided)}
    found = list(csv.DictReader(io.StringIO(files["data/breakdown.csv"], newline="")))
    assert [row["任务编号"] for row in found] == ["方案-02①", "要点-01"]
    assert found[1]["分解数量"] == "区住建局15公里、北溪镇5公里"
    assert found[1]["批准日期"] == "2024-04-01"
    assert "分解" not in files["data/plan.json"]


def test_task_lists_show_the_decisions_in_columns_and_remarks(decided: Book) -> None:
    files = {artifact.path: artifact.content for artifact in render_downloads(decided)}
    for path in (
        "downloads/housing/区住房城乡建设局任务清单.docx",
        "downloads/housing/区住房城乡建设局任务清单.xlsx",
    ):
        text = document_text(files[path]) if path.endswith(".docx") else workbook_text(files[path])
        for word in ("2024年6月30日 完成半数", "分管副局长", "建设科", "年度目标量 20公里", "分值 70"):
            assert word in text, (path, word)
    calendar = files["downloads/housing/区住房城乡建设局时限日历.ics"].decode().replace("\r\n ", "")
    assert "完成半数（分解节点）" in calendar


def test_whom_the_office_counts_among_the_rest_has_the_task(decided: Book) -> None:
    duties = {unit: [duty for duty in decided.task_lists[unit].rows if duty.decided] for unit in decided.units}
    assert [duty.row.label for duty in duties["housing"]] == ["方案-02①"]
    assert [duty.role.value for duty in duties["farming"]] == ["shared"]
    assert duties["farming"][0] in decided.task_lists["farming"].through_groups
    row = next(row for row in decided.rows if row.label == "方案-02①")
    assert "区农业农村局" not in row.phrase
    assert "区农业农村局" not in [written for _, written, _ in row.parties]
    entry = decided.ledger.entry("annual-2024", "方案-02①", "farming")
    assert entry is None or entry.obligation.certain


def test_a_closed_list_takes_nobody_in(tmp_path: Path) -> None:
    closed = {
        "file": "annual-2024/breakdown.yml",
        "find": "open_list: [区水务局]",
        "put": "open_list: [区农业农村局]",
    }
    book = build_book(copied(tmp_path, [closed]), AS_OF)
    assert not any(duty.row.label == "要点-01" for duty in book.task_lists["farming"].rows)


def test_a_frequency_that_the_rules_propose_is_marked(decided: Book) -> None:
    by_task = {duty.row.label: duty for duty in decided.task_lists["housing"].rows}
    rules, terms = decided.loaded.rules, decided.terms
    assert frequency_text(rules, terms, by_task["要点-01"]) == "每月"
    assert frequency_text(rules, terms, by_task["方案-01"]) == "每月（建议）"
    support = next(duty for duty in decided.task_lists["water"].rows if duty.role.value == "support")
    assert frequency_text(rules, terms, support) == ""


@pytest.mark.slow
def test_tasks_from_outside_stand_on_the_papers_of_the_internal_edition_only(reported_project: Project) -> None:
    internal = site_book(reported_project, DAY, Edition.INTERNAL)
    public = site_book(reported_project, DAY, Edition.PUBLIC)
    assert [duty.row.label for duty in internal.task_lists["water"].extra] == ["会议-01"]
    assert public.task_lists["water"].extra == ()
    files = {artifact.path: artifact.content for artifact in render_downloads(internal)}
    paper = document_text(files["downloads/water/区水务局任务清单（内部资料）.docx"])
    assert "计划外任务" in paper
    assert "会议议定：区政府第3次专题会议纪要ORIGINWORD，2024年8月1日交办" in paper
    ledger = workbook_text(files["downloads/all/任务台账（内部资料）.xlsx"])
    assert "会议-01" in ledger
    assert "巡查12次PROGRESSWORD" in ledger
    assert "经批准延期" in ledger
