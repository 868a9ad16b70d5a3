"""The pages as the pipeline makes them, before MkDocs: addresses, verbatim text, marks, escaping."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.analysis.named_in_text import Register
from generator.analysis.readings import deadline_reading, target_reading
from generator.analysis.schedule import ScheduleRow, objective_rows
from generator.book import Book
from generator.document import document_blocks
from generator.model import Deadline, Target
from generator.renderers.site.home import due_groups, nearness
from generator.renderers.site.marked_text import Mark, marked_text
from generator.renderers.site.reading import days_left
from tests.case_files import cases
from tests.conftest import AS_OF
from tests.golden_files import assert_golden
from tests.hostile_plan import HOSTILE, hostile_book
from tests.site_pages import body, page_text, sources, tree, unchecked_book
from tests.small_plan import copied

CASES = cases("site_readings.yml")
PAGE_KINDS = {
    "index.md": "home",
    "document.md": "document",
    "measures/index.md": "measures",
    "measures/base-02.md": "measure_of_two_clauses",
    "measures/base-03.md": "measure_with_figures",
    "measures/base-04.md": "measure_without_title_or_units",
    "chapters/base-2-1.md": "chapter",
    "units/index.md": "units",
    "units/housing.md": "unit",
    "units/south-bridge.md": "unit_through_groups",
    "units/old-water.md": "unit_that_was_merged",
    "groups/towns.md": "group_with_members",
    "groups/riverside-towns.md": "group_within_another",
    "groups/departments.md": "group_unknown",
    "ledger.md": "ledger",
    "deadlines.md": "deadlines",
    "targets.md": "targets",
    "matrix.md": "matrix",
    "coverage.md": "coverage",
    "downloads.md": "downloads",
    "about.md": "about",
}


@pytest.fixture(scope="module")
def small_pages(small_book: Book) -> dict[str, str]:
    """The pages of the small plan."""
    return sources(small_book)


@pytest.fixture(scope="module")
def real_pages(real_book: Book) -> dict[str, str]:
    """The pages of the real plan."""
    return sources(real_book)


@pytest.mark.parametrize(("path", "name"), PAGE_KINDS.items(), ids=PAGE_KINDS.values())
def test_each_kind_of_page_says_what_its_golden_text_says(
    path: str, name: str, small_pages: dict[str, str]
) -> None:
    assert_golden(f"site/{name}.txt", page_text(small_pages[path]))


def test_the_same_book_gives_the_same_bytes(small_book: Book, small_pages: dict[str, str]) -> None:
    assert sources(replace(small_book)) == small_pages


def test_every_measure_unit_and_group_has_a_page_at_its_permanent_address(
    real_book: Book, real_pages: dict[str, str]
) -> None:
    graph = real_book.graph
    assert len(graph.measures) == 40
    wanted = {
        *(f"measures/{measure}.md" for measure in graph.measures),
        *(f"units/{unit.id}.md" for unit in graph.units),
        *(f"groups/{group.id}.md" for group in graph.groups),
    }
    assert wanted <= set(real_pages)
    assert "measures/scheme-14.md" in wanted


def test_markdown_leaves_every_page_as_it_is(small_pages: dict[str, str]) -> None:
    """The plugin hands pages past Markdown to save time; another engine may read them as Markdown all the same."""
    for path, source in small_pages.items():
        drawn = markdown.markdown(body(source), extensions=["attr_list", "tables"])
        assert drawn.strip() == body(source).strip(), path


def test_the_document_page_holds_the_document_to_the_character(
    real_book: Book, real_pages: dict[str, str]
) -> None:
    paper = tree(real_pages["document.md"]).find_class("pb-paper")[0]
    for added in (*paper.find_class("pb-sign"), *paper.find_class("pb-who")):
        added.drop_tree()
    drawn = [paragraph.text_content() for paragraph in paper]
    assert drawn == [block.text for block in document_blocks(real_book.plans)]


def test_a_measure_page_holds_each_sentence_verbatim_under_its_own_anchor(
    real_book: Book, real_pages: dict[str, str]
) -> None:
    for task in real_book.graph.tasks:
        page = tree(real_pages[f"measures/{task.measure_id}.md"])
        for index, statement in enumerate(task.clause.statements):
            sentence = page.get_element_by_id(task.statement_id(index))
            for added in (*sentence.find_class("pb-sign"), *sentence.find_class("pb-source")):
                added.drop_tree()
            assert sentence.text_content() == statement.text
        brackets = [found.text_content() for found in page.find_class("pb-bracket")]
        assert task.clause.responsibility is not None
        assert task.clause.responsibility.printed() + task.clause.tail in brackets


def test_a_unit_that_a_sentence_names_leads_to_its_page_and_a_doubtful_name_says_so(
    real_pages: dict[str, str],
) -> None:
    named = {}
    for path in ("measures/scheme-25.md", "measures/scheme-26.md"):
        for link in tree(real_pages[path]).find_class("pb-sentences")[0].find_class("pb-named"):
            sign = link.getnext()
            doubtful = sign is not None and sign.get("class") == "pb-sign"
            named[link.text_content()] = (link.get("href"), sign.text if doubtful else "")
    assert named == {
        "各镇(街道)": ("../groups/towns-subdistricts.html", ""),
        "区直各相关单位": ("../groups/district-units.html", "待确认"),
        "区生态环境部门": ("../units/ecology-environment.html", "待确认"),
        "区环委办": ("../units/environment-committee-office.html", ""),
        "区直各相关成员单位": ("../groups/committee-member-units.html", ""),
    }


def test_a_name_that_two_units_bear_is_not_resolved_in_the_text(small_book: Book) -> None:
    first, second, *others = small_book.graph.units
    twins = (first, second.model_copy(update={"name": first.name}), *others)
    register = Register(replace(small_book.graph, units=twins))
    assert [found.written for found in register.named_in(f"由{first.name}、{others[0].name}办理")] == [
        others[0].name
    ]
    assert list(Register(replace(small_book.graph, units=(), groups=())).named_in("由区水务局办理")) == []


def test_every_time_and_figure_is_marked_in_its_sentence(real_book: Book, real_pages: dict[str, str]) -> None:
    for task in real_book.graph.tasks:
        page = tree(real_pages[f"measures/{task.measure_id}.md"])
        for index, statement in enumerate(task.clause.statements):
            sentence = page.get_element_by_id(task.statement_id(index))
            times = "".join(found.text_content() for found in sentence.find_class("pb-time"))
            figures = "".join(found.text_content() for found in sentence.find_class("pb-figure"))
            assert all(found.phrase in times for found in statement.deadlines)
            assert all(found.phrase in figures for found in statement.targets)


def test_an_inferred_time_bears_its_mark_wherever_it_is_shown(real_book: Book, real_pages: dict[str, str]) -> None:
    row = next(found for found in real_book.schedule if found.deadline.phrase == "2024年采暖季前")
    assert row.deadline.inferred
    shown = 0
    for path in ("measures/action-2024-02.md", "deadlines.md", "ledger.md", "index.md", "about.md", "document.md"):
        for found in tree(real_pages[path]).iter():
            if found.text == row.deadline.phrase and found.tag in {"span", "mark"}:
                following = found.getnext()
                assert following is not None, path
                assert following.get("class") == "pb-sign", path
                shown += 1
    assert shown >= 6


def test_a_group_whose_members_are_unconfirmed_says_so_wherever_it_answers(real_pages: dict[str, str]) -> None:
    for path in ("measures/scheme-14.md", "ledger.md", "deadlines.md", "targets.md", "chapters/scheme-3-4.md"):
        links = [
            link
            for link in tree(real_pages[path]).find_class("pb-unit")
            if (link.get("href") or "").endswith("groups/towns-subdistricts.html")
            and not any(parent.get("class") == "pb-bracket" for parent in link.iterancestors())
        ]
        assert links, path
        for link in links:
            following = link.getnext()
            assert following is not None, path
            assert following.text == "待确认", path


def test_no_unit_is_called_lead_by_its_place(real_pages: dict[str, str]) -> None:
    """方案-14 names no lead: the first unit named does not become one."""
    ledger = tree(real_pages["ledger.md"])
    row = next(row for row in ledger.iter("tr") if row.text_content().strip().startswith("方案-14"))
    cell = next(cell for cell in row if cell.get("data-label") == "牵头单位")
    assert cell.text_content().strip() == "—"


def test_a_passed_day_is_never_called_overdue(real_pages: dict[str, str]) -> None:
    assert "时限已过" in real_pages["index.md"]
    assert not [path for path, source in real_pages.items() if "逾期" in source]


def test_both_directions_of_a_link_show_with_its_reason(real_book: Book, real_pages: dict[str, str]) -> None:
    assert real_book.graph.links
    for link in real_book.graph.links:
        for path in (f"measures/{link.source}.md", f"measures/{link.to}.md", "coverage.md"):
            assert link.reason in tree(real_pages[path]).text_content(), (path, link)


def test_a_unit_page_lists_every_duty_of_the_unit(real_book: Book, real_pages: dict[str, str]) -> None:
    for unit in real_book.units:
        text = tree(real_pages[f"units/{unit}.md"]).text_content()
        for duty in real_book.graph.duties_of(unit):
            assert duty.task.label in text, (unit, duty.task.label)
            assert duty.task.clause.text in text, (unit, duty.task.label)


def test_the_downloads_page_offers_every_file_of_every_unit(real_book: Book, real_pages: dict[str, str]) -> None:
    links = {link.get("href") for link in tree(real_pages["downloads.md"]).iter("a") if "download" in link.attrib}
    assert "data/plan.json" in links
    for unit in real_book.units:
        own = [link for link in links if link.startswith(f"downloads/{unit}/")]
        assert {link.rpartition(".")[2] for link in own} >= {"docx", "xlsx", "ics", "zip"}, unit


def test_plan_text_stays_text_whatever_it_holds(tmp_path: Path) -> None:
    pages = sources(hostile_book(tmp_path))
    for path, source in pages.items():
        page = tree(source)
        for element in page.iter():
            assert element.tag not in {"img", "iframe", "object", "b"}, path
            assert element.tag != "script" or re.fullmatch(
                r"(\.\./)?assets/(search/)?[a-z-]+\.js", element.get("src") or ""
            ), path
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert not (element.get("href") or "").lower().startswith("javascript:"), path
        assert "\n---\n" not in body(source), path
    measure = tree(pages["measures/base-01.md"])
    assert HOSTILE in measure.find("h1").text_content()
    assert HOSTILE in measure.get_element_by_id("base-01.1.2").text_content()


def test_what_an_import_left_open_is_shown_where_it_stands_and_listed(tmp_path: Path) -> None:
    text = "完成3座生态湿地建设，水域面积较2020年增加10%左右。"
    guide = "      guide: [区农业农村局]"
    edits = [
        {"file": "base/measures/03.yml", "append": "review: 标题待核\n"},
        {"file": "base/measures/03.yml", "find": guide, "put": f"{guide}\n      review: 分工待核"},
        {"file": "base/measures/03.yml", "find": text, "put": f"{text}\n        review: 语句待核"},
    ]
    pages = sources(unchecked_book(copied(tmp_path, edits)))
    for path in ("about.md", "measures/base-03.md"):
        shown = tree(pages[path]).text_content()
        assert [note for note in ("标题待核", "分工待核", "语句待核") if note not in shown] == [], path


def test_a_measure_under_no_chapter_is_listed_all_the_same(tmp_path: Path) -> None:
    edit = {"file": "base/measures/03.yml", "find": "chapter: 二/二\n", "put": ""}
    pages = sources(unchecked_book(copied(tmp_path, [edit])))
    links = [link.get("href") for link in tree(pages["measures/index.md"]).iter("a")]
    assert "../measures/base-03.html" in links
    assert "修复水生态" in tree(pages["ledger.md"]).text_content()
    assert "chapters/base-2-2.md" not in pages


@given(
    text=st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30),
    spans=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=6),
)
def test_marking_changes_no_character_however_marks_overlap(text: str, spans: list[tuple[int, int]]) -> None:
    marks = tuple(
        Mark(min(start, len(text)), min(start + length, len(text)), "time", "说明") for start, length in spans
    )
    assert html.fragment_fromstring(f"<div>{marked_text(text, marks)}</div>").text_content() == text


@pytest.mark.parametrize("case", CASES["times"], ids=lambda case: case["read"])
def test_a_time_is_read_out_in_chinese(case: dict[str, Any], small_book: Book) -> None:
    assert deadline_reading(small_book.terms, Deadline.model_validate(case["written"])) == case["read"]


@pytest.mark.parametrize("case", CASES["figures"], ids=lambda case: case["read"])
def test_a_figure_is_read_out_in_chinese(case: dict[str, Any], small_book: Book) -> None:
    assert target_reading(small_book.terms, Target.model_validate(case["written"])) == case["read"]


def test_the_first_page_lists_every_time_with_a_day_once_with_who_answers_and_counts_them(
    real_book: Book, real_pages: dict[str, str]
) -> None:
    page = tree(real_pages["index.md"])
    sections = {found.get("data-due"): found.xpath(".//li") for found in page.xpath("//section[@data-due]")}
    listed = [line for lines in sections.values() for line in lines]
    all_times = (*real_book.schedule, *objective_rows(real_book.plans))
    assert len(listed) == len([row for row in all_times if row.day]) == 19
    tile = page.xpath("string(//a[starts-with(@href, 'deadlines')]/strong)")
    assert tile == str(len(listed))
    (running,) = sections["running"]
    assert "2024年5-9月攻坚管控期" in running.text_content()
    assert running.find_class("pb-due-who")[0].text_content() == "◆区生态环境分局、◆各镇(街道)待确认"
    (began,) = [line for line in listed if "10月1日起" in line.text_content()]
    assert began in sections["later"]
    assert "※" in began.text_content()
    assert {line.find_class("pb-due-who")[0].text for line in listed if "约束性指标" in line.text_content()} == {
        "未列责任单位"
    }
    (led,) = [line for line in listed if "方案-07" in line.text_content()]
    assert led.find_class("pb-due-who")[0].text_content().count("●") > 1


@pytest.mark.parametrize(
    ("first", "last", "group"),
    [
        (date(2024, 5, 1), date(2024, 9, 30), "running"),
        (date(2024, 6, 30), None, "running"),
        (date(2024, 7, 1), None, "later"),
        (date(2024, 5, 1), date(2024, 7, 31), "next-month"),
        (date(2024, 5, 1), date(2024, 6, 29), "passed"),
        (date(2024, 8, 1), date(2024, 9, 30), "later"),
    ],
)
def test_a_time_that_has_begun_is_running_until_the_month_before_its_end(
    first: date, last: date | None, group: str
) -> None:
    assert nearness(first, last, AS_OF) == group


@pytest.mark.parametrize("case", CASES["days_left"], ids=lambda case: str(case["last"]))
def test_days_left_and_the_group_of_a_day_agree(case: dict[str, Any], small_book: Book) -> None:
    last: date = case["last"]
    deadline = Deadline(phrase="到期", kind="by", end=last)
    row = ScheduleRow("base-01.1.1", "方案-01", "base-01", "", "", deadline, ())
    groups = due_groups((row,), AS_OF)
    assert [key for key, rows in groups.items() if rows] == [case["group"]]
    assert days_left(small_book.terms, last, AS_OF) == case["read"]
