"""What a browser must load and compute: weight and steadiness of pages, and how fast the finder answers a key."""

from __future__ import annotations

import gzip
import re
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page

from tests.browsing import chromium, served

WEIGHT, SHIFT, ANSWER = 250.0, 0.05, 50.0
"""Kilobytes over the wire, the layout's own score of how much it jumps, milliseconds from a key to the rows."""
SEARCH = re.compile(r"/search[/.]|/search_index|/search/")
"""What the search box needs is loaded behind the page and not counted."""
WATCH = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) window.shifted += one.value;
})).observe({type: "layout-shift", buffered: true});
"""
ANSWERED = """
window.answered = [];
addEventListener("input", event => {
  requestAnimationFrame(() => requestAnimationFrame(() => window.answered.push(performance.now() - event.timeStamp)));
}, true);
"""
"""Milliseconds from an input to the frame after the one that shows the answer: scripts, styles, layout, paint, waiting."""
BACK = "Backspace"
# fmt: off
KEYS = (
    "扬", "尘", BACK, BACK,
    "2", "0", "2", "5", "年", BACK, BACK, BACK, BACK, BACK,
    "排", "查", " ", "市", BACK, BACK, BACK, BACK,
    "覆", "盖", "率", BACK, BACK, BACK,
    "市", "x", "q", BACK, BACK, BACK, "%", BACK,
)
# fmt: on
"""One character that is in every sentence and one that is in few, words, several words, what is nowhere; all taken back."""
BOXES = (("unit", 0), ("unit", 5), ("role", 0), ("due", 0), ("standing", 0))
"""Conditions that are ticked one after the other, then cleared again: facet, and which of its values."""
PACES = (60, 170, 110, 250, 400)
"""Milliseconds between two inputs: hurried and slow, so that some fall into what the page does after an answer."""
ROUNDS = 5
"""Of the first much is the browser's compiling; of the others what a machine that is shared does beside it differs."""
Figure = tuple[str, float, float, str]


def measure_pages(site: Path) -> Iterator[Figure]:
    """(what, measured, limit, unit) for home, one measure and the finder of a site."""
    measure = next(path for path in sorted((site / "measures").glob("*.html")) if path.stem != "index")
    with chromium() as browser, served(site) as address:
        for name in ("index.html", f"measures/{measure.name}"):
            weight, shift = load(browser, site, address, name)
            yield f"{name}: gzipped, without search", weight, WEIGHT, "kB"
            yield f"{name}: layout shift", shift, SHIFT, ""
        median, slow = answers(browser, address)
        yield "finder: answer to a key, median", median, ANSWER, "ms"
        yield "finder: answer to a key, 95 of 100", slow, ANSWER, "ms"


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


def answers(browser: Browser, address: str, enough: float = 0.0) -> tuple[float, float]:
    """Milliseconds in which the finder answers keys and boxes, each at its best of some rounds: median, 95th percentile.

    No more rounds are made once both are within `enough`: more of them can only better what they are.
    """
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(ANSWERED)
    page.goto(f"{address}/finder.html", wait_until="networkidle")
    taken = _round(page)
    for _ in range(ROUNDS - 1):
        if _slow(taken) <= enough:
            break
        taken = [min(found) for found in zip(taken, _round(page), strict=True)]
    page.close()
    return statistics.median(taken), _slow(taken)


def _slow(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _round(page: Page) -> list[float]:
    page.evaluate("answered.length = 0")
    for done, act in enumerate(_inputs(page), 1):
        act()
        page.wait_for_function("count => answered.length === count", arg=done)
        page.wait_for_timeout(PACES[done % len(PACES)])
    return [float(taken) for taken in page.evaluate("answered")]


def _inputs(page: Page) -> Iterator[Callable[[], None]]:
    page.locator("#finder-q").focus()
    for key in KEYS:
        yield partial(page.keyboard.press, key) if key == BACK else partial(page.keyboard.insert_text, key)
    boxes = [page.locator(f"[data-facet={facet}] input").nth(at) for facet, at in BOXES]
    yield from (box.click for box in (*boxes, *boxes))
