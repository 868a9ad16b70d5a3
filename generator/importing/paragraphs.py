"""Paragraphs with their number and with what they say themselves to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.importing.documents import Table
from generator.importing.kinds import is_field_line, line_kind
from generator.importing.markers import Marker, Style, read_marker
from generator.importing.traced import Traced
from generator.model import BlockKind
from generator.phrases.characters import alike

LONGEST_PLAIN_HEADING = 30


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or a table, with its number and with what it says itself to be."""

    text: Traced
    marker: Marker | None = None
    kind: BlockKind | None = None
    table: Table | None = None


def paragraphs_of(parts: Sequence[Traced | Table]) -> tuple[Paragraph, ...]:
    """Every paragraph with its number and kind; further lines of a list of annexes are annex lines too."""
    found: list[Paragraph] = []
    listed = last = 0
    for part in parts:
        if isinstance(part, Table):
            found.append(Paragraph(Traced("", (0,), (part.where,)), table=part))
            continue
        kind, marker = line_kind(part.text), read_marker(part.text)
        if marker is not None and marker.weak and marker.ordinal != last + 1:
            marker = None
        if marker is not None and marker.style is Style.DOT:
            last = marker.ordinal
        if kind is BlockKind.ANNEX_LINE:
            inner = read_marker(part.text.split("：")[-1].split(":")[-1])
            listed, marker = (inner.ordinal if inner else 0), None
        elif listed and marker is not None and marker.ordinal == listed + 1 and len(part.text) <= 60:
            listed, kind, marker = listed + 1, BlockKind.ANNEX_LINE, None
        else:
            listed = 0
        structural = marker if marker is not None and marker.style is not Style.SPOKEN and kind is None else None
        found.append(Paragraph(part, structural, kind))
    return tuple(_spoken(found))


def _spoken(found: list[Paragraph]) -> list[Paragraph]:
    """一是…, 二是… are the items where nothing else is numbered."""
    if any(paragraph.marker for paragraph in found):
        return found
    markers = [read_marker(paragraph.text.text) if paragraph.kind is None else None for paragraph in found]
    spoken = [marker if marker and marker.style is Style.SPOKEN else None for marker in markers]
    if [marker.ordinal for marker in spoken if marker][:2] != [1, 2]:
        return found
    return [replace(paragraph, marker=marker) for paragraph, marker in zip(found, spoken, strict=True)]


def is_plain_heading(text: Traced, following: Marker) -> bool:
    """A short line without punctuation right above a first number."""
    folded = alike(text.text)
    if len(folded) > LONGEST_PLAIN_HEADING or following.ordinal != 1:
        return False
    return (
        not any(mark in folded for mark in "。,;:!?)")
        and not is_field_line(folded)
        and read_marker(folded) is None
    )
