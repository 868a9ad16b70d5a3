"""The calendar and the changes in a real browser: today's line, filters, keyboard, paper, phone, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import served

pytestmark = pytest.mark.slow

JULY = datetime(2024, 7, 15, 4, 0, tzinfo=UTC)
TRACK = "document.querySelector('.cal-track')"


@pytest.fixture(scope="module")
def site(real_site: Path) -> Path:
    """The real plan's pages."""
    return real_site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page on a desk's screen in the middle of July 2024."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.clock.set_fixed_time(JULY)
    yield opened
    context.close()


def line_at(page: Page) -> float:
    """Where today's line stands in the first row, as a share of the row's width."""
    left = page.evaluate(f"parseFloat(getComputedStyle({TRACK}, '::after').left)")
    return float(left / page.evaluate(f"{TRACK}.getBoundingClientRect().width"))


def test_todays_line_stands_on_the_day_of_reading(page: Page, site: Path) -> None:
    """15 July 2024 is three months and a half into the 21 months that begin in April."""
    page.goto((site / "calendar.html").as_uri())
    assert line_at(page) == pytest.approx((3 + 14.5 / 31) / 21, abs=0.002)
    expect(page.locator(".cal-now-text")).to_have_text("今天 7月15日")
    expect(page.locator(".cal-today")).to_have_text(
        "竖线是今天 2024年7月15日。“时限已过”只说日期，不表示没有完成。"
    )


def test_on_the_last_day_the_line_has_not_passed_the_deadline(page: Page, site: Path) -> None:
    page.clock.set_fixed_time(datetime(2024, 12, 31, 4, 0, tzinfo=UTC))
    page.goto((site / "calendar.html").as_uri())
    mark = page.locator('.cal-mark[href="measures/action-2024-01.html#action-2024-01.1.2"] .cal-sign')
    box, track = mark.bounding_box(), page.locator(".cal-track").first.bounding_box()
    assert box
    assert track
    assert box["x"] < track["x"] + line_at(page) * track["width"] < box["x"] + box["width"] + 3


def test_a_day_outside_the_months_has_no_line(page: Page, site: Path) -> None:
    page.clock.set_fixed_time(datetime(2027, 3, 1, 4, 0, tzinfo=UTC))
    page.goto((site / "calendar.html").as_uri())
    expect(page.locator(".cal-today")).to_contain_text("今天 2027年3月1日（不在图中的月份内）")
    assert page.evaluate(f"getComputedStyle({TRACK}, '::after').display") == "none"


def test_without_scripts_the_line_is_that_of_the_build_and_all_is_listed(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "calendar.html").as_uri())
    expect(page.locator(".cal-now-text")).to_have_text("6月30日（生成日）")
    expect(page.locator(".cal-filter")).to_be_hidden()
    expect(page.locator(".cal-webcal")).to_be_hidden()
    expect(page.locator("#by-month")).to_be_visible()
    assert page.locator(".cal-list li[data-entry]").count() > 40
    context.close()


def test_filters_narrow_picture_and_list_alike(page: Page, site: Path) -> None:
    page.goto((site / "calendar.html").as_uri())
    marks, entries = page.locator(".cal-mark:visible"), page.locator(".cal-list li[data-entry]:visible")
    everything = marks.count()
    page.get_by_label("类别", exact=True).select_option("inferred")
    expect(page.locator(".cal-shown")).to_have_text(f"符合条件 5 处，共 {everything} 处")
    expect(marks).to_have_count(5)
    numbers = {mark.get_attribute("data-time") for mark in marks.all()}
    assert {entry.get_attribute("data-entry") for entry in entries.all()} == numbers
    page.get_by_label("计划", exact=True).select_option("scheme")
    expect(marks).to_have_count(0)
    expect(page.locator(".cal-none")).to_be_visible()
    expect(page.locator(".cal-month:visible")).to_have_count(0)
    page.get_by_role("button", name="清除").click()
    expect(marks).to_have_count(everything)
    expect(page.locator(".cal-none")).to_be_hidden()


def test_a_towns_times_include_those_that_come_through_its_group(page: Page, site: Path) -> None:
    page.goto((site / "calendar.html").as_uri())
    page.get_by_label("单位", exact=True).select_option("dongjie")
    expect(page.locator('.cal-mark[href$="#action-2024-02.1.1"]')).to_be_visible()
    expect(page.locator('.cal-mark[href$="#action-2024-06.1.1"]')).to_be_hidden()
    expect(page.locator(".cal-row:visible").first).to_be_visible()


def test_a_filtered_view_can_be_sent_as_an_address(page: Page, site: Path) -> None:
    with served(site) as address:
        page.goto(f"{address}/calendar.html")
        page.get_by_label("单位", exact=True).select_option("water")
        count = page.locator(".cal-mark:visible").count()
        sent = page.url
        assert sent.endswith("#unit=water")
        page.goto("about:blank")
        page.goto(sent)
        expect(page.get_by_label("单位", exact=True)).to_have_value("water")
        expect(page.locator(".cal-mark:visible")).to_have_count(count)
        page.goto("about:blank")
        page.goto(f"{address}/calendar.html#unit=%E0%A4%A&kind=nonsense&plan=")
        assert page.locator(".cal-mark:visible").count() > count
        page.goto("about:blank")
        page.goto(f"{address}/calendar.html#m-2024-12")
        expect(page.locator("#m-2024-12")).to_be_in_viewport()


def test_my_unit_is_offered_where_one_is_remembered(page: Page, site: Path) -> None:
    with served(site) as address:
        page.goto(f"{address}/calendar.html")
        expect(page.get_by_role("button", name="我的单位")).to_be_hidden()
        page.goto(f"{address}/units/housing-construction.html")
        page.get_by_role("button", name="设为我的单位").click()
        page.goto(f"{address}/calendar.html")
        page.get_by_role("button", name="我的单位").click()
        expect(page.get_by_label("单位", exact=True)).to_have_value("housing-construction")


def test_what_to_subscribe_to_is_told_only_where_it_works(page: Page, site: Path) -> None:
    page.goto((site / "calendar.html").as_uri())
    expect(page.locator(".cal-webcal")).to_be_hidden()
    with served(site) as address:
        page.goto(f"{address}/calendar.html")
        link = page.locator(".cal-webcal-link")
        expect(link).to_be_visible()
        webcal = address.replace("http:", "webcal:")
        href = link.get_attribute("href") or ""
        assert href.startswith(f"{webcal}/downloads/all/")
        page.get_by_label("单位", exact=True).select_option("water")
        href = link.get_attribute("href") or ""
        assert href.startswith(f"{webcal}/downloads/water/")


def test_a_mark_is_reached_by_keyboard_beside_the_column_that_stays(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 700, "height": 800})
    page = context.new_page()
    page.clock.set_fixed_time(JULY)
    page.goto((site / "calendar.html").as_uri())
    page.get_by_role("region", name="日历图").focus()
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.className"))
    assert any("cal-mark" in name for name in seen)
    mark = page.locator('.cal-mark[href$="#scheme-07.1.1"]')
    mark.focus()
    box, name = mark.bounding_box(), page.locator("thead .cal-name").bounding_box()
    assert box
    assert name
    assert box["x"] >= name["x"] + name["width"] - 1
    page.keyboard.press("Enter")
    expect(page).to_have_url((site / "measures/scheme-07.html").as_uri() + "#scheme-07.1.1")
    context.close()


def test_on_a_phone_the_first_column_stays_and_today_is_in_sight(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.clock.set_fixed_time(datetime(2025, 3, 10, 4, 0, tzinfo=UTC))
    page.goto((site / "calendar.html").as_uri())
    area, name = page.locator(".cal-scroll").bounding_box(), page.locator("thead .cal-name").bounding_box()
    flag = page.locator(".cal-now-text").bounding_box()
    assert area
    assert name
    assert flag
    assert abs(name["x"] - area["x"]) < 3
    assert name["x"] + name["width"] <= flag["x"] < 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_head_and_first_column_stay_in_sight_but_never_cover_the_sites_own_head(page: Page, site: Path) -> None:
    page.goto((site / "calendar.html").as_uri())
    page.evaluate("document.querySelector('.cal-scroll').scrollTop = 400; window.scrollTo(0, 420)")
    top = page.evaluate("document.elementFromPoint(60, 20).closest('.md-header') !== null")
    assert top
    head, area = page.locator("thead .cal-name").bounding_box(), page.locator(".cal-scroll").bounding_box()
    assert head
    assert area
    assert abs(head["y"] - area["y"]) < 3


def test_on_paper_every_row_is_there_on_landscape_pages(page: Page, site: Path) -> None:
    page.goto((site / "calendar.html").as_uri())
    page.emulate_media(media="print")
    expect(page.locator(".cal-filter")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.cal-scroll')).overflow") == "visible"
    widths = page.evaluate(
        "[document.querySelector('.cal-table').offsetWidth, document.querySelector('.cal').offsetWidth]"
    )
    assert widths[0] <= widths[1]
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF")
    assert b"/MediaBox [0 0 841" in sheet or b"/MediaBox [0 0 842" in sheet


def test_nothing_is_asked_of_any_other_host_and_nothing_complains(page: Page, site: Path) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    for name in ("calendar.html", "changes.html", "targets.html"):
        page.goto((site / name).as_uri())
    assert [url for url in asked if not url.startswith((site.as_uri(), "data:", "blob:"))] == []
    assert faults == []


def test_goals_are_filtered_by_unit(page: Page, site: Path) -> None:
    page.goto((site / "targets.html").as_uri())
    rows = page.locator("#targets-table tbody tr[data-plan]:visible")
    everything = rows.count()
    page.get_by_label("单位", exact=True).select_option("agriculture-rural")
    assert 0 < rows.count() < everything
    for row in rows.all():
        expect(row).to_contain_text("区农业农村局")
    page.get_by_label("文字", exact=True).fill("没有这样的字句")
    expect(page.locator(".pb-none")).to_be_visible()
    expect(page.locator("#targets-table .pb-band:visible")).to_have_count(0)
