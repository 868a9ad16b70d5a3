"""Zip files whose bytes depend on their content only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import IO

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
LEVEL = 3
"""Half the time of the usual level, for a twelfth more to carry of pages and a third more of papers."""
PACKED = (".docx", ".xlsx", ".zip", ".gz", ".png", ".jpg", ".woff", ".woff2")
"""Already compressed: trying again costs time and gains nothing."""
STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def zip_bytes(entries: Iterable[tuple[str, bytes | Path]]) -> bytes:
    """A zip of (name, content) in the order given, with fixed times; names are UTF-8."""
    buffer = io.BytesIO()
    zip_into(buffer, entries)
    return buffer.getvalue()


def zip_into(target: IO[bytes] | Path, entries: Iterable[tuple[str, bytes | Path]]) -> None:
    """The same into a file, behind what it holds already.

    A file given by its path is read when its turn comes: a site of many pages never lies in memory as a whole.
    """
    with zipfile.ZipFile(target, "a") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name.lower().endswith(PACKED) else zipfile.ZIP_DEFLATED
            info.create_system = UNIX  # else it tells the machine that wrote it
            info.external_attr = 0o644 << 16
            held = content.read_bytes() if isinstance(content, Path) else content
            archive.writestr(info, held, compresslevel=LEVEL)


def stamped(core: bytes, as_of: date) -> bytes:
    """docProps/core.xml with created and modified set to `as_of`."""
    return STAMPS.sub(rb"\g<1>" + f"{as_of.isoformat()}T00:00:00Z".encode() + rb"\g<2>", core)


def repeatable(office_file: bytes, as_of: date) -> bytes:
    """A .docx or .xlsx with every clock taken out: zip times fixed, created and modified set to `as_of`."""
    with zipfile.ZipFile(io.BytesIO(office_file)) as archive:
        return office_zip([(info.filename, archive.read(info)) for info in archive.infolist()], as_of)


def office_zip(parts: Iterable[tuple[str, bytes]], as_of: date) -> bytes:
    """A .docx or .xlsx of its parts, created and modified on `as_of`."""
    return zip_bytes(
        (name, stamped(content, as_of) if name == "docProps/core.xml" else content) for name, content in parts
    )
