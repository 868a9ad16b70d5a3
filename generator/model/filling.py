"""A mapping file: which column of somebody else's Excel template takes which field of ours."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from generator.model.text import Record

CELL = r"^[A-Z]{1,3}[1-9][0-9]{0,5}$"


class FilledBy(StrEnum):
    """What a row of the template is: a task at one unit, or a task with all its units."""

    DUTY = "unit"
    TASK = "task"


class FillMapping(Record):
    """对照文件: sheet, rows, columns by letter or heading, filters, order."""

    sheet: str | None = Field(None, title="工作表", description="工作表名，不写为第一张")
    first_row: int = Field(ge=2, le=10_000, title="首个数据行", description="从第几行起填，表头都在它之上")
    last_row: int | None = Field(
        None, ge=2, le=20_000, title="末个数据行", description="模板为数据留到第几行；不写则到下一个有内容的行之前"
    )
    rows: FilledBy = Field(FilledBy.DUTY, title="一行是什么", description="unit 每个单位的每项任务，task 每项任务")
    columns: dict[str, str] = Field(
        min_length=1, title="列", description="列号（如 C）或表头（多层表头写“上级/下级”）→ 字段名"
    )
    cells: dict[str, str] = Field({}, title="表头处的单元格", description="如 B2: 填报周期")
    filter: dict[str, tuple[str, ...]] = Field({}, title="筛选", description="字段名 → 只要这些值")
    order: tuple[str, ...] = Field((), title="排序", description="字段名，先后有序；不写按单位建制顺序、任务编号")
