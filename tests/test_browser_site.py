"""The real site in a real browser: widths, schemes, scripts, printing, and nothing asked of any other host."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PAGES, build_pages, served
from tests.hostile_plan import hostile_project
from tests.site_links import dead_links, foreign_files, pages

pytestmark = pytest.mark.slow

WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def site(real_site: Path) -> Path:
    """The real plan's pages."""
    return real_site


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a plan that holds markup in every word."""
    folder = tmp_path_factory.mktemp("hostile")
    return build_pages(folder / "site", hostile_project(folder / "project").root)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen_or_complains(
    browser: Browser, site: Path, width: str, scheme: str
) -> None:
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    for name in PAGES:
        page.goto((site / name).as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, name
        if name == "404.html":
            continue  # it stands alone, without the theme: its colours follow the system by CSS
        assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == (
            "slate" if scheme == "dark" else "default"
        )
    assert faults == []
    context.close()


@pytest.mark.parametrize("way", ["http", "file"])
def test_nothing_is_asked_of_any_other_host(page: Page, site: Path, way: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served(site) as address:
        start = address if way == "http" else site.as_uri()
        for name in PAGES:
            page.goto(f"{start}/{name}")
            page.wait_for_load_state("networkidle")
    assert len(asked) > len(PAGES)
    assert [url for url in asked if not url.startswith((start, "data:", "blob:"))] == []


def test_every_page_is_html_without_an_error_and_every_link_leads_somewhere(site: Path) -> None:
    assert len(pages(site)) > 90
    faults = {}
    for path in pages(site):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_text("utf-8"))
        faults[path.name] = parser.errors
    assert {name: found for name, found in faults.items() if found} == {}
    assert list(foreign_files(site)) == []
    assert [link for link in dead_links(site) if "downloads/" not in link] == []  # papers are not built here


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_runs_nowhere_asks_for_nothing_and_widens_no_page(
    browser: Browser, hostile: Path, width: str
) -> None:
    context = browser.new_context(viewport=dict(zip(("width", "height"), WIDTHS[width], strict=True)))
    page = context.new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
    for path in pages(hostile):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
        for script in page.locator("article script").all():
            assert (script.get_attribute("src") or "").endswith(".js"), path
    context.close()
    assert faults == []


def test_text_is_there_and_idle_controls_are_not_when_scripts_are_off(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "ledger.html").as_uri())
    expect(page.locator("#ledger-table tbody tr")).to_have_count(42)
    expect(page.locator(".pb-filter")).to_be_hidden()
    page.goto((site / "units/housing-construction.html").as_uri())
    expect(page.locator(".pb-remember")).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((site / "finder.html").as_uri())
    table, body = page.locator("#finder-table").bounding_box(), page.locator(".pb-finder-body").bounding_box()
    assert table
    assert body
    assert table["width"] > body["width"] * 0.95  # nothing is kept free for conditions that need scripts
    page.goto((site / "index.html").as_uri())
    expect(page.get_by_text("以 2024年6月30日 为准", exact=False).first).to_be_visible()
    context.close()


def test_days_are_reckoned_on_the_day_of_reading(page: Page, site: Path) -> None:
    page.clock.set_fixed_time(datetime(2024, 12, 15, 9, 0, tzinfo=UTC))
    page.goto((site / "index.html").as_uri())
    month = page.locator('[data-due="this-month"] li')
    expect(month).to_have_count(5)
    expect(month.filter(has_text="约束性指标")).to_have_count(2)
    expect(month.first).to_contain_text("还有16天")
    expect(page.locator('[data-due="passed"]')).to_contain_text("行动-07")
    expect(page.locator('[data-due="next-month"] .pb-empty')).to_be_visible()
    running = page.locator('[data-due="running"] li')
    expect(running).to_have_count(2)
    expect(running.filter(has_text="2024—2025年秋冬季")).to_contain_text("还有106天")
    expect(page.locator(".pb-today")).to_have_text(
        "按今天（2024年12月15日）计算；网页和材料生成时以 2024年6月30日 为准"
    )
    page.goto((site / "measures/scheme-14.html").as_uri())
    expect(page.locator(".pb-left").first).to_have_text("还有381天")


def test_my_unit_is_remembered_on_this_computer_and_can_be_changed(page: Page, site: Path) -> None:
    with served(site) as address:
        page.goto(f"{address}/index.html")
        expect(page.locator(".pb-mine")).to_be_hidden()
        page.goto(f"{address}/units/housing-construction.html")
        page.get_by_role("button", name="设为我的单位").click()
        page.goto(f"{address}/index.html")
        expect(page.locator(".pb-mine-link")).to_have_text("区住建局")
        page.locator(".pb-mine-card").click()
        expect(page).to_have_url(f"{address}/units/housing-construction.html")
        page.goto(f"{address}/index.html")
        page.locator(".pb-mine-link").click()
        expect(page).to_have_url(f"{address}/units/housing-construction.html")
        page.goto(f"{address}/index.html")
        page.locator(".pb-forget").click()
        page.goto(f"{address}/index.html")
        expect(page.locator(".pb-mine")).to_be_hidden()


def test_the_page_for_what_is_not_found_shows_the_icon_and_is_dark_on_a_dark_screen(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto((site / "404.html").as_uri())
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", re.compile("/assets/favicon.png$"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 28, 36)"
    context.close()


def test_what_a_search_found_is_marked_otherwise_than_times_and_figures(page: Page, site: Path) -> None:
    page.goto((site / "measures/scheme-14.html").as_uri())
    colours = page.locator(".pb-sentences").evaluate("""list => {
        const hit = document.createElement("mark");
        hit.setAttribute("data-md-highlight", "");
        list.appendChild(hit);
        const found = [hit, ...list.querySelectorAll(".pb-time, .pb-figure")];
        return Array.from(new Set(found.map(mark => getComputedStyle(mark).backgroundColor)));
    }""")
    assert len(colours) == 3


def _remember(page: Page, start: str, unit: str) -> None:
    page.goto(f"{start}/units/{unit}.html")
    page.get_by_role("button", name="设为我的单位").click()


@pytest.mark.parametrize("way", ["http", "file"])
def test_the_home_page_tells_what_concerns_my_unit_and_shows_it_alone_if_wanted(
    page: Page, site: Path, way: str
) -> None:
    page.clock.set_fixed_time(datetime(2024, 12, 15, 9, 0, tzinfo=UTC))
    with served(site) as address:
        start = address if way == "http" else site.as_uri()
        _remember(page, start, "housing-construction")
        page.goto(f"{start}/index.html")
        due = page.locator(".pb-due > li")
        everything = due.count()
        own = due.filter(has=page.locator(".pb-own:visible"))
        expect(own).to_have_count(3)
        assert [row.split()[0] for row in own.all_inner_texts()] == ["行动-09", "方案-07", "方案-14"]
        expect(page.locator("[data-count=this-month]")).to_have_text("1")
        expect(page.locator("[data-count=passed]")).to_have_text("0")
        page.get_by_label("下面的时限只列本单位").check()
        expect(page.locator(".pb-due > li:visible")).to_have_count(3)
        expect(page.locator('[data-due="passed"] .pb-empty')).to_be_visible()
        page.get_by_label("下面的时限只列本单位").uncheck()
        expect(page.locator(".pb-due > li:visible")).to_have_count(everything)


def test_what_concerns_a_town_through_a_group_is_told_as_unconfirmed(page: Page, site: Path) -> None:
    _remember(page, site.as_uri(), "beishidian")
    page.goto((site / "index.html").as_uri())
    named = page.locator(".pb-due > li", has_text="行动-01").locator(".pb-own")
    expect(named).to_have_text("本单位")  # named there itself
    through = page.locator(".pb-due > li", has_text="方案-14").locator(".pb-own")
    expect(through).to_have_text("本单位·待确认")


@pytest.mark.parametrize("held", ['{"id":"gone","name":"旧单位"}', '{"id":"../../x"}', "5", '"a"', "{]", "[]"])
def test_a_remembered_unit_that_is_none_is_not_offered(page: Page, site: Path, held: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.add_init_script(f"localStorage.setItem('planbook.unit', {held!r})")
    for name in ("index.html", "finder.html", "ledger.html", "calendar.html"):
        page.goto((site / name).as_uri())
        expect(page.locator(".pb-mine, .pb-mine-pick").first).to_be_hidden()
    assert faults == []


def test_my_unit_is_chosen_at_a_click_wherever_units_are_filtered(page: Page, site: Path) -> None:
    _remember(page, site.as_uri(), "water")
    for name in ("finder", "ledger", "matrix", "calendar"):
        page.goto((site / f"{name}.html").as_uri())
        page.get_by_role("button", name="我的单位", exact=True).click()
        expect(page).to_have_url(f"{(site / name).as_uri()}.html#unit=water")
    page.goto((site / "targets.html").as_uri())
    page.get_by_role("button", name="我的单位", exact=True).click()
    expect(page.locator("#targets-table tbody tr[data-plan]:visible")).to_have_count(2)


def test_a_view_follows_its_address_and_names_what_is_not_offered_for_nothing(page: Page, site: Path) -> None:
    page.goto((site / "ledger.html").as_uri() + "#unit=water")
    rows = page.locator("#ledger-table tbody tr:visible")
    expect(rows).to_have_count(2)
    page.evaluate("location.hash = '#role=lead'")
    expect(page.get_by_label("单位", exact=True)).to_have_value("")
    expect(page.locator(".pb-shown")).to_have_text("符合条件 9 项，共 42 项")
    page.goto("about:blank")
    page.goto((site / "ledger.html").as_uri() + "#unit=nobody&colour=red&q=%E0%A4%A")
    expect(rows).to_have_count(42)


def test_a_measure_is_cited_as_papers_cite_it(page: Page, site: Path) -> None:
    page.goto((site / "measures/scheme-14.html").as_uri())
    cited = "《晋城市城区落实〈空气质量持续改善行动计划〉实施方案》（城政发〔2024〕9号）三、重点任务，(四)全面强化面源污染治理，14.深化扬尘污染综合治理"
    expect(page.locator(".pb-citation")).to_have_text(cited)
    page.get_by_role("button", name="复制引用").click()
    page.locator(".pb-citation").evaluate(
        "place => { place.contentEditable = true; place.textContent = ''; place.focus(); }"
    )
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator(".pb-citation")).to_have_text(cited)


def test_the_ledger_is_filtered_by_text_unit_and_role(page: Page, site: Path) -> None:
    page.goto((site / "ledger.html").as_uri())
    rows = page.locator("#ledger-table tbody tr:visible")
    page.get_by_label("文字", exact=True).fill("扬尘 机械化清扫")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("方案-14")
    page.get_by_role("button", name="清除").click()
    expect(rows).to_have_count(42)
    page.get_by_label("单位", exact=True).select_option("ecology-environment")
    expect(rows).to_have_count(39)
    page.get_by_label("职责", exact=True).select_option("lead")
    expect(rows).to_have_count(8)
    expect(page.locator(".pb-shown")).to_have_text("符合条件 8 项，共 42 项")
    page.get_by_label("文字", exact=True).fill("没有这样的字句")
    expect(page.locator(".pb-none")).to_be_visible()


def test_a_filtered_view_can_be_sent_as_an_address(page: Page, site: Path) -> None:
    with served(site) as address:
        page.goto(f"{address}/ledger.html")
        page.get_by_label("单位", exact=True).select_option("water")
        sent = page.url
        page.goto("about:blank")
        page.goto(sent)
        expect(page.get_by_label("单位", exact=True)).to_have_value("water")
        expect(page.locator("#ledger-table tbody tr:visible")).to_have_count(2)


@pytest.mark.parametrize(("width", "height"), [(800, 600), WIDTHS["phone"]])
def test_the_matrix_keeps_its_head_and_first_column_in_sight_and_scrolls_by_keyboard(
    browser: Browser, site: Path, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto((site / "matrix.html").as_uri())
    area = page.get_by_role("region", name="责任矩阵")
    area.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
    page.wait_for_function("document.querySelector('.pb-scroll-tall').scrollLeft > 100")
    page.wait_for_function("document.querySelector('.pb-scroll-tall').scrollTop > 100")
    frame = area.bounding_box()
    corner = page.locator(".pb-corner").bounding_box()
    assert frame
    assert corner
    assert abs(corner["x"] - frame["x"]) < 3
    assert abs(corner["y"] - frame["y"]) < 3
    context.close()


def test_filtering_the_matrix_hides_chapters_that_are_left_empty(page: Page, site: Path) -> None:
    page.goto((site / "matrix.html").as_uri())
    page.get_by_label("计划", exact=True).select_option("action-2024")
    expect(page.locator("#matrix-table tbody tr[data-plan]:visible")).to_have_count(11)
    expect(page.locator("#matrix-table .pb-band:visible")).to_have_count(4)


def test_printing_leaves_the_text_alone_on_the_paper(page: Page, site: Path) -> None:
    page.goto((site / "document.html").as_uri())
    page.emulate_media(media="print")
    for left_out in (".md-header", ".md-tabs", ".md-footer", "#document"):
        expect(page.locator(left_out).first).to_be_hidden()
    expect(page.locator(".pb-doc-title").first).to_be_visible()
    page.goto((site / "ledger.html").as_uri())
    expect(page.locator(".pb-filter")).to_be_hidden()


def test_an_address_of_a_sentence_leads_to_the_sentence(page: Page, site: Path) -> None:
    page.goto((site / "measures/scheme-14.html").as_uri() + "#scheme-14.1.7")
    sentence = page.locator('[id="scheme-14.1.7"]')
    expect(sentence).to_be_in_viewport()
    box, header = sentence.bounding_box(), page.locator(".md-header").bounding_box()
    assert box
    assert header
    assert box["y"] >= header["y"] + header["height"]


def test_on_a_phone_the_menu_opens_and_a_table_row_is_a_card(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((site / "ledger.html").as_uri())
    first = page.locator("#ledger-table tbody tr").first
    cells = [cell.bounding_box() for cell in first.locator("th, td").all()]
    lefts = {round(box["x"]) for box in cells if box}
    assert len(lefts) == 1
    page.locator('label.md-header__button[for="__drawer"]').click()
    expect(page.locator(".md-nav--primary").get_by_text("责任矩阵")).to_be_in_viewport()
    context.close()
