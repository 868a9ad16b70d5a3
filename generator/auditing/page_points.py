"""Points of the page: paper, margins, the 22 lines, page numbers, no seal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.auditing.document import MILLIMETRE, Document, Section
from generator.auditing.wording import is_body_text
from generator.office.word_template import word

Problem = tuple[str, str]
"""Where, and in Chinese: what was found and what was expected."""

A4 = (210, 297)
PORTRAIT = {"top": (37, 37), "left": (28, 28), "right": (26, 26), "bottom": (35, 35)}
LANDSCAPE = {"top": (28, 28), "bottom": (26, 26), "left": (20, 37), "right": (20, 37)}
"""Least and most in millimetres. A lying page is a standing one turned: its binding side is on top; the standard
leaves the width of a table open."""
SIDES = {"top": "上", "left": "左", "right": "右", "bottom": "下"}
TOLERANCE = 1
LINES = 22
FOOTER_FACE, FOOTER_SIZE = "宋体", 28
FOOTER_SIDES = {"default": ("单页", "right", "居右"), "even": ("双页", "left", "居左")}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
EMU = 36_000
"""In a millimetre."""
SEAL = (30, 60)
"""Official seals measure 42 to 50 mm across."""
SEAL_NAME = re.compile("印章|公章|盖章|seal|stamp", re.IGNORECASE)


def paper_size(document: Document) -> Iterator[Problem]:
    """A4, standing or lying."""
    if not document.sections:
        yield "", "没有页面设置；应为 A4"
    for section in document.sections:
        found = sorted(round(section.size("pgSz", side) / MILLIMETRE) for side in ("w", "h"))
        if any(abs(one - right) > TOLERANCE for one, right in zip(found, A4, strict=True)):
            yield section.place, f"纸张为 {found[0]}×{found[1]} 毫米；应为 A4（210×297 毫米）"


def margins(document: Document) -> Iterator[Problem]:
    """天头 37, 订口 28, so that the type area is 156×225; a lying page has its binding side on top."""
    for section in document.sections:
        for side, (least, most) in (LANDSCAPE if section.landscape else PORTRAIT).items():
            found = abs(section.size("pgMar", side)) / MILLIMETRE
            if not least - TOLERANCE <= found <= most + TOLERANCE:
                wanted = f"{least}" if least == most else f"{least}至{most}"
                yield section.place, f"{SIDES[side]}边距 {found:.0f} 毫米；应为 {wanted} 毫米（±{TOLERANCE}）"


def line_grid(document: Document) -> Iterator[Problem]:
    """Where body text stands a page holds 22 lines: by the grid, or by a fixed distance of lines."""
    for section in document.sections:
        prose = [text for text in document.texts_of.get(section, ()) if is_body_text(text)]
        if not prose:
            continue
        grid = section.element.find(word("docGrid"))
        kind = grid.get(word("type"), "") if grid is not None else ""
        pitch = section.size("docGrid", "linePitch") if kind in {"lines", "linesAndChars", "snapToChars"} else 0
        for text in prose:
            distance = document.styles.line_spacing(text.paragraph.element) or pitch
            lines = round(section.room[1] / distance, 1) if distance else 0
            if int(lines + 0.05) != LINES:
                yield text.place, f"每页 {lines:g} 行；正文应每页 {LINES} 行（文档网格，或固定行距约28磅）"
                break


def page_number(document: Document) -> Iterator[Problem]:
    """— 1 — in 4号 宋体; odd pages right, even pages left, one character from the edge."""
    for section in document.sections:
        footers = document.footers(section)
        if not document.setting("evenAndOddHeaders"):
            yield section.place, "没有设“奇偶页不同”；页码应单页居右、双页居左"
        for kind, words in FOOTER_SIDES.items():
            if kind not in footers:
                yield section.place, f"{words[0]}没有页脚；应有页码“— 1 —”"
                continue
            yield from _one_footer(document, section, kind, footers[kind])


def _one_footer(document: Document, section: Section, kind: str, footer: Any) -> Iterator[Problem]:
    page, side, words = FOOTER_SIDES[kind]
    place = f"{section.place}{page}页脚"
    holder = next((one for one in footer.iter(word("p")) if _numbers(one)), None)
    if holder is None:
        yield place, "没有页码域；应为“— 1 —”，其中的数字由 Word 自动编"
        return
    shown = re.sub(r"\d+", "1", "".join(piece.text or "" for piece in holder.iter(word("t"))))
    if shown.strip() != "— 1 —":
        yield place, f"页码印作“{shown.strip()[:20]}”；应为“— 1 —”（一字线，数字左右各空一格）"
    if document.styles.aligned(holder) != side:
        yield place, f"页码没有{words}；{page}页码应{words}空一字"
    elif not document.styles.indent(holder, f"{side}Chars") and not document.styles.indent(holder, side):
        yield place, f"页码紧贴版心边；应{words}空一字"
    for run in holder.iter(word("r")):
        look = document.styles.look(holder, run)
        if (look.face, look.half_points) != (FOOTER_FACE, FOOTER_SIZE):
            yield place, f"页码用{look.size}{look.face}；应为4号宋体"
            break


def _numbers(paragraph: Any) -> bool:
    fields = paragraph.iter(word("instrText"), word("fldSimple"))
    return any((field.text or field.get(word("instr")) or "").split()[:1] == ["PAGE"] for field in fields)


def no_seal(document: Document) -> Iterator[Problem]:
    """A seal is set by hand; nothing in a paper may look like one."""
    for name, root in document.parts.items():
        for frame in root.iter(f"{DRAWING}inline", f"{DRAWING}anchor"):
            size = frame.find(f"{DRAWING}extent")
            sides = [int(size.get(one, "0")) / EMU for one in ("cx", "cy")] if size is not None else [0, 0]
            about = frame.find(f"{DRAWING}docPr")
            words = " ".join(about.attrib.values()) if about is not None else ""
            round_like = all(SEAL[0] <= side <= SEAL[1] for side in sides) and max(sides) <= 1.1 * min(sides)
            if SEAL_NAME.search(words) or round_like:
                where = "正文" if name == "word/document.xml" else "页眉页脚"
                told = f"有一幅像印章的图片（{sides[0]:.0f}×{sides[1]:.0f} 毫米）"
                yield where, f"{told}；不可印制印章图样，用印处留空"
