"""What cannot be read is refused with what to do instead; nothing hostile costs more than a moment."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from generator.findings import PlanError
from tests.import_documents import as_docx, as_pdf, as_text, as_xlsx
from tests.import_reading import drafted

TEXT = ["云河县绿化方案", "一、重点任务", "1.植树。2025年底前植树100亩。（县林业局负责）"]
CHAPTERS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
ITEMS = "".join(f"{number}.植树{number}亩。\n" for number in range(1, 999))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(name: str, content: bytes) -> str:
    """The message with which a file is refused."""
    with pytest.raises(PlanError) as caught:
        drafted(name, content)
    assert len(caught.value.findings) == 1
    assert caught.value.findings[0].place.file == name
    return caught.value.findings[0].message


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one member changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped(
            {
                name: change(archive.read(name)) if name == member else archive.read(name)
                for name in archive.namelist()
            }
        )


def picture_only_pdf() -> bytes:
    return as_pdf([], pages_numbered=False)


def encrypted_pdf() -> bytes:
    broken = as_pdf(TEXT)
    entry = (
        b"trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /O ("
        + b"o" * 32
        + b") /U ("
        + b"u" * 32
        + b") /P -4 >>"
    )
    return broken.replace(b"trailer <<", entry + b" /ID [(a) (a)]")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b" \n\n ", "文件是空的"),
        ("a.txt", b"\x80\xff\xfe\x81" * 500, "编码认不出来"),
        ("a.txt", "一、任务".encode("utf-16-le"), "空字节"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "旧版 Excel"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "已加密"),
        ("a.rtf", b"{\\rtf1 abc}", "RTF"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "这是图片"),
        ("a.zip", zipped({"a.txt": b"x"}), "压缩包"),
        ("a.ofd", zipped({"OFD.xml": b"<x/>"}), "OFD"),
        ("a.odt", zipped({"content.xml": b"<x/>"}), "OpenDocument"),
        ("a.xyz", as_text(TEXT), "不认识这种文件"),
        ("a", as_text(TEXT), "不认识这种文件"),
        ("a.docx", as_text(TEXT), "内容却是纯文本"),
        ("a.pdf", as_docx(TEXT), "内容却是Word"),
        ("a.txt", as_pdf(TEXT), "内容却是PDF"),
        ("a.txt", b"<!DOCTYPE html><html><body>x</body></html>", "内容却是网页"),
        ("a.docx", as_xlsx([["一", "二"]]), "内容却是Excel"),
        ("a.pdf", b"%PDF-1.4\nrubbish", "PDF 已损坏"),
        ("a.pdf", picture_only_pdf(), "PDF 里没有文字"),
        ("a.pdf", encrypted_pdf(), "PDF 已加密"),
        ("a.docx", as_docx(TEXT)[:3000], "已损坏"),
        ("a.docx", changed(as_docx(TEXT), "word/document.xml", lambda _: b"<w:document"), "已损坏"),
        ("a.xlsx", changed(as_xlsx([["一", "二"]]), "xl/workbook.xml", lambda _: b"<workbook"), "已损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, content: bytes, told: str) -> None:
    message = refused(name, content)
    assert told in message
    assert "请" in message


@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml"])
def test_entities_are_refused_before_anything_reads_them(member: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'"><!ENTITY b "&a;&a;&a;">]>'
    content = changed(as_docx(TEXT), member, lambda xml: xml.replace(b"?>", b"?>" + bomb, 1))
    assert "XML 实体" in refused("a.docx", content)


@pytest.mark.slow
def test_a_zip_bomb_is_refused_in_no_time() -> None:
    bomb = zipped({"word/document.xml": b"<w:document>" + b" " * 350_000_000 + b"</w:document>"})
    assert len(bomb) < 1_000_000
    started = time.monotonic()
    assert "展开后太大" in refused("a.docx", bomb)
    assert time.monotonic() - started < 20


@pytest.mark.slow
def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    packed = as_pdf(["云" * 10])
    import zlib

    bomb = zlib.compress(b" " * 320_000_000, 9)
    content = packed.replace(
        b"%%EOF", b"9 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + bomb + b"\nendstream\n%%EOF"
    )
    assert "展开后太大" in refused("a.pdf", content)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一\n" * 50_000, "行"),
        ("推进工作" * 200_000, "万字"),
        ("一、\n附件1\n某某县工作实施方案\n" * 5_000, "从头开始"),
        ("".join(f"{chapter}、{'植树。' * 2}\n" + ITEMS for chapter in CHAPTERS), "超过"),
    ],
)
def test_what_is_too_much_for_a_plan_is_refused(text: str, told: str) -> None:
    assert told in refused("a.txt", text.encode())


@pytest.mark.parametrize("plan_id", ["方案", "Plan", "1a", "source", "a" * 60, "a b", "../x"])
def test_an_id_that_cannot_be_a_folder_is_refused(plan_id: str) -> None:
    with pytest.raises(PlanError, match="不能用"):
        drafted("a.txt", as_text(TEXT), plan_id)
