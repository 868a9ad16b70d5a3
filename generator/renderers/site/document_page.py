"""The document page (文件原文): every paragraph in the order of the document, with its anchors and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from generator.document import DocumentBlock, DocumentKind, Piece, PieceKind, document_blocks
from generator.graph import Task
from generator.model import Deadline, Role, Target
from generator.renderers.site.desk import Desk, Page
from generator.renderers.site.links import Links
from generator.renderers.site.marked_text import linked_phrase, marked_passage

ADDRESS = "document.html"
HEADING = (PieceKind.NUMBER, PieceKind.TITLE)
KIND = "计划|方案|规划|意见|办法|细则|规定|决定|通知|通报|要点"
TOGETHER = rf"\d{{4}}年度?|人民政府|关于|印发|(?:[一-鿿]{{2}}|的)?(?:{KIND})"
"""Words of any title that no line breaks within: 行动计划, 实施方案, 的通知, 2024年."""
ONE_LINE = r'<span class="pb-one-line">\g<0></span>'


@dataclass(frozen=True)
class DrawnPiece:
    """A run of text as HTML; `note` says what was mended there."""

    kind: str
    anchor: str
    html: Markup
    note: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a measure's has a `heading` (number and title) apart from its pieces.

    `task` is the one that it sets, `deadlines` and `targets` are what was read in it: shown when it is pointed at.
    `titles` is the short name of the plan whose title it is.
    """

    kind: str
    anchor: str
    text: str
    pieces: tuple[DrawnPiece, ...]
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    measure: str = ""
    heading: str = ""
    task: Task | None = None
    begins_annex: bool = False
    titles: str = ""

    @property
    def duties(self) -> list[tuple[Role, str, str]]:
        """Everyone whom its task names: role, name as written, id."""
        return [(found.role, found.written, found.party) for found in self.task.assignments] if self.task else []

    @property
    def mended(self) -> tuple[str, ...]:
        """What was mended in it."""
        return tuple(piece.note for piece in self.pieces if piece.note)


def document_page(desk: Desk) -> Iterator[Page]:
    """The one page of the whole document."""
    yield desk.draw(
        ADDRESS,
        desk.book.terms("page.document"),
        "document.md.j2",
        later=lambda: {"paragraphs": _paragraphs(desk)},
    )


def _paragraphs(desk: Desk) -> tuple[Paragraph, ...]:
    links = Links(desk.book, root="")
    return tuple(_paragraph(desk, links, block) for block in document_blocks(desk.book.plans))


def _paragraph(desk: Desk, links: Links, block: DocumentBlock) -> Paragraph:
    tasks = _tasks(desk, block)
    task = tasks[block.clause - 1] if tasks else None
    passages = [piece.passage for piece in block.pieces if piece.passage]
    drawn = (_drawn(desk, links, piece, task) for piece in block.pieces if not task or piece.kind not in HEADING)
    title = block.kind is DocumentKind.TITLE
    return Paragraph(
        kind=block.kind.value,
        anchor=block.anchor,
        text=block.text,
        pieces=tuple(replace(piece, html=_unbroken(desk, piece.html)) if title else piece for piece in drawn),
        deadlines=tuple(found for passage in passages for found in passage.deadlines),
        targets=tuple(found for passage in passages for found in passage.targets),
        measure=task.measure_id if task else "",
        heading="".join(piece.text for piece in block.pieces if piece.kind in HEADING) if task else "",
        task=task,
        begins_annex=bool(block.plan.head.annex_of) and block.anchor == f"{block.plan.id}-front-1",
        titles=block.plan.head.short_title if block.text == block.plan.head.title else "",
    )


def _unbroken(desk: Desk, title: Markup) -> Markup:
    """A title whose lines break between words as an official paper's do; its text stays as it is."""
    own = map(re.escape, desk.book.terms("document_title.words").split())
    together = "|".join((*own, TOGETHER))
    pieces = re.split("(<[^>]*>)", title)
    pieces[::2] = [re.sub(together, ONE_LINE, text) for text in pieces[::2]]
    return Markup("".join(pieces))  # noqa: S704 - only tags come to what was escaped


def _tasks(desk: Desk, block: DocumentBlock) -> tuple[Task, ...]:
    return desk.book.graph.tasks_of(block.plan.measure_id(block.measure)) if block.measure else ()


def _drawn(desk: Desk, links: Links, piece: Piece, task: Task | None) -> DrawnPiece:
    terms, passage = desk.book.terms, piece.passage
    if passage:
        html, note = marked_passage(terms, desk.register, links, passage), passage.source_note
    elif task and piece.kind is PieceKind.RESPONSIBILITY and task.clause.responsibility:
        html, note = linked_phrase(terms, links, task), task.clause.responsibility.source_note
    else:
        html, note = escape(piece.text), None
    return DrawnPiece(piece.kind.value, piece.anchor, html, note or "")
