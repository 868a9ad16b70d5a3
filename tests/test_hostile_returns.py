"""Files that mean harm, or are merely broken, are refused with a reason, quickly and in little memory."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import build_book
from generator.project import Project
from tests.returned_forms import DAY, book_in, returned

# Takes too long for the suite that runs at every change.
pytestmark = pytest.mark.slow

SECONDS = 5
"""Of the processor, so that other work on the machine does not count."""
MEGABYTES = 300
COLLECT = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from datetime import date
from pathlib import Path
from generator.pipeline import build_book
from generator.project import Project
from generator.forms.collection import collect
book = build_book(Project(Path(sys.argv[1])), date(2024, 9, 20))
before = time.process_time()
found = collect(book, [Path(sys.argv[1]) / "returns"])
print(time.process_time() - before)
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
for one in found.accounts:
    print(one.outcome, one.name.encode("unicode_escape").decode(), "".join(one.notes))
"""
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
BOOK = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml" Type="t"/></Relationships>'


def zipped(parts: dict[str, bytes | str], folder: Path, name: str) -> None:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def workbook(sheet: bytes | str, **more: bytes | str) -> dict[str, bytes | str]:
    return {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELS, "xl/worksheets/sheet1.xml": sheet, **more}


def zip_bomb(folder: Path) -> None:
    zipped(workbook(b"<a>" + b" " * 100_000_000), folder, "a.xlsx")


def lying_zip(folder: Path) -> None:
    """The directory says 10 bytes; what comes out is 120 MB."""
    zipped(workbook(b"<a>" + bytes(range(32, 127)) * 1_300_000), folder, "a.xlsx")
    content = bytearray((folder / "a.xlsx").read_bytes())
    size = len(b"<a>" + bytes(range(32, 127)) * 1_300_000).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (1000).to_bytes(4, "little")
    (folder / "a.xlsx").write_bytes(content)


def entity_bomb(folder: Path) -> None:
    entities = "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "ha"}{"&e" + str(n - 1) + ";" if n else ""}">'
        for n in range(40)
    )
    sheet = f"<!DOCTYPE a [{entities}]>" + SHEET.format("<row><c><v>&e39;</v></c></row>")
    zipped(workbook(sheet), folder, "a.xlsx")


def external_entity(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("机密内容", "utf-8")
    doctype = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{folder.parent}/secret.txt">]>'
    zipped(workbook(doctype + SHEET.format('<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>')), folder, "a.xlsx")


def external_entity_in_word(folder: Path) -> None:
    body = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    zipped({"word/document.xml": body}, folder, "a.docx")


def utf16_entities(folder: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    zipped(workbook(text.encode("utf-16")), folder, "a.xlsx")


def macros(folder: Path) -> None:
    zipped(workbook(SHEET.format(""), **{"xl/vbaProject.bin": b"macro"}), folder, "a.xlsx")


def macros_in_word(folder: Path) -> None:
    zipped({"word/document.xml": "<a/>", "word/vbaProject.bin": b"macro"}, folder, "a.docx")


def climbing_names(folder: Path) -> None:
    zipped({"../../plan/units.yml": "units: []", "/etc/passwd": "x", "C:/a.xlsx": "x"}, folder, "a.zip")


def nothing(folder: Path) -> None:
    with (folder / "a.xlsx").open("wb") as stream:
        stream.truncate(200_000_000)


def nothing_in_a_zip(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.xlsx", "w") as part,
    ):
        for _ in range(200):
            part.write(bytes(1_000_000))


def renamed_program(folder: Path) -> None:
    (folder / "区住建局9月调度表.xlsx").write_bytes(b"MZ\x90\x00" + bytes(5000))


def broken_zip(folder: Path) -> None:
    zipped(workbook(SHEET.format("<row/>") + os.urandom(4000).hex()), folder, "a.xlsx")
    content = bytearray((folder / "a.xlsx").read_bytes())
    (folder / "a.xlsx").write_bytes(content[: len(content) // 2])
    content[200:400] = bytes(200)
    (folder / "b.xlsx").write_bytes(content)


def many_rows(folder: Path) -> None:
    row = '<row r="{0}"><c r="A{0}" t="str"><v>行动-01</v></c><c r="B{0}" t="str"><v>进展{0}</v></c></row>'
    zipped(workbook(SHEET.format("".join(row.format(number) for number in range(1, 100_001)))), folder, "a.xlsx")


def wide_sheet(folder: Path) -> None:
    cells = "".join(f'<c r="A1"><v>{n}</v></c>' for n in range(400_000))
    zipped(workbook(SHEET.format(f'<row r="1">{cells}</row>')), folder, "a.xlsx")


def deep_xml(folder: Path) -> None:
    zipped(workbook(SHEET.format("<row>" * 20_000 + "</row>" * 20_000)), folder, "a.xlsx")


def many_members(folder: Path) -> None:
    zipped({f"{n}.txt": "x" for n in range(5000)}, folder, "a.zip")


def nested_zip(folder: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", "x")
    zipped({"b.zip": inner.getvalue()}, folder, "a.zip")


def encrypted(folder: Path) -> None:
    zipped(workbook(SHEET.format("")), folder, "a.xlsx")
    content = bytearray((folder / "a.xlsx").read_bytes())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    (folder / "a.xlsx").write_bytes(content)


def a_link_to_the_outside(folder: Path) -> None:
    (folder / "a.xlsx").symlink_to("/etc/passwd")


def an_empty_file(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(b"")


def stored(parts: dict[str, bytes | str], folder: Path, name: str) -> None:
    """A zip without compression, which no measure of bloating sees."""
    with zipfile.ZipFile(folder / name, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


WORD_BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def millions_of_paragraphs(folder: Path) -> None:
    stored({"word/document.xml": WORD_BODY.format("<w:p/>" * 3_000_000)}, folder, "a.docx")


def as_many_paragraphs_as_are_let_in(folder: Path) -> None:
    stored({"word/document.xml": WORD_BODY.format("<w:p/>" * 299_000)}, folder, "a.docx")


def millions_of_unknown_elements(folder: Path) -> None:
    stored(workbook(SHEET.format("<row/>") + "<x/>" * 4_000_000), folder, "a.xlsx")


def many_strings(folder: Path) -> None:
    strings = "<sst>" + "<si><t>a</t></si>" * 290_000 + "</sst>"
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    stored(workbook(SHEET.format(""), **{"xl/sharedStrings.xml": strings.replace("<sst>", f"<sst {namespace}>")}), folder, "a.xlsx")  # fmt: skip


def many_sheets(folder: Path) -> None:
    """Many names for many parts, each just below the limit of one sheet."""
    names = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(45))
    relations = "".join(f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml" Type="t"/>' for n in range(45))
    cells = "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 40}</row>' for n in range(1, 2400))
    book = BOOK.replace('<sheet name="a" sheetId="1" r:id="r1"/>', names)
    parts: dict[str, bytes | str] = {"xl/workbook.xml": book}
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'  # fmt: skip
    noise = os.urandom(12_000).hex()
    parts |= {f"xl/worksheets/sheet{n}.xml": SHEET.format(cells) + f"<!--{noise}-->" for n in range(45)}
    zipped(parts, folder, "a.xlsx")


def old_file_with_macros(folder: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "_VBA_PROJECT".encode("utf-16-le")
    (folder / "区住建局9月.xls").write_bytes(content)


def open_document_with_macros(folder: Path) -> None:
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    zipped({**parts, "Basic/Standard/Module1.xml": "<a/>"}, folder, "区住建局9月.ods")


def many_merged_cells(folder: Path) -> None:
    merged = "".join(f'<mergeCell ref="A{n}:Z{n + 1}"/>' for n in range(1, 60_000, 2))
    sheet = SHEET.format('<row r="1"><c r="A1" t="str"><v>任务编号</v></c></row>')
    zipped(
        workbook(sheet.replace("</worksheet>", f"<mergeCells>{merged}</mergeCells></worksheet>")), folder, "a.xlsx"
    )


def huge_numbers(folder: Path) -> None:
    cell = '<c r="A99999999999" t="s"><v>99999999999999999999</v></c><c r="ZZZZ1"><v>1e999</v></c>'
    zipped(workbook(SHEET.format(f'<row r="99999999999999">{cell}</row>')), folder, "a.xlsx")


HOSTILE: tuple[tuple[Callable[[Path], None], str], ...] = (
    (zip_bomb, "太大"),
    (lying_zip, ""),
    (entity_bomb, "实体"),
    (external_entity, "实体"),
    (external_entity_in_word, "实体"),
    (utf16_entities, "实体"),
    (macros, "宏"),
    (macros_in_word, "宏"),
    (climbing_names, "指向包外"),
    (nothing, "超过"),
    (nothing_in_a_zip, "太大"),
    (renamed_program, "程序"),
    (broken_zip, "损坏"),
    (many_rows, "行"),
    (wide_sheet, "太多"),
    (deep_xml, "损坏"),
    (many_members, "太多"),
    (nested_zip, "压缩包里还有压缩包"),
    (encrypted, "密码"),
    (a_link_to_the_outside, "链接"),
    (an_empty_file, "空的"),
    (huge_numbers, "任务编号"),
    (millions_of_paragraphs, "太多"),
    (as_many_paragraphs_as_are_let_in, "不是下发的"),
    (millions_of_unknown_elements, "太多"),
    (many_strings, "太多"),
    (many_sheets, "格"),
    (old_file_with_macros, "宏"),
    (open_document_with_macros, "宏"),
    (many_merged_cells, "合并"),
)


@pytest.mark.parametrize(("make", "reason"), HOSTILE, ids=[make.__name__ for make, _ in HOSTILE])
def test_a_hostile_file_is_refused_with_a_reason_quickly_and_in_little_memory(
    tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    book = book_in(tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "plan").rglob("*") if path.is_file()}
    (tmp_path / "returns").mkdir()
    make(tmp_path / "returns")
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", COLLECT, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seconds, megabytes, *accounts = done.stdout.splitlines()
    assert accounts
    assert all(line.startswith("refused ") for line in accounts), accounts
    assert all(reason in line for line in accounts), accounts
    assert float(seconds) <= SECONDS
    assert int(megabytes) <= MEGABYTES
    assert time.monotonic() - begun < 60
    assert {path: path.read_bytes() for path in (tmp_path / "plan").rglob("*") if path.is_file()} == before
    assert book.plans


def test_a_hostile_file_does_not_keep_a_good_one_from_being_taken(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    returned(book, tmp_path / "returns", "housing", {"要点-01": {"state": "正常推进"}}, "z.xlsx")
    entity_bomb(tmp_path / "returns")
    done = subprocess.run(
        [sys.executable, "-c", COLLECT, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert [line.split()[0] for line in done.stdout.splitlines()[2:]] == ["refused", "taken"]


KILLED = """
import os, shutil, signal, sys
from datetime import date
from pathlib import Path
from generator.pipeline import build_book
from generator.project import Project
from generator.forms.collection import collect

root = Path(sys.argv[1])
progress = root / "plan/annual-2024/progress"
start = {path: path.read_bytes() for path in progress.rglob("*.yml")}
book = build_book(Project(root), date(2024, 9, 20))

def deadly(function, left):
    def called(*given, **named):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*given, **named)
    return called

def run(step):
    left = [step]
    for place, name in ((os, "fsync"), (os, "fdopen"), (Path, "mkdir"), (Path, "chmod"), (Path, "replace")):
        setattr(place, name, deadly(getattr(place, name), left))
    collect(book, [root / "returns"])
    os._exit(0)

for step in range(1, 60):
    shutil.rmtree(progress, ignore_errors=True)
    for path, content in start.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    child = os.fork() or run(step)
    _, status = os.waitpid(child, 0)
    lying = {str(path.relative_to(progress)): path.read_text("utf-8") for path in progress.rglob("*.yml")}
    print(repr((os.WTERMSIG(status), lying)))
    if status == 0:
        break
"""
"""Collecting that is killed (-9) before the n-th of its own steps on the disk, for every n, and what lies there then."""


def killed_at_every_step(root: Path) -> list[dict[str, str]]:
    """What lies in progress/ after each kill, and at last after a run that was not killed."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(root)], capture_output=True, text=True, check=True)
    steps = [ast.literal_eval(line) for line in done.stdout.splitlines()]
    assert [signal for signal, _ in steps] == [9] * (len(steps) - 1) + [0]
    return [lying for _, lying in steps]


def test_killed_at_any_step_on_the_disk_every_return_is_whole_or_absent(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    units = {"housing": "要点-01", "water": "要点-02", "north-town": "要点-01"}
    for unit, task in units.items():
        returned(book, tmp_path / "returns", unit, {task: {"state": "正常推进", "progress": "长" * 3000}})
    *killed, whole = killed_at_every_step(tmp_path)
    assert set(whole) == {f"2024-09/{unit}.yml" for unit in units}
    assert all("长" * 3000 in text for text in whole.values())
    assert all(whole[name] == text for lying in killed for name, text in lying.items())
    assert len({len(lying) for lying in killed}) > 2, "some kills must fall between two files"
    assert len(build_book(Project(tmp_path), DAY).plan("annual-2024").returns) == len(units)


def test_killed_while_a_correction_is_written_the_return_is_the_old_one_or_the_new(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    answers = {"state": "正常推进", "progress": "旧" * 3000}
    path = returned(book, tmp_path / "returns", "housing", {"要点-01": answers})
    (old,) = killed_at_every_step(tmp_path)[-1].values()
    path.unlink()
    returned(book, tmp_path / "returns", "housing", {"要点-01": {**answers, "progress": "新" * 3000}}, "b.xlsx")
    *killed, last = killed_at_every_step(tmp_path)
    (new,) = last.values()
    assert "旧" * 3000 in new, "what was there before stays in the row's history"
    assert {text for lying in killed for text in lying.values()} == {old}
    assert all(len(lying) == 1 for lying in killed)
