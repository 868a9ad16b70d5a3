"""Several files for one unit and period → one return: halves are put together, corrections replace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from generator.forms.comparing import plain
from generator.model import EarlierReport, Flag, LedgerState, Report, TaskReport
from generator.terms import Terms

FIELDS = tuple(name for name in Report.model_fields if name != "written")


Shown = Callable[[object], str]
"""How a value reads in a message: 正常推进, not on_track."""


def merged_halves(first: TaskReport, second: TaskReport, names: tuple[str, str], shown: Shown) -> TaskReport:
    """Two files of one round: what only one has is taken, only a cell that differs is a conflict."""
    values, conflicts = {}, []
    for field in FIELDS:
        one, other = getattr(first, field), getattr(second, field)
        blank_one, blank_other = _blank(one), _blank(other)
        values[field] = other if blank_one and not blank_other else one
        if not blank_one and not blank_other and not _same(one, other):
            told = f"“{names[0]}”填“{shown(one)}”，“{names[1]}”填“{shown(other)}”，两份不同，暂用前者，请单位确认"
            conflicts.append(Flag(rule="conflict", field=field, message=told, send_back=True))
    written = {**second.written, **first.written}
    flags = dict.fromkeys((*first.flags, *second.flags, *conflicts))
    return first.model_copy(update={**values, "written": written, "flags": tuple(flags)})


def corrected(held: TaskReport, later: TaskReport, today: date, shown: Shown) -> TaskReport:
    """A later round replaces what it fills in; what the row said before stays in its history."""
    values = {field: getattr(held if _blank(getattr(later, field)) else later, field) for field in FIELDS}
    changed = any(values[field] != getattr(held, field) for field in FIELDS)
    if not changed:
        return held
    written = {**{key: text for key, text in held.written.items() if key not in later.written}, **later.written}
    kept = {
        key: text for key, text in written.items() if key in later.written or values[key] == getattr(held, key)
    }
    replaced = tuple(
        Flag(
            rule="replaced",
            field=field,
            message=f"此前报的是“{shown(getattr(held, field))}”，按后收到的采用，请核对",
        )
        for field in FIELDS
        if not _blank(getattr(held, field)) and values[field] != getattr(held, field)
    )
    before = EarlierReport(
        **{field: getattr(held, field) for field in FIELDS},
        written=held.written,
        file=held.file,
        replaced_on=today,
    )
    flags = (*later.flags, *replaced)
    return later.model_copy(update={**values, "written": kept, "flags": flags, "earlier": (*held.earlier, before)})


def merged_rows(reports: Iterable[tuple[str, TaskReport]], shown: Shown) -> dict[str, TaskReport]:
    """The rows of one round by task, from (file name, report) in the order of the files."""
    rows: dict[str, tuple[str, TaskReport]] = {}
    for name, report in reports:
        if report.task in rows:
            held_name, held = rows[report.task]
            rows[report.task] = held_name, merged_halves(held, report, (held_name, name), shown)
        else:
            rows[report.task] = name, report
    return {task: report for task, (_, report) in rows.items()}


def _same(one: object, other: object) -> bool:
    """Equal but for white space, which nobody means."""
    both_text = isinstance(one, str) and isinstance(other, str)
    return plain(str(one)) == plain(str(other)) if both_text else one == other


def _blank(value: object) -> bool:
    return value is None or value is False or value == ()


def shown_value(terms: Terms, value: object) -> str:
    """A value as people write it, cut where it is long."""
    if isinstance(value, LedgerState):
        return terms.label(value)
    if isinstance(value, bool):
        return terms("monthly_form.unchanged_mark")
    text = "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = f"{value:g}" if isinstance(value, float) else text
    return text if len(text) <= 40 else f"{text[:40]}…"
