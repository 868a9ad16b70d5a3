"""A paragraph that is being put together line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.importing.documents import Line
from generator.importing.traced import Traced, joined
from generator.phrases.characters import alike

TAG = re.compile(r"</?sub>")


@dataclass
class Open:
    """A paragraph that is not finished yet."""

    _first: str
    _line: Line
    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    wheres: list[str] = field(default_factory=list)
    length: int = 0
    depth: int = 0
    quoted: int = 0

    def __post_init__(self) -> None:
        self.add(self._first, self._line)

    def add(self, text: str, line: Line, between: str = "") -> None:
        """Take a line on."""
        piece = between + text
        self.pieces.append(piece)
        self.starts.append(self.length)
        self.wheres.append(line.where)
        self.length += len(piece)
        self.last, self.line = text, line
        folded = alike(piece)
        self.depth = max(
            0, self.depth + folded.count("(") + folded.count("[") - folded.count(")") - folded.count("]")
        )
        self.quoted = max(
            0, self.quoted + piece.count("《") + piece.count("“") - piece.count("》") - piece.count("”")
        )

    @property
    def text(self) -> str:
        """What stands in it so far."""
        if len(self.pieces) > 1:
            self.pieces = ["".join(self.pieces)]
        return self.pieces[0]

    @property
    def head(self) -> str:
        """Its first characters."""
        return self.pieces[0][:60]

    def closed(self) -> Traced:
        """The finished paragraph, without tags that a line end had cut in two."""
        whole = Traced(self.text, tuple(self.starts), tuple(self.wheres))
        tags = list(TAG.finditer(whole.text))
        ends = (0, *(tag.end() for tag in tags))
        starts = (*(tag.start() for tag in tags), len(whole.text))
        return joined(whole.cut(*span) for span in zip(ends, starts, strict=True)) if tags else whole
