"""Cases that are data: YAML files of the tests, read by the fast parser where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def cases(name: str) -> Any:
    """The value of a file in tests/cases/."""
    return plain_yaml((FOLDER / name).read_text("utf-8"))


def plain_yaml(text: str) -> Any:
    """The value of a YAML text; dates and numbers are values too, unlike what a plan file is read as."""
    return yaml.load(text, Loader=PARSER)  # noqa: S506 (a safe loader, the fast one)
