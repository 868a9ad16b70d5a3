"""The changes (变更) since the version that mkdocs.yml names: by measure, by unit, and in all around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.analysis.changes import DutyChangeKind, VersionChangeKind
from generator.renderers import change_words as words
from generator.renderers.site.desk import WIDE, Desk, Page
from generator.terms import Terms

ADDRESS = "changes.html"
WORDS: dict[str, Callable[..., object]] = {
    "fact": words.fact_texts,
    "roles": words.roles_text,
    "held": words.held_text,
    "deadline": words.deadline_text,
    "target": words.target_text,
    "link": words.link_text,
    "moved": words.moved_text,
    "version": words.version_text,
}
"""What the template words by."""


def changes_page(desk: Desk) -> Iterator[Page]:
    """The one page of changes; without a version to compare with it says so and how to name one."""
    terms, changes = desk.book.terms, desk.book.changes
    yield desk.draw(
        ADDRESS,
        terms("page.changes"),
        "changes.md.j2",
        changes=changes,
        kinds=tuple(VersionChangeKind),
        duty_kinds=tuple(DutyChangeKind),
        say=_spoken(terms),
        hidden=WIDE,
    )


def _spoken(terms: Terms) -> dict[str, Callable[..., object]]:
    return {name: partial(word, terms) for name, word in WORDS.items()}
