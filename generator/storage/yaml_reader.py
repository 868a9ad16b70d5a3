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

from generator.findings import Finding, Place, shown
from generator.storage.syntax import syntax_finding
from generator.storage.text_reader import (
    UNREADABLE,
    RefusedError,
    code_point,
    read_printable_text,
    read_text,
    refusal,
)

# Where PyYAML is built without libyaml (some processors have no wheel), its own parser reads the same, slower.
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENDS = (MappingEndEvent, SequenceEndEvent)
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
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
        raise RefusedError(syntax_finding(shown_path, fault, text)) from None
    if not builder.documents:
        raise refusal(shown_path, "yaml", "文件是空的；应有“键: 值”的内容，写法可对照同类文件")
    return builder.root, SourceFile(shown_path, builder.values, builder.keys)


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is being read."""

    value: dict[str, Any] | list[Any]
    loc: Loc
    around: _Open | None
    depth: int
    key: str | None = None


class _Builder:
    """Builds values from the event stream with a stack of its own: no recursion, so no depth can crash it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Any = None
        self.documents = 0
        self.nodes = 0
        self.top: _Open | None = None
        self.values: dict[Loc, tuple[int, int]] = {}
        self.keys: dict[Loc, tuple[int, int]] = {}

    def take(self, event: Event) -> None:
        # In the order of how many there are: a plan of 1,000 measures has seventy thousand events.
        if isinstance(event, ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, SequenceStartEvent):
            self._open(event, [])
        elif isinstance(event, ENDS):
            self.top = self.top.around if self.top else None
        elif isinstance(event, DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, AliasEvent):
            raise self._refusal(event, "不允许使用 YAML 引用（*…）；请写出全文")

    def _start_document(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._refusal(event, "一个文件只能有一份内容，不应再出现“---”")

    def _take_scalar(self, event: ScalarEvent) -> None:
        self._refuse_what_is_more_than_text(event)
        text = str(event.value)
        if event.style == '"' and (found := UNREADABLE.search(text)):
            message = f"反斜杠写法成了不可见的控制字符 {code_point(found.group())}；请删去"
            raise self._refusal(event, message)
        top = self.top
        if top and top.key is None and type(top.value) is dict:
            self._take_key(event, text, top)
        else:
            # Scalars stay strings, for YAML 1.1 would read no, 1:30 and 0123 otherwise; pydantic converts them.
            self._attach(event, None if not event.style and text in NOTHING else text)

    def _open(self, event: MappingStartEvent | SequenceStartEvent, value: dict[str, Any] | list[Any]) -> None:
        self._refuse_what_is_more_than_text(event)
        top = self.top
        if top and top.key is None and type(top.value) is dict:
            raise self._refusal(event, "键必须是一个词，不能是列表或映射")
        loc, depth = self._attach(event, value), top.depth + 1 if top else 1
        if depth > MAX_DEPTH:
            raise self._refusal(event, f"嵌套超过 {MAX_DEPTH} 层")
        self.top = _Open(value, loc, top, depth)

    def _refuse_what_is_more_than_text(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._refusal(event, f"内容超过 {MAX_NODES} 项")
        if event.anchor is not None:
            raise self._refusal(event, "不允许使用 YAML 锚点（&…）；请写出全文")
        if event.tag is not None and event.tag != "!":
            raise self._refusal(event, f"不允许使用 YAML 标签（{shown(event.tag)}）；请只写文字")

    def _take_key(self, event: ScalarEvent, key: str, top: _Open) -> None:
        if key == "<<":
            raise self._refusal(event, "不允许使用 YAML 合并（<<）；请写出全文")
        loc = (*top.loc, key)
        if key in top.value:
            message = f"键“{shown(key)}”重复，第 {self.keys[loc][0]} 行已有；应只写一次"
            raise self._refusal(event, message)
        self.keys[loc] = self._position(event)
        top.key = key

    def _attach(self, event: Event, value: Any) -> Loc:
        """Put a value where it belongs, which is where it will be looked for."""
        top = self.top
        loc: Loc = ()
        if top is None:
            self.root = value
        elif isinstance(top.value, list):
            loc = (*top.loc, len(top.value))
            top.value.append(value)
        else:
            key, top.key = str(top.key), None
            loc = (*top.loc, key)
            top.value[key] = value
        self.values[loc] = self._position(event)
        return loc

    def _position(self, event: Event) -> tuple[int, int]:
        mark = event.start_mark
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    def _refusal(self, event: Event, message: str) -> RefusedError:
        return refusal(self.path, "yaml", message, *self._position(event))


def yaml_fault(path: Path, shown_path: str) -> Finding | None:
    """Why a file of any kind of YAML cannot be read; what the records of a plan must not have is allowed in it."""
    try:
        text = read_text(path, shown_path)
        for _ in yaml.parse(text, Loader=PARSER):
            pass
    except yaml.YAMLError as fault:
        return syntax_finding(shown_path, fault, text)
    except RefusedError as refused:
        return refused.finding
    return None
