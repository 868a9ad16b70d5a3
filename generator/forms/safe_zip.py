"""Reading a zip that anyone may have made: by name, with limits, never unpacked to a folder."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

MAX_FILE = 20_000_000
"""A form is a few hundred kilobytes; photographs belong in the evidence folder."""
MAX_MEMBERS = 2_000
MAX_UNPACKED = 200_000_000
MAX_PART = 40_000_000
MAX_RATIO = 200
MAX_TAGS = 300_000
"""A form has some 30,000; in memory each takes a hundred bytes, however short it is in the file."""
MAX_TAGS_PASSING = 1_500_000
"""Of a part that is read and cleared as it passes."""
CHUNK = 1 << 16


class RefusedFileError(Exception):
    """A file that is not read any further; its text says why, in Chinese, and what to do."""


class SafeZip:
    """Named parts of a zip; whatever is wrong with it is a RefusedFileError."""

    def __init__(self, content: bytes, limit: int = MAX_FILE) -> None:
        if len(content) > limit:
            raise RefusedFileError(f"文件超过 {limit // 1_000_000} MB；请去掉图片和附件后重发")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, UnicodeError):
            raise RefusedFileError("文件已损坏，打不开；请重新保存后重发") from None
        if len(members) > MAX_MEMBERS:
            raise RefusedFileError(f"压缩包内有 {len(members)} 个文件，太多，不予读取")
        if sum(member.file_size for member in members) > MAX_UNPACKED or any(map(_bloated, members)):
            raise RefusedFileError("压缩内容展开后太大，不予读取；请用 Excel、Word 或 WPS 重新填写一份")
        if any(member.flag_bits & 1 for member in members):
            raise RefusedFileError("文件加了密码，读不出内容；请去掉密码后重发")
        self.members = {member.filename: member for member in members}

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def read(self, name: str) -> bytes:
        """One part, whole; a directory of the zip may lie about sizes, so what comes out is counted."""
        found = bytearray()
        for chunk in self._chunks(name):
            found += chunk
            if len(found) > MAX_PART:
                raise RefusedFileError("压缩内容展开后太大，不予读取；请用 Excel、Word 或 WPS 重新填写一份")
        return bytes(found)

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(self.members[name]) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            raise RefusedFileError("文件已损坏，打不开；请重新保存后重发") from None

    def xml(self, name: str) -> etree._Element:
        """One part as XML: no entities, no references to the outside."""
        return parsed(self.read(name))


def _bloated(member: zipfile.ZipInfo) -> bool:
    return member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(1, member.compress_size)


def refuse_entities(content: bytes) -> None:
    """Office files have no document type; one that has it tries to smuggle something in."""
    plain = content.replace(b"\x00", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise RefusedFileError("文件内有 XML 实体声明，不予读取；请用 Excel、Word 或 WPS 另存一份后重发")


def _refuse_masses(content: bytes, limit: int) -> None:
    if content.count(b"<") > limit:
        raise RefusedFileError("文件内容太多，不像是下发的表；请只发下发的表")


def parsed(content: bytes) -> etree._Element:
    """XML from an untrusted file."""
    refuse_entities(content)
    _refuse_masses(content, MAX_TAGS)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedFileError("文件已损坏，打不开；请重新保存后重发") from None


def elements(content: bytes, names: tuple[str, ...], inside: tuple[str, ...] = ()) -> Iterator[etree._Element]:
    """Elements of the given names, for the caller to clear.

    Those of a long part come as they end, what is named `inside` them before them: they are never all held.
    """
    if content.count(b"<") <= MAX_TAGS:
        yield from parsed(content).iter(*names)
        return
    refuse_entities(content)
    _refuse_masses(content, MAX_TAGS_PASSING)
    limits = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    try:
        for _, element in etree.iterparse(io.BytesIO(content), tag=(*names, *inside), **limits):
            yield element
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedFileError("文件已损坏，打不开；请重新保存后重发") from None
