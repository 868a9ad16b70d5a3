"""The internal edition in a browser: from its folder, for everybody, with the keyboard, on a phone, on paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.project import Edition
from tests.browsing import axe_faults
from tests.site_links import dead_links, foreign_files

pytestmark = pytest.mark.slow

PAGES = (
    "index.html",
    "progress.html",
    "reporting.html",
    "extra-tasks.html",
    "air.html",
    "finder.html",
    "ledger.html",
    "measures/annual-2024-01.html",
    "measures/annual-2024-02.html",
    "units/water.html",
    "units/housing.html",
)


@pytest.fixture(scope="module")
def site(editions: dict[Edition, Path]) -> Path:
    return editions[Edition.INTERNAL]


def test_every_link_leads_somewhere_and_nothing_comes_from_another_host(site: Path) -> None:
    assert dead_links(site) == []
    assert list(foreign_files(site)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(
    browser: Browser, site: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    faults = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        faults[name] = axe_faults(page, scheme)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults[name].append("wider than the screen")
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}


def test_every_page_says_at_its_head_that_it_is_internal(page: Page, site: Path) -> None:
    for name in PAGES:
        page.goto((site / name).as_uri())
        mark = page.locator(".page-mark")
        expect(mark).to_have_text("内部资料")
        assert mark.evaluate("element => element.getBoundingClientRect().top") < 60


def test_a_message_is_copied_with_the_keyboard_and_says_so(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto((site / "reporting.html").as_uri())
    button = page.locator(".int-copy").first
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    told = page.locator(".int-copied").first
    expect(told).to_have_text(re.compile("已复制|已选中"))
    assert button.evaluate("element => document.activeElement === element")
    message = page.locator(".int-message").first.inner_text()
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<textarea id=\"there\"></textarea>')")
    page.locator("#there").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#there").input_value() == message
    context.close()


def test_without_scripts_everything_is_there_to_be_read(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "reporting.html").as_uri())
    expect(page.locator(".int-copy").first).to_be_hidden()
    expect(page.locator(".int-message").first).to_be_visible()
    page.goto((site / "progress.html").as_uri())
    expect(page.locator(".int-trend svg").first).to_be_visible()
    context.close()


def test_lights_and_states_are_told_by_words_and_signs(page: Page, site: Path) -> None:
    page.goto((site / "progress.html").as_uri())
    for light in page.locator(".int-light").all():
        assert re.fullmatch(r"[✓!✕–] (绿灯|黄灯|红灯|未亮灯)", light.inner_text())
    assert all(state.inner_text().strip() for state in page.locator(".int-state").all())


def test_pieces_of_the_trend_differ_without_colour(page: Page, site: Path) -> None:
    page.goto((site / "progress.html").as_uri())
    looks = page.locator(".int-legend svg rect").evaluate_all(
        "found => found.map(one => getComputedStyle(one).fill + getComputedStyle(one).strokeDasharray)"
    )
    assert len(looks) == len(set(looks)) > 2


def test_the_finder_filters_by_what_was_reported(page: Page, site: Path) -> None:
    page.goto((site / "finder.html").as_uri())
    page.locator("[data-facet=standing] input[value=on_track]").check()
    expect(page.locator("#finder-count")).to_contain_text("符合条件")
    shown = page.locator("#finder-table tbody tr:visible .pb-standing").all_inner_texts()
    assert shown
    assert set(shown) == {"正常推进"}


def test_a_printed_page_says_that_it_is_internal_and_has_no_buttons(
    page: Page, site: Path, tmp_path: Path
) -> None:
    page.goto((site / "reporting.html").as_uri())
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    text = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "内部资料" in text
    assert "复制消息" not in text
    assert "催报名单" in text


def test_no_script_of_the_internal_edition_needs_a_new_browser(site: Path) -> None:
    script = (site / "assets/internal.js").read_text("utf-8")
    for word in ("=>", "let ", "const ", "`", "navigator.clipboard", "async "):
        assert word not in script
