"""`planbook serve`: a copy of a project, edited while it is looked at over http."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from generator.project import Edition, Project
from generator.serving import preview
from tests.large_plan import write_large_plan

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2024, 6, 30)
PATIENCE = 90.0
INDICATOR = re.compile(r"indicator: [^,\n]+,")
LIMITS = {0: 1.0, 1_000: 3.0}
"""Seconds from saving a measure to seeing it, by the measures of a made-up plan; 0 is the real plan."""


@contextmanager
def previewed(project: Project) -> Iterator[str]:
    """The site of a project as `planbook serve` shows it, in this process; gives its address."""
    server = preview(project, AS_OF, Edition.PUBLIC, "127.0.0.1", 0, lambda _: None)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        while not server.serve_thread.is_alive():
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.shown.retire()
        thread.join()


@contextmanager
def served(project: Project) -> Iterator[str]:
    """The same as a user starts it, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "generator", "serve", "--project", str(project.root)]
    command += ["--as-of", AS_OF.isoformat(), "--address", address]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


def looked_at(address: str, name: str) -> tuple[int, bytes]:
    """The answer to a browser: its status and its body without the script that reloads the page."""
    asked = http.client.HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)
    try:
        asked.request("GET", f"/{urllib.parse.quote(name)}")
        answer = asked.getresponse()
        body = answer.read()
    finally:
        asked.close()
    return answer.status, _without_script(body) if answer.status == 200 and name.endswith(".html") else body


def _without_script(body: bytes) -> bytes:
    at = body.rindex(b"<script>")
    assert b"livereload(" in body[at:]
    return body[:at] + body[body.index(b"</script>", at) + len(b"</script>") :]


def seconds_until(address: str, name: str, text: str) -> float:
    """How long it takes from now until a page says `text`."""
    started = time.monotonic()
    while True:
        try:
            if text.encode() in looked_at(address, name)[1]:
                return time.monotonic() - started
        except ConnectionRefusedError:  # it does not listen yet
            pass
        assert time.monotonic() - started < PATIENCE, f"{name} does not say {text}"
        time.sleep(0.02)


def edit(path: Path, find: str, put: str) -> None:
    """Change a file as an editor does."""
    text = path.read_text("utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), "utf-8")


def seconds_to_show(folder: Path, measures: int) -> list[float]:
    """How long three changes of one measure take, each from saving to seeing; `measures` as in LIMITS."""
    if measures:
        project = Project(write_large_plan(folder, measures))
    else:
        shutil.copytree(ROOT / "plan", folder / "plan")
        project = Project(folder)
    files = sorted((project.plan / "scheme/measures").glob("*.yml"))
    measure = next(path for path in files if INDICATOR.search(path.read_text("utf-8")))
    page, found = f"measures/scheme-{measure.stem}.html", []
    with served(project) as address:
        seconds_until(address, page, "planbook")
        for number in range(3):
            old = INDICATOR.findall(measure.read_text("utf-8"))[0]
            edit(measure, old, f"indicator: 第{number}次改的指标,")
            found.append(seconds_until(address, page, f"第{number}次改的指标"))
    return found
