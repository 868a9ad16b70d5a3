"""Digits that are part of a name, a document number or a title: PM2.5, 晋市政发〔2024〕11号, GB3095-2012."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase

from generator.model import MentionKind
from generator.phrases.found import Found

FORMS: tuple[tuple[str, re.Pattern[str], MentionKind], ...] = tuple(
    (marks, re.compile(pattern), kind)
    for marks, pattern, kind in (
        (
            "号",
            r"(?:(?!根据|按照|依据|参照|落实|印发|[的知见案划])[\u4e00-\u9fff]){0,10}[\[(](?:19|20|21)[0-9]{2}[\])]第?[0-9]{1,5}号",
            MentionKind.DOCUMENT_NUMBER,
        ),
        (
            "号",
            r"(?<![0-9])(?:(?:19|20|21)[0-9]{2}年)?第?[0-9]{1,5}号(?:公告|令|文件?)",
            MentionKind.DOCUMENT_NUMBER,
        ),
        ("P", r"PM ?(?:2\.5|10)", MentionKind.NAME),
        (
            "BJPOYQT",
            r"(?<![A-Za-z])(?:GB|HJ|DB|JB|CJJ?|JGJ|ISO|NY|AQ|TSG)[/A-Z]{0,3} ?[0-9]{1,6}(?:\.[0-9]+)?"
            r"(?:-[0-9]{2,4})?",
            MentionKind.NAME,
        ),
        (ascii_uppercase, r"(?<![A-Za-z])[A-Z][A-Za-z]{0,5}-?[0-9]{1,4}(?![0-9年月日.%])", MentionKind.NAME),
        ("GDKA", r"(?<![0-9.])[0-9]{1,2}[GDKA](?![A-Za-z0-9])", MentionKind.NAME),
        ("1", r"(?<![0-9])(?:12345|12369|12315|110|119|120)(?![0-9])(?=热线|平台|举报|\")", MentionKind.NAME),
        ("x×*", r"(?<![0-9.])[0-9]{1,2}[x×*][0-9]{1,2}(?:小时|天)?", MentionKind.CONDITION),
        ("[", r"(?:^|(?<=[\u4e00-\u9fff\")》]))\[[0-9]{1,2}\]", MentionKind.NAME),
        (
            ".、(",
            r"(?:^|(?<=[:;。]))[0-9]{1,2}[.、](?=[\u4e00-\u9fff])|(?:^|(?<=[:;。,、]))\([0-9]{1,2}\)",
            MentionKind.NAME,
        ),
        ("岁级", r"(?<![0-9.])[0-9]{1,3}(?:周?岁)?(?:-|至|到)[0-9]{1,3}(?:周岁|岁|年级)", MentionKind.SCOPE),
        ("第", r"第[0-9]{1,4}[批期届次条款章项类阶段]{1,2}", MentionKind.NAME),
        (
            "第国",
            r"第[一二三四五六七八九十]{1,3}阶段及?以[上下]|国[ⅠⅡⅢⅣⅤⅥ一二三四五六](?:及以[上下]|排放标准)",
            MentionKind.SCOPE,
        ),
    )
)
_POINT = re.compile(r"(?<![0-9.])(?P<n>[0-9]{1,2})[.、](?=[\u4e00-\u9fff])")


def find_labels(text: str) -> Iterator[Found[MentionKind]]:
    """Every label in folded text; they may overlap. No match of a pattern is without one of its marks."""
    letters = set(text)
    for marks, pattern, kind in FORMS:
        if letters.isdisjoint(marks):
            continue
        for match in pattern.finditer(text):
            yield Found(*match.span(), kind)
    yield from _points(text)


def _points(text: str) -> Iterator[Found[MentionKind]]:
    """1.制定方案2.组织实施3.验收: numbers that count up from a first one, though no mark stands before them."""
    expected = 1
    for match in _POINT.finditer(text):
        begins = match.start() == 0 or text[match.start() - 1] in ":;。"
        if int(match["n"]) == expected and (expected > 1 or begins):
            yield Found(*match.span(), MentionKind.NAME)
            expected += 1
