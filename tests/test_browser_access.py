"""Every kind of page for everybody: by axe (WCAG 2.2 AA), by keyboard, with old names for old browsers, on paper."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import LINKS, PAGES, axe_faults, build_pages
from tests.case_files import cases
from tests.site_links import pages
from tests.small_plan import copied

pytestmark = pytest.mark.slow

CHANGES = cases("changes.yml")

WIDTHS = {"desk": 1440, "phone": 390}


@pytest.fixture(scope="module")
def site(real_site: Path) -> Path:
    """The real plan's pages."""
    return real_site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser, site: Path, width: str, scheme: str) -> None:
    size = {"width": WIDTHS[width], "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    faults = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        faults[name] = axe_faults(page, scheme)
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_finds_nothing_on_the_page_of_any_chapter(browser: Browser, site: Path) -> None:
    """Their tables of who answers for what differ from one to the next."""
    context = browser.new_context(viewport={"width": WIDTHS["desk"], "height": 900})
    page = context.new_page()
    faults = {}
    for path in sorted((site / "chapters").glob("*.html")):
        page.goto(path.as_uri())
        faults[path.name] = axe_faults(page)
    context.close()
    assert len(faults) > 10
    assert {name: found for name, found in faults.items() if found} == {}


def test_no_link_within_a_text_is_told_by_its_colour_alone_on_any_page(browser: Browser, site: Path) -> None:
    """One rule on every page that axe does not see whole: which words stand beside a link is the plan's doing."""
    context = browser.new_context(viewport={"width": WIDTHS["desk"], "height": 900})
    page = context.new_page()
    faults = {}
    for path in pages(site):
        name = path.relative_to(site).as_posix()
        if name not in PAGES and not name.startswith("chapters/"):
            page.goto(path.as_uri())
            faults[name] = axe_faults(page, rules=LINKS)
    context.close()
    assert len(faults) > 60
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan's pages after a change, compared with what it was."""
    folder = tmp_path_factory.mktemp("changed")
    heads = ("base/plan.yml", "annual-2024/plan.yml")  # a changed plan is not that of its source any more
    edits = [
        *CHANGES[0]["edits"],
        *({"file": head, "find": "source: original.txt\n", "put": ""} for head in heads),
    ]
    copied(folder / "before")
    return build_pages(folder / "site", copied(folder / "now", edits).root, "changes_since: ../before")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_a_page_of_changes_and_it_fits_the_screen(
    browser: Browser, changed: Path, width: str, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto((changed / "changes.html").as_uri())
    expect(page.locator("del", has_text="70").first).to_be_visible()
    expect(page.locator("#by-unit")).to_be_visible()
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_while_the_search_is_open(browser: Browser, site: Path, width: str) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900})
    page = context.new_page()
    page.goto((site / "measures/scheme-14.html").as_uri())
    if width == "phone":
        page.locator("label.md-header__button[for=__search]").click()
    else:
        page.locator(".md-search__input").click()
    page.keyboard.insert_text("住建局")
    page.locator(".md-search-result__item").first.wait_for()
    expect(page.get_by_role("dialog", name="查找")).to_be_attached()
    page.wait_for_function(
        "!document.getAnimations().length"
    )  # the theme fades the panel in: colours are pale till then
    assert axe_faults(page) == []
    context.close()


def test_everything_on_a_page_that_can_be_used_is_reached_by_tab_and_is_seen_there(page: Page, site: Path) -> None:
    for name in ("index.html", "units/dongjie.html", "matrix.html"):
        page.goto((site / name).as_uri())
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            place = page.evaluate("""() => {
                const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
                return [at.outerHTML.slice(0, 200), box.width > 0 && box.height > 0,
                        style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.textDecorationLine !== 'none',
                        at.closest('.md-header') !== null];
            }""")
            if place[0].startswith("<body"):
                break
            if place[3]:
                continue  # the theme draws its own switches by their labels, and opens the search at its input
            reached.add(place[0])
            assert place[1], (name, place[0])
            assert place[2], (name, place[0])
        assert len(reached) > 30, name


COVERED = """() => {
    const at = document.activeElement, skip = at.tagName === "BODY" || at.getAttribute("role") === "region";
    if (skip || at.closest(".md-header")) return null; // regions are larger than the screen
    const seen = Array.from(at.getClientRects()).some(box => [.1, .5, .9].some(across => [.2, .8].some(down => {
        const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
        return top && (at.contains(top) || (top.contains(at) && top.matches(".planbook *, .md-nav *")));
    })));
    return seen ? null : at.outerHTML.slice(0, 200) + JSON.stringify(at.getBoundingClientRect());
}"""
"""What has the focus if no part of it can be seen (WCAG 2.2, 2.4.11)."""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "name", ["targets", "document", "deadlines", "calendar", "network", "matrix", "units/housing-construction"]
)
def test_nothing_that_has_the_focus_is_covered_by_what_stays_on_the_screen(
    browser: Browser, site: Path, name: str, width: str
) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto((site / f"{name}.html").as_uri())
    covered = []
    for key in ("Tab", "Shift+Tab"):
        links = page.locator(".planbook a[href]:visible")
        (links.first if key == "Tab" else links.last).focus()
        for _ in range(50):
            page.keyboard.press(key)
            covered.append(page.evaluate(COVERED))
    context.close()
    assert [found for found in covered if found] == []


def test_a_closed_menu_is_not_reached_by_tab_and_keys_open_and_close_it(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    menu = page.get_by_role("button", name="菜单")
    expect(menu).to_have_attribute("aria-expanded", "false")
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.closest('.md-sidebar, .md-search__scrollwrap') !== null")
        )
    assert True not in reached
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.md-sidebar--primary .md-nav__link') !== null"):
            break
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.locator(".md-nav--primary").get_by_text("责任矩阵")).to_be_hidden()
    context.close()


LOOKS = """marks => Array.from(new Set(marks.map(mark => {
    const style = getComputedStyle(mark);
    return [style.borderBottomStyle, style.borderBottomWidth, style.borderBottomColor, style.backgroundColor].join();
})))"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("document", ".pb-paper"), ("measures/action-2024-01", ".pb-sentences"), ("targets", "#targets-table")],
)
def test_marks_in_the_text_look_as_their_legend_says(page: Page, site: Path, name: str, text: str) -> None:
    page.goto((site / f"{name}.html").as_uri())
    seen = set()
    for mark in ("pb-time", "pb-figure", "pb-mention", "pb-named"):
        legend = page.locator(f".planbook p .{mark}").first
        found = page.locator(f"{text} [class='{mark}']").evaluate_all(LOOKS)  # a run may be a figure and a time
        looks = legend.evaluate(f"mark => ({LOOKS})([mark])[0]")
        assert found in ([], [looks]), (name, mark)
        seen.add(looks)
    assert len(seen) == 4
    if name == "document":
        assert page.locator(".pb-paper a.pb-unit").evaluate_all(LOOKS) == [looks]


def test_pointing_at_a_measure_of_the_document_tells_who_and_when(page: Page, site: Path) -> None:
    page.goto((site / "document.html").as_uri())
    told = page.locator("#who-scheme-14")
    expect(told).to_be_hidden()
    page.locator("#scheme-14").hover()
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text("●区住建局")
    expect(told).to_contain_text("到2025年（2025年12月31日前）")
    page.mouse.move(1, 1)
    page.locator("#action-2024-02 .pb-doc-head").focus()
    expect(told).to_be_hidden()
    expect(page.locator("#who-action-2024-02")).to_be_in_viewport()
    expect(page.locator("#who-action-2024-02")).to_contain_text("2024年采暖季前※（2024年11月14日前，推算：")


def test_who_and_when_is_told_of_a_measure_without_scripts_too(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "document.html").as_uri())
    page.locator("#scheme-02 .pb-doc-head").focus()
    expect(page.locator("#who-scheme-02")).to_contain_text("▲区发改(能源)局")
    expect(page.locator("#who-scheme-02")).to_be_visible()
    context.close()


def test_the_document_prints_on_a4_as_an_official_paper_and_nothing_else(
    page: Page, site: Path, tmp_path: Path
) -> None:
    page.goto((site / "document.html").as_uri())
    page.pdf(path=str(tmp_path / "document.pdf"), prefer_css_page_size=True)
    told = subprocess.run(
        ["pdfinfo", tmp_path / "document.pdf"], capture_output=True, text=True, check=True
    ).stdout
    text = subprocess.run(
        ["pdftotext", tmp_path / "document.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "(A4)" in told
    pages = text.split("\f")
    assert pages[0].split()[:2] == ["城政发[2024]9号", "晋城市城区人民政府关于印发晋城市城区落实"]
    assert "—1—" in "".join(pages[0].split())
    closed = ["".join(found.split()) for found in pages]
    assert [found for found in closed if found.startswith("晋城市城区空气质量持续改善2024年行动计划一、工作目标")]
    for left_out in ("搜索", "使用说明", "页面底部显示", "※", "以 2024年6月30日 为准"):
        assert left_out not in text, left_out
    assert "来源文件有" in pages[-2] or "来源文件有" in pages[-1]
    assert (
        "2024年5月9日印发" in closed[-2]
    )  # the note stands below the paper's last lines, not on a page of its own
    assert "来源文件有" in closed[-2]
    assert [line for line in text.splitlines() if line.endswith(("行动计", "实施方"))] == []
    page.emulate_media(media="print")
    colours = "Array.from(document.querySelectorAll('.pb-paper mark')).map(mark => getComputedStyle(mark).color)"
    assert set(page.evaluate(colours)) == {"rgb(0, 0, 0)"}


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_prints_without_the_theme_and_without_cutting_anything_off(
    page: Page, site: Path, name: str
) -> None:
    page.goto((site / name).as_uri())
    page.emulate_media(media="print")
    for left_out in page.locator(".md-header, .md-tabs, .md-footer, .md-sidebar, .pb-filter, button").all():
        expect(left_out).to_be_hidden()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_dark_screen_prints_the_heat_map_light_and_a_short_page_on_one_sheet(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    page = context.new_page()
    page.goto((site / "network.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator(".net-shade-1").first.evaluate("cell => getComputedStyle(cell).backgroundColor") == (
        "rgb(230, 240, 250)"
    )
    page.goto((site / "changes.html").as_uri())
    page.pdf(path=str(tmp_path / "changes.pdf"), prefer_css_page_size=True)
    told = subprocess.run(["pdfinfo", tmp_path / "changes.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told
    context.close()


def test_the_matrix_adds_up_what_its_filters_leave(page: Page, site: Path) -> None:
    page.goto((site / "matrix.html").as_uri())
    total = page.locator("#matrix-table tfoot tr[data-sum='']")
    heads = page.locator("#matrix-table thead th")
    at = [head.get_attribute("data-unit") for head in heads.all()].index("housing-construction")
    expect(total.locator("th, td").nth(at)).to_have_text("6")
    page.get_by_label("章", exact=True).select_option("scheme-3-4")
    rows = page.locator("#matrix-table tbody tr[data-plan]:visible")
    expect(rows.first).to_contain_text("方案-14")
    held = sum(row.locator("td").nth(at - 1).locator("a").count() for row in rows.all())
    expect(total.locator("th, td").nth(at)).to_have_text(str(held))
    assert held == 1
    whole = total.locator("th, td").last
    units = sum(row.locator("td:has(a[data-role])").count() for row in rows.all())
    expect(whole).to_have_text(str(units))
    page.get_by_label("职责", exact=True).select_option("lead")
    expect(page.locator("#matrix-table tbody a[data-role]:visible")).to_have_count(0)
    page.get_by_role("button", name="清除").click()
    expect(total.locator("th, td").nth(at)).to_have_text("6")
    units = page.locator("#matrix-table tbody td:has(a[data-role])").count()
    expect(whole).to_have_text(str(units))
    expect(page.locator(".pb-corner")).to_contain_text("▲牵头 ●分工负责 ◆责任单位 ○配合")


@pytest.mark.parametrize("name", ["matrix", "ledger"])
def test_only_the_chapters_of_the_chosen_plan_are_offered(page: Page, site: Path, name: str) -> None:
    page.goto((site / f"{name}.html").as_uri())
    chapter = page.get_by_label("章", exact=True)
    chapter.select_option("scheme-3-4")
    page.get_by_label("计划", exact=True).select_option("action-2024")
    expect(chapter).to_have_value("")
    offered = chapter.locator("optgroup:not([hidden]) option")
    assert {choice.get_attribute("value").rpartition("-")[0] for choice in offered.all()} == {"action-2024-2"}
    page.get_by_label("计划", exact=True).select_option("")
    expect(chapter.locator("optgroup[hidden]")).to_have_count(0)


def test_arrow_keys_go_from_mark_to_mark_in_the_matrix_and_enter_opens_it(page: Page, site: Path) -> None:
    page.goto((site / "matrix.html").as_uri())
    page.locator("#matrix-table tbody th[scope=row] a").first.focus()
    for key, reached in (
        ("ArrowRight", "方案-01，区发改局：牵头"),
        ("ArrowRight", "方案-01，区工信局：牵头"),
        ("ArrowDown", "方案-03，区工信局：分工负责"),
        ("ArrowLeft", "方案-03，区发改局：分工负责"),
    ):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == reached
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/scheme-03.html#responsibility")


def test_a_unit_page_shows_its_times_as_a_picture_and_whom_it_works_with(page: Page, site: Path) -> None:
    page.goto((site / "units/dongjie.html").as_uri())
    picture = page.get_by_role("region", name="时间表图")
    mark = picture.get_by_role("link", name="行动-11，截止，2024年8月31日前：2024年8月底前")
    expect(mark).to_be_visible()
    assert (mark.get_attribute("href") or "").startswith("../measures/action-2024-11.html#action-2024-11.1.")
    expect(picture.get_by_text("经统称·待确认").first).to_be_visible()
    row = page.locator(".pb-circle tbody tr").first
    expect(row).to_contain_text("区生态环境分局")
    expect(row.locator("a.pb-through").first).to_be_visible()
    assert row.locator(".pb-shared-task").count() == int((row.locator(".pb-bar-count").inner_text()).split()[0])


def test_the_pictures_of_the_guide_are_small_and_say_what_they_show(page: Page, site: Path) -> None:
    page.goto((site / "guide.html").as_uri())
    pictures = page.locator("article img").all()
    assert len(pictures) >= 6
    for picture in pictures:
        assert len(picture.get_attribute("alt") or "") > 20
        file = site / (picture.get_attribute("src") or "")
        assert file.stat().st_size <= 60 * 1024, file
        assert io.BytesIO(file.read_bytes()).read(8) == b"\x89PNG\r\n\x1a\n"
