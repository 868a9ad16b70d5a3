"""`python -m tests.example_year FOLDER`: the example year 2024 in a new or empty folder."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.example_year.year import AS_OF, write_year

if __name__ == "__main__":
    if len(sys.argv) != 2 or (Path(sys.argv[1]).exists() and any(Path(sys.argv[1]).iterdir())):
        sys.exit("usage: python -m tests.example_year FOLDER  (a new or empty folder)")
    project = write_year(Path(sys.argv[1]).resolve())
    print(f"{project.root}: plan/ forms/ returns/  (--as-of {AS_OF})")
