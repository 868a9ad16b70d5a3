"""How near the import of the source comes to the plan that people encoded by hand: `make import-score`.

Nothing of the hand-encoded plan is shown to the import: it reads plan/source/ into an empty project.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.importing.importer import ImportRequest, Surroundings, draft_document
from generator.model import DeadlineKind, Passage, Plan
from generator.project import Project
from generator.storage import load_project

ROOT = Path(__file__).parent.parent
IDS = ("scheme", "action-2024")
DATED = frozenset((DeadlineKind.BY, DeadlineKind.FROM, DeadlineKind.BETWEEN))

Facts = Counter[tuple[object, ...]]


@dataclass(frozen=True)
class Score:
    """How many facts both have, and what only one of them has."""

    name: str
    shared: int
    missing: Facts
    extra: Facts

    @property
    def recall(self) -> float:
        """The share of the true facts that the import has."""
        return self.shared / max(1, self.shared + self.missing.total())

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        return 2 * self.shared / max(1, 2 * self.shared + self.missing.total() + self.extra.total())


def scores(root: Path = ROOT) -> tuple[Score, ...]:
    """Every figure of the comparison."""
    true = load_project(Project(root)).plans
    drafts = imported(root)
    return tuple(
        _score(name, Counter(read(true)), Counter(read(drafts)))
        for name, read in (
            ("正文（逐句）", texts),
            ("责任分工（单位、角色）", assignments),
            ("“等”（名单未列尽）", open_lists),
            ("有日期的时限", dated_deadlines),
            ("全部时限（含持续、周期）", all_deadlines),
            ("有数值的目标值", numeric_targets),
            ("目标值（含指标名称）", named_targets),
            ("提及（不含种类）", mentions),
        )
    )


def imported(root: Path = ROOT) -> tuple[Plan, ...]:
    """The plans that the import makes of the source, in an empty project."""
    content = (root / "plan/source/chengzhengfa-2024-9.txt").read_bytes()
    request = ImportRequest("chengzhengfa-2024-9.txt", content, IDS[0], IDS[1:])
    return tuple(
        Plan(head=plan.head, measures=plan.measures) for plan in draft_document(request, Surroundings()).plans
    )


def _score(name: str, true: Facts, read: Facts) -> Score:
    return Score(name, (true & read).total(), true - read, read - true)


def passages(plans: Sequence[Plan]) -> Iterator[tuple[str, Passage]]:
    """Every sentence and paragraph with an id that both sides share."""
    for plan in plans:
        for name, blocks in (("front", plan.head.front), ("back", plan.head.back)):
            yield from ((f"{plan.id}-{name}-{index}", block) for index, block in enumerate(blocks, 1))
        for number, section in enumerate(plan.head.sections, 1):
            for index, block in enumerate(section.paragraphs, 1):
                yield f"{plan.id}-section-{number}.{index}", block
            for place, objective in enumerate(section.objectives, 1):
                for index, statement in enumerate(objective.statements, 1):
                    yield f"{plan.id}-objective-{number}-{place}.{index}", statement
        for measure in plan.measures:
            for position, clause in enumerate(measure.clauses, 1):
                for index, statement in enumerate(clause.statements, 1):
                    yield f"{plan.clause_id(measure, position)}.{index}", statement


def texts(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """Sentences, titles, headings and brackets, word for word and each at its place."""
    yield from ((name, passage.text) for name, passage in passages(plans))
    for plan in plans:
        yield plan.id, plan.head.title, plan.head.document_number, plan.head.issued, plan.head.year
        for section in plan.head.sections:
            yield plan.id, section.printed_number, section.title
            yield from ((plan.id, found.number, found.title, found.kind) for found in section.objectives)
            yield from ((plan.id, section.number, found.printed_number, found.title) for found in section.chapters)
        for measure in plan.measures:
            yield plan.measure_id(measure), measure.printed, measure.title, measure.chapter
            for position, clause in enumerate(measure.clauses, 1):
                printed = clause.responsibility.printed() if clause.responsibility else None
                yield plan.clause_id(measure, position), printed, clause.tail


def assignments(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """(task, role, name as written)."""
    for plan in plans:
        for measure in plan.measures:
            for position, clause in enumerate(measure.clauses, 1):
                for role, name in clause.responsibility.by_role() if clause.responsibility else ():
                    yield plan.task_label(measure, position), role.value, name


def open_lists(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """(task, whether its list is open)."""
    for plan in plans:
        for measure in plan.measures:
            for position, clause in enumerate(measure.clauses, 1):
                if clause.responsibility:
                    yield plan.task_label(measure, position), clause.responsibility.open


def dated_deadlines(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """(sentence, kind, first day, last day) of times that give a day."""
    for name, passage in passages(plans):
        for found in passage.deadlines:
            if found.kind in DATED:
                yield name, found.kind.value, found.start, found.end


def all_deadlines(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """(sentence, phrase, kind, days, recurrence)."""
    for name, passage in passages(plans):
        for found in passage.deadlines:
            yield name, found.phrase, found.kind.value, found.start, found.end, found.recurrence


def numeric_targets(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """(sentence, comparator, value, symbol, baseline) of targets with a figure."""
    for name, passage in passages(plans):
        for found in passage.targets:
            if found.value is not None:
                yield name, found.comparator.value, found.value, found.symbol, found.baseline


def named_targets(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """(sentence, phrase, indicator, comparator, value)."""
    for name, passage in passages(plans):
        for found in passage.targets:
            yield name, found.phrase, found.indicator, found.comparator.value, found.value, found.external


def mentions(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    """(sentence, phrase)."""
    for name, passage in passages(plans):
        yield from ((name, found.phrase) for found in passage.mentions)


def main() -> int:
    """Print every figure, then the differences; 1 where the import falls below what is promised."""
    found = scores()
    for score in found:
        total = score.shared + score.missing.total()
        print(f"{score.name}\t原稿 {total}，一致 {score.shared}，召回 {score.recall:.1%}，F1 {score.f1:.3f}")
    for score in found:
        for sign, facts in (("缺", score.missing), ("多", score.extra)):
            for fact in facts.elements():
                print(f"  {score.name} {sign}：{'｜'.join(str(part) for part in fact)[:300]}")
    return 0 if good_enough(found) else 1


def good_enough(found: Sequence[Score]) -> bool:
    """Text, assignments and open lists in full; dated deadlines and numeric targets nearly so."""
    by_name = {score.name: score for score in found}
    whole = ("正文（逐句）", "责任分工（单位、角色）", "“等”（名单未列尽）")
    nearly = ("有日期的时限", "有数值的目标值")
    return all(by_name[name].f1 == 1 for name in whole) and all(by_name[name].f1 >= 0.97 for name in nearly)


if __name__ == "__main__":
    sys.exit(main())
