"""What holds of any two versions of any plan: nothing is missed or made up, and both ways say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.changes import Changes, SentenceChange, compare
from generator.analysis.changes.alignment import aligned, marked
from generator.graph import ResponsibilityGraph, resolve
from generator.model import (
    CalendarFile,
    Clause,
    Deadline,
    DeadlineKind,
    Link,
    LinkKind,
    Measure,
    Passage,
    Plan,
    PlanHead,
    Responsibility,
    RulesFile,
    Target,
    Unit,
    UnitGroup,
    UnitKind,
    UnitsFile,
)
from generator.storage import LoadedProject
from tests.properties import examples
from tests.versions import NAMES, joined, mirrored, unordered

# Takes too long for the suite that runs at every change.
pytestmark = pytest.mark.slow

# Plans made of few words, so that the same sentence, title or unit turns up again and again.
SENTENCES = ("开展巡查。", "开展两次巡查。", "完成管网建设12公里。", "完成管网建设15公里。", "常态化保洁。", "")
UNITS = tuple(
    Unit(id=name, name=written, kind=UnitKind.DEPARTMENT, confirmed=True)
    for name, written in (("water", "区水务局"), ("housing", "区住建局"), ("north", "北溪镇"), ("south", "南桥镇"))
)

deadlines = st.builds(
    Deadline,
    phrase=st.sampled_from(["年底前", "9月底前"]),
    kind=st.just(DeadlineKind.BY),
    end=st.sampled_from([date(2024, 9, 30), date(2024, 12, 31)]),
    inferred=st.booleans(),
)
targets = st.builds(
    Target,
    phrase=st.sampled_from(["12公里", "15公里"]),
    indicator=st.sampled_from(["管网", "道路"]),
    comparator=st.just(">="),
    value=st.sampled_from([12, 15]),
)
statements = st.builds(
    Passage,
    text=st.sampled_from([text for text in SENTENCES if text]),
    deadlines=st.lists(deadlines, max_size=2).map(tuple),
    targets=st.lists(targets, max_size=2).map(tuple),
)
names = st.lists(st.sampled_from(["区水务局", "区住建局", "北溪镇", "各镇"]), max_size=3, unique=True).map(tuple)
responsibilities = st.builds(
    Responsibility, phrase=st.just("照录"), lead=names, support=names, shared=st.just(()), open=st.just(False)
)
clauses = st.builds(
    Clause,
    statements=st.lists(statements, min_size=1, max_size=3).map(tuple),
    responsibility=st.none() | responsibilities,
)


several = st.lists(clauses, min_size=1, max_size=2).map(tuple)
titles = st.none() | st.sampled_from(["巡查", "管网", "保洁"])
numbers = st.sets(st.integers(1, 6), max_size=4).map(sorted)
member_towns = st.sets(st.sampled_from(["north", "south"])).map(sorted).map(tuple)


@st.composite
def measures(draw: st.DrawFn) -> tuple[Measure, ...]:
    """Up to four measures with numbers of their own."""
    return tuple(Measure(number=number, title=draw(titles), clauses=draw(several)) for number in draw(numbers))


@st.composite
def graphs(draw: st.DrawFn) -> ResponsibilityGraph:
    """A plan of few words, resolved."""
    found = draw(measures())
    ids = [f"plan-{measure.number:02d}" for measure in found]
    ends = st.sampled_from(ids) if ids else st.nothing()
    kind = st.sampled_from(list(LinkKind))
    tied = st.builds(
        lambda source, to, how: Link(**{"from": source, "to": to, "kind": how, "reason": "同"}), ends, ends, kind
    )
    links = draw(st.lists(tied, max_size=2, unique_by=lambda link: (link.source, link.to)) if ids else st.just([]))
    head = PlanHead(id="plan", label="方案", title="方案", short_title="方案")
    plan = Plan(head=head, measures=found, links=tuple(links))
    group = UnitGroup(id="towns", name="各镇", members=draw(member_towns), confirmed=draw(st.booleans()))
    units = UnitsFile(order_confirmed=True, units=UNITS, groups=(group,))
    rules = RulesFile(grades=(), grades_basis="缺")
    return resolve(LoadedProject(units, CalendarFile(seasons=()), rules, (plan,)))


@given(graphs())
@settings(max_examples=examples(60), deadline=None)
def test_a_plan_has_not_changed_from_itself(graph: ResponsibilityGraph) -> None:
    assert not compare(graph, graph, *NAMES)


@given(graphs(), graphs())
@settings(max_examples=examples(150), deadline=None)
def test_both_ways_say_the_same(before: ResponsibilityGraph, after: ResponsibilityGraph) -> None:
    there, back = compare(before, after, *NAMES), compare(after, before, *reversed(NAMES))
    assert unordered(back) == unordered(mirrored(there))


@given(graphs(), graphs())
@settings(max_examples=examples(150), deadline=None)
def test_no_sentence_is_missed_and_none_is_made_up(
    before: ResponsibilityGraph, after: ResponsibilityGraph
) -> None:
    """What is not reported is the same on both sides, sentence by sentence."""
    sentences = list(reported(compare(before, after, *NAMES)))
    ours = texts(before) - Counter(joined(it.before) for it in sentences if it.before)
    theirs = texts(after) - Counter(joined(it.after) for it in sentences if it.after)
    assert ours == theirs
    assert ours.total() == texts(before).total() - sum(1 for it in sentences if it.before)


@given(graphs(), graphs())
@settings(max_examples=examples(150), deadline=None)
def test_every_duty_is_gained_lost_changed_or_kept(
    before: ResponsibilityGraph, after: ResponsibilityGraph
) -> None:
    """A unit's tasks before, less those lost, plus those gained, are its tasks after."""
    changes = compare(before, after, *NAMES)
    for unit in UNITS:
        own = [duty for found in changes.duties if found.party.id == unit.id for duty in found.duties]
        lost = Counter(duty.before.id for duty in own if not duty.after_held and duty.before)
        gained = Counter(duty.after.id for duty in own if not duty.before_held and duty.after)
        had = Counter({duty.task.id for duty in before.duties_of(unit.id)})
        has = Counter({duty.task.id for duty in after.duties_of(unit.id)})
        assert lost <= had
        assert gained <= has
        assert had.total() - lost.total() == has.total() - gained.total()


def reported(changes: Changes) -> Iterable[SentenceChange]:
    """Every sentence that the measures' changes speak of."""
    for measure in changes.measures:
        for clause in measure.clauses:
            yield from clause.text.sentences


def texts(graph: ResponsibilityGraph) -> Counter[str]:
    """Every sentence of every task."""
    return Counter(found.text for task in graph.tasks for found in task.clause.statements)


words = st.text("巡查管网，。12%ab", max_size=12)


@given(words, words)
def test_marking_two_wordings_changes_no_letter_of_either(before: str, after: str) -> None:
    ours, theirs = marked(before, after)
    assert (joined(ours), joined(theirs)) == (before, after)
    assert joined(run for run in ours if not run.changed) == joined(run for run in theirs if not run.changed)
    assert marked(after, before) == (theirs, ours)
    assert all(run.text for run in (*ours, *theirs))
    if before == after:
        assert not any(run.changed for run in ours)


@given(st.lists(words, max_size=7), st.lists(words, max_size=7))
@settings(deadline=None)
def test_alignment_keeps_the_order_and_leaves_no_sentence_out(before: list[str], after: list[str]) -> None:
    pairs = aligned(before, after)
    assert [left for left, _ in pairs if left is not None] == list(range(len(before)))
    assert [right for _, right in pairs if right is not None] == list(range(len(after)))
    assert {(right, left) for left, right in pairs} == set(aligned(after, before))
