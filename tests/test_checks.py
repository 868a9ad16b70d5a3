"""Every rule fires where it should and is silent where it should; the cases are data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.checks import RULES
from generator.findings import Finding, PlanError, Severity, in_order
from generator.project import Project
from generator.storage import load_terms
from tests.case_files import cases
from tests.small_plan import SMALL, copied, examined, findings

CASES: dict[str, dict[str, Any]] = cases("rules.yml")
FIRING = [(rule, fires) for rule, case in CASES.items() for fires in (case["fires"], *case.get("also", ()))]
ABSENCE = [name for name, rule in RULES.items() if rule.absence]


def found(rule: str, case: dict[str, Any], folder: Path) -> list[Finding]:
    project = copied(folder, case.get("edit"))
    said = of_terms(project, case["terms"]) if "terms" in case else findings(project)
    return [finding for finding in said if finding.rule == rule]


def of_terms(project: Project, words: str) -> tuple[Finding, ...]:
    (project.root / "templates").mkdir()
    (project.root / "templates/terms.yml").write_text(words, "utf-8")
    try:
        load_terms(project)
    except PlanError as fault:
        return fault.findings
    return ()


def place(written: str) -> str:
    """`:1:1` is plan/ itself, `../templates/…` lies beside it."""
    return written[3:] if written.startswith("../") else f"plan{'' if written.startswith(':') else '/'}{written}"


def test_every_rule_has_a_firing_and_a_silent_case() -> None:
    assert set(CASES) == set(RULES)
    assert all({"fires", "silent"} <= set(case) <= {"fires", "silent", "also"} for case in CASES.values())


@pytest.mark.parametrize(("rule", "case"), FIRING, ids=[f"{rule} {case['says']}" for rule, case in FIRING])
def test_a_rule_fires_at_its_place(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    said = found(rule, case, tmp_path)
    there = [finding for finding in said if str(finding.place) == place(case["at"])]
    assert there, [str(finding) for finding in said]
    assert {finding.severity for finding in there} == {RULES[rule].severity}
    assert any(case["says"] in finding.message for finding in there), [finding.message for finding in there]


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_silent_where_nothing_is_wrong(rule: str, tmp_path: Path) -> None:
    case = CASES[rule]["silent"]
    said = found(rule, case, tmp_path)
    if "not_at" in case:
        assert case["not_at"] != CASES[rule]["fires"]["at"]
        said = [finding for finding in said if str(finding.place) == place(case["not_at"])]
    assert said == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_explained_in_chinese_with_an_example_and_a_remedy(rule: Any) -> None:
    for words in (rule.title, rule.meaning, rule.remedy):
        assert any("\u4e00" <= char <= "\u9fff" for char in words)
    assert rule.meaning.endswith("。")
    assert rule.example
    assert rule.explanation == f"{rule.meaning}\n例：{rule.example}\n改法：{rule.remedy}"


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.check], ids=lambda rule: rule.name)
def test_a_rule_says_in_its_docstring_what_it_keeps(rule: Any) -> None:
    assert rule.check.__doc__


def test_the_small_plan_has_notes_only() -> None:
    assert {finding.severity for finding in findings(Project(SMALL))} == {Severity.NOTE}


def test_findings_come_in_the_order_of_their_places_and_once() -> None:
    said = findings(Project(SMALL))
    assert said == in_order(said)
    assert len(said) == len(set(said))


def test_checking_twice_says_the_same() -> None:
    assert findings(Project(SMALL)) == findings(Project(SMALL))


@pytest.mark.parametrize("rule", ABSENCE)
def test_a_rule_about_absence_is_silent_while_a_file_cannot_be_read(rule: str, tmp_path: Path) -> None:
    edits = CASES[rule]["fires"]["edit"]
    unreadable = {"file": "annual-2024/assessment.yml", "write": "a: ["}
    said = findings(copied(tmp_path, [*edits, unreadable]))
    assert "yaml" in {finding.rule for finding in said}
    assert rule not in {finding.rule for finding in said}


def test_a_bad_file_does_not_hide_the_findings_in_the_others(tmp_path: Path) -> None:
    edits = [
        {"file": "base/plan.yml", "write": "[1]"},
        {"file": "base/measures/04.yml", "write": "{"},
        {"file": "base/measures/01.yml", "find": "lead: [区住建局]", "put": "lead: [区住建居]"},
        {"file": "annual-2024/measures/01.yml", "find": "end: 2024-10-31", "put": "end: 2024-11-30"},
    ]
    said = {(finding.place.file, finding.rule) for finding in findings(copied(tmp_path, edits))}
    assert {
        ("plan/base/plan.yml", "schema"),
        ("plan/base/measures/04.yml", "yaml"),
        ("plan/base/measures/01.yml", "unit-unknown"),
        ("plan/annual-2024/measures/01.yml", "deadline-differs"),
    } <= said
    assert "chapter-unknown" not in {rule for _, rule in said}


def test_one_slip_in_a_name_is_not_told_of_the_other_names(tmp_path: Path) -> None:
    edit = {"file": "base/measures/01.yml", "find": "lead: [区住建局]", "put": "lead: [区住建居]"}
    said = {
        finding.rule for finding in findings(copied(tmp_path, [edit])) if finding.severity is not Severity.NOTE
    }
    assert said == {"unit-unknown", "name-missing"}


def test_an_implementer_named_once_for_all_later_tasks_need_not_be_printed_again(tmp_path: Path) -> None:
    whole = "phrase: 区住建局牵头，以下均需北溪镇落实，不再列出"
    edits = [
        {
            "file": "base/measures/01.yml",
            "find": "phrase: 区住建局牵头，区水务局、区生态环境分局配合",
            "put": whole,
        },
        {"file": "base/measures/01.yml", "find": "      support: [区水务局, 区生态环境分局]\n", "put": ""},
        {"file": "base/measures/02.yml", "find": "    tail: 。", "put": "      implement: [北溪镇]\n    tail: 。"},
    ]
    said = [
        finding
        for finding in findings(copied(tmp_path, edits))
        if finding.rule in {"name-missing", "name-unlisted"}
    ]
    assert said == []


def test_a_message_names_what_was_found_and_what_was_expected() -> None:
    for finding in findings(Project(SMALL)):
        assert len(finding.message) > 8
        assert "\n" not in finding.message


def test_checking_imports_neither_networkx_nor_a_renderers_library() -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from generator.project import Project\nfrom generator.storage import load_project\n"
        "from generator.graph import resolve\nfrom generator.checks import check\n"
        f"loaded = load_project(Project(Path({str(SMALL)!r})))\n"
        "check(loaded, resolve(loaded))\n"
        "print([name for name in ('networkx', 'jinja2', 'docx', 'mkdocs') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_graph_of_a_spoilt_plan_still_answers(tmp_path: Path) -> None:
    edits = [
        {
            "file": "units.yml",
            "find": "members: [north-town, south-bridge]",
            "put": "members: [north-town, nobody]",
        },
        {"file": "units.yml", "find": "subset_of: towns", "put": "subset_of: nowhere"},
    ]
    _, graph, _ = examined(copied(tmp_path, edits))
    assert graph.members("towns") == ("north-town",)
    assert graph.candidates("riverside-towns") == ()
    assert {duty.unit for duty in graph.duties} <= set(graph.unit_by_id)
