"""The finder in a real browser: counts, words, views as addresses, keyboard, phone, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.analysis.finder import Facet, Finder
from generator.book import Book
from tests.browsing import served
from tests.finder_page import CASES, expected_counts, fits, fragment, fresh_page, opened, shown
from tests.test_finder import found_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(real_site: Path) -> Path:
    """The real plan's pages."""
    return real_site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if a script fails."""
    with fresh_page(browser) as found:
        yield found


@pytest.fixture(scope="module")
def table(real_book: Book) -> Finder:
    """What the page must show."""
    return found_in(real_book)


@pytest.mark.parametrize("view", CASES["views"], ids=lambda view: fragment(view))
def test_a_view_shows_its_rows_and_counts_every_value(
    view: dict[str, list[str]], page: Page, site: Path, table: Finder
) -> None:
    opened(page, site, view)
    rows = [row for row in table.rows if fits(row, view)]
    assert shown(page) == [(row.task.row.label, str(row.number)) for row in rows]
    read = "found => [found.querySelector('input').value, Number(found.querySelector('.pb-tally').textContent)]"
    for facet in set(Facet) - {Facet.CHAPTER}:
        counted = page.locator(f".pb-facet[data-facet={facet.value}] .pb-choice").evaluate_all(
            f"all => all.map({read})"
        )
        assert dict(counted) == expected_counts(table, view, facet), facet
    tasks = len({row.task.row.id for row in rows})
    if view:
        said = f"符合条件 {tasks} 项任务、{len(rows)} 句（共 42 项、134 句）"
        expect(page.locator("#finder-count")).to_have_text(said)
    expect(page.locator(".pb-none")).to_be_visible(visible=not rows)


def test_a_chapter_is_found_by_its_address(page: Page, site: Path, table: Finder) -> None:
    opened(page, site, {"chapter": ["scheme-3-4"]})
    chapter = next(row.task.chapter for row in table.rows if row.task.row.label == "方案-14")
    assert {task for task, _ in shown(page)} == {
        row.task.row.label for row in table.rows if row.task.chapter == chapter
    }


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: case["typed"])
def test_typed_words_find_the_tasks_that_have_them_all(case: dict[str, Any], page: Page, site: Path) -> None:
    opened(page, site).get_by_label("文字", exact=True).fill(case["typed"])
    assert list(dict.fromkeys(task for task, _ in shown(page))) == case["tasks"]


def test_a_former_name_finds_the_unit(page: Page, site: Path) -> None:
    opened(page, site).get_by_label("文字", exact=True).fill("环保局")
    expect(page.locator("#finder-count")).to_contain_text("39 项任务")


def test_half_typed_pinyin_is_not_looked_for(page: Page, site: Path) -> None:
    opened(page, site).locator("#finder-q").focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "yang'chen", "selectionStart": 9, "selectionEnd": 9})
    expect(page.locator("#finder-count")).to_have_text("全部 42 项任务、134 句")
    session.send("Input.insertText", {"text": "扬尘"})
    expect(page.locator("#finder-count")).to_contain_text("符合条件 2 项任务")


def test_a_town_shows_through_which_group_it_is_meant(page: Page, site: Path) -> None:
    opened(page, site, {"unit": ["beishidian"]})
    row = page.locator("tr[data-task='scheme-14.1']")
    expect(row.locator(".pb-meant")).to_have_text("北石店镇：经“各镇(街道)”承担 待确认")
    expect(page.locator("tr[data-task='action-2024-01.1']")).to_be_visible()  # named there itself
    expect(page.locator("tr[data-task='action-2024-01.1'] .pb-meant")).to_have_count(0)
    page.get_by_role("button", name="清除条件").click()
    expect(page.locator(".pb-meant")).to_have_count(0)


def test_what_is_looked_for_instead_of_words_that_stand_nowhere_is_said(page: Page, site: Path) -> None:
    opened(page, site, {})
    page.fill("#finder-q", "道路清扫率")
    told = "文字：道路清扫率（原文无此整句，按“道路”“清扫率”查找）"
    expect(page.locator(".pb-finder-chosen button")).to_have_text(told)
    assert told in page.inner_text(".pb-finder-state")
    page.fill("#finder-q", "扬尘")
    expect(page.locator(".pb-finder-chosen button")).to_have_text("文字：扬尘")


@pytest.mark.parametrize("way", ["http", "file"])
def test_a_view_is_sent_as_an_address_and_taken_back(page: Page, site: Path, table: Finder, way: str) -> None:
    with served(site.parent.parent) as root:
        start = f"{root}/{quote(site.parent.name)}/site" if way == "http" else site.as_uri()
        page.goto(f"{start}/finder.html")
        page.get_by_label("文字", exact=True).fill("扬尘 & 治理")
        page.get_by_label("文字", exact=True).fill("扬尘")
        page.locator("[data-facet=unit]").get_by_label("区水务局", exact=False).check()
        page.get_by_label("排序").select_option("latest")
        sent = f"{start}/finder.html#q={quote('扬尘')}&unit=water&sort=latest"
        expect(page).to_have_url(sent)
        page.goto("about:blank")
        page.goto(sent)
        expect(page.get_by_label("文字", exact=True)).to_have_value("扬尘")
        expect(page.locator("#finder-count")).to_contain_text("符合条件 1 项任务、7 句")
        page.get_by_role("button", name="去掉条件：单位：区水务局").click()
        expect(page.locator("#finder-count")).to_contain_text("符合条件 2 项任务")
        page.get_by_role("button", name="清除条件").click()
        expect(page).to_have_url(f"{start}/finder.html")
        page.evaluate("location.hash = '#role=lead'")
        tasks = {row.task.row.id for row in table.rows if fits(row, {"role": ["lead"]})}
        expect(page.locator("#finder-count")).to_contain_text(f"符合条件 {len(tasks)} 项任务")


def test_an_address_that_names_nothing_known_shows_everything(page: Page, site: Path) -> None:
    opened(page, site, {"unit": ["nobody"], "colour": ["red"]}, sort="constructor", q="%E0%A4%A")
    expect(page.locator("#finder-count")).to_contain_text("符合条件 0 项任务")
    page.goto((site / "finder.html").as_uri() + "#q=%E0%A4%A&unit=nobody&sort=constructor")
    expect(page.locator("#finder-count")).to_have_text("全部 42 项任务、134 句")


def test_rows_are_sorted_by_time_and_every_run_of_a_task_names_its_units(page: Page, site: Path) -> None:
    opened(page, site, {}, sort="earliest")
    assert shown(page)[:4] == [("行动-07", "4"), ("行动-11", "1"), ("行动-07", "5"), ("行动-11", "2")]
    for place in range(4):
        row = page.locator("#finder-table tbody tr:visible").nth(place)
        expect(row.locator(".pb-held").first).to_be_visible()
    opened(page, site, {}, sort="latest")
    assert shown(page)[0] == ("方案-07", "1")
    page.get_by_label("排序").select_option("document")
    assert shown(page)[0] == ("方案-01", "1")
    expect(page.locator("#finder-table tbody tr").nth(1)).to_contain_text("同上")


def test_a_day_that_passes_after_the_build_is_told_on_the_day_of_reading(page: Page, site: Path) -> None:
    opened(page, site, {"standing": ["passed"]})
    before = {task for task, _ in shown(page)}
    page.clock.set_fixed_time(datetime(2025, 1, 1, 9, 0, tzinfo=UTC))
    opened(page, site, {"standing": ["passed"]})
    after = {task for task, _ in shown(page)}
    assert before == {"行动-07"}
    assert after == {"行动-07", "行动-11", "行动-06", "行动-02", "方案-01", "行动-01", "行动-09"}
    expect(page.locator("tr[data-task='scheme-01.1'] .pb-standing")).to_have_text("时限已过·未填报")


def test_everything_is_reached_by_keyboard(page: Page, site: Path) -> None:
    opened(page, site).get_by_label("文字", exact=True).focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "development-reform":
            break
    page.keyboard.press("Space")
    expect(page.locator("#finder-count")).to_contain_text("符合条件 14 项任务")
    page.get_by_role("button", name="去掉条件：单位：区发改局").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#finder-count")).to_have_text("全部 42 项任务、134 句")
    assert page.evaluate("document.activeElement.id") == "finder-q"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_rows_are_cards_and_conditions_open_on_demand(
    browser: Browser, site: Path, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = opened(context.new_page(), site, {"unit": ["ecology-environment"]})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    expect(page.locator("[data-facet=role]")).to_be_hidden()
    page.locator(".pb-finder-facets > summary").click()
    page.locator("[data-facet=role]").get_by_label("▲牵头").check()
    expect(page.locator("#finder-count")).to_contain_text("符合条件 8 项任务")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()


def test_without_scripts_the_whole_table_is_there_and_no_idle_control(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context.new_page(), site)
    expect(page.locator("#finder-table tbody tr:visible")).to_have_count(134)
    expect(page.locator("#finder-count")).to_have_text("全部 42 项任务、134 句")
    for control in page.locator(
        ".pb-finder button, .pb-finder input, .pb-finder select, .pb-finder summary"
    ).all():
        expect(control).to_be_hidden()
    context.close()


def test_rows_are_there_to_read_where_the_script_that_chooses_them_cannot_be_loaded(
    page: Page, site: Path
) -> None:
    page.route("**/finder.js", lambda route: route.abort())
    opened(page, site)
    expect(page.locator("#finder-table tbody tr:visible")).to_have_count(134)


def test_the_address_is_that_of_the_view_the_moment_it_is_copied(page: Page, site: Path) -> None:
    opened(page, site)
    page.evaluate("""() => {
        document.querySelector("#finder-unit input[value=water]").click();
        document.querySelector(".pb-finder-link").click();
    }""")
    assert page.url.endswith("finder.html#unit=water")


def test_whoever_goes_on_at_once_comes_back_to_the_same_view(page: Page, site: Path) -> None:
    opened(page, site)
    page.evaluate("""document.querySelector("#finder-unit input[value=water]").click()""")
    page.evaluate("""document.querySelector("#finder-table tbody a").click()""")
    page.wait_for_url("**/measures/*")
    page.go_back()
    assert page.url.endswith("finder.html#unit=water")
    expect(page.locator("#finder-unit input[value=water]")).to_be_checked()
