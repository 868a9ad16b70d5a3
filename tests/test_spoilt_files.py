"""Whatever lies in plan/, there is a finding with its place, at once, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.findings import Finding, Severity, has_errors
from generator.project import Project
from generator.storage import PLAN_FILES, PROJECT_FILES, load_project
from tests.properties import examples
from tests.small_plan import SMALL, copied, examined, findings

AT_ONCE = 5.0
"""Seconds within which even a spoilt project is reported; a shared machine is slow."""

GOOD = (SMALL / "plan/base/measures/04.yml").read_bytes()

CONTENT: dict[str, tuple[bytes, str, tuple[int, int]]] = {
    "not UTF-8": (b"number: 4\ntitle: \xff\xfe", "file", (2, 8)),
    "GBK": ("number: 4\ntitle: 宣传".encode("gbk"), "file", (2, 8)),
    "UTF-16": ("number: 4".encode("utf-16"), "file", (1, 1)),
    "a truncated character": ("title: 宣".encode()[:-1], "file", (1, 8)),
    "empty": (b"", "yaml", (1, 1)),
    "white space": (b" \n\n", "yaml", (1, 1)),
    "comments only": (b"# number: 4\n", "yaml", (1, 1)),
    "a list": (b"- number: 4\n", "schema", (1, 1)),
    "a word": ("标题：宣传".encode(), "schema", (1, 1)),
    "null": (b"~", "schema", (1, 1)),
    "an anchor": (b"a: &a [x]\nb: *a\n", "yaml", (1, 4)),
    "an alias bomb": (
        b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b"*%c," % (97 + n) * 9) for n in range(20)),
        "yaml",
        (1, 4),
    ),
    "an alias to nothing": (b"a: *b\n", "yaml", (1, 4)),
    "a Python tag": (b"a: !!python/object/apply:os.system ['true']\n", "yaml", (1, 4)),
    "a plain tag": (b"number: !!int 4\n", "yaml", (1, 9)),
    "a local tag": (b"number: !x 4\n", "yaml", (1, 9)),
    "100,000 brackets": (b"[" * 100_000, "yaml", (1, 65)),
    "100,000 braces": (b"{a: " * 100_000, "yaml", (1, 257)),
    "100,000 dashes": (b"- " * 100_000, "yaml", (1, 129)),
    "100,000 question marks": (b"? " * 100_000, "yaml", (1, 3)),
    "deep nesting in blocks": (b"".join(b" " * n + b"a:\n" for n in range(200)), "yaml", (65, 65)),
    "too many items": (b"- a\n" * 200_001, "yaml", (200_000, 3)),
    "a merge": (b"<<: {number: 4}\n", "yaml", (1, 1)),
    "a quoted merge": (b"'<<': {number: 4}\n", "yaml", (1, 1)),
    "a key twice": (b"number: 4\nnumber: 5\n", "yaml", (2, 1)),
    "a list as key": (b"? [a]\n: 1\n", "yaml", (1, 3)),
    "two documents": (b"number: 4\n---\nnumber: 5\n", "yaml", (2, 1)),
    "a NUL": (b"number: 4\ntitle: a\0b\n", "file", (2, 9)),
    "an escaped NUL": (b'number: 4\ntitle: "a\\0b"\n', "yaml", (2, 8)),
    "a line separator": ("title: a\u2028b".encode(), "file", (1, 9)),
    "a bell": (b"title: \a", "file", (1, 8)),
    "tabs": (b"clauses:\n\t- statements: []\n", "yaml", (2, 1)),
    "an open quote": (b'number: 4\ntitle: "a\nchapter: b\n', "yaml", (2, 8)),
    "an open bracket": (b"number: 4\nclauses: [\n", "yaml", (3, 1)),
    "an open list": (b"number: 4\nclauses: [a, b\n", "yaml", (2, 10)),
    "an open quote that the next one ends": (
        'number: 4\ntitle: "a\nchapter: b\nclauses:\n  - statements: [x]\n    note: b"五尘"c\n'.encode(),
        "yaml",
        (2, 8),
    ),
    "a full-width colon": ("number: 4\ntitle：深化\nchapter: 四\n".encode(), "yaml", (2, 6)),
    "a full-width colon first": ("number：4\ntitle: 深化\n".encode(), "yaml", (1, 7)),
    "a full-width colon before a list": ("number: 4\nclauses：\n  - a: b\n".encode(), "yaml", (2, 8)),
    "a colon without a blank": ("number: 4\ntitle:深化\nchapter: 四\n".encode(), "yaml", (2, 6)),
    "quoted words within a text": ('title: "五尘"同治'.encode(), "yaml", (1, 12)),
    "another YAML": (b"%YAML 9.9\n---\na: 1\n", "yaml", (1, 1)),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file", (1, 1)),
    "a Word file": (b"PK\x03\x04\x14\0\0\0", "file", (1, 3)),
    "noise": (bytes(range(256)) * 40, "file", (3, 115)),
    "2 MB": (b"#" * 2_000_001, "file", (1, 1)),
    "a very large file": (b"a: b\n" * 10_000_000, "file", (1, 1)),
}


def said_of(folder: Path, name: str) -> list[Finding]:
    """The errors on one file; the whole project must be read and checked at once."""
    begun = time.perf_counter()
    said = findings(Project(folder))
    assert time.perf_counter() - begun < AT_ONCE
    return [finding for finding in said if finding.place.file == name and finding.severity is Severity.ERROR]


@pytest.mark.parametrize("kind", CONTENT)
def test_a_spoilt_file_is_reported_at_its_place(kind: str, tmp_path: Path) -> None:
    content, rule, place = CONTENT[kind]
    copied(tmp_path)
    (tmp_path / "plan/base/measures/04.yml").write_bytes(content)
    said = said_of(tmp_path, "plan/base/measures/04.yml")
    assert [(finding.rule, (finding.place.line, finding.place.column)) for finding in said] == [(rule, place)]
    assert "Traceback" not in said[0].message
    assert all(char.isprintable() for char in said[0].message)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("an open quote that the next one ends", "这里的引号没有闭合，读到第 6 行才遇到下一个引号"),
        ("a full-width colon", "“title”之后是全角冒号；应为半角冒号加一个空格，如“title: 深化”"),
        ("a colon without a blank", "“title”的冒号后缺空格；应为半角冒号加一个空格，如“title: 深化”"),
    ],
)
def test_a_slip_that_the_parser_notices_lines_later_is_named_where_it_was_made(
    kind: str, says: str, tmp_path: Path
) -> None:
    copied(tmp_path)
    (tmp_path / "plan/base/measures/04.yml").write_bytes(CONTENT[kind][0])
    assert says in said_of(tmp_path, "plan/base/measures/04.yml")[0].message


def test_a_text_with_a_full_width_colon_is_no_slip_and_a_key_with_one_is(tmp_path: Path) -> None:
    path = copied(tmp_path).plan / "base/measures/01.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: 补齐管网短板", "title: 补齐vocs：管网短板"), "utf-8")
    assert "全角冒号" not in "".join(map(str, said_of(tmp_path, "plan/base/measures/01.yml")))
    path.write_text(text.replace("{phrase: 到2026年,", "{phrase：到2026年,"), "utf-8")
    assert "“phrase”之后是全角冒号" in "".join(map(str, said_of(tmp_path, "plan/base/measures/01.yml")))


@pytest.mark.parametrize("name", [*PROJECT_FILES, *(f"annual-2024/{name}" for name in PLAN_FILES)])
@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b"a: {b: [c]}", b"[" * 5000], ids=["empty", "list", "bytes", "other", "deep"]
)
def test_every_kind_of_file_may_be_spoilt(name: str, content: bytes, tmp_path: Path) -> None:
    copied(tmp_path)
    (tmp_path / "plan" / name).write_bytes(content)
    assert said_of(tmp_path, f"plan/{name}")


def directory(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.yml")


def circular(path: Path) -> None:
    path.symlink_to(path.name)


def outward(path: Path) -> None:
    secret = path.parents[3] / "secret.yml"
    secret.write_text("密码", "utf-8")
    path.symlink_to(secret)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [directory, dangling, circular, outward, device, pipe])
@pytest.mark.parametrize("name", ["base/measures/09.yml", "base/links.yml"])
def test_what_is_no_ordinary_file_is_reported_and_never_waited_for(
    make: Callable[[Path], None], name: str, tmp_path: Path
) -> None:
    project = copied(tmp_path / "a/b")
    make(project.plan / name)
    said = said_of(project.root, f"plan/{name}")
    assert [finding.rule for finding in said] == ["file"]
    assert "密码" not in said[0].message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    copied(tmp_path)
    (tmp_path / "plan/base/measures/04.yml").chmod(0)
    assert "权限" in said_of(tmp_path, "plan/base/measures/04.yml")[0].message


VALUES = {
    "a number without end": ("number: 4", "number: 1e400", "应为整数"),
    "4,000 digits": ("number: 4", f"number: {'9' * 4000}", "应不大于 9999"),
    "9,000 digits": ("number: 4", f"number: {'9' * 9000}", "不能这样大"),
    "not a number": ("number: 4", "number: nan", "应为整数"),
    "a negative number": ("number: 4", "number: -1", "应不小于 1"),
    "full-width digits": ("number: 4", "number: ４", "应为整数"),
    "an empty value": ("number: 4", "number:", "空值不合要求；应为整数"),
    "a mapping for a list": ("clauses:\n  - statements", "clauses:\n    statements", "应为列表"),
    "a list for a text": ("printed_number: （一）", "printed_number: [（一）]", "应为文字"),
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_of_the_wrong_kind_is_reported_with_what_was_expected(kind: str, tmp_path: Path) -> None:
    find, put, says = VALUES[kind]
    copied(tmp_path, [{"file": "base/measures/04.yml", "find": find, "put": put}])
    said = said_of(tmp_path, "plan/base/measures/04.yml")
    assert any(finding.rule == "schema" and says in finding.message for finding in said), said


DATES = (
    "2024-02-30",
    "2024-13-01",
    "2024-5-9",
    "20240509",
    "0",
    "86400",
    "2024/05/09",
    "9999-12-31",
    "1000-01-01",
    "昨天",
    "'2024-05-09T00:00:00'",
)


@pytest.mark.parametrize("written", DATES)
def test_a_date_that_is_none_is_reported(written: str, tmp_path: Path) -> None:
    copied(tmp_path, [{"file": "base/plan.yml", "find": "issued: 2024-03-20", "put": f"issued: {written}"}])
    said = said_of(tmp_path, "plan/base/plan.yml")
    assert [(finding.rule, finding.place.line, finding.place.column) for finding in said] == [("schema", 7, 9)]


@pytest.mark.parametrize("written", ["1e400", "-inf", "nan", "1e16", "9" * 4000, "9" * 9000])
def test_a_figure_that_cannot_be_is_reported_once(written: str, tmp_path: Path) -> None:
    copied(tmp_path, [{"file": "base/measures/01.yml", "find": "value: 70,", "put": f"value: {written},"}])
    said = said_of(tmp_path, "plan/base/measures/01.yml")
    assert [(finding.rule, finding.place.line, finding.place.column) for finding in said] == [("schema", 10, 79)]


@pytest.mark.parametrize(
    "name", ["../../secret.txt", "/etc/passwd", "..", ".", "''", "a/b.txt", '"a\\x09b"', "nowhere.txt"]
)
def test_a_source_outside_its_folder_is_never_read(name: str, tmp_path: Path) -> None:
    project = copied(
        tmp_path / "a/b", [{"file": "base/plan.yml", "find": "source: original.txt", "put": f"source: {name}"}]
    )
    (tmp_path / "a/secret.txt").write_text("密码", "utf-8")
    loaded = load_project(project)
    assert set(loaded.sources) == {"original.txt"}
    assert [finding.place.line for finding in loaded.findings if finding.rule == "source-file"] == [9]


def test_a_file_of_faults_is_cut_short(tmp_path: Path) -> None:
    copied(tmp_path)
    keys = "".join(f"k{number}: 1\n" for number in range(30_000))
    (tmp_path / "plan/base/measures/04.yml").write_text(keys, "utf-8")
    said = said_of(tmp_path, "plan/base/measures/04.yml")
    assert len(said) == 101
    assert any("另有" in finding.message for finding in said)


def test_a_file_name_that_is_no_text_is_reported_in_print(tmp_path: Path) -> None:
    copied(tmp_path)
    name = os.fsencode(tmp_path / "plan/base/measures") + b"/\xff\n\x1b[31m.yml"
    Path(os.fsdecode(name)).write_bytes(b"[")
    said = [finding for finding in findings(Project(tmp_path)) if finding.rule == "yaml"]
    assert len(said) == 1
    assert str(said[0]).isprintable()
    str(said[0]).encode()


def test_a_file_in_the_place_of_the_measures_is_reported(tmp_path: Path) -> None:
    edits = [{"file": "base/measures", "remove": True}, {"file": "base/measures", "write": "措施"}]
    said = findings(copied(tmp_path, edits))
    assert [finding.message for finding in said if finding.place.file == "plan/base/measures"] == [
        "无法列出这个文件夹：路径中有一段不是文件夹；应为可以读取的文件夹"
    ]


def test_page_breaks_in_a_source_are_white_space(tmp_path: Path) -> None:
    edit = {"file": "source/original.txt", "find": "## 二、重点任务", "put": "\f## 二、重点任务\v\u2028"}
    assert not has_errors(findings(copied(tmp_path, [edit])))


def test_a_source_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    project = copied(tmp_path)
    (project.plan / "source/original.txt").write_bytes(b"1\n" + "第二行".encode("gbk"))
    (said,) = [finding for finding in findings(project) if finding.rule == "source-file"]
    assert "第 2 行：" in said.message
    assert "GBK" in said.message


def test_a_project_without_plan_is_reported(tmp_path: Path) -> None:
    said = findings(Project(tmp_path))
    assert has_errors(said)
    assert all(finding.place.file.startswith("plan") for finding in said)


def test_a_file_in_the_place_of_plan_is_reported(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("计划", "utf-8")
    assert has_errors(findings(Project(tmp_path)))


@pytest.fixture(scope="module")
def spoilable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for all examples of a property."""
    return copied(tmp_path_factory.mktemp("spoilt")).root


PROPERTY = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PROPERTY
@given(content=st.binary(max_size=400))
def test_any_bytes_in_a_measure_give_findings_and_no_exception(spoilable: Path, content: bytes) -> None:
    (spoilable / "plan/base/measures/04.yml").write_bytes(content)
    loaded = load_project(Project(spoilable))
    assert has_errors(loaded.findings)


YAML_BITS = st.lists(
    st.sampled_from(
        [
            "number",
            "clauses",
            "statements",
            "text",
            ": ",
            ":\n  ",
            "- ",
            "\n",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            '"',
            "|",
            "#",
            "4",
            "一",
            "？",
            "&a",
            "*a",
            "!!x",
            "\t",
            "~",
            "<<",
        ]
    ),
    max_size=40,
).map("".join)


@PROPERTY
@given(content=YAML_BITS)
def test_anything_like_yaml_gives_findings_and_no_exception(spoilable: Path, content: str) -> None:
    (spoilable / "plan/base/measures/04.yml").write_text(content, "utf-8")
    examined(Project(spoilable))


@PROPERTY
@given(start=st.integers(0, len(GOOD)), length=st.integers(0, 30), put=st.binary(max_size=8))
def test_a_damaged_measure_gives_findings_or_stands_and_no_exception(
    spoilable: Path, start: int, length: int, put: bytes
) -> None:
    (spoilable / "plan/base/measures/04.yml").write_bytes(GOOD[:start] + put + GOOD[start + length :])
    examined(Project(spoilable))


FILES = sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.yml"))
VALUE = re.compile(r"(?<=: )[^,{}\[\]\n]+|(?<=\[)[^,\]\n]+")
ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "（",
            "[",
            "*",
            "各镇（街道）",
            "base-01",
            "方案-02",
            "-",
            "二/",
            "monthly:-",
            "2024年2月30日前",
            "13月底前",
            "0%",
        ]
    ),
)


@PROPERTY
@given(name=st.sampled_from(FILES), which=st.integers(0, 200), put=ODD)
def test_any_value_in_any_file_gives_findings_or_stands_and_no_exception(
    spoilable: Path, name: str, which: int, put: str
) -> None:
    text = (SMALL / name).read_text("utf-8")
    values = list(VALUE.finditer(text))
    value = values[which % len(values)]
    (spoilable / name).write_text(text[: value.start()] + json.dumps(put) + text[value.end() :], "utf-8")
    _, graph, said = examined(Project(spoilable))
    (spoilable / name).write_text(text, "utf-8")
    assert graph.network.number_of_nodes() > 0
    assert all(str(finding).isprintable() for finding in said)
