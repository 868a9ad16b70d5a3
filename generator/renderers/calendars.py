"""时限日历.ics: the days of every unit and of the whole; what has no day gets none and is named instead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from generator.analysis.notes import approval_text
from generator.analysis.occasions import Occasion, objective_occasions
from generator.analysis.party_wording import named_role_texts
from generator.analysis.readings import recurrence_text
from generator.analysis.remarks import remarks_at
from generator.analysis.tasks import DutyRow, TaskRow
from generator.analysis.wording import day_text, duty_texts, remark_texts
from generator.book import Book
from generator.graph import folded
from generator.model import Plan
from generator.office.calendar_lines import EntryFrame, lines_only
from generator.renderers.deliverables import Deliverable, Item, every_unit
from generator.renderers.imprint import document_numbers
from generator.renderers.naming import ALL
from generator.terms import Terms

ISSUE_LENGTH = 8


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
    # Imported where a calendar is drawn: what reads of every time zone of the world takes as long as ten pages.
    from generator.office.calendar_file import calendar_file

    title = f"{name}　{book.page_mark}".strip()
    issues = _issues(book.plans)
    events = (
        _event(book, _issue(issues, found.id), found, found.days, duties.get(found.label))
        for found in occasions
        if found.days
    )
    return calendar_file(title, _calendar_description(book, occasions), events)


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


def _event(book: Book, issue: str, occasion: Occasion, days: tuple[date, date], duty: DutyRow | None) -> bytes:
    """One entry; all of it but the description is the same in every calendar that has it."""
    lines = _description(book, occasion, book.row_by_label.get(occasion.label), duty)
    return _frame(book.terms, book.as_of, issue, occasion, days).described("\n".join(lines))


@lru_cache(maxsize=4096)
def _frame(terms: Terms, as_of: date, issue: str, occasion: Occasion, days: tuple[date, date]) -> EntryFrame:
    """Kept, for it stands in the calendars of many units."""
    from generator.office.calendar_file import entry_frame

    summary = _summary(terms, occasion)
    reminder = terms("calendar.reminder").format(summary=summary)
    return entry_frame(f"{occasion.id}@{issue}.planbook", as_of, days, summary, reminder)


def _issues(plans: tuple[Plan, ...]) -> dict[str, str]:
    """By plan what stands for its document: whoever subscribes to two districts has two of scheme-14.

    It is made of the document's number, an annex having that of what it is annexed to: the one thing that tells
    districts apart and never changes, as titles, units and other plans of a project may.
    """
    heads = {plan.id: plan.head for plan in plans}
    issues = {}
    for plan, head in heads.items():
        issued = heads.get(head.annex_of or "", head)
        named = head.document_number or issued.document_number or f"{issued.issuer or ''}{issued.title}"
        issues[plan] = hashlib.sha256(folded(named).encode(errors="replace")).hexdigest()[:ISSUE_LENGTH]
    return issues


def _issue(issues: Mapping[str, str], occasion: str) -> str:
    return issues[max((plan for plan in issues if occasion.startswith(f"{plan}-")), key=len)]


def _summary(terms: Terms, occasion: Occasion) -> str:
    mark = terms("mark.inferred") if occasion.deadline.inferred else ""
    heading = " ".join(filter(None, (occasion.label, occasion.title)))
    words = {"heading": heading, "phrase": occasion.deadline.phrase + mark}
    pattern = terms("calendar.node_summary" if occasion.decided else "calendar.summary")
    return lines_only(pattern.format(**words))


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
