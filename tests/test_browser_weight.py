"""What a browser must fetch and work for a page: within what is promised, whatever machine it runs on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bench_pages import SHIFT, WEIGHT, keystrokes, load
from tests.browsing import build_pages, served
from tests.large_plan import write_large_plan

pytestmark = [pytest.mark.slow, pytest.mark.timed]  # the large site is built once, for all that is measured on it
SLOW_MACHINE = 6
"""How many times slower than promised a machine may be that does something else meanwhile; `make bench` is strict."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a plan of a thousand measures."""
    folder = tmp_path_factory.mktemp("weight")
    return build_pages(folder / "site", write_large_plan(folder / "project", 1_000))


@pytest.mark.parametrize("name", ["index.html", "measures/scheme-14.html"])
def test_a_page_is_light_and_does_not_jump(browser: Browser, site: Path, name: str) -> None:
    with served(site) as address:
        weight, shift = load(browser, site, address, name)
    assert 10 < weight <= WEIGHT
    assert shift < SHIFT


def test_the_finder_answers_a_key_at_once_in_a_thousand_measures(browser: Browser, site: Path) -> None:
    with served(site) as address:
        taken = keystrokes(browser, address)
    assert all(taken)
    assert max(taken) <= 50 * SLOW_MACHINE
