"""Earlier versions of a plan, read from real git repositories and from folders; nothing is written anywhere."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.findings import PlanError
from generator.pipeline import compare_versions
from generator.project import Project
from generator.storage import history, load_project
from generator.storage.versions import Version, read_version, setting
from tests.case_files import cases
from tests.small_plan import SMALL, apply, copied
from tests.versions import git, repository

REFUSED = cases("revisions.yml")
RAISED = {
    "file": "base/measures/01.yml",
    "find": "管网漏损率控制在9%以内。",
    "put": "管网漏损率控制在9%以内并保持。",
}


def read(project: Project, written: str) -> Version:
    """A version as one who stands in the project names it."""
    return read_version(project, written, project.root)


def refusal(project: Project, written: str) -> str:
    """What is said of a version that cannot be read."""
    with pytest.raises(PlanError) as refused:
        read(project, written)
    return str(refused.value)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A repository with two commits: the small plan, then one sentence changed."""
    return repository(tmp_path / "项 目", [RAISED])


def first_sentence(version: Version) -> str:
    """The first sentence of the first measure."""
    return version.loaded.plans[0].measures[0].clauses[0].statements[0].text


@pytest.mark.parametrize("written", ["印发", "HEAD~1", "main~1", "HEAD^", "main@{0}~1"])
def test_a_revision_is_read_as_it_was(project: Project, written: str) -> None:
    version = read(project, written)
    assert version.loaded == load_project(Project(SMALL))
    assert version.name.written == written
    assert version.name.commit == git(project.root, "rev-parse", "HEAD~1").strip()
    assert str(version.name.day) == "2024-05-09"
    assert "并保持" in first_sentence(read(project, "HEAD"))


def test_an_abbreviated_commit_and_an_annotated_tag_are_revisions_too(project: Project) -> None:
    git(project.root, "tag", "--annotate", "--message", "正式印发", "v2024", "HEAD~1")
    for written in ("v2024", git(project.root, "rev-parse", "--short=9", "HEAD~1").strip()):
        assert "并保持" not in first_sentence(read(project, written))


def test_reading_leaves_the_working_copy_and_the_repository_alone(project: Project) -> None:
    apply(project.plan, {"file": "base/measures/04.yml", "find": "加强宣传引导", "put": "加强宣传"})
    before = git(project.root, "status", "--porcelain")
    read(project, "HEAD~1")
    assert git(project.root, "status", "--porcelain") == before == " M plan/base/measures/04.yml\n"
    assert git(project.root, "stash", "list") == ""


def test_a_project_may_lie_below_the_top_of_its_repository(tmp_path: Path) -> None:
    top = repository(tmp_path)
    shutil.copytree(top.plan, tmp_path / "县里的 项目/plan")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "又一个项目")
    below = Project(tmp_path / "县里的 项目")
    assert read(below, "HEAD").loaded == load_project(below)
    assert "里没有 plan/" in refusal(below, "印发")


def test_in_a_hook_of_another_repository_the_projects_own_is_read(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    assert "并保持" not in first_sentence(read(project, "HEAD~1"))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: repr(case["written"]))
def test_a_name_that_is_no_version_is_refused_in_chinese(project: Project, case: dict[str, Any]) -> None:
    assert case["says"] in refusal(project, case["written"])
    assert not (project.root / "x").exists()


@pytest.mark.parametrize(("earlier", "later", "which"), [("nosuch", None, "旧版本"), ("HEAD", "nosuch", "新版本")])
def test_which_argument_names_no_version_is_told_and_nothing_that_looks_like_a_file(
    project: Project, earlier: str, later: str | None, which: str
) -> None:
    with pytest.raises(PlanError) as refused:
        compare_versions(project, earlier, later, project.root)
    assert str(refused.value).startswith(f"命令行 参数“{which}” · error · [version] 没有“nosuch”这个版本")
    assert ":1:1" not in str(refused.value)


def test_a_setting_that_names_no_version_is_told_with_its_line(project: Project) -> None:
    settings = "site_name: x\nplugins:\n  # changes_since: v1\n  - planbook:\n      changes_since: nosuch\n"
    (project.root / "mkdocs.yml").write_text(settings, "utf-8")
    with pytest.raises(PlanError) as refused:
        read_version(project, "nosuch", project.root, setting(project))
    assert str(refused.value).startswith("mkdocs.yml:5:7 · error · [version] changes_since：没有“nosuch”这个版本")


def test_a_name_with_characters_that_no_terminal_shows_is_refused(project: Project) -> None:
    assert "不能用作版本名" in refusal(project, "HEAD\0~1")
    assert "不能用作版本名" in refusal(project, "v" * 10_000)


def test_a_branch_that_looks_like_an_option_cannot_become_one(project: Project, tmp_path: Path) -> None:
    shutil.copy(project.root / ".git/refs/heads/main", project.root / ".git/refs/heads/--output=x")
    assert "不能用作版本名" in refusal(project, "--output=x")
    assert not (project.root / "x").exists()


def test_without_a_repository_it_is_said_what_to_do(tmp_path: Path) -> None:
    told = refusal(copied(tmp_path / "bare"), "v1.0")
    assert "不在 git 仓库里" in told
    assert "改为指定旧版本所在的文件夹" in told


def test_without_git_it_is_said_what_to_do(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "这台计算机上没有 git" in refusal(project, "HEAD")
    assert read(project, ".").loaded.plans


def test_a_revision_without_a_plan_is_told_apart_from_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("空")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "开始")
    copied(tmp_path)
    assert "版本“HEAD”里没有 plan/" in refusal(Project(tmp_path), "HEAD")


def test_a_repository_without_a_commit_has_no_version(tmp_path: Path) -> None:
    copied(tmp_path)
    git(tmp_path, "init", "--quiet")
    assert "没有“HEAD”这个版本" in refusal(Project(tmp_path), "HEAD")


def test_an_old_plan_with_errors_says_which_in_which_file(tmp_path: Path) -> None:
    old_key = {"file": "units.yml", "find": "order_confirmed: false", "put": "order_confirmed: false\nold_key: 1"}
    mended = {"file": "units.yml", "find": "\nold_key: 1", "put": ""}
    project = repository(tmp_path / "project", [old_key], [mended])
    told = refusal(project, "v1").splitlines()
    assert "版本“v1”的计划数据有 1 处错误，不能比较；可能是用较早的格式写的" in told[0]
    assert told[1].startswith("v1:plan/units.yml:2:1 · error · [schema] old_key：没有这个键")
    assert read(project, "v2").loaded.complete


def test_a_name_that_nobody_bears_in_the_old_plan_stops_the_comparison(tmp_path: Path) -> None:
    edit = {"file": "base/measures/01.yml", "find": "lead: [区住建局]", "put": "lead: [区住建居]"}
    project = repository(tmp_path / "project", [edit])
    with pytest.raises(PlanError) as refused:
        compare_versions(project, "v1", "印发", project.root)
    assert "v1:plan/base/measures/01.yml:" in str(refused.value)
    assert "是否指“区住建局”" in str(refused.value)


def test_many_errors_are_counted_but_not_all_shown(tmp_path: Path) -> None:
    edits = [{"file": f"base/measures/{number}.yml", "write": f"number: {number}\n"} for number in range(10, 60)]
    told = refusal(repository(tmp_path / "project", edits), "v1").splitlines()
    assert "有 100 处错误" in told[0]
    assert len(told) == 21


def test_a_link_in_an_old_version_is_not_followed(project: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("姓名: 某某")
    (project.plan / "base/measures/05.yml").symlink_to(secret)
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", "链接")
    told = refusal(project, "HEAD")
    assert "是链接或子模块" in told
    assert "某某" not in told


def test_a_huge_file_of_an_old_version_is_refused_without_being_read(project: Project) -> None:
    (project.plan / "base/measures/05.yml").write_bytes(b"number: 5\n" + b"#" * 3_000_000)
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", "大")
    assert "文件超过 2000 KB" in refusal(project, "HEAD")


@pytest.mark.parametrize(("bound", "says"), [("MOST_FILES", "个文件；至多"), ("MOST_BYTES", " MB")])
def test_a_version_beyond_every_measure_is_refused(
    project: Project, bound: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, bound, 3)
    assert says in refusal(project, "HEAD")


def test_files_that_git_hides_from_archives_are_read_all_the_same(project: Project) -> None:
    (project.root / ".gitattributes").write_text("plan/base/measures/04.yml export-ignore\n* export-subst\n")
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", "属性")
    assert len(read(project, "HEAD").loaded.plans[0].measures) == 4


def test_a_filter_of_the_repository_is_not_run(project: Project, tmp_path: Path) -> None:
    (project.root / ".gitattributes").write_text("*.yml filter=evil\n")
    git(project.root, "config", "filter.evil.smudge", f"touch {tmp_path / 'ran'}; cat")
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", "过滤")
    assert read(project, "HEAD").loaded.complete
    assert not (tmp_path / "ran").exists()


def test_what_units_reported_and_contacts_are_not_taken_from_history(project: Project) -> None:
    """A form sent in long ago, in an older shape, must not keep two plans from being compared."""
    folder = project.plan / "annual-2024/progress"
    folder.mkdir()
    (folder / "2024-05.yml").write_text("旧格式: 1\n")
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", "填报")
    assert read(project, "HEAD").loaded.complete


@pytest.mark.parametrize("copy", ["2024年5月/plan", "plan-2024-05-09"])
def test_a_dated_copy_is_a_version_by_its_folder(tmp_path: Path, copy: str) -> None:
    project = copied(tmp_path, [RAISED])
    shutil.copytree(SMALL / "plan", tmp_path / copy)
    version = read(project, copy.removesuffix("/plan"))
    assert "并保持" not in first_sentence(version)
    assert version.name.commit == ""
    assert version.name.day is None


def test_a_folder_wins_over_a_branch_of_its_name(project: Project) -> None:
    git(project.root, "branch", "copy", "HEAD~1")
    shutil.copytree(project.plan, project.root / "copy/plan")
    assert "并保持" in first_sentence(read(project, "copy"))
    shutil.rmtree(project.root / "copy")
    assert "并保持" not in first_sentence(read(project, "copy"))


def test_a_folder_with_errors_is_refused_like_a_revision(tmp_path: Path) -> None:
    project = copied(tmp_path)
    shutil.copytree(SMALL / "plan", tmp_path / "old/plan")
    (tmp_path / "old/plan/units.yml").write_text("units: [")
    told = refusal(project, "old")
    assert "版本“old”的计划数据有" in told
    assert "old:plan/units.yml:2:1" in told


def test_a_shallow_clone_says_that_the_version_is_not_there(project: Project, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{project.root}", str(tmp_path / "shallow"))
    shallow = Project(tmp_path / "shallow")
    assert read(shallow, "HEAD").loaded.complete
    assert "这个版本" in refusal(shallow, "HEAD~1")


def test_nothing_is_left_in_the_temporary_folder(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    read(project, "HEAD")
    assert not list((tmp_path / "temporary").iterdir())
