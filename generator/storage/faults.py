"""What pydantic says of a faulty value → a finding in Chinese with its place and what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.findings import Finding, Severity, shown
from generator.model import AliasRecord, Passage
from generator.model.units import IDENTIFIER
from generator.storage.meanings import choice_meant, key_meant, label_meant, value_meant
from generator.storage.slips import colon_fault
from generator.storage.yaml_reader import Loc, SourceFile

MAX_FAULTS = 100
"""Faults shown of one file; a file with more is of another kind altogether."""

EXPECTED = {
    "int_parsing": "应为整数",
    "int_parsing_size": "应为整数，且不能这样大",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "finite_number": "应为有限的数字",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "too_short": "至少要有一项",
    "tuple_type": "应为列表（每项以“- ”开头，或写在方括号内）",
    "model_type": "应为“键: 值”的映射",
    "date_from_datetime_parsing": "应为实际存在的日期，如 2024-12-31",
    "date_parsing": "应为实际存在的日期，如 2024-12-31",
    "date_type": "应为日期，如 2024-12-31",
}
BOUNDS = {
    "greater_than_equal": ("ge", "应不小于 {}"),
    "greater_than": ("gt", "应大于 {}"),
    "less_than_equal": ("le", "应不大于 {}"),
    "less_than": ("lt", "应小于 {}"),
    "string_too_long": ("max_length", "应不超过 {} 字"),
}
PATTERNS = {
    IDENTIFIER: "应以小写英文字母开头，只含小写字母、数字和连字符，如 housing-bureau",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "应为“月-日”，如 11-15",
}
PLAIN_TEXT_TOO = (Passage, AliasRecord)


def schema_findings(error: ValidationError, source: SourceFile, model: type[BaseModel]) -> tuple[Finding, ...]:
    """The faults of one file, each at its own place."""
    faults = [fault for fault in error.errors(include_url=False) if not _said_otherwise(fault, source)]
    found = list(dict.fromkeys(_finding(fault, source, model) for fault in faults[:MAX_FAULTS]))
    if len(faults) > MAX_FAULTS:
        message = f"另有 {len(faults) - MAX_FAULTS} 处，未逐一列出；请先改正以上各处"
        found.append(Finding(source.place(), "schema", Severity.ERROR, message))
    return tuple(found)


def _said_otherwise(fault: ErrorDetails, source: SourceFile) -> bool:
    """A list that is short only because its items are faulty; a number tried as a whole number first."""
    short = fault["type"] == "too_short" and len(fault.get("input") or ()) >= fault.get("ctx", {})["min_length"]
    return short or (fault["loc"][-1:] == ("int",) and fault["loc"] not in source.values)


def _finding(fault: ErrorDetails, source: SourceFile, model: type[BaseModel]) -> Finding:
    missing = fault["type"] == "missing"
    loc = _written_loc(fault["loc"], source, missing)
    place = source.key_place(loc) if fault["type"] == "extra_forbidden" else source.place(loc)
    return Finding(place, "schema", Severity.ERROR, f"{_where(loc)}{_message(fault, loc, model)}")


def _written_loc(loc: Loc, source: SourceFile, missing: bool) -> Loc:
    """Where a value stands in the file: pydantic adds parts that name the kinds of a union."""
    while loc and loc not in source.values and not (missing and loc[:-1] in source.values):
        loc = loc[:-1]
    return loc


def _where(loc: Loc) -> str:
    parts = [f"第 {part + 1} 项" if isinstance(part, int) else shown(part) for part in loc]
    return f"{shown(' › '.join(parts), 120)}：" if parts else ""


def _message(fault: ErrorDetails, loc: Loc, model: type[BaseModel]) -> str:
    kind, value, context = fault["type"], fault.get("input"), fault.get("ctx", {})
    if kind == "missing":
        return f"缺少这一项{_titled(model, loc)}，必须填写"
    if kind == "extra_forbidden":
        known, written = _titles_at(model, loc[:-1]), str(loc[-1])
        hint = colon_fault(written) or key_meant(written, known) or f"可用的有：{'、'.join(known)}"
        return f"没有这个键；{hint}"
    found = "空值" if value is None else f"“{shown(value)}”" if isinstance(value, str) else "一组内容"
    return f"{found}{_verdict(kind, value, context, loc, model)}"


def _verdict(kind: str, value: Any, context: dict[str, Any], loc: Loc, model: type[BaseModel]) -> str:
    if kind == "enum":
        expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        near = choice_meant(str(value), expected, _choice_at(model, loc))
        return f"不在可选值之内；应为 {'、'.join(expected)} 之一" + (f"；{near}" if near else "")
    if kind == "string_pattern_mismatch":
        text = PATTERNS.get(str(context.get("pattern")), "") or _described(model, loc, context)
        near = label_meant(str(value), str(loc[-1])) if loc else ""
        return f"写法不符；{text}" + (f"；{near}" if near else "")
    if kind == "value_error":
        return f"不合要求；{context.get('error')}"
    if kind in BOUNDS:
        key, text = BOUNDS[kind]
        return f"不合要求；{text.format(context.get(key))}"
    if kind == "model_type" and issubclass(_record_at(model, loc) or BaseModel, PLAIN_TEXT_TOO):
        return "不合要求；应为一段文字，或“键: 值”的映射"
    near = value_meant(kind, str(value))
    return f"不合要求；{EXPECTED.get(kind, '请对照同类文件的写法')}" + (f"；{near}" if near else "")


def _titled(model: type[BaseModel], loc: Loc) -> str:
    info = _info_at(model, loc)
    return f"（{info.title}）" if info and info.title else ""


def _described(model: type[BaseModel], loc: Loc, context: dict[str, Any]) -> str:
    info = _info_at(model, loc)
    return f"应为：{info.description}" if info and info.description else f"应符合 {context.get('pattern')}"


def _info_at(model: type[BaseModel], loc: Loc) -> FieldInfo | None:
    record = _record_at(model, loc[:-1])
    return _field(record, str(loc[-1])) if record and loc else None


def _titles_at(model: type[BaseModel], loc: Loc) -> dict[str, str]:
    """The keys that the record at `loc` knows, as they are written in YAML, with their Chinese titles."""
    record = _record_at(model, loc)
    fields = record.model_fields.items() if record else ()
    return {info.alias or name: info.title or "" for name, info in fields}


def _record_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The record that stands at `loc`; None where it is a plain value."""
    current: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, str):
            info = _field(current, part) if current else None
            current = _record_in(info.annotation) if info else None
    return current


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    for name, info in model.model_fields.items():
        if key == (info.alias or name):
            return info
    return None


def _choice_at(model: type[BaseModel], loc: Loc) -> type[StrEnum] | None:
    """The choices for the value at `loc`."""
    info = _info_at(model, loc)
    kinds = _kinds_in(info.annotation) if info else ()
    return next((found for found in kinds if issubclass(found, StrEnum)), None)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """The record inside tuple[…, ...], Annotated or a union."""
    return next((found for found in _kinds_in(annotation) if issubclass(found, BaseModel)), None)


def _kinds_in(annotation: Any) -> Iterator[type]:
    """Every class inside tuple[…, ...], Annotated or a union."""
    pending = [annotation]
    while pending:
        current = pending.pop(0)
        pending.extend(get_args(current))
        if isinstance(current, type) and not get_args(current):
            yield current
