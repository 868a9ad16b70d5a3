"""Measure what the README promises: the whole build and the check, as a user runs them.

    make bench

Each command runs as a process of its own, once to warm up and then five times; the median is what to quote.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
LIMITS = {"planbook check": 1.5, "planbook build": 6.0}


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of one run; a command that fails stops the bench."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def measure(name: str, command: list[str]) -> bool:
    """Print minimum, median and maximum; True where the median keeps the promise."""
    seconds(command)
    runs = sorted(seconds(command) for _ in range(RUNS))
    median = statistics.median(runs)
    print(f"{name:16} min {runs[0]:.2f} s   median {median:.2f} s   max {runs[-1]:.2f} s   limit {LIMITS[name]} s")
    return median <= LIMITS[name]


def main() -> int:
    """Exit 1 where a promise is not kept."""
    planbook = [sys.executable, "-m", "generator"]
    with tempfile.TemporaryDirectory() as folder:
        site = str(Path(folder) / "site")
        kept = [
            measure("planbook check", [*planbook, "check"]),
            measure("planbook build", [*planbook, "build", "--as-of", "2024-06-30", "--out", site]),
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
