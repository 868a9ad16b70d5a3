"""What somebody is likely to mean who writes a key or a value that a file cannot have: the nearest good one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum

from generator.findings import meant, suggestion
from generator.model import Comparator
from generator.storage.terms_file import packaged_terms
from generator.terms import kind_key

CUTOFF = 0.6
"""Of words as short as keys: half of their letters are alike in any two."""
YES_OR_NO = {"true": {"是", "对", "有", "√", "✓", "真"}, "false": {"否", "不", "不是", "无", "×", "假"}}
NUMBER = re.compile(r"([+-]?[0-9]+)(\.[0-9]+)?\D{0,6}")
LABELS_TOO = {
    "deadline_kind.by": ("截至", "截止日", "之前"),
    "deadline_kind.from": ("开始", "起"),
    "deadline_kind.recurring": ("定期", "每年", "每月"),
    "deadline_kind.ongoing": ("长期", "持续"),
    "unit_kind.department": ("部门", "区直单位"),
    "unit_kind.dispatched": ("派出机构", "垂管单位", "派驻机构"),
    "unit_kind.centre": ("事业单位",),
    "unit_kind.subdistrict": ("街道办事处",),
}
"""What people write beside the label of terms.yml."""
KIN = (
    ("note", "basis", "reason", "remark", "remarks", "comment", "explanation", "备注", "说明", "依据", "理由"),
    ("end", "due", "deadline", "until", "date", "by", "日期", "时限", "截止"),
    ("start", "from", "begin", "since"),
    ("title", "name", "heading", "标题"),
    ("symbol", "unit", "单位", "units", "members"),
    ("text", "content", "statements", "原文", "内容"),
    ("value", "amount", "number", "figure", "target"),
    ("aliases", "alias", "other_names", "简称"),
    ("number", "no", "order", "序号", "编号"),
    ("kind", "type", "类型", "类别"),
)
"""Words for one thing: the key that is nearest by its letters often means another."""


def key_meant(written: str, titles: Mapping[str, str]) -> str:
    """The key that is meant by its Chinese title (`titles`), by another word for it, or misspelt."""
    by_title = (key for key, title in titles.items() if title == written)
    kin = (word for words in KIN if written.casefold() in words for word in words if word in titles)
    near = next(by_title, "") or next(kin, "")
    return meant(near) if near else suggestion(written, titles, CUTOFF)


def choice_meant(written: str, choices: Iterable[str], kind: type[StrEnum] | None) -> str:
    """The choice that is meant by its Chinese label, by a sign or a word for it, or misspelt."""
    near = _labelled(written, kind_key(kind)) if kind else ""
    if kind is Comparator and not near:
        near = _compared(written)
    return meant(near) if near in choices else suggestion(written, choices, CUTOFF)


def label_meant(written: str, key: str) -> str:
    """The code that is meant by the label which terms.yml has for it under `key`: regular by 定期."""
    near = _labelled(written, key)
    return meant(near) if near else ""


def value_meant(kind: str, written: str) -> str:
    """A yes or no in Chinese; a number in full-width figures, or with what follows figures in prose."""
    plain = unicodedata.normalize("NFKC", written).strip()
    if kind.startswith("bool"):
        near = next((word for word, ways in YES_OR_NO.items() if plain in ways), "")
        return meant(near) if near else ""
    number = NUMBER.fullmatch(plain.replace(",", "")) if kind.startswith(("int_", "float_")) else None
    if not number or (number[2] and kind.startswith("int_")):
        return ""
    return meant(f"{number[1]}{number[2] or ''}")


def _labelled(written: str, key: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", written).split())
    for name, label in packaged_terms().words.items():
        if name.startswith(f"{key}.") and plain in (label, *LABELS_TOO.get(name, ())):
            return name.partition(".")[2]
    return ""


def _compared(written: str) -> str:
    # The grammar of official prose is imported here, where there is a fault: it takes longer than most checks.
    from generator.phrases.figures import comparator_of

    return comparator_of(written) or ""
