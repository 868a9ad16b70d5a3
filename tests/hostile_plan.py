"""The small plan with hostile text in every field that a keeper may fill with words."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from generator.book import Book
from generator.project import Project
from tests.site_pages import unchecked_book
from tests.small_plan import SMALL

HOSTILE = "<img src=x onerror=alert(1)></title><script>alert(2)</script>](javascript:alert(3)) {{ x }} {% y %} **b** `c` | \"'& <!--"
NAMES = ("区住建局", "各镇（街道）")
"""A unit and a group whose names are hostile too, wherever they are written."""
WORDS = frozenset(
    {"title", "text", "note", "basis", "reason", "short_title", "document_number", "issuer", "full_name"}
    | {"indicator", "symbol", "source_note", "scoring", "default_scoring", "item", "order_basis"}
)


def hostile_project(folder: Path) -> Project:
    """A copy of the small plan, every text of it followed by markup, script and template marks."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    for path in sorted((folder / "plan").rglob("*.yml")):
        value = _hostile(yaml.safe_load(path.read_text("utf-8")))
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return Project(folder)


def hostile_book(folder: Path) -> Book:
    """The hostile plan as a book."""
    return unchecked_book(hostile_project(folder))


def _hostile(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        # without `source`: hostile text is no longer that of the source, which would be an error
        return {name: _hostile(found, name) for name, found in value.items() if name != "source"}
    if isinstance(value, list):
        return [_hostile(found, "text" if key in {"statements", "front", "paragraphs"} else "") for found in value]
    if not isinstance(value, str):
        return value
    for name in NAMES:
        value = value.replace(name, name + HOSTILE)
    return value + HOSTILE if key in WORDS else value
