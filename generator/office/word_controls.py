"""Content controls (内容控件): places in a Word form where people write, each inside a bookmark.

LibreOffice 7.4 drops the tags of content controls and keeps bookmarks, and doubles the text of plain-text
controls at every save: so every control has both marks, and none is `<w:text/>`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from generator.office.word import plain
from generator.office.word_structure import CONTROL, CONTROL_END, MARK

TAG_LIMIT = 64
"""Word refuses a longer tag or title of a control."""
BOOKMARK_LIMIT = 40
"""Word refuses a longer name of a bookmark."""

CLOSING = Markup(
    '"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent>'
    '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t xml:space="preserve">{placeholder}</w:t></w:r>'
    '</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{end}"/>'
)
DATE = Markup(
    '<w:date><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/>'
    '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
)
CHOICE = Markup('<w:listItem w:displayText="{0}" w:value="{0}"/>')


class ControlKind(StrEnum):
    """How a control is filled in."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


class Control(NamedTuple):
    """One place to write; `placeholder` is shown until something is written and counts as empty."""

    tag: str
    bookmark: str
    title: str
    placeholder: str
    kind: ControlKind = ControlKind.TEXT
    choices: tuple[str, ...] = ()

    def __html__(self) -> str:
        """The control as runs of a paragraph, for `{{r …}}` in a template; its ids come once all is drawn."""
        return (
            f'{_opening(self.bookmark, self.title)}{escape(self.tag)}"/><w:id w:val="{MARK}'
            f"{_closing(self.kind, self.choices, self.placeholder)}"
        )


def run(text: str) -> Markup:
    """Plain text as a run, for a place that holds a control in other documents."""
    return Markup('<w:r><w:t xml:space="preserve">{}</w:t></w:r>').format(plain(text))


@lru_cache(maxsize=8192)
def _opening(bookmark: str, title: str) -> str:
    """What stands before the tag; kept, for the forms of many units have the same rows."""
    alias = escape(plain(title)[:TAG_LIMIT])
    return f'{MARK}{CONTROL} w:name="{escape(bookmark)}"/><w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="'


@lru_cache(maxsize=64)
def _closing(kind: ControlKind, choices: tuple[str, ...], placeholder: str) -> Markup:
    """What stands behind the tag; kept, for a form has few kinds of places to write and hundreds of each."""
    end = f"{MARK}{CONTROL_END}{MARK}"
    return CLOSING.format(kind=_properties(kind, choices), placeholder=plain(placeholder), end=end)


def _properties(kind: ControlKind, choices: tuple[str, ...]) -> Markup:
    if kind is ControlKind.DATE:
        return DATE
    if kind is ControlKind.CHOICE:
        items = Markup("").join(CHOICE.format(plain(choice)) for choice in choices)
        return Markup("<w:dropDownList>") + items + Markup("</w:dropDownList>")
    return Markup("")
