"""通报.docx: the draft of a circular, without red head, number and date, within 1,500 characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.analysis.air import AirLine
from generator.analysis.circular import Circular, TaskProblem, circular
from generator.analysis.facts import brief_fact_texts, last_day_text
from generator.analysis.ledger import LedgerEntry, ReturnStanding
from generator.analysis.notes import inference_text
from generator.analysis.progress import UnitProgress
from generator.analysis.reporting import reporting
from generator.analysis.unit_wording import formal_name
from generator.analysis.wording import day_text, inference_notes, short_day
from generator.book import Book
from generator.model import AirRow, ReturnState
from generator.office.word import Identity, draw_word
from generator.office.word_count import document_length
from generator.renderers.office_papers import Drawn, Issue, OfficePaper

TEMPLATE = "word/circular.docx"
LONGEST = 1500
REASON = 32
CHANGES = frozenset({"pm25_change", "pm10_change", "o3_change", "index_change"})
DECIMALS = {"index": 2, **dict.fromkeys(CHANGES, 1)}
FIGURES = (
    *("pm25", "pm25_cumulative", "pm25_change", "pm10", "pm10_cumulative", "pm10_change"),
    *("o3", "o3_cumulative", "o3_change", "index", "index_change", "good_days", "dust", "rank"),
)
FULL_WIDTH = str.maketrans({",": "，", ":": "：", "(": "（", ")": "）"})
TOLD = ("deadline", "facts", "reason", "required")
CAME = frozenset({ReturnState.REPORTED, ReturnState.REVIEWED, ReturnState.INCOMPLETE})
COUNTS = ("total", "completed", "going_well", "behind", "blocked")

Context = Mapping[str, object]


def draw_circular(book: Book, issue: Issue) -> Iterator[Drawn]:
    """One draft."""
    yield {}, _draw(book, issue, circular_context(book, issue))


def circular_context(book: Book, issue: Issue) -> Context:
    """What the template may ask for; the problems that do not fit are counted and left to the ledger."""
    rules, plan = book.loaded.rules, book.plan(issue.plan)
    returns = reporting(book.graph, book.ledger, rules, book.forms, issue.plan, issue.period)
    found = circular(book.graph, book.ledger, rules, plan, book.loaded.air, returns, issue.period)
    fixed = _fixed_context(book, found)
    lines = [_problem_lines(book, problem) for problem in found.problems]

    def context(shown: int) -> Context:
        return {**fixed, **_problem_context(book, found, lines, shown)}

    def too_long(shown: int) -> bool:
        return document_length(_draw(book, issue, context(shown))) > LONGEST

    fitting = bisect_left(range(1, len(lines) + 1), True, key=too_long)
    return context(fitting)


def _draw(book: Book, issue: Issue, context: Context) -> bytes:
    identifier = f"planbook:circular:1:{issue.plan}:{issue.period.id}"
    title = str(context["title"]).replace("\n", "")
    return draw_word(
        book.project.template(TEMPLATE), context, Identity(identifier, title, book.as_of, book.internal_mark)
    )


def _problem_context(book: Book, found: Circular, lines: list[list[dict[str, str]]], shown: int) -> Context:
    return {
        "problems": [line for problem in lines[:shown] for line in problem],
        "problem_text": _problem_text(book, found, shown),
        "problem_notes": _problem_notes(book, found.problems[:shown]) if shown else (),
    }


def _name(book: Book, unit: str) -> str:
    """The formal name; a sign, explained below the table, where the document does not name the unit."""
    found = book.graph.unit_by_id[unit]
    return formal_name(found) + ("" if found.confirmed else book.terms("circular.unconfirmed"))


def _names(book: Book, units: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(_name(book, unit) for unit in units))


def _words(book: Book, found: Circular) -> dict[str, str]:
    return {
        "period": found.period.label,
        "subject": book.terms("circular.subject"),
        "day": day_text(found.as_of),
        "cutoff": day_text(found.cutoff),
    }


def _fixed_context(book: Book, found: Circular) -> Context:
    """Everything but the problems."""
    terms, words = book.terms, _words(book, found)
    *requirements, last = _requirements(book, found)
    return {
        "title": terms("circular.title").format(**words),
        "number": terms("circular.number"),
        "addressees": found.addressees.translate(FULL_WIDTH),
        "opening": terms("circular.opening").format(**words),
        "air": _air(book, found),
        "progress": _progress_text(book, found, words),
        "units": [*(_unit_line(book, found, line) for line in found.units), _total_line(book, found)],
        "progress_notes": tuple(_progress_notes(book, found)),
        "commended": terms("circular.progress.commended").format(units=_names(book, found.commended))
        if found.commended
        else "",
        "requirements": requirements,
        "last_requirement": last,
        "issuer": terms("circular.issuer"),
        "date": terms("office_paper.blank_date"),
    }


def _air(book: Book, found: Circular) -> Context:
    terms, table = book.terms, found.air
    month = f"{found.period.last.year}年{found.period.last.month}月"
    if table is None:
        return {"text": terms("circular.air.none").format(month=month), "rows": (), "notes": ()}
    notes = [
        terms("circular.air.source").format(
            source=source, audited=terms(f"circular.air.{'audited' if audited else 'not_audited'}")
        )
        for source, audited in table.sources
    ]
    if table.lacking:
        notes.append(terms("circular.air.lacking").format(units=_names(book, table.lacking)))
    return {
        "text": terms("circular.air.some").format(month=month),
        "rows": tuple(_air_line(book, line) for line in table.lines),
        "notes": ("".join((*notes, terms("circular.air.marks"))),),
    }


def _air_line(book: Book, line: AirLine) -> Context:
    blank = book.terms("circular.no_value")
    return {"unit": _name(book, line.unit), **{key: _figure(line.row, key) or blank for key in FIGURES}}


def _figure(row: AirRow | None, key: str) -> str:
    value = getattr(row, key) if row else None
    if value is None:
        return ""
    shown = f"{value:+g}" if key in CHANGES and value else f"{value:g}"
    return _padded(shown, DECIMALS.get(key, 0)) if value else shown


def _padded(shown: str, decimals: int) -> str:
    """With so many decimals at least, so that a column reads evenly: 4.3 → 4.30."""
    whole, _, rest = shown.partition(".")
    return f"{whole}.{rest.ljust(decimals, '0')}" if decimals and "e" not in shown else shown


def _progress_text(book: Book, found: Circular, words: Mapping[str, str]) -> str:
    if not found.started:
        return book.terms("circular.progress.none").format(**words)
    return book.terms("circular.progress.some").format(units=len(found.units), **_totals(found))


def _progress_notes(book: Book, found: Circular) -> Iterator[str]:
    told = [book.terms("circular.progress.columns")] if found.started else []
    if any(not book.graph.unit_by_id[line.unit].confirmed for line in found.units):
        told.append(book.terms("circular.unconfirmed_note"))
    if told:
        yield "".join(told)


def _totals(found: Circular) -> dict[str, int]:
    return {key: sum(getattr(line, key) for line in found.units) for key in COUNTS}


def _unit_line(book: Book, found: Circular, line: UnitProgress) -> Context:
    counts = {key: getattr(line, key) for key in COUNTS}
    returned = [_returned(book, line.returned, found.started)]
    if found.started:
        for state, count in line.others:
            name = book.terms.label(state) if state else book.terms("circular.progress.silent")
            returned.append(book.terms("circular.progress.other").format(state=name, count=count))
    else:
        counts |= dict.fromkeys(COUNTS[1:], book.terms("circular.no_value"))
    return {"unit": _name(book, line.unit), **counts, "returned": "；".join(returned)}


def _total_line(book: Book, found: Circular) -> Context:
    blank = dict.fromkeys(COUNTS[1:], book.terms("circular.no_value"))
    counts = _totals(found) if found.started else {**_totals(found), **blank}
    return {"unit": book.terms("circular.progress.total"), **counts, "returned": ""}


def _returned(book: Book, standing: ReturnStanding | None, started: bool) -> str:
    """报送情况 in a few words; before reporting has begun nobody is said not to have reported."""
    terms = book.terms
    if standing is None:
        return terms("circular.returned.not_asked")
    if standing.state is ReturnState.UNREPORTED:
        if not started:
            return terms("circular.returned.not_begun")
        return terms.label(standing.state) if standing.closed else terms("circular.returned.not_due")
    moment = terms("circular.returned.late" if standing.late else "circular.returned.on_time")
    told = moment if standing.state in CAME else f"{terms.label(standing.state)}，{moment}"
    missing = terms("circular.returned.missing").format(count=len(standing.missing))
    return f"{told}，{missing}" if standing.missing else told


def _problem_text(book: Book, found: Circular, shown: int) -> str:
    terms, count = book.terms, len(found.problems)
    if not found.started:
        return terms("circular.problem.not_started")
    key = "none" if not count else "some" if shown == count else "shortened"
    told = [terms(f"circular.problem.{key}").format(count=count, shown=shown, rest=count - shown)]
    if found.unreported:
        told.append(terms("circular.problem.unreported").format(units=_names(book, found.unreported)))
    if found.silent:
        told.append(terms("circular.problem.silent").format(count=found.silent))
    return "".join(told)


def _problem_notes(book: Book, problems: Iterable[TaskProblem]) -> tuple[str, ...]:
    inferred = [problem.row for problem in problems if any(entry.due_inferred for entry in problem.entries)]
    notes = (inference_text(book.terms, note) for note in inference_notes(inferred))
    return (book.terms("circular.problem.own_words"), *notes)


def _problem_lines(book: Book, problem: TaskProblem) -> list[dict[str, str]]:
    """One line for all units of which the same is to be said; the first has the title of the task."""
    units: dict[tuple[str, ...], list[str]] = {}
    for entry, required in zip(problem.entries, problem.required, strict=True):
        units.setdefault(_told(book, entry, required), []).append(entry.unit)
    titles = [problem.row.title, *[""] * len(units)]
    return [
        {
            "task": "\n".join(filter(None, (problem.row.label, title))),
            "units": _names(book, named),
            **dict(zip(TOLD, told, strict=True)),
        }
        for title, (told, named) in zip(titles, units.items(), strict=False)
    ]


def _told(book: Book, entry: LedgerEntry, required: date | None) -> tuple[str, ...]:
    reported = entry.report.problems if entry.report else None
    silent = "circular.problem.no_reason" if entry.report else "circular.progress.silent"
    return (
        last_day_text(book.terms, entry, short_day),
        "；".join(brief_fact_texts(book.terms, entry)),
        _shortened(reported) if reported else book.terms(silent),
        short_day(required) if required else book.terms("office_paper.blank_day"),
    )


def _shortened(reason: str) -> str:
    """The unit's own words; of a long reason its beginning, with the sign that it goes on."""
    return reason if len(reason) <= REASON else f"{reason[: REASON - 2]}……"


def _requirements(book: Book, found: Circular) -> Iterator[str]:
    terms = book.terms
    words = {
        "period": found.period.label,
        "following": found.following.label,
        "cutoff": day_text(found.following_cutoff),
        "tasks": "、".join(row.label for row in found.due_next),
    }
    yield terms(f"circular.requirement.{'solve' if found.problems else 'going_on'}")
    yield terms(f"circular.requirement.{'report' if found.unreported else 'report_all'}").format(**words)
    yield terms(f"circular.requirement.{'due_next' if found.due_next else 'following'}").format(**words)


PAPER = OfficePaper("circular", draw_circular)
