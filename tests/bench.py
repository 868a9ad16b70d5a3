"""Measure what the README promises: the check and the whole build as a user runs them, and a plan of any size.

    make bench

What a keeper who edits a measure sees in `planbook serve` is timed from saving the file to the new page over http.

Each command runs as a process of its own. On the real plan it runs once to warm up and then five times; the median
is what to quote. A thousand and five thousand measures (tests/large_plan.py) are built: processor time is that of all
processes together, memory that of the largest. The thousand are built in turn with what plain MkDocs makes of them
(tests/plain_site.py), for seconds say little on a machine that is fast in one hour and slow in the next.

Every build of a large plan goes into a folder that was never there, and none is deleted meanwhile: ext4 without a
journal looks at each inode deleted within the last minute before it gives out another, so that a build would pay for
the site that was deleted before it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.bench_pages import measure_pages
from tests.large_plan import write_large_plan
from tests.plain_site import write_plain_site
from tests.previewing import LIMITS as SERVING_LIMITS
from tests.previewing import seconds_to_show

ROOT = Path(__file__).resolve().parent.parent
PLANBOOK = [sys.executable, "-m", "generator"]
DAY = ["--as-of", "2024-06-30"]
RUNS = 5
LIMITS = {"planbook check": 1.5, "planbook build": 6.0}
LARGE, LARGEST = 1_000, 5_000
LARGE_SECONDS, LARGE_MEGABYTES = 6.0, 250.0
PLAIN_SECONDS, NAVIGATION_SECONDS = 4.0, 19.7
"""What plain MkDocs took for the same pages, none or all in its navigation, where 6 s were promised."""
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
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=quiet)
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
        write_large_plan(folder / str(measures), measures)
        runs[measures] = run(build_large(folder, measures))
        print(f"planbook build, {measures} measures: {runs[measures]}", flush=True)
    times = runs[LARGEST].processor / runs[LARGE].processor
    return [
        *measure_beside_plain(folder),
        verdict(f"planbook build, {LARGE} measures: memory", runs[LARGE].memory, LARGE_MEGABYTES, "MB"),
        verdict(f"processor time, {LARGEST} to {LARGE} measures", times, LARGEST / LARGE * LINEAR, "×"),
        *(verdict(*found) for found in measure_pages(folder / f"site-{LARGE}-0")),
    ]


def build_large(folder: Path, measures: int, turn: int = 0) -> list[str]:
    """The command that builds a large plan into a new folder."""
    site = folder / f"site-{measures}-{turn}"
    return [*PLANBOOK, "build", *DAY, "--project", str(folder / str(measures)), "--out", str(site)]


def measure_beside_plain(folder: Path) -> list[bool]:
    """A large plan in seconds, and as a multiple of what plain MkDocs takes for its pages just before and after."""
    plain, with_navigation = write_plain_site(folder / f"site-{LARGE}-0", folder / "plain")
    ours, theirs = [], [run([*plain, str(folder / "plain-0")]).wall]
    for turn in range(1, RUNS + 1):
        ours.append(run(build_large(folder, LARGE, turn)).wall)
        theirs.append(run([*plain, str(folder / f"plain-{turn}")]).wall)
    around = [(before + after) / 2 for before, after in pairwise(theirs)]
    ratios = [wall / beside for wall, beside in zip(ours, around, strict=True)]
    navigation = run([*with_navigation, str(folder / "plain-navigation")]).wall
    slower = (navigation - statistics.median(theirs)) / (NAVIGATION_SECONDS - PLAIN_SECONDS)
    print(f"planbook build: {_listed(ours)} s; plain MkDocs: {_listed(theirs)} s; ratio: {_listed(ratios)}")
    print(
        f"by what the navigation adds, this machine takes {slower:.2f} times what that of the promise took",
        flush=True,
    )
    name = f"planbook build, {LARGE} measures"
    return [
        verdict(f"{name}: wall", statistics.median(ours), LARGE_SECONDS, "s"),
        verdict(f"{name}: times plain MkDocs", statistics.median(ratios), LARGE_SECONDS / PLAIN_SECONDS, "×"),
        verdict(f"{name}: wall, on that machine", statistics.median(ours) / slower, LARGE_SECONDS, "s"),
    ]


def _listed(figures: list[float]) -> str:
    return ", ".join(f"{figure:.2f}" for figure in figures)


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
