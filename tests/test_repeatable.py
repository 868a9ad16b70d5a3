"""The same plan and the same day give the same bytes, whatever the clock, the zone, the order of hashes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

DRAW_ALL = """
import datetime, sys, time
ahead = float(sys.argv[1])
now, local, formatted = time.time, time.localtime, time.strftime
time.time = lambda: now() + ahead
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.strftime = lambda pattern, moment=None: formatted(pattern, moment or time.localtime())

class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return super().utcfromtimestamp(time.time())

datetime.datetime = Later
import hashlib
from pathlib import Path
from generator.pipeline import build_book
from generator.project import Project
from generator.renderers import calendars, ledger_excel, matrix_excel, registry, task_list_excel
from generator.office.archives import zip_bytes
from generator.renderers.archives import site_archive, unit_archives

book = build_book(Project(Path(sys.argv[2])), datetime.date(2024, 6, 30))
papers = [
    artifact
    for deliverable in (
        task_list_excel.DELIVERABLE, matrix_excel.DELIVERABLE, ledger_excel.DELIVERABLE, *calendars.DELIVERABLES
    )
    for artifact in deliverable.render(book)
]
everything = [*papers, *registry.render_data(book), *unit_archives(book, papers)]
for artifact in everything:
    print(hashlib.sha256(artifact.content).hexdigest(), artifact.path)
whole = zip_bytes(site_archive(book, [(artifact.path, artifact.content) for artifact in everything]))
print(hashlib.sha256(whole).hexdigest(), "site")
print(time.strftime("%Y-%m-%d"), file=sys.stderr)
"""


def drawn_by_another_process(hash_seed: str, zone: str, days_ahead: int) -> tuple[str, str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", DRAW_ALL, str(days_ahead * 86400), str(ROOT)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=120
    )
    return done.stdout, done.stderr


@pytest.mark.slow
def test_two_processes_under_different_clocks_zones_and_hashes_draw_the_same_bytes() -> None:
    first, today = drawn_by_another_process("1", "Asia/Shanghai", 0)
    second, later = drawn_by_another_process("4242", "America/New_York", 400)
    assert today != later
    assert first.count("\n") > 90
    assert first == second
