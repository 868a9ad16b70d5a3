"""Lines of a calendar file as RFC 5545 has them: escaped, and folded so that no line exceeds 75 octets."""

from __future__ import annotations

from dataclasses import dataclass

from generator.office.xml_text import xml_text

LINE = 74
"""Octets of a line; the space that begins a folded line comes on top."""
CHARACTER_GOES_ON = 0b10
"""How the second and later octets of a character in UTF-8 begin."""
ESCAPES = b"\\^"
"""No line ends with what begins an escape: some programs read line by line."""


@dataclass(frozen=True)
class EntryFrame:
    """An entry before and behind its description."""

    before: bytes
    after: bytes

    def described(self, text: str) -> bytes:
        """The whole entry."""
        return self.before + content_line("DESCRIPTION", lines_only(text)) + self.after


def lines_only(text: str) -> str:
    """Text in which no character but a plain line feed can end a line of the calendar."""
    return "\n".join(xml_text(text).splitlines())


def content_line(name: str, text: str) -> bytes:
    """`name:text` with the text escaped; its line ends are line feeds."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return folded(f"{name}:{escaped}".encode()) + b"\r\n"


def folded(line: bytes) -> bytes:
    """A line broken between characters."""
    pieces, start = [], 0
    while len(line) - start > LINE:
        end = start + LINE
        while line[end] >> 6 == CHARACTER_GOES_ON:
            end -= 1
        if line[end - 1] in ESCAPES:
            end -= 1
        pieces.append(line[start:end])
        start = end
    return b"\r\n ".join((*pieces, line[start:]))
