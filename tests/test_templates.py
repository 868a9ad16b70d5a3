"""Templates that the office restyles: what is wrong with one is told with its place, and nothing in it is executed."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.book import Book
from generator.cli import cli
from generator.findings import Finding, Severity
from generator.office.word import Identity, draw_word
from generator.project import Project, packaged_templates
from generator.renderers.word_papers import WORD_PAPERS
from generator.templating.shapes import Kind, Shape, merged
from generator.templating.template import read_template
from generator.templating.word_check import Reference, check_template, names_asked
from generator.templating.word_templates import context_shape
from tests.case_files import cases
from tests.word_documents import AS_OF, PAPERS, book_of, part, parts, text_of
from tests.year_of_papers import book_of_month

CASES = cases("spoilt_templates.yml")
BODY = "word/document.xml"


@pytest.fixture(scope="module")
def books(small_book: Book, real_book: Book, tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, ...]:
    month = book_of_month(tmp_path_factory.mktemp("month"))
    return (book_of(PAPERS), small_book, real_book, month)


@pytest.fixture(scope="module")
def shapes(books: tuple[Book, ...]) -> dict[str, Shape]:
    """All that the renderers give, over several plans."""
    return {name: merged(context_shape(paper, book) for book in books) for name, paper in WORD_PAPERS.items()}


def packaged(name: str) -> bytes:
    return (packaged_templates() / WORD_PAPERS[name].template).read_bytes()


def with_part(docx: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The document with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for found, content in parts(docx).items():
            archive.writestr(found, change(content.decode()).encode() if found == name else content)
    return buffer.getvalue()


def without_row_loop(docx: bytes) -> bytes:
    loop = r"<w:tr>(?:(?!<w:tr>).)*\{%tr (?:for row in rows|endfor) %\}.*?</w:tr>"
    return with_part(docx, BODY, lambda xml: re.sub(loop, "", xml).replace("row.", "rows.0."))


def without_page_number(docx: bytes) -> bytes:
    for name in ("word/footer1.xml", "word/footer2.xml"):
        docx = with_part(docx, name, lambda xml: xml.replace(" PAGE ", " NUMPAGES "))
    return docx


def without_title(docx: bytes) -> bytes:
    return with_part(docx, BODY, lambda xml: xml.replace("{{ unit }}重点", "重点", 1))


EDITS = {
    "without the row loop": without_row_loop,
    "without page number": without_page_number,
    "without title": without_title,
}


def spoilt(case: dict[str, Any]) -> bytes:
    content = packaged(case["paper"])
    if "edit" in case:
        return EDITS[case["edit"]](content)
    before, after = case["replace"]
    changed = with_part(content, BODY, lambda xml: xml.replace(before, after, 1))
    assert parts(changed)[BODY] != parts(content)[BODY], "the case changes nothing"
    return changed


def findings_of(name: str, content: bytes, shapes: dict[str, Shape]) -> tuple[Finding, ...]:
    return check_template(f"{name}.docx", content, Reference(shapes[name], packaged(name)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_is_wrong_with_a_template_is_told_with_its_place(
    case: dict[str, Any], shapes: dict[str, Shape]
) -> None:
    found = findings_of(case["paper"], spoilt(case), shapes)
    grade = Severity(case.get("grade", "error"))
    told = [one for one in found if all(words in one.message for words in case["said"])]
    assert told, [str(one) for one in found]
    assert all(one.severity is grade for one in told)
    assert any(case["place"] in one.place.within for one in told), [str(one) for one in told]


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_the_templates_that_come_with_the_program_are_faultless(name: str, shapes: dict[str, Shape]) -> None:
    assert findings_of(name, packaged(name), shapes) == ()


def test_every_template_has_its_line_in_the_table_and_every_line_its_template() -> None:
    assert {path.stem for path in (packaged_templates() / "word").glob("*.docx")} == set(WORD_PAPERS)


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_the_names_of_a_paper_are_complete(name: str, shapes: dict[str, Shape]) -> None:
    """Every name that the packaged template asks for is told from the contexts alone, down to the last loop."""
    for path in names_asked(read_template(packaged(name))):
        assert _at(shapes[name], path) is not None, path


def _at(shape: Shape | None, path: str) -> Shape | None:
    for step in path.replace("[]", ".[]").split("."):
        if shape is None or shape.kind is Kind.ANY:
            return None
        shape = shape.each if step == "[]" else shape.part(step)
    return shape


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_every_name_that_a_check_accepts_can_be_drawn(
    name: str, shapes: dict[str, Shape], books: tuple[Book, ...], tmp_path: Path
) -> None:
    """A text of a context, printed at the head of the paper, comes out."""
    texts = [key for key, shape in shapes[name].parts.items() if shape.kind is Kind.TEXT]
    tags = "".join(f"【{{{{ {key} }}}}】" for key in texts)
    changed = with_part(packaged(name), BODY, lambda xml: re.sub(r"(<w:t[^>]*>)", rf"\1{tags}", xml, count=1))
    assert not [one for one in findings_of(name, changed, shapes) if one.severity is Severity.ERROR]
    template = tmp_path / "extra.docx"
    template.write_bytes(changed)
    context = next(iter(WORD_PAPERS[name].contexts(books[0])))
    drawn = text_of(part(draw_word(template, context, Identity("i", "t", AS_OF))))
    assert texts
    assert all(f"【{context[key]}】" in drawn for key in texts)


def test_a_file_that_is_no_template_is_refused_with_a_reason(shapes: dict[str, Shape]) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BODY, b" " * 50_000_000)
    entity = with_part(
        packaged("task_list"), BODY, lambda xml: xml.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    )
    for content in (b"MZ", b"", bomb.getvalue(), entity):
        (found,) = findings_of("task_list", content, shapes)
        assert found.severity is Severity.ERROR
        assert found.message


def test_a_template_is_read_and_never_executed(shapes: dict[str, Shape]) -> None:
    """A loop that would run for hours takes no time, and no attribute of a value is looked up."""
    evil = "{% for a in range(9999999999) %}{% for b in range(9999999999) %}{% endfor %}{% endfor %}{{ basis.__class__.__mro__ }}"
    changed = with_part(packaged("task_list"), BODY, lambda xml: xml.replace("{{ basis }}", evil, 1))
    found = findings_of("task_list", changed, shapes)
    assert any("__class__" in one.message for one in found)


def project_copy(folder: Path) -> Project:
    shutil.copytree(PAPERS, folder / "project")
    return Project(folder / "project")


def run(*words: str) -> Any:
    return CliRunner().invoke(cli, words)


def test_a_fresh_copy_is_written_once_and_is_checked_where_it_lies(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    made = run("templates", "new", "任务清单", "--project", str(project.root))
    assert made.exit_code == 0
    own = project.root / "templates/word/task_list.docx"
    assert own.read_bytes() == packaged("task_list")
    again = run("templates", "new", "task_list", "--project", str(project.root))
    assert again.exit_code == 1
    assert "没有覆盖" in again.output
    assert run("templates", "check", "--project", str(project.root)).exit_code == 0
    own.write_bytes(with_part(own.read_bytes(), BODY, lambda xml: xml.replace("row.title", "row.titel")))
    (own.parent / "tasklist.docx").write_bytes(b"")
    told = run("templates", "check", "--project", str(project.root))
    assert told.exit_code == 1
    assert "templates/word/task_list.docx 第1个表格第5行第3格第1段" in told.output
    assert "是否指“task_list.docx”" in told.output


@pytest.mark.parametrize("words", [("templates", "new"), ("templates", "new", "任务清丹")])
def test_names_and_titles_are_listed_where_none_or_a_wrong_one_is_given(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    shown = run(*words, "--project", str(project_copy(tmp_path).root))
    assert shown.exit_code == (0 if len(words) == 2 else 2)
    assert "assessment_form" in shown.output
    assert "年度考核表" in shown.output


def test_one_file_is_checked_by_its_name(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    good, strange = tmp_path / "task_list.docx", tmp_path / "随便.docx"
    for path in (good, strange):
        path.write_bytes(packaged("task_list"))
    assert run("templates", "check", str(good), "--project", str(project.root)).exit_code == 0
    told = run("templates", "check", str(strange), "--project", str(project.root))
    assert told.exit_code == 1
    assert "看不出是哪种材料的模板" in told.output
