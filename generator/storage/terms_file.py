"""templates/terms.yml → Terms."""

from __future__ import annotations

from typing import Any

from generator.findings import Finding, PlanError, Severity
from generator.project import Project
from generator.storage.text_reader import RefusedError
from generator.storage.yaml_reader import Loc, SourceFile, read_yaml
from generator.terms import Terms

NAME = "terms.yml"


def load_terms(project: Project) -> Terms:
    """The words of the outputs; the project's own terms.yml is laid over the packaged one, key by key."""
    words: dict[str, str] = {}
    for folder in reversed(project.template_folders):
        path = folder / NAME
        if path.is_file():
            try:
                value, source = read_yaml(path, f"templates/{NAME}")
            except RefusedError as refused:
                raise PlanError([refused.finding]) from None
            words.update(_flattened(value, source))
    return Terms(words)


def _flattened(value: Any, source: SourceFile, loc: Loc = ()) -> dict[str, str]:
    """Nested mappings of strings as dotted keys."""
    if isinstance(value, str) and loc:
        return {".".join(map(str, loc)): value}
    if not isinstance(value, dict):
        message = "应为文字，或“键: 文字”的映射"
        raise PlanError([Finding(source.place(loc), "terms", Severity.ERROR, message)])
    words: dict[str, str] = {}
    for key, child in value.items():
        words.update(_flattened(child, source, (*loc, key)))
    return words
