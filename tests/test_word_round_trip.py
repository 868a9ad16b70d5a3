"""A filled form through another office program: what was written is still found."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator.book import Book
from generator.forms import draw_form
from generator.forms.fields import FormKey, form_fields, form_key
from generator.renderers import responsibility_table, task_list_word
from generator.renderers.deliverables import Item
from generator.templating.word_templates import check_templates
from tests.word_documents import PAPERS, ROOT, W, book_of, document_text, find, part, parts

pytestmark = pytest.mark.slow


def fill(docx: bytes, values: dict[str, str]) -> bytes:
    """Write values into the controls as Word does: placeholder wording and its mark go."""
    body: Any = part(docx)
    for control in find(body, "//w:sdt"):
        value = values.get(find(control, "w:sdtPr/w:tag/@w:val")[0])
        if value is None:
            continue
        for mark in find(control, "w:sdtPr/w:showingPlcHdr | w:sdtContent//w:rStyle"):
            mark.getparent().remove(mark)
        find(control, "w:sdtContent/w:r/w:t")[0].text = value
    package = {**parts(docx), "word/document.xml": etree.tostring(body, encoding="UTF-8", standalone=True)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in package.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def saved_by_libreoffice(docx: bytes, folder: Path, through: str = "") -> bytes:
    """The document as LibreOffice saves it, if wished by way of another format."""
    source = folder / "填报.docx"
    source.write_bytes(docx)
    for target in filter(None, (through, "docx")):
        out = folder / target
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        source = out / f"填报.{target}"
    return source.read_bytes()


def by_bookmark(docx: bytes) -> dict[str, str]:
    """What stands between the two ends of every bookmark."""
    body: Any = part(docx)
    held: dict[str, str] = {}
    opened: dict[str, str] = {}
    for element in body.iter():
        number = element.get(f"{W}id")
        if element.tag == f"{W}bookmarkStart":
            opened[number] = element.get(f"{W}name")
            held[opened[number]] = ""
        elif element.tag == f"{W}bookmarkEnd":
            opened.pop(number, None)
        elif element.tag == f"{W}t":
            for name in opened.values():
                held[name] += element.text or ""
    return held


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(PAPERS)


@pytest.mark.parametrize("through", ["", "doc", "odt"])
def test_every_answer_survives_libreoffice(book: Book, tmp_path: Path, through: str) -> None:
    form = book.forms["action-2025", "housing"]
    fields = [field for field in form_fields(form) if field.answer.value not in {"date", "grade"}]
    values = {field.tag: f"第{number}项：已完成<80%>&“达标”" for number, field in enumerate(fields, 1)}
    values |= {field.tag: "优秀" for field in form_fields(form) if field.answer.value == "grade"}
    values |= {field.tag: "2025年12月20日" for field in form_fields(form) if field.answer.value == "date"}
    returned = saved_by_libreoffice(fill(draw_form(book, form), values), tmp_path, through)
    read = by_bookmark(returned)
    assert {field.tag: read.get(field.bookmark) for field in form_fields(form)} == values
    if not through:
        (identifier,) = find(part(returned, "docProps/core.xml"), "//*[local-name()='identifier']/text()")
        assert FormKey.parse(identifier) == form_key(form)


def test_an_unfilled_form_of_the_real_plan_is_still_blank_after_libreoffice(tmp_path: Path) -> None:
    real = book_of(ROOT)
    form = real.forms["action-2024", "dongjie"]
    read = by_bookmark(saved_by_libreoffice(draw_form(real, form), tmp_path))
    for field in form_fields(form):
        assert read[field.bookmark] == real.terms(f"assessment_form.placeholder.{field.answer}")


def test_saving_twice_does_not_double_what_was_written(book: Book, tmp_path: Path) -> None:
    form = book.forms["action-2025", "heyuan"]
    field = next(field for field in form_fields(form) if field.answer.value == "progress")
    content = fill(draw_form(book, form), {field.tag: "同意上报"})
    for turn in range(2):
        folder = tmp_path / str(turn)
        folder.mkdir()
        content = saved_by_libreoffice(content, folder)
    assert by_bookmark(content)[field.bookmark] == "同意上报"


def test_libreoffice_prints_every_paper_on_landscape_a4_with_page_numbers(book: Book, tmp_path: Path) -> None:
    (tmp_path / "表.docx").write_bytes(draw_form(book, book.forms["action-2025", "housing"]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "表.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = subprocess.run(
        ["pdfinfo", str(tmp_path / "表.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert "841.89 x 595" in found
    pages = next(int(line.split()[1]) for line in found.splitlines() if line.startswith("Pages"))
    assert 2 <= pages <= 4
    for page in range(1, pages):
        text = ["pdftotext", "-f", str(page), "-l", str(page), str(tmp_path / "表.pdf"), "-"]
        shown = subprocess.run(text, check=True, capture_output=True, text=True).stdout
        assert re.search(rf"—\s*{page}\s*—", shown)


def test_templates_that_libreoffice_saved_anew_draw_the_same_texts(book: Book, tmp_path: Path) -> None:
    """An office opens a template, changes its looks and saves it: the words still come."""
    shutil.copytree(PAPERS, tmp_path / "project")
    restyled = tmp_path / "project" / "templates" / "word"
    templates = [str(path) for path in sorted((ROOT / "templates" / "word").glob("*.docx"))]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(restyled), *templates]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = book_of(tmp_path / "project")
    assert again.project.template("word/task_list.docx").parent == restyled
    assert list(check_templates(again)) == []
    for one, other in zip(_texts(book), _texts(again), strict=True):
        assert one == other


def _texts(book: Book) -> list[list[str]]:
    """The lines of one paper of each kind, without the names of styles, which LibreOffice makes anew."""
    drawn = (
        task_list_word.draw_task_list(book, Item("housing")),
        responsibility_table.draw_responsibility_table(book, Item("all")),
        draw_form(book, book.forms["action-2025", "housing"]),
    )
    return [[re.sub(r"^\w+: ", "", line) for line in document_text(docx).splitlines()] for docx in drawn]
