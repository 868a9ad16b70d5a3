"""Names → units: who owes what, directly or through a group, in which role."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.graph import ResponsibilityGraph, folded, name_suggestion, resolve, unit_hint
from generator.model import LinkKind, Role
from generator.project import Project
from generator.storage import load_project
from tests.small_plan import SMALL, copied


def graph_of(folder: Path) -> ResponsibilityGraph:
    return resolve(load_project(Project(folder)))


@pytest.fixture(scope="module")
def graph() -> ResponsibilityGraph:
    """The graph of the small plan."""
    return graph_of(SMALL)


def test_every_clause_is_a_task_with_its_visible_number(graph: ResponsibilityGraph) -> None:
    assert [task.label for task in graph.tasks] == [
        "方案-01",
        "方案-02①",
        "方案-02②",
        "方案-03",
        "方案-04",
        "要点-01",
        "要点-02",
    ]
    assert graph.task_by_label["方案-02②"].id == "base-02.2"
    assert graph.task_by_label["方案-02②"].measure_id == "base-02"
    assert graph.task_by_label["方案-02②"].statement_id(0) == "base-02.2.1"


def test_an_alias_and_a_full_name_mean_the_unit(graph: ResponsibilityGraph) -> None:
    (lead,) = graph.task_by_label["方案-01"].parties(Role.LEAD)
    assert (lead.written, lead.party) == ("区住建局", "housing")


@pytest.mark.parametrize(
    "written", ["各镇(街道)", "各镇（街道）", "各镇〔街道〕", "各 镇（街道）", "各镇［街道］"]
)
def test_names_are_compared_without_regard_to_brackets_and_width(written: str) -> None:
    assert folded(written) == folded("各镇（街道）")


def test_different_names_stay_different() -> None:
    assert folded("各镇（街道）") != folded("沿河各镇（街道）")


def test_the_first_unit_named_is_not_the_lead_by_position(graph: ResponsibilityGraph) -> None:
    assert graph.task_by_label["方案-02①"].parties(Role.LEAD) == ()


def test_a_list_that_ends_in_and_others_is_open(graph: ResponsibilityGraph) -> None:
    assert graph.task_by_label["方案-02①"].open
    assert not graph.task_by_label["方案-01"].open
    assert not graph.task_by_label["方案-04"].open


def test_members_of_a_group_owe_through_it(graph: ResponsibilityGraph) -> None:
    (duty,) = [duty for duty in graph.duties_of("south-bridge") if duty.task.label == "方案-02①"]
    assert (duty.role, duty.via, duty.certain) == (Role.SUPPORT, "towns", True)


def test_a_unit_named_beside_its_group_owes_once(graph: ResponsibilityGraph) -> None:
    duties = [duty for duty in graph.duties_of("north-town") if duty.task.label == "要点-01"]
    assert [(duty.role, duty.via) for duty in duties] == [(Role.RESPONSIBLE, None)]


def test_a_group_of_unknown_members_within_a_range_is_uncertain(graph: ResponsibilityGraph) -> None:
    duties = [duty for duty in graph.duties if duty.task.label == "方案-02②" and duty.via]
    assert {(duty.unit, duty.certain) for duty in duties} == {("north-town", False), ("south-bridge", False)}


def test_a_group_of_unknown_members_gives_no_duties(graph: ResponsibilityGraph) -> None:
    assert graph.members("departments") == ()
    assert graph.candidates("departments") == ()
    assert not [duty for duty in graph.duties if duty.via == "departments"]


def test_duties_of_a_unit_come_in_the_order_of_the_document(graph: ResponsibilityGraph) -> None:
    assert [duty.task.label for duty in graph.duties_of("water")] == ["方案-01", "方案-02①", "要点-02"]


def test_a_unit_without_duties_has_none(graph: ResponsibilityGraph) -> None:
    assert graph.duties_of("river-office") == ()


def test_the_official_order_is_that_of_the_file_with_groups_after_units(graph: ResponsibilityGraph) -> None:
    assert graph.order["water"] == 0
    assert graph.order["towns"] == len(graph.units)
    assert graph.name("towns") == "各镇（街道）"


def test_links_are_known_from_both_ends(graph: ResponsibilityGraph) -> None:
    assert [(link.to, link.kind) for link in graph.links_from("annual-2024-02")] == [
        ("base-02", LinkKind.IMPLEMENTS)
    ]
    assert [link.source for link in graph.links_to("base-01")] == ["annual-2024-01"]
    assert graph.links_to("base-04") == ()


def test_a_chapter_is_found_by_its_number_or_by_section_and_number(graph: ResponsibilityGraph) -> None:
    base, annual = graph.plans
    found = graph.chapter_of(base, base.measures[3])
    assert found is not None
    assert (found[0].number, found[1].title) == ("三", "组织保障")
    assert graph.chapter_of(annual, annual.measures[0]) is not None
    assert graph.chapter_of(base, base.measures[0].model_copy(update={"chapter": None})) is None


def test_tasks_of_a_measure(graph: ResponsibilityGraph) -> None:
    assert [task.position for task in graph.tasks_of("base-02")] == [1, 2]
    assert graph.tasks_of("base-99") == ()


def test_the_network_holds_plans_measures_clauses_units_and_groups(graph: ResponsibilityGraph) -> None:
    kinds = [kind for _, kind in graph.network.nodes(data="kind")]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "plan": 2,
        "measure": 6,
        "clause": 7,
        "unit": 9,
        "group": 3,
    }
    assert graph.network.get_edge_data("housing", "base-01.1")[0] == {"kind": "assignment", "role": "lead"}
    assert graph.network.has_edge("annual-2024-01", "base-01")


def test_what_cannot_be_resolved_is_left_out_and_is_a_finding(tmp_path: Path) -> None:
    edits = [
        {"file": "base/measures/01.yml", "find": "[区水务局, 区生态环境分局]", "put": "[区水务局, 区气象局]"},
        {"file": "annual-2024/links.yml", "find": "to: base-01", "put": "to: base-91"},
    ]
    graph = graph_of(copied(tmp_path, edits).root)
    assert [found.written for found in graph.task_by_label["方案-01"].assignments] == ["区住建局", "区水务局"]
    assert [finding.rule for finding in graph.findings] == ["unit-unknown"]
    assert not graph.network.has_node("base-91")


def test_names_run_together_are_told_to_be_parted() -> None:
    assert "英文逗号" in unit_hint("区住建局、区水务局", ["区住建局"])


def test_units_are_not_called_unknown_while_their_file_cannot_be_read(tmp_path: Path) -> None:
    graph = graph_of(copied(tmp_path, [{"file": "units.yml", "write": "units: ["}]).root)
    assert graph.findings == ()
    assert all(task.assignments == () for task in graph.tasks)


def test_a_register_without_units_makes_every_name_unknown(tmp_path: Path) -> None:
    graph = graph_of(copied(tmp_path, [{"file": "units.yml", "write": "order_confirmed: true\nunits: []\n"}]).root)
    assert {finding.rule for finding in graph.findings} == {"unit-unknown"}


def test_a_unit_twice_in_the_register_breaks_nothing(tmp_path: Path) -> None:
    edit = {"file": "units.yml", "find": "  - id: farming\n", "put": "  - id: water\n"}
    graph = graph_of(copied(tmp_path, [edit]).root)
    assert graph.duties_of("water")
    assert graph.network.number_of_nodes() > 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("区住健局", "区住建局"),
        ("区住建居", "区住建局"),
        ("区生态环境局", "区生态环境分局"),
        ("区住房和建设局", "区住房城乡建设局"),
        ("环卫中心", "区环卫中心"),
        ("区财政局", ""),
        ("区民政局", ""),
        ("区教育局", ""),
    ],
)
def test_a_name_gets_the_nearest_one_and_none_that_shares_only_what_all_names_share(
    written: str, meant: str
) -> None:
    known = [
        "区住建局",
        "区住房城乡建设局",
        "区生态环境分局",
        "区行政审批局",
        "区水务局",
        "区环卫中心",
        "区税务局",
    ]
    assert name_suggestion(written, known) == (f"是否指“{meant}”？" if meant else "")
