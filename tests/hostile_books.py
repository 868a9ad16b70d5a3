"""Books with a value that somebody means harm with, or that slipped through every check."""

from __future__ import annotations

from dataclasses import replace

from generator.book import Book


def renamed(book: Book, unit_id: str, name: str) -> Book:
    """The book with another name for one unit; nothing validates it."""
    units = tuple(
        unit.model_copy(update={"name": name}) if unit.id == unit_id else unit for unit in book.graph.units
    )
    return replace(book, graph=replace(book.graph, units=units))
