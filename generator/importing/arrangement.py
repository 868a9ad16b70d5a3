"""A plan's body in order: sections, chapters, objectives, and measures before they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.importing.documents import LeftOut, Table
from generator.importing.mending import tidy
from generator.importing.numerals import chinese_numeral
from generator.importing.task_tables import TaskRow
from generator.importing.titles import Heading
from generator.importing.traced import Traced

SHELL = "正文"
"""The number of a section or a chapter that prints nothing."""


@dataclass
class ChapterDraft:
    """章; one without number and title only holds measures."""

    number: str
    printed: str
    title: str
    paragraphs: list[Traced] = field(default_factory=list)
    place: str = ""

    @property
    def plain(self) -> bool:
        """Whether it prints nothing."""
        return not self.printed and not self.title


@dataclass
class ObjectiveDraft:
    """工作目标."""

    heading: Heading
    texts: list[Traced]


@dataclass
class SectionDraft:
    """节; one without number and title only holds chapters."""

    number: str
    printed: str
    title: str
    paragraphs: list[Traced] = field(default_factory=list)
    objectives: list[ObjectiveDraft] = field(default_factory=list)
    chapters: list[ChapterDraft] = field(default_factory=list)
    closing: list[Traced] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    """Numbers of its chapters."""
    place: str = ""

    @property
    def plain(self) -> bool:
        """Whether it prints nothing itself."""
        return not self.printed and not self.title


@dataclass
class Item:
    """A measure before it is read; `rows` where it comes from a table."""

    heading: Heading
    paragraphs: list[Traced]
    place: str
    section: SectionDraft | None = None
    chapter: ChapterDraft | None = None
    gap: bool = False
    general: bool = False
    rows: list[TaskRow] = field(default_factory=list)


@dataclass
class Arrangement:
    """Filled from the first paragraph to the last: whatever is added stands after all that was there."""

    sections: list[SectionDraft] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    before: list[Traced] = field(default_factory=list)
    """What stands before the first heading."""
    private: list[str] = field(default_factory=list)
    """Names of persons and the like: neither drafted nor repeated anywhere."""
    taken: set[str] = field(default_factory=set)
    """Numbers of the sections."""

    def open_section(self, ordinal: int, printed: str, title: str) -> SectionDraft:
        """A new section."""
        number = _free(
            chinese_numeral(ordinal) if ordinal else chinese_numeral(len(self.sections) + 1), self.taken
        )
        self.sections.append(SectionDraft(number, printed, title))
        return self.sections[-1]

    def open_chapter(self, ordinal: int, printed: str, title: str, section: SectionDraft | None) -> ChapterDraft:
        """A new chapter in `section` if that is still the last one, else in one that prints nothing."""
        last = self._open(section)
        number = _free(
            chinese_numeral(ordinal) if ordinal else chinese_numeral(len(last.chapters) + 1), last.taken
        )
        last.chapters.append(ChapterDraft(number, printed, title))
        return last.chapters[-1]

    def _open(self, section: SectionDraft | None) -> SectionDraft:
        """The last section, if chapters may still be added to it and it is the one that is meant."""
        last = self.sections[-1] if self.sections else None
        if last is not None and not last.closing and (last is section or (section is None and last.plain)):
            return last
        self.sections.append(SectionDraft(_free(SHELL, self.taken), "", ""))
        return self.sections[-1]

    def add_item(self, item: Item, section: SectionDraft | None, chapter: ChapterDraft | None) -> None:
        """A measure under `chapter` if that is still the last one, else under one that prints nothing."""
        item.section = self._open(section)
        last = item.section.chapters[-1] if item.section.chapters else None
        if last is None or (last is not chapter and not last.plain):
            item.section.chapters.append(ChapterDraft(_free(SHELL, item.section.taken), "", ""))
        item.chapter = item.section.chapters[-1]
        self.items.append(item)

    def add_text(self, texts: list[Traced]) -> None:
        """Paragraphs after all that is there: with the last measure, under the last heading, or before all."""
        last = self.sections[-1] if self.sections else None
        if last is None:
            self.before += texts
        elif last.closing or (last.objectives and not last.chapters):
            last.closing += texts
        elif last.chapters:
            item = self.items[-1] if self.items else None
            target = item if item is not None and item.chapter is last.chapters[-1] else last.chapters[-1]
            target.paragraphs += texts
        else:
            last.paragraphs += texts

    def add_note(self, texts: list[Traced]) -> None:
        """What stands below a table of tasks says something of all its rows, not of the last."""
        if texts:
            self.sections[-1].closing += texts

    def without_empty_shell(self) -> None:
        """Measures that stand under nothing at all need no chapter."""
        if len(self.sections) != 1 or not self.sections[0].plain or self.sections[0].closing:
            return
        if all(chapter.plain and not chapter.paragraphs for chapter in self.sections[0].chapters):
            self.sections.clear()
            for item in self.items:
                item.section = item.chapter = None


def text_lines(part: Traced | Table) -> Iterator[Traced]:
    """A paragraph as it is; a table that is not one of tasks, row by row."""
    if isinstance(part, Traced):
        yield part
        return
    for row in part.rows:
        cells = [tidy(cell.text) for cell in dict.fromkeys(row)]
        text = "｜".join(cell for cell in cells if cell)
        if text:
            yield Traced(text, (0,), (row[0].where,))


def _free(number: str, taken: set[str]) -> str:
    """A number that no other has: 三, else 三(2); it is taken from now on."""
    found, again = number, 2
    while found in taken:
        found, again = f"{number}({again})", again + 1
    taken.add(found)
    return found
