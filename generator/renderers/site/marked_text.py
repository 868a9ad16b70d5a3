"""The text itself with its units, times and figures marked: words stay verbatim, only tags come between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from generator.analysis.named_in_text import Named, Register
from generator.analysis.readings import deadline_reading, target_reading
from generator.graph import ResponsibilityGraph, Task
from generator.model import Deadline, Passage
from generator.renderers.site.links import Links
from generator.terms import Terms

MARKED = Markup('<mark class="%s" title="%s">%s</mark>')
SIGN = Markup('<sup class="pb-sign">%s</sup>')
NAMED = Markup('<a class="pb-named" href="%s" title="%s">%s</a>')
LINK = Markup('<a class="pb-unit" href="%s" title="%s">%s</a>')


@dataclass(frozen=True)
class Mark:
    """A run of the text and what was read in it, for a unit the address of its page.

    `sign` follows the run: ※ where the reading was inferred, 待确认 where a name may mean another.
    """

    start: int
    end: int
    kind: str
    note: str
    sign: str = ""
    address: str = ""


def marked_passage(terms: Terms, register: Register, links: Links, passage: Passage) -> Markup:
    """A sentence or paragraph with its units, times, figures and mentions marked."""
    units = (_unit_mark(terms, links, named) for named in register.named_in(passage.text))
    return marked_text(passage.text, (*marks_in(terms, passage), *units))


def _unit_mark(terms: Terms, links: Links, named: Named) -> Mark:
    note, sign = named_note(terms, links.book.graph, named), "" if named.settled else terms("mark.unconfirmed")
    return Mark(named.start, named.end, "named", note, sign, links.party(named.party))


def named_note(terms: Terms, graph: ResponsibilityGraph, named: Named) -> str:
    """Whom a name in the text means, and what is open about that."""
    group, now = graph.group_by_id.get(named.party), graph.now_called(named.written, named.party)
    if group and not group.confirmed:
        doubt = terms("remark.group_unconfirmed" if group.members else "remark.group_unknown")
    else:
        doubt = "" if named.settled else terms("mark.unconfirmed")
    name = graph.name(named.party)
    return "；".join(filter(None, (terms("duty.now").format(written=name, now=now) if now else name, doubt)))


def marks_in(terms: Terms, passage: Passage) -> tuple[Mark, ...]:
    """What was read in a passage, each where its phrase stands; a phrase that is not there is left out."""
    inferred = terms("mark.inferred")
    read = [
        *(
            (found.phrase, "time", _time_note(terms, found), inferred * found.inferred)
            for found in passage.deadlines
        ),
        *(
            (found.phrase, "figure", f"{found.indicator}：{target_reading(terms, found)}", "")
            for found in passage.targets
        ),
        *(
            (found.phrase, "mention", terms("reading_note.mention").format(kind=terms.label(found.kind)), "")
            for found in passage.mentions
        ),
    ]
    seen: dict[tuple[str, str], int] = {}
    marks = []
    for phrase, kind, note, sign in read:
        place = _occurrence(passage.text, phrase, seen.get((kind, phrase), 0))
        seen[kind, phrase] = seen.get((kind, phrase), 0) + 1
        if place >= 0:
            marks.append(Mark(place, place + len(phrase), kind, note, sign))
    return tuple(marks)


def _time_note(terms: Terms, deadline: Deadline) -> str:
    note = terms("reading_note.time").format(
        kind=terms.label(deadline.kind), reading=deadline_reading(terms, deadline)
    )
    return f"{note}（{terms('reading_note.inferred')}：{deadline.basis}）" if deadline.inferred else note


def _occurrence(text: str, phrase: str, number: int) -> int:
    """Where a phrase that is listed several times stands the `number`-th time, else where it stands first."""
    place = first = text.find(phrase)
    for _ in range(number):
        place = text.find(phrase, place + 1) if place >= 0 else place
    return place if place >= 0 else first


def marked_text(text: str, marks: tuple[Mark, ...]) -> Markup:
    """Marks may overlap, so the text is cut at every edge and each piece bears all marks that cover it."""
    if not marks:
        return escape(text)
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    pieces = (
        _piece(text[start:end], end, [mark for mark in marks if mark.start <= start and end <= mark.end])
        for start, end in pairwise(edges)
    )
    return Markup().join(pieces)


def _piece(text: str, end: int, marks: list[Mark]) -> Markup:
    if not marks:
        return escape(text)
    kinds = " ".join(dict.fromkeys(f"pb-{mark.kind}" for mark in marks))
    notes = "；".join(dict.fromkeys(mark.note for mark in marks))
    signs = "".join(dict.fromkeys(mark.sign for mark in marks if mark.end == end and mark.sign))
    addresses = [mark.address for mark in marks if mark.address]
    marked = MARKED % (kinds, notes, text)
    if addresses:
        inner = MARKED % (kinds, notes, text) if len(addresses) < len(marks) else text
        marked = NAMED % (addresses[0], notes, inner)
    return marked + SIGN % signs if signs else marked


def _party_note(terms: Terms, task: Task, links: Links, written: str) -> str:
    """The role of a printed name, and who answers now where others have taken over."""
    held = [found for found in task.assignments if found.written == written]
    now = [name for found in held if (name := links.book.graph.now_called(written, found.party))]
    role = terms.label(held[0].role)
    return terms("duty.now").format(written=role, now="、".join(now)) if now else role


def linked_phrase(terms: Terms, links: Links, task: Task) -> Markup:
    """The responsibility as printed, brackets included, each unit in it a link to its page."""
    responsibility = task.clause.responsibility
    if responsibility is None:
        return Markup()
    by_name = {found.written: found for found in reversed(task.assignments) if found.written}
    return Markup().join(
        LINK % (links.party(by_name[piece].party), _party_note(terms, task, links, piece), piece)
        if piece in by_name
        else piece
        for piece in _cut_at(by_name, responsibility.printed())
    )


def _cut_at(names: Iterable[str], text: str) -> Iterator[str]:
    """A text in pieces: the names in it, the longest where several begin, and what stands between them."""
    begin = 0
    while True:
        found = [(place, -len(name), name) for name in names if (place := text.find(name, begin)) >= 0]
        if not found:
            break
        place, _, name = min(found)
        yield from (text[begin:place], name)
        begin = place + len(name)
    yield text[begin:]
