"""Tables of tasks (任务分解表, 责任清单, 任务台账): which column is what, and what each row says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from generator.importing.documents import Cell, LeftOut, Table
from generator.importing.kinds import PERSONS, is_date_line
from generator.importing.markers import read_marker
from generator.phrases.characters import alike
from generator.phrases.conventions import says_first_leads
from generator.phrases.judgement import TASK
from generator.phrases.roles import BODY

HEADER_ROWS = 8
LONGEST_CATEGORY = 60


class Column(StrEnum):
    """What a column holds (列)."""

    NUMBER = "number"
    CATEGORY = "category"
    TASK = "task"
    DETAIL = "detail"
    UNITS = "units"
    TIME = "time"
    PRIVATE = "private"
    PROGRESS = "progress"
    OTHER = "other"


_KINDS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"序号|编号|项次|号"),
    (
        Column.PRIVATE,
        r".*(?:责任人|联系人|负责人|电话|手机|联系方式|责任领导|包联领导|牵头领导|分管领导|挂牌领导|领导).*",
    ),
    (
        Column.UNITS,
        rf".*(?:牵头|配合|协办|协同|协助|参与|参加|责任|负责|主办|承办|主责|落实|实施|督导|指导|主管|执行)(?:责任)?(?:{BODY}|主体)(?:\(.*\))?|牵头|配合|责任(?:分工)?|承担单位",
    ),
    (
        Column.PROGRESS,
        r".*(?:进展|完成情况|推进情况|落实情况|完成进度|自查情况|存在问题|下步打算|下一步|销号情况).*",
    ),
    (Column.TIME, r".*(?:时限|时间|期限|节点|进度安排|完成日期).*"),
    (
        Column.CATEGORY,
        r"(?:任务|工作|项目|重点)?(?:类别|类型|分类|领域|板块|方面|大类|专项|章节)|工作领域|重点领域|一级指标",
    ),
    (
        Column.DETAIL,
        r".*(?:措施|举措|内容|要求|做法|分解|具体任务|细化|任务描述|主要任务|(?:年度|工作|阶段|量化|绩效|预期)目标|目标(?:值|要求)).*",
    ),
    (Column.TASK, r".*(?:任务|事项|项目|工作|名称|问题|目标任务|要点|清单).*"),
)
_RESPONSIBLE_HEADER = re.compile(
    r".*(?:单位|部门|主体|处室|科室|股室|机构|站所|站办所?|办所|乡镇|镇街|镇村|街镇|村居)"
)
_NOTHING = re.compile(r"[/\\—\-–无]|——|--|暂无|")
_QUANTITY = re.compile(r"[0-9](?:%|[\u4e00-\u9fff/]{1,5})$")
_REMARK = re.compile(r"(?:注释?|附注|备注|说明)[0-9]?:")
_NOTE = re.compile(r"(?:填报|填表|制表|编制|报送|审核|单位|日期|时间|联系)[\u4e00-\u9fff]{0,6}(?:\([^()]*\))?:")


@dataclass(frozen=True)
class TaskRow:
    """A row of a table of tasks; `fields` are the other columns as (heading, cell), units not among them."""

    category: Cell | None
    number: str
    task: Cell | None
    detail: Cell | None
    units: tuple[tuple[str, Cell], ...]
    fields: tuple[tuple[str, Cell, Column], ...]
    where: str
    number_cell: Cell | None = None

    def same_task(self, other: TaskRow) -> bool:
        """Whether both rows are parts of one task: its cell covers both, and so does its number if it has one."""
        one_cell = self.task is not None and self.task is other.task and self.detail is not None
        return one_cell and self.number_cell is other.number_cell


@dataclass
class TaskTable:
    """The rows of one table, and what of it is left out."""

    title: str = ""
    dates: list[Cell] = field(default_factory=list)
    """A day in a cell of its own, above the heading."""
    notes: list[Cell] = field(default_factory=list)
    """注：…, in a row of its own."""
    rows: list[TaskRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    private: list[str] = field(default_factory=list)


def is_task_table(table: Table) -> bool:
    """Whether a row near the top names both tasks and who is responsible."""
    return _header(table) is not None


def read_task_table(table: Table) -> TaskTable:
    """Every row below the heading; rows that repeat it, or hold nothing, are not tasks."""
    found = _header(table)
    result = TaskTable()
    if found is None:
        return result
    first, last, columns, names = found
    above = dict.fromkeys(cell for row in table.rows[:first] for cell in row if cell.text.strip())
    titles = [cell for cell in above if not _NOTE.match(_plain(cell.text))]
    dated = [cell for cell in titles if is_date_line(cell.text)]
    result.title = "".join(dict.fromkeys(cell.text for cell in titles if cell not in dated))
    result.dates += dated
    result.left_out += [
        LeftOut(cell.where, cell.text.strip(), "表格上方的说明") for cell in above if cell not in titles
    ]
    category: Cell | None = None
    for row in table.rows[last + 1 :]:
        if _repeats(row, names) or not any(cell.text.strip() for cell in row):
            continue
        only = _only_cell(row)
        if only is not None and _REMARK.match(_plain(only.text)):
            result.notes.append(only)
            continue
        across = _across(row, only)
        if across is not None:
            category = across
            continue
        read = _row(row, columns, names, result)
        if read.category is None and category is not None:
            read = TaskRow(category, read.number, read.task, read.detail, read.units, read.fields, read.where)
        elif read.category is not None:
            category = read.category
        result.rows.append(read)
    return result


def _plain(text: str) -> str:
    return "".join(alike(text).split())


def _kind(name: str) -> Column:
    return next((kind for kind, pattern in _KINDS if re.fullmatch(pattern, name)), Column.OTHER)


def _header(table: Table) -> tuple[int, int, list[Column], list[str]] | None:
    """(first row, last row, kind of each column, heading of each column); two rows where the first is divided."""
    for index, row in enumerate(table.rows[:HEADER_ROWS]):
        last = index
        names = [_plain(cell.text) for cell in row]
        if _divided(table, index):
            last = index + 1
            names = [_lower(upper, _plain(cell.text)) for upper, cell in zip(names, table.rows[last], strict=True)]
        kinds = [_kind(name) for name in names]
        shown = {name for name in names if name}
        tasks = any(kind in {Column.TASK, Column.DETAIL} for kind in kinds)
        if len(shown) >= 2 and tasks and Column.UNITS in kinds and all(len(name) <= 30 for name in names):
            return index, last, kinds, names
    return None


def _divided(table: Table, index: int) -> bool:
    """责任单位 above 牵头单位 and 配合单位: the next row shares a cell with this one and divides another."""
    if index + 1 >= len(table.rows):
        return False
    upper, lower = table.rows[index], table.rows[index + 1]
    shared = any(above is below and above.text for above, below in zip(upper, lower, strict=True))
    wide = any(left is right and left.text for left, right in pairwise(upper))
    return shared and wide


def _lower(upper: str, lower: str) -> str:
    """牵头单位 needs no 责任单位 above it; 牵头 alone takes its noun from there."""
    if not lower or lower == upper:
        return upper
    return f"{lower}单位" if lower in {"牵头", "配合", "协办", "主办", "责任", "参与"} else lower


def _repeats(row: Sequence[Cell], names: Sequence[str]) -> bool:
    return [_plain(cell.text) for cell in row] == list(names)


def _only_cell(row: Sequence[Cell]) -> Cell | None:
    """The one cell of a row that holds anything."""
    texts = {id(cell): cell for cell in row if cell.text.strip()}
    return next(iter(texts.values())) if len(texts) == 1 else None


def _across(row: Sequence[Cell], only: Cell | None) -> Cell | None:
    """A row that is one cell from side to side is a heading for the rows below it."""
    if only is None or len(only.text) > LONGEST_CATEGORY:
        return None
    return only if sum(cell is only for cell in row) >= max(2, len(row) - 1) else None


def _row(row: Sequence[Cell], columns: Sequence[Column], names: Sequence[str], result: TaskTable) -> TaskRow:
    cells: dict[Column, list[tuple[str, Cell]]] = {kind: [] for kind in Column}
    seen: set[int] = set()
    for kind, name, cell in zip(columns, names, row, strict=True):
        if id(cell) in seen or not cell.text.strip():
            continue
        seen.add(id(cell))
        if _NOTHING.fullmatch(_plain(cell.text)) and kind is not Column.NUMBER:
            result.left_out.append(LeftOut(cell.where, cell.text.strip(), "表格中表示“没有”的记号"))
        elif kind is Column.PROGRESS:
            result.left_out.append(LeftOut(cell.where, cell.text.strip(), f"“{name}”是填报内容，不属于计划"))
        elif kind is Column.PRIVATE:
            result.private.append(cell.text)
            result.left_out.append(LeftOut(cell.where, f"（“{name}”一列）", PERSONS))
        else:
            cells[kind].append((name, cell))
    texts = cells[Column.TASK] + cells[Column.DETAIL]
    order = [column for column in columns if column in {Column.TASK, Column.DETAIL}]
    task, detail, more = _task_and_detail(texts, order)
    fields = [(name, cell, Column.OTHER) for name, cell in more]
    fields += [(name, cell, kind) for kind in (Column.OTHER, Column.TIME) for name, cell in cells[kind]]
    fields += [(name, cell, Column.OTHER) for name, cell in cells[Column.CATEGORY][1:]]
    return TaskRow(
        category=next((cell for _, cell in cells[Column.CATEGORY]), None),
        number=next((_plain(cell.text) for _, cell in cells[Column.NUMBER]), ""),
        task=task,
        detail=detail,
        units=tuple(cells[Column.UNITS]),
        fields=tuple(fields),
        where=next((cell.where for cell in row if cell.text), ""),
        number_cell=next((cell for _, cell in cells[Column.NUMBER]), None),
    )


Named = list[tuple[str, Cell]]


def _task_and_detail(texts: Named, order: Sequence[Column]) -> tuple[Cell | None, Cell | None, Named]:
    """With two columns the first names the task and the second says what is done; a third stays a field."""
    if not texts:
        return None, None, []
    if len(texts) == 1:
        return (None, texts[0][1], []) if len(order) < 2 or len(texts[0][1].text) > 30 else (texts[0][1], None, [])
    return texts[0][1], texts[1][1], texts[2:]


def row_units(row: TaskRow) -> Iterator[tuple[str, str]]:
    """(label as a line would write it, names) of every column about units; 列首位的为牵头单位 stays with them."""
    for name, cell in row.units:
        label = name if _RESPONSIBLE_HEADER.match(name) else f"{name}单位"
        title, _, note = label.partition("(")
        names = "、".join(part.strip("、，,；; ") for part in cell.text.split("\n") if part.strip())
        told = names and ("、" in names or "牵头" not in title)
        laid_down = told and says_first_leads(f"({note}")
        yield title, f"{names}（{note.removesuffix(')')}）" if laid_down else names


def cell_points(text: str) -> list[str]:
    """The text of a cell, cut where a line begins with the next number of a list, or with work after a quantity.

    Any other line end may be a wrap.
    """
    points = [""]
    last = 0
    for line in text.split("\n"):
        marker = read_marker(line)
        counts = marker is not None and marker.ordinal == last + 1
        if marker is not None and counts:
            last = marker.ordinal
        if counts or (_QUANTITY.search(points[-1]) and TASK.match(line)):
            points.append("")
        points[-1] += line
    return [point for point in points if point]
