"""The Word templates of a project: which are used, what is wrong with them, fresh copies to restyle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.book import Book
from generator.findings import Finding, Place, Severity, suggestion
from generator.project import Project, packaged_templates
from generator.renderers.word_papers import WORD_PAPERS, WordPaper
from generator.templating.shapes import Shape, merged, shape_of
from generator.templating.word_check import RULE, Reference, check_template
from generator.terms import Terms
from generator.writing import write_file

FOLDER = "word"
SUFFIX = ".docx"
OFFICE_LOCKS = ("~$", ".")
"""Beside an open document Word and LibreOffice keep files of their own."""


class NoSuchPaperError(Exception):
    """There is no Word paper of that name."""


def context_shape(paper: WordPaper, book: Book) -> Shape:
    """Every name that the renderer gives to the template of a paper, told from what it gives on this book."""
    return merged(map(shape_of, paper.contexts(book)))


def paper_named(terms: Terms, written: str) -> WordPaper:
    """A paper by its name or its Chinese title; NoSuchPaperError tells the nearest."""
    wanted = written.strip().removesuffix(SUFFIX)
    for paper in WORD_PAPERS.values():
        if wanted in {paper.name, paper_title(terms, paper)}:
            return paper
    names = [name for paper in WORD_PAPERS.values() for name in (paper.name, paper_title(terms, paper))]
    raise NoSuchPaperError(suggestion(wanted, names, 0.4))


def paper_title(terms: Terms, paper: WordPaper) -> str:
    """任务清单 and its like."""
    return terms(f"word_paper.{paper.name}")


def check_templates(book: Book, files: tuple[Path, ...] = ()) -> Iterator[Finding]:
    """Findings of the templates in use, or of the files named; a file is held against the paper of its name."""
    if files:
        for path in files:
            yield from _check_file(book, path)
        return
    for paper in WORD_PAPERS.values():
        path = book.project.template(paper.template)
        yield from check_template(f"templates/{paper.template}", path.read_bytes(), _reference(book, paper))
    yield from _unused(book)


def _check_file(book: Book, path: Path) -> Iterator[Finding]:
    try:
        paper = paper_named(book.terms, path.name)
    except NoSuchPaperError as fault:
        message = f"看不出是哪种材料的模板；{str(fault) or _file_names()}"
        yield Finding(Place(str(path)), RULE, Severity.ERROR, message)
        return
    yield from check_template(str(path), path.read_bytes(), _reference(book, paper))


def _reference(book: Book, paper: WordPaper) -> Reference:
    packaged = packaged_templates() / paper.template
    return Reference(context_shape(paper, book), packaged.read_bytes())


def _unused(book: Book) -> Iterator[Finding]:
    """Documents beside the templates that no paper uses: a likely slip in the name."""
    for path in sorted((book.project.root / "templates" / FOLDER).glob("*")):
        if path.stem not in WORD_PAPERS or path.suffix != SUFFIX:
            if path.name.startswith(OFFICE_LOCKS):
                continue
            hint = suggestion(path.name, [f"{name}{SUFFIX}" for name in WORD_PAPERS]) or "模板的文件名不可改"
            yield Finding(Place(f"templates/{FOLDER}/{path.name}"), RULE, Severity.WARNING, f"不会被用到；{hint}")


def _file_names() -> str:
    return f"文件名应为 {'、'.join(f'{name}{SUFFIX}' for name in WORD_PAPERS)} 之一"


def copy_template(project: Project, paper: WordPaper) -> Path:
    """A fresh copy of a packaged template in the project; FileExistsError where the project has its own."""
    target = project.root / "templates" / paper.template
    if target.exists() or target.is_symlink():
        raise FileExistsError(target)
    write_file(target, (packaged_templates() / paper.template).read_bytes())
    return target
