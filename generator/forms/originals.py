"""Returned files as they came (原件), found in the folder of returns by what they hold, not by their names."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.forms.intake import MAX_ARCHIVE, MAX_SCAN
from generator.forms.safe_zip import RefusedFileError, SafeZip


def originals(folder: Path, digests: Collection[str]) -> dict[str, bytes]:
    """sha256 → content of the files below a folder, those in zips included; what is not there is missing."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_SCAN:
            for content in _contents(path):
                digest = hashlib.sha256(content).hexdigest()
                if digest in digests:
                    found[digest] = content
    return found


def _contents(path: Path) -> Iterator[bytes]:
    """The file itself, and what lies in it where it is a zip; a broken zip holds nothing."""
    content = path.read_bytes()
    yield content
    if path.suffix.lower() == ".zip" and len(content) <= MAX_ARCHIVE:
        try:
            archive = SafeZip(content, MAX_ARCHIVE)
            for name, member in archive.members.items():
                if not member.is_dir():
                    yield archive.read(name)
        except RefusedFileError:
            return
