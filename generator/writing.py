"""The only code that writes files: to a temporary name, then renamed; a killed run leaves old or new."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

WRITERS = 8
MAX_BYTES = 240
"""Of a name in UTF-8, without its suffix: Linux takes no name of more than 255."""
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def file_name(text: str, limit: int = 80) -> str:
    """Text as a file name that Windows, Linux and a zip accept; never empty, never a path."""
    whole = _harmless(text)[:limit]
    safe = whole.encode()[:MAX_BYTES].decode(errors="ignore").strip(" .")
    return f"_{safe}" if not safe or RESERVED.match(safe.split(".")[0]) else safe


def filled_name(pattern: str, words: Mapping[str, object], limit: int = 80) -> str:
    """A pattern such as `{unit}任务清单` as a file name; where it gets too long, its longest word is cut.

    What stands around the words, and the short ones, tell one paper from another: those stay.
    """
    used = {name for _, name, _, _ in Formatter().parse(pattern) if name}
    kept = {name: _harmless(str(words[name])) for name in used}
    while _too_long(pattern.format(**kept), limit) and any(kept.values()):
        longest = max(sorted(kept), key=lambda name: len(kept[name]))
        kept[longest] = kept[longest][:-1]
    return file_name(pattern.format(**kept), limit)


def path_key(path: str) -> str:
    """What is equal for paths of one file: file shares do not tell capitals from small letters."""
    return unicodedata.normalize("NFC", path).casefold()


def _harmless(text: str) -> str:
    written = text.encode(errors="replace").decode()
    return FORBIDDEN.sub("_", unicodedata.normalize("NFC", written)).strip(" .")


def _too_long(name: str, limit: int) -> bool:
    return len(name) > limit or len(name.encode()) > MAX_BYTES


def write_file(path: Path, content: bytes) -> None:
    """Write `content` at `path` whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".partial", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_files(entries: Iterable[tuple[Path, bytes]]) -> None:
    """Write many files, each whole or not at all; several wait for the disk together."""
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write_file, path, content) for path, content in entries]:
            done.result()


def fill_folder(folder: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write (relative path, content) into a folder that nobody uses yet; a path that climbs out is refused."""
    root = folder.resolve()
    for name, content in entries:
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise ValueError(f"path leaves its folder: {name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@dataclass(frozen=True)
class Stretch:
    """Bytes that lie in a file, from `start` on."""

    path: Path
    start: int
    length: int

    def read(self) -> bytes:
        """The bytes."""
        with self.path.open("rb") as stream:
            stream.seek(self.start)
            return stream.read(self.length)


def append(path: Path, content: bytes) -> Stretch:
    """Put `content` behind what a file holds; nobody else writes to it. Many small files take longer."""
    with path.open("ab") as stream:
        start = stream.seek(0, os.SEEK_END)
        stream.write(content)
    return Stretch(path, start, len(content))


def folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder as (relative path, content), in the order of their paths."""
    return ((name, path.read_bytes()) for name, path in folder_paths(folder))


def folder_paths(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder as (relative path, where it lies), in the order of their paths."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def move_files(source: Path, target: Path) -> None:
    """Every file below `source` to the same place below `target`, on the same file system."""
    for name, path in folder_paths(source):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        path.replace(target / name)


def replace_folder(new: Path, target: Path, keep: tuple[str, ...] = ()) -> None:
    """Put the finished folder `new` in the place of `target`; both must lie on one file system.

    Files named in `keep` are carried over from the old folder. Between the two renames there is no folder
    for an instant; a run killed there leaves the old one whole beside it, and the next run puts it back.
    """
    retired = retired_name(target)
    for name in keep:
        if (target / name).is_file():
            shutil.copy2(target / name, new / name)
    if target.exists():
        target.replace(retired)
    new.replace(target)
    shutil.rmtree(retired, ignore_errors=True)


def recover_folder(target: Path) -> None:
    """Undo what a killed `replace_folder` or build left beside `target`."""
    retired = retired_name(target)
    if retired.exists() and not target.exists():
        retired.replace(target)
    shutil.rmtree(retired, ignore_errors=True)
    for left in target.parent.glob(f".{target.name}.*.partial"):
        shutil.rmtree(left, ignore_errors=True)


def sibling_folder(target: Path) -> Path:
    """A new, empty folder beside `target`, on the same file system."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))


def retired_name(target: Path) -> Path:
    """Where the old folder stands while the new one takes its place."""
    return target.with_name(f".{target.name}.old")


def make_folders(paths: Iterable[Path]) -> int:
    """Make folders that are not there yet; how many were made."""
    made = 0
    for path in paths:
        made += not path.is_dir()
        path.mkdir(parents=True, exist_ok=True)
    return made
