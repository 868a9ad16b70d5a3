"""What a file is, by its content: a name says little, and what cannot be read is told with what to do instead."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from generator.findings import PlanError
from generator.importing.documents.received import refusal

MAX_BYTES = 60_000_000
MAX_UNPACKED = 300_000_000
MAX_MEMBERS = 5_000

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
}
TEXTUAL = frozenset(("text", "markdown", "html", "csv"))
NAMES = {
    "text": "纯文本（.txt）",
    "html": "网页（.html）",
    "docx": "Word 文档（.docx）",
    "pdf": "PDF（.pdf）",
    "xlsx": "Excel 工作簿（.xlsx）",
}
ADVICE = {
    "doc": "这是旧版 Word 文档（.doc 或 .wps）；请用 Word 或 WPS 打开，另存为 .docx 后再导入",
    "xls": "这是旧版 Excel 工作簿（.xls 或 .et）；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入",
    "encrypted": "文件已加密，读不出内容；请用密码打开，去掉密码后另存，再导入",
    "rtf": "这是 RTF 文档；请用 Word 或 WPS 打开，另存为 .docx 后再导入",
    "picture": "这是图片，没有文字可读；请先做文字识别（OCR），存为 .docx 或 .txt 后再导入",
    "ofd": "这是 OFD 版式文件；请用阅读器导出为 PDF 或 .docx 后再导入",
    "odt": "这是 OpenDocument 文档；请另存为 .docx 后再导入",
    "pptx": "这是演示文稿；请把文字另存为 .docx 或 .txt 后再导入",
    "zip": "这是压缩包；请解压后，导入其中的文档",
    "damaged": "文件已损坏，打不开；请重新下载或另存一份后再导入",
    "bomb": "压缩内容展开后太大，不像是公文；请另存一份干净的文件后再导入",
    "entities": "文件内有 XML 实体声明，不予读取；请用 Word、Excel 或 WPS 另存一份后再导入",
}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
    ("content.xml", "odt"),
)
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def kind_of(name: str, content: bytes) -> str:
    """text, markdown, html, docx, pdf, xlsx or csv; PlanError where it is none, or not what its name says."""
    if len(content) > MAX_BYTES:
        raise refusal(name, f"文件超过 {MAX_BYTES // 1_000_000} MB，不像是公文；请只导入文件本身，图片可以去掉")
    if not content.strip(b"\x00\t\n\r "):
        raise refusal(name, "文件是空的；请核对是不是下载或复制不完整")
    said = SUFFIXES.get(_suffix(name))
    found = _sniffed(content)
    if found in ADVICE:
        raise refusal(name, ADVICE[found])
    if said is None:
        known = "、".join(
            suffix for suffix in SUFFIXES if suffix not in {".text", ".markdown", ".htm", ".docm", ".xlsm"}
        )
        raise refusal(name, f"不认识这种文件；可以导入的有 {known}，请另存为其中一种")
    if said != found and not (said in TEXTUAL and found == "text") and not (said == "html" and found == "text"):
        raise _mismatch(name, found)
    return said


def _suffix(name: str) -> str:
    return ("." + name.rpartition(".")[2].lower()) if "." in name else ""


def _mismatch(name: str, found: str) -> PlanError:
    message = f"文件名的后缀是 {_suffix(name)}，内容却是{NAMES[found]}；请改成与内容相符的后缀，或重新下载后再导入"
    return refusal(name, message)


def _sniffed(content: bytes) -> str:
    head = content[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if content.startswith(_OLE):
        return _compound(content)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(_PICTURES) and b"\x00" in head:
        return "picture"
    return "html" if _HTML.match(content[:4096]) else "text"


def _compound(content: bytes) -> str:
    """An old Office file, or a new one under a password: both are the same sort of container."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    return "xls" if "Workbook".encode("utf-16-le") in content else "doc"


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            kind = next((kind for name, kind in _ZIP_MEMBERS if name in names), "zip")
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                return "bomb"
            return _xml_fault(archive, members) or kind if kind in {"docx", "xlsx"} else kind
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return "damaged"


def _xml_fault(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    """Entities could unpack without end, and a zip's directory may lie about sizes; so the text is looked at."""
    total = 0
    for member in members:
        if member.flag_bits & 1:
            return "encrypted"
        if not member.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(member) as stream:
            last = b""
            while chunk := stream.read(1 << 20):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    return "bomb"
                if _ENTITY.search(last + chunk):
                    return "entities"
                last = chunk[-16:]
    return None
