"""The calendar and the goals: every time and figure of the plan is there once, where it belongs, with its marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.analysis.calendar import (
    Axis,
    MonthPart,
    PlanCalendar,
    Shape,
    month_list,
    plan_calendar,
)
from generator.analysis.schedule import objective_rows
from generator.book import Book
from generator.graph import resolve
from generator.model import Clause, Deadline, DeadlineKind, Measure, Plan
from tests.conftest import AS_OF
from tests.golden_files import assert_golden
from tests.hostile_plan import HOSTILE, hostile_book
from tests.site_pages import page_text, sources, tree


@pytest.fixture(scope="module")
def real_page(real_book: Book) -> Any:
    """The calendar of the real plan."""
    return tree(sources(real_book)["calendar.md"])


@pytest.fixture(scope="module")
def small_pages(small_book: Book) -> dict[str, str]:
    """The pages of the small plan."""
    return sources(small_book)


def calendar_of(book: Book) -> PlanCalendar:
    """The calendar of a book."""
    return plan_calendar(book.graph, book.rows)


def written(book: Book) -> Counter[tuple[str, str]]:
    """Every time expression of the document by its statement and phrase."""
    rows = (*book.schedule, *objective_rows(book.plans))
    return Counter((row.statement, row.deadline.phrase) for row in rows)


Times = tuple[Deadline, ...]


def with_times(book: Book, change: Callable[[Times], Times]) -> Book:
    """The book without objectives and nodes, the times of every statement changed so; nothing validates it."""

    def clause(found: Clause) -> Clause:
        statements = tuple(it.model_copy(update={"deadlines": change(it.deadlines)}) for it in found.statements)
        return found.model_copy(update={"statements": statements})

    def measure(found: Measure) -> Measure:
        return found.model_copy(update={"clauses": tuple(map(clause, found.clauses))})

    def plan(found: Plan) -> Plan:
        head = found.head.model_copy(update={"sections": ()})
        changed = {"head": head, "measures": tuple(map(measure, found.measures)), "breakdown": ()}
        return found.model_copy(update=changed)

    loaded = replace(book.loaded, plans=tuple(map(plan, book.plans)))
    return Book(loaded, resolve(loaded), book.terms, (), book.as_of, book.project)


def all_being(**values: Any) -> Callable[[Times], Times]:
    """Every time with these values."""
    return lambda times: tuple(found.model_copy(update=values) for found in times)


def test_every_time_of_the_document_stands_in_the_calendar_once(real_book: Book, real_page: Any) -> None:
    found = Counter((time.statement, time.occasion.deadline.phrase) for time in calendar_of(real_book).times)
    assert found == written(real_book)
    marks = real_page.find_class("cal-mark")
    assert len(marks) == found.total()
    assert {mark.get("data-time") for mark in marks} == {
        entry.get("data-entry") for entry in real_page.xpath("//*[@data-entry]")
    }


def test_the_small_plan_has_a_node_that_the_office_set(small_book: Book) -> None:
    found = calendar_of(small_book)
    nodes = [time for time in found.times if time.occasion.decided]
    assert [(time.statement, str(time.occasion.deadline.end)) for time in nodes] == [
        ("annual-2024-01.1", "2024-06-30"),
        ("annual-2024-01.1", "2024-10-31"),
    ]


def test_the_rows_with_a_day_are_those_counted_by_hand(real_book: Book) -> None:
    rows = {row.label: [time.shape.value for time in row.times] for row in calendar_of(real_book).dated}
    assert rows["行动-07"] == ["point", "span"]
    assert rows["行动-11"] == ["point", "point", "open", "span"]
    assert rows["方案-14"] == ["point"]
    assert "方案-02" not in rows
    assert list(rows)[:2] == ["方案·约束性指标", "方案-01"]


def test_what_has_no_day_is_given_none(real_book: Book, real_page: Any) -> None:
    undated = calendar_of(real_book).undated
    assert {row.label for row in undated} >= {"方案-02", "方案-21", "行动-05"}
    assert all(time.occasion.days is None for row in undated for time in row.times)
    band = real_page.find_class("cal-undated")[0]
    assert not band.xpath(".//*[contains(@style, 'left') and not(contains(@class, 'cal-tick'))]")


def test_every_mark_leads_to_the_sentence_that_says_so(real_book: Book, real_page: Any) -> None:
    pages = {path: tree(source) for path, source in sources(real_book).items()}
    for mark in real_page.find_class("cal-mark"):
        address, _, anchor = mark.get("href").partition("#")
        sentence = pages[address.replace(".html", ".md")].get_element_by_id(anchor)
        phrase = mark.get("title").partition("：")[2].partition("※")[0].partition("（")[0]
        assert phrase in sentence.text_content(), mark.get("href")


def test_an_inferred_time_is_hatched_and_bears_its_mark_and_its_basis(real_book: Book, real_page: Any) -> None:
    inferred = {
        (time.statement, time.occasion.deadline.phrase): time.occasion.deadline.basis or ""
        for time in calendar_of(real_book).times
        if time.occasion.deadline.inferred
    }
    assert len(inferred) >= 4
    hatched = [mark for mark in real_page.find_class("cal-mark") if "cal-inferred" in mark.get("class")]
    assert len(hatched) == len(inferred)
    for mark in hatched:
        assert mark.text_content().strip().endswith("※")
        assert any(basis in mark.get("title") for basis in inferred.values())


def test_a_mark_says_by_itself_whose_it_is_and_when(real_page: Any) -> None:
    spoken = [mark.get("aria-label") for mark in real_page.find_class("cal-mark")]
    assert "行动-01，截止，2024年12月31日前：2024年12月底前" in spoken
    assert "行动-07，期间，2024年5月1日至2024年9月30日：2024年5-9月攻坚管控期" in spoken
    assert "方案-21，周期，每日：每日" in spoken


def test_a_deadline_stands_at_the_evening_of_its_day_and_a_span_covers_its_days(real_page: Any) -> None:
    """21 months from April 2024: the end of December 2024 is the end of the ninth."""
    places = {
        mark.get("aria-label").partition("：")[2]: mark.get("style") for mark in real_page.find_class("cal-mark")
    }
    assert f"left: {9 / 21 * 100:.3f}%" in places["2024年12月底前"]
    style = places["2024年5-9月攻坚管控期"]
    left, width = (float(found) for found in re.findall(r"(?:left|width): ([\d.]+)%", style))
    assert (round(left, 2), round(width, 2)) == (round(100 / 21, 2), round(500 / 21, 2))


def test_no_two_marks_of_a_row_cover_each_other(real_page: Any) -> None:
    for track in real_page.find_class("cal-track"):
        lanes: dict[str, list[tuple[float, float]]] = {}
        for mark in track.find_class("cal-mark"):
            style = mark.get("style") or ""
            found = re.search(r"--cal-lane: (\d+); left: ([\d.]+)%(?:; width: ([\d.]+)%)?", style)
            if found:
                left, width = float(found[2]), float(found[3] or 0)
                lanes.setdefault(found[1], []).append((left, left + width))
        for spans in lanes.values():
            spans.sort()
            assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_list_says_what_starts_ends_is_under_way_and_falls_due(real_book: Book) -> None:
    months = dict(month_list(calendar_of(real_book)))
    said = {
        month: [(entry.part, entry.row.label, entry.day.day) for entry in entries]
        for month, entries in months.items()
    }
    assert said["2024-09"] == [(MonthPart.ENDS, "行动-07", 30), (MonthPart.DUE, "行动-11", 30)]
    assert said["2024-07"] == [(MonthPart.RUNS, "行动-07", 1)]
    assert "2025-06" not in said
    assert list(months) == sorted(months)


def test_a_rhythm_with_a_day_has_its_days_marked_and_one_without_has_none(
    small_book: Book, small_pages: dict[str, str]
) -> None:
    page = tree(small_pages["calendar.md"])
    rows = {row[0].text_content().split()[0]: row for row in page.find_class("cal-row")}
    axis = calendar_of(small_book).axis
    lanes = page.find_class("cal-undated")[0].find_class("cal-lane")
    ticks = [len(lane.find_class("cal-tick")) for lane in lanes]
    assert axis is not None
    assert ticks == [axis.months, 0, 0]
    assert "方案-02" in rows


def test_a_plan_over_two_centuries_is_drawn_without_a_line_for_every_month(small_book: Book) -> None:
    ages = all_being(kind=DeadlineKind.BETWEEN, start=date(1949, 1, 1), end=date(2200, 12, 31))
    far = with_times(small_book, ages)
    found = calendar_of(far)
    assert found.axis is not None
    assert found.axis.months == 252 * 12
    assert [month for month, _ in month_list(found)] == ["1949-01", "2200-12"]
    source = sources(far)["calendar.md"]
    assert "cal-dense" in source
    assert "cal-label" not in source


def test_what_goes_on_from_the_last_month_of_all_has_room_to_go_on(small_book: Book) -> None:
    onward = all_being(kind=DeadlineKind.FROM, start=date(2024, 10, 1), end=None, recurrence=None)
    open_ended = with_times(small_book, onward)
    found = calendar_of(open_ended)
    assert {time.shape for time in found.times} == {Shape.OPEN}
    assert found.axis == Axis(date(2024, 10, 1), 2)


def test_a_plan_without_any_time_says_so(small_book: Book) -> None:
    page = tree(sources(with_times(small_book, lambda _: ()))["calendar.md"])
    assert "文件中没有写明时间。" in page.text_content()
    assert not page.find_class("cal-mark")


def test_the_line_of_the_day_of_the_build_stands_where_scripts_are_off(real_book: Book, real_page: Any) -> None:
    table = real_page.find_class("cal-table")[0]
    axis = calendar_of(real_book).axis
    assert axis is not None
    drawn = re.search(r"--cal-now: ([\d.]+)%", table.get("style"))
    assert drawn is not None
    assert axis.at(AS_OF) * 100 < float(drawn[1]) < axis.after(AS_OF) * 100
    assert "6月30日（生成日）" in table.text_content()
    late = replace(real_book, as_of=date(2031, 1, 1))
    page = tree(sources(late)["calendar.md"])
    assert "cal-outside" in page.find_class("cal-table")[0].get("class")
    assert "（不在图中的月份内）" in page.text_content()


def test_a_unit_of_a_group_is_found_at_the_times_that_come_through_the_group(
    real_book: Book, real_page: Any
) -> None:
    mark = next(
        it
        for it in real_page.find_class("cal-mark")
        if it.get("href") == "measures/action-2024-02.html#action-2024-02.1.1"
    )
    units = mark.get("data-units").split()
    assert {"development-reform", "towns-subdistricts", "beishidian", "dongjie"} <= set(units)
    offered = {option.get("value") for option in real_page.xpath("//select[@name='unit']/option")} - {""}
    assert {unit for it in real_page.find_class("cal-mark") for unit in it.get("data-units").split()} == offered


def test_every_calendar_file_is_offered(real_book: Book, real_page: Any) -> None:
    links = [link.get("href") for link in real_page.xpath("//a[@download]")]
    assert len(links) == len(real_book.units) + 1
    assert all(link.endswith(".ics") for link in links)


def test_hostile_text_stays_text_in_every_attribute(tmp_path: Path) -> None:
    page = tree(sources(hostile_book(tmp_path))["calendar.md"])
    marks = page.find_class("cal-mark")
    assert marks
    assert HOSTILE in page.text_content()
    for element in page.iter():
        assert element.tag not in {"img", "b"}
        assert not [name for name in element.attrib if name.startswith("on")]


def test_the_calendar_reads_as_its_golden_text(small_pages: dict[str, str]) -> None:
    assert_golden("site/calendar.txt", page_text(small_pages["calendar.md"]))
