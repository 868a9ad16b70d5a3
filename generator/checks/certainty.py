"""What is inferred, unconfirmed or mended: every reader is told, and a reason must be given."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.inspection import Inspection, day, head_file
from generator.checks.rule import Problem, Rule
from generator.findings import Place, Severity, shown
from generator.model import Unit, UnitGroup
from generator.storage import Loc

WARNING, NOTE = Severity.WARNING, Severity.NOTE
UNITS = "units.yml"

Fact = tuple[Place, str, bool]
"""Where an unconfirmed fact stands, what it is, and whether a basis is given."""


def inferred(inspection: Inspection) -> Iterator[Problem]:
    """A date that the text does not state outright."""
    for placed in inspection.passages:
        for deadline, loc in placed.deadlines():
            if deadline.inferred:
                days = "至".join(day(found) for found in (deadline.start, deadline.end) if found) or "（日期未定）"
                message = f"“{shown(deadline.phrase)}”推算为 {days}：{shown(deadline.basis or '未写依据', 80)}"
                yield inspection.place(placed.file, (*loc, "phrase")), message


def unconfirmed(inspection: Inspection) -> Iterator[Problem]:
    """A fact that somebody must still confirm."""
    for place, fact, _ in _unconfirmed(inspection):
        yield place, f"待确认：{fact}"


def _unconfirmed(inspection: Inspection) -> Iterator[Fact]:
    units = inspection.loaded.units
    if not units.order_confirmed and units.units:
        yield inspection.place(UNITS, ("order_confirmed",)), "责任单位的排列次序", bool(units.order_basis)
    for index, unit in enumerate(units.units):
        yield from _party(inspection, unit, ("units", index))
        for position, name in enumerate(unit.unconfirmed):
            place = inspection.place(UNITS, ("units", index, "unconfirmed", position))
            yield place, f"“{shown(unit.name)}”的{_title(name)}", bool(unit.note)
    for index, group in enumerate(units.groups):
        yield from _party(inspection, group, ("groups", index))
    yield from _seasons(inspection)
    for plan in inspection.outlined:
        for index, parent in enumerate(plan.head.parents):
            if not parent.confirmed:
                place = inspection.place(head_file(plan), ("parents", index, "confirmed"))
                yield place, f"上位文件“{shown(parent.title)}”", bool(parent.basis)
        if plan.assessment and not plan.assessment.confirmed:
            place = inspection.place(f"{plan.id}/assessment.yml", ("confirmed",))
            yield place, "年度考核办法（分值均标“建议”）", True


def _title(key: str) -> str:
    info = Unit.model_fields.get(key)
    return f"{info.title}（{key}）" if info else shown(key)


def _party(inspection: Inspection, party: Unit | UnitGroup, loc: Loc) -> Iterator[Fact]:
    if not party.confirmed:
        named = f"“{shown(party.name)}”"
        fact = f"单位{named}" if isinstance(party, Unit) else f"统称{named}的成员"
        yield inspection.place(UNITS, (*loc, "confirmed")), fact, bool(party.note)
    for index, alias in enumerate(party.aliases):
        if not alias.confirmed:
            place = inspection.place(UNITS, (*loc, "aliases", index, "name"))
            yield place, f"“{shown(alias.name)}”就是“{shown(party.name)}”", bool(alias.basis)


def _seasons(inspection: Inspection) -> Iterator[Fact]:
    used = {deadline.season for placed in inspection.passages for deadline, _ in placed.deadlines()}
    for index, season in enumerate(inspection.loaded.calendar.seasons):
        if season.id in used and not season.confirmed:
            place = inspection.place("calendar.yml", ("seasons", index, "confirmed"))
            yield place, f"“{shown(season.name)}”为 {season.start} 至 {season.end}", True


def basis_missing(inspection: Inspection) -> Iterator[Problem]:
    """Whoever infers, leaves unconfirmed or mends says why."""
    for place, fact, has_basis in _unconfirmed(inspection):
        if not has_basis:
            yield place, f"{fact}待确认，没有写依据；应在 basis 或 note 写明"
    for placed in inspection.passages:
        for deadline, loc in placed.deadlines():
            if deadline.inferred and not deadline.basis:
                place = inspection.place(placed.file, (*loc, "inferred"))
                yield place, f"“{shown(deadline.phrase)}”的日期是推算的，没有写依据；应在 basis 写明"
        if placed.passage.source_text is not None and not placed.passage.source_note:
            place = inspection.place(placed.file, (*placed.loc, "source_text"))
            yield place, "写了来源文字，没有说明修复了什么；应在 source_note 写明"
    for duty in inspection.duties:
        if duty.responsibility.source_text is not None and not duty.responsibility.source_note:
            place = inspection.place(duty.file, (*duty.loc, "source_text"))
            yield place, "写了来源文字，没有说明修复了什么；应在 source_note 写明"


def source_repaired(inspection: Inspection) -> Iterator[Problem]:
    """Where the source is broken, the data mends it and says so."""
    for placed in inspection.passages:
        if placed.passage.source_note:
            place = inspection.place(placed.file, (*placed.loc, "source_note"))
            yield place, f"修补记录：{shown(placed.passage.source_note, 80)}"
    for duty in inspection.duties:
        if duty.responsibility.source_note:
            place = inspection.place(duty.file, (*duty.loc, "source_note"))
            yield place, f"修补记录：{shown(duty.responsibility.source_note, 80)}"


RULES = (
    Rule(
        "inferred",
        NOTE,
        "日期是推算的",
        "原文没有直接写明的日期，按所写依据推算，各处输出都带推算标记。",
        "“9月底前”没有年份，按计划年度推算为 2024-09-30。",
        "不必处理；依据有误的，改 basis 和日期。",
        inferred,
    ),
    Rule(
        "unconfirmed",
        NOTE,
        "有待确认的事实",
        "单位次序、名称、别名、集合成员、所用季节、上位文件等，原文没有写明、由整理者填写的，确认前各处都注明。",
        "“各镇(街道)”的成员，据统计用区划代码填写。",
        "由掌握情况的单位确认后，把 confirmed 改为 true。",
        unconfirmed,
    ),
    Rule(
        "basis-missing",
        WARNING,
        "没有写依据",
        "推算的日期、待确认的事实、修复的文字，都应写明依据，供人核对。",
        "inferred: true，没有 basis。",
        "在 basis、note 或 source_note 写明从何而来。",
        basis_missing,
    ),
    Rule(
        "source-repaired",
        NOTE,
        "来源文件有损坏，已修复",
        "来源文件缺字、断开之处，数据里补全，并说明补了什么。",
        "第 20 项的责任括号缺“合〕”二字。",
        "不必处理；找到完好的原件后核对。",
        source_repaired,
    ),
)
