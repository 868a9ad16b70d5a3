"""The bracket and the names listed from it: each as written, in its place and role, none left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.checks.inspection import Inspection, PlacedDuty
from generator.checks.rule import Problem, Rule
from generator.findings import Severity, shown
from generator.graph import name_suggestion
from generator.model import Responsibility, Role
from generator.phrases import ResponsibilityReading
from generator.storage import Loc

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def listed(responsibility: Responsibility) -> Iterator[tuple[str, Role, Loc]]:
    """Every name with its role and its place in the responsibility."""
    for role in Role:
        for index, name in enumerate(getattr(responsibility, role.value)):
            yield name, role, (role.value, index)


def role_title(role: Role) -> str:
    """`牵头` for a role, as the plan file's schema calls it."""
    return Responsibility.model_fields[role.value].title or role.value


def names_in(phrase: str, names: set[str]) -> Counter[str]:
    """How often each name stands in a phrase; the longest wins, so that no name is found inside another."""
    begin: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        begin.setdefault(name[:1], []).append(name)
    found: Counter[str] = Counter()
    place = 0
    while place < len(phrase):
        name = next((name for name in begin.get(phrase[place], ()) if phrase.startswith(name, place)), "")
        if name:
            found[name] += 1
        place += len(name) or 1
    return found


def _read(duty: PlacedDuty) -> dict[str, Role]:
    """Every name that the bracket prints, as the grammar reads it, with its first role."""
    printed = [pair for pair in (duty.reading.by_role() if duty.reading else ()) if pair[1] not in duty.hidden]
    return {name: role for role, name in reversed(printed)}


def name_missing(inspection: Inspection) -> Iterator[Problem]:
    """A name stands in the bracket as written; the n-th time it is listed it stands there an n-th time."""
    for duty in inspection.duties:
        known = {name for name, *_ in listed(duty.responsibility)} | set(_read(duty))
        there = names_in(duty.responsibility.phrase, known)
        used: Counter[str] = Counter()
        for name, _, loc in listed(duty.responsibility):
            used[name] += 1
            if used[name] > there[name] and name not in duty.hidden:
                place = inspection.place(duty.file, (*duty.loc, *loc))
                yield place, f"“{shown(name)}”{_missing(duty, name, there[name])}"


def _missing(duty: PlacedDuty, name: str, there: int) -> str:
    if there:
        return f"在责任分工原文中只出现 {there} 次，却列了更多次；一处只列一次"
    hint = name_suggestion(name, _read(duty))
    return f"不在责任分工原文中；应照原文写法{'，' + hint if hint else ''}"


def name_unlisted(inspection: Inspection) -> Iterator[Problem]:
    """A name in the bracket is listed under a role."""
    for duty in inspection.duties:
        written = {name for name, *_ in listed(duty.responsibility)}
        unread = dict.fromkeys(duty.reading.unread if duty.reading else ())
        misspelt = [name for name in written if name not in duty.responsibility.phrase]
        for name, role in (_read(duty) | unread).items():
            told = any(name_suggestion(wrong, [name]) for wrong in misspelt)
            if name not in written and not told and not _is_made_of(name, written):
                where = f" {role}（{role_title(role)}）" if role else "某一角色"
                place = inspection.place(duty.file, (*duty.loc, "phrase"))
                yield place, f"原文中的“{shown(name)}”没有列入任何角色；应列入{where}"


def _is_made_of(name: str, written: set[str]) -> bool:
    """Whether the grammar took two listed names for one: 区发改局和区能源局."""
    return sum(names_in(name, written).values()) > 1


def role_differs(inspection: Inspection) -> Iterator[Problem]:
    """Names stand in the role that the bracket gives them, in its order, and 等 is kept."""
    for duty in inspection.duties:
        if duty.reading is None:
            continue
        read = _read(duty)
        for name, role, loc in listed(duty.responsibility):
            if name in read and read[name] is not role:
                meant = f"{read[name]}（{role_title(read[name])}）"
                place = inspection.place(duty.file, (*duty.loc, *loc))
                yield place, f"“{shown(name)}”列在 {role}（{role_title(role)}），按原文应列在 {meant}；请核对"
            elif name in duty.reading.unread:
                place = inspection.place(duty.file, (*duty.loc, *loc))
                yield place, f"“{shown(name)}”列在 {role}（{role_title(role)}），原文没有写明它的角色；请核对"
        yield from _order_faults(inspection, duty, duty.reading)
        if duty.responsibility.open is not duty.reading.open:
            place = inspection.place(duty.file, (*duty.loc, "open"))
            told = "原文名单以“等”结尾" if duty.reading.open else "原文名单没有“等”"
            yield place, f"{told}，open 应为 {'true' if duty.reading.open else 'false'}；请核对"


def _order_faults(inspection: Inspection, duty: PlacedDuty, reading: ResponsibilityReading) -> Iterator[Problem]:
    for role in Role:
        written, read = getattr(duty.responsibility, role.value), getattr(reading, role.value)
        if written != read and sorted(written) == sorted(read):
            place = inspection.place(duty.file, (*duty.loc, role.value))
            yield place, f"{role}（{role_title(role)}）的次序与原文不同；应为 {'、'.join(read)}"


def brackets(inspection: Inspection) -> Iterator[Problem]:
    """Brackets are a left and a right one, or none."""
    for duty in inspection.duties:
        if len(duty.responsibility.brackets) not in {0, 2}:
            place = inspection.place(duty.file, (*duty.loc, "brackets"))
            message = f"括号“{shown(duty.responsibility.brackets)}”不是左右各一字；应如 〔〕，没有括号的写 ''"
            yield place, message


RULES = (
    Rule(
        "name-missing",
        ERROR,
        "所列单位不在责任分工原文中",
        "各角色下的名称必须与责任分工原文（phrase）里的写法逐字相同；列几次，原文就要有几次。",
        "原文“区发改(能源)局”，lead 里写 区发改局。",
        "从原文复制名称；不同写法由 units.yml 的别名对应。",
        name_missing,
    ),
    Rule(
        "name-unlisted",
        WARNING,
        "原文中的单位没有列出",
        "责任分工原文里的每个单位，都应列在它的角色下。",
        "原文“区住建局、区水务局按职责分工负责”，shared 只列了区住建局。",
        "照提示补上；不是单位的，不必理会。",
        name_unlisted,
    ),
    Rule(
        "role-differs",
        WARNING,
        "责任角色与原文不符",
        "按公文用语重新识读责任分工，得到的角色、次序或“等”与所写的不同。不以列在首位的为牵头。",
        "原文“区住建局、区水务局按职责分工负责”，却把区住建局列在 lead。",
        "以原文为准改正；识读有误的，不必改。",
        role_differs,
    ),
    Rule(
        "brackets",
        ERROR,
        "责任分工的括号不成对",
        "brackets 是左右各一个字，没有括号的写空。",
        'brackets: "〔"',
        "照原文写，如 〔〕、[]、（）。",
        brackets,
    ),
)
