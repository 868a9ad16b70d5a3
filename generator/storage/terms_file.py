"""templates/terms.yml → Terms."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from generator.findings import Finding, PlanError, Severity
from generator.project import Project, packaged_templates
from generator.storage.text_reader import RefusedError, read_printable_text
from generator.storage.yaml_reader import Loc, SourceFile, parse_yaml
from generator.terms import Terms

NAME = "terms.yml"
SHOWN = f"templates/{NAME}"


def load_terms(project: Project) -> Terms:
    """The words of the outputs; the project's own terms.yml is laid over the packaged one, key by key."""
    paths = [folder / NAME for folder in reversed(project.template_folders)]
    try:
        return _laid_over(*(read_printable_text(path, SHOWN) for path in paths if path.is_file()))
    except RefusedError as refused:
        raise PlanError([refused.finding]) from None


@lru_cache(maxsize=1)
def packaged_terms() -> Terms:
    """The words that come with the program."""
    return Terms(_flattened(*parse_yaml((packaged_templates() / NAME).read_text("utf-8"), SHOWN)))


@lru_cache(maxsize=8)
def _laid_over(*texts: str) -> Terms:
    """The words of these texts, the last winning; equal texts are parsed once, and what rests on them is kept."""
    words: dict[str, str] = {}
    for text in texts:
        words.update(_flattened(*parse_yaml(text, SHOWN)))
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
