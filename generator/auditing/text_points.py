"""Points of the text: title, levels, body, faces and their stand-ins, dates, document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.auditing.document import FONTS, Document, Text
from generator.auditing.formats import Look, Styles
from generator.auditing.page_points import Problem
from generator.auditing.wording import ATTACHMENT, is_body_text, level_of, title_of
from generator.findings import shown
from generator.office.word_template import FONT_FALLBACKS, word

TITLE, BODY = 44, 32
"""2号 and 3号 in half-points."""
FACES = {
    "小标宋": ("方正小标宋简体", "方正小标宋_GBK", "小标宋"),
    "黑体": ("黑体",),
    "楷体": ("楷体", "楷体_GB2312"),
}
FACES |= {"仿宋": ("仿宋", "仿宋_GB2312"), "宋体": ("宋体",)}
OFFICIAL = frozenset(face for faces in FACES.values() for face in faces)
BLACK = frozenset({"AUTO", "000000"})
INDENT = (600, 700)
"""Two characters of 3号, in twentieths of a point."""
NUMBER = re.compile(r"[\[［(（【]\s*(?:19|20)\d\d\s*[\]］)）】]\s*第?\s*\d+\s*号")
PADDED_NUMBER = re.compile(r"〔\d{4}〕\s*(?:第|0)\d*\s*号")
PADDED_DATE = re.compile(r"年\s*0\d\s*月|月\s*0\d\s*日")
END = "。；，、：:;,."
SENTENCE_ENDS = ("。", "；", "：", "！", "？")


def title(document: Document) -> Iterator[Problem]:
    """2号 小标宋, centred."""
    found = title_of(document)
    if found is None:
        yield "", "没有标题；应在正文和表格之前，2号小标宋居中"
        return
    for look in found.looks:
        if look.face not in FACES["小标宋"] or look.half_points != TITLE:
            yield found.place, f"标题“{shown(found.text, 20)}”用{_said(look)}；应为2号小标宋"
            break
    if document.styles.aligned(found.paragraph.element) != "center":
        yield found.place, f"标题“{shown(found.text, 20)}”没有居中；应居中"


def _said(look: Look) -> str:
    return f"{look.size}{shown(look.face, 12) or '主题字体'}"


def levels(document: Document) -> Iterator[Problem]:
    """Headings: 一、黑体, （一）楷体, 1. 仿宋, （1）仿宋, all 3号; a numbered sentence is body text."""
    for text in document.texts:
        found = level_of(text) if is_body_text(text) else None
        if found is None or text.text.endswith(SENTENCE_ENDS):
            continue
        look = next(look for piece, look in text.runs if piece.strip())
        if look.face not in FACES[found.face] or look.half_points != BODY:
            yield text.place, f"{found.words}用{_said(look)}；应为3号{found.face}"


def body_text(document: Document) -> Iterator[Problem]:
    """3号 仿宋 (what a numbered sentence begins with may be set as its heading), each begun two characters in."""
    head_line = title_of(document)
    for text in document.texts:
        if not is_body_text(text) or text is head_line:
            continue
        level = level_of(text)
        wrong = [look for look in text.looks if look.face not in FACES["仿宋"] or look.half_points != BODY]
        heading = [look for look in wrong if level and look.face in FACES[level.face] and look.half_points == BODY]
        if wrong and len(heading) < len(wrong):
            yield text.place, f"正文用{_said(wrong[0])}；应为3号仿宋"
        if not _begins_in(document.styles, text):
            yield text.place, f"正文“{shown(text.text, 12)}”段首没有空两字；每段应左空二字"


def _begins_in(styles: Styles, text: Text) -> bool:
    element = text.paragraph.element
    by_points = INDENT[0] <= styles.indent(element, "firstLine") <= INDENT[1]
    return styles.indent(element, "firstLineChars") == 200 or by_points or text.paragraph.text.startswith("　　")


def attachments(document: Document) -> Iterator[Problem]:
    """附件1 above an annex in 3号 黑体, flush left; the list of annexes under the body without a last mark."""
    for text in document.texts:
        if text.in_table:
            continue
        if ATTACHMENT.match(text.text):
            wrong = [look for look in text.looks if look.face not in FACES["黑体"] or look.half_points != BODY]
            if wrong or document.styles.aligned(text.paragraph.element) not in {"left", "both"}:
                yield text.place, f"“{text.text}”应为3号黑体，顶格"
        elif re.match(r"附件[:：]", text.text) and text.text.endswith(tuple(END)):
            yield text.place, f"附件说明以“{text.text[-1]}”结束；附件名称后不加标点"


def faces(document: Document) -> Iterator[Problem]:
    """Every text has one of the official faces, named outright: a theme differs from machine to machine."""
    for text in document.texts:
        for look in text.looks:
            if not look.face:
                yield text.place, f"“{shown(text.text, 12)}”没有写明中文字体；应写明仿宋、黑体、楷体等"
            elif look.face not in OFFICIAL:
                yield (
                    text.place,
                    f"“{shown(text.text, 12)}”用{shown(look.face)}；应为仿宋、楷体、黑体、小标宋、宋体",
                )


def stand_ins(document: Document) -> Iterator[Problem]:
    """A face that a machine lacks is replaced by one of those that the document itself names."""
    table = document.parts.get(FONTS)
    known = {font.get(word("name")): font for font in table.iter(word("font"))} if table is not None else {}
    used = {look.face for text in document.texts for look in text.looks}
    for face in sorted(used & FONT_FALLBACKS.keys()):
        if face not in known or known[face].find(word("altName")) is None:
            yield "字体表", f"“{face}”没有替代字体；没有这种字体的机器会换成别的，应写明替代字体（altName）"


def black(document: Document) -> Iterator[Problem]:
    """Papers without a red head are black; a place to write may be grey until it is filled."""
    for text in document.texts:
        for look in text.looks:
            if look.colour not in BLACK:
                yield text.place, f"“{shown(text.text, 12)}”颜色为 {shown(look.colour, 8)}；应为黑色"
                break


def document_numbers(document: Document) -> Iterator[Problem]:
    """〔2024〕9号: six-sided brackets, no 第, no leading zero."""
    for text in document.texts:
        if found := NUMBER.search(text.text):
            yield text.place, f"文号“{found.group()}”的括号不对；年份应用六角括号〔〕"
        if found := PADDED_NUMBER.search(text.text):
            yield text.place, f"文号“{found.group()}”的序号不编虚位、不加“第”"


def dates(document: Document) -> Iterator[Problem]:
    """2024年5月9日, never 05月09日."""
    for text in document.texts:
        if found := PADDED_DATE.search(text.text):
            yield text.place, f"日期“{found.group()}”编了虚位；应写作 1月、9日"
