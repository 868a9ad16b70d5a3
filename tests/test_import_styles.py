"""Made-up documents in every style that offices write: each is read as a person reads it, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.checks import check
from generator.document import joined, normalised
from generator.findings import Severity
from generator.graph import resolve
from generator.importing.doubts import Weight
from generator.importing.kinds import PERSONS, names_persons
from generator.project import Project
from generator.storage import load_project
from generator.writing import fill_folder
from tests.case_files import cases
from tests.import_reading import FIXTURES, drafted, notation, plans_of

CASES: dict[str, Any] = cases("import_styles.yml")


def test_every_fixture_has_its_case() -> None:
    assert sorted(CASES) == sorted(path.name for path in FIXTURES.iterdir())
    assert len(CASES) >= 20


@pytest.mark.parametrize("name", CASES)
def test_a_document_is_read_as_a_person_reads_it(name: str) -> None:
    assert notation(drafted(name)) == CASES[name]


@pytest.mark.parametrize("name", CASES)
def test_joining_the_draft_gives_the_saved_source_back(name: str) -> None:
    draft = drafted(name)
    source = draft.files["source/plan.txt"].decode()
    assert normalised(joined(plans_of(draft), as_source=True)) == normalised(source)
    assert [doubt for doubt in draft.doubts if doubt.weight is Weight.LOST] == []


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".txt") and "gb18030" not in name])
def test_what_is_not_in_the_draft_is_listed_as_left_out(name: str) -> None:
    draft = drafted(name)
    gone = "".join(left.text for left in draft.left_out if left.reason != PERSONS)
    there = sorted(normalised(draft.files["source/plan.txt"].decode()) + "".join(gone.split()))
    lines = (FIXTURES / name).read_text("utf-8").split("\n")
    assert there == sorted(normalised("\n".join(line for line in lines if not names_persons(line))))
    assert any(left.reason == PERSONS for left in draft.left_out) == any(map(names_persons, lines))


@pytest.mark.parametrize("name", CASES)
def test_every_value_of_the_draft_can_be_traced(name: str) -> None:
    draft = drafted(name)
    traced = dict(line.split("\t") for line in draft.files["source/plan.map.txt"].decode().splitlines())
    for plan in plans_of(draft):
        for measure in plan.measures:
            assert traced[plan.measure_id(measure)]
            for position, clause in enumerate(measure.clauses, 1):
                task = plan.clause_id(measure, position)
                assert all(traced[f"{task}.{index}"] for index in range(1, len(clause.statements) + 1))
                assert clause.responsibility is None or traced[f"{task} 责任分工"]


@pytest.mark.parametrize("name", CASES)
def test_the_checks_warn_of_nothing_in_a_draft_but_what_is_marked_for_review(name: str, tmp_path: Path) -> None:
    fill_folder(tmp_path / "plan", drafted(name).files.items())
    loaded = load_project(Project(tmp_path))
    found = check(loaded, resolve(loaded))
    assert [str(one) for one in found if one.severity is not Severity.NOTE and one.rule != "review"] == []


def test_notes_at_the_end_stand_apart_and_names_of_two_issuers_too() -> None:
    head = drafted("46-notes-at-the-end.txt").plans[0].head
    assert [block.text[:5] for block in head.back] == ["云河县农业", "注：1.改", "2.本方案", "[1]项目"]
    assert head.issuer == "云河县农业农村局 云河县财政局"


def test_a_time_that_may_be_said_of_two_days_is_a_question() -> None:
    draft = drafted("46-notes-at-the-end.txt")
    asked = [doubt for doubt in draft.doubts if doubt.weight is Weight.UNDATED]
    assert [doubt.where for doubt in asked] == ["第7行"]
    assert "期末9月30日" in asked[0].choices
    assert "6月30日" in asked[0].choices
    assert draft.plans[0].measures[0].clauses[0].statements[0].review is not None


def test_points_of_a_cell_are_sentences_and_their_numbers_no_figures() -> None:
    draft = drafted("47-table-heads-that-rule.csv")
    texts = [statement.text for statement in draft.plans[0].measures[0].clauses[0].statements]
    assert texts[:3] == ["1.改造农村公路80公里", "2.实施危桥改造5座", "3.完善安全设施"]
    assert [doubt for doubt in draft.doubts if doubt.weight is Weight.UNCLASSED] == []
    assert draft.plans[0].head.sections[-1].closing[0].text == "注：各乡镇不在第一位的，按职责分工负责。"


def test_page_numbers_and_running_heads_are_told_and_names_are_whole() -> None:
    draft = drafted("02-wrapped-pages.txt")
    reasons = [left.reason for left in draft.left_out]
    assert reasons.count("页码") == 3
    assert reasons.count("页眉或页脚") == 3
    assert {unit.name for unit in draft.units.units} >= {"县住房城乡建设局", "市生态环境局云河分局"}


def test_a_bracket_that_is_not_about_units_is_left_alone() -> None:
    draft = drafted("16-role-words.txt")
    texts = [clause.text for measure in draft.plans[0].measures for clause in measure.clauses]
    assert "组建县级综合救援队1支（征求意见稿）。" in texts
    assert any("（含帐篷、救生衣等）" in text for text in texts)


def test_a_bracket_that_never_closes_is_mended_and_the_source_kept() -> None:
    found = drafted("12-half-width-marks.txt").plans[0].measures[-1].clauses[-1].responsibility
    assert found is not None
    assert found.printed() == f"{found.source_text}合]"
    assert found.review is not None


def test_a_time_written_after_the_units_is_kept_as_a_statement_of_its_own() -> None:
    clause = drafted("07-own-line-fields.txt").plans[0].measures[0].clauses[0]
    assert clause.statements[-1].text == "完成时限：2024年10月底前"
    assert clause.statements[-1].source_text == ""
    assert clause.responsibility is not None
    assert clause.responsibility.source_text == "责任单位：县住建局、县发改局完成时限：2024年10月底前"


def test_names_of_persons_in_a_table_go_nowhere() -> None:
    draft = drafted("19-task-table.csv")
    written = b"".join(content for path, content in draft.files.items() if not path.endswith(".original.csv"))
    assert not any(name.encode() in written for name in ("张三", "李四", "王五", "赵六"))
    assert sum("个人信息" in left.reason for left in draft.left_out) == 4


def test_lines_that_name_persons_are_told_and_go_nowhere() -> None:
    draft = drafted("36-persons-left-out.txt")
    assert [left.text for left in draft.left_out] == ["（“牵头领导”一行）"] * 4
    written = b"".join(content for path, content in draft.files.items() if ".original." not in path)
    assert "副镇长".encode() not in written


def test_an_annex_without_numbers_is_none_of_the_measures() -> None:
    back = drafted("40-members-annex.txt").plans[0].head.back
    assert [block.text for block in back if "节水行动领导小组" in block.text] == [
        "白川市节水行动领导小组组成人员名单"
    ]


def test_figures_of_a_list_have_each_their_own_words() -> None:
    statement = drafted("43-quotas-in-lists.txt").plans[0].measures[0].clauses[0].statements[0]
    assert [(target.phrase, target.indicator) for target in statement.targets] == [
        ("15万亩", "营造林"),
        ("3.2万亩", "退化林修复"),
        ("20平方公里", "石漠化治理"),
        ("3万亩", "营造林"),
        ("0.8万亩", "退化林修复"),
        ("5平方公里", "石漠化治理"),
    ]


def test_text_under_a_chapter_heading_and_after_the_last_measure_has_its_place() -> None:
    head = drafted("26-chapter-leads.txt").plans[0].head
    assert [block.text for block in head.sections[0].chapters[0].paragraphs] == [
        "坚持早谋划、早储备，重点做好以下工作。"
    ]
    assert [block.text for block in head.sections[-1].closing] == ["各级各部门要加强协调配合，确保群众温暖过冬。"]


def test_the_head_of_a_document_is_read() -> None:
    head = drafted("01-letter-and-plan.txt").plans[0].head
    assert (head.document_number, head.issuer, str(head.issued), head.label) == (
        "云政发〔2025〕12号",
        "云河县人民政府",
        "2025-03-18",
        "方案",
    )
    assert [(parent.title, parent.document_number) for parent in head.parents] == [
        ("白川市城乡绿化提升行动方案", "白政发〔2025〕3号")
    ]
    assert [block.kind.value for block in head.back] == ["copies", "imprint"]
