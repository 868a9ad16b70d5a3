"""The forms that go out for a period or a year, with the names of their files."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.monthly import monthly_forms
from generator.analysis.tasks import annual_plans
from generator.book import Book, apart
from generator.forms.monthly_paper import draw_monthly_paper
from generator.forms.monthly_workbook import draw_monthly_workbook
from generator.forms.writer import draw_form
from generator.model import Period
from generator.writing import filled_name

Named = tuple[str, bytes]
"""The name of a file and its content."""


def period_forms(book: Book, period: Period, only: tuple[str, ...] = (), twins: bool = True) -> Iterator[Named]:
    """月调度表 of every unit, or of those in `only`, for the period; `twins` are the same in Word.

    All lie in one folder: PlanError where two would have one name.
    """
    return iter(apart(_period_forms(book, period, only, twins)).items())


def annual_forms(book: Book, year: int, only: tuple[str, ...] = ()) -> Iterator[Named]:
    """年度考核表 of every unit that is assessed, or of those in `only`; all lie in one folder."""
    return iter(apart(_annual_forms(book, year, only)).items())


def _period_forms(book: Book, period: Period, only: tuple[str, ...], twins: bool) -> Iterator[Named]:
    plans = [plan for plan in annual_plans(book.plans) if (plan.head.year or 0) <= period.last.year]
    for plan in plans[-1:]:
        for form in monthly_forms(book.graph, book.ledger, book.loaded.rules, plan.id, period):
            if not only or form.unit in only:
                words = {"period": period.label, "unit": book.graph.name(form.unit)}
                name = filled_name(book.terms("monthly_form.file"), words)
                yield f"{name}.xlsx", draw_monthly_workbook(book, form)
                if twins:
                    yield f"{name}.docx", draw_monthly_paper(book, form)


def _annual_forms(book: Book, year: int, only: tuple[str, ...]) -> Iterator[Named]:
    for form in book.forms.values():
        if form.year == year and (not only or form.unit in only):
            words = {"unit": book.graph.name(form.unit), "year": year}
            stem, _, suffix = book.terms("download.assessment_form_word").rpartition(".")
            yield f"{filled_name(stem, words)}.{suffix}", draw_form(book, form)
