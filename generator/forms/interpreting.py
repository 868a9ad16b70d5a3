"""A filled row → what the unit reports; what cannot be read is kept as written and flagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.forms.answers import (
    is_ticked,
    read_day,
    read_list,
    read_number,
    read_state,
    says_none,
    storable,
)
from generator.forms.filled import FilledRow
from generator.model import OFFICE_STATES, Flag, LedgerState, TaskReport

TEXTS = ("progress", "problems", "coordination", "next_steps")
NUMBERS = ("quantity", "cumulative", "self_score")


@dataclass(frozen=True)
class RowContext:
    """What a row is read against: names of states, the labels to choose from, year, 计量单位, the stamp now."""

    states: Mapping[str, LedgerState]
    choices: frozenset[str]
    year: int
    symbol: str
    stamp: str


class _Row:
    """Reads one row and gathers its values, flags, and what was written differently."""

    def __init__(self, row: FilledRow, context: RowContext) -> None:
        self.row, self.context = row, context
        self.values: dict[str, object] = {}
        self.written: dict[str, str] = {}
        self.flags: list[Flag] = [Flag(rule="layout", message=note) for note in row.notes]

    def read(self) -> None:
        for key, text in self.row.answers.items():
            if key in TEXTS:
                self._text(key, text)
            elif key in NUMBERS:
                self._number(key, text)
            else:
                {"state": self._state, "expected": self._day, "evidence": self._evidence, "unchanged": self._tick}[
                    key
                ](text)

    def _flag(self, rule: str, field: str, message: str, send_back: bool = False) -> None:
        self.flags.append(Flag(rule=rule, field=field, message=message, send_back=send_back))

    def _keep(self, key: str, text: str) -> None:
        self.written[key] = storable(text)

    def _text(self, key: str, text: str) -> None:
        kept = storable(text)
        if says_none(text):
            self.values[key] = ""
            if kept != "无":
                self._keep(key, text)
            return
        self.values[key] = kept
        if kept != text.replace("\r\n", "\n").replace("\r", "\n"):
            self._flag("character", key, "文字中有不能保存的控制字符，已用“�”代替")

    def _number(self, key: str, text: str) -> None:
        serial = self.row.serials.get(key)
        found = read_number(text) if serial is None else None
        if serial is not None:
            self.values[key] = serial
        elif found is None:
            self._keep(key, text)
            if not says_none(text):
                self._flag(
                    "number", key, f"“{storable(text)[:40]}”读不出一个数，照原样保留，请填数字", send_back=True
                )
        else:
            self.values[key] = found.value
            self._keep(key, text)
            if found.about:
                self._flag(
                    "approximate", key, f"“{storable(text)[:40]}”是约数，按 {found.value:g} 采用，请填准确数"
                )
            if found.symbol and self.context.symbol and found.symbol not in self.context.symbol:
                self._flag("symbol", key, f"计量单位写的是“{found.symbol}”，应为“{self.context.symbol}”")

    def _state(self, text: str) -> None:
        state = read_state(text, self.context.states)
        if state is None:
            self._keep("state", text)
            self._flag("state", "state", f"没有“{storable(text)[:40]}”这种状态，请从下拉列表中选", send_back=True)
            return
        if state in OFFICE_STATES:
            told = "申请办结" if state is LedgerState.COMPLETED else "滞后或受阻，并另报延期申请"
            self._keep("state", text)
            self._flag("office-state", "state", f"“{text.strip()}”由环委办认定，单位应选“{told}”", send_back=True)
            if state is LedgerState.COMPLETED:
                self.values["state"] = LedgerState.COMPLETION_CLAIMED
            return
        self.values["state"] = state
        if text.strip() not in self.context.choices:
            self._keep("state", text)

    def _day(self, text: str) -> None:
        if says_none(text):
            self._keep("expected", text)
            return
        found = read_day(text, self.context.year, self.row.serials.get("expected"))
        if found is None or not 1949 <= found.year <= 2200:
            self._keep("expected", text)
            self._flag(
                "day", "expected", f"“{storable(text)[:40]}”读不出日期，照原样保留，请写作 2024-09-30", True
            )
            return
        self.values["expected"] = found
        if text.strip() != found.isoformat() and "expected" not in self.row.serials:
            self._keep("expected", text)

    def _evidence(self, text: str) -> None:
        if says_none(text):
            self._keep("evidence", text)
        else:
            self.values["evidence"] = read_list(storable(text))

    def _tick(self, text: str) -> None:
        self.values["unchanged"] = is_ticked(text)
        if not is_ticked(text):
            self._keep("unchanged", text)
            self._flag("tick", "unchanged", f"“无变化”栏写的是“{storable(text)[:40]}”，没有按打勾处理")


def interpret(row: FilledRow, context: RowContext, digest: str) -> TaskReport:
    """The report of a row; its stamp is the one that came with it, so that a changed text is noticed."""
    reading = _Row(row, context)
    reading.read()
    if row.stamp and row.stamp != context.stamp:
        reading.flags.insert(0, Flag(rule="stamp", message="任务原文在下发后有改动，请核对所报内容是否仍然相符"))
    return TaskReport(
        task=row.task,
        stamp=row.stamp or context.stamp,
        file=digest,
        flags=tuple(reading.flags),
        written=reading.written,
        **reading.values,
    )
