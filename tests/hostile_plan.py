"""The small plan with hostile text in every field that a keeper may fill with words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from generator.book import Book
from generator.project import Project
from tests.case_files import plain_yaml
from tests.site_pages import unchecked_book
from tests.small_plan import SMALL

HOSTILE = "<img src=x onerror=alert(1)></title><script>alert(2)</script>](javascript:alert(3)) {{ x }} {% y %} **b** `c` | \"'& <!--"
SHORT = "<b>\"'&`|"
"""For what the model keeps short: the label that stands before every task's number."""
WORDS = frozenset(
    {"title", "text", "note", "basis", "reason", "short_title", "document_number", "issuer", "full_name"}
    | {"indicator", "symbol", "source_note", "source_text", "scoring", "default_scoring", "item", "order_basis"}
    | {"review", "printed", "printed_number", "title_mark", "tail", "baseline", "leader", "section", "approved_by"}
    | {"grades_basis", "ladder_basis", "name", "aliases", "supervision_paper"}
)
READINGS = ("deadlines", "targets", "mentions")
LISTED = dict.fromkeys(("statements", "front", "back", "paragraphs", "closing"), "text") | {"aliases": "aliases"}
"""Lists whose plain strings are words: what field they stand for."""


def hostile_project(folder: Path) -> Project:
    """A copy of the small plan, every text of it followed by markup, script and template marks.

    Units, groups and seasons bear such names wherever they are written, and so does every task's number.
    """
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    spoil = _Spoiler(folder / "plan")
    for path in sorted((folder / "plan").rglob("*.yml")):
        value = spoil.value(plain_yaml(path.read_text("utf-8")))
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return Project(folder)


def hostile_book(folder: Path) -> Book:
    """The hostile plan as a book."""
    return unchecked_book(hostile_project(folder))


class _Spoiler:
    """Spoils values; names and labels are spoilt alike wherever they stand, so that references still hold."""

    def __init__(self, plan: Path) -> None:
        units = plain_yaml((plan / "units.yml").read_text("utf-8"))
        parties = [*units["units"], *units["groups"]]
        aliases = [alias for party in parties for alias in party.get("aliases", [])]
        names = {found["name"] if isinstance(found, dict) else found for found in (*parties, *aliases)}
        heads = [plain_yaml(path.read_text("utf-8")) for path in plan.glob("*/plan.yml")]
        self.names = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        self.tasks = re.compile(f"({'|'.join(re.escape(head['label']) for head in heads)})(-[0-9].*)?")

    def value(self, value: Any, key: str = "") -> Any:
        """A value with everything in it spoilt; `key` is the field that it stands in."""
        if isinstance(value, dict):
            # without `source`: hostile text is no longer that of the source, which would be an error
            kept = {name: found for name, found in value.items() if name != "source"}
            return {name: self.value(found, name) for name, found in _with_phrases(kept).items()}
        if isinstance(value, list):
            return [self.value(found, LISTED.get(key, "")) for found in value]
        if not isinstance(value, str) or key == "id":
            return value
        if key in {"number", "chapter"}:
            return "/".join(part + SHORT for part in value.split("/"))
        if self.tasks.fullmatch(value):
            return self.tasks.sub(lambda found: found[1] + SHORT + (found[2] or ""), value)
        spoilt = self.names.sub(lambda found: found[0] + HOSTILE, value)
        return (
            spoilt + HOSTILE if key in WORDS and not (key in {"name", "aliases"} and spoilt != value) else spoilt
        )


def _with_phrases(found: dict[str, Any]) -> dict[str, Any]:
    """A statement whose readings have hostile phrases, which still stand in its text; what has a default is set."""
    if "clauses" in found:
        found.setdefault("title_mark", "。")
        found["clauses"] = [{"tail": "。"} | clause for clause in found["clauses"]]
    if "open" in found or "lead" in found or "responsible" in found:
        found["brackets"] = "<>"  # a check allows one character on each side
    for reading in (one for kind in READINGS for one in found.get(kind, ())):
        found["text"] = found["text"].replace(reading["phrase"], reading["phrase"] + HOSTILE, 1)
        reading["phrase"] += HOSTILE
    return found
