"""Where a slip was made that the YAML parser notices only lines later: an open quote, a colon that is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from generator.findings import shown

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KEY = re.compile(r"\s*(?:- +)*([a-z_]+)(：\s*|:(?=[^\s:]))")
COLON_EXPECTED = "could not find expected ':'"
NO_COLON_EXPECTED = "mapping values are not allowed in this context"
AFTER_A_QUOTE = ("did not find expected key", "did not find expected '-'", "did not find expected ',' or")


@dataclass(frozen=True)
class Slip:
    """Where it was made, and what is said of it."""

    line: int
    column: int
    message: str


def slip_behind(fault: yaml.MarkedYAMLError, text: str) -> Slip | None:
    """What made the parser give up, where that lies before the place that it names."""
    problem, mark = fault.problem or "", fault.problem_mark
    if mark is None:
        return None
    if problem == COLON_EXPECTED and fault.context_mark:
        return _colon(text, fault.context_mark.line, fault.context_mark.line)
    if problem == NO_COLON_EXPECTED:
        return _colon(text, mark.line, mark.line - 1)
    if problem.startswith(AFTER_A_QUOTE):
        return _open_quote(text, mark)
    return None


def colon_fault(key: str) -> str:
    """What is wrong with the colon after the first word of what should be `key: …`; empty where it is none."""
    found = KEY.match(key)
    if not found:
        return ""
    kind = "之后是全角冒号" if found[2].startswith("：") else "的冒号后缺空格"
    example = f"{found[1]}: {shown(key[found.end() :], 12)}".strip()
    return f"“{found[1]}”{kind}；应为半角冒号加一个空格，如“{example}”"


def _colon(text: str, first: int, last: int) -> Slip | None:
    lines = text.splitlines()
    for number in (first, last):
        found = KEY.match(lines[number]) if 0 <= number < len(lines) else None
        if found:
            return Slip(number + 1, found.start(2) + 1, colon_fault(lines[number]))
    return None


def _open_quote(text: str, mark: yaml.Mark) -> Slip | None:
    """The quote that was opened lines before and took the next one, in another text, for its end."""
    begun: yaml.Mark | None = None
    try:
        for token in yaml.scan(text, Loader=PARSER):
            if token.start_mark.index >= mark.index:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in {'"', "'"}:
                begun = token.start_mark if token.end_mark.line == mark.line else None
    except yaml.YAMLError:
        pass  # what was scanned before it is what is asked for
    if begun is None or begun.line == mark.line:
        return None
    message = f"这里的引号没有闭合，读到第 {mark.line + 1} 行才遇到下一个引号；应在这句话的末尾加上引号"
    return Slip(begun.line + 1, begun.column + 1, message)
