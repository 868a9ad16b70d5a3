"""Measure what the README promises: the check and the whole build as a user runs them, and a plan of any size.

    make bench

What a keeper who edits a measure sees in `planbook serve` is timed from saving the file to the new page over http.

Each command runs as a process of its own. On the real plan it runs once to warm up and then five times; the median
is what to quote. A thousand and five thousand measures (tests/large_plan.py) are built once each: processor time is
that of all processes together, memory that of the largest.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench_pages import measure_pages
from tests.large_plan import write_large_plan
from tests.previewing import LIMITS as SERVING_LIMITS
from tests.previewing import seconds_to_show

ROOT = Path(__file__).resolve().parent.parent
PLANBOOK = [sys.executable, "-m", "generator"]
DAY = ["--as-of", "2024-06-30"]
RUNS = 5
LIMITS = {"planbook check": 1.5, "planbook build": 6.0}
LARGE, LARGEST = 1_000, 5_000
LARGE_SECONDS, LARGE_MEGABYTES = 6.0, 250.0
LINEAR = 1.1
"""Five times the measures may take five times as long, and a tenth more for what no two runs have in common."""


@dataclass(frozen=True)
class Run:
    """One run of a command: wall-clock and processor seconds, and megabytes of its largest process."""

    wall: float
    processor: float
    memory: float


def run(command: list[str]) -> Run:
    """One run; a command that fails stops the bench."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def verdict(what: str, measured: float, limit: float, symbol: str) -> bool:
    """Print a figure beside its limit; True where the promise is kept."""
    kept = measured <= limit
    print(f"{what:58} {measured:9.2f} {symbol:3} limit {limit:g}{'' if kept else '   NOT KEPT'}", flush=True)
    return kept


def measure(name: str, command: list[str]) -> bool:
    """The median of some runs on the real plan."""
    run(command)
    return verdict(
        f"{name}, real plan", statistics.median(run(command).wall for _ in range(RUNS)), LIMITS[name], "s"
    )


def measure_large(folder: Path) -> list[bool]:
    """Builds of large plans, and what a browser says of the pages."""
    runs = {}
    for measures in (LARGE, LARGEST):
        project = write_large_plan(folder / str(measures), measures)
        command = [*PLANBOOK, "build", *DAY, "--project", str(project), "--out", str(folder / f"site-{measures}")]
        runs[measures] = run(command)
        print(f"planbook build, {measures} measures: {runs[measures]}", flush=True)
    times = runs[LARGEST].processor / runs[LARGE].processor
    return [
        verdict(f"planbook build, {LARGE} measures: wall", runs[LARGE].wall, LARGE_SECONDS, "s"),
        verdict(f"planbook build, {LARGE} measures: memory", runs[LARGE].memory, LARGE_MEGABYTES, "MB"),
        verdict(f"processor time, {LARGEST} to {LARGE} measures", times, LARGEST / LARGE * LINEAR, "×"),
        *(verdict(*found) for found in measure_pages(folder / f"site-{LARGE}")),
    ]


def measure_serving(folder: Path) -> list[bool]:
    """What a keeper who edits a measure waits for."""
    found = {measures: seconds_to_show(folder / f"served-{measures}", measures) for measures in SERVING_LIMITS}
    return [
        verdict(
            f"planbook serve, {f'{measures} measures' if measures else 'real plan'}: a change is shown",
            statistics.median(seconds),
            SERVING_LIMITS[measures],
            "s",
        )
        for measures, seconds in found.items()
    ]


def main() -> int:
    """Exit 1 where a promise is not kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = [
            measure("planbook check", [*PLANBOOK, "check"]),
            measure("planbook build", [*PLANBOOK, "build", *DAY, "--out", str(folder / "site")]),
            *(verdict(*found) for found in measure_pages(folder / "site")),
            *measure_serving(folder),
            *measure_large(folder),
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
