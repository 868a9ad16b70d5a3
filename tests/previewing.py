"""`planbook serve` in this process: a copy of a project, edited while it is looked at over http."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from generator.project import Edition, Project
from generator.serving import Preview, preview

AS_OF = date(2024, 6, 30)
PATIENCE = 60.0


@contextmanager
def previewed(project: Project) -> Iterator[Preview]:
    """The site of a project as `planbook serve` shows it, on a free port."""
    server = preview(project, AS_OF, Edition.PUBLIC, "127.0.0.1", 0, lambda _: None)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        while not server.serve_thread.is_alive():
            time.sleep(0.01)
        yield server
    finally:
        server.shutdown()
        server.shown.retire()
        thread.join()


def looked_at(server: Preview, name: str) -> tuple[int, bytes]:
    """The answer to a browser: its status and its body without the script that reloads the page."""
    address = f"http://127.0.0.1:{server.server_port}/{urllib.request.quote(name)}"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            body: bytes = answer.read()
            return answer.status, _without_script(body) if name.endswith(".html") else body
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def _without_script(body: bytes) -> bytes:
    at = body.rindex(b"<script>")
    assert b"livereload(" in body[at:]
    return body[:at] + body[body.index(b"</script>", at) + len(b"</script>") :]


def seconds_until(server: Preview, name: str, text: str) -> float:
    """How long it takes from now until a page says `text`."""
    started = time.monotonic()
    while text.encode() not in looked_at(server, name)[1]:
        assert time.monotonic() - started < PATIENCE, f"{name} does not say {text}"
        time.sleep(0.02)
    return time.monotonic() - started


def edit(path: Path, find: str, put: str) -> None:
    """Change a file as an editor does."""
    text = path.read_text("utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), "utf-8")
