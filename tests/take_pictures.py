"""Takes the pictures of the site that the guide and the README show: `python -m tests.take_pictures`.

They are taken anew by hand after the looks changed: of the real plan, for a fixed day and a fixed size, with a palette
of few colours, so that each is small. Needs Chromium, and Pillow, which the reading of PDF brings along.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browsing import ROOT, build_pages, chromium

GUIDE = ROOT / "templates" / "site" / "pages" / "assets" / "guide"
README = ROOT / "docs" / "pictures"
DAY = datetime(2024, 6, 30, 9, tzinfo=UTC)
LARGEST = 60 * 1024
COLOURS = (128, 64, 32, 16, 12)


@dataclass(frozen=True)
class Shot:
    """A picture: where it goes, of which page, in which size, and what is done on the page before."""

    path: Path
    page: str
    act: Callable[[Page], object] = lambda page: None
    size: tuple[int, int] = (1240, 720)


def _search(page: Page) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type("住建局")
    page.locator(".md-search-result__item").first.wait_for()
    page.wait_for_timeout(500)


def _filter(page: Page) -> None:
    page.get_by_label("单位", exact=True).select_option("housing-construction")


def _remember(page: Page) -> None:
    page.evaluate(
        "localStorage.setItem('planbook.unit', JSON.stringify({id: 'housing-construction', name: '区住建局'}))"
    )
    page.reload()
    page.locator(".pb-mine").wait_for()


def _choose(page: Page) -> None:
    page.locator("[data-facet=unit]").get_by_label("区住建局").check()
    page.locator("[data-facet=role]").get_by_label("分工负责").check()
    page.evaluate("scrollTo(0, 0)")


def _pick(page: Page) -> None:
    for place in (page.locator(".net-hub"), page.locator(".net-node", has_text="区水务局")):
        place.evaluate("element => element.click()")  # a real click would scroll the page
    page.evaluate("scrollTo(0, 0)")  # whoever scrolls up is offered a button in the way
    page.wait_for_timeout(300)
    _scroll(page, ".net-help")


SHOTS = (
    Shot(GUIDE / "home.png", "index.html", _remember, (1240, 880)),
    Shot(GUIDE / "finder.png", "finder.html", _choose),
    Shot(GUIDE / "calendar.png", "calendar.html", size=(1240, 800)),
    Shot(GUIDE / "network.png", "network.html", _pick, (1240, 630)),
    Shot(GUIDE / "search.png", "index.html", _search),
    Shot(GUIDE / "unit.png", "units/housing-construction.html"),
    Shot(GUIDE / "partners.png", "units/housing-construction.html", lambda page: _scroll(page, "#timeline")),
    Shot(GUIDE / "measure.png", "measures/scheme-14.html"),
    Shot(GUIDE / "document.png", "document.html", lambda page: _point(page, "#scheme-14"), (1240, 540)),
    Shot(GUIDE / "matrix.png", "matrix.html", _filter),
    Shot(README / "home.png", "index.html", size=(1280, 800)),
    Shot(README / "matrix.png", "matrix.html", size=(1280, 800)),
)


def _scroll(page: Page, place: str) -> None:
    page.locator(place).evaluate("element => element.scrollIntoView()")
    page.wait_for_timeout(300)


def _point(page: Page, place: str) -> None:
    _scroll(page, place)
    page.locator(place).hover()
    page.wait_for_timeout(300)


def small(picture: bytes) -> bytes:
    """The picture with the most colours that keep it small enough."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        written = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


def take(browser: Browser, site: Path, shot: Shot) -> int:
    """Takes one picture and returns its size in bytes."""
    width, height = shot.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    page = context.new_page()
    page.clock.set_system_time(DAY)
    page.goto((site / shot.page).as_uri())
    shot.act(page)
    content = small(page.screenshot(animations="disabled"))
    context.close()
    shot.path.parent.mkdir(parents=True, exist_ok=True)
    return shot.path.write_bytes(content)


def main() -> int:
    """Takes all pictures."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site = build_pages(Path(folder) / "site")
        for shot in SHOTS:
            print(f"{shot.path.relative_to(ROOT)}\t{take(browser, site, shot) // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
