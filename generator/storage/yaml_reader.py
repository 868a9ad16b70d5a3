"""One YAML file → plain values with positions. Everything hostile is refused before anything is composed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator.findings import Place, shown
from generator.storage.syntax import syntax_finding
from generator.storage.text_reader import UNREADABLE, RefusedError, code_point, read_printable_text, refusal

# Where PyYAML is built without libyaml (some processors have no wheel), its own parser reads the same, slower.
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STARTS, ENDS = (ScalarEvent, SequenceStartEvent, MappingStartEvent), (SequenceEndEvent, MappingEndEvent)
MAX_DEPTH = 64
MAX_NODES = 200_000

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class SourceFile:
    """A file that was read: its path in the project, and where each value and each key stands."""

    path: str
    values: Mapping[Loc, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[Loc, tuple[int, int]] = field(default_factory=dict)

    def place(self, loc: Loc = ()) -> Place:
        """The place of a value, or of the nearest thing around it that has one."""
        while loc and loc not in self.values:
            loc = loc[:-1]
        return Place(self.path, *self.values.get(loc, (1, 1)))

    def key_place(self, loc: Loc) -> Place:
        """The place of the key under which a value stands."""
        return Place(self.path, *self.keys[loc]) if loc in self.keys else self.place(loc)


def read_yaml(path: Path, shown_path: str) -> tuple[Any, SourceFile]:
    """The value of a YAML file (mappings, lists, strings, None) and its positions; RefusedError says why not."""
    return parse_yaml(read_printable_text(path, shown_path), shown_path)


def parse_yaml(text: str, shown_path: str) -> tuple[Any, SourceFile]:
    """As `read_yaml`, of a text that was read already."""
    builder = _Builder(shown_path)
    try:
        for event in yaml.parse(text, Loader=PARSER):
            builder.take(event)
    except yaml.YAMLError as fault:
        raise RefusedError(syntax_finding(shown_path, fault)) from None
    if not builder.documents:
        raise refusal(shown_path, "yaml", "文件是空的；应有“键: 值”的内容，写法可对照同类文件")
    return builder.root, SourceFile(shown_path, builder.values, builder.keys)


@dataclass
class _Open:
    """A mapping or a list that is being read."""

    value: dict[str, Any] | list[Any]
    loc: Loc
    key: str | None = None


class _Builder:
    """Builds values from the event stream with a stack of its own: no recursion, so no depth can crash it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Any = None
        self.documents = 0
        self.nodes = 0
        self.stack: list[_Open] = []
        self.values: dict[Loc, tuple[int, int]] = {}
        self.keys: dict[Loc, tuple[int, int]] = {}

    def take(self, event: Event) -> None:
        if isinstance(event, STARTS):
            self._start_node(event)
        elif isinstance(event, ENDS):
            self.stack.pop()
        elif isinstance(event, DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, AliasEvent):
            raise self._refusal(event, "不允许使用 YAML 引用（*…）；请写出全文")

    def _start_document(self, event: Event) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._refusal(event, "一个文件只能有一份内容，不应再出现“---”")

    def _start_node(self, event: ScalarEvent | SequenceStartEvent | MappingStartEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._refusal(event, f"内容超过 {MAX_NODES} 项")
        if event.anchor is not None:
            raise self._refusal(event, "不允许使用 YAML 锚点（&…）；请写出全文")
        if event.tag is not None and event.tag != "!":
            raise self._refusal(event, f"不允许使用 YAML 标签（{shown(event.tag)}）；请只写文字")
        if isinstance(event, ScalarEvent) and (found := UNREADABLE.search(event.value)):
            message = f"反斜杠写法成了不可见的控制字符 {code_point(found.group())}；请删去"
            raise self._refusal(event, message)
        if self._takes_key():
            self._take_key(event)
            return
        loc = self._next_loc()
        self.values[loc] = self._position(event)
        value = _plain_value(event)
        self._attach(value)
        if isinstance(value, dict | list):
            if len(self.stack) >= MAX_DEPTH:
                raise self._refusal(event, f"嵌套超过 {MAX_DEPTH} 层")
            self.stack.append(_Open(value, loc))

    def _takes_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _take_key(self, event: Event) -> None:
        if not isinstance(event, ScalarEvent):
            raise self._refusal(event, "键必须是一个词，不能是列表或映射")
        key, top = str(event.value), self.stack[-1]
        if key == "<<":
            raise self._refusal(event, "不允许使用 YAML 合并（<<）；请写出全文")
        if key in top.value:
            line = self.keys[(*top.loc, key)][0]
            raise self._refusal(event, f"键“{shown(key)}”重复，第 {line} 行已有；应只写一次")
        self.keys[(*top.loc, key)] = self._position(event)
        top.key = key

    def _next_loc(self) -> Loc:
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.loc, len(top.value) if isinstance(top.value, list) else str(top.key))

    def _attach(self, value: Any) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            top.value[str(top.key)] = value
            top.key = None

    def _position(self, event: Event) -> tuple[int, int]:
        mark = event.start_mark
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    def _refusal(self, event: Event, message: str) -> RefusedError:
        return refusal(self.path, "yaml", message, *self._position(event))


def _plain_value(event: ScalarEvent | SequenceStartEvent | MappingStartEvent) -> Any:
    """Scalars stay strings, for YAML 1.1 would read no, 1:30 and 0123 otherwise; pydantic converts them."""
    if isinstance(event, ScalarEvent):
        plain = not event.style and event.value in {"", "~", "null", "Null", "NULL"}
        return None if plain else str(event.value)
    return [] if isinstance(event, SequenceStartEvent) else {}
