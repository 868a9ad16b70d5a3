"""The tree of a plan → its arrangement, in the order of the document; nothing is left behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importing.arrangement import (
    Arrangement,
    ChapterDraft,
    Item,
    ObjectiveDraft,
    SectionDraft,
    text_lines,
)
from generator.importing.documents import Cell, Table
from generator.importing.levels import has_responsibility, is_general, measure_style, speaks_of_units
from generator.importing.measure_nodes import above, holds_task_table, measure_nodes
from generator.importing.outline import Node
from generator.importing.row_clauses import row_heading
from generator.importing.task_tables import is_task_table, read_task_table
from generator.importing.titles import Heading, TitleStyle, heading_of, section_heading, title_style
from generator.importing.traced import Traced
from generator.importing.unnumbered import number_items
from generator.phrases.characters import alike

_APPEAL = re.compile(
    r"(?:请?各级|请?各地|请?各[乡镇县市区部单有相责牵街村科股处室成]|有关[单部]|全[市县区镇乡]各)[^。]{0,30}(?:要|应|须|应当|请|报送)"
)
_NO_TITLE = Heading("", None, "", None)


def arrange(root: Node) -> Arrangement:
    """Sort what a tree holds into sections, chapters, objectives and measures."""
    number_items(root)
    return _Arranger(root).arranged()


class _Arranger:
    """Walks the tree once."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.result = Arrangement()
        self.tops = {id(node): top for top in root.children for node in top.walk()}
        nodes = list(measure_nodes(root, measure_style(root)))
        self.items = {id(node) for node in nodes}
        self.holds = above(root, self.items)
        self.titles = title_style(nodes) if nodes else TitleStyle(False, False)

    def arranged(self) -> Arrangement:
        """The whole body."""
        self._parts(self.root.paragraphs, None, None)
        for node in self.root.children:
            self._node(node, None)
        self._closing_words()
        self.result.without_empty_shell()
        return self.result

    def _node(self, node: Node, section: SectionDraft | None) -> None:
        if id(node) in self.items:
            self._item(node, section, None)
        elif id(node) not in self.holds:
            self._text(node, section)
        elif any(id(child) in self.items for child in node.children) or holds_task_table(node):
            self._chapter(node, section)
        else:
            self._section(node)

    def _section(self, node: Node) -> None:
        heading = section_heading(node)
        section = self.result.open_section(node.ordinal, heading.printed, heading.full)
        section.place = node.head.place
        section.paragraphs += [heading.rest] if heading.rest else []
        self._parts(node.paragraphs, section, None)
        for child in node.children:
            self._node(child, self.result.sections[-1])

    def _chapter(self, node: Node, section: SectionDraft | None) -> None:
        heading = section_heading(node)
        chapter = self.result.open_chapter(node.ordinal, heading.printed, heading.full, section)
        chapter.place = node.head.place
        section = self.result.sections[-1]
        chapter.paragraphs += [heading.rest] if heading.rest else []
        self._parts(node.paragraphs, section, chapter)
        for child in node.children:
            if id(child) in self.items:
                self._item(child, section, chapter)
            elif id(child) in self.holds:
                self._chapter(child, section)
            else:
                self.result.add_text([line for text in child.texts() for line in text_lines(text)])

    def _item(self, node: Node, section: SectionDraft | None, chapter: ChapterDraft | None) -> None:
        heading, texts = _words(node, heading_of(node, self.titles))
        general = is_general(node) or is_general(self.tops[id(node)])
        general = general and not has_responsibility((node.head, *texts))
        item = Item(heading, texts, node.head.place, gap=node.gap, general=general)
        self.result.add_item(item, section, chapter)

    def _text(self, node: Node, section: SectionDraft | None) -> None:
        """What holds no measure: a section of its own, or paragraphs and objectives of the one it stands in."""
        if section is not None:
            self._part(node, False)
            return
        heading = section_heading(node)
        own = self.result.open_section(node.ordinal, heading.printed, heading.full)
        own.place = node.head.place
        goals = _is_goal(node)
        texts = [heading.rest] if heading.rest else []
        texts += [line for part in node.paragraphs for line in text_lines(part)]
        if goals and not node.children:
            own.objectives += [ObjectiveDraft(_NO_TITLE, [text]) for text in texts]
        else:
            own.paragraphs += texts
        for child in node.children:
            self._part(child, goals)

    def _part(self, node: Node, goals: bool) -> None:
        """A point in a section without measures: an objective where it speaks of goals, else paragraphs."""
        section = self.result.sections[-1]
        if (goals or _is_goal(node)) and not section.chapters and not section.closing:
            heading, texts = _words(node, heading_of(node, TitleStyle(True, True)))
            section.objectives.append(ObjectiveDraft(heading, texts))
            return
        target = section.closing if section.objectives or section.chapters else section.paragraphs
        target += [line for text in node.texts() for line in text_lines(text)]

    def _parts(
        self, parts: Sequence[Traced | Table], section: SectionDraft | None, chapter: ChapterDraft | None
    ) -> None:
        """Paragraphs and tables right under a heading."""
        below = False
        for part in parts:
            if isinstance(part, Table) and is_task_table(part):
                self._table(part, section, chapter)
                below = True
            elif below:
                self.result.add_note(list(text_lines(part)))
            else:
                self.result.add_text(list(text_lines(part)))

    def _table(self, table: Table, section: SectionDraft | None, chapter: ChapterDraft | None) -> None:
        """A table of tasks: its categories are chapters, its rows measures."""
        read = read_task_table(table)
        self.result.left_out += read.left_out
        self.result.private += read.private
        if read.title:
            self.result.add_text([Traced(read.title, (0,), (table.where,))])
        self.result.add_text([Traced("".join(cell.text.split()), (0,), (cell.where,)) for cell in read.dates])
        current: Cell | None = None
        for row in read.rows:
            if row.category is not None and row.category is not current:
                current = row.category
                title = "".join(current.text.split())
                if chapter is None or chapter.title != title:
                    chapter = self.result.open_chapter(0, "", title, section)
                    section = self.result.sections[-1]
            before = self.result.items[-1].rows if self.result.items else []
            if before and row.same_task(before[-1]):
                before.append(row)
            else:
                self.result.add_item(Item(row_heading(row), [], row.where, rows=[row]), section, chapter)
                section, chapter = self.result.items[-1].section, self.result.items[-1].chapter

        self.result.add_note([Traced("".join(cell.text.split()), (0,), (cell.where,)) for cell in read.notes])

    def _closing_words(self) -> None:
        """各级各部门要… after the last measure speaks of all of them, where measures name their units."""
        last = self.result.items[-1] if self.result.items else None
        if last is None or last.section is not self.result.sections[-1] or not has_responsibility(last.paragraphs):
            return
        count = len(last.paragraphs)
        while count and _speaks_to_all(last.paragraphs[count - 1].text):
            count -= 1
        # 有关要求, on a line of its own, heads what is said to all.
        if 0 < count < len(last.paragraphs) and _heads(last.paragraphs[count - 1].text):
            count -= 1
        last.section.closing[:0] = last.paragraphs[count:]
        del last.paragraphs[count:]


def _words(node: Node, heading: Heading) -> tuple[Heading, list[Traced]]:
    """A number's heading and the text below it; a title with nothing below it is the text itself."""
    texts = [heading.rest] if heading.rest else []
    texts += [line for part in list(node.texts())[1:] for line in text_lines(part)]
    if texts or heading.title is None:
        return heading, texts
    start = len(node.head.text) - len(heading.full)
    return Heading(heading.printed, None, "", None), [node.head.cut(start)]


def _speaks_to_all(text: str) -> bool:
    """A closing appeal: to everybody, with nobody named in brackets."""
    return bool(_APPEAL.match(alike(text))) and not speaks_of_units(text)


def _heads(text: str) -> bool:
    return len(text) <= 12 and not any(mark in alike(text) for mark in "。,;:()[]")


def _is_goal(node: Node) -> bool:
    title = alike(node.head.text)[:30].split("。")[0]
    return "目标" in title or "指标" in title
