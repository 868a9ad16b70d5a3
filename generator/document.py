"""The whole document, drawn from the plans: every paragraph in order, and its text as the source has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.model import BlockKind, BlockRecord, Chapter, Clause, Measure, Objective, Passage, Plan, Section
from generator.storage import Loc

CLOSING = (BlockKind.COPIES, BlockKind.IMPRINT)
"""What closes the whole document, after its annexes (版记)."""


class DocumentKind(StrEnum):
    """What a paragraph of the document is; the first nine are those of BlockKind."""

    DOCUMENT_NUMBER = "document_number"
    TITLE = "title"
    ADDRESSEES = "addressees"
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"
    NOTICE = "notice"
    ANNEX_LINE = "annex_line"
    COPIES = "copies"
    IMPRINT = "imprint"
    SECTION = "section"
    CHAPTER = "chapter"
    OBJECTIVE = "objective"
    MEASURE = "measure"
    CLAUSE = "clause"


class PieceKind(StrEnum):
    """What a run of text within a paragraph is."""

    NUMBER = "number"
    TITLE = "title"
    TEXT = "text"
    RESPONSIBILITY = "responsibility"
    TAIL = "tail"


@dataclass(frozen=True)
class Piece:
    """A run of text and the value that it comes from; `source_text` is what a broken source has instead."""

    kind: PieceKind
    text: str
    loc: Loc
    source_text: str | None = None
    anchor: str = ""
    passage: Passage | None = None

    def written(self, as_source: bool) -> str:
        """The text, mended or as the source has it."""
        return self.text if not as_source or self.source_text is None else self.source_text


@dataclass(frozen=True)
class DocumentBlock:
    """A paragraph: MEASURE is a measure's number, title and first clause, CLAUSE each further clause.

    `anchor` is unique in all plans and fit for an address; `clause` counts from 1. A piece's `loc` lies in the
    measure's file where there is a measure, else in plan.yml.
    """

    kind: DocumentKind
    plan: Plan
    anchor: str
    pieces: tuple[Piece, ...]
    measure: Measure | None = None
    clause: int = 0

    @property
    def text(self) -> str:
        """The paragraph as it is printed."""
        return "".join(piece.text for piece in self.pieces)


def own_measures(plan: Plan) -> tuple[Measure, ...]:
    """The measures that the document prints; what was carried into a plan stands in the one it came from."""
    return tuple(measure for measure in plan.measures if measure.carried_from is None)


def chapters_called(plan: Plan, name: str | None) -> tuple[tuple[Section, Chapter], ...]:
    """The chapters that a measure's `chapter:` may mean; only one is well."""
    return tuple(
        (section, chapter)
        for section in plan.head.sections
        for chapter in section.chapters
        if name in {chapter.number, f"{section.number}/{chapter.number}"}
    )


def objective_id(plan: Plan, number: int) -> str:
    """`scheme-objective-1`; `number` counts the objectives of a plan from 1."""
    return f"{plan.id}-objective-{number}"


def document_blocks(plans: Iterable[Plan]) -> tuple[DocumentBlock, ...]:
    """Every paragraph of the plans in the order of the document; an annex stands before the copies line."""
    given = sorted(plans, key=lambda plan: (plan.head.order, plan.id))
    ids = {plan.id for plan in given}
    main = [plan for plan in given if plan.head.annex_of not in ids]
    drawn: set[str] = set()
    # Plans that are annexes of each other have no beginning; they are a fault, but nothing may be lost.
    return tuple(block for plan in (*main, *given) for block in _with_annexes(plan, given, drawn))


def _with_annexes(plan: Plan, plans: list[Plan], drawn: set[str]) -> Iterator[DocumentBlock]:
    if plan.id in drawn:
        return
    drawn.add(plan.id)
    yield from _outer(plan, "front", plan.head.front)
    yield from _sections(plan)
    back = plan.head.back
    before = next((index for index, block in enumerate(back) if block.kind in CLOSING), len(back))
    yield from _outer(plan, "back", back[:before])
    for annex in plans:
        if annex.head.annex_of == plan.id:
            yield from _with_annexes(annex, plans, drawn)
    yield from _outer(plan, "back", back[before:], before)


def _outer(plan: Plan, name: str, blocks: Iterable[BlockRecord], first: int = 0) -> Iterator[DocumentBlock]:
    for index, block in enumerate(blocks, first):
        piece = _passage(block, (name, index))
        yield DocumentBlock(DocumentKind(block.kind.value), plan, f"{plan.id}-{name}-{index + 1}", (piece,))


def _passage(passage: Passage, loc: Loc, anchor: str = "") -> Piece:
    return Piece(PieceKind.TEXT, passage.text, loc, passage.source_text, anchor, passage)


def _sections(plan: Plan) -> Iterator[DocumentBlock]:
    measures = _measures_by_chapter(plan)
    objectives = 0
    for index, section in enumerate(plan.head.sections):
        loc: Loc = ("sections", index)
        anchor = f"{plan.id}-section-{index + 1}"
        yield from _headed(DocumentKind.SECTION, plan, anchor, section, loc)
        for place, objective in enumerate(section.objectives):
            objectives += 1
            yield _objective(plan, objective, objectives, (*loc, "objectives", place))
        for place, chapter in enumerate(section.chapters):
            where: Loc = (*loc, "chapters", place)
            yield from _headed(DocumentKind.CHAPTER, plan, f"{anchor}-chapter-{place + 1}", chapter, where)
            yield from _measures(plan, measures.pop((index, place), ()))
        yield from _paragraphs(plan, f"{anchor}-closing", section.closing, (*loc, "closing"))
    yield from _measures(plan, measures.get(None, ()))


def _headed(
    kind: DocumentKind, plan: Plan, anchor: str, found: Section | Chapter, loc: Loc
) -> Iterator[DocumentBlock]:
    """A heading and the paragraphs right below it; one that prints nothing only holds what is in it."""
    heading = _heading(found.printed_number, found.title, loc)
    if any(piece.text for piece in heading):
        yield DocumentBlock(kind, plan, anchor, heading)
    yield from _paragraphs(plan, f"{anchor}-paragraph", found.paragraphs, (*loc, "paragraphs"))


def _paragraphs(plan: Plan, anchor: str, blocks: Iterable[BlockRecord], loc: Loc) -> Iterator[DocumentBlock]:
    for place, block in enumerate(blocks):
        piece = _passage(block, (*loc, place))
        yield DocumentBlock(DocumentKind(block.kind.value), plan, f"{anchor}-{place + 1}", (piece,))


def _measures_by_chapter(plan: Plan) -> dict[tuple[int, int] | None, list[Measure]]:
    """Measures by the positions of their section and chapter; None for those that stand under no chapter."""
    positions: dict[str, tuple[int, int]] = {}
    for index, section in enumerate(plan.head.sections):
        for place, chapter in enumerate(section.chapters):
            positions.setdefault(chapter.number, (index, place))
            positions.setdefault(f"{section.number}/{chapter.number}", (index, place))
    grouped: dict[tuple[int, int] | None, list[Measure]] = {}
    for measure in own_measures(plan):
        grouped.setdefault(positions.get(measure.chapter or ""), []).append(measure)
    return grouped


def _heading(number: str, title: str, loc: Loc) -> tuple[Piece, ...]:
    return (
        Piece(PieceKind.NUMBER, number, (*loc, "number")),
        Piece(PieceKind.TITLE, title, (*loc, "title")),
    )


def _objective(plan: Plan, objective: Objective, number: int, loc: Loc) -> DocumentBlock:
    anchor = objective_id(plan, number)
    pieces = [Piece(PieceKind.NUMBER, objective.number, (*loc, "number"))]
    if objective.title is not None:
        pieces.append(Piece(PieceKind.TITLE, f"{objective.title}{objective.title_mark}", (*loc, "title")))
    for index, statement in enumerate(objective.statements):
        pieces.append(_passage(statement, (*loc, "statements", index), f"{anchor}.{index + 1}"))
    return DocumentBlock(DocumentKind.OBJECTIVE, plan, anchor, tuple(pieces))


def _measures(plan: Plan, measures: Iterable[Measure]) -> Iterator[DocumentBlock]:
    for measure in measures:
        heading = [Piece(PieceKind.NUMBER, measure.printed, ("number",))]
        if measure.title is not None:
            heading.append(Piece(PieceKind.TITLE, f"{measure.title}{measure.title_mark}", ("title",)))
        for position, clause in enumerate(measure.clauses, 1):
            anchor = plan.clause_id(measure, position)
            pieces = (*(heading if position == 1 else ()), *_clause(clause, position, anchor))
            kind = DocumentKind.MEASURE if position == 1 else DocumentKind.CLAUSE
            name = plan.measure_id(measure) if position == 1 else anchor
            yield DocumentBlock(kind, plan, name, pieces, measure, position)


def _clause(clause: Clause, position: int, anchor: str) -> Iterator[Piece]:
    loc: Loc = ("clauses", position - 1)
    for index, statement in enumerate(clause.statements):
        yield _passage(statement, (*loc, "statements", index), f"{anchor}.{index + 1}")
    if clause.responsibility:
        found = clause.responsibility
        where = (*loc, "responsibility")
        yield Piece(PieceKind.RESPONSIBILITY, found.printed(), where, found.source_text)
    if clause.tail:
        yield Piece(PieceKind.TAIL, clause.tail, (*loc, "tail"))


def joined(plans: Iterable[Plan], as_source: bool) -> str:
    """The document's text, a line for each paragraph; `as_source` puts back what the source itself breaks."""
    blocks = document_blocks(plans)
    return "\n".join("".join(piece.written(as_source) for piece in block.pieces) for block in blocks)


MARKUP = re.compile(r"^[^\S\n]*#+|^[^\S\n]*-[ \t]|</?sub>", re.MULTILINE)


def normalised(text: str) -> str:
    """What is compared with the source: no white space, no `#` or `- ` at line starts, no <sub> tags."""
    return "".join(MARKUP.sub("", text).split())


def kept_offsets(text: str) -> list[int]:
    """Where each character of the normalised text stands in the text itself."""
    removed = {offset for mark in MARKUP.finditer(text) for offset in range(*mark.span())}
    return [offset for offset, char in enumerate(text) if offset not in removed and not char.isspace()]
