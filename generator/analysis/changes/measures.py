"""What changed in measures and their tasks: words, times, figures, who is responsible, and their number."""

from __future__ import annotations

from generator.analysis.changes.facts import Values, fact_changes, given
from generator.analysis.changes.pairing import Item, paired
from generator.analysis.changes.parties import Side, party_changes, task_reference
from generator.analysis.changes.pieces import Fact, Reference
from generator.analysis.changes.tables import ClauseChange, MeasureChange
from generator.analysis.changes.texts import Passages, text_changes
from generator.graph import ResponsibilityGraph, Task

TaskPair = tuple[Task | None, Task | None]


def measure_pairs(
    before: ResponsibilityGraph, after: ResponsibilityGraph
) -> tuple[tuple[str | None, str | None], ...]:
    """Which measure is which, over all plans."""
    return paired(_items(before), _items(after))


def _items(graph: ResponsibilityGraph) -> list[Item]:
    return [
        Item(
            name,
            "\n".join([measure.title or "", *(clause.text for clause in measure.clauses)]),
            measure.title or "",
        )
        for name, (_, measure) in graph.measures.items()
    ]


def task_pairs(before: tuple[Task, ...], after: tuple[Task, ...]) -> tuple[TaskPair, ...]:
    """Which clause of a measure is which: by its whole text, then by its position."""
    ours, theirs = _by_position(before), _by_position(after)
    pairs = paired(
        [Item(position, task.clause.text) for position, task in ours.items()],
        [Item(position, task.clause.text) for position, task in theirs.items()],
    )
    return tuple((ours.get(old or ""), theirs.get(new or "")) for old, new in pairs)


def _by_position(tasks: tuple[Task, ...]) -> dict[str, Task]:
    return {str(task.position): task for task in tasks}


def clause_change(before: Side, after: Side, old: Task | None, new: Task | None) -> ClauseChange:
    """What changed in a task; nothing may have."""
    brackets = _bracket(old), _bracket(new)
    return ClauseChange(
        before=task_reference(old),
        after=task_reference(new),
        text=text_changes(_passages(old), _passages(new)),
        parties=party_changes(before, after, old, new),
        bracket=Fact("responsibility", *brackets) if brackets[0] != brackets[1] else None,
    )


def _bracket(task: Task | None) -> tuple[str, ...]:
    if task is None:
        return ()
    responsibility = task.clause.responsibility
    return given((responsibility.printed() if responsibility else "") + task.clause.tail)


def _passages(task: Task | None) -> Passages:
    statements = task.clause.statements if task else ()
    return [(task.statement_id(index), found) for index, found in enumerate(statements) if task]


def measure_change(
    before: ResponsibilityGraph,
    after: ResponsibilityGraph,
    pair: tuple[str | None, str | None],
    clauses: tuple[ClauseChange, ...],
) -> MeasureChange | None:
    """A measure with those of its tasks that changed; None where nothing did."""
    old, new = pair
    found = MeasureChange(
        before=_reference(before, old),
        after=_reference(after, new),
        facts=fact_changes(_values(before, old), _values(after, new)) if old and new else (),
        clauses=tuple(clause for clause in clauses if _tells(clause)),
    )
    return found if old != new or found.facts or found.clauses else None


def _tells(clause: ClauseChange) -> bool:
    """Whether a task came, went, changed, or changed its place within its measure."""
    if clause.before is None or clause.after is None or clause.altered:
        return True
    return clause.before.id.rpartition(".")[2] != clause.after.id.rpartition(".")[2]


def _reference(graph: ResponsibilityGraph, measure_id: str | None) -> Reference | None:
    if measure_id is None:
        return None
    plan, measure = graph.measures[measure_id]
    return Reference(measure_id, plan.measure_label(measure), measure.title or "")


def _values(graph: ResponsibilityGraph, measure_id: str) -> Values:
    plan, measure = graph.measures[measure_id]
    under = graph.chapter_of(plan, measure)
    return {
        "title": given(measure.title),
        "title_mark": given(measure.title_mark if measure.title else None),
        "printed_number": given(measure.printed_number),
        "chapter": given(f"{under[1].printed_number}{under[1].title}" if under else measure.chapter),
        "carried_from": given(measure.carried_from),
    }
