"""Importing into a project: what is written, what is added, what a person has changed is left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.checks import check
from generator.findings import PlanError, Severity
from generator.graph import resolve
from generator.importing import ImportOutcome, import_document, new_plan, summary_lines
from generator.importing.update import ChangeKind
from generator.project import Project
from generator.storage import LoadedProject, load_project
from tests.import_reading import FIXTURES

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "plan/source/chengzhengfa-2024-9.txt"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A folder with nothing in it."""
    return Project(tmp_path)


def imported(project: Project, update: bool = False) -> ImportOutcome:
    return import_document(project, SOURCE, "scheme", ("action-2024",), update)


def errors(project: Project) -> list[str]:
    loaded = load_project(project)
    return [str(found) for found in check(loaded, resolve(loaded)) if found.severity is Severity.ERROR]


def read(project: Project) -> LoadedProject:
    return load_project(project)


def test_an_import_into_nothing_makes_a_whole_project_that_passes_the_checks(project: Project) -> None:
    outcome = imported(project)
    assert errors(project) == []
    assert [plan.id for plan in read(project).plans] == ["scheme", "action-2024"]
    written = {path.relative_to(project.plan).as_posix() for path in project.plan.rglob("*") if path.is_file()}
    assert written == set(outcome.written)
    assert {
        "units.yml",
        "calendar.yml",
        "rules.yml",
        "scheme/breakdown.yml",
        "action-2024/assessment.yml",
    } <= written


def test_reading_the_files_back_gives_the_draft(project: Project) -> None:
    outcome = imported(project)
    loaded = read(project)
    for draft, plan in zip(outcome.draft.plans, loaded.plans, strict=True):
        assert (plan.head, plan.measures) == (draft.head, draft.measures)
    assert loaded.units.units == tuple(outcome.draft.units.units)
    assert loaded.units.groups == tuple(outcome.draft.units.groups)


def test_the_same_document_gives_the_same_bytes(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Project(tmp_path_factory.mktemp("other"))
    assert dict(imported(project).draft.files) == dict(imported(other).draft.files)


def test_every_file_names_its_schema_first(project: Project) -> None:
    imported(project)
    for path in project.plan.rglob("*.yml"):
        first = path.read_text("utf-8").splitlines()[0]
        up = "../" * (len(path.relative_to(project.plan).parts) - 1)
        assert first.startswith(f"# yaml-language-server: $schema={up}schemas/")


def test_into_a_project_with_units_names_are_resolved_and_the_rest_is_added_below(project: Project) -> None:
    shutil.copytree(ROOT / "plan", project.plan, ignore=shutil.ignore_patterns("progress", "decisions"))
    before = (project.plan / "units.yml").read_text("utf-8")
    outcome = import_document(project, FIXTURES / "12-half-width-marks.txt", "ozone")
    after = (project.plan / "units.yml").read_text("utf-8")
    assert {party.name for party in (*outcome.draft.units.units, *outcome.draft.units.groups)} == {
        "县交通运输局",
        "县生态环境分局",
        "县农业农村局",
        "县工信局",
    }
    kept = iter(after.splitlines())
    assert all(any(line == other for other in kept) for line in before.splitlines())
    assert errors(project) == []
    added = [unit for unit in read(project).units.units if unit.name == "县工信局"]
    assert [(unit.confirmed, unit.unconfirmed) for unit in added] == [(False, ("kind",))]


def test_two_spellings_that_may_be_one_unit_are_a_question(project: Project) -> None:
    outcome = imported(project)
    asked = [doubt.quote for doubt in outcome.draft.doubts if doubt.weight.name == "SAME_UNIT"]
    assert asked == ["区发改局／区发改(能源)局"]
    units = {unit.name: unit for unit in read(project).units.units}
    assert "可能是同一单位" in (units["区发改局"].note or "")
    assert "可能是同一单位" in (units["区发改(能源)局"].note or "")


def test_an_import_onto_an_existing_plan_shows_the_difference_and_writes_nothing(project: Project) -> None:
    imported(project)
    path = project.plan / "scheme/measures/14.yml"
    corrected = path.read_text("utf-8").replace("title: 深化扬尘污染综合治理", "title: 深化扬尘治理")
    path.write_text(corrected, "utf-8")
    outcome = imported(project)
    assert outcome.existing
    assert outcome.written == ()
    changed = {change.path: change for change in outcome.changes if change.kind is not ChangeKind.SAME}
    assert changed["scheme/measures/14.yml"].kind is ChangeKind.KEPT
    assert changed["scheme/measures/14.yml"].difference == ("-title: 深化扬尘治理", "+title: 深化扬尘污染综合治理")
    assert "人工改过，不动" in "\n".join(summary_lines(outcome))


@pytest.mark.parametrize("update", [False, True])
def test_the_same_document_once_more_makes_no_difference(project: Project, update: bool) -> None:
    imported(project)
    report = (project.plan / "scheme/import-report.md").read_bytes()
    outcome = imported(project, update)
    assert outcome.written == ()
    assert list(summary_lines(outcome))[-1] == "计划已经存在，与本次导入没有差别。"
    assert (project.plan / "scheme/import-report.md").read_bytes() == report


def test_an_update_writes_what_nobody_has_touched_and_leaves_what_a_person_corrected(project: Project) -> None:
    imported(project)
    corrected = project.plan / "scheme/measures/14.yml"
    corrected.write_text(corrected.read_text("utf-8") + "review: 已核对\n", "utf-8")
    kept = corrected.read_bytes()
    (project.plan / "scheme/measures/15.yml").unlink()
    extra = project.plan / "scheme/measures/30.yml"
    extra.write_bytes((project.plan / "scheme/measures/29.yml").read_bytes())
    outcome = imported(project, update=True)
    assert corrected.read_bytes() == kept
    assert {"scheme/measures/15.yml", "scheme/measures/30.yml"} <= set(outcome.written)
    assert (project.plan / "scheme/measures/15.yml").exists()
    assert not extra.exists()
    assert "scheme/measures/14.yml" not in outcome.written


def test_a_plan_that_people_wrote_is_never_overwritten(project: Project) -> None:
    shutil.copytree(ROOT / "plan", project.plan, ignore=shutil.ignore_patterns("progress", "decisions"))
    before = {path: path.read_bytes() for path in (project.plan / "scheme").rglob("*.yml")}
    outcome = imported(project, update=True)
    assert {path: path.read_bytes() for path in before} == before
    assert {change.kind for change in outcome.changes if change.path.startswith("scheme/measures/")} <= {
        ChangeKind.KEPT,
        ChangeKind.SAME,
    }


def test_another_source_of_the_same_name_is_not_overwritten(project: Project) -> None:
    (project.plan / "source").mkdir(parents=True)
    (project.plan / "source/scheme.txt").write_text("别的文件", "utf-8")
    with pytest.raises(PlanError, match="已有别的内容"):
        imported(project)


def test_units_that_cannot_be_read_stop_the_import(project: Project) -> None:
    project.plan.mkdir()
    (project.plan / "units.yml").write_text("units: [", "utf-8")
    with pytest.raises(PlanError, match=r"units\.yml"):
        imported(project)
    assert [path.name for path in project.plan.iterdir()] == ["units.yml"]


def test_a_document_that_is_not_there_is_told(project: Project) -> None:
    with pytest.raises(PlanError, match="无法打开"):
        import_document(project, project.root / "没有.docx", "scheme")


def test_the_report_begins_with_what_is_most_doubtful(project: Project) -> None:
    outcome = imported(project)
    weights = [doubt.weight for doubt in outcome.draft.doubts]
    assert weights == sorted(weights, reverse=True)
    report = (project.plan / "scheme/import-report.md").read_text("utf-8")
    assert "| 1 | 第81行 |" in report
    assert "measures/20.yml" in report
    reviewed = [found for found in check(read(project), resolve(read(project))) if found.rule == "review"]
    assert [found.place.file for found in reviewed] == ["plan/scheme/measures/20.yml"]


def test_a_new_plan_is_a_beginning_that_passes_the_checks(project: Project) -> None:
    written = new_plan(project, "scheme-2025")
    assert {"scheme-2025/plan.yml", "scheme-2025/measures/01.yml", "units.yml"} <= set(written)
    assert errors(project) == []
    with pytest.raises(PlanError, match="已有这个文件夹"):
        new_plan(project, "scheme-2025")
    new_plan(project, "scheme-2026")
    assert errors(project) == []


def test_two_imports_stand_side_by_side(project: Project) -> None:
    import_document(project, FIXTURES / "01-letter-and-plan.txt", "green")
    import_document(project, FIXTURES / "05-articles.txt", "waste")
    import_document(project, FIXTURES / "11-annexes.md", "safety")
    assert errors(project) == []
    labels = [plan.head.label for plan in read(project).plans]
    assert len(set(labels)) == len(labels) == 4


@pytest.mark.slow
def test_a_site_is_built_from_several_drafts(project: Project) -> None:
    names = ("11-annexes.md", "19-task-table.csv", "37-first-listed-leads.txt", "43-quotas-in-lists.txt")
    for number, name in enumerate(names, 1):
        import_document(project, FIXTURES / name, f"draft-{number}")
    assert errors(project) == []
    command = [sys.executable, "-m", "generator", "build", "--project", str(project.root), "--as-of", "2025-06-30"]
    subprocess.run(command, env=dict(os.environ), check=True, capture_output=True)
    assert "开展安全培训" in (project.site / "measures/draft-1-01.html").read_text("utf-8")
    assert (project.site / "measures/draft-1-annex-1-03.html").is_file()
    for number in (2, 3, 4):
        assert (project.site / f"measures/draft-{number}-01.html").is_file()
    assert "石漠化治理" in (project.site / "measures/draft-4-01.html").read_text("utf-8")
