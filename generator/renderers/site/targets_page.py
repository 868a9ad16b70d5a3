"""The goals (目标): figure, how it binds, by when, who answers, where the text says so."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.goals import goals
from generator.renderers.site.desk import WIDE, Desk, Page

ADDRESS = "targets.html"


def targets_page(desk: Desk) -> Iterator[Page]:
    """The one page of goals, a band for each plan."""
    book = desk.book
    found = goals(book.graph, book.rows)
    plans = [(plan, [goal for goal in found if goal.plan == plan.id]) for plan in book.plans]
    answering = {party for goal in found if goal.row for _, _, party in goal.row.parties}
    yield desk.draw(
        ADDRESS,
        book.terms("page.targets"),
        "targets.md.j2",
        goals=found,
        plans=[band for band in plans if band[1]],
        parties=[party for party in book.graph.order if party in answering],
        external=sum(1 for goal in found if goal.target.external),
        untimed=sum(1 for goal in found if not goal.times),
        hidden=WIDE,
    )
