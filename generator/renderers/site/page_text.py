"""What a page says, for looking it up: its text block by block, and the anchor that each part stands under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from generator.renderers.site.fragments import Fragments
from generator.renderers.site.text_reader import GAP, Anchor, TextReader


@dataclass(frozen=True)
class PageText:
    """Title (the first <h1>), text, and `anchors`: (offset in UTF-16 as browsers count, anchor), in order."""

    title: str
    text: str
    anchors: list[tuple[int, Anchor]]


class PageTexts:
    """Reads the pages of a site one after another; `labels` name their anchors."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.reader = TextReader(labels)

    def read(self, source: str, fields: bool, fragments: Fragments | None = None) -> PageText:
        """The text of a page's HTML; `fields` tells duties and units from other text.

        `fragments` are what comments in it stand for.
        """
        reader, parts = self.reader, fragments or Fragments()
        # Where duties are told apart, what a part says depends on where it stands.
        reader.read(parts.expanded(source) if fields else source.encode("utf-8", "replace"), fields, parts)
        pieces, anchors, length = [], [], -len(GAP)
        for anchor, runs in groupby(zip(reader.anchors, reader.words, strict=True), itemgetter(0)):
            piece = "".join([words for _, words in runs])
            anchors.append((length + piece.startswith(GAP), anchor))
            pieces.append(piece)
            length += len(piece.encode("utf-16-le", "surrogatepass")) // 2
        return PageText(reader.title, "".join(pieces).removeprefix(GAP), anchors)
