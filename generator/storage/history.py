"""A git repository's history, read through git's own plumbing; nothing of the working copy is touched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.findings import shown, suggestion

SECONDS = 60
MOST_FILES = 50_000
MOST_BYTES = 200_000_000
LONGEST_NAME = 200
FORBIDDEN = re.compile(r"^-|[\x00-\x20\x7f:]")
"""What no name of a revision holds; with `-` it would be an option, with `:` a file within a revision."""
LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
"""What git sets where it runs us as a hook, and what would lead to another repository than the project's."""
REGULAR = (b"100644", b"100755")


class HistoryError(Exception):
    """Why a revision cannot be read, in Chinese for the keeper of a plan."""


@dataclass(frozen=True)
class Revision:
    """版本: a commit by its full name, the day it was made, and the files of one folder in it."""

    commit: str
    day: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class _Entry:
    """A file in git's list: how git names its content, its size, its path below the folder."""

    blob: bytes
    size: int
    path: str


def read_revision(root: Path, written: str, folder: str, limit: int) -> Revision:
    """The files of `folder` (below `root`) at a revision; HistoryError says why not.

    A file of more than `limit` bytes is given as that many and one more: enough for a reader to refuse it.
    """
    if not written or len(written) > LONGEST_NAME or FORBIDDEN.search(written):
        raise HistoryError(f"“{shown(written)}”不能用作版本名；应为提交号、标签或分支名，如 v1.0、HEAD~3")
    commit = _commit(root, written)
    told = _git(root, "rev-list", "--max-count=1", "--date=short", "--format=%cd", commit)
    entries = tuple(_entries(root, commit, folder))
    if not entries:
        raise HistoryError(f"版本“{shown(written)}”里没有 {folder}/；请换一个较新的版本")
    day = told.decode("ascii", "replace").split("\n")[1]
    return Revision(commit, day, tuple(_contents(root, entries, limit)))


def _commit(root: Path, written: str) -> str:
    _git(root, "rev-parse", "--git-dir")
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", f"{written}^{{commit}}")
    except HistoryError:
        names = _git(root, "for-each-ref", "--format=%(refname:short)", "refs/tags", "refs/heads")
        hint = suggestion(written, names.decode("utf-8", "replace").split())
        expected = hint or "应为提交号、标签或分支名，git log 可列出"
        raise HistoryError(f"没有“{shown(written)}”这个版本；{expected}") from None
    return found.decode("ascii").strip()


def _entries(root: Path, commit: str, folder: str) -> Iterator[_Entry]:
    listed = _git(root, "ls-tree", "-r", "-l", "-z", commit, "--", f"{folder}/").split(b"\0")
    if len(listed) > MOST_FILES:
        raise HistoryError(f"这个版本的 {folder}/ 有 {len(listed)} 个文件；至多 {MOST_FILES} 个")
    total = 0
    for line in filter(None, listed):
        facts, _, name = line.partition(b"\t")
        mode, _, blob, size = facts.split()
        path = os.fsdecode(name).removeprefix(f"{folder}/")
        if mode not in REGULAR or not _stays_inside(path):
            raise HistoryError(
                f"这个版本的 {shown(f'{folder}/{path}', 200)} 是链接或子模块，不能比较；应为普通文件"
            )
        total += int(size)
        yield _Entry(blob, int(size), path)
    if total > MOST_BYTES:
        raise HistoryError(f"这个版本的 {folder}/ 超过 {MOST_BYTES // 1_000_000} MB；计划文件应为短小的文本")


def _stays_inside(path: str) -> bool:
    return not {"", ".", ".."} & set(path.split("/")) and "\\" not in path


def _contents(root: Path, entries: Sequence[_Entry], limit: int) -> Iterator[tuple[str, bytes]]:
    """The files in git's order: their contents come in one stream, each behind a line that tells its size."""
    small = [entry for entry in entries if entry.size <= limit]
    stream = _git(root, "cat-file", "--batch", given=b"".join(entry.blob + b"\n" for entry in small))
    at, contents = 0, {}
    for entry in small:
        start = stream.find(b"\n", at) + 1
        if stream[at:start].split()[1:] != [b"blob", str(entry.size).encode()]:
            raise HistoryError("git 仓库不完整，缺少这个版本的文件；请取回全部历史（git fetch --unshallow）")
        contents[entry.path] = stream[start : start + entry.size]
        at = start + entry.size + 1
    for entry in entries:
        yield entry.path, contents.get(entry.path, b" " * (limit + 1))


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints; HistoryError where there is no git, no repository, or git refuses."""
    program = shutil.which("git")
    if program is None:
        raise HistoryError("这台计算机上没有 git，读不到旧版本；请安装 git，或改为指定旧版本所在的文件夹")
    environment = {name: value for name, value in os.environ.items() if name not in LOCAL}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = [program, "-C", str(root), "--no-pager", *arguments]
    try:
        done = subprocess.run(
            command, input=given, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise HistoryError(f"git 在 {SECONDS} 秒内没有读完旧版本") from None
    if done.returncode:
        raise HistoryError(_reason(done.stderr.decode("utf-8", "replace"), root))
    return done.stdout


def _reason(said: str, root: Path) -> str:
    if "dubious ownership" in said:
        return f"git 不信任这个文件夹的所有者；请运行 git config --global --add safe.directory {shown(root, 200)}"
    if "not a git repository" in said:
        return f"{shown(root, 200)} 不在 git 仓库里，读不到旧版本；请改为指定旧版本所在的文件夹"
    return f"git 读不出旧版本：{shown(said.strip(), 200) or '原因不明'}"
