"""What lies in the folder of returned papers: files, folders, zips, each known by its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from generator.forms.safe_zip import MAX_FILE, RefusedFileError, SafeZip

FEEDBACK_FOLDER = "退回意见"
"""Where the account goes; what lies there is never collected."""
OWN_FILES = frozenset(("收表.command", "收表.bat", "先读我.txt", "desktop.ini", "Thumbs.db"))
MAX_SCAN = 200_000_000
MAX_ARCHIVE = 100_000_000
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
RICH_TEXT = b"{\\rtf"
PACKED = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "GZ"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS_IN_OLE = "_VBA_PROJECT".encode("utf-16-le")
MACROS_IN_ODF = ("Basic/", "Scripts/")
OPEN_DOCUMENT = frozenset(("mimetype", "content.xml"))


class Kind(StrEnum):
    """What a file is, by its content (文件类别)."""

    WORKBOOK = "workbook"
    WORD = "word"
    SCAN = "scan"
    OLD = "old"
    ARCHIVE = "archive"
    REFUSED = "refused"


@dataclass(frozen=True)
class Incoming:
    """A file that came back; `reason` says why it is refused; `content` only of those that are read further."""

    name: str
    kind: Kind
    digest: str
    content: bytes = b""
    reason: str = ""
    is_converted: bool = False


def incoming_files(paths: Iterable[Path]) -> Iterator[Incoming]:
    """Every file of files, folders and zips, in the order of their names."""
    for file in _incoming(paths):
        yield replace(file, name=shown_name(file.name))


def shown_name(name: str) -> str:
    """A file's name as it can be printed and stored: no control characters, no reversed writing, no line ends."""
    return UNSHOWN.sub("�", name)


def _incoming(paths: Iterable[Path]) -> Iterator[Incoming]:
    for path in paths:
        if path.is_dir():
            inside = sorted(found for found in path.rglob("*") if not _is_own(found.relative_to(path)))
            for found in inside:
                if found.is_symlink():
                    yield _refused(str(found.relative_to(path)), "这是链接，不予读取；请放入文件本身")
                elif found.is_file():
                    yield from _of_file(found, str(found.relative_to(path)))
        else:
            yield from _of_file(path, path.name)


def _is_own(relative: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in relative.parts)
    return hidden or FEEDBACK_FOLDER in relative.parts or relative.name in OWN_FILES


def _refused(name: str, reason: str, digest: str = "") -> Incoming:
    return Incoming(name, Kind.REFUSED, digest, reason=reason)


def _of_file(path: Path, name: str) -> Iterator[Incoming]:
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
            size = path.stat().st_size
            if _is_scan(head):
                yield _scan(path, name, size)
                return
            limit = MAX_ARCHIVE if head.startswith(b"PK") and path.suffix.lower() == ".zip" else MAX_FILE
            if size > limit:
                yield _refused(name, f"文件超过 {limit // 1_000_000} MB，不予读取；请只发下发的表")
                return
            content = head + stream.read(limit + 1 - len(head))
    except OSError as fault:
        yield _refused(name, f"打不开：{fault.strerror or '系统拒绝'}")
        return
    yield from classified(name, content)


def _is_scan(head: bytes) -> bool:
    return head.startswith(PICTURES) or b"%PDF-" in head or head[4:11] in {b"ftyphei", b"ftypmif", b"ftypavi"}


def _scan(path: Path, name: str, size: int) -> Incoming:
    if size > MAX_SCAN:
        return _refused(name, f"文件超过 {MAX_SCAN // 1_000_000} MB，不予登记；请压缩后重发")
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return Incoming(name, Kind.SCAN, digest.hexdigest())


def classified(name: str, content: bytes, nested: bool = False) -> Iterator[Incoming]:
    """A file by its content; a zip gives every file in it."""
    digest = hashlib.sha256(content).hexdigest()
    if not content.strip(b"\x00\t\r\n "):
        yield _refused(name, "文件是空的；请重新发送", digest)
    elif _is_scan(content[:16]):
        yield Incoming(name, Kind.SCAN, digest)
    elif content.startswith(OLE) and MACROS_IN_OLE in content:
        yield _refused(name, "文件带有宏，不予读取；请另存为不带宏的 .xlsx 或 .docx 后重发", digest)
    elif content.startswith((OLE, RICH_TEXT)):
        yield Incoming(name, Kind.OLD, digest, content)
    elif content.startswith(b"MZ"):
        yield _refused(name, "这是程序，不是表格，不予读取；请当心来历不明的文件", digest)
    elif content.startswith(b"PK"):
        yield from _zipped(name, content, digest, nested)
    else:
        packed = next((kind for mark, kind in PACKED.items() if content.startswith(mark)), None)
        told = "不认识这种文件；请用下发的表（.xlsx 或 .docx）填写"
        yield _refused(name, f"这是 {packed} 压缩包，打不开；请解压后放入" if packed else told, digest)


def _zipped(name: str, content: bytes, digest: str, nested: bool) -> Iterator[Incoming]:
    try:
        archive = SafeZip(content, MAX_ARCHIVE)
    except RefusedFileError as refused:
        yield _refused(name, str(refused), digest)
        return
    names = set(archive.members)
    if "xl/workbook.xml" in names:
        yield Incoming(name, Kind.WORKBOOK, digest, content)
    elif "word/document.xml" in names:
        yield Incoming(name, Kind.WORD, digest, content)
    elif "OFD.xml" in names:
        yield Incoming(name, Kind.SCAN, digest)
    elif names >= OPEN_DOCUMENT and any(name.startswith(MACROS_IN_ODF) for name in names):
        yield _refused(name, "文件带有宏，不予读取；请另存为不带宏的 .xlsx 或 .docx 后重发", digest)
    elif names >= OPEN_DOCUMENT:
        yield Incoming(name, Kind.OLD, digest, content)
    elif nested:
        yield _refused(name, "压缩包里还有压缩包，不予读取；请解压后重发", digest)
    else:
        yield from _members(name, archive)


def _members(name: str, archive: SafeZip) -> Iterator[Incoming]:
    for member in sorted(archive.members.values(), key=lambda found: found.filename):
        inside = _member_name(member.filename, bool(member.flag_bits & 0x800))
        path = PurePosixPath(inside.replace("\\", "/"))
        shown = f"{name}/{path}"
        if member.is_dir() or _is_own(Path(*path.parts[:1], path.name)) or "__MACOSX" in path.parts:
            continue
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            yield _refused(shown, "压缩包内的文件名指向包外，不予读取")
            continue
        try:
            content = archive.read(member.filename)
        except RefusedFileError as refused:
            yield _refused(shown, str(refused))
            continue
        yield from classified(shown, content, nested=True)


def _member_name(name: str, is_unicode: bool) -> str:
    """Names in zips made on Chinese Windows are GBK that zipfile took for the old American code page."""
    if is_unicode or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name
