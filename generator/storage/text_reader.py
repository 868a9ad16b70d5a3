"""A file on disk → its text. Everything that is not a short UTF-8 text is refused, with its place."""

from __future__ import annotations

import errno
import re
import stat
from pathlib import Path

from generator.findings import Finding, Place, Severity, shown

MAX_BYTES = 2_000_000

# Not allowed in XML, so no page or Word file could hold them; U+0085, U+2028 and U+2029 break lines in YAML only.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

REASONS = {
    errno.ENOENT: "文件不存在，或是链接所指的文件不存在",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EBUSY: "正被别的程序使用",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EADDRINUSE: "这个地址正被别的程序使用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ELOOP: "链接循环，指不到文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOSPC: "磁盘已满",
}


class RefusedError(Exception):
    """A file that is not read any further; carries its finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def refusal(path: str, rule: str, message: str, line: int = 1, column: int = 1) -> RefusedError:
    """The refusal of a file at a place in it."""
    return RefusedError(Finding(Place(path, line, column), rule, Severity.ERROR, message))


def read_text(path: Path, shown_path: str, limit: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file of at most `limit` bytes; RefusedError says why not."""
    return _decoded(_content(path, shown_path, limit), shown_path)


def read_printable_text(path: Path, shown_path: str) -> str:
    """As `read_text`, of a file that is to be printed: nothing in it may break a page or a Word file."""
    text = read_text(path, shown_path)
    found = UNREADABLE.search(text)
    if found:
        message = f"此处有不可见的控制字符 {code_point(found.group())}；请删去，计划文件应为普通文字"
        raise refusal(shown_path, "file", message, *position(text, found.start()))
    return text


def _content(path: Path, shown_path: str, limit: int) -> bytes:
    try:
        # A named pipe would keep the reader waiting for ever, so the kind of file is asked first.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "文件夹" if stat.S_ISDIR(mode) else "特殊文件"
            raise refusal(shown_path, "file", f"这是{kind}，不是普通文件；应为 UTF-8 文本文件")
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except (OSError, ValueError) as fault:
        raise refusal(shown_path, "file", f"无法打开：{reason(fault)}；应为 UTF-8 文本文件") from None
    if len(content) > limit:
        message = f"文件超过 {limit // 1000} KB；计划文件应为短小的文本"
        raise refusal(shown_path, "file", message)
    return content


def reason(fault: OSError | ValueError) -> str:
    """Why the system could not open something, in Chinese."""
    if isinstance(fault, OSError):
        return REASONS.get(fault.errno or 0, shown(fault.strerror or "系统拒绝"))
    return "文件名中有不能用的字符"


def _decoded(content: bytes, shown_path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        place = position(content.decode("utf-8-sig", errors="replace"), _characters(content, fault.start))
        message = f"第 {fault.start + 1} 个字节不是 UTF-8 文字{_likely_encoding(content)}；请用 UTF-8 编码另存"
        raise refusal(shown_path, "file", message, *place) from None


def _characters(content: bytes, end: int) -> int:
    return len(content[:end].decode("utf-8-sig", errors="replace"))


def _likely_encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "（像是 UTF-16，即记事本的“Unicode”）"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "（像是 GBK，即记事本的“ANSI”）" if not UNREADABLE.search(text) else ""


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character of a text; lines end as YAML ends them."""
    lines = re.split("\r\n|\r|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1


def code_point(char: str) -> str:
    """`U+200B`."""
    return f"U+{ord(char):04X}"
