"""The network page: its two columns, its heat map and its tables say what the graph says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from generator.book import Book
from generator.model import Role
from generator.renderers.site.desk import Desk
from generator.renderers.site.downloads import shelf
from generator.renderers.site.network import (
    MOST_ROWS,
    heat_map,
    network_page,
    picture,
    tie,
)
from generator.renderers.site.search_index import SearchIndex
from tests.hostile_plan import HOSTILE, hostile_book


def drawn(book: Book) -> Any:
    """The page of a book as lxml reads it."""
    (page,) = network_page(Desk(book, shelf(book, (), ()), SearchIndex(book)))
    return html.fragment_fromstring(page.html(), create_parent="div")


def emptied(book: Book) -> Book:
    """The same book without a single task."""
    return replace(book, graph=replace(book.graph, tasks=()))


@pytest.fixture(scope="module")
def real_page(real_book: Book) -> Any:
    return drawn(real_book)


def test_there_is_a_line_for_every_role_of_the_matrix(real_book: Book, real_page: Any) -> None:
    matrix = real_book.matrix
    expected = Counter(
        (row.number, real_book.graph.name(column), role.value)
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
        for role in cell
    )
    names = {
        node.get("data-node"): (node.find("span[@class='net-name']").text or "").strip()
        for node in real_page.iterfind(".//a[@data-node]")
    }
    lines = Counter(
        (names[path.get("data-row")], names[path.get("data-column")], path.get("data-role"))
        for path in real_page.iterfind(".//svg/path[@data-row]")
    )
    assert lines == expected
    assert lines.total() == 137


def test_leads_are_drawn_over_the_others(real_book: Book) -> None:
    order = list(Role)
    drawn_roles = [order.index(edge.role) for edge in picture(real_book).edges]
    assert drawn_roles == sorted(drawn_roles, reverse=True)


def test_both_columns_share_one_height_and_lines_end_within_it(real_book: Book) -> None:
    found = picture(real_book)
    assert found.height == 24 * 40
    assert all(0 < edge.start < found.height and 0 < edge.end < found.height for edge in found.edges)


def test_the_picture_stands_in_words_too(real_page: Any) -> None:
    (fourteen,) = [
        line for line in real_page.iterfind(".//details//li") if (line.text or "").startswith("方案-14")
    ]
    assert fourteen.text.strip() == (
        "方案-14 深化扬尘污染综合治理：●区生态环境分局、●区住建局、●区交通运输局、●区水务局、●区市容环卫中心、●各镇(街道)"
    )


def test_cells_of_the_heat_map_are_the_shared_tasks_and_lead_to_them(real_book: Book, real_page: Any) -> None:
    heat = heat_map(real_book)
    rows = real_page.xpath(".//table[@class='net-heat']/tbody/tr")
    assert [row.findtext("th/a") for row in rows] == [real_book.graph.name(party) for party in heat.parties]
    for row, first in zip(rows, heat.parties, strict=True):
        for cell, second in zip(row.iterfind("td"), heat.parties, strict=True):
            both = {task.label for task in real_book.graph.tasks if _named(task, first) and _named(task, second)}
            assert (cell.text_content() or "0") == str(len(both))
            if first != second and both:
                behind = real_page.get_element_by_id(cell.find("a").get("href").removeprefix("#"))
                assert {link.text for link in behind.xpath("a[@class='pb-task']")} == both


def _named(task: Any, party: str) -> bool:
    return any(found.party == party for found in task.assignments)


def test_the_darker_the_cell_the_more_tasks(real_book: Book) -> None:
    shades = [heat_map(real_book).shade(weight) for weight in range(1, 40)]
    assert shades == sorted(shades)
    assert set(shades) == {1, 2, 3, 4, 5}


def test_tables_tell_who_ties_the_others_together_and_what_hangs_on_one(real_page: Any) -> None:
    text = real_page.text_content()
    assert "区生态环境分局在42项任务中的39项里承担职责" in text
    assert "有共同任务的单位由99对减为77对" in text
    rows = [[cell.text_content() for cell in row] for row in real_page.xpath(".//table[1]/tbody/tr")]
    assert ["区生态环境分局", "39", "22", "78.3%", "枢纽"] in rows
    assert ["行动-05", "超低排放实现常态化", "◆区生态环境分局"] in rows
    assert "42项任务中，33项原文没有写明牵头单位" in text


@pytest.mark.parametrize(
    ("share", "word"), [(0.5, "strong"), (0.2, "strong"), (0.05, "some"), (0.005, "few"), (0.0, "none")]
)
def test_shares_are_put_into_words(share: float, word: str) -> None:
    assert tie(share) == f"network.tie.{word}"


def test_very_many_measures_are_drawn_by_chapter(real_book: Book) -> None:
    row = real_book.matrix.rows[0]
    many = tuple(replace(row, measure_id=f"scheme-{number:04}") for number in range(MOST_ROWS + 1))
    crowded = replace(real_book)
    vars(crowded)["matrix"] = replace(real_book.matrix, rows=many)
    (only,) = picture(crowded).rows
    assert (only.label, only.title, only.measure) == ("方案", row.chapter, None)
    assert {held for _, held in only.held} == {role for cell in row.cells for role in cell}
    assert "左列按章汇总" in drawn(crowded).text_content()


def test_a_plan_without_tasks_has_a_page_all_the_same(real_book: Book) -> None:
    page = drawn(emptied(real_book))
    assert page.xpath(".//svg[@class='net-lines']/path") == []
    assert "没有只列一个单位的任务" in page.text_content()


def test_hostile_names_come_out_as_text(tmp_path: Path) -> None:
    page = drawn(hostile_book(tmp_path))
    assert page.xpath(".//img | .//title | .//@onerror") == []
    assert [script.get("src") for script in page.iter("script")] == ["assets/network.js"]
    assert page.xpath(".//a[starts-with(@href, 'javascript')]") == []
    titles = page.xpath(".//a[@data-node]/@title")
    assert any(HOSTILE in title for title in titles)


# In a browser.


@pytest.fixture(scope="module")
def site(real_site: Path) -> Path:
    """The real plan's pages."""
    return real_site


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """The network page, opened from its folder; a script that fails fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(f"{site.as_uri()}/network.html")
    yield opened
    context.close()
    assert faults == []


def _node(page: Page, name: str) -> Any:
    return page.locator(".net-node", has=page.locator(".net-name", has_text=name)).first


@pytest.mark.slow
def test_pointing_at_a_unit_brings_its_lines_forward_and_shows_its_roles(page: Page) -> None:
    _node(page, "区住建局").hover()
    expect(page.locator(".net-edge.net-on")).to_have_count(6)
    expect(_node(page, "方案-14").locator(".net-letter")).to_have_text("●")
    expect(_node(page, "行动-09").locator(".net-letter")).to_have_text("◆")
    expect(_node(page, "方案-01").locator(".net-letter")).to_have_text("")
    page.mouse.move(1, 1)
    expect(page.locator(".net-edge.net-on")).to_have_count(0)


@pytest.mark.slow
def test_it_is_all_there_for_the_keyboard(page: Page) -> None:
    _node(page, "方案-01").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".net-edge.net-on")).to_have_count(1)
    expect(page.locator(":focus")).to_contain_text("方案-02")
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_contain_text("区发改局")
    page.keyboard.press("Enter")
    expect(page.locator(".net-panel")).to_contain_text("区发改局　共13项")
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(":focus")).to_contain_text("方案-0")
    page.keyboard.press("Escape")
    expect(page.locator(".net-panel")).to_be_hidden()


@pytest.mark.slow
def test_a_chosen_unit_is_described_with_links_that_lead_on(page: Page) -> None:
    _node(page, "区水务局").click()
    expect(page.locator(".net-panel li")).to_have_text(
        ["●分工负责 方案-14 深化扬尘污染综合治理", "●分工负责 方案-15 推进矿山生态环境综合整治"]
    )
    page.click(".net-panel li a >> nth=1")
    expect(page).to_have_url(f"{page.url.rsplit('/', 2)[0]}/measures/scheme-15.html")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["Enter", "click"])
def test_the_description_of_a_chosen_unit_does_not_cover_it(page: Page, how: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    for name in ("区发改局", "区住建局", "区生态环境分局"):
        node = _node(page, name)
        node.scroll_into_view_if_needed()
        if how == "click":
            node.click()
        else:
            node.focus()
            page.keyboard.press("Enter")
        for _ in range(12):
            top = page.locator(".net-panel").bounding_box()
            box = page.locator(":focus").bounding_box()
            assert top
            assert box
            assert box["y"] + box["height"] <= top["y"], name
            page.keyboard.press("ArrowDown")


@pytest.mark.slow
def test_the_hub_is_hidden_at_a_click_and_shown_at_another(page: Page) -> None:
    visible = page.locator(".net-lines .net-edge:not(.net-off)")
    page.click(".net-hub")
    expect(visible).to_have_count(137 - 37)
    expect(page.locator(".net-hub")).to_have_text("显示“区生态环境分局”")
    expect(_node(page, "行动-05")).to_have_class("net-node net-bare")
    page.click(".net-hub")
    expect(visible).to_have_count(137)


@pytest.mark.slow
def test_lines_are_filtered_by_role_and_by_plan(page: Page) -> None:
    visible = page.locator(".net-lines .net-edge:not(.net-off)")
    page.get_by_label("实施方案").uncheck()
    expect(page.locator(".net-lines .net-responsible:not(.net-off)")).to_have_count(visible.count())
    page.get_by_label("实施方案").check()
    for role in ("●分工负责", "◆责任单位", "○配合"):
        page.get_by_label(role).uncheck()
    expect(visible).to_have_count(page.locator(".net-lines .net-lead").count())


@pytest.mark.slow
def test_a_filtered_picture_can_be_sent_as_an_address(page: Page) -> None:
    visible = page.locator(".net-lines .net-edge:not(.net-off)")
    page.get_by_label("2024年行动计划").uncheck()
    page.get_by_label("○配合").uncheck()
    page.click(".net-hub")
    left, sent = visible.count(), page.url
    assert 0 < left < 137
    page.goto("about:blank")
    page.goto(sent)
    expect(visible).to_have_count(left)
    expect(page.get_by_label("○配合")).not_to_be_checked()
    expect(page.locator(".net-hub")).to_have_text("显示“区生态环境分局”")
    page.evaluate("location.hash = ''")
    expect(visible).to_have_count(137)
    page.evaluate("location.hash = '#without=role:nobody,%E0%A4%A,plan'")
    expect(visible).to_have_count(137)


@pytest.mark.slow
def test_the_heat_map_shows_all_its_rows_on_the_screen_of_a_desk(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".net-heat-scroll").evaluate("map => map.scrollIntoView({block: 'end'})")
    expect(page.locator(".net-heat tbody tr").last).to_be_in_viewport(ratio=1)
    assert page.locator(".net-heat-scroll").evaluate("map => map.scrollHeight - map.clientHeight") <= 0


@pytest.mark.slow
def test_a_cell_of_the_heat_map_opens_what_stands_behind_it_in_sight(page: Page) -> None:
    expect(page.locator(".net-pair:visible")).to_have_count(0)
    row = page.locator(".net-heat tbody tr", has=page.locator("th", has_text="区住建局"))
    row.locator("td").nth(6).locator("a").click()
    behind = page.locator(".net-pair:visible")
    expect(behind).to_have_count(1)
    expect(behind).to_contain_text("区生态环境分局、区住建局共同任务6项")
    expect(behind).to_be_in_viewport()
    expect(row.locator("td").nth(6)).to_be_in_viewport()


@pytest.mark.slow
def test_a_cell_is_opened_where_it_is_while_a_unit_is_chosen(page: Page) -> None:
    _node(page, "区住建局").click()
    cell = page.locator(".net-heat tbody tr").nth(3).locator("td a").first
    cell.click()
    expect(page.locator(".net-pair:visible")).to_be_in_viewport()
    expect(cell).to_be_in_viewport()


@pytest.mark.slow
def test_without_scripts_all_is_there_but_the_controls(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/network.html#pair-0")
    expect(page.locator(".net-controls")).to_be_hidden()
    expect(page.locator("#pair-0")).to_be_visible()
    page.click(".net-text summary")
    expect(page.locator(".net-text li")).to_have_count(40)
    _node(page, "区水务局").click()
    expect(page).to_have_url(f"{site.as_uri()}/units/water.html")
    context.close()


@pytest.mark.slow
def test_on_a_phone_both_columns_stand_beside_each_other_on_the_screen(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/network.html")
    for name in ("方案-14", "钟家庄街道办事处"):
        box = _node(page, name).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    _node(page, "区住建局").tap()
    expect(page.locator(".net-panel")).to_be_in_viewport()
    context.close()
