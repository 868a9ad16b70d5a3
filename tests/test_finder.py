"""The finder: every statement once and verbatim, found under the right values, each with the right count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.analysis.finder import Facet, Finder, FinderRow, finder
from generator.analysis.unreported import Standing, StandingKind, standings
from generator.analysis.workload import workloads
from generator.book import Book
from generator.model import Deadline, LedgerState
from generator.renderers.site.page_text import PageTexts
from tests.case_files import cases
from tests.golden_files import assert_golden
from tests.hostile_plan import HOSTILE, hostile_book
from tests.site_pages import body, page_text, sources, tree

CASES = cases("finder.yml")


def found_in(book: Book) -> Finder:
    """The finder of a book; chapters by their title, which the site knows by address."""
    chapters = {row.measure_id: row.chapter for row in book.rows}
    return finder(book.graph, book.rows, standings(book.rows, book.as_of), chapters, book.loaded.calendar.seasons)


@pytest.fixture(scope="module")
def real(real_book: Book) -> Finder:
    """The finder of the real plan."""
    return found_in(real_book)


@pytest.fixture(scope="module")
def page(real_book: Book) -> str:
    """The source of the real plan's page."""
    return sources(real_book)["finder.md"]


def counts(table: Finder, facet: Facet) -> dict[str, int]:
    """How many tasks each value has."""
    return {found.value: found.tasks for found in table.facets[facet]}


def test_every_statement_is_one_row_in_the_order_of_the_document(real: Finder, real_book: Book) -> None:
    tasks = real_book.graph.tasks
    wanted = [(task.label, statement.text) for task in tasks for statement in task.clause.statements]
    assert [(row.task.row.label, row.text) for row in real.rows] == wanted
    assert real.tasks == len(tasks) == 42


@pytest.mark.parametrize("case", CASES["values"], ids=lambda case: case["statement"])
def test_a_statement_is_found_under_its_values(case: dict[str, Any], real: Finder) -> None:
    row = next(row for row in real.rows if row.id == case["statement"])
    wanted = {facet: tuple(map(str, case[facet])) for facet in set(case) - {"statement"}}
    assert {facet: row.values(Facet(facet)) for facet in wanted} == wanted


@pytest.mark.parametrize("book", ["real_book", "small_book"])
def test_a_unit_has_as_many_tasks_here_as_on_its_page(book: str, request: pytest.FixtureRequest) -> None:
    opened: Book = request.getfixturevalue(book)
    found = counts(found_in(opened), Facet.UNIT)
    for load in workloads(opened.graph):
        assert found.get(load.party, 0) == load.total + load.uncertain, load.party


def test_a_town_is_found_through_groups_and_told_where_that_is_unconfirmed(small_book: Book) -> None:
    rows = found_in(small_book).rows
    duties = {duty for row in rows for duty in row.task.duties if duty.party == "south-bridge"}
    assert {duty.via for duty in duties} == {"towns", "riverside-towns"}
    assert not any(duty.settled for duty in duties)
    direct = {duty.via for row in rows for duty in row.task.duties if duty.party == "north-town"}
    assert None in direct


def test_counts_are_of_tasks_and_leave_no_value_out(real: Finder) -> None:
    for facet, values in real.facets.items():
        held: dict[str, set[str]] = {}
        for row in real.rows:
            for value in row.values(facet):
                held.setdefault(value, set()).add(row.task.row.id)
        assert {found.value: found.tasks for found in values if found.tasks} == {
            value: len(tasks) for value, tasks in held.items()
        }, facet


def test_values_stand_in_an_order_that_reads_well(real: Finder, real_book: Book) -> None:
    due = list(counts(real, Facet.DUE))
    months = [value for value in due if value[0].isdigit()]
    assert months == sorted(months)
    assert due[len(months) :] == ["season-heating", "season-autumn-winter", "undated", "none"]
    assert list(counts(real, Facet.PLAN)) == ["scheme", "action-2024"]
    units = list(counts(real, Facet.UNIT))
    assert units == [party for party in real_book.graph.order if party in units]
    assert list(counts(real, Facet.STANDING)) == ["passed", "unreported", "continuing"]


@pytest.mark.parametrize("case", CASES["standings"], ids=str)
def test_what_the_times_of_a_task_say_of_it(case: dict[str, Any], small_book: Book) -> None:
    times = tuple(("", Deadline.model_validate({"phrase": "原文"} | found)) for found in case["times"])
    row = replace(small_book.rows[0], deadlines=times, breakdown=None)
    found = standings((row,), case["day"])[row.id]
    assert found == Standing(StandingKind(case["kind"]), case.get("until"))


def test_a_day_that_the_office_set_within_a_task_can_pass_too(small_book: Book) -> None:
    row = next(row for row in small_book.rows if row.breakdown and row.breakdown.nodes)
    assert row.breakdown
    last = min(node.due for node in row.breakdown.nodes)
    alone = replace(row, deadlines=())
    assert standings((alone,), last)[row.id] == Standing(StandingKind.UNREPORTED, last)
    assert standings((alone,), date(2200, 1, 1))[row.id].kind is StandingKind.PASSED


def test_the_nodes_of_the_office_count_in_their_months(small_book: Book) -> None:
    row = next(row for row in small_book.rows if row.breakdown and row.breakdown.nodes)
    assert row.breakdown
    table = found_in(small_book)
    first, *others = (found for found in table.rows if found.task.row.id == row.id)
    assert first.nodes == row.breakdown.nodes
    assert not any(found.nodes for found in others)
    bare = replace(table, rows=tuple(replace(found, nodes=()) for found in table.rows))
    after = counts(table, Facet.DUE)
    months = {f"{node.due:%Y-%m}" for node in first.nodes}
    told = {f"{day:%Y-%m}" for _, found in row.deadlines if (day := found.end or found.start)}
    assert months - told
    for month in months - told:
        before = {found.task.row.id for found in bare.rows if month in found.due}
        assert after[month] == len(before) + 1
    text = page_text(sources(small_book)["finder.md"])
    assert all(f"分解节点：{node.text}" in text for node in first.nodes)


def test_a_standing_that_was_reported_is_offered_like_any_other(small_book: Book) -> None:
    first, *others = small_book.rows
    known = standings(small_book.rows, small_book.as_of) | {first.id: Standing(LedgerState.ON_TRACK)}
    chapters = {row.measure_id: row.chapter for row in small_book.rows}
    table = finder(small_book.graph, small_book.rows, known, chapters)
    assert counts(table, Facet.STANDING)["on_track"] == 1
    assert sum(counts(table, Facet.STANDING).values()) == len(others) + 1


def test_the_page_reads_as_agreed(small_book: Book) -> None:
    assert_golden("site/finder.txt", page_text(sources(small_book)["finder.md"]))


def rows_of(source: str) -> Iterator[Any]:
    """The rows of the page's table."""
    yield from tree(source).get_element_by_id("finder-table").find("tbody")


def test_the_page_holds_every_statement_verbatim_and_leads_to_it(real: Finder, page: str) -> None:
    drawn = [(next(row.iter("a")).get("href").partition("#")[2], row[1].text_content()) for row in rows_of(page)]
    assert drawn == [(row.id, row.text) for row in real.rows]


def test_an_inferred_time_shows_its_mark_and_its_basis(real: Finder, page: str) -> None:
    def marked(row: FinderRow) -> list[str]:
        return [f"{found.phrase}※" for found in row.deadlines if found.inferred]

    for row, drawn in zip(real.rows, rows_of(page), strict=True):
        stated = [found.text_content() for found in drawn.find_class("pb-stated")]
        assert [text for text in stated if text.endswith("※")] == marked(row)
        bases = [found.basis for found in row.deadlines if found.inferred]
        assert [found.text_content() for found in drawn.find_class("pb-basis")] == [f"※{basis}" for basis in bases]


def test_every_value_is_offered_with_a_label_and_its_count(real: Finder, page: str) -> None:
    for element in tree(page).find_class("pb-facet"):
        facet = Facet(element.get("data-facet"))
        offered = {
            choice.find("input").get("value"): choice.find_class("pb-tally")[0].text_content()
            for choice in element.find_class("pb-choice")
        }
        if facet is not Facet.CHAPTER:  # the page knows chapters by their address
            assert offered == {value: str(tasks) for value, tasks in counts(real, facet).items()}
        labels = [label.text_content().strip() for label in element.find_class("pb-choice-label")]
        assert all(labels), facet
        assert len(set(labels)) == len(labels) or facet is Facet.CHAPTER


def test_a_value_that_is_unconfirmed_says_so(page: str) -> None:
    labels = {label.text_content() for label in tree(page).find_class("pb-choice-label")}
    assert {"各镇(街道) 待确认", "东街街道办事处 待确认", "采暖季 待确认"} <= labels
    assert "区住建局" in labels


def test_no_lead_is_shown_where_the_text_names_none(page: str) -> None:
    row = next(row for row in rows_of(page) if row.get("data-task") == "scheme-14.1")
    assert [held.get("data-role") for held in row.find_class("pb-held")] == ["shared"]
    assert "未明确牵头单位" in row.find_class("pb-remark")[0].text_content()


def test_nothing_is_called_overdue(page: str) -> None:
    assert "时限已过·未填报" in page
    assert "逾期" not in page


def test_the_search_of_the_site_does_not_find_every_sentence_twice(page: str) -> None:
    assert PageTexts({}).read(body(page), fields=False).text == ""


def test_hostile_names_stay_text_in_what_the_script_reads(tmp_path: Path) -> None:
    root = tree(sources(hostile_book(tmp_path))["finder.md"]).find_class("pb-finder")[0]
    for name in ("data-say", "data-columns", "data-search"):
        assert json.loads(root.get(name))
    assert any(HOSTILE in (found.get("data-names") or "") for found in root.iter("input"))
    assert not [found for found in root.iter("script") if not (found.get("src") or "").startswith("assets/")]
