"""Units renamed, merged or split: on a day the unit that answers then is named, and the printed name stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.book import Book
from generator.cli import cli
from generator.graph import on_day, resolve, successors_on
from generator.model import ReturnState, Unit, UnitsFile
from generator.pipeline import build_book
from generator.renderers.interchange import interchange
from generator.renderers.registry import render_downloads
from generator.storage import LoadedProject
from tests.site_pages import page_text, sources
from tests.small_plan import copied
from tests.test_ledger import decided, returned

LAST = date(2024, 6, 30)
"""The last day of 区水务局."""
BEFORE, AFTER = LAST, LAST + timedelta(days=1)
WATER = "    full_name: 青石区水务局\n    kind: department\n    confirmed: true\n"
NEW = "  - id: {id}\n    name: {name}\n    kind: department\n    confirmed: true\n    valid_from: 2024-07-01\n"


def ends(*successors: str, new: tuple[tuple[str, str], ...] = ()) -> list[dict[str, Any]]:
    """Edits that end 区水务局 on LAST; `new` units are set up for it."""
    end = f"    valid_until: {LAST}\n    succeeded_by: [{', '.join(successors)}]\n"
    return [
        {"file": "units.yml", "find": WATER, "put": WATER + end},
        *(
            {"file": "units.yml", "find": "groups:\n", "put": NEW.format(id=key, name=name) + "groups:\n"}
            for key, name in new
        ),
    ]


RENAMED = ends("water-affairs", new=(("water-affairs", "区水利水务局"),))
MERGED = ends("housing")
SPLIT = ends("rivers", "pipes", new=(("rivers", "区河湖局"), ("pipes", "区供排水局")))


def book(folder: Path, day: date, *edits: dict[str, Any]) -> Book:
    return build_book(copied(folder, list(edits)), day)


def holders(found: Book, task: str) -> list[str]:
    """Who has a task in its task list."""
    return [
        unit
        for unit, tasks in found.task_lists.items()
        if any(duty.row.label == task and not duty.via for duty in tasks.rows)
    ]


@pytest.mark.parametrize(
    ("edits", "after"),
    [(RENAMED, ["water-affairs"]), (MERGED, ["housing"]), (SPLIT, ["rivers", "pipes"])],
    ids=["renamed", "merged", "split"],
)
def test_the_unit_that_answers_on_the_day_has_the_task(
    tmp_path: Path, edits: list[dict[str, Any]], after: list[str]
) -> None:
    assert holders(book(tmp_path / "a", BEFORE, *edits), "要点-02") == ["water"]
    assert sorted(holders(book(tmp_path / "b", AFTER, *edits), "要点-02")) == sorted(after)


def test_the_printed_name_stays_and_who_answers_now_stands_beside_it(tmp_path: Path) -> None:
    found = book(tmp_path, AFTER, *RENAMED)
    row = next(row for row in found.rows if row.label == "要点-02")
    assert row.phrase == "〔责任单位：区水务局〕"
    assert row.named(*{role for role, _, _ in row.parties}) == ("区水务局",)
    page = page_text(sources(found)["measures/annual-2024-02.md"])
    assert "区水务局](../units/water-affairs.html)（现区水利水务局）" in page
    assert "原文写作“区水务局”" in page_text(sources(found)["units/water-affairs.md"])


def test_the_page_of_the_unit_that_is_gone_says_who_took_over(tmp_path: Path) -> None:
    pages = sources(book(tmp_path, AFTER, *SPLIT))
    gone = page_text(pages["units/water.md"])
    assert "撤并或更名" in gone
    assert "[区河湖局](../units/rivers.html)、[区供排水局](../units/pipes.html)承接" in gone
    assert "[区水务局](../units/water.html)" in page_text(pages["units/rivers.md"])


@pytest.mark.slow
def test_papers_and_forms_are_made_for_the_unit_that_answers(tmp_path: Path) -> None:
    found = book(tmp_path, AFTER, *RENAMED)
    owners = {artifact.path.split("/")[1] for artifact in render_downloads(found)}
    assert "water-affairs" in owners
    assert "water" not in owners
    assert ("annual-2024", "water-affairs") in found.forms
    assert "water" not in {unit for _, unit in found.forms}


def test_two_units_that_were_merged_owe_a_task_once(tmp_path: Path) -> None:
    also = {
        "file": "units.yml",
        "find": "    name: 区环卫中心\n",
        "put": f"    name: 区环卫中心\n    valid_until: {LAST}\n    succeeded_by: [housing]\n",
    }
    found = book(tmp_path, AFTER, *MERGED, also)
    duties = [duty for duty in found.task_lists["housing"].rows if duty.row.label == "方案-02①"]
    assert len(duties) == 1
    assert duties[0].row.named(duties[0].role) == ("区水务局", "区环卫中心")


def test_the_interchange_names_the_unit_of_the_day_under_the_printed_name(tmp_path: Path) -> None:
    plan = interchange(book(tmp_path, AFTER, *RENAMED)).plans[1]
    (found,) = plan.measures[1].clauses[0].assignments
    assert found.model_dump() == {"written": "区水务局", "unit": "water-affairs", "role": "responsible"}


def test_what_the_old_unit_returned_and_was_told_stays_in_the_history_of_the_new(tmp_path: Path) -> None:
    sent = returned("water", "2024-06", "2024-06-24", "要点-02 state: on_track, progress: 巡查12次")
    told = "reviews:\n  - {task: 要点-02, unit: 区水务局, period: 2024-06, state: behind, BASIS, on: 2024-06-28}\n"
    entry = book(tmp_path, AFTER, *RENAMED, sent, decided(told)).ledger.entry(
        "annual-2024", "要点-02", "water-affairs"
    )
    assert entry
    assert entry.obligation.predecessor == "water"
    assert [change.by for change in entry.history] == ["water", "区河长办"]
    assert entry.found is not None


def test_a_period_before_the_change_asks_the_unit_that_stood_then(tmp_path: Path) -> None:
    sent = returned("water", "2024-05", "2024-05-24", "要点-02 state: on_track")
    ledger = book(tmp_path, date(2024, 8, 31), *RENAMED, sent).ledger
    may = {one.unit: one.state for one in ledger.returns_in("annual-2024", "2024-05")}
    july = {one.unit: one.state for one in ledger.returns_in("annual-2024", "2024-07")}
    assert may["water"] is ReturnState.REPORTED
    assert "water-affairs" not in may
    assert july["water-affairs"] is ReturnState.UNREPORTED
    assert "water" not in july
    entry = ledger.entry("annual-2024", "要点-02", "water-affairs")
    assert entry
    assert entry.periods_unreported == 3  # June, then July and August


def test_a_member_of_a_group_is_followed_by_its_successor(tmp_path: Path) -> None:
    town = "  - id: north-town\n    name: 北溪镇人民政府\n    aliases: [北溪镇]\n    kind: town\n    confirmed: true\n"
    merged = {
        "file": "units.yml",
        "find": town,
        "put": f"{town}    valid_until: {LAST}\n    succeeded_by: [south-bridge]\n",
    }
    found = book(tmp_path, AFTER, merged)
    assert found.graph.members("towns") == ("south-bridge",)
    assert "north-town" not in found.units


def test_without_any_change_the_graph_is_the_same_object(small_book: Book) -> None:
    graph = resolve(small_book.loaded)
    assert on_day(graph, date(2018, 1, 1)) is graph


UNITS = st.integers(2, 7)


@pytest.mark.slow
@given(st.data())
def test_succession_ends_for_any_register_and_names_units_only(data: st.DataObject) -> None:
    count = data.draw(UNITS)
    ids = [f"u{number}" for number in range(count)]
    units = tuple(
        Unit(
            id=name,
            name=name,
            kind="department",
            confirmed=True,
            valid_until=data.draw(st.none() | st.dates(date(2023, 1, 1), date(2025, 1, 1))),
            succeeded_by=tuple(data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))),
        )
        for name in ids
    )
    loaded = LoadedProject(UnitsFile(order_confirmed=True, units=units), *_empty())
    graph = resolve(loaded)
    day = data.draw(st.dates(date(2023, 1, 1), date(2025, 6, 1)))
    for name in ids:
        found = successors_on(graph, name, day)
        assert set(found) <= set(ids)
        stays = graph.unit_by_id[name].valid_until is None or graph.unit_by_id[name].valid_until >= day
        assert (found == (name,)) if stays else True


def _empty() -> tuple[Any, ...]:
    from generator.model import CalendarFile, RulesFile

    return CalendarFile(seasons=()), RulesFile(grades=(), grades_basis="缺"), ()


def test_the_terminal_answers_for_a_unit_that_is_gone_with_those_that_took_over(tmp_path: Path) -> None:
    project = copied(tmp_path, SPLIT)
    arguments = ["tasks", "--project", str(project.root), "--as-of", AFTER.isoformat(), "--unit", "区水务局"]
    result = CliRunner().invoke(cli, [*arguments, "--format", "csv"])
    assert result.exit_code == 0
    assert "现由区河湖局、区供排水局承担" in result.stderr
    assert "要点-02" in result.stdout
    before = CliRunner().invoke(
        cli, ["tasks", "--project", str(project.root), "--as-of", "2024-06-30", "--unit", "区水务局"]
    )
    assert "撤并" not in before.output
