"""Calendars as a parser that is not ours reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.occasions import days_of
from generator.book import Book
from generator.model import Deadline, DeadlineKind
from generator.office.calendar_lines import content_line
from generator.renderers.calendars import DELIVERABLES, draw_calendar, draw_unit_calendar
from generator.renderers.deliverables import Item
from generator.renderers.naming import ALL
from tests.golden_files import assert_golden
from tests.hostile_books import renamed

CITY = "debe96f7"
"""What stands for 城政发〔2024〕9号."""


def parsed(content: bytes) -> Any:
    return vobject.readOne(content.decode("utf-8"))


def events(content: bytes) -> dict[str, Any]:
    return {event.uid.value: event for event in parsed(content).contents.get("vevent", [])}


def test_the_calendar_of_the_whole_reads_as_agreed(small_book: Book) -> None:
    assert_golden("small/calendar_all.ics", draw_calendar(small_book, Item(ALL)).decode())


def test_the_calendar_of_a_unit_reads_as_agreed(small_book: Book) -> None:
    assert_golden("small/calendar_north-town.ics", draw_unit_calendar(small_book, Item("north-town")).decode())


def test_every_unit_has_a_calendar_with_a_chinese_name_and_unique_ids(real_book: Book) -> None:
    drawn = [artifact for deliverable in DELIVERABLES for artifact in deliverable.render(real_book)]
    assert len(drawn) == len(real_book.units) + 1
    for artifact in drawn:
        calendar = parsed(artifact.content)
        name = artifact.path.rpartition("/")[2].removesuffix(".ics")
        assert calendar.x_wr_calname.value == name
        ids = [event.uid.value for event in calendar.contents.get("vevent", [])]
        assert len(ids) == len(set(ids))


def test_ids_tell_districts_apart_and_stay_whatever_else_changes(small_book: Book) -> None:
    def ids(number: str, title: str) -> list[str]:
        base, *others = small_book.plans
        head = base.head.model_copy(update={"document_number": number, "title": title})
        changed = replace(small_book.loaded, plans=(base.model_copy(update={"head": head}), *others))
        return list(events(draw_calendar(replace(small_book, loaded=changed), Item(ALL))))

    here = list(events(draw_calendar(small_book, Item(ALL))))
    number = str(small_book.plans[0].head.document_number)
    assert ids(number, "另一个名称") == here
    assert ids(number.replace("〔", "[").replace("〕", "]"), "另一个名称") == here
    assert set(ids("白政发〔2024〕3号", small_book.plans[0].head.title)) & set(here) == set()
    assert {found.partition("@")[2] for found in here if found.startswith("annual")} == {
        found.partition("@")[2] for found in here if found.startswith("base")
    }, "an annex is issued with what it is annexed to"


def test_who_subscribes_is_told_to_look_again_every_day(small_book: Book) -> None:
    content = draw_calendar(small_book, Item(ALL)).decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n" in content


def test_an_event_is_a_whole_day_that_ends_before_the_next(real_book: Book) -> None:
    event = events(draw_calendar(real_book, Item(ALL)))[f"scheme-14.1.5-1@{CITY}.planbook"]
    assert (event.dtstart.value, event.dtend.value) == (date(2025, 12, 31), date(2026, 1, 1))
    assert event.summary.value == "方案-14 深化扬尘污染综合治理：到2025年"
    assert event.valarm.trigger.value == -timedelta(days=7)


def test_a_range_stays_a_range_and_reminds_before_its_first_and_before_its_last_day(real_book: Book) -> None:
    event = events(draw_calendar(real_book, Item(ALL)))[f"action-2024-11.1.3-2@{CITY}.planbook"]
    assert (event.dtstart.value, event.dtend.value) == (date(2024, 10, 1), date(2025, 4, 1))
    first, last = event.contents["valarm"]
    assert event.dtstart.value + first.trigger.value == date(2024, 9, 24)
    assert last.trigger.params["RELATED"] == ["END"]
    assert event.dtend.value + last.trigger.value == date(2025, 3, 24)


def test_a_start_is_entered_on_its_first_day(real_book: Book) -> None:
    event = events(draw_calendar(real_book, Item(ALL)))[f"action-2024-11.1.3-1@{CITY}.planbook"]
    assert (event.dtstart.value, event.dtend.value) == (date(2024, 10, 1), date(2024, 10, 2))


def test_an_inferred_day_is_marked_and_gives_its_basis(real_book: Book) -> None:
    inferred = [
        event for event in events(draw_calendar(real_book, Item(ALL))).values() if "※" in event.summary.value
    ]
    assert len(inferred) == 5
    assert all("※推算，依据：" in event.description.value for event in inferred)


def lines_of(book: Book, event: str, unit: str = "") -> dict[str, str]:
    """What an event says, by the words before the colon."""
    drawn = draw_unit_calendar(book, Item(unit)) if unit else draw_calendar(book, Item(ALL))
    text = events(drawn)[f"{event}@{CITY}.planbook"].description.value
    return dict(line.split("：", 1) for line in text.split("\n") if "：" in line)


def test_an_event_names_who_holds_which_role_and_that_the_list_goes_on(real_book: Book) -> None:
    assert lines_of(real_book, "scheme-01.1.2-1")["责任单位"] == (
        "▲牵头：区发改局、区工信局、区民营经济局、区生态环境分局、区行政审批局等；○配合：各镇(街道)（待确认）"
    )
    assert lines_of(real_book, "scheme-11.1.3-1")["责任单位"].endswith(
        "区市容环卫中心等；○配合：各镇(街道)（待确认）"
    )
    for row in real_book.rows:
        for statement, deadline in row.deadlines:
            if deadline.end:
                parties = lines_of(real_book, f"{statement}-1")["责任单位"]
                assert parties.count("等") == ("remark.open" in row.remarks)


def test_a_remark_on_one_time_stands_at_its_own_event_only(real_book: Book) -> None:
    stated, inferred = (lines_of(real_book, f"action-2024-11.1.{number}-1")["备注"] for number in (1, 2))
    assert "时限系推算※" in inferred
    assert "时限系推算※" not in stated
    early, later = (lines_of(real_book, f"action-2024-07.1.{number}-1")["备注"] for number in (4, 5))
    assert "时限早于印发日期，原文如此，待核" in early
    assert "时限早于印发日期" not in later


def test_a_unit_s_own_calendar_says_that_it_may_not_be_the_one_that_is_meant(real_book: Book) -> None:
    said = lines_of(real_book, "scheme-07.1.1-1", "development-reform")["备注"]
    assert "原文写作“区发改(能源)局”，是否同一单位待确认" in said


def test_what_has_no_day_gets_none_and_is_named_in_the_description(real_book: Book) -> None:
    content = draw_calendar(real_book, Item(ALL))
    undated = [row for row in real_book.schedule if row.day is None]
    description = parsed(content).x_wr_caldesc.value
    assert f"另有{len(undated)}处" in description
    for row in undated:
        assert row.label in description
    found = {event.summary.value for event in events(content).values()}
    assert not any("常态化" in summary or "定期" in summary for summary in found)


def test_a_calendar_without_events_says_so_and_is_still_a_calendar(real_book: Book) -> None:
    content = draw_unit_calendar(real_book, Item("education-science"))
    calendar = parsed(content)
    assert "vevent" not in calendar.contents
    assert "vtimezone" in calendar.contents
    assert "本日历没有事项" in calendar.x_wr_caldesc.value


def test_lines_are_folded_within_75_bytes_and_end_as_the_standard_says(real_book: Book) -> None:
    content = draw_calendar(real_book, Item(ALL))
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_office_nodes_of_a_task_are_entered_as_such(small_book: Book) -> None:
    found = [
        event
        for event in events(draw_calendar(small_book, Item(ALL))).values()
        if "分解节点" in event.summary.value
    ]
    nodes = [node for row in small_book.rows if row.breakdown for node in row.breakdown.nodes]
    assert [event.dtstart.value for event in found] == [node.due for node in nodes]
    assert all("区环委办分解意见" in event.description.value for event in found)


@pytest.mark.parametrize(
    ("kind", "start", "end", "days"),
    [
        ("by", None, "2024-12-31", ("2024-12-31", "2024-12-31")),
        ("by", "2024-01-01", "2024-12-31", ("2024-12-31", "2024-12-31")),
        ("from", "2024-10-01", None, ("2024-10-01", "2024-10-01")),
        ("from", "2024-10-01", "2025-03-31", ("2024-10-01", "2024-10-01")),
        ("between", "2024-05-01", "2024-09-30", ("2024-05-01", "2024-09-30")),
        ("between", None, "2024-09-30", ("2024-09-30", "2024-09-30")),
        ("recurring", "2024-05-01", "2024-09-30", ("2024-05-01", "2024-09-30")),
        ("recurring", None, None, None),
        ("ongoing", None, None, None),
    ],
)
def test_the_days_to_enter_follow_from_the_kind_of_time(
    kind: str, start: str | None, end: str | None, days: tuple[str, str] | None
) -> None:
    deadline = Deadline.model_validate({"phrase": "时", "kind": DeadlineKind(kind), "start": start, "end": end})
    expected = tuple(map(date.fromisoformat, days)) if days else None
    assert days_of(deadline) == expected


def test_no_text_of_a_plan_can_end_a_line_of_the_calendar(small_book: Book) -> None:
    evil = "区水务局\r\nBEGIN:VEVENT\rSUMMARY:假\u2028X;Y,Z\\n\x00"
    content = draw_unit_calendar(renamed(small_book, "water", evil), Item("water"))
    assert "BEGIN:VEVENT" in parsed(content).x_wr_calname.value
    lines = content.decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == len(events(content)) > 0
    assert [line for line in lines if set(line) & set("\r\n\x00\u2028")] == []


@given(
    st.text(
        st.one_of(st.sampled_from("\\^;,\n区污N"), st.characters(blacklist_categories=["Cs", "Cc"])), max_size=400
    )
)
def test_a_line_of_any_text_is_short_and_says_all_of_it(text: str) -> None:
    *lines, end = content_line("DESCRIPTION", text).split(b"\r\n")
    assert end == b""
    assert all(0 < len(line) <= 75 for line in lines)
    joined = "\r\n".join(line.decode() for line in lines).replace("\r\n ", "")
    name, _, value = joined.partition(":")
    assert name == "DESCRIPTION"
    assert re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value) == text


def test_a_line_is_not_folded_within_an_escape() -> None:
    expected = b"DESCRIPTION:" + b"x" * 61 + b"\r\n \\;\r\n"
    assert content_line("DESCRIPTION", "x" * 61 + ";") == expected
