"""templates/site/synonyms.yml → Synonyms: other ways in which people say what a plan says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.findings import Finding, PlanError, Severity
from generator.project import Project
from generator.storage.text_reader import RefusedError
from generator.storage.yaml_reader import SourceFile, read_yaml

NAME = "site/synonyms.yml"
PARTS = ("words", "prefixes", "suffixes")


@dataclass(frozen=True)
class Synonyms:
    """同义说法: what may be typed → how plans write it; and other openings and endings of a unit's name."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suffixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_synonyms(project: Project) -> Synonyms:
    """The project's own file, else the packaged one; a file of another shape is a PlanError with its place."""
    try:
        value, source = read_yaml(project.template(NAME), f"templates/{NAME}")
    except RefusedError as refused:
        raise PlanError([refused.finding]) from None
    if not isinstance(value, dict) or not set(value) <= set(PARTS):
        raise _fault(source, (), "应只有 words、prefixes 和 suffixes 三部分")
    return Synonyms(**{part: _lists(value[part], source, part) for part in PARTS if value.get(part)})


def _lists(value: Any, source: SourceFile, part: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _fault(source, (part,), "应为“说法: [文件里的写法]”")
    found: dict[str, tuple[str, ...]] = {}
    for said, written in value.items():
        if not isinstance(written, list) or not all(isinstance(word, str) and word for word in written):
            raise _fault(source, (part, said), "应为“说法: [文件里的写法]”，方括号里是一个或几个词")
        found[said] = tuple(written)
    return found


def _fault(source: SourceFile, loc: tuple[str, ...], message: str) -> PlanError:
    return PlanError([Finding(source.place(loc), "synonyms", Severity.ERROR, message)])
