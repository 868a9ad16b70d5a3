"""Golden outputs: text in tests/golden/, compared whole."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """The text is that of tests/golden/<name>; with UPDATE_GOLDEN=1 the file is written anew, to be reviewed in git."""
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"{path} is missing: run once with UPDATE_GOLDEN=1 and read it"
    assert text == path.read_bytes().decode()
