"""The search box in a real browser: every query finds the pages that have it, over http and from a file share."""

from __future__ import annotations

import json
import shutil
import statistics
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import served
from tests.case_files import cases

pytestmark = pytest.mark.slow

CASES: list[dict[str, Any]] = cases("search_queries.yml")
EIGHT = CASES[:8]
ENTRIES = 11_050

# What a reader sees of an article, block by block, as the browser lays it out: cells and paragraphs stand apart.
VISIBLE_TEXT = """
async addresses => {
  const texts = {};
  const left_out = "[data-search-exclude], nav, form, button, script, style, svg, .headerlink, .pb-anchor, .pb-sign, "
    + ".pb-path, .pb-legend, .pb-left, .pb-cite, .pb-count";
  for (const address of addresses) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const article = page.querySelector("article");
    article.querySelectorAll(left_out).forEach(node => node.remove());
    article.querySelectorAll("details").forEach(node => { node.open = true; });
    const sheet = document.createElement("div");
    sheet.innerHTML = article.innerHTML;
    document.body.replaceChildren(sheet);
    texts[address] = sheet.innerText;
  }
  return texts;
}
"""

ASK_WORKER = """
async ({worker, index, queries}) => {
  const asked = new Worker(worker);
  const ask = message => new Promise((done, failed) => {
    asked.onmessage = event => done(event.data);
    asked.onerror = event => failed(new Error(event.message));
    asked.postMessage(message);
  });
  const data = typeof index === "string" ? await (await fetch(index)).json() : index;
  const started = performance.now();
  const ready = await ask({type: 0, data: {config: data.config, docs: data.docs, options: {suggest: false}}});
  const setup = performance.now() - started;
  const answers = [];
  for (const query of queries) {
    const from = performance.now();
    const result = await ask({type: 2, data: query});
    answers.push({query, type: result.type, ms: performance.now() - from, items: result.data.items});
  }
  return {ready: ready.type, setup, answers};
}
"""


@pytest.fixture(scope="module")
def site(real_site: Path) -> Path:
    """The real plan's pages."""
    return real_site


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site under a path of a web server, not at its root."""
    with served(site.parent.parent) as root:
        yield f"{root}/{site.parent.name}/{site.name}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that fails the test if a script fails or another host is asked for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: faults.append(request.url) if _foreign(request.url) else None)
    yield opened
    context.close()
    assert faults == []


def _foreign(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:", "http://127.0.0.1"))


def _folded(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return plain.translate(str.maketrans("〔〕[]【】“”—", '()()()""-'))


@pytest.fixture(scope="module")
def blocks(browser: Browser, site: Path, address: str) -> dict[str, list[str]]:
    """Page → the text of its blocks, folded, as the browser shows it: the truth that the search is held against."""
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if path.name != "404.html"]
    sheet = browser.new_page()
    sheet.goto(f"{address}/404.html")
    texts = sheet.evaluate(VISIBLE_TEXT, [f"{address}/{name}" for name in pages])
    sheet.close()
    cells = {name: texts[f"{address}/{name}"].replace("\t", "\n").split("\n") for name in pages}
    return {name: [_folded(cell) for cell in found if cell.strip()] for name, found in cells.items()}


def _truth(case: dict[str, Any], blocks: dict[str, list[str]]) -> set[str]:
    def having(text: str) -> set[str]:
        return {name for name, found in blocks.items() if any(_folded(text) in block for block in found)}

    if "every" in case:
        return set.intersection(*(having(text) for text in case["every"]))
    return set.union(*(having(text) for text in case.get("any", [case["query"]])))


@pytest.fixture(scope="module")
def answers(browser: Browser, address: str) -> dict[str, list[list[dict[str, Any]]]]:
    """Every query of the list, asked of the worker as Material's bundle asks it."""
    asking = browser.new_page()
    asking.goto(f"{address}/404.html")
    given = asking.evaluate(
        ASK_WORKER,
        {
            "worker": f"{address}/assets/search/worker.js",
            "index": f"{address}/search/search_index.json",
            "queries": [case["query"] for case in CASES],
        },
    )
    asking.close()
    assert given["ready"] == 1
    assert {answer["type"] for answer in given["answers"]} == {3}
    return {answer["query"]: answer["items"] for answer in given["answers"]}


def _pages_of(items: list[list[dict[str, Any]]]) -> list[str]:
    return [item[-1]["location"] for item in items]


@pytest.mark.parametrize("case", CASES, ids=[case["query"] for case in CASES])
def test_a_query_finds_exactly_the_pages_that_have_it(
    case: dict[str, Any], answers: dict[str, list[list[dict[str, Any]]]], blocks: dict[str, list[str]]
) -> None:
    found = _pages_of(answers[case["query"]])
    assert len(found) == len(set(found))
    assert set(found) == _truth(case, blocks)
    if "first" in case:
        assert found[0] == case["first"]


def test_recall_and_precision_over_all_queries_are_complete(
    answers: dict[str, list[list[dict[str, Any]]]], blocks: dict[str, list[str]]
) -> None:
    expected = {case["query"]: _truth(case, blocks) for case in CASES}
    met = [query for query, truth in expected.items() if truth]
    hits = {query: set(_pages_of(answers[query])) for query in met}
    assert len(met) >= 60
    assert statistics.mean(len(hits[query] & expected[query]) / len(expected[query]) for query in met) == 1
    assert statistics.mean(len(hits[query] & expected[query]) / len(hits[query]) for query in met) == 1


def test_every_place_that_a_result_points_to_exists(
    answers: dict[str, list[list[dict[str, Any]]]], site: Path
) -> None:
    places = {part["location"] for items in answers.values() for item in items for part in item}
    for place in sorted(places):
        name, _, anchor = place.partition("#")
        source = (site / name).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in source, place


def _query(page: Page, start: str, query: str) -> str:
    """Types a query as a person does and returns the line above the results."""
    page.goto(start)
    page.click("[data-md-component=search-query]")
    page.keyboard.insert_text(query)
    page.wait_for_function("/结果/.test(document.querySelector('.md-search-result__meta').textContent)")
    return page.inner_text(".md-search-result__meta")


@pytest.mark.parametrize("case", EIGHT, ids=[case["query"] for case in EIGHT])
@pytest.mark.parametrize("by", ["http", "file"])
def test_the_search_box_shows_as_many_pages_as_have_the_query(
    by: str, case: dict[str, Any], page: Page, site: Path, address: str, blocks: dict[str, list[str]]
) -> None:
    root = address if by == "http" else site.as_uri()
    line = _query(page, f"{root}/units/water.html", case["query"])
    assert line == f"{len(_truth(case, blocks))} 个符合条件的结果"
    marks = page.locator(".md-search-result__item").first.locator("mark").all_inner_texts()
    assert marks
    said = [_folded(text) for text in (case["query"], *case.get("any", []))]
    assert all(any(_folded(mark) in text for text in said) for mark in marks)


@pytest.mark.parametrize("by", ["http", "file"])
def test_a_result_opens_where_the_sentence_stands_and_marks_it(
    by: str, page: Page, site: Path, address: str
) -> None:
    root = address if by == "http" else site.as_uri()
    _query(page, f"{root}/matrix.html", "150台")
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/action-2024-03.html*")
    assert page.url.endswith("#action-2024-03.1.2")
    page.wait_for_selector("[id='action-2024-03.1.2'] mark[data-md-highlight]")
    assert page.inner_text("[id='action-2024-03.1.2'] mark[data-md-highlight]") == "150台"
    assert page.evaluate(
        "() => { const box = document.getElementById('action-2024-03.1.2').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }"
    )


@pytest.mark.parametrize("by", ["http", "file"])
@pytest.mark.parametrize(
    ("query", "measure"),
    [("“五尘”同治", "scheme-14"), ("1家砖厂和1家瓦斯", "scheme-01"), ("住建局", "scheme-05")],
)
def test_a_hit_is_marked_whole_though_other_marks_of_the_page_cut_it(
    by: str, query: str, measure: str, page: Page, site: Path, address: str
) -> None:
    root = address if by == "http" else site.as_uri()
    _query(page, f"{root}/matrix.html", query)
    page.click(f".md-search-result__link[href*='measures/{measure}.html'] >> nth=0")
    page.wait_for_url(f"**/measures/{measure}.html*")
    marked = page.locator("article mark[data-md-highlight]")
    assert "h=" not in page.url
    assert _folded(query) in "".join(map(_folded, marked.all_inner_texts()))
    assert page.locator("article mark mark[data-md-highlight] mark").count() == 0


@pytest.mark.parametrize("by", ["http", "file"])
def test_it_works_in_browsers_that_lack_what_the_theme_takes_for_granted(
    by: str, page: Page, site: Path, address: str
) -> None:
    page.add_init_script("delete window.structuredClone; delete Blob.prototype.text;")
    root = address if by == "http" else site.as_uri()
    assert _query(page, f"{root}/index.html", "区住建局").endswith("个符合条件的结果")


def test_clearing_the_box_and_typing_again_searches_again(page: Page, address: str) -> None:
    _query(page, f"{address}/index.html", "民政局")
    assert page.inner_text(".md-search-result__meta") == "没有找到符合条件的结果"
    page.click(".md-search__form [type=reset]")
    page.keyboard.insert_text("OBD")
    page.wait_for_selector(".md-search-result__item mark")


def test_a_string_that_stands_nowhere_whole_is_shown_as_missing(page: Page, address: str) -> None:
    _query(page, f"{address}/index.html", "秸秆禁烧")
    assert page.inner_text(".md-search-result__item .md-search-result__terms del >> nth=0") == "秸秆禁烧"


def test_hostile_text_in_the_index_comes_out_as_text(page: Page, address: str) -> None:
    attack = '<img src=x onerror="window.hacked=1">秸秆{{ 7*7 }}`](javascript:window.hacked=1)'
    index = {
        "config": {"lang": ["zh"], "separator": "\\s+", "pipeline": [], "fields": {}},
        "docs": [
            {"location": "index.html", "title": attack, "text": attack, "anchors": [[0, "x", attack, 0]]},
        ],
    }
    page.route("**/search_index.json", lambda route: route.fulfill(json=index))
    for query in ("秸秆", "<img", "onerror", "javascript:"):
        assert _query(page, f"{address}/index.html", query).startswith("找到 1 个")
        assert attack in page.inner_text(".md-search-result__item h1").replace("\n", "")
        assert (
            page.locator(".md-search-result__list img, .md-search-result__list a[href^=javascript]").count() == 0
        )
    assert page.evaluate("window.hacked") is None


@pytest.mark.timed
def test_eleven_thousand_entries_are_searched_at_once(browser: Browser, site: Path, address: str) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    measures = [entry for entry in index["docs"] if entry["location"].startswith("measures/scheme")]
    index["docs"] = [
        measures[number % len(measures)] | {"location": f"measures/plan-{number}.html"}
        for number in range(ENTRIES)
    ]
    folder = site.parent.parent / "large"
    folder.mkdir(exist_ok=True)
    (folder / "index.json").write_text(json.dumps(index, ensure_ascii=False), "utf-8")
    queries = [*(case["query"] for case in EIGHT), "区生态环境分局", "环保局", "zjj", "住建局 扬尘"]
    asking = browser.new_page()
    asking.goto(f"{address}/404.html")
    large = f"{address.rsplit('/', 2)[0]}/large/index.json"
    given = asking.evaluate(
        ASK_WORKER, {"worker": f"{address}/assets/search/worker.js", "index": large, "queries": queries}
    )
    asking.close()
    shutil.rmtree(folder)
    times = {answer["query"]: round(answer["ms"]) for answer in given["answers"]}
    print(f"\n{ENTRIES} entries: set-up {given['setup']:.0f} ms, queries {times} ms")
    # Loose, as other work may share the machine.
    assert given["setup"] < 2000
    assert statistics.median(times.values()) < 250
