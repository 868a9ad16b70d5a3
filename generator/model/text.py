"""Verbatim text and what stands in it: deadlines, targets, mentions."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from generator.findings import day_fault

STAMP_LENGTH = 6
_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=4096)
def text_stamp(text: str) -> str:
    """指纹: a short fingerprint of a verbatim text; white space does not count."""
    return hashlib.sha256("".join(text.split()).encode(errors="replace")).hexdigest()[:STAMP_LENGTH]


class Record(BaseModel):
    """A frozen record; a key that the model does not know is a fault, and so is a number without end."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _written_as_a_day(value: Any) -> Any:
    # pydantic would read "0" or "86400" as seconds since 1970.
    if isinstance(value, str) and (not _A_DAY.fullmatch(value) or not _exists(value)):
        raise ValueError(day_fault(value) or "应为实际存在的日期，如 2024-12-31")
    return value


def _exists(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


Day = Annotated[date, Field(ge=date(1949, 1, 1), le=date(2200, 12, 31)), BeforeValidator(_written_as_a_day)]
"""日: a day written as 2024-12-31, within the years that a plan can speak of."""


class DeadlineKind(StrEnum):
    """How a time binds (时限类别)."""

    BY = "by"
    FROM = "from"
    BETWEEN = "between"
    RECURRING = "recurring"
    ONGOING = "ongoing"


class Comparator(StrEnum):
    """How a figure binds (比较符)."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    ABOUT = "~"
    BELOW = "<"
    ABOVE = ">"


class MentionKind(StrEnum):
    """Why a figure or a time in the text binds nothing (提及类别)."""

    SCOPE = "scope"
    BASELINE = "baseline"
    INVENTORY = "inventory"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_DATE = "document_date"
    NAME = "name"
    EVENT = "event"
    CONDITION = "condition"


class Deadline(Record):
    """时限: a time expression of the text and its reading; days are inclusive."""

    phrase: str = Field(min_length=1, title="原文短语", description="必须逐字出现在所在语句中")
    kind: DeadlineKind = Field(title="类别")
    start: Day | None = Field(None, title="起始日")
    end: Day | None = Field(None, title="截止日")
    recurrence: str | None = Field(
        None,
        title="周期",
        pattern=r"^(daily|weekly|monthly|quarterly|half-yearly|yearly|regular|irregular)(:[0-9-]+)?$",
        description="daily 每日、weekly 每周、monthly 每月、quarterly 每季、half-yearly 每半年、"
        "yearly 每年、regular 定期、irregular 不定期；冒号后为日，如 monthly:25",
    )
    season: str | None = Field(None, title="所依季节", description="calendar.yml 中的季节 id")
    inferred: bool = Field(False, title="推算", description="原文没有直接写明的日期必须标为 true")
    basis: str | None = Field(None, title="推算依据")


Year = Annotated[str, WithJsonSchema({"type": ["string", "integer"]})]
"""A year, or what else a figure is compared with; editors read `2020` as a number."""


class Target(Record):
    """目标值: a figure to be reached; `phrase` is the shortest run with comparator, number and symbol."""

    phrase: str = Field(min_length=1, title="原文短语")
    indicator: str = Field(min_length=1, title="指标")
    comparator: Comparator = Field(title="比较符")
    value: int | float | None = Field(None, ge=-1e15, le=1e15, title="数值")
    symbol: str | None = Field(None, title="计量单位")
    baseline: Year | None = Field(None, title="基准", description="如 2020 表示与 2020 年相比")
    external: bool = Field(False, title="由上级确定", description="数值由上级下达、原文未写时为 true")


class Mention(Record):
    """提及: a figure or time in the text that binds nothing, listed so that nothing is overlooked."""

    phrase: str = Field(min_length=1, title="原文短语")
    kind: MentionKind = Field(title="类别")


class Passage(Record):
    """原文: text as the document has it, with what was read in it."""

    text: str = Field(min_length=1, title="原文")
    deadlines: tuple[Deadline, ...] = Field((), title="时限")
    targets: tuple[Target, ...] = Field((), title="目标值")
    mentions: tuple[Mention, ...] = Field((), title="提及")
    source_note: str | None = Field(
        None, title="来源说明", description="来源文件此处有损坏、已修复时，说明修复了什么"
    )
    source_text: str | None = Field(
        None, title="来源文字", description="来源文件此处的实际文字（去掉空白），与修复后的原文不同时填写"
    )
    review: str | None = Field(None, title="待核", description="导入时未能确定之处及原因，核对后删去")


def _from_plain_text(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class BlockKind(StrEnum):
    """What a paragraph outside the measures is (段落类别)."""

    DOCUMENT_NUMBER = "document_number"
    TITLE = "title"
    ADDRESSEES = "addressees"
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"
    NOTICE = "notice"
    ANNEX_LINE = "annex_line"
    COPIES = "copies"
    IMPRINT = "imprint"


class BlockRecord(Passage):
    """段落: a paragraph that stands outside the measures."""

    kind: BlockKind = Field(BlockKind.PARAGRAPH, title="段落类别")


Statement = Annotated[Passage, BeforeValidator(_from_plain_text, json_schema_input_type=str | Passage)]
"""语句: one sentence of a clause; in YAML a plain string, or a mapping where something stands in it."""

Block = Annotated[BlockRecord, BeforeValidator(_from_plain_text, json_schema_input_type=str | BlockRecord)]
"""段落 as it stands in YAML: a plain string, or a mapping."""
