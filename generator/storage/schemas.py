"""JSON Schemas of the plan files, for editors that complete and check YAML."""

from __future__ import annotations

import json

from generator.model import DecisionsFile, FillMapping, Measure, Record, RepliesFile, UnitReturn
from generator.storage.loader import PLAN_FILES, PROJECT_FILES

FOLDER = "schemas"


def plan_file_schemas() -> dict[str, bytes]:
    """File name in plan/schemas/ → its content: one schema for each kind of plan file."""
    several: dict[str, type[Record]] = {
        "measure.yml": Measure,
        "progress.yml": UnitReturn,
        "replies.yml": RepliesFile,
        "decisions.yml": DecisionsFile,
        "filling.yml": FillMapping,
    }
    models: dict[str, type[Record]] = {**PROJECT_FILES, **PLAN_FILES, **several}
    return {f"{name.removesuffix('.yml')}.json": _schema(model) for name, model in sorted(models.items())}


def _schema(model: type[Record]) -> bytes:
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **model.model_json_schema()}
    # draft 7 is what editors' YAML support knows; pydantic's $defs are read there as well.
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
