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

from generator.findings import Finding, Place, Severity, shown

MAX_BYTES = 2_000_000
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


class RefusedError(Exception):
    """A file that is not read any further; carries its finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_yaml(path: Path, shown_path: str) -> tuple[Any, SourceFile]:
    """The value of a YAML file (mappings, lists, strings, None) and its positions; RefusedError says why not."""
    text = read_text(path, shown_path)
    builder = _Builder(shown_path)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as fault:
        raise RefusedError(_syntax_finding(shown_path, fault)) from None
    except yaml.YAMLError as fault:
        raise RefusedError(_finding(shown_path, "yaml", f"无法读取：{shown(fault)}；应为 YAML 文本")) from None
    if not builder.documents:
        raise RefusedError(
            _finding(shown_path, "yaml", "文件是空的；应有内容，可用 planbook explain yaml 查看说明")
        )
    return builder.root, SourceFile(shown_path, builder.values, builder.keys)


def read_text(path: Path, shown_path: str, limit: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file of at most `limit` bytes; RefusedError says why not."""
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as fault:
        raise RefusedError(_finding(shown_path, "file", f"无法打开：{fault.strerror}")) from None
    if len(content) > limit:
        raise RefusedError(_finding(shown_path, "file", f"文件超过 {limit // 1000} KB；计划文件应为短小的文本"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        column = fault.start - content.rfind(b"\n", 0, fault.start)
        message = f"第 {fault.start + 1} 个字节不是 UTF-8 文字；请用 UTF-8 编码另存"
        raise RefusedError(_finding(shown_path, "file", message, line, column)) from None


def _finding(path: str, rule: str, message: str, line: int = 1, column: int = 1) -> Finding:
    return Finding(Place(path, line, column), rule, Severity.ERROR, message)


def _syntax_finding(path: str, fault: yaml.MarkedYAMLError) -> Finding:
    mark = fault.problem_mark or fault.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = SYNTAX.get(fault.problem or "", shown(fault.problem or "格式错误"))
    return _finding(path, "yaml", f"YAML 写法有误：{problem}；请检查缩进、冒号后的空格和引号", line, column)


SYNTAX = {
    "found character that cannot start any token": "此处有不能单独出现的字符（如制表符、@、`）",
    "mapping values are not allowed in this context": "此处不应出现冒号",
    "did not find expected key": "此处应是“键: 值”",
    "did not find expected '-' indicator": "列表的每一项应以“- ”开头",
    "did not find expected node content": "此处缺少内容",
    "did not find expected ',' or ']'": "方括号内应以逗号分隔，并以 ] 结束",
    "did not find expected ',' or '}'": "花括号内应以逗号分隔，并以 } 结束",
    "could not find expected ':'": "此处缺少冒号",
    "found unexpected end of stream": "引号没有闭合",
    "found undefined tag handle": "不允许使用 YAML 标签（!…）",
}


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
        if isinstance(event, DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, AliasEvent):
            raise self._refusal(event, "不允许使用 YAML 引用（*…）；请写出全文")
        elif isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
            self._start_node(event)
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            self.stack.pop()

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
        return RefusedError(_finding(self.path, "yaml", message, *self._position(event)))


def _plain_value(event: ScalarEvent | SequenceStartEvent | MappingStartEvent) -> Any:
    """Scalars stay strings, for YAML 1.1 would read no, 1:30 and 0123 otherwise; pydantic converts them."""
    if isinstance(event, ScalarEvent):
        plain = event.style is None and event.value in {"", "~", "null", "Null", "NULL"}
        return None if plain else str(event.value)
    return [] if isinstance(event, SequenceStartEvent) else {}
