"""What a browser must load and compute: weight and steadiness of pages, and how fast the finder answers a key."""

from __future__ import annotations

import gzip
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, CDPSession, Page

from tests.browsing import chromium, served

WEIGHT, SHIFT, KEYSTROKE = 250.0, 0.05, 50.0
"""Kilobytes over the wire, the layout's own score of how much it jumps, milliseconds of the page's processor time."""
SEARCH = re.compile(r"/search[/.]|/search_index|/search/")
"""What the search box needs is loaded behind the page and not counted."""
WATCH = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) window.shifted += one.value;
})).observe({type: "layout-shift", buffered: true});
"""
TYPE = """
text => {
  const box = document.querySelector(".pb-finder input[type=search]");
  box.value = text;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  document.body.offsetHeight;
}
"""
TYPED = ("排", "排查", "排查整治", "覆盖率", "市", "2024", "%")
Figure = tuple[str, float, float, str]


def measure_pages(site: Path) -> Iterator[Figure]:
    """(what, measured, limit, unit) for home, one measure and the finder of a site."""
    measure = next(path for path in sorted((site / "measures").glob("*.html")) if path.stem != "index")
    with chromium() as browser, served(site) as address:
        for name in ("index.html", f"measures/{measure.name}"):
            weight, shift = load(browser, site, address, name)
            yield f"{name}: gzipped, without search", weight, WEIGHT, "kB"
            yield f"{name}: layout shift", shift, SHIFT, ""
        yield "finder: worst answer to a key", max(keystrokes(browser, address)), KEYSTROKE, "ms"


def load(browser: Browser, site: Path, address: str, name: str) -> tuple[float, float]:
    """What a page fetches, as a server that compresses would send it, and how much its layout jumps meanwhile."""
    fetched: set[str] = set()
    page = browser.new_page()
    page.on("request", lambda request: fetched.add(unquote(urlsplit(request.url).path)))
    page.add_init_script(WATCH)
    page.goto(f"{address}/{name}", wait_until="networkidle")
    shifted = float(page.evaluate("window.shifted"))
    page.close()
    files = [site / path.lstrip("/") for path in fetched if not SEARCH.search(path)]
    return sum(_sent(path) for path in files if path.is_file()) / 1000, shifted


def _sent(path: Path) -> int:
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


def keystrokes(browser: Browser, address: str) -> list[float]:
    """Milliseconds that the finder works from a key to the rows on the screen; of each text the median of five."""
    page = browser.new_page()
    page.goto(f"{address}/finder.html", wait_until="networkidle")
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    taken = [statistics.median(_typed(page, tools, text) for _ in range(5)) for text in TYPED]
    page.close()
    return taken


def _typed(page: Page, tools: CDPSession, text: str) -> float:
    page.evaluate(TYPE, "")
    before = _worked(tools)
    page.evaluate(TYPE, text)
    return _worked(tools) - before


def _worked(tools: CDPSession) -> float:
    """Milliseconds of the page's thread so far, for scripts, styles and layout."""
    found = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return 1000 * sum(found[name] for name in ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration"))
