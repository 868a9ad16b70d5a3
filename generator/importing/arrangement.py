"""The tree of a plan → sections, chapters, objectives and measures, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.importing.documents import LeftOut, Table
from generator.importing.levels import has_responsibility, is_general, measure_style, speaks_of_units
from generator.importing.markers import Style
from generator.importing.numerals import chinese_numeral
from generator.importing.outline import Node
from generator.importing.row_clauses import row_heading
from generator.importing.task_tables import TaskRow, is_task_table, read_task_table
from generator.importing.titles import Heading, TitleStyle, heading_of, section_heading, title_style
from generator.importing.traced import Traced
from generator.importing.unnumbered import number_items
from generator.phrases.characters import alike

_APPEAL = re.compile(r"(?:各级|各地|各[乡镇县市区部单有相责])[^。]{0,30}(?:要|应|须|应当)")


@dataclass
class ChapterDraft:
    """章."""

    number: str
    printed: str
    title: str
    paragraphs: list[Traced] = field(default_factory=list)


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


@dataclass
class Item:
    """A measure before it is read; `row` where it comes from a table."""

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
    """A plan's body in order."""

    sections: list[SectionDraft] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    before: list[Traced] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    """Names of persons and the like: neither drafted nor repeated anywhere."""
    style: Style | None = None


def arrange(root: Node) -> Arrangement:
    """Sort what a tree holds into sections and measures; nothing is left behind."""
    number_items(root)
    return _Arranger(root).arranged()


class _Arranger:
    """Walks the tree once."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.result = Arrangement(style=measure_style(root))
        self.tops = {id(node): top for top in root.children for node in top.walk()}
        self.items = {id(node) for node in _item_nodes(root, self.result.style)}
        self.holds = _ancestors(root, self.items)
        nodes = [node for node in root.walk() if id(node) in self.items]
        self.titles = title_style(nodes) if nodes else TitleStyle(False, False)
        self.anonymous: SectionDraft | None = None

    def arranged(self) -> Arrangement:
        self._loose(self.root.paragraphs, None, None)
        for node in self.root.children:
            self._node(node, None)
        self._closing_words()
        self._without_empty_shell()
        return self.result

    def _closing_words(self) -> None:
        """各级各部门要… after the last measure speaks of all of them, where measures name their units themselves."""
        last = self.result.items[-1] if self.result.items else None
        if last is None or last.section is None or not has_responsibility(last.paragraphs):
            return
        count = len(last.paragraphs)
        while count and _speaks_to_all(last.paragraphs[count - 1].text):
            count -= 1
        last.section.closing[:0] = last.paragraphs[count:]
        del last.paragraphs[count:]

    def _node(self, node: Node, section: SectionDraft | None) -> None:
        if id(node) in self.items:
            self._item(node, section, None)
        elif id(node) not in self.holds:
            self._text(node, section)
        elif any(id(child) in self.items for child in node.children) or _task_tables(node):
            self._chapter(node, section)
        else:
            self._section(node)

    def _section(self, node: Node) -> None:
        heading = section_heading(node)
        section = self._new_section(node, heading)
        section.paragraphs += [heading.rest] if heading.rest else []
        self._loose(node.paragraphs, section, None)
        for child in node.children:
            self._node(child, self.result.sections[-1])

    def _chapter(self, node: Node, section: SectionDraft | None) -> None:
        section = section or self._shell()
        heading = section_heading(node)
        chapter = ChapterDraft(
            _number(node, [found.number for found in section.chapters]), heading.printed, heading.full
        )
        section.chapters.append(chapter)
        chapter.paragraphs += [heading.rest] if heading.rest else []
        self._loose(node.paragraphs, section, chapter)
        for child in node.children:
            if id(child) in self.items:
                self._item(child, section, chapter)
            elif id(child) in self.holds:
                self._chapter(child, section)
            else:
                self._append(list(_texts(child)), section, chapter)

    def _item(self, node: Node, section: SectionDraft | None, chapter: ChapterDraft | None) -> None:
        if chapter is None and section is None:
            section = self._shell()
        if chapter is None and section is not None:
            plain = (found for found in section.chapters[-1:] if not found.printed and not found.title)
            chapter = next(plain, None) or _plain_chapter(section)
        heading = heading_of(node, self.titles)
        texts = [text for text in node.texts()][1:]
        paragraphs = ([heading.rest] if heading.rest else []) + [line for text in texts for line in _lines(text)]
        general = is_general(node) or is_general(self.tops[id(node)])
        item = Item(heading, paragraphs, node.head.place, section, chapter, node.gap, general)
        if not paragraphs and heading.title is not None:
            item.heading, item.paragraphs = _untitled(heading, node)
        self.result.items.append(item)

    def _text(self, node: Node, section: SectionDraft | None) -> None:
        """What holds no measure: a section of its own, or paragraphs and objectives of the one it stands in."""
        if section is None:
            heading = section_heading(node)
            own = self._new_section(node, heading)
            goals = _is_goal(node)
            texts = ([heading.rest] if heading.rest else []) + [
                line for text in node.paragraphs for line in _lines(text)
            ]
            if goals and not node.children:
                own.objectives += [ObjectiveDraft(Heading("", None, "", None), [text]) for text in texts]
            else:
                own.paragraphs += texts
            for child in node.children:
                self._part(child, own, goals)
        else:
            self._part(node, section, False)

    def _part(self, node: Node, section: SectionDraft, goals: bool) -> None:
        if (goals or _is_goal(node)) and not section.chapters and not section.closing:
            heading = heading_of(node, TitleStyle(True, True))
            texts = ([heading.rest] if heading.rest else []) + [
                line for text in list(node.texts())[1:] for line in _lines(text)
            ]
            if not texts and heading.title is not None:
                heading, texts = _untitled(heading, node)
            section.objectives.append(ObjectiveDraft(heading, texts))
            return
        target = section.closing if section.objectives or section.chapters else section.paragraphs
        target += [line for text in node.texts() for line in _lines(text)]

    def _loose(
        self, parts: Sequence[Traced | Table], section: SectionDraft | None, chapter: ChapterDraft | None
    ) -> None:
        """Paragraphs and tables right under a heading."""
        for part in parts:
            if isinstance(part, Table) and is_task_table(part):
                self._table(part, section, chapter)
            else:
                self._append(list(_lines(part)), section, chapter)

    def _append(self, texts: list[Traced], section: SectionDraft | None, chapter: ChapterDraft | None) -> None:
        """Where text stands that is neither heading nor measure: after a measure it goes with that measure."""
        last = self.result.items[-1] if self.result.items else None
        if last is not None and last.chapter is not None and (chapter is None or last.chapter is chapter):
            if chapter is not None or last.section is section:
                last.paragraphs += texts
                return
        if chapter is not None:
            chapter.paragraphs += texts
        elif section is not None:
            section.paragraphs += texts
        else:
            self.result.before += texts

    def _table(self, table: Table, section: SectionDraft | None, chapter: ChapterDraft | None) -> None:
        read = read_task_table(table)
        self.result.left_out += read.left_out
        self.result.private += read.private
        section = section or self._shell()
        if read.title:
            self._append([Traced(read.title, (0,), (table.where,))], None, None)
        current: object = chapter
        for row in read.rows:
            if row.category is not None and row.category is not current:
                current = row.category
                chapter = self._category(row, section)
            chapter = chapter or _plain_chapter(section)
            before = self.result.items[-1].rows if self.result.items else []
            if before and row.same_task(before[-1]):
                before.append(row)
            else:
                heading = row_heading(row)
                self.result.items.append(Item(heading, [], row.where, section, chapter, rows=[row]))

    def _category(self, row: TaskRow, section: SectionDraft) -> ChapterDraft:
        title = "".join(row.category.text.split()) if row.category else ""
        same = next((found for found in section.chapters[-1:] if found.title == title), None)
        if same is not None:
            return same
        number = _free(chinese_numeral(len(section.chapters) + 1), [found.number for found in section.chapters])
        section.chapters.append(ChapterDraft(number, "", title))
        return section.chapters[-1]

    def _new_section(self, node: Node, heading: Heading) -> SectionDraft:
        self.anonymous = None
        number = _number(node, [found.number for found in self.result.sections])
        self.result.sections.append(SectionDraft(number, heading.printed, heading.full))
        return self.result.sections[-1]

    def _shell(self) -> SectionDraft:
        """A section that prints nothing, for chapters that stand under none."""
        if self.anonymous is None or self.anonymous is not self.result.sections[-1]:
            number = _free("正文", [found.number for found in self.result.sections])
            self.anonymous = SectionDraft(number, "", "")
            self.result.sections.append(self.anonymous)
        return self.anonymous

    def _without_empty_shell(self) -> None:
        """Measures that stand under nothing at all need no chapter."""
        sections = self.result.sections
        bare = len(sections) == 1 and not sections[0].printed and not sections[0].title
        if bare and all(
            not found.printed and not found.title and not found.paragraphs for found in sections[0].chapters
        ):
            self.result.sections.clear()
            for item in self.result.items:
                item.section = item.chapter = None


def _plain_chapter(section: SectionDraft) -> ChapterDraft:
    """A chapter that prints nothing, for measures that stand under none."""
    section.chapters.append(ChapterDraft(_free("正文", [found.number for found in section.chapters]), "", ""))
    return section.chapters[-1]


def _speaks_to_all(text: str) -> bool:
    """A closing appeal: to everybody, with nobody named in brackets."""
    return bool(_APPEAL.match(alike(text))) and not speaks_of_units(text)


def _task_tables(node: Node) -> bool:
    return any(isinstance(part, Table) and is_task_table(part) for part in node.paragraphs)


def _item_nodes(root: Node, style: Style | None) -> Iterator[Node]:
    """The measures: all numbers of the level, and points of other levels that stand for themselves."""
    level = [node for node in _outermost(root, style)]
    run_on = _runs_on(level)
    tops = {id(node): top for top in root.children for node in top.walk()}
    chosen = {id(node) for node in level if run_on or not _is_preface(node, tops[id(node)])}
    if not chosen:
        chosen = {id(node) for node in level}
    above = _ancestors(root, chosen)
    for node in root.walk():
        if id(node) in chosen or (
            node.marker is not None
            and id(node) not in above
            and not _below(node, chosen)
            and _stands_alone(node, tops)
        ):
            yield node


def _outermost(root: Node, style: Style | None) -> Iterator[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.marker is not None and node.style is style:
            yield node
        else:
            stack.extend(reversed(node.children))


def _is_preface(node: Node, top: Node) -> bool:
    """Under 总体要求, or itself 指导思想 at the top level."""
    return is_general(top) and not has_responsibility(top.texts())


def _runs_on(level: Sequence[Node]) -> bool:
    """Whether numbers go on from one heading to the next, （一）–（三十九）."""
    changes = [
        (before, after)
        for before, after in zip(level, level[1:], strict=False)
        if before.parent is not after.parent
    ]
    on = sum(after.ordinal == before.ordinal + 1 for before, after in changes)
    return on * 2 > len(changes) > 0


def _below(node: Node, chosen: set[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if id(parent) in chosen:
            return True
        parent = parent.parent
    return False


def _stands_alone(node: Node, tops: dict[int, Node]) -> bool:
    """A point without finer numbers, with text of its own, outside the prefaces: a measure at another level."""
    top = tops[id(node)]
    if is_general(top) and not has_responsibility((node.head, *node.paragraphs)):
        return False
    parent_stands = (
        node.parent is not None
        and node.parent.marker is not None
        and node.parent is not top
        and not node.parent.children[1:]
    )
    if parent_stands:
        return False
    if node is top:
        return not node.children and has_responsibility((node.head, *node.paragraphs))
    heading = section_heading(node)
    return bool(heading.rest or node.paragraphs) or has_responsibility([node.head])


def _ancestors(root: Node, chosen: set[int]) -> set[int]:
    """What stands above the chosen, and what holds a table of tasks."""
    above: set[int] = set()
    for node in root.walk():
        if id(node) in chosen or _task_tables(node):
            parent = node.parent if id(node) in chosen else node
            while parent is not None and id(parent) not in above:
                above.add(id(parent))
                parent = parent.parent
    return above


def _is_goal(node: Node) -> bool:
    title = alike(node.head.text)[:30].split("。")[0]
    return "目标" in title or "指标" in title


def _lines(part: Traced | Table) -> Iterator[Traced]:
    """A paragraph as it is; a table that is not one of tasks, row by row."""
    if isinstance(part, Traced):
        yield part
        return
    for row in part.rows:
        cells = list(dict.fromkeys(" ".join(cell.text.split()) for cell in row))
        text = "｜".join(cell for cell in cells if cell)
        if text:
            yield Traced(text, (0,), (row[0].where,))


def _texts(node: Node) -> Iterator[Traced]:
    for text in node.texts():
        yield from _lines(text)


def _untitled(heading: Heading, node: Node) -> tuple[Heading, list[Traced]]:
    """A title with nothing below it is the text itself."""
    length = len(node.head.text) - len(heading.full)
    return Heading(heading.printed, None, "", None), [node.head.cut(length)]


def _number(node: Node, taken: Sequence[str]) -> str:
    return _free(chinese_numeral(node.ordinal) if node.ordinal else chinese_numeral(len(taken) + 1), taken)


def _free(number: str, taken: Sequence[str]) -> str:
    """A number that no other has: 三, else 三(2)."""
    if number not in taken:
        return number
    again = 2
    while f"{number}({again})" in taken:
        again += 1
    return f"{number}({again})"
