"""A calendar as RFC 5545 has it: days in China's time, each with a reminder before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vDuration, vText

from generator.office.calendar_lines import EntryFrame, lines_only

ZONE = "Asia/Shanghai"
LAST_CHANGE = date(1991, 9, 15)
"""When China's clocks were last changed."""
CALENDAR_END, NO_DESCRIPTION = b"END:VCALENDAR\r\n", b"DESCRIPTION:\r\n"
LOOK_AGAIN = timedelta(days=1)
NOTICE = timedelta(days=7)
"""How long before a day the calendar reminds."""


def calendar_file(name: str, description: str, entries: Iterable[bytes]) -> bytes:
    """The whole file."""
    calendar = Calendar()
    calendar.add("PRODID", "-//planbook//zh-CN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", vText(lines_only(name)))
    calendar.add("X-WR-CALDESC", vText(lines_only(description)))
    calendar.add("X-WR-TIMEZONE", ZONE)
    # How often who subscribes is to look again: RFC 7986, and what programs asked for before it.
    calendar.add("REFRESH-INTERVAL", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(LOOK_AGAIN))
    calendar.add_component(_zone())
    drawn = bytes(calendar.to_ical(sorted=False))
    return b"".join((drawn.removesuffix(CALENDAR_END), *entries, CALENDAR_END))


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


def entry_frame(uid: str, stamp: date, days: tuple[date, date], summary: str, reminder: str) -> EntryFrame:
    """An entry over whole days, the first and the last, but for its description."""
    first, last = days
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", datetime.combine(stamp, time(), UTC))
    event.add("DTSTART", first)
    event.add("DTEND", last + timedelta(days=1))
    event.add("SUMMARY", summary)
    event.add("DESCRIPTION", "")
    event.add("TRANSP", "TRANSPARENT")
    event.add_component(_alarm(reminder, before_last=False))
    if last > first:
        event.add_component(_alarm(reminder, before_last=True))
    before, _, after = bytes(event.to_ical(sorted=False)).partition(NO_DESCRIPTION)
    return EntryFrame(before, after)


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
