"""The looks of every workbook: cell styles by name, fonts, paper."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

BODY_FONT, HEAD_FONT, NOTE_FONT, TITLE_FONT = "仿宋", "黑体", "楷体", "方正小标宋简体"
"""仿宋, 黑体, 楷体 come with every Chinese Windows; without 小标宋 family and charset guide the fallback."""
GB2312 = 134
ROMAN, MODERN = 1, 3
SIZE = 10.5
"""五号 for heads and cells, 二号 for titles (GB/T 9704)."""
TITLE_SIZE = 22

YELLOW, GREY, PALE = "#FFF2CC", "#EDEDED", "#F7F7F7"
DAY, DAY_INFERRED = "yyyy-mm-dd", 'yyyy-mm-dd"※"'
POINTS = "0.00"
QUANTITY = "0.######;-0.######"
TEXT, NO_ZERO = "@", "0;-0;;@"

_CELL: Mapping[str, Any] = {
    "font_name": BODY_FONT,
    "font_size": SIZE,
    "font_charset": GB2312,
    "font_family": MODERN,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
}
_CENTRE = {**_CELL, "align": "center"}
_HEAD = {**_CENTRE, "font_name": HEAD_FONT, "bg_color": GREY}
_PLAIN = {**_CELL, "border": 0, "font_name": NOTE_FONT}
_SEPARATOR = {
    "font_name": HEAD_FONT,
    "font_size": SIZE,
    "font_charset": GB2312,
    "font_family": MODERN,
    "valign": "vcenter",
    "bg_color": PALE,
    "top": 1,
    "bottom": 1,
}
"""No lines between its cells: the text runs over them."""
_ANSWER = {**_CELL, "bg_color": YELLOW, "locked": False}

STYLES: Mapping[str, Mapping[str, Any]] = {
    "text": _CELL,
    "centre": _CENTRE,
    "number": _CENTRE,
    "quantity": {**_CENTRE, "num_format": QUANTITY},
    "share": {**_CENTRE, "num_format": "0.0%"},
    "points": {**_CENTRE, "num_format": POINTS},
    "count": {**_CENTRE, "num_format": NO_ZERO},
    "day": {**_CENTRE, "num_format": DAY},
    "day_inferred": {**_CENTRE, "num_format": DAY_INFERRED},
    "mark": {**_CENTRE, "font_name": "宋体", "text_wrap": False, "shrink": True},
    "head": _HEAD,
    "head_vertical": {**_HEAD, "rotation": 270, "valign": "top", "text_wrap": False},
    "total": {**_CENTRE, "font_name": HEAD_FONT, "bg_color": PALE, "num_format": NO_ZERO},
    "separator": {**_SEPARATOR, "left": 1},
    "separator_middle": _SEPARATOR,
    "separator_end": {**_SEPARATOR, "right": 1},
    "title": {
        **_PLAIN,
        "font_name": TITLE_FONT,
        "font_family": ROMAN,
        "font_size": TITLE_SIZE,
        "align": "center",
    },
    "note": _PLAIN,
    "foot": {**_PLAIN, "font_name": BODY_FONT},
    "locked": {**_CELL, "bg_color": GREY},
    "locked_centre": {**_CENTRE, "bg_color": GREY},
    # For a hidden column: some programs print its text all the same, letter under letter across the page.
    "hidden_mark": {**_CELL, "bg_color": GREY, "num_format": ";;;"},
    "locked_day": {**_CENTRE, "bg_color": GREY, "num_format": DAY},
    "locked_number": {**_CENTRE, "bg_color": GREY, "num_format": QUANTITY},
    "rate": {**_CENTRE, "bg_color": GREY, "num_format": "0.0%"},
    "answer_number": {**_ANSWER, "align": "center", "num_format": QUANTITY},
    "office": {**_CELL, "locked": False},
    "office_centre": {**_CENTRE, "locked": False},
    "answer": _ANSWER,
    "answer_centre": {**_ANSWER, "align": "center"},
    "answer_text": {**_ANSWER, "align": "center", "num_format": TEXT},
    "answer_day": {**_ANSWER, "align": "center", "num_format": DAY},
}


class Paper(Enum):
    """纸张, always landscape; the value is Excel's number for it."""

    A4 = 9
    A3 = 8


MARGINS = {"left": 0.55, "right": 0.55, "top": 0.8, "bottom": 0.85}
"""Inches."""
FOOTER = '&C&"宋体,Regular"&14— &P —'
"""Page number as GB/T 9704 prints it, 四号 half-width."""
HEADER = '&L&"黑体,Regular"&10'
"""Before the mark that an office prints on every page."""
