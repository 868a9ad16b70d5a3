"""What stands beside the plans: air quality by month and town, and contacts that never enter git."""

from __future__ import annotations

from pydantic import Field

from generator.model.text import Record


class AirRow(Record):
    """空气质量 of one town in one month; a figure that is not known is None, never 0."""

    month: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", title="月份")
    town: str = Field(min_length=1, title="镇街")
    pm25: float | None = Field(None, ge=0, le=2000, title="PM2.5")
    pm25_cumulative: float | None = Field(None, ge=0, le=2000, title="PM2.5累计")
    pm25_change: float | None = Field(None, ge=-100, le=1000, title="PM2.5同比(%)")
    pm10: float | None = Field(None, ge=0, le=5000, title="PM10")
    pm10_cumulative: float | None = Field(None, ge=0, le=5000, title="PM10累计")
    pm10_change: float | None = Field(None, ge=-100, le=1000, title="PM10同比(%)")
    o3: float | None = Field(None, ge=0, le=2000, title="O3")
    o3_cumulative: float | None = Field(None, ge=0, le=2000, title="O3累计")
    o3_change: float | None = Field(None, ge=-100, le=1000, title="O3同比(%)")
    index: float | None = Field(None, ge=0, le=100, title="综合指数")
    index_change: float | None = Field(None, ge=-100, le=1000, title="综合指数同比(%)")
    good_days: int | None = Field(None, ge=0, le=366, title="优良天数")
    dust: float | None = Field(None, ge=0, le=1000, title="降尘量")
    rank: int | None = Field(None, ge=1, le=1000, title="排名")
    source: str = Field(min_length=1, title="数据来源")
    audited: bool = Field(title="是否审核")
    file: str = Field("", title="文件")
    line: int = Field(1, title="行")


class Contact(Record):
    """联系人 of a unit."""

    unit: str = Field(min_length=1, title="单位")
    name: str = Field(min_length=1, title="姓名")
    section: str | None = Field(None, title="科室")
    telephone: str | None = Field(None, title="电话")


class ContactsFile(Record):
    """contacts.local.yml: ignored by git, used in papers only, never on the site."""

    contacts: tuple[Contact, ...] = Field((), title="联系人")
