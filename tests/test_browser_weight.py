"""What a browser must fetch and work for a page: within what is promised, whatever machine it runs on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bench_pages import ANSWER, SHIFT, WEIGHT, answers, load
from tests.browsing import build_pages, served
from tests.large_plan import write_large_plan

pytestmark = [pytest.mark.slow, pytest.mark.timed]  # the large site is built once, for all that is measured on it


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


def test_the_finder_answers_a_key_and_a_box_within_fifty_milliseconds(browser: Browser, site: Path) -> None:
    with served(site) as address:
        median, slow = answers(browser, address, ANSWER)
    print(f"median {median:.1f} ms, 95 of 100 within {slow:.1f} ms")
    assert 0 < median <= slow <= ANSWER
