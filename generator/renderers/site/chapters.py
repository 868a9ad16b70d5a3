"""Pages of chapters (章): the index of all measures, and one page for each chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.renderers.site.desk import WIDE, Desk, Page


def chapter_pages(desk: Desk) -> Iterator[Page]:
    """The index of all measures, then a page for every chapter."""
    yield _index(desk)
    chapters = [entry for entry in desk.outline if entry.title]
    for place, entry in enumerate(chapters):
        wanted = set(entry.measures)
        rows = [row for row in desk.book.rows if row.measure_id in wanted]
        counts = Counter(party for row in rows for party in {found for _, _, found in row.parties})
        order = desk.book.graph.order
        yield desk.draw(
            entry.address,
            f"{entry.number}{entry.title}",
            "chapter.md.j2",
            plan=entry.plan,
            chapter=entry,
            rows=rows,
            parties=sorted(counts.items(), key=lambda item: order[item[0]]),
            before=chapters[place - 1] if place else None,
            after=chapters[place + 1] if place + 1 < len(chapters) else None,
            hidden=WIDE,
        )


def _index(desk: Desk) -> Page:
    plans = [
        (plan, [entry for entry in desk.outline if entry.plan.id == plan.id])
        for plan in desk.book.plans
        if plan.measures
    ]
    return desk.draw("measures/index.html", desk.book.terms("page.measures"), "measures.md.j2", plans=plans)
