"""How papers word a unit or a group: in full, with 待确认 behind every fact of it that is not confirmed."""

from __future__ import annotations

from generator.model import Unit, UnitGroup
from generator.terms import Terms


def formal_name(unit: Unit) -> str:
    """The name for a paper that is sealed: in full where the full name is confirmed, else as the plan has it."""
    return unit.full_name if unit.full_name and "full_name" not in unit.unconfirmed else unit.name


def unit_mark(terms: Terms, unit: Unit) -> str:
    """`（待确认）` behind a unit that the document does not name."""
    return "" if unit.confirmed else f"（{terms('mark.unconfirmed')}）"


def unit_kind_text(terms: Terms, unit: Unit) -> str:
    """`区直部门（待确认）`."""
    return terms.label(unit.kind) + _mark(terms, "kind" not in unit.unconfirmed)


def full_name_text(terms: Terms, unit: Unit) -> str:
    """The full name, empty where it is not known."""
    return f"{unit.full_name}{_mark(terms, 'full_name' not in unit.unconfirmed)}" if unit.full_name else ""


def alias_texts(terms: Terms, party: Unit | UnitGroup) -> tuple[str, ...]:
    """The other ways in which documents write a unit or a group."""
    return tuple(alias.name + _mark(terms, alias.confirmed) for alias in party.aliases)


def certainty_text(terms: Terms, party: Unit | UnitGroup) -> str:
    """How far a unit or a group is settled: 已列名, 已列名（全称、类别待确认）, 原文没有列名，待确认."""
    if isinstance(party, Unit):
        standing = terms("certainty.named" if party.confirmed else "certainty.unnamed")
        doubts = [unit_field_text(terms, field) for field in party.unconfirmed]
    else:
        known = "certainty.members" if party.members else "certainty.meaning"
        standing, doubts = terms("workbook.settled" if party.confirmed else known), []
    if any(not alias.confirmed for alias in party.aliases):
        doubts.append(unit_field_text(terms, "aliases"))
    items = "、".join(dict.fromkeys(doubts))
    return terms("certainty.but").format(standing=standing, items=items) if items else standing


def unit_field_text(terms: Terms, field: str) -> str:
    """What a key of units.yml is called; a key that no unit has stays as it is written."""
    return terms.words.get(f"unit_field.{field}", field)


def _mark(terms: Terms, settled: bool) -> str:
    return "" if settled else f"（{terms('mark.unconfirmed')}）"
