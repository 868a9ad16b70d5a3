"""The questions that the graph answers, on the real plan; expected values were counted in the document by hand."""

from __future__ import annotations

from datetime import date

import pytest

from generator.analysis import collaboration, coverage, query, schedule, workload
from generator.analysis.concerned import concerned
from generator.analysis.wording import citation
from generator.book import Book
from generator.model import Role

HUB = "区生态环境分局"


def unit(book: Book, name: str) -> str:
    """The id of a unit by its name."""
    found = query.find_unit(book.graph, name)
    assert found is not None
    return found


def test_every_clause_is_one_task_with_its_printed_number(real_book: Book) -> None:
    labels = [row.label for row in real_book.rows]
    assert len(labels) == 42
    assert labels[8:13] == ["方案-09", "方案-10①", "方案-10②", "方案-11①", "方案-11②"]
    assert labels[-1] == "行动-11"


def test_the_ecology_bureau_stands_in_39_of_42_tasks_and_is_the_hub(real_book: Book) -> None:
    hub = unit(real_book, HUB)
    assert sum(1 for row in real_book.rows if hub in {party for _, _, party in row.parties}) == 39
    assert collaboration.hub(real_book.graph) == hub


def test_a_lead_is_named_only_where_the_text_says_so(real_book: Book) -> None:
    with_lead = [row.label for row in real_book.rows if row.named(Role.LEAD)]
    assert with_lead == [
        "方案-01",
        "方案-02",
        "方案-17",
        "方案-21",
        *(f"方案-{number}" for number in range(25, 30)),
    ]
    assert len(workload.tasks_without_lead(real_book.graph)) == 42 - 9


def test_tasks_that_hang_on_one_unit_have_one_name_and_no_open_list(real_book: Book) -> None:
    labels = [task.label for task in workload.tasks_on_one_unit(real_book.graph)]
    assert labels == ["方案-02", "方案-17", "方案-21", "行动-04", "行动-05", "行动-06", "行动-08"]


def test_the_matrix_has_a_row_per_measure_and_its_sums_agree_both_ways(real_book: Book) -> None:
    table = real_book.matrix
    assert len(table.rows) == 40
    assert sum(row.total for row in table.rows) == sum(table.totals)
    by_role = [table.role_totals(role) for role in Role]
    assert sum(map(sum, by_role)) == sum(len(cell) for row in table.rows for cell in row.cells)


def test_groups_stay_groups_in_the_matrix(real_book: Book) -> None:
    groups = {
        real_book.graph.name(party) for party in real_book.matrix.columns if party in real_book.graph.group_by_id
    }
    assert {"各镇(街道)", "各相关镇(街道)", "各有关部门"} <= groups


def test_a_town_named_directly_does_not_also_stand_through_the_group(real_book: Book) -> None:
    duties = [
        duty for duty in real_book.graph.duties_of(unit(real_book, "北石店镇")) if duty.task.label == "行动-01"
    ]
    assert [(duty.role, duty.via) for duty in duties] == [(Role.RESPONSIBLE, None)]


def test_a_group_of_unknown_members_gives_its_candidates_uncertain_duties(real_book: Book) -> None:
    town = unit(real_book, "北石店镇")
    uncertain = [duty.task.label for duty in real_book.graph.duties_of(town) if not duty.certain]
    assert uncertain == ["方案-20", "行动-10"]


def test_workload_counts_direct_duties_apart_from_those_through_groups(real_book: Book) -> None:
    loads = {load.party: load for load in workload.workloads(real_book.graph)}
    housing = loads[unit(real_book, "区住建局")]
    assert (housing.direct, housing.through_groups) == (6, 0)
    assert housing.count(Role.SHARED) == 5
    assert housing.count(Role.RESPONSIBLE) == 1
    town = loads[unit(real_book, "西上庄街道办事处")]
    assert town.direct == 0
    assert town.through_groups > 10


def test_partnerships_name_the_tasks_that_two_units_share(real_book: Book) -> None:
    pairs = real_book.partnerships
    public_security = unit(real_book, "区公安分局")
    partners = dict(collaboration.partners_of(public_security, pairs))
    assert partners[unit(real_book, HUB)] == ("方案-13", "方案-23")


def test_betweenness_is_highest_for_the_hub(real_book: Book) -> None:
    rows = collaboration.centralities(real_book.graph, real_book.partnerships)
    assert rows[0].party == unit(real_book, HUB)
    assert all(0 <= row.betweenness <= 1 for row in rows)


def test_without_the_hub_the_network_has_fewer_partnerships(real_book: Book) -> None:
    hub = unit(real_book, HUB)
    left = collaboration.fragmentation(real_book.graph, real_book.partnerships, hub)
    degree = len(collaboration.partners_of(hub, real_book.partnerships))
    assert left.partnerships_before - left.partnerships_after == degree
    assert left.parts_before == 1


def test_communities_cover_every_unit_once(real_book: Book) -> None:
    circles = collaboration.communities(
        real_book.graph, real_book.partnerships, collaboration.hub(real_book.graph)
    )
    members = [party for circle in circles for party in circle]
    assert len(members) == len(set(members)) == len(real_book.matrix.columns) - 1


def test_the_schedule_runs_by_day_and_keeps_undated_times_apart(real_book: Book) -> None:
    rows = real_book.schedule
    days = [row.day for row in rows if row.day]
    assert days == sorted(days)
    months = dict(schedule.months(rows))
    assert [row.label for row in months["2024-04"]] == ["行动-07"]
    assert {row.label for row in months["2024-12"]} == {"方案-01", "行动-01", "行动-09"}
    assert all(row.deadline.start is None for row in schedule.undated(rows))


def test_every_target_has_its_sentence_and_its_figure_stands_in_it(real_book: Book) -> None:
    assert all(row.target.phrase in row.sentence for row in real_book.targets)
    assert any(
        row.target.phrase == "达30%" and row.deadlines[0].end == date(2025, 12, 31) for row in real_book.targets
    )


def test_coverage_lists_every_scheme_measure_and_every_action_measure(real_book: Book) -> None:
    assert len(coverage.carried_out_by(real_book.graph)) == 29
    serving = coverage.serving(real_book.graph)
    assert len(serving) == 11
    assert all(row.links for row in serving)


def test_a_query_is_inclusive_of_its_last_day(real_book: Book) -> None:
    housing = unit(real_book, "区住建局")
    due = query.find_duties(real_book.graph, housing, (Role.RESPONSIBLE,), date(2024, 12, 31))
    assert [duty.row.label for duty in due] == ["行动-09"]
    assert not query.find_duties(real_book.graph, housing, (Role.RESPONSIBLE,), date(2024, 12, 30))


@pytest.mark.parametrize(
    "written", ["区发改局", "区发改(能源)局", "区发改（能源）局", "钟家庄办事处", "北石店镇人民政府"]
)
def test_a_unit_is_found_by_any_of_its_names(real_book: Book, written: str) -> None:
    assert query.find_unit(real_book.graph, written)


def test_a_misspelt_unit_gets_the_nearest_name(real_book: Book) -> None:
    assert query.find_unit(real_book.graph, "区住建居") is None
    assert query.unit_suggestion(real_book.graph, "区住建居") == "是否指“区住建局”？"


def test_whom_a_task_concerns_tells_members_of_unconfirmed_groups_apart(real_book: Book) -> None:
    meant = concerned(real_book.graph, real_book.task_lists.values())
    fourteen = {held.unit: held.settled for held in meant["scheme-14.1"]}
    assert fourteen["housing-construction"]
    assert fourteen["dongjie"] is False
    first = {held.unit: held.settled for held in meant["action-2024-01.1"]}
    assert first["beishidian"]  # named itself
    assert len(meant) == len(real_book.graph.tasks)


def test_a_measure_is_cited_by_its_document_and_the_headings_above_it(real_book: Book) -> None:
    assert citation(real_book.graph, "action-2024-02") == (
        "《晋城市城区空气质量持续改善2024年行动计划》（城政发〔2024〕9号）"
        "二、重点任务，(一)深入推进结构优化调整，2.散煤清零稳步推进"
    )
