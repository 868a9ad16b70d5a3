"""The pages of the internal edition: every figure on them is the ledger's."""

from __future__ import annotations

from datetime import date

import pytest

from generator.analysis.coming import coming, passed
from generator.analysis.standing import DueStanding
from generator.analysis.tallies import StateGroup, chapter_tallies, tally, unit_tallies, whole_tally
from generator.analysis.task_states import known_states
from generator.analysis.trend import trend
from generator.analysis.unreported import StandingKind
from generator.book import Book
from generator.model import LedgerState, Period
from generator.pipeline import build_book
from generator.project import Project
from generator.renderers.site.trend_picture import HEIGHT, trend_picture
from tests.reported_year import DAY
from tests.site_pages import page_text, sources, tree

YEAR = "annual-2024"


def period(written: str) -> Period:
    found = Period.parse(written)
    assert found
    return found


def test_every_state_falls_into_one_class() -> None:
    counted = tally([*LedgerState, None])
    assert counted.total == len(LedgerState) + 1
    assert counted.count(StateGroup.SILENT) == 1
    assert counted.count(StateGroup.COMPLETED) == 1
    assert tally([LedgerState.COMPLETED, LedgerState.ON_TRACK, LedgerState.NOT_CONCERNED]).completed_share == 0.5
    assert tally([LedgerState.NOT_CONCERNED]).completed_share is None


def test_chapters_and_units_count_the_tasks_of_the_ledger(internal_book: Book) -> None:
    ledger = internal_book.ledger
    chapters = chapter_tallies(internal_book.rows, ledger, YEAR)
    assert sum(row.tally.total for row in chapters) == whole_tally(ledger, YEAR).total == len(ledger.tasks)
    assert chapters[-1].plan_title == ""  # 计划外任务
    units = {row.unit: row for row in unit_tallies(internal_book.graph, ledger, YEAR)}
    assert units["water"].tally.count(StateGroup.ON_TRACK) == 1
    assert units["water"].passed_unreported == 1  # 会议-01
    assert all(row.overdue == 0 for row in units.values())


def test_what_is_due_counts_extensions_and_nodes(internal_book: Book) -> None:
    found = coming(internal_book.ledger, YEAR, period("2024-10"))
    assert [(one.day.isoformat(), one.row.label, one.node) for one in found] == [
        ("2024-10-31", "要点-01", ""),
        ("2024-10-31", "要点-01", "全部完工"),
    ]
    assert "housing" not in found[0].units  # its day was moved to the end of the year
    assert "housing" in coming(internal_book.ledger, YEAR, period("2024-12"))[0].units


def test_what_has_passed_is_not_reported_and_never_overdue_by_itself(internal_book: Book) -> None:
    found = passed(internal_book.ledger, YEAR)
    assert {one.due_standing for one in found} == {DueStanding.PASSED_UNREPORTED}
    assert "会议-01" in [one.row.label for one in found]


@pytest.mark.slow
def test_the_trend_is_the_ledger_of_every_last_day(reported_project: Project) -> None:
    book = build_book(reported_project, DAY)
    plan = book.plan(YEAR)
    months = trend(book.graph, book.rows, book.loaded.rules, plan, DAY)
    assert [month.month.id for month in months] == [f"2024-{number:02d}" for number in range(4, 11)]
    assert months[-1].day == DAY
    for month in months:
        then = build_book(reported_project, month.day).ledger
        assert month.tally == whole_tally(then, YEAR)
    assert [month.reported for month in months[:3]] == [1, 2, 1]
    assert months[3].tally.total + 1 == months[4].tally.total  # 会议-01 was assigned in August


def test_nothing_is_drawn_of_a_year_without_returns(small_book: Book) -> None:
    months = trend(small_book.graph, small_book.rows, small_book.loaded.rules, small_book.plan(YEAR), DAY)
    assert months == ()
    assert trend_picture(months) is None


def test_columns_of_the_picture_are_as_high_as_their_numbers(internal_book: Book) -> None:
    book = internal_book
    months = trend(book.graph, book.rows, book.loaded.rules, book.plan(YEAR), DAY)
    picture = trend_picture(months)
    assert picture
    most = max(month.tally.total for month in months)
    for column, month in zip(picture.columns, months, strict=True):
        assert sum(piece.count for piece in column.pieces) == month.tally.total
        assert abs(sum(piece.height for piece in column.pieces) - month.tally.total / most * HEIGHT) < 0.1


def test_the_finder_knows_states_once_anything_was_reported(internal_book: Book, small_book: Book) -> None:
    known = known_states(internal_book.rows, internal_book.ledger)
    assert known["annual-2024-01.1"].kind is LedgerState.EXTENDED
    before = known_states(small_book.rows, small_book.ledger)
    assert {standing.kind for standing in before.values()} <= set(StandingKind)


def test_a_measure_page_shows_claim_beside_finding_with_origin_date_evidence_and_history(
    internal_pages: dict[str, str],
) -> None:
    text = page_text(internal_pages["measures/annual-2024-02.md"])
    standing = text.split("{#standing}")[1].split("{#times}")[0]
    for word in ("正常推进", "2024年9月", "EVIDENCEWORD9", "滞后", "2024年9月1日", "审核意见：", "变动 7 次"):
        assert word in standing, word
    assert "decisions/a.yml" in standing
    assert "water.xlsx" in standing


def test_a_unit_page_shows_tasks_from_outside_the_plan_with_their_origin(internal_pages: dict[str, str]) -> None:
    pages = internal_pages
    text = page_text(pages["units/water.md"])
    assert "会议议定" in text
    assert "区政府第3次专题会议纪要" in text
    links = [link.get("href") for link in tree(pages["units/water.md"]).iter("a")]
    assert any(link and link.startswith("../extra-tasks.html#") for link in links)


def test_who_has_not_reported_gets_a_message_without_names(internal_pages: dict[str, str]) -> None:
    text = page_text(internal_pages["reporting.md"])
    assert "2024年10月催报名单" in text
    assert "CONTACTNAME" not in text
    assert "已过截止日" in text  # September, which most did not report


def test_quantities_stand_against_the_year(internal_pages: dict[str, str]) -> None:
    part = page_text(internal_pages["progress.md"]).split("-quantities}")[1]
    assert "区水务局" in part
    assert "2024年9月" in part


def test_air_quality_stands_beside_the_tasks_of_the_town(internal_pages: dict[str, str]) -> None:
    text = page_text(internal_pages["air.md"])
    assert text.index("2024年9月") < text.index("2024年8月")
    assert "未经审核" in text
    assert "-5.2%" in text
    assert "没有数据" in text  # the other town


def test_public_pages_hold_none_of_this(small_book: Book) -> None:
    names = set(sources(small_book))
    assert not names & {"progress.md", "reporting.md", "extra-tasks.md", "air.md"}


def test_a_task_from_outside_is_not_asked_before_it_was_assigned(reported_project: Project) -> None:
    july = build_book(reported_project, date(2024, 7, 31)).ledger
    assert july.task(YEAR, "会议-01") is None
    asked = build_book(reported_project, DAY).ledger.return_of(YEAR, "water", "2024-07")
    assert asked
    assert "会议-01" not in asked.asked


def test_the_ledger_page_has_the_state_of_every_task_and_those_from_outside(
    internal_pages: dict[str, str], small_book: Book
) -> None:
    page = tree(internal_pages["ledger.md"])
    assert "全部 8 项任务" in page.text_content()
    outside = next(row.text_content() for row in page.iter("tr") if "会议-01" in row.text_content())
    assert "未填报" in outside
    assert "会议议定：区政府第3次专题会议纪要ORIGINWORD" in outside
    assert "任务状态" not in sources(small_book)["ledger.md"]
