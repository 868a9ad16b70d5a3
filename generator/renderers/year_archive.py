"""年度归档: a year in one zip: plan and data, forms, returns as they came, papers, and a table of contents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.analysis.wording import day_text
from generator.book import Artifact, Book
from generator.model import Period, Plan, ReturnedFile
from generator.office.archives import zip_bytes
from generator.writing import file_name, filled_name, path_key

Named = tuple[str, bytes]
PRIVATE = ("contacts.local.yml",)
LEFT_OUT = ("schemas",)
LONGEST = 100


@dataclass(frozen=True)
class PeriodFiles:
    """What belongs to one period: the forms that went out and the office's papers."""

    period: Period
    forms: tuple[Named, ...]
    papers: tuple[Artifact, ...]


def year_archive(
    book: Book, plan: Plan, files: Iterable[Named], periods: Iterable[PeriodFiles], originals: Mapping[str, bytes]
) -> bytes:
    """The archive of an annual plan: equal data, returns and day give equal bytes; contacts are never in it."""
    found = tuple(periods)
    parts: dict[str, tuple[Named, ...]] = {
        "plan": tuple(_plan_files(files)),
        "forms": tuple(
            (f"{one.period.label}/{_safe(name)}", content) for one in found for name, content in one.forms
        ),
        "returns": tuple(_returns(book, plan, originals)),
        "papers": tuple(
            (f"{one.period.label}/{paper.path}", paper.content) for one in found for paper in one.papers
        ),
    }
    entries = [
        (f"{book.terms(f'year_archive.folder.{part}')}/{name}", content)
        for part, named in parts.items()
        for name, content in named
    ]
    missing = [file for _, _, file in _returned(plan) if file.digest not in originals]
    return zip_bytes([_contents(book, plan, entries, missing), *entries])


def _plan_files(files: Iterable[Named]) -> Iterator[Named]:
    """plan/ as it stands, so that it can be put back; names and telephone numbers stay out."""
    for name, content in sorted(files):
        folders = name.split("/")
        hidden = any(folder.startswith(".") for folder in folders)
        if folders[-1] not in PRIVATE and folders[0] not in LEFT_OUT and not hidden:
            yield f"plan/{name}", content


def _returned(plan: Plan) -> Iterator[tuple[str, str, ReturnedFile]]:
    """Period, unit and file of everything that came in, in the order in which it came."""
    for found in sorted(plan.returns, key=lambda one: (one.period, one.unit)):
        for file in found.files:
            yield found.period, found.unit, file


def _returns(book: Book, plan: Plan, originals: Mapping[str, bytes]) -> Iterator[Named]:
    """Each return under its unit's name, numbered: what clerks call their files is kept, but decides no path."""
    numbers: dict[tuple[str, str], int] = {}
    taken: set[str] = set()
    for period, unit, file in _returned(plan):
        numbers[period, unit] = numbers.get((period, unit), 0) + 1
        if file.digest in originals:
            known = Period.parse(period)
            folder, name = known.label if known else period, book.graph.name(unit)
            path = f"{folder}/{_return_name(name, numbers[period, unit], file.name)}"
            while path_key(path) in taken:  # two units of one name, as far as files have names
                numbers[period, unit] += 1
                path = f"{folder}/{_return_name(name, numbers[period, unit], file.name)}"
            taken.add(path_key(path))
            yield path, originals[file.digest]


def _return_name(unit: str, number: int, written: str) -> str:
    path = PurePosixPath(written.replace("\\", "/"))
    words = {"unit": unit, "number": f"{number:02d}", "stem": path.stem}
    name = filled_name("{unit} {number} {stem}", words, LONGEST)
    return f"{name}.{file_name(path.suffix[1:], 8)}" if path.suffix else name


def _safe(name: str) -> str:
    """A name that every system can unpack, its suffix kept."""
    stem, dot, suffix = name.rpartition(".")
    return f"{file_name(stem, LONGEST)}.{file_name(suffix, 8)}" if dot else file_name(name, LONGEST)


def _contents(book: Book, plan: Plan, entries: list[Named], missing: list[ReturnedFile]) -> Named:
    """目录: what lies where, each file with its digest, and which returns could not be found any more."""
    terms = book.terms
    words = {"plan": plan.head.title, "year": plan.head.year, "mark": book.internal_mark}
    lines = [terms("year_archive.head").format(day=day_text(book.as_of), **words).rstrip("\n"), ""]
    lines += [terms(f"year_archive.about.{part}") for part in ("plan", "forms", "returns", "papers", "left_out")]
    lines += ["", terms("year_archive.count").format(count=len(entries))]
    lines += [f"{name}　{len(content)}　{hashlib.sha256(content).hexdigest()[:16]}" for name, content in entries]
    lines += ["", terms("year_archive.missing").format(count=len(missing))]
    lines += [f"{file.name}　{file.received.isoformat()}　{file.digest[:16]}" for file in missing]
    return terms("year_archive.contents"), "\r\n".join(lines).encode("utf-8-sig", errors="replace") + b"\r\n"
