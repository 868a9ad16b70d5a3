"""The model → YAML as a person would write it: blocks for text, one line for a deadline, a target, a mention."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from generator.model import Record

ONE_LINE = frozenset(("deadlines", "targets", "mentions", "grades", "files", "flags"))
"""Lists whose entries stand on one line each."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff\ufffe\uffff]"
)
_PLAIN_START = re.compile(r"[A-Za-z0-9]|[^\x00-\xff]")
_BREAKS_PLAIN = re.compile(rf":(?:\s|$)|\s#|^\s|\s$|{_HIDDEN.pattern}")
_BREAKS_FLOW = re.compile(r"[,\[\]{}:#'\"]")
_MEANS_OTHERWISE = re.compile(r"true|false|yes|no|on|off|null|y|n|[0-9.:eExXoO_+\-]+", re.IGNORECASE)
STAMP = re.compile(r"^# 导入稿 .*校验 ([0-9a-f]{12})\n", re.MULTILINE)


def record_yaml(record: Record, schema: str, comment: str = "") -> bytes:
    """A whole plan file: the first line names the schema, then a comment, then the record without its defaults."""
    # A file without any key would be held for empty, so one that has only defaults shows them.
    value = _plain_value(record) or {name: _value(getattr(record, name)) for name in type(record).model_fields}
    lines = [f"# yaml-language-server: $schema={schema}", *(f"# {line}" for line in comment.splitlines())]
    lines += _mapping(value, 0)
    return ("\n".join(lines) + "\n").encode()


def with_entries(content: bytes, added: Mapping[str, Sequence[Record]]) -> bytes:
    """A file with entries added at the end of its lists; every line that stands in it stays as it is."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    for key, records in added.items():
        if records:
            text = _with_list_entries(text if text.endswith("\n") else f"{text}\n", key, records)
    return text.encode()


def _with_list_entries(text: str, key: str, records: Sequence[Record]) -> str:
    lines = text.split("\n")
    start = next(
        (index for index, line in enumerate(lines) if re.match(rf"{key}:\s*(?:\[\s*\])?\s*(?:#.*)?$", line)), None
    )
    if start is None:
        entries = _sequence([_plain_value(record) for record in records], 2, "")
        return text + "\n".join((f"{key}:", *entries)) + "\n"
    lines[start] = f"{key}:"
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " -#"):
        end += 1
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    indent = next(
        (len(line) - len(line.lstrip(" ")) for line in lines[start + 1 : end] if line.lstrip().startswith("- ")), 2
    )
    lines[end:end] = _sequence([_plain_value(record) for record in records], indent, "")
    return "\n".join(lines)


def stamped(content: bytes, source: str) -> bytes:
    """A draft file with a stamp of itself in its second line; once a person changes it, that no longer fits."""
    first, _, rest = content.decode().partition("\n")
    origin = _HIDDEN.sub(" ", source)[:60]
    note = f"# 导入稿 来源 {origin}；改动本文件后，再次导入不会覆盖它。校验 {stamp_of(content)}"
    return f"{first}\n{note}\n{rest}".encode()


def stamp_of(content: bytes) -> str:
    """The stamp of a file's content without its stamp line."""
    return hashlib.sha256(STAMP.sub("", content.decode("utf-8", errors="replace"), count=1).encode()).hexdigest()[
        :12
    ]


def untouched(content: bytes) -> bool:
    """Whether a file is as an import wrote it."""
    found = STAMP.search(content.decode("utf-8", errors="replace"))
    return found is not None and found.group(1) == stamp_of(content)


def _plain_value(record: Record) -> dict[str, Any]:
    """What differs from the defaults, and what must be there, in the order of the model."""
    written = {}
    for name, key, required, default in _fields(type(record)):
        value = getattr(record, name)
        if required or value != default:
            written[key] = _value(value)
    if "text" in written and len(written) == 1:
        return {"text": written["text"]}
    return written


@cache
def _fields(kind: type[Record]) -> tuple[tuple[str, str, bool, Any], ...]:
    """Every field: its name, its key in the file, whether it must be there, and its default."""
    return tuple(
        (name, info.alias or name, info.is_required(), info.get_default(call_default_factory=True))
        for name, info in kind.model_fields.items()
    )


def _value(value: Any) -> Any:
    if isinstance(value, Record):
        return _plain_value(value)
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value


def _mapping(value: Mapping[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        lines += _entry(key, item, indent)
    return lines


def _entry(key: str, item: Any, indent: int) -> list[str]:
    margin = " " * indent
    if isinstance(item, dict):
        return [f"{margin}{key}:", *_mapping(item, indent + 2)]
    if isinstance(item, list) and item and any(isinstance(part, dict) for part in item):
        return [f"{margin}{key}:", *_sequence(item, indent + 2, key)]
    return [f"{margin}{key}: {_flow(item) if isinstance(item, list) else _scalar(item)}"]


def _sequence(items: list[Any], indent: int, key: str) -> list[str]:
    margin = " " * indent
    lines: list[str] = []
    for item in items:
        if not isinstance(item, dict):
            lines.append(f"{margin}- {_scalar(item)}")
        elif list(item) == ["text"]:
            lines.append(f"{margin}- {_scalar(item['text'])}")
        elif key in ONE_LINE:
            lines.append(f"{margin}- {_flow(item)}")
        else:
            first, *rest = _mapping(item, indent + 2)
            lines += [f"{margin}- {first.lstrip(' ')}", *rest]
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value, flow=True)


def _scalar(value: Any, flow: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, float):
        return f"{value:.12g}"
    return _text(str(value), flow)


def _text(text: str, flow: bool) -> str:
    """Plain where YAML cannot mistake it, else in double quotes."""
    safe = _PLAIN_START.match(text) and not _BREAKS_PLAIN.search(text)
    if safe and not _MEANS_OTHERWISE.fullmatch(text) and not (flow and _BREAKS_FLOW.search(text)):
        return text
    quoted = "".join(_ESCAPES.get(char, char) for char in text)
    return '"' + _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04X}", quoted) + '"'
