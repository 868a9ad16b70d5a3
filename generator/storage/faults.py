"""What pydantic says of a faulty value → a finding in Chinese with its place and what was expected."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.findings import Finding, Severity, shown, suggestion
from generator.storage.yaml_reader import Loc, SourceFile

EXPECTED = {
    "int_parsing": "应为整数",
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
    "date_from_datetime_inexact": "应为日期，不带时刻，如 2024-12-31",
    "date_parsing": "应为实际存在的日期，如 2024-12-31",
    "date_type": "应为日期，如 2024-12-31",
}


def schema_findings(error: ValidationError, source: SourceFile, model: type[BaseModel]) -> tuple[Finding, ...]:
    """Every fault of one file, each at its own place."""
    faults = [_finding(fault, source, model) for fault in error.errors(include_url=False)]
    return tuple(dict.fromkeys(faults))


def _finding(fault: ErrorDetails, source: SourceFile, model: type[BaseModel]) -> Finding:
    loc: Loc = fault["loc"]
    kind = fault["type"]
    at_key = kind == "extra_forbidden"
    place = source.key_place(loc) if at_key else source.place(loc)
    return Finding(place, "schema", Severity.ERROR, f"{_where(loc)}{_message(fault, model)}")


def _where(loc: Loc) -> str:
    parts = [f"第 {part + 1} 项" if isinstance(part, int) else str(part) for part in loc]
    return f"{shown(' › '.join(parts), 120)}：" if parts else ""


def _message(fault: ErrorDetails, model: type[BaseModel]) -> str:
    kind, value, context = fault["type"], fault.get("input"), fault.get("ctx", {})
    if kind == "missing":
        return "缺少这一项，必须填写"
    if kind == "extra_forbidden":
        known = _fields_at(model, fault["loc"][:-1])
        hint = suggestion(str(fault["loc"][-1]), known) or f"可用的有：{'、'.join(known)}"
        return f"没有这个键；{hint}"
    written = "空值" if value is None else f"“{shown(value)}”" if isinstance(value, str) else "一组内容"
    if kind == "enum":
        expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        hint = suggestion(str(value), expected) or "请照写"
        return f"{written}不在可选值之内；应为 {'、'.join(expected)} 之一；{hint}"
    if kind == "string_pattern_mismatch":
        return f"{written}写法不符；应符合 {context.get('pattern')}"
    if kind == "value_error":
        return f"{written}：{context.get('error')}"
    return f"{written}不合要求；{_expected(kind, context)}"


def _expected(kind: str, context: dict[str, Any]) -> str:
    bounds = {
        "greater_than_equal": ("ge", "应不小于 {}"),
        "greater_than": ("gt", "应大于 {}"),
        "less_than_equal": ("le", "应不大于 {}"),
        "less_than": ("lt", "应小于 {}"),
        "string_too_long": ("max_length", "应不超过 {} 字"),
    }
    if kind in bounds:
        key, text = bounds[kind]
        return text.format(context.get(key))
    return EXPECTED.get(kind, "请对照同类文件的写法")


def _fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that the record at `loc` knows, as they are written in YAML."""
    current: Any = model
    for part in loc:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = _record_in(_field(current, part))
    if not (isinstance(current, type) and issubclass(current, BaseModel)):
        return []
    return [info.alias or name for name, info in current.model_fields.items()]


def _field(model: type[BaseModel], key: str) -> Any:
    for name, info in model.model_fields.items():
        if key in {name, info.alias}:
            return info.annotation
    return None


def _record_in(annotation: Any) -> Any:
    """The record inside tuple[…, ...], Annotated or a union."""
    pending = [annotation]
    while pending:
        current = pending.pop(0)
        if isinstance(current, type) and issubclass(current, BaseModel):
            return current
        pending.extend(get_args(current))
    return None
