"""The ledger: what units report beside what the office finds, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.analysis.history import ChangeKind
from generator.analysis.ledger import Ledger
from generator.analysis.periods import asked_at, cutoff_day, is_workday, notice_day
from generator.analysis.standing import DueStanding
from generator.model import Frequency, Holiday, LedgerState, Light, Period, ReturnState, Rung
from generator.pipeline import build_book
from generator.project import Project
from generator.storage import load_project
from tests.small_plan import SMALL, copied

DIGEST = "a" * 64
STAMPS = {"要点-01": "17d0bb", "要点-02": "336f63", "方案-02①": "90b92e", "方案-02②": "93e432"}


def period(written: str) -> Period:
    found = Period.parse(written)
    assert found
    return found


def returned(unit: str, month: str, received: str, *rows: str) -> dict[str, Any]:
    """An edit that writes a return; a row is `要点-02 state: on_track, cumulative: 3`."""
    lines = [f"plan: annual-2024\nunit: {unit}\nperiod: {month}\nstate: reported\nfiles:"]
    lines.append(f"  - {{name: {unit}.xlsx, digest: {DIGEST}, received: {received}, taken: {len(rows)}}}\nrows:")
    for row in rows:
        task, _, rest = row.partition(" ")
        lines.append(f"  - {{task: {task}, stamp: {STAMPS[task]}, file: {DIGEST}, {rest}}}")
    return {"file": f"annual-2024/progress/{month}/{unit}.yml", "write": "\n".join(lines) + "\n"}


def decided(text: str, name: str = "a") -> dict[str, Any]:
    basis = "basis: 现场核查, by: 区河长办"
    return {"file": f"annual-2024/decisions/{name}.yml", "write": text.replace("BASIS", basis)}


def ledger(folder: Path, as_of: date, *edits: dict[str, Any]) -> Ledger:
    return build_book(copied(folder, list(edits)), as_of).ledger


def test_periods_know_their_days_and_names() -> None:
    assert period("2024-02").last == date(2024, 2, 29)
    assert period("2024-09-D3").first == date(2024, 9, 21)
    assert period("2024-Q3").label == "2024年第三季度"
    assert period("2024-01").previous.id == "2023-12"
    assert period("2024-W52").following.id == "2025-W01"
    assert Period.parse("2023-W53") is None
    assert Period.parse("2024-13") is None


@pytest.mark.parametrize("kind", ["week", "ten_days", "month", "quarter", "year"])
def test_every_day_lies_in_the_period_that_holds_it(kind: Any) -> None:
    for ordinal in range(date(2023, 12, 20).toordinal(), date(2025, 1, 10).toordinal()):
        day = date.fromordinal(ordinal)
        held = Period.holding(day, kind)
        assert held.first <= day <= held.last
        assert held.following.previous == held
        assert period(held.id) == held


def test_a_cutoff_on_a_day_off_moves_to_the_next_working_day() -> None:
    rules = load_project(Project(SMALL)).rules
    assert cutoff_day(rules, period("2024-08")) == date(2024, 8, 26)
    holiday = rules.model_copy(
        update={"holidays": (Holiday(name="国庆", first=date(2024, 9, 25), last=date(2024, 9, 27)),)}
    )
    assert cutoff_day(holiday, period("2024-09")) == date(2024, 9, 30)
    worked = holiday.model_copy(update={"extra_workdays": (date(2024, 9, 28),)})
    assert is_workday(worked, date(2024, 9, 28))
    assert cutoff_day(worked, period("2024-09")) == date(2024, 9, 28)
    assert notice_day(rules, period("2024-09")) == date(2024, 9, 18)


def test_a_quarterly_task_is_asked_in_the_last_month_of_the_quarter() -> None:
    months = [f"2024-{month:02d}" for month in range(1, 13)]
    assert [month for month in months if asked_at(Frequency.QUARTERLY, period(month))] == [
        "2024-03", "2024-06", "2024-09", "2024-12",
    ]  # fmt: skip
    assert not any(asked_at(Frequency.NONE, period(month)) for month in months)


def test_with_no_returns_a_passed_date_is_not_reported_and_never_overdue(tmp_path: Path) -> None:
    found = ledger(tmp_path, date(2024, 12, 31))
    entry = found.entry("annual-2024", "要点-01", "housing")
    assert entry
    assert not found.started
    assert entry.due_standing is DueStanding.PASSED_UNREPORTED
    assert (entry.light, entry.rung, entry.state) == (Light.RED, None, None)
    assert all(one.due_standing is not DueStanding.OVERDUE for one in found.entries)


def test_overdue_only_once_the_office_confirmed_it(tmp_path: Path) -> None:
    review = (
        "reviews:\n  - {task: 要点-01, unit: 区住建局, period: 2024-10, overdue: true, BASIS, on: 2024-11-05}\n"
    )
    before = ledger(tmp_path / "a", date(2024, 11, 4), decided(review)).entry("annual-2024", "要点-01", "housing")
    after = ledger(tmp_path / "b", date(2024, 11, 5), decided(review)).entry("annual-2024", "要点-01", "housing")
    assert before
    assert after
    assert before.due_standing is DueStanding.PASSED_UNREPORTED
    assert after.due_standing is DueStanding.OVERDUE


def test_what_the_unit_claims_stands_beside_what_the_office_finds(tmp_path: Path) -> None:
    review = "reviews:\n  - {task: 要点-02, unit: 区水务局, period: 2024-12, state: behind, opinion: 与巡查记录不符, BASIS, on: 2024-12-28}\n"
    sent = returned("water", "2024-12", "2024-12-24", "要点-02 state: on_track, progress: 巡查12次")
    found = ledger(tmp_path, date(2024, 12, 31), sent, decided(review))
    entry = found.entry("annual-2024", "要点-02", "water")
    assert entry
    assert (entry.reported, entry.found, entry.state) == (
        LedgerState.ON_TRACK,
        LedgerState.BEHIND,
        LedgerState.BEHIND,
    )
    assert entry.opinion == "与巡查记录不符"
    assert [(one.on.isoformat(), one.kind) for one in entry.history] == [
        ("2024-12-24", ChangeKind.REPORT),
        ("2024-12-28", ChangeKind.REVIEW),
    ]


def test_a_later_report_counts_again_and_a_close_out_ends_it(tmp_path: Path) -> None:
    review = "reviews:\n  - {task: 要点-02, period: 2024-11, state: behind, BASIS, on: 2024-12-01}\n"
    close = "close_outs:\n  - {task: 要点-02, evidence: [佐证1], BASIS, on: 2025-03-20}\n"
    sent = [
        returned("water", "2024-11", "2024-11-24", "要点-02 state: on_track"),
        returned("water", "2024-12", "2024-12-24", "要点-02 unchanged: true, state: on_track"),
    ]
    edits = (*sent, decided(review, "a"), decided(close, "b"))
    states = [
        ledger(tmp_path / str(place), day, *edits).entry("annual-2024", "要点-02", "water")
        for place, day in enumerate((date(2024, 12, 10), date(2024, 12, 30), date(2025, 3, 21)))
    ]
    assert [entry.state for entry in states if entry] == [
        LedgerState.BEHIND,
        LedgerState.ON_TRACK,
        LedgerState.COMPLETED,
    ]


def test_no_change_carries_the_state_of_the_report_before(tmp_path: Path) -> None:
    sent = [
        returned("water", "2024-11", "2024-11-24", "要点-02 state: blocked"),
        returned("water", "2024-12", "2024-12-24", "要点-02 unchanged: true"),
    ]
    entry = ledger(tmp_path, date(2024, 12, 31), *sent).entry("annual-2024", "要点-02", "water")
    assert entry
    assert entry.reported is LedgerState.BLOCKED
    assert (entry.periods_behind, entry.rung) == (2, Rung.REMINDER)


def test_an_extension_moves_the_last_day_while_it_runs(tmp_path: Path) -> None:
    text = "extensions:\n  - {task: 要点-01, unit: housing, until: 2024-12-20, BASIS, on: 2024-10-25}\n"
    running = ledger(tmp_path / "a", date(2024, 11, 30), decided(text)).entry("annual-2024", "要点-01", "housing")
    ended = ledger(tmp_path / "b", date(2024, 12, 25), decided(text)).entry("annual-2024", "要点-01", "housing")
    other = ledger(tmp_path / "c", date(2024, 11, 30), decided(text)).entry("annual-2024", "要点-01", "north-town")
    assert running
    assert ended
    assert other
    assert (running.state, running.due, running.due_standing) == (
        LedgerState.EXTENDED,
        date(2024, 12, 20),
        DueStanding.SOON,
    )
    assert ended.due_standing is DueStanding.PASSED_UNREPORTED
    assert other.due == date(2024, 10, 31)


def test_a_shared_task_stands_where_its_consolidator_stands_else_at_its_slowest_unit(tmp_path: Path) -> None:
    sent = [
        returned("housing", "2024-08", "2024-08-24", "要点-01 state: on_track"),
        returned("north-town", "2024-08", "2024-08-24", "要点-01 state: behind"),
    ]
    led = ledger(tmp_path / "a", date(2024, 8, 31), *sent).task("annual-2024", "要点-01")
    plain = {"file": "annual-2024/breakdown.yml", "find": "    consolidator: 区住建局\n", "put": ""}
    shared = ledger(tmp_path / "b", date(2024, 8, 31), *sent, plain).task("annual-2024", "要点-01")
    assert led
    assert shared
    assert (led.state, led.by_lead, led.decisive) == (LedgerState.ON_TRACK, True, ("housing",))
    assert (shared.state, shared.by_lead, shared.decisive) == (LedgerState.BEHIND, False, ("north-town",))


def test_an_annual_return_that_is_due_and_did_not_come_stands_as_unreported(tmp_path: Path) -> None:
    """Not before its day, and not where reporting never began."""
    sent = returned("water", "2024-12", "2024-12-24", "要点-02 state: on_track")
    due = cutoff_day(load_project(Project(SMALL)).rules, period("2024"))
    before = ledger(tmp_path / "a", due, sent)
    assert not before.returns_in("annual-2024", "2024")
    after = ledger(tmp_path / "b", due + timedelta(days=1), sent)
    found = {one.unit: one for one in after.returns_in("annual-2024", "2024")}
    assert found["water"].state is found["housing"].state is ReturnState.UNREPORTED
    assert found["water"].asked == found["water"].missing
    assert "要点-02" in found["water"].missing
    assert found["water"].closed
    assert not ledger(tmp_path / "c", due + timedelta(days=1)).returns_in("annual-2024", "2024")


def test_who_has_not_reported_is_known_once_any_return_of_a_period_came(tmp_path: Path) -> None:
    sent = returned("housing", "2024-09", "2024-09-20", "要点-01 state: on_track")
    found = ledger(tmp_path, date(2024, 9, 30), sent)
    missing = [one.unit for one in found.unreported("annual-2024", "2024-09")]
    assert "housing" not in missing
    assert "north-town" in missing
    housing = found.return_of("annual-2024", "housing", "2024-09")
    assert housing
    assert (housing.state, housing.closed, housing.missing[:1]) == (ReturnState.REPORTED, True, ("方案-01",))


def test_a_return_is_sent_back_until_a_later_file_comes_and_reviewed_when_every_row_is(tmp_path: Path) -> None:
    back = "reviews:\n  - {task: 要点-02, unit: water, period: 2024-09, sent_back: true, BASIS, on: 2024-09-26}\n"
    seen = "reviews:\n  - {task: 要点-02, unit: water, period: 2024-09, state: on_track, BASIS, on: 2024-09-29}\n"
    first = returned("water", "2024-09", "2024-09-20", "要点-02 state: on_track")
    again = returned("water", "2024-09", "2024-09-28", "要点-02 state: on_track")
    states = []
    early = seen.replace("2024-09-29", "2024-09-26")
    told = ([first, decided(back)], [again, decided(back)], [again, decided(seen)], [again, decided(early)])
    for place, edits in enumerate(told):
        found = ledger(tmp_path / str(place), date(2024, 9, 30), *edits).return_of(
            "annual-2024", "water", "2024-09"
        )
        assert found
        states.append(found.state)
    # What was reviewed and then sent anew is to be reviewed again.
    assert states == [ReturnState.SENT_BACK, ReturnState.REPORTED, ReturnState.REVIEWED, ReturnState.REPORTED]


def test_a_task_from_outside_the_plan_stands_in_the_same_ledger(tmp_path: Path) -> None:
    text = "tasks:\n  - {task: 会议-01, title: 清淤, text: 完成清淤。, origin: meeting, source: 专题会议纪要, assigned: 2024-05-01, due: 2024-06-30, lead: [区水务局], responsible: [各镇（街道）]}\n"
    found = ledger(tmp_path, date(2024, 6, 10), {"file": "annual-2024/extra-tasks.yml", "write": text})
    entries = [entry for entry in found.entries if entry.task == "会议-01"]
    assert [entry.unit for entry in entries] == ["water", "north-town", "south-bridge"]
    assert entries[0].obligation.extra
    assert entries[0].due_standing is DueStanding.SOON


def test_a_transfer_moves_the_task_from_its_day_on(tmp_path: Path) -> None:
    text = "transfers:\n  - {task: 要点-02, unit: 区水务局, to: 区环卫中心, effective: 2024-07-01, BASIS, on: 2024-06-20}\n"
    before = ledger(tmp_path / "a", date(2024, 6, 25), decided(text)).entry("annual-2024", "要点-02", "water")
    after = ledger(tmp_path / "b", date(2024, 7, 1), decided(text)).entry("annual-2024", "要点-02", "sanitation")
    assert before
    assert after
    assert after.obligation.transferred_from == "water"
    assert [one.kind for one in after.history] == [ChangeKind.TRANSFER]


def test_a_merged_unit_is_followed_by_the_one_that_took_over(tmp_path: Path) -> None:
    merged = {"file": "units.yml", "find": "  - id: sanitation\n    name: 区环卫中心\n", "put": "  - id: sanitation\n    name: 区环卫中心\n    valid_until: 2024-06-30\n    succeeded_by: [housing]\n"}  # fmt: skip
    before = ledger(tmp_path / "a", date(2024, 6, 30), merged).entry("annual-2024", "方案-02①", "sanitation")
    after = ledger(tmp_path / "b", date(2024, 7, 1), merged).entry("annual-2024", "方案-02①", "housing")
    assert before
    assert after
    assert after.obligation.predecessor == "sanitation"


def test_a_quantity_is_measured_against_the_units_share(tmp_path: Path) -> None:
    shares = {"file": "annual-2024/breakdown.yml", "find": "    weight: 70\n", "put": "    weight: 70\n    yearly_quantity: 20\n    symbol: 公里\n    shares: [{unit: 区住建局, quantity: 15}, {unit: 北溪镇, quantity: 5}]\n"}  # fmt: skip
    sent = returned("housing", "2024-09", "2024-09-20", "要点-01 state: on_track, quantity: 2, cumulative: 6")
    entry = ledger(tmp_path, date(2024, 9, 30), shares, sent).entry("annual-2024", "要点-01", "housing")
    assert entry
    assert (entry.quantity.target, entry.quantity.cumulative, entry.quantity.rate) == (15, 6, 0.4)


def test_a_task_from_outside_is_owed_from_the_day_it_was_assigned(tmp_path: Path) -> None:
    text = "tasks:\n  - {task: 会议-01, title: 清淤, text: 完成清淤。, origin: meeting, source: 专题会议纪要, assigned: 2024-05-10, due: 2024-06-30, lead: [区水务局]}\n"
    from_april = {"file": "rules.yml", "append": "reporting_from: 2024-04-01\n"}
    edits = ({"file": "annual-2024/extra-tasks.yml", "write": text}, from_april)
    before = ledger(tmp_path / "a", date(2024, 5, 9), *edits)
    after = ledger(tmp_path / "b", date(2024, 5, 31), *edits)
    assert not [entry for entry in before.entries if entry.task == "会议-01"]
    april, may = (after.return_of("annual-2024", "water", month) for month in ("2024-04", "2024-05"))
    assert not april or "会议-01" not in april.asked
    assert may
    assert "会议-01" in may.asked


def test_an_approved_extension_that_runs_ends_what_was_proposed_for_the_delay_before_it(tmp_path: Path) -> None:
    sent = [
        returned("housing", f"2024-{month:02d}", f"2024-{month:02d}-20", "要点-01 state: behind")
        for month in (8, 9, 10)
    ]
    text = "extensions:\n  - {task: 要点-01, unit: housing, until: 2024-12-20, BASIS, on: 2024-10-25}\n"
    open_still = ledger(tmp_path / "a", date(2024, 10, 30), *sent).entry("annual-2024", "要点-01", "housing")
    extended = ledger(tmp_path / "b", date(2024, 10, 30), *sent, decided(text)).entry(
        "annual-2024", "要点-01", "housing"
    )
    assert open_still
    assert extended
    assert (open_still.rung, extended.rung) == (Rung.SUPERVISION, None)
    assert extended.periods_behind == 3
