"""时限日历.ics: the days of every unit and of the whole; what has no day gets none and is named instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vText

from generator.analysis.notes import approval_text
from generator.analysis.occasions import Occasion, objective_occasions
from generator.analysis.party_wording import named_role_texts
from generator.analysis.readings import recurrence_text
from generator.analysis.remarks import remarks_at
from generator.analysis.tasks import DutyRow, TaskRow
from generator.analysis.wording import day_text, duty_texts, remark_texts
from generator.book import Book
from generator.office.calendar_lines import content_line
from generator.office.xml_text import xml_text
from generator.renderers.deliverables import Deliverable, Item, every_unit
from generator.renderers.imprint import document_numbers
from generator.renderers.naming import ALL
from generator.terms import Terms

ZONE = "Asia/Shanghai"
LAST_CHANGE = date(1991, 9, 15)
"""When China's clocks were last changed."""
CALENDAR_END, NO_DESCRIPTION = b"END:VCALENDAR\r\n", b"DESCRIPTION:\r\n"
NOTICE = timedelta(days=7)
"""How long before a day the calendar reminds."""


def draw_unit_calendar(book: Book, item: Item) -> bytes:
    """The days of what one unit owes."""
    duties = {duty.row.label: duty for duty in book.task_lists[item.owner].rows}
    occasions = tuple(found for found in book.occasions if found.label in duties)
    name = book.terms("calendar.name_unit").format(unit=book.graph.name(item.owner))
    return _draw(book, name, occasions, duties)


def draw_calendar(book: Book, item: Item) -> bytes:
    """All days, those of the objectives too."""
    occasions = (*objective_occasions(book.plans), *book.occasions)
    return _draw(book, book.terms("calendar.name_all"), occasions, {})


def _draw(book: Book, name: str, occasions: tuple[Occasion, ...], duties: dict[str, DutyRow]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", "-//planbook//zh-CN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", vText(_lines_only(f"{name}　{book.page_mark}".strip())))
    calendar.add("X-WR-CALDESC", vText(_lines_only(_calendar_description(book, occasions))))
    calendar.add("X-WR-TIMEZONE", ZONE)
    calendar.add_component(_zone())
    drawn = bytes(calendar.to_ical(sorted=False))
    events = (_event(book, found, found.days, duties.get(found.label)) for found in occasions if found.days)
    return b"".join((drawn.removesuffix(CALENDAR_END), *events, CALENDAR_END))


def _zone() -> Timezone:
    """China's time; RFC 5545 wants one component at least, and a unit may have no dated task."""
    standard = TimezoneStandard()
    standard.add("DTSTART", datetime.combine(LAST_CHANGE, time()))
    standard.add("TZOFFSETFROM", timedelta(hours=8))
    standard.add("TZOFFSETTO", timedelta(hours=8))
    zone = Timezone()
    zone.add("TZID", ZONE)
    zone.add_component(standard)
    return zone


def _lines_only(text: str) -> str:
    """Text in which no character but a plain line feed can end a line of the calendar."""
    return "\n".join(xml_text(text).splitlines())


def _calendar_description(book: Book, occasions: tuple[Occasion, ...]) -> str:
    terms = book.terms
    words = {"numbers": document_numbers(book), "day": day_text(book.as_of)}
    left_out = [occasion.label for occasion in occasions if not occasion.days]
    mark = f"{book.page_mark}。" if book.page_mark else ""
    text = mark + terms("calendar.description").format(**words)
    if all(occasion.days is None for occasion in occasions):
        text += terms("calendar.empty")
    if left_out:
        tasks = "、".join(dict.fromkeys(left_out))
        text += terms("calendar.left_out").format(count=len(left_out), tasks=tasks)
    return text


def _event(book: Book, occasion: Occasion, days: tuple[date, date], duty: DutyRow | None) -> bytes:
    """One entry; all of it but the description is the same in every calendar that has it."""
    before, after = _frame(book.terms, book.as_of, occasion, days)
    lines = _description(book, occasion, book.row_by_label.get(occasion.label), duty)
    return before + content_line("DESCRIPTION", _lines_only("\n".join(lines))) + after


@lru_cache(maxsize=4096)
def _frame(terms: Terms, as_of: date, occasion: Occasion, days: tuple[date, date]) -> tuple[bytes, bytes]:
    """An entry before and behind its description; kept, for it stands in the calendars of many units."""
    first, last = days
    summary = _summary(terms, occasion)
    reminder = terms("calendar.reminder").format(summary=summary)
    event = Event()
    event.add("UID", f"{occasion.id}@planbook")
    event.add("DTSTAMP", datetime.combine(as_of, time(), UTC))
    event.add("DTSTART", first)
    event.add("DTEND", last + timedelta(days=1))
    event.add("SUMMARY", summary)
    event.add("DESCRIPTION", "")
    event.add("TRANSP", "TRANSPARENT")
    event.add_component(_alarm(reminder, before_last=False))
    if last > first:
        event.add_component(_alarm(reminder, before_last=True))
    before, _, after = bytes(event.to_ical(sorted=False)).partition(NO_DESCRIPTION)
    return before, after


def _alarm(reminder: str, before_last: bool) -> Alarm:
    """A reminder seven days before the first day, or before the last: the end of an event is the day after it."""
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", reminder)
    if before_last:
        alarm.add("TRIGGER", -NOTICE - timedelta(days=1), parameters={"RELATED": "END"})
    else:
        alarm.add("TRIGGER", -NOTICE)
    return alarm


def _summary(terms: Terms, occasion: Occasion) -> str:
    mark = terms("mark.inferred") if occasion.deadline.inferred else ""
    heading = " ".join(filter(None, (occasion.label, occasion.title)))
    words = {"heading": heading, "phrase": occasion.deadline.phrase + mark}
    pattern = terms("calendar.node_summary" if occasion.decided else "calendar.summary")
    return _lines_only(pattern.format(**words))


def _description(book: Book, occasion: Occasion, row: TaskRow | None, duty: DutyRow | None) -> Iterable[str]:
    terms = book.terms
    if occasion.decided and row and row.breakdown:
        yield approval_text(terms, row.breakdown)
    else:
        yield _reading(terms, occasion)
    if duty:
        yield terms("calendar.duty").format(duty="，".join(duty_texts(book.graph, terms, duty)))
    if row:
        parties = "；".join(named_role_texts(book.graph, terms, row)) or terms("mark.none")
        yield terms("calendar.parties").format(parties=parties)
        held = remarks_at(duty.remarks if duty else row.remarks, occasion.deadline, row.issued)
        remarks = remark_texts(terms, held, duty.written if duty else "")
        yield terms("calendar.remark").format(remark="；".join(remarks)) if remarks else ""


@lru_cache(maxsize=4096)
def _reading(terms: Terms, occasion: Occasion) -> str:
    """The verbatim sentence and how its time was understood."""
    deadline = occasion.deadline
    key = "calendar.recurrence" if deadline.recurrence else "calendar.kind"
    lines = [
        terms("calendar.sentence").format(sentence=occasion.sentence),
        terms(key).format(kind=terms.label(deadline.kind), recurrence=recurrence_text(terms, deadline)),
    ]
    if deadline.inferred:
        lines.append(terms("calendar.inferred").format(basis=deadline.basis or ""))
    return "\n".join(lines)


DELIVERABLES = (
    Deliverable("unit_calendar", every_unit, draw_unit_calendar),
    Deliverable("calendar", lambda _book: (Item(ALL),), draw_calendar),
)
