"""The command line as its users meet it: words, exit codes, and no traceback whatever they type."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli import COMMANDS, cli
from generator.cli.chinese import WORDS
from generator.project import Project
from generator.storage import plan_file_schemas

ROOT = Path(__file__).resolve().parent.parent

CLICK_SPEAKS = ("core.py", "decorators.py", "exceptions.py", "formatting.py", "parser.py", "types.py")
CLICK_NEVER_SAYS = (
    # to programmers
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    # of kinds of parameters that no command has
    "Do you want to continue?",
    "Confirm the action without prompting.",
    "%(prog)s, version %(version)s",
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.",
    "{value!r} is not a valid UUID.",
)


def run(*arguments: str, folder: Path = ROOT) -> Result:
    """Run a command on a project, in this process."""
    return CliRunner().invoke(cli, [arguments[0], *arguments[1:], "--project", str(folder)])


@pytest.fixture
def copy_of_plan(tmp_path: Path) -> Path:
    """A project that a test may spoil."""
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    return tmp_path


def planbook(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return subprocess.run([sys.executable, "-m", "generator", *arguments], cwd=cwd, capture_output=True, text=True)


def test_check_of_the_real_plan_has_no_errors() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "错误 0" in result.output


def test_check_warns_that_one_deadline_lies_before_the_issue_date() -> None:
    lines = [line for line in run("check").output.splitlines() if "action-2024/measures/07.yml" in line]
    assert any("warning" in line and "2024-04-30" in line for line in lines)


def test_what_stops_a_command_is_not_hidden_among_notes(copy_of_plan: Path) -> None:
    measure = copy_of_plan / "plan/action-2024/measures/09.yml"
    measure.write_text(measure.read_text().replace("区住建局", "区住建居"))
    result = planbook("build", "--as-of", "2024-06-30", cwd=copy_of_plan)
    told = result.stderr.splitlines()[1:]
    assert result.returncode == 1
    assert all(" · error · " in line for line in told[:-1])
    assert any("unit-unknown" in line for line in told)
    assert told[-1].startswith("以上错误改好后再运行；另有警告和提示 ")
    assert told[-1].endswith("运行 planbook check 查看")
    assert not (copy_of_plan / "site").exists()


def test_an_unknown_unit_is_an_error_with_place_and_nearest_name(copy_of_plan: Path) -> None:
    measure = copy_of_plan / "plan/action-2024/measures/09.yml"
    measure.write_text(measure.read_text().replace("区住建局", "区住建居"))
    result = run("check", folder=copy_of_plan)
    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if "unit-unknown" in line)
    assert line.startswith("plan/action-2024/measures/09.yml:")
    assert "是否指“区住建局”？" in line


def test_check_speaks_json_and_annotations(copy_of_plan: Path) -> None:
    (copy_of_plan / "plan/scheme/measures/01.yml").write_text("- 一个列表\n")
    rows = json.loads(run("check", "--format", "json", folder=copy_of_plan).output)
    assert {"file", "line", "column", "severity", "rule", "message"} == set(rows[0])
    annotated = run("check", "--format", "github", folder=copy_of_plan).output
    assert "::error file=plan/scheme/measures/01.yml,line=1,col=1" in annotated


def test_notes_are_counted_unless_asked_for() -> None:
    assert "note · [no-lead]" in run("check").output
    assert run("check", "--notes").output.count("[no-lead]") == 33


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "xml"],
        ["tasks", "--unit", "区住建居"],
        ["tasks", "--due-by", "2024-02-30"],
        ["tasks", "--plan", "action-2023"],
        ["tasks", "--format", "xlsx"],
        ["explain", "unit-unknwon"],
        ["nonsense"],
        ["check", "--project", "/nowhere"],
    ],
)
def test_misuse_ends_with_2_and_says_what_was_expected(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_folder_without_a_plan_is_misuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code == 2
    assert "plan/" in done.output


def test_tasks_answers_by_unit_role_and_day() -> None:
    arguments = [
        "tasks",
        "--unit",
        "区住建局",
        "--role",
        "responsible",
        "--due-by",
        "2024-12-31",
        "--format",
        "json",
    ]
    rows = json.loads(run(*arguments).output)
    assert [row["task"] for row in rows] == ["行动-09"]
    assert rows[0]["role"] == "responsible"


def test_tasks_as_csv_opens_in_excel_and_as_a_table_in_a_terminal() -> None:
    text = run("tasks", "--unit", "区税务局", "--format", "csv").output
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[1][1] == "方案-24"
    assert "方案-24" in run("tasks", "--unit", "区税务局").output


def test_tasks_as_xlsx_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "任务.xlsx"
    assert run("tasks", "--unit", "区税务局", "--format", "xlsx", "--out", str(out)).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"


def test_a_command_tells_everything_before_it_ends() -> None:
    arguments = ("tasks", "--as-of", "2024-06-30", "--format", "csv")
    told = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert len(told) > 100_000
    assert told == run(*arguments).stdout_bytes


def test_who_stops_reading_is_told_no_fault() -> None:
    command = f"{sys.executable} -m generator tasks --as-of 2024-06-30 | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_a_full_disk_is_told_without_a_traceback() -> None:
    command = f"{sys.executable} -m generator tasks --as-of 2024-06-30 --format csv > /dev/full"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "读写不成：输出：磁盘已满\n"


def test_a_misspelt_command_is_told_the_nearest_one() -> None:
    done = planbook("chek")
    assert done.returncode == 2
    assert "没有“chek”这个命令；是否指“check”？" in done.stderr


def test_explain_tells_a_rule_and_lists_all() -> None:
    assert "unit-unknown" in CliRunner().invoke(cli, ["explain"]).output
    told = CliRunner().invoke(cli, ["explain", "unit-unknown"])
    assert told.exit_code == 0
    assert "units.yml" in told.output


def test_the_committed_schemas_are_those_of_the_model(tmp_path: Path) -> None:
    assert run("schema", "--out", str(tmp_path)).exit_code == 0
    for name, content in plan_file_schemas().items():
        assert (tmp_path / name).read_bytes() == content
        assert (ROOT / "plan/schemas" / name).read_bytes() == content, "run: planbook schema"


def test_every_plan_file_names_its_schema() -> None:
    for path in sorted((ROOT / "plan").glob("**/*.yml")):
        first = path.read_text().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (path.parent / first.split("=", 1)[1]).resolve().is_file(), path


def test_export_prints_the_interchange_and_its_schema() -> None:
    exported = json.loads(run("export", "--as-of", "2024-06-30").output)
    assert exported["schema_version"] == 1
    assert [plan["id"] for plan in exported["plans"]] == ["scheme", "action-2024"]
    assert "properties" in json.loads(run("export", "--schema").output)


def test_a_spoilt_plan_ends_a_build_with_findings_and_leaves_the_old_site(copy_of_plan: Path) -> None:
    site = copy_of_plan / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    (copy_of_plan / "plan/units.yml").write_text("units: [")
    done = planbook("build", "--project", str(copy_of_plan))
    assert done.returncode == 1
    assert "plan/units.yml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert (site / "index.html").read_text() == "old"


def test_a_build_never_replaces_a_folder_that_is_not_a_site(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("precious")
    result = run("build", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert (tmp_path / "thesis.doc").read_text() == "precious"


def test_the_project_is_found_from_a_folder_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "plan/scheme")
    assert CliRunner().invoke(cli, ["tasks", "--unit", "区税务局"]).exit_code == 0


def test_help_is_chinese_with_examples() -> None:
    for command in ("check", "build", "serve", "export", "schema", "explain", "tasks", "diff"):
        told = CliRunner().invoke(cli, [command, "--help"])
        assert told.exit_code == 0
        assert "例" in told.output


@pytest.mark.parametrize("name", ["", *COMMANDS, "templates check"])
def test_help_has_no_english_sentence(name: str) -> None:
    told = CliRunner().invoke(cli, [*name.split(), "--help"]).output
    assert told.startswith("用法：")
    assert not re.search(
        r"Usage|Options|Commands|Show|OPTIONS|ARGS|[A-Z]{3,}\.\.\.|INTEGER|FLOAT|TEXT|PATH|required", told
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["diff"], "缺少参数 '旧版本'"),
        (["extend"], "缺少选项 '--task'"),
        (["check", "--formt", "json"], "没有“--formt”这个选项。 是否指 '--format'？"),
        (["check", "--format", "xml"], "没有“xml”这个值；应为 'text', 'json', 'github' 之一"),
        (["check", "--format"], "选项 --format 后面要写一个值"),
        (["check", "--notes=1"], "选项 --notes 后面不写值"),
        (["check", "a", "b"], "多写了参数：a b"),
        (["check", "--project", "nosuch"], "没有“nosuch”；请核对路径"),
        (["check", "--project", "README.md"], "“README.md”是文件；应为文件夹"),
        (["audit", "tests"], "“tests”是文件夹；应为文件"),
        (["evidence", "--year", "今年"], "“今年”不合要求；应为数字"),
        (["evidence", "--year", "24"], "24 超出范围；应为 1949<=x<=2200"),
        (["build", "--as-of", "2024/6/3"], "是否指“2024-06-03”？"),
        (["serve", "--address", "8000"], "“8000”不是地址"),
    ],
)
def test_misuse_is_told_in_chinese(arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    told = CliRunner().invoke(cli, arguments, prog_name="planbook").output
    assert says in told
    assert "错误：" in told
    assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", told), told


def test_all_that_click_may_say_is_known_in_chinese() -> None:
    """A new version of click with another wording must not bring English back unnoticed."""
    said = {text for name in CLICK_SPEAKS for text in translated_texts(Path(click.__file__).with_name(name))}
    assert len(said) > 40
    assert said - set(WORDS) - set(CLICK_NEVER_SAYS) == set()


def translated_texts(source: Path) -> Iterator[str]:
    """What a module gives to gettext."""
    for call in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}:
            yield from (text.value for text in call.args if isinstance(text, ast.Constant) and text.value)


def test_every_template_folder_has_the_words() -> None:
    assert Project(ROOT).template("terms.yml").is_file()
