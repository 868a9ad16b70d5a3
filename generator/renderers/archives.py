"""Zip files for the desk: everything of one unit, and the whole site for a file share or a USB stick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path, PurePosixPath

from generator.analysis.wording import day_text
from generator.book import Artifact, Book
from generator.office.archives import zip_bytes
from generator.renderers.imprint import document_numbers, open_point_groups
from generator.renderers.naming import download_path

UNIT_ARCHIVE = "unit_archive"


def unit_archives(book: Book, artifacts: Iterable[Artifact]) -> Iterator[Artifact]:
    """One zip for each unit of its files among the papers already drawn (`downloads/<unit>/…`)."""
    papers: dict[str, list[tuple[str, bytes]]] = {unit: [] for unit in book.units}
    for artifact in artifacts:
        folders = PurePosixPath(artifact.path).parts
        if len(folders) == 3 and folders[0] == "downloads" and folders[1] in papers:
            papers[folders[1]].append((folders[2], artifact.content))
    for unit, files in papers.items():
        entries = sorted(files)
        content = zip_bytes([_read_me_for_unit(book, unit, [name for name, _ in entries]), *entries])
        yield Artifact(download_path(book, UNIT_ARCHIVE, unit), content)


def site_archive(book: Book, files: Iterable[tuple[str, bytes | Path]]) -> list[tuple[str, bytes | Path]]:
    """What the zip of the whole site holds: its files, and the page that says how to open it."""
    title = book.plans[0].head.title if book.plans else ""
    text = book.terms("read_me.site").format(title=title, **_words(book))
    return [_read_me(book, text), *sorted(files, key=itemgetter(0))]


def _read_me_for_unit(book: Book, unit: str, names: list[str]) -> tuple[str, bytes]:
    listed = "\n".join(f"  {name}" for name in names)
    example = next((duty.row.label for duty in book.task_lists[unit].rows), "")
    words = {"unit": book.graph.name(unit), "files": listed, "example": example, **_words(book)}
    return _read_me(book, book.terms("read_me.unit").format(**words))


def _words(book: Book) -> dict[str, str]:
    points = [
        line
        for key, lines in open_point_groups(book).items()
        for line in (f"  {key}", *(f"    · {line}" for line in lines))
    ]
    return {
        "numbers": document_numbers(book),
        "day": day_text(book.as_of),
        "open_points": "\n".join(points) or book.terms("read_me.nothing_open"),
    }


def _read_me(book: Book, text: str) -> tuple[str, bytes]:
    """With BOM and CRLF, so that every Notepad shows it right."""
    return book.terms("read_me.name"), "\r\n".join(text.splitlines()).encode(
        "utf-8-sig", errors="replace"
    ) + b"\r\n"
