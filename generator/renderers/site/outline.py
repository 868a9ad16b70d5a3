"""The outline of the measures (章节): which chapter each stands under, and that chapter's address."""

from __future__ import annotations

from dataclasses import dataclass

from generator.graph import ResponsibilityGraph
from generator.model import Plan


@dataclass(frozen=True)
class ChapterEntry:
    """A chapter with the measures under it; those under no chapter stand in an entry without title or page.

    `id` is `scheme-3-4`, the fourth chapter of the third section; `anchor` is its heading in the document.
    """

    id: str
    plan: Plan
    anchor: str
    number: str
    title: str
    section: str
    safeguard: bool
    basis: str | None
    measures: tuple[str, ...]

    @property
    def address(self) -> str:
        """The chapter's page."""
        return f"chapters/{self.id}.html"


def outline(graph: ResponsibilityGraph) -> tuple[ChapterEntry, ...]:
    """The chapters that have measures, in the order of the document."""
    under: dict[tuple[str, int, int], list[str]] = {}
    for measure_id, (plan, measure) in graph.measures.items():
        found = graph.chapter_of(plan, measure)
        section = plan.head.sections.index(found[0]) + 1 if found else 0
        chapter = found[0].chapters.index(found[1]) + 1 if found else 0
        under.setdefault((plan.id, section, chapter), []).append(measure_id)
    plans = {plan.id: plan for plan in graph.plans}
    return tuple(_entry(plans[plan], section, chapter, ids) for (plan, section, chapter), ids in under.items())


def _entry(plan: Plan, section: int, chapter: int, measures: list[str]) -> ChapterEntry:
    if not section:
        return ChapterEntry(plan.id, plan, "", "", "", "", False, None, tuple(measures))
    above = plan.head.sections[section - 1]
    found = above.chapters[chapter - 1]
    return ChapterEntry(
        id=f"{plan.id}-{section}-{chapter}",
        plan=plan,
        anchor=f"{plan.id}-section-{section}-chapter-{chapter}",
        number=found.printed_number,
        title=found.title,
        section=f"{above.printed_number}{above.title}",
        safeguard=found.safeguard,
        basis=found.basis,
        measures=tuple(measures),
    )
