"""Characters that no plan may hold, and those that a PDF mistakes for others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from generator.importing.documents.received import LeftOut

LINE_ENDS = re.compile("\r\n|\r|\x0b|\x85|\u2028|\u2029")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# ⽅ and ⼯ look like 方 and 工 but are other characters, so that no search would find the word.
RADICALS = re.compile("[\u2e80-\u2fdf]")


class Cleaner:
    """Cleans the texts of one document, and keeps account of what it took out or put right."""

    def __init__(self) -> None:
        self._gone: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def clean(self, text: str, where: str) -> str:
        """The text with plain line ends, nothing invisible, and radicals as the characters that they show."""
        plain = LINE_ENDS.sub("\n", text)
        if INVISIBLE.search(plain):
            self._count(INVISIBLE.findall(plain), where)
            plain = INVISIBLE.sub("", plain)
        return RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), plain)

    def _count(self, gone: Iterable[str], where: str) -> None:
        for char in gone:
            self._gone[char] += 1
            self._first.setdefault(char, where)

    def left_out(self) -> tuple[LeftOut, ...]:
        """One entry for each kind of invisible character, with the place of the first."""
        return tuple(
            LeftOut(self._first[char], f"U+{ord(char):04X} × {count}", "看不见的字符")
            for char, count in sorted(self._gone.items())
        )
