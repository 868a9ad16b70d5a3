"""The search index: what a page says, where it stands, and under which other names units are looked for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.book import Book
from generator.findings import PlanError
from generator.graph import folded
from generator.project import Project
from generator.renderers.site.page_text import PageTexts
from generator.renderers.site.search_index import SearchPage, search_entry, search_index, statement_labels
from generator.renderers.site.search_words import initials, party_names, plan_text, search_words
from generator.renderers.site.text_reader import DUTY, ELSEWHERE, UNIT, Anchor
from generator.storage.synonyms_file import load_synonyms
from tests.case_files import cases
from tests.site_pages import body, sources

CASES: list[dict[str, Any]] = cases("page_texts.yml")
LABELS = {"base-01.1": "方案-01", "base-01.1.1": "方案-01 第1句", "base-01.1.2": "方案-01 第2句"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_page_is_read_block_by_block(case: dict[str, Any]) -> None:
    read = PageTexts({}).read(case["html"], fields=False)
    assert read.text.split("\n") == case["blocks"]
    assert read.title == case.get("title", "")


def test_each_part_of_a_text_stands_under_the_nearest_anchor() -> None:
    source = (
        "<h1 id='top'>标题</h1><p>引言</p><h2 id='text'>原文</h2><section id='base-01.1'><ol>"
        "<li id='base-01.1.1'>第一句。</li><li id='base-01.1.2'>𠀀第二句。</li></ol>"
        "<p>〔<a href='../units/water.html'>区水务局</a>牵头〕</p></section><p>其后</p>"
    )
    read = PageTexts(LABELS).read(source, fields=True)
    text = read.text.encode("utf-16-le")
    starts = [offset for offset, _ in read.anchors]
    parts = [
        text[start * 2 : end * 2].decode("utf-16-le").strip()
        for start, end in zip(starts, [*starts[1:], len(text) // 2], strict=True)
    ]
    assert list(zip(parts, (anchor for _, anchor in read.anchors), strict=True)) == [
        ("引言", Anchor("top", "标题", ELSEWHERE)),
        ("原文", Anchor("text", "原文", ELSEWHERE)),
        ("第一句。", Anchor("base-01.1.1", "方案-01 第1句", DUTY)),
        ("𠀀第二句。", Anchor("base-01.1.2", "方案-01 第2句", DUTY)),
        ("〔区水务局牵头〕", Anchor("base-01.1", "方案-01", UNIT)),
        ("其后", Anchor("text", "原文", ELSEWHERE)),
    ]


def test_a_unit_named_in_a_statement_counts_as_a_unit() -> None:
    source = "<li id='base-01.1.1'>由<a href='units/water.html'>区水务局</a>与<a href='ledger.html'>台账</a></li>"
    fields = [anchor.field for _, anchor in PageTexts(LABELS).read(source, fields=True).anchors]
    assert fields == [DUTY, UNIT, DUTY]
    assert [anchor.field for _, anchor in PageTexts(LABELS).read(source, fields=False).anchors] == [ELSEWHERE]


def test_statements_are_called_by_task_and_number(real_book: Book) -> None:
    labels = statement_labels(real_book)
    assert labels["scheme-14.1.5"] == "方案-14 第5句"
    assert labels["scheme-10.2.1"] == "方案-10② 第1句"
    assert labels["action-2024-09.1"] == "行动-09"


def test_the_index_is_readable_json_without_escapes_and_the_same_each_time(real_book: Book) -> None:
    pages = [SearchPage("measures/scheme-14.html", "扬尘", "<p>住建局</p>"), SearchPage("index.html", "首页", "")]
    index = search_index(pages, real_book)
    assert index == search_index(pages, real_book)
    assert "住建局".encode() in index
    assert b"\\u" not in index
    written = json.loads(index)
    assert [entry["location"] for entry in written["docs"]] == ["measures/scheme-14.html", "index.html"]
    assert written["docs"][1] == {
        "location": "index.html",
        "title": "首页",
        "text": "",
        "anchors": [],
        "boost": 0,
        "names": [],
    }
    assert re.compile(written["config"]["separator"]).split("扬尘 治理") == ["扬尘", "治理"]


def test_what_ends_a_line_in_old_browsers_is_escaped(real_book: Book) -> None:
    index = search_index([SearchPage("index.html", "一\u2028二", "<p>三\u2029四\ud800</p>")], real_book)
    assert "\u2028".encode() not in index
    assert "\u2029".encode() not in index
    assert json.loads(index)["docs"][0]["title"] == "一\u2028二"


def test_a_unit_s_page_bears_all_its_names(real_book: Book) -> None:
    index = json.loads(
        search_index([SearchPage("units/ecology-environment.html", "区生态环境分局", "")], real_book)
    )
    assert index["docs"][0]["names"] == [
        "区生态环境分局",
        "区生态环境部门",
        "晋城市生态环境局城区分局",
        "生态环境分局",
        "生态环境部门",
    ]


def test_every_sentence_of_the_plan_is_in_the_index_under_its_own_anchor(real_book: Book) -> None:
    texts = PageTexts(statement_labels(real_book))
    pages = sources(real_book)
    for task in real_book.graph.tasks:
        address = f"measures/{task.measure_id}.html"
        entry = search_entry(SearchPage(address, "", body(pages[address.replace(".html", ".md")])), texts)
        anchors = {name: offset for offset, name, _, field in entry["anchors"] if field == DUTY}
        for number, statement in enumerate(task.clause.statements):
            start = anchors[task.statement_id(number)]
            assert folded(entry["text"][start:]).startswith(folded(statement.text))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("住建局", "z j j"),
        ("行政审批局", "x z s p j"),
        ("重点行业", "z d h y"),
        ("长治路", "zc zc l"),
        ("发改(能源)局", "f g ( n y ) j"),
        ("VOCs源头", "v o c s y t"),
        ("PM₂.₅", "p m ₂ . ₅"),
        ("\u4dff河", "\u4dff h"),
        ("\u4dff\u4dfe河", "\u4dff \u4dfe 河"),
    ],
)
def test_a_name_has_the_initials_of_each_character(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_every_name_in_the_index_has_initials_for_each_character(real_book: Book) -> None:
    names = search_words(real_book).names
    assert ("住建局", "z j j", 0) in names
    assert ("深化扬尘污染综合治理", "s h y c w r z h z l", 2) in names
    assert all(len(name) == len(letters.split(" ")) for name, letters, _ in names)


def test_units_are_also_known_without_the_character_that_people_leave_off(real_book: Book) -> None:
    names = {party.id: party_names(party) for party in (*real_book.graph.units, *real_book.graph.groups)}
    assert names["housing-construction"] == ("区住建局", "住建局")
    assert names["towns-subdistricts"] == ("各镇(街道)", "镇(街道)")
    assert names["beishidian"] == ("北石店镇", "北石店镇人民政府")


def test_what_the_plan_itself_says_is_searched_as_it_stands(real_book: Book) -> None:
    text = plan_text(real_book.plans)
    synonyms = dict(search_words(real_book).synonyms)
    assert synonyms["环保局"] == ("生态环境分局", "生态环境局")
    assert synonyms["晋城市生态环境局城区分局"] == ("区生态环境分局",)
    assert synonyms["城区住建局"] == ("区住建局",)
    assert "挥发性有机物" not in synonyms
    assert "区发改(能源)局" not in synonyms
    assert not [said for said in synonyms if folded(said) in text]


def test_each_synonym_leads_to_something_other_than_itself(real_project: Project) -> None:
    words = load_synonyms(real_project).words
    assert len(words) > 30
    assert not [said for said, written in words.items() if said in written]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("词: [一]\n", "1:1", "应只有 words、prefixes 和 suffixes 三部分"),
        ("words: [一]\n", "1:8", "应为“说法: [文件里的写法]”"),
        ("words:\n  环保局: 生态环境局\n", "2:8", "方括号里是一个或几个词"),
        ("words: {环保局: []\n", "1:8", "花括号没有闭合"),
    ],
)
def test_a_synonyms_file_of_another_shape_is_refused_with_its_place(
    tmp_path: Path, text: str, place: str, message: str
) -> None:
    folder = tmp_path / "templates" / "site"
    folder.mkdir(parents=True)
    (folder / "synonyms.yml").write_text(text, "utf-8")
    with pytest.raises(PlanError) as fault:
        load_synonyms(Project(tmp_path))
    found = str(fault.value.findings[0])
    assert found.startswith(f"templates/site/synonyms.yml:{place}")
    assert message in found


def test_a_project_without_synonyms_of_its_own_has_those_that_come_with_the_program(tmp_path: Path) -> None:
    assert "环保局" in load_synonyms(Project(tmp_path)).words
