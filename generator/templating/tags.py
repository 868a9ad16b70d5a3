"""The tags (`{{ … }}`, `{% … %}`) of a Word template, each with its place; nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.findings import shown
from generator.office.word_paragraphs import Paragraph, holder
from generator.office.word_template import word

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BROKEN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
FULL_WIDTH = re.compile(r"｛[｛%％#{]|[}｝%％#]｝|[{]％|％[}]|\{ \{|\} \}|\{ %|% \}")
SCOPED = re.compile(r"(\{\{|\{%|\{#)(tr|tc|p|r) (.*)", re.DOTALL)
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\n": " "})
"""Word's typing aids turn the quotes of a tag into printed ones."""
WHOLE = {"tr": "行", "tc": "格", "p": "段"}
"""docxtpl drops all else of the row, cell or paragraph that such a tag stands in."""

Fault = tuple[str, str]
"""Where, and what is wrong."""


@dataclass(frozen=True)
class Tag:
    """One tag: `text` as it stands, `sign` `{{`, `{%` or `{#`, `scope` `tr`, `tc`, `p`, `r` or nothing."""

    text: str
    sign: str
    scope: str
    body: str
    paragraph: Paragraph

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.paragraph.place

    @property
    def keyword(self) -> str:
        """`for`, `endif` … of a statement; nothing for an expression."""
        return self.body.split(maxsplit=1)[0] if self.sign == "{%" and self.body else ""


def tags_of(paragraph: Paragraph) -> Iterator[Tag]:
    """The tags of a paragraph in their order."""
    for found in TAG.finditer(paragraph.text):
        yield _tag(found.group(), paragraph)


def _tag(text: str, paragraph: Paragraph) -> Tag:
    scoped = SCOPED.match(text)
    sign, scope, rest = scoped.groups() if scoped else (text[:2], "", text[2:])
    body = rest[:-2].strip().strip("-").strip().translate(QUOTES)
    return Tag(text, sign, scope, body, paragraph)


def writing_faults(found: Iterable[Paragraph]) -> Iterator[Fault]:
    """Tags that are not written out, written with the wrong signs, or torn apart by the office program."""
    for paragraph in found:
        text = paragraph.text
        rest = TAG.sub("", text)
        if broken := BROKEN.search(rest):
            near = shown(rest[max(0, broken.start() - 5) : broken.end() + 20])
            yield paragraph.place, f"标签没有写完：“{near}”；“{{{{”“}}}}”“{{%”“%}}”应成对，并写在同一段内"
        elif wrong := FULL_WIDTH.search(rest):
            yield paragraph.place, f"“{wrong.group()}”不是标签的括号；应用半角、相连的“{{{{ }}}}”或“{{% %}}”"
        yield from _torn(paragraph)
        yield from _crowded(paragraph)


def _torn(paragraph: Paragraph) -> Iterator[Fault]:
    """A tag over several runs is joined again, but not over the edge of a link, a revision or a control."""
    owners = [(piece.getparent().getparent(), piece) for piece in paragraph.pieces for _ in piece.text or ""]
    for found in TAG.finditer(paragraph.text):
        held = owners[found.start() : found.end()]
        if any(owner is not held[0][0] for owner, _ in held):
            words = "标签被拆在超链接、修订或控件的内外"
            yield paragraph.place, f"{words}：{shown(found.group())}；请接受修订、取消链接，删去整个标签后重新输入"


def _crowded(paragraph: Paragraph) -> Iterator[Fault]:
    for tag in tags_of(paragraph):
        if tag.scope in WHOLE and (rest := _beside(tag)):
            words = f"{shown(tag.text)} 应独占一{WHOLE[tag.scope]}，同{WHOLE[tag.scope]}的其他内容会丢失"
            yield paragraph.place, f"{words}：“{shown(rest, 20)}”"


def _beside(tag: Tag) -> str:
    """What else stands in the row, cell or paragraph that a tag claims for itself."""
    element: Any = tag.paragraph.element
    whole = element if tag.scope == "p" else holder(element, tag.scope)
    if whole is None:
        return ""
    text = "".join(piece.text or "" for piece in whole.iter(word("t")))
    return text.replace(tag.text, "", 1).strip()
