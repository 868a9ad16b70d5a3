"""A mapping file on disk → FillMapping."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from generator.findings import Finding, PlanError, Severity
from generator.model import FillMapping
from generator.storage.faults import schema_findings
from generator.storage.text_reader import RefusedError
from generator.storage.yaml_reader import SourceFile, read_yaml


def load_mapping(path: Path) -> tuple[FillMapping, SourceFile]:
    """The mapping with the places of its values; PlanError tells what is wrong with it."""
    try:
        value, source = read_yaml(path, str(path))
    except RefusedError as refused:
        raise PlanError([refused.finding]) from None
    if not isinstance(value, dict):
        message = "应为“键: 值”的映射，如 first_row: 5"
        raise PlanError([Finding(source.place(), "schema", Severity.ERROR, message)])
    try:
        return FillMapping.model_validate(value), source
    except ValidationError as error:
        raise PlanError(schema_findings(error, source, FillMapping)) from None
