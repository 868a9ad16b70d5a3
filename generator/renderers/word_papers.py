"""The Word papers and what each gives its template: one paper = one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.analysis.ledger import LedgerEntry
from generator.analysis.monthly import monthly_forms
from generator.analysis.supervision import SupervisionOrder
from generator.analysis.tasks import annual_plans
from generator.book import Book
from generator.forms import writer
from generator.forms.monthly_paper import monthly_context
from generator.model import Period, PeriodKind, Rung, Supervision
from generator.renderers import responsibility_table, task_list_word
from generator.renderers.circular_word import circular_context
from generator.renderers.office_papers import Issue
from generator.renderers.supervision_word import order_context, orders_of, reply_context

Context = Mapping[str, object]
LAST_MONTH = "{}-12"
"""The month that asks for what is due monthly, quarterly and yearly."""


@dataclass(frozen=True)
class WordPaper:
    """A paper with a template of its own, `templates/word/<name>.docx`; its title is `word_paper.<name>`.

    `contexts` are the very values that its renderer gives to the template, for every paper of a book.
    """

    name: str
    contexts: Callable[[Book], Iterable[Context]]

    @property
    def template(self) -> str:
        """Where its template stands below templates/."""
        return f"word/{self.name}.docx"


def _task_lists(book: Book) -> Iterator[Context]:
    return (task_list_word.task_list_context(book, unit) for unit in book.units)


def _assessment_forms(book: Book) -> Iterator[Context]:
    return (writer.form_context(book, form) for form in book.forms.values())


def _monthly_forms(book: Book) -> Iterator[Context]:
    for issue in _last_months(book):
        for form in monthly_forms(book.graph, book.ledger, book.loaded.rules, issue.plan, issue.period):
            yield monthly_context(book, form)


def _responsibility_tables(book: Book) -> Iterator[Context]:
    yield responsibility_table.responsibility_context(book)


def _circulars(book: Book) -> Iterator[Context]:
    return (circular_context(book, issue) for issue in _last_months(book))


def _orders(book: Book) -> Iterator[Context]:
    return (order_context(book, order) for order in _all_orders(book))


def _replies(book: Book) -> Iterator[Context]:
    return (reply_context(book, order) for order in _all_orders(book))


def _all_orders(book: Book) -> Iterator[SupervisionOrder]:
    """Every order of the year; a specimen of the first task where nothing was decided yet."""
    for issue in _last_months(book):
        year = replace(issue, period=Period.holding(issue.period.first, PeriodKind.YEAR))
        specimens = (_specimen(entry, book.as_of) for entry in book.ledger.of_plan(issue.plan)[:1])
        yield from orders_of(book, year) or specimens


def _specimen(entry: LedgerEntry, on: date) -> SupervisionOrder:
    said = dict.fromkeys(("basis", "by"), entry.row.plan_title)
    decided = Supervision(task=entry.task, unit=entry.unit, rung=Rung.SUPERVISION, on=on, **said)
    return SupervisionOrder(entry.plan, decided, entry.unit, entry.row, entry, ())


def _last_months(book: Book) -> Iterator[Issue]:
    for plan in annual_plans(book.plans):
        if period := Period.parse(LAST_MONTH.format(plan.head.year)):
            yield Issue(plan.id, period)


WORD_PAPERS: Mapping[str, WordPaper] = {
    paper.name: paper
    for paper in (
        WordPaper("task_list", _task_lists),
        WordPaper("assessment_form", _assessment_forms),
        WordPaper("responsibility_table", _responsibility_tables),
        WordPaper("monthly_form", _monthly_forms),
        WordPaper("circular", _circulars),
        WordPaper("supervision_order", _orders),
        WordPaper("supervision_reply", _replies),
    )
}
