"""units.yml and calendar.yml: ids, names, and what refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.checks.inspection import Inspection, day
from generator.checks.rule import Problem, Rule
from generator.findings import Place, Severity, meant, shown, suggestion
from generator.graph import folded
from generator.model import Unit, UnitGroup
from generator.storage import Loc

ERROR, WARNING = Severity.ERROR, Severity.WARNING
UNITS, CALENDAR = "units.yml", "calendar.yml"


def placed_parties(inspection: Inspection) -> Iterator[tuple[Unit | UnitGroup, Loc]]:
    """Every unit and group with its place in units.yml."""
    for index, unit in enumerate(inspection.loaded.units.units):
        yield unit, ("units", index)
    for index, group in enumerate(inspection.loaded.units.groups):
        yield group, ("groups", index)


def duplicate_id(inspection: Inspection) -> Iterator[Problem]:
    """Units and groups share one namespace of ids; seasons, and the criteria of one plan, have their own."""
    parties = ((party.id, UNITS, (*loc, "id")) for party, loc in placed_parties(inspection))
    seasons = enumerate(inspection.loaded.calendar.seasons)
    yield from _same_id(inspection, parties)
    yield from _same_id(inspection, ((season.id, CALENDAR, ("seasons", index, "id")) for index, season in seasons))
    for plan in inspection.plans:
        lists = ("air_quality", "common", "adjustments") if plan.assessment else ()
        file = f"{plan.id}/assessment.yml"
        yield from _same_id(
            inspection,
            (
                (criterion.id, file, (name, index, "id"))
                for name in lists
                for index, criterion in enumerate(getattr(plan.assessment, name))
            ),
        )


def _same_id(inspection: Inspection, ids: Iterable[tuple[str, str, Loc]]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for name, file, loc in ids:
        place = inspection.place(file, loc)
        if first.setdefault(name, place) != place:
            yield place, f"id“{name}”重复，第 {first[name].line} 行已用；每个 id 只能用一次"


def duplicate_name(inspection: Inspection) -> Iterator[Problem]:
    """A name or alias that two units, groups or seasons bear says nothing."""
    written: dict[str, tuple[int, Place]] = {}
    for owner, (party, party_loc) in enumerate(placed_parties(inspection)):
        for name, place in _names(inspection, party, party_loc):
            yield from _taken(written, name, owner, place)
    named: dict[str, tuple[int, Place]] = {}
    for owner, season in enumerate(inspection.loaded.calendar.seasons):
        loc: Loc = ("seasons", owner)
        yield from _taken(named, season.name, owner, inspection.place(CALENDAR, (*loc, "name")))
        for index, alias in enumerate(season.aliases):
            yield from _taken(named, alias, owner, inspection.place(CALENDAR, (*loc, "aliases", index)))


def _names(inspection: Inspection, party: Unit | UnitGroup, loc: Loc) -> Iterator[tuple[str, Place]]:
    yield party.name, inspection.place(UNITS, (*loc, "name"))
    if isinstance(party, Unit) and party.full_name:
        yield party.full_name, inspection.place(UNITS, (*loc, "full_name"))
    for index, alias in enumerate(party.aliases):
        yield alias.name, inspection.place(UNITS, (*loc, "aliases", index, "name"))


def _taken(written: dict[str, tuple[int, Place]], name: str, owner: int, place: Place) -> Iterator[Problem]:
    first, where = written.setdefault(folded(name), (owner, place))
    if first != owner:
        yield place, f"名称“{shown(name)}”重复，第 {where.line} 行已属另一个；同一名称只能属于一个"


def party_unknown(inspection: Inspection) -> Iterator[Problem]:
    """Members are units, ranges are groups, successors are units; nothing refers to itself."""
    units, groups = inspection.graph.unit_by_id, inspection.graph.group_by_id
    for party, loc in placed_parties(inspection):
        if isinstance(party, Unit):
            yield from _unknown(inspection, party.succeeded_by, (*loc, "succeeded_by"), set(units) - {party.id})
            continue
        yield from _unknown(inspection, party.members, (*loc, "members"), units)
        if party.subset_of is not None and party.subset_of not in set(groups) - {party.id}:
            place = inspection.place(UNITS, (*loc, "subset_of"))
            hint = suggestion(party.subset_of, set(groups) - {party.id}) or "应先在 groups 中登记"
            yield place, f"没有“{shown(party.subset_of)}”这个统称（写 id）；{hint}"


def _unknown(inspection: Inspection, ids: tuple[str, ...], loc: Loc, known: Iterable[str]) -> Iterator[Problem]:
    for index, name in enumerate(ids):
        if name not in known:
            by_name = [found for found in inspection.names.get(folded(name), ()) if found in known]
            near = meant(by_name[0]) if by_name else suggestion(name, known, 0.6)
            hint = near or "应先在 units 中登记，且不能指自己"
            yield inspection.place(UNITS, (*loc, index)), f"没有“{shown(name)}”这个单位（写 id）；{hint}"


def group_contradiction(inspection: Inspection) -> Iterator[Problem]:
    """A group whose members are known needs no range, and a member is listed once."""
    for index, group in enumerate(inspection.loaded.units.groups):
        loc: Loc = ("groups", index)
        if group.members and group.subset_of:
            place = inspection.place(UNITS, (*loc, "subset_of"))
            yield place, "members 已列出成员，又写 subset_of；两项只写一项，成员未定时才写 subset_of"
        for position, member in enumerate(group.members):
            if member in group.members[:position]:
                place = inspection.place(UNITS, (*loc, "members", position))
                yield place, f"成员“{shown(member)}”重复；应只列一次"


def unit_dates(inspection: Inspection) -> Iterator[Problem]:
    """A unit ends after it begins; one that has successors has an end."""
    for index, unit in enumerate(inspection.loaded.units.units):
        loc: Loc = ("units", index)
        start, end = unit.valid_from, unit.valid_until
        if start and end and start > end:
            place = inspection.place(UNITS, (*loc, "valid_until"))
            yield place, f"撤并日 {day(end)} 早于设立日 {day(start)}；应不早于设立日"
        if unit.succeeded_by and not end:
            place = inspection.place(UNITS, (*loc, "succeeded_by"))
            yield place, "写了承接单位，没有写撤并日；应填写 valid_until"


def unconfirmed_field(inspection: Inspection) -> Iterator[Problem]:
    """What `unconfirmed:` lists are keys of a unit."""
    for index, unit in enumerate(inspection.loaded.units.units):
        for position, name in enumerate(unit.unconfirmed):
            if name not in Unit.model_fields:
                hint = suggestion(name, Unit.model_fields) or "应为本单位的键，如 full_name、kind"
                place = inspection.place(UNITS, ("units", index, "unconfirmed", position))
                yield place, f"没有“{shown(name)}”这一项；{hint}"


def season_dates(inspection: Inspection) -> Iterator[Problem]:
    """The first and last day of a season exist."""
    for index, season in enumerate(inspection.loaded.calendar.seasons):
        for key in ("start", "end"):
            written = getattr(season, key)
            month, number = map(int, written.split("-"))
            if not _exists(month, number):
                place = inspection.place(CALENDAR, ("seasons", index, key))
                yield place, f"没有 {month} 月 {number} 日；应为实际存在的“月-日”，如 03-15"


def _exists(month: int, number: int) -> bool:
    try:
        date(2024, month, number)
    except ValueError:
        return False
    return True


RULES = (
    Rule(
        "duplicate-id",
        ERROR,
        "id 重复",
        "单位和统称的 id 不能相同（网址由它而来）；季节之间、同一考核文件的指标之间也是。",
        "两个单位都写 id: housing",
        "把其中一个改成没有用过的 id；已经公开的 id 不要改。",
        duplicate_id,
    ),
    Rule(
        "duplicate-name",
        ERROR,
        "名称重复",
        "名称、全称和别名合在一起，一个名称只能属于一个单位、集合或季节，否则不知指谁。",
        "区住建局的别名写了“区发改局”。",
        "删去不属于它的那一个。",
        duplicate_name,
    ),
    Rule(
        "party-unknown",
        ERROR,
        "所指的单位或集合不存在",
        "members、succeeded_by 写单位的 id，subset_of 写另一个集合的 id。",
        "members: [北石店镇]（应写 id：beishidian）",
        "照提示改成已登记的 id，或先登记。",
        party_unknown,
    ),
    Rule(
        "group-contradiction",
        WARNING,
        "统称前后不一",
        "成员已经列出的集合，不必再写范围；成员不重复。",
        "members 列了八个镇街，又写 subset_of。",
        "两项只留一项。",
        group_contradiction,
    ),
    Rule(
        "unit-dates",
        ERROR,
        "单位的设立、撤并日有矛盾",
        "撤并日应不早于设立日；有承接单位的，必须有撤并日。",
        "valid_from: 2025-01-01，valid_until: 2024-01-01",
        "核对机构改革文件后改正。",
        unit_dates,
    ),
    Rule(
        "unconfirmed-field",
        WARNING,
        "待确认的项不存在",
        "unconfirmed 列的是本单位待确认的键名。",
        "unconfirmed: [全称]（应写 full_name）",
        "照提示改成键名。",
        unconfirmed_field,
    ),
    Rule(
        "season-dates",
        ERROR,
        "季节的起止日不存在",
        "start、end 应是实际存在的月和日。",
        'end: "02-30"',
        "改成实际存在的日子；二月末写 02-28 或 02-29。",
        season_dates,
    ),
)
