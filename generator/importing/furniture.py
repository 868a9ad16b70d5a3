"""What belongs to pages and web sites, not to the document: page numbers, running heads, 打印 and 关闭."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from generator.importing.documents import LeftOut, Line, Table
from generator.importing.kinds import ends_sentence, is_field_line, is_title, line_kind
from generator.importing.markers import read_marker
from generator.phrases.characters import alike

_PAGE = re.compile(
    r"-{1,3}[0-9]{1,4}-{1,3}|第[0-9]{1,4}页(?:,?共[0-9]{1,4}页)?|共[0-9]{1,4}页,?第[0-9]{1,4}页|[Pp]age[0-9]{1,4}|·[0-9]{1,4}·"
)
_RULE = re.compile(r"[-=_*★☆▬━]{6,}")
_PERIODICAL = re.compile(r"[\u4e00-\u9fff]{2,20}(?:公报|政报)(?:[0-9]{4}年?第?[0-9]{1,3}期)?")
_FIGURE = re.compile(r"[0-9]{1,4}(?:/[0-9]{1,4})?")
_SITE = re.compile(
    r"点击打开|打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部|首页|列表)?|分享(?:到)?:?.{0,20}|扫一扫.{0,20}|字[体号]:.{0,12}|"
    r"(?:[\[(]?(?:大|中|小|打印(?:本页)?|关闭(?:窗口|本页)?|字体|收藏|返回)[\])]?){2,}|"
    r".{0,60}(?:ICP备|公网安备|网站标识码|备案号|版权所有|技术支持:).{0,60}|(?:信息)?来源:.{0,40}|(?:发布|发文|更新)(?:时间|日期):.{0,30}|"
    r"(?:浏览|阅读|点击)(?:次数|量)?:?[0-9]{0,9}次?|责任编辑:.{0,20}|中国政府网|(?:https?://)?www\.[\w./-]+|"
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?|索引号:.{0,40}|(?:当前|您的|所在)位置:.{0,60}|"
    r"首页(?:>.{1,20}){1,6}|上一[篇页]:?.{0,60}|下一[篇页]:?.{0,60}|相关(?:链接|附件|稿件|解读):?|附件下载:?"
)
HEAD_LINES, TAIL_LINES = 15, 12
"""Site furniture stands in the first and the last lines only."""
LONGEST_HEAD = 40

Part = Line | Table


def without_furniture(parts: Sequence[Part]) -> tuple[list[Part], list[LeftOut]]:
    """The parts that are the document, and those that are not, each with its reason."""
    reasons: dict[int, str] = {}
    lines = {index: part for index, part in enumerate(parts) if isinstance(part, Line)}
    plain = {index: alike("".join(line.text.split())) for index, line in lines.items()}
    reasons.update((index, "页码") for index in _page_numbers(lines, plain))
    reasons.update((index, "页眉或页脚") for index in _running_heads(lines, plain, reasons))
    reasons.update((index, "网页上的说明") for index in _site_lines(plain, reasons))
    reasons.update((index, "分隔线") for index, text in plain.items() if _RULE.fullmatch(text))
    reasons.update((index, "网页标题，与正文标题重复") for index in _repeated_title(lines, plain, reasons))
    kept: list[Part] = []
    left_out: list[LeftOut] = []
    edge = False
    for index, part in enumerate(parts):
        if index in reasons and isinstance(part, Line):
            left_out.append(LeftOut(part.where, part.text.strip(), reasons[index]))
            edge = edge or part.page_edge or reasons[index] in {"页码", "页眉或页脚"}
        else:
            kept.append(replace(part, page_edge=True) if edge and isinstance(part, Line) else part)
            edge = False
    return kept, left_out


def _page_numbers(lines: dict[int, Line], plain: dict[int, str]) -> set[int]:
    """— 1 — wherever it stands; a bare figure at the edge of a page, or where such figures count up."""
    found = {index for index, text in plain.items() if _PAGE.fullmatch(text)}
    bare = [(index, int(text.split("/")[0])) for index, text in plain.items() if _FIGURE.fullmatch(text)]
    at_edge = {
        index
        for index, _ in bare
        if lines[index].page_edge or (index + 1 in lines and lines[index + 1].page_edge) or index + 1 not in lines
    }
    counting = [
        index
        for place, (index, value) in enumerate(bare)
        if any(
            0 <= other < len(bare) and bare[other][1] - value == other - place for other in (place - 1, place + 1)
        )
    ]
    if len(counting) >= 3:
        found.update(counting)
    edges = sum(line.page_edge for line in lines.values())
    return found | (at_edge if edges >= 2 and len(at_edge) >= 2 else set())


def _running_heads(lines: dict[int, Line], plain: dict[int, str], gone: dict[int, str]) -> set[int]:
    """The same short line on page after page; the first one stays where it is the document's title."""
    edges = _near_edges(lines, gone)
    places: dict[str, list[int]] = defaultdict(list)
    for index, text in plain.items():
        if index not in gone and 4 <= len(text) <= LONGEST_HEAD:
            places[re.sub(r"[0-9]+", "0", text)].append(index)
    found = {index for index, line in lines.items() if line.page_edge and _PERIODICAL.fullmatch(plain[index])}
    for indexes in places.values():
        line = lines[indexes[0]].text
        near = [index for index in indexes if index in edges]
        if len(near) < 2 or len(near) < len(indexes) - 1 or not _may_repeat(line):
            continue
        first = indexes[0]
        found.update(index for index in indexes if index != first or index >= HEAD_LINES or not is_title(line))
    return found


def _may_repeat(text: str) -> bool:
    told = (
        read_marker(text) is not None or ends_sentence(text) or is_field_line(text) or line_kind(text) is not None
    )
    return not told and not alike(text.strip()).startswith(("(", "["))


def _near_edges(lines: dict[int, Line], gone: dict[int, str]) -> set[int]:
    """The two lines on either side of where a page ends."""
    near: set[int] = set()
    for index, line in lines.items():
        if line.page_edge:
            near.update((index - 2, index - 1, index, index + 1))
        if gone.get(index) == "页码":
            near.update((index - 1, index + 1))
    return near


def _site_lines(plain: dict[int, str], gone: dict[int, str]) -> set[int]:
    order = [index for index in plain if index not in gone]
    ends = {*order[:HEAD_LINES], *order[-TAIL_LINES:]}
    return {index for index in ends if _SITE.fullmatch(plain[index])}


def _repeated_title(lines: dict[int, Line], plain: dict[int, str], gone: dict[int, str]) -> set[int]:
    """A page's own title above the document's, word for word, with only site lines in between."""
    order = [index for index in plain if index not in gone][:HEAD_LINES]
    site = [index for index, reason in gone.items() if reason == "网页上的说明" and index < HEAD_LINES]
    if len(order) < 2 or not site or order[0] > site[0]:
        return set()
    again = plain[order[0]] == plain[order[1]] and is_title(lines[order[0]].text)
    return {order[0]} if again else set()
