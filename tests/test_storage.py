"""plan/ on disk → the model, with the place of every value; what is wrong is said in Chinese."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.findings import Finding, Place, PlanError
from generator.model import DeadlineKind, Role
from generator.project import Project
from generator.storage import LoadedProject, load_project, load_terms
from tests.small_plan import SMALL, copied


@pytest.fixture(scope="module")
def small() -> LoadedProject:
    """The small plan, loaded."""
    return load_project(Project(SMALL))


def faults(tmp_path: Path, file: str, find: str, put: str) -> list[Finding]:
    """The findings of reading, after one edit."""
    project = copied(tmp_path, [{"file": file, "find": find, "put": put}])
    return list(load_project(project).findings)


def said(tmp_path: Path, file: str, find: str, put: str) -> str:
    """The one message of reading, after one edit."""
    found = faults(tmp_path, file, find, put)
    assert len(found) == 1, found
    return found[0].message


def test_the_small_plan_is_read_without_findings(small: LoadedProject) -> None:
    assert small.findings == ()
    assert small.complete


def test_plans_come_in_the_order_of_the_document_and_measures_by_number(small: LoadedProject) -> None:
    assert [plan.id for plan in small.plans] == ["base", "annual-2024"]
    assert [measure.number for measure in small.plans[0].measures] == [1, 2, 3, 4]


def test_values_are_of_their_kinds(small: LoadedProject) -> None:
    statement = small.plans[0].measures[0].clauses[0].statements[0]
    assert statement.deadlines[0].kind is DeadlineKind.BY
    assert statement.deadlines[0].end == date(2026, 12, 31)
    assert statement.targets[0].value == 70


def test_a_plain_string_is_a_statement_and_a_plain_name_an_alias(small: LoadedProject) -> None:
    assert small.plans[0].measures[1].clauses[0].statements[1].text == "由区河长办统一调度。"
    assert small.units.units[1].aliases[0].name == "区住建局"


def test_words_that_yaml_would_turn_into_other_values_stay_words(tmp_path: Path) -> None:
    project = copied(tmp_path, [{"file": "base/measures/04.yml", "find": "title: null", "put": "title: no"}])
    assert load_project(project).plans[0].measures[3].title == "no"


@pytest.mark.parametrize("written", ["null", "~", ""])
def test_null_is_written_in_three_ways(written: str, tmp_path: Path) -> None:
    project = copied(
        tmp_path, [{"file": "base/measures/04.yml", "find": "title: null", "put": f"title: {written}"}]
    )
    assert load_project(project).plans[0].measures[3].title is None


def test_a_quoted_null_is_a_word(tmp_path: Path) -> None:
    project = copied(tmp_path, [{"file": "base/measures/04.yml", "find": "title: null", "put": "title: 'null'"}])
    assert load_project(project).plans[0].measures[3].title == "null"


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    project = copied(tmp_path)
    path = project.plan / "base/measures/04.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_project(project).findings == ()


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    project = copied(tmp_path)
    for path in project.plan.rglob("*.yml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_project(project).plans == load_project(Project(SMALL)).plans


def test_every_value_knows_its_line_and_column(small: LoadedProject) -> None:
    place = small.place("base/measures/01.yml", ("clauses", 0, "statements", 0, "deadlines", 0, "end"))
    assert str(place) == "plan/base/measures/01.yml:8:45"


def test_a_value_left_out_stands_where_its_record_begins(small: LoadedProject) -> None:
    place = small.place("base/measures/01.yml", ("clauses", 0, "responsibility", "open"))
    assert place == Place("plan/base/measures/01.yml", 16, 7)


def test_a_file_that_was_not_read_still_has_a_place(small: LoadedProject) -> None:
    assert small.place("base/measures/99.yml", ("title",)) == Place("plan/base/measures/99.yml")
    assert small.key_place("base/measures/99.yml", ("title",)) == Place("plan/base/measures/99.yml")


def test_a_key_knows_its_place(small: LoadedProject) -> None:
    assert small.key_place("base/measures/01.yml", ("title",)) == Place("plan/base/measures/01.yml", 2, 1)


def test_names_stand_as_the_document_writes_them(small: LoadedProject) -> None:
    assert small.plans[0].measures[0].clauses[0].responsibility is not None
    assert small.plans[0].measures[0].clauses[0].responsibility.by_role()[0] == (Role.LEAD, "区住建局")


def test_the_source_is_read_once_for_both_plans(small: LoadedProject) -> None:
    assert list(small.sources) == ["original.txt"]


def test_optional_files_may_be_absent(tmp_path: Path) -> None:
    names = ("links.yml", "breakdown.yml", "assessment.yml")
    loaded = load_project(copied(tmp_path, [{"file": f"annual-2024/{name}", "remove": True} for name in names]))
    assert loaded.findings == ()
    assert loaded.plans[1].links == ()
    assert loaded.plans[1].assessment is None


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    edits = [{"file": name, "write": "["} for name in ("base/measures/.01.yml", ".base/plan.yml", "base/.swp.yml")]
    assert load_project(copied(tmp_path, edits)).findings == ()


@pytest.mark.parametrize(
    "name",
    [
        "unit.yml",
        "base/link.yml",
        "base/measures/05.yaml",
        "base/measures/05.YML",
        "base/measures/05.yml.orig",
        "base/measure/05.yml",
    ],
)
def test_a_file_that_nobody_reads_is_a_likely_slip(name: str, tmp_path: Path) -> None:
    loaded = load_project(copied(tmp_path, [{"file": name, "write": "number: 5"}]))
    assert [finding.rule for finding in loaded.findings] == ["stray-file"]
    assert loaded.complete


def test_a_folder_of_measures_without_plan_yml_is_not_overlooked(tmp_path: Path) -> None:
    loaded = load_project(copied(tmp_path, [{"file": "annual-2024/plan.yml", "rename": "annual-2024/plan.yaml"}]))
    assert {(finding.place.file, finding.rule) for finding in loaded.findings} == {
        ("plan/annual-2024/plan.yml", "file"),
        ("plan/annual-2024/plan.yaml", "stray-file"),
    }
    assert {plan.id: len(plan.measures) for plan in loaded.plans} == {"annual-2024": 2, "base": 4}


def test_the_folders_name_wins_over_an_id_that_differs(tmp_path: Path) -> None:
    edit = {"file": "annual-2024/plan.yml", "find": "id: annual-2024\n", "put": "id: base\n"}
    loaded = load_project(copied(tmp_path, [edit]))
    assert [plan.id for plan in loaded.plans] == ["base", "annual-2024"]
    assert [finding.rule for finding in loaded.findings] == ["plan-id"]


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    edits = [
        {"file": "base/measures/01.yml", "find": "kind: by", "put": "kind: until"},
        {"file": "base/measures/01.yml", "find": "title: 补齐管网短板", "put": "titel: 补齐管网短板"},
        {"file": "base/measures/01.yml", "find": "value: 9,", "put": "value: 九,"},
    ]
    found = load_project(copied(tmp_path, edits)).findings
    assert [(finding.place.line, finding.place.column) for finding in found] == [(1, 1), (2, 1), (8, 36), (11, 74)]


def test_a_missing_key_is_called_by_its_chinese_name(tmp_path: Path) -> None:
    message = said(tmp_path, "annual-2024/breakdown.yml", "    approved_by: 区河长办主任\n", "")
    assert message == "tasks › 第 1 项 › approved_by：缺少这一项（批准），必须填写"


def test_an_unknown_key_gets_the_nearest_one(tmp_path: Path) -> None:
    message = said(tmp_path, "base/measures/02.yml", "      open: true\n", "      opne: true\n")
    assert message.endswith("没有这个键；是否指“open”？")


def test_a_key_like_no_other_gets_the_list(tmp_path: Path) -> None:
    message = said(tmp_path, "base/measures/04.yml", "chapter: 三/一", "chapter: 三/一\n牵头单位: 无")
    assert "可用的有：number、printed_number、title" in message


def test_a_key_of_a_links_end_is_called_as_it_is_written(tmp_path: Path) -> None:
    messages = [
        finding.message
        for finding in faults(tmp_path, "annual-2024/links.yml", "{from: annual-2024-01", "{form: annual-2024-01")
    ]
    assert any("links › 第 1 项 › form：没有这个键；是否指“from”？" in message for message in messages)
    assert any("links › 第 1 项 › from：缺少这一项（措施 id）" in message for message in messages)


def test_a_word_outside_the_choices_gets_them_and_the_nearest(tmp_path: Path) -> None:
    message = said(tmp_path, "base/measures/01.yml", "kind: by", "kind: form")
    assert "应为 by、from、between、recurring、ongoing 之一；是否指“from”？" in message


@pytest.mark.parametrize(
    ("file", "find", "put", "says"),
    [
        ("units.yml", "  - id: water\n", "  - id: 水务局\n", "应以小写英文字母开头"),
        ("calendar.yml", 'start: "06-01"', 'start: "6-1"', "应为“月-日”，如 11-15"),
        ("base/measures/02.yml", "recurrence: regular", "recurrence: 定期", "应为：daily 每日"),
        ("base/plan.yml", "label: 方案", f"label: {'长' * 13}", "应不超过 12 字"),
        ("annual-2024/plan.yml", "year: 2024", "year: 24", "应不小于 1949"),
        ("annual-2024/breakdown.yml", "weight: 70", "weight: 七十", "应为数字"),
        ("annual-2024/breakdown.yml", "open_list: [区水务局]", "open_list: 区水务局", "应为列表"),
        ("base/measures/02.yml", "open: true", "open: 是", "应为 true 或 false"),
        (
            "base/measures/04.yml",
            "      - 各镇（街道）要落实属地责任，加强宣传引导。",
            "      - [各镇（街道）]",
            "应为一段文字",
        ),
        ("base/measures/04.yml", "  - statements:", "  - 各镇\n  - statements:", "应为“键: 值”的映射"),
        ("base/measures/01.yml", "phrase: 到2026年,", 'phrase: "",', "不能为空"),
        ("rules.yml", "minimum: 60", "minimum: 95", "由高到低"),
    ],
)
def test_a_fault_says_what_was_expected(file: str, find: str, put: str, says: str, tmp_path: Path) -> None:
    assert says in said(tmp_path, file, find, put)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2025/12/31", "应为 2024-12-31 这样写的日期；是否指“2025-12-31”？"),
        ("2025.6.3", "是否指“2025-06-03”？"),
        ("2025-6-3", "是否指“2025-06-03”？"),
        ("2025年12月31日", "是否指“2025-12-31”？"),
        ("20251231", "是否指“2025-12-31”？"),
        ("２０２５-12-31", "是否指“2025-12-31”？"),
        ("2025-12-31 00:00:00", "是否指“2025-12-31”？"),
        ("2025-02-29", "2025 年 2 月只有 28 天；应为实际存在的日期，是否指“2025-02-28”？"),
        ("2025/4/31", "2025 年 4 月只有 30 天；应为实际存在的日期，是否指“2025-04-30”？"),
        ("2025-13-01", "没有 13 月"),
        ("2025年底", "应为 2024-12-31 这样写的日期"),
    ],
)
def test_a_day_written_otherwise_gets_the_one_that_is_meant(written: str, says: str, tmp_path: Path) -> None:
    message = said(tmp_path, "base/measures/01.yml", "end: 2026-12-31", f"end: {written}")
    assert says in message
    assert ("是否指" in message) == ("是否指" in says)


@pytest.mark.parametrize(
    ("file", "find", "put", "says"),
    [
        ("base/measures/01.yml", "kind: by", "kind: 截止", "是否指“by”？"),
        ("base/measures/01.yml", "kind: by", "kind: 长期", "是否指“ongoing”？"),
        ("base/measures/02.yml", "recurrence: regular", "recurrence: 定期", "是否指“regular”？"),
        ("base/measures/02.yml", "open: true", "open: 是", "是否指“true”？"),
        ("base/measures/01.yml", "value: 9,", "value: ９,", "是否指“9”？"),
        ("base/measures/01.yml", "value: 9,", "value: 9公里,", "是否指“9”？"),
        ("units.yml", "  - id: water\n", "  - id: water\n    计划名称: 区水务局\n", "可用的有：id、name"),
        ("units.yml", "  - id: water\n", "  - id: water\n    设立日: 2024-01-01\n", "是否指“valid_from”？"),
        ("units.yml", "  - id: water\n", "  - id: water\n    basis: 三定方案\n", "是否指“note”？"),
        ("units.yml", "  - id: towns\n", "  - id: towns\n    basis: 三定方案\n", "是否指“note”？"),
    ],
)
def test_what_is_written_in_chinese_gets_the_word_of_the_file(
    file: str, find: str, put: str, says: str, tmp_path: Path
) -> None:
    assert says in said(tmp_path, file, find, put)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("≥", ">="), ("≤", "<="), ("＞", ">"), ("＜", "<"), ("＝", "="), ("＞＝", ">=")),
        *(("不低于", ">="), ("不高于", "<="), ("至少", ">="), ("不超过", "<="), ("达到", ">=")),
        *(("以上", ">="), ("左右", "~"), ("约", "~")),
    ],
)
def test_a_sign_or_a_word_of_comparison_gets_the_one_of_the_file(written: str, meant: str, tmp_path: Path) -> None:
    message = said(tmp_path, "base/measures/01.yml", 'comparator: ">="', f'comparator: "{written}"')
    assert message.endswith(f"是否指“{meant}”？")


def test_a_word_that_means_no_choice_gets_the_list_alone(tmp_path: Path) -> None:
    message = said(tmp_path, "base/measures/01.yml", "kind: by", "kind: 乡镇")
    assert message.endswith("之一")


def test_a_list_whose_items_are_faulty_is_not_called_short(tmp_path: Path) -> None:
    assert "至少要有一项" not in said(tmp_path, "base/measures/01.yml", "value: 9,", "value: 九,")


def test_an_empty_list_is_called_short(tmp_path: Path) -> None:
    edit = {"file": "base/measures/04.yml", "write": "number: 4\ntitle: null\nclauses: []\n"}
    messages = [finding.message for finding in load_project(copied(tmp_path, [edit])).findings]
    assert messages == ["clauses：一组内容不合要求；至少要有一项"]


@pytest.mark.parametrize("name", ["units.yml", "calendar.yml", "rules.yml", "base/plan.yml"])
def test_a_file_that_is_missing_is_told_with_what_is_enough_for_it(name: str, tmp_path: Path) -> None:
    project = copied(tmp_path, [{"file": name, "remove": True}])
    told = next(found.message for found in load_project(project).findings if found.place.file == f"plan/{name}")
    assert "缺少这个文件，必须有；应新建，最少写" in told
    assert ("planbook new" in told) == ("/" not in name)
    (project.plan / name).write_text("\n".join(re.findall("“(.+?)”", told)) + "\n", "utf-8")
    assert [found for found in load_project(project).findings if found.place.file == f"plan/{name}"] == []


def test_an_unreadable_plan_yml_does_not_hide_its_measures(tmp_path: Path) -> None:
    loaded = load_project(copied(tmp_path, [{"file": "base/plan.yml", "write": "["}]))
    assert {plan.id: len(plan.measures) for plan in loaded.plans} == {"annual-2024": 2, "base": 4}
    assert not loaded.complete
    assert not loaded.readable("base/plan.yml")
    assert loaded.readable("base/measures/01.yml")


def test_words_of_a_project_are_laid_over_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/terms.yml").write_text("role: {lead: 牵头主办}\n", "utf-8")
    terms = load_terms(Project(tmp_path))
    assert terms.label(Role.LEAD) == "牵头主办"
    assert terms.label(Role.SUPPORT)


@pytest.mark.parametrize("content", ["role", "[role]", "role: [lead]", "role:", "a: &b c", "["])
def test_words_that_are_no_words_stop_with_a_finding(content: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/terms.yml").write_text(content, "utf-8")
    with pytest.raises(PlanError) as stopped:
        load_terms(Project(tmp_path))
    assert stopped.value.findings[0].place.file == "templates/terms.yml"
