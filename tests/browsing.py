"""The real site as a browser sees it: built once, served over http or opened from its folder."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
PAGES = [
    "index.html",
    "document.html",
    "measures/index.html",
    "measures/scheme-10.html",
    "measures/scheme-14.html",
    "measures/action-2024-11.html",
    "chapters/scheme-3-4.html",
    "units/index.html",
    "units/ecology-environment.html",
    "units/dongjie.html",
    "groups/towns-subdistricts.html",
    "finder.html",
    "ledger.html",
    "deadlines.html",
    "calendar.html",
    "targets.html",
    "matrix.html",
    "network.html",
    "coverage.html",
    "downloads.html",
    "guide.html",
    "changes.html",
    "about.html",
    "404.html",
]
"""One page at least of every kind."""


def build_pages(target: Path, project: Path = ROOT, options: str = "") -> Path:
    """The pages of a project without the papers to download, as MkDocs builds them; `options` are the plugin's."""
    settings = {"PLANBOOK_PROJECT": str(project), "PLANBOOK_AS_OF": "2024-06-30", "PLANBOOK_DOWNLOADS": "0"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    if options:
        text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("- planbook\n", f"- planbook: {{{options}}}\n")
        (project / "mkdocs.yml").write_text(text, "utf-8")
        (project / "templates/site/pages").mkdir(parents=True)
        command += ["--config-file", str(project / "mkdocs.yml")]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return target


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium that is installed on the machine; one at a time in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What a dark scheme can change."""
LINKS = {"type": "rule", "values": ["link-in-text-block"]}


def axe_faults(page: Page, scheme: str = "light", rules: Mapping[str, object] | None = None) -> list[str]:
    """What axe finds on a page (WCAG 2.2 AA): rule, how bad, where, why; of a dark scheme only what it can change."""
    from axe_playwright_python.sync_playwright import Axe

    wanted = rules or (RULES if scheme == "light" else COLOURS)
    found = Axe().run(page, options={"runOnly": wanted, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}) {node['target']} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"][:3]
    ]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder over http on a free port; gives its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
