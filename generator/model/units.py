"""Who is responsible: units, groups, and the calendar the office works by."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from generator.model.text import Day, Record

IDENTIFIER = r"^[a-z][a-z0-9-]*$"


class UnitKind(StrEnum):
    """What sort of organisation a unit is (单位类别)."""

    DEPARTMENT = "department"
    DISPATCHED = "dispatched"
    CENTRE = "centre"
    OFFICE = "office"
    TOWN = "town"
    SUBDISTRICT = "subdistrict"


class AliasRecord(Record):
    """别名: another way in which documents write a unit."""

    name: str = Field(min_length=1, title="别名")
    confirmed: bool = Field(True, title="已确认")
    basis: str | None = Field(None, title="依据")


def _from_plain_name(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


Alias = Annotated[AliasRecord, BeforeValidator(_from_plain_name, json_schema_input_type=str | AliasRecord)]


class Unit(Record):
    """责任单位: always an organisation; `id` becomes a web address and never changes."""

    id: str = Field(pattern=IDENTIFIER, max_length=60, title="单位 id")
    name: str = Field(min_length=1, title="名称")
    full_name: str | None = Field(None, title="全称")
    aliases: tuple[Alias, ...] = Field((), title="别名")
    kind: UnitKind = Field(title="类别")
    confirmed: bool = Field(title="已确认", description="单位名称见于原文为 true")
    unconfirmed: tuple[str, ...] = Field((), title="待确认的项", description="如 full_name、kind")
    note: str | None = Field(None, title="依据说明")
    valid_from: Day | None = Field(None, title="设立日")
    valid_until: Day | None = Field(None, title="撤并日")
    succeeded_by: tuple[str, ...] = Field((), title="承接单位 id")


class UnitGroup(Record):
    """单位集合, such as 各镇(街道): stays a group in the data, expanded only in outputs."""

    id: str = Field(pattern=IDENTIFIER, max_length=60, title="集合 id")
    name: str = Field(min_length=1, title="名称")
    aliases: tuple[Alias, ...] = Field((), title="别名")
    members: tuple[str, ...] = Field((), title="成员 id")
    subset_of: str | None = Field(None, title="范围", description="成员未定、只知在某集合之内时，写该集合 id")
    confirmed: bool = Field(title="成员已确认")
    note: str | None = Field(None, title="依据说明")


class UnitsFile(Record):
    """units.yml: units in official order (建制顺序), and groups."""

    order_confirmed: bool = Field(title="排列次序已确认")
    order_basis: str | None = Field(None, title="次序依据")
    units: tuple[Unit, ...] = Field(title="责任单位")
    groups: tuple[UnitGroup, ...] = Field((), title="统称")


class Season(Record):
    """季节: a span of days that the text only names; `start` and `end` are MM-DD, inclusive."""

    id: str = Field(pattern=IDENTIFIER, title="季节 id")
    name: str = Field(min_length=1, title="名称")
    aliases: tuple[str, ...] = Field((), title="别名")
    start: str = Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", title="起始（月-日）")
    end: str = Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", title="结束（月-日）")
    confirmed: bool = Field(title="已确认")
    basis: str = Field(min_length=1, title="依据")


class CalendarFile(Record):
    """calendar.yml."""

    seasons: tuple[Season, ...] = Field(title="季节")
