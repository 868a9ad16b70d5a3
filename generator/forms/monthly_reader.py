"""The periodic form read back, from .xlsx and from .docx: by tag, then bookmark, then task number and heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from generator.forms.comparing import plain
from generator.forms.filled import FilledForm, FilledRow
from generator.forms.monthly_headings import known_headings
from generator.forms.monthly_marks import (
    FACT_COLUMNS,
    MARK_COLUMN,
    PROPERTY,
    MonthlyAnswer,
    MonthlyKey,
    OfficeAnswer,
    RowMark,
    Signature,
)
from generator.forms.monthly_paper import SIGNATURE_ROW, placeholder
from generator.forms.safe_zip import RefusedFileError
from generator.forms.sheets import Grid, SheetCell, Workbook
from generator.forms.word_answers import WordAnswers, typed
from generator.terms import Terms

DECLARED = re.compile(
    r"(?:填报|被考核)单位(?:\(盖章\)|（盖章）)?[:：]\s*(.+?)(?:\s{2,}|　|\t|$|填报|年度)", re.MULTILINE
)
LABEL = re.compile(r"(?P<prefix>[^\W\d_]{1,12}?)-?(?P<number>\d{1,4})(?P<circle>[①-⑳]|\(\d+\))?")
OFFICE_ANSWERS = tuple(map(str, OfficeAnswer))
ANSWERS = frozenset({*map(str, MonthlyAnswer), *OFFICE_ANSWERS})
LONGEST_LABEL = 60
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def read_monthly_workbook(book: Workbook, terms: Terms) -> FilledForm:
    """The form in a workbook; RefusedFileError where no sheet has the headings of one."""
    headings = known_headings(terms)
    for grid in book.grids:
        head = _head_row(grid, headings)
        if head:
            row, columns = head
            return _form_of_grid(book, grid, row, columns, terms)
    raise RefusedFileError("表里找不到“任务编号”等栏目，不像是调度表；请用下发的表填写")


def _head_row(grid: Grid, headings: Mapping[str, str]) -> tuple[int, dict[int, str]] | None:
    """The row that has 任务编号 and at least two headings of answers, with the key of each column."""
    for row, cells in sorted(grid.lines.items()):
        columns: dict[int, str] = {}
        for column, cell in sorted(cells.items()):
            name = headings.get(plain(cell.text)) or headings.get(re.sub(r"\(.*?\)", "", plain(cell.text)))
            if name and name not in columns.values():
                columns[column] = name
        if "task" in columns.values() and len(ANSWERS & set(columns.values())) >= 2:
            return row, columns
    return None


def _form_of_grid(book: Workbook, grid: Grid, head: int, columns: dict[int, str], terms: Terms) -> FilledForm:
    above = "\n".join(text for row in sorted(grid.lines) if row < head for text in _texts(grid, row))
    marks = {key: column for column, key in columns.items()}
    rows, signed, notes = [], False, []
    for row in sorted(line for line in grid.lines if line > head):
        found = _row(grid, row, columns, marks)
        if found:
            rows.append(found)
        elif _is_signature(grid, row, terms):
            signed = _signed(grid, row, terms)
        elif left := _left_over(grid, row, columns):
            notes.append(f"第{row}行没有任务编号，未采用：{left}")
    notes += ["表里插有图片，图片中的内容没有读取；请把文字填在格内"] if grid.pictures else []
    key = MonthlyKey.parse(book.properties.get(PROPERTY, "")) or _key_of_rows(rows)
    return FilledForm(key, declared_unit(above), above, tuple(rows), signed, notes=tuple(notes))


def _texts(grid: Grid, row: int) -> list[str]:
    """The texts of a row from left to right."""
    return [cell.text for _, cell in sorted(grid.lines.get(row, {}).items())]


def declared_unit(above: str) -> str:
    found = DECLARED.search(above)
    return re.sub(r"（待确认）$", "", found[1].strip()) if found else ""


def _key_of_rows(rows: Iterable[FilledRow]) -> MonthlyKey | None:
    """Where the file lost its inner id: that of its rows, if they are all of one form."""
    keys = {row.foreign for row in rows if row.foreign}
    return keys.pop() if len(keys) == 1 else None


def _row(grid: Grid, row: int, columns: Mapping[int, str], places: Mapping[str, int]) -> FilledRow | None:
    """A row that has a task number, visible or in its mark; the visible one wins where they differ."""
    mark = RowMark.parse(grid.text(row, places[MARK_COLUMN])) if MARK_COLUMN in places else None
    visible = task_label(grid.text(row, places["task"]))
    task = visible or (mark.task if mark else "")
    if not task:
        return None
    answers, serials, notes = {}, {}, []
    for column, key in columns.items():
        if key not in ANSWERS:
            continue
        cell, told = _answer_cell(grid, row, column, columns)
        notes += told
        if cell is None or not cell.text.strip():
            continue
        answers[key] = cell.text
        if cell.number is not None:
            serials[key] = cell.number + (grid.day_shift if key == MonthlyAnswer.EXPECTED else 0)
        if cell.formula and cell.number is None and cell.text.startswith("="):
            notes.append(f"“{cell.text[:40]}”是公式，没有算出的值，照原样保留")
    office = {key: answers.pop(key) for key in OFFICE_ANSWERS if key in answers}
    content = grid.text(row, places["content"]) if "content" in places else ""
    return FilledRow(
        task=task,
        stamp=mark.stamp if mark else None,
        answers=answers,
        serials=serials,
        office=office,
        where=f"第{row}行",
        content=content,
        foreign=mark.form if mark else None,
        marked=mark.task if mark else "",
        facts={key: grid.text(row, places[key]) for key in FACT_COLUMNS if key in places},
        notes=tuple(dict.fromkeys(notes)),
    )


def _answer_cell(
    grid: Grid, row: int, column: int, columns: Mapping[int, str]
) -> tuple[SheetCell | None, list[str]]:
    """The cell that answers: its own, or one merged over it; merged across, it answers the leftmost column."""
    own = grid.cell(row, column)
    source = None if own and own.text.strip() else grid.covering(row, column)
    if source is None:
        return own, []
    leftmost = min(found for found, key in columns.items() if key in ANSWERS and found >= source[1])
    if column != leftmost:
        return None, ["有横向合并的单元格，所填内容只算在最左一栏，请分栏填写"]
    return grid.cell(*source), ["有合并的单元格，按合并范围内各行同填处理"] if source[0] != row else []


def task_label(written: str) -> str:
    """`行动 09`, `行动9`, `方案－10①` as the plan writes them; an empty string for what is no task number."""
    return _label(written) if len(written) <= LONGEST_LABEL else ""


@lru_cache(maxsize=4096)
def _label(written: str) -> str:
    bare = "".join(part if part in CIRCLED else plain(part) for part in re.split(f"([{CIRCLED}])", written))
    bare = re.sub(r"[-—–－﹣_]+", "-", bare)
    found = LABEL.fullmatch(bare)
    if not found:
        return ""
    return f"{found['prefix']}-{int(found['number']):02d}{found['circle'] or ''}"


def _is_signature(grid: Grid, row: int, terms: Terms) -> bool:
    labels = {plain(terms(f"monthly_form.signature.{who}")) for who in Signature}
    texts = [plain(text) for text in _texts(grid, row)]
    return any(label in text for label in labels for text in texts)


def _signed(grid: Grid, row: int, terms: Terms) -> bool:
    """Whether 填表人 and 审核人 are there: beside their labels, or behind them in the same cell."""
    texts = [plain(text) for text in _texts(grid, row)]
    labels = [plain(terms(f"monthly_form.signature.{who}")) for who in Signature]
    return all(_beside(texts, labels, label) for label in labels[:2])


def _beside(texts: list[str], labels: list[str], label: str) -> bool:
    for place, text in enumerate(texts):
        if label in text:
            behind = re.sub(r"[:：_()（）签字]", "", text.split(label, 1)[1])
            behind = re.split("|".join(labels), behind)[0]
            following = texts[place + 1] if place + 1 < len(texts) else ""
            return bool(behind) or bool(following and following not in labels)
    return False


def _left_over(grid: Grid, row: int, columns: Mapping[int, str]) -> str:
    """What stands in the answers of a row without a number: told, so that nothing is dropped unseen."""
    texts = [
        grid.text(row, column)
        for column, key in columns.items()
        if key in ANSWERS and grid.text(row, column).strip()
    ]
    return "；".join(texts)


def read_monthly_paper(word: WordAnswers, terms: Terms, bookmarks: Mapping[str, tuple[str, str]]) -> FilledForm:
    """The form in a Word file; `bookmarks` maps the bookmark without its stamp to task and answer."""
    rows: dict[str, dict[str, str]] = {}
    stamps: dict[str, str] = {}
    tagged = ((task, stamp, answer, _typed(answer, text, True)) for task, stamp, answer, text in _by_tag(word))
    marked = (
        (task, stamp, answer, _typed(answer, text)) for task, stamp, answer, text in _by_bookmark(word, bookmarks)
    )
    for task, stamp, answer, text in (*tagged, *marked):
        rows.setdefault(task, {}).setdefault(answer, text)
        stamps.setdefault(task, stamp)
    contents: dict[str, str] = {}
    for task, cells in _by_heading(word, known_headings(terms)):
        contents[task] = cells.get("content", "")
        for answer in set(MonthlyAnswer) & cells.keys():
            if not rows.get(task, {}).get(answer) and written(answer, cells[answer]):
                rows.setdefault(task, {})[answer] = _typed(answer, cells[answer])
    signed = all(_signature_text(word, who).strip() for who in (Signature.PREPARER, Signature.REVIEWER))
    filled = tuple(
        FilledRow(
            task,
            stamps.get(task),
            {key: text for key, text in found.items() if written(key, text)},
            content=contents.get(task, ""),
        )
        for task, found in rows.items()
    )
    notes = (f"{tag.split('/')[0]} 的填写栏出现了两次，未采用的一处填的是：{text}" for tag, text in word.repeated)
    key = MonthlyKey.parse(word.identifier)
    return FilledForm(key, declared_unit(word.text), word.text, filled, signed, notes=tuple(notes))


def _typed(answer: str, text: str, replaced: bool = False) -> str:
    return typed(text, placeholder(answer), replaced)


def written(answer: str, text: str) -> bool:
    """Whether anything was written: white space and the placeholder count as nothing."""
    return bool(text.strip()) and text.strip() != placeholder(answer).strip()


def _signature_text(word: WordAnswers, who: Signature) -> str:
    return word.tagged.get(f"{SIGNATURE_ROW}/{who}") or word.marked.get(f"cc_{SIGNATURE_ROW}_{who}", "")


def _by_tag(word: WordAnswers) -> Iterator[tuple[str, str, str, str]]:
    for tag, text in word.tagged.items():
        parts = tag.split("/")
        if len(parts) == 3 and parts[2] in set(MonthlyAnswer):
            yield parts[0], parts[1], parts[2], text


def _by_bookmark(
    word: WordAnswers, bookmarks: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    for mark, text in word.marked.items():
        stem, _, stamp = mark.rpartition("_")
        if stem in bookmarks:
            task, answer = bookmarks[stem]
            yield task, stamp, answer, text


def _by_heading(word: WordAnswers, headings: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows by task number, cells by column head: for the text of the task, and for a file that lost every mark."""
    for table in word.tables:
        columns: dict[int, str] = {}
        for row in table:
            named = {place: headings[plain(text)] for place, text in enumerate(row) if plain(text) in headings}
            if "task" in named.values():
                columns = named
                continue
            cells = {key: row[place] for place, key in columns.items() if place < len(row)}
            task = task_label(cells.get("task", ""))
            if task:
                yield task, cells
