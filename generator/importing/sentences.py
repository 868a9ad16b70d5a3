"""Text → its sentences, as the document ends them; what stands in brackets or quotes is not cut."""

from __future__ import annotations

import re

from generator.importing.traced import Traced
from generator.phrases.characters import alike

_END = re.compile(r"[。!?]+[\"')\]》]*")
_PAIRS = {"(": ")", "[": "]", "《": "》", "“": "”", "‘": "’", "「": "」", "『": "』"}
_MARKS = re.compile("[()（）﹙﹚\\[\\]［］〔〕【】〖〗﹝﹞《》“”‘’「」『』]")
LONGEST = 400
"""An opening mark that is not closed within so many characters is taken for a slip."""


def split_sentences(text: Traced) -> list[Traced]:
    """The sentences in order; joined they give the text back."""
    sentences, start = [], 0
    for end in _ends(text.text):
        sentences.append(text.cut(start, end))
        start = end
    if start < len(text.text):
        sentences.append(text.cut(start))
    return sentences


def first_sentence(text: str) -> int:
    """Where the first sentence ends; the length of the text where it does not."""
    return next(iter(_ends(text)), len(text))


def _ends(text: str) -> list[int]:
    """The places after 。！？ that stand in no bracket and no quote."""
    folded = alike(text)
    inside = _inside(text, folded)
    ends: list[int] = []
    for match in _END.finditer(folded):
        place = match.start()
        if not inside[place]:
            closing = match.end()
            while closing > place + 1 and inside[closing - 1]:
                closing -= 1
            ends.append(closing)
    return ends


def _inside(text: str, folded: str) -> bytearray:
    """For each character, whether it stands between marks that open and close near each other."""
    marked = bytearray(len(text))
    waiting: list[tuple[str, int]] = []
    for mark in _MARKS.finditer(text):
        place, char = mark.start(), mark[0]
        alike_char = folded[place] if folded[place] in "()[]" else char
        if alike_char in _PAIRS:
            waiting.append((_PAIRS[alike_char], place))
            if len(waiting) > 20:
                waiting.pop(0)
        elif waiting and any(closing == alike_char for closing, _ in waiting):
            while waiting:
                closing, opened = waiting.pop()
                if closing == alike_char:
                    if place - opened <= LONGEST:
                        marked[opened : place + 1] = b"\1" * (place + 1 - opened)
                    break
    return marked
