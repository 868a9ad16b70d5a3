"""The fourteen traps in the text of 城政发〔2024〕9号, each read as it is meant."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from generator.graph import ResponsibilityGraph, resolve
from generator.model import Clause, DeadlineKind, LinkKind, MentionKind, Passage, Role
from generator.phrases.targets import find_targets
from generator.project import Project
from generator.storage import LoadedProject, load_project
from tests.real_plan import ROOT, all_names, clauses, everything, joined, named

TOWNS = "各镇(街道)"
SAFEGUARDS = [f"方案-{number}" for number in range(25, 30)]


@pytest.fixture(scope="module")
def loaded(real_project: Project) -> LoadedProject:
    return load_project(real_project)


@pytest.fixture(scope="module")
def graph(loaded: LoadedProject) -> ResponsibilityGraph:
    return resolve(loaded)


@pytest.fixture(scope="module")
def tasks(loaded: LoadedProject) -> dict[str, Clause]:
    return clauses(loaded)


@pytest.fixture(scope="module")
def statement(loaded: LoadedProject) -> dict[str, Passage]:
    return dict(everything(loaded))


def phrases(tasks: dict[str, Clause]) -> dict[str, str]:
    return {label: clause.responsibility.phrase for label, clause in tasks.items() if clause.responsibility}


def test_1_both_bracket_styles_and_half_width_marks_are_kept(tasks: dict[str, Clause]) -> None:
    styles = Counter(clause.responsibility.brackets for clause in tasks.values() if clause.responsibility)
    assert set(styles) == {"〔〕", "[]", "〔]"}
    assert min(styles["〔〕"], styles["[]"]) >= 10
    assert [
        label for label, found in tasks.items() if found.responsibility and found.responsibility.brackets == "〔]"
    ] == ["方案-26"]
    text = "".join(clause.text for clause in tasks.values()) + "".join(phrases(tasks).values())
    assert not set("，；：（）") & set(text)
    assert not [name for clause in tasks.values() for name in all_names(clause) if re.search(r"\s", name)]


def test_2_the_bracket_of_measure_20_is_mended_and_says_so(tasks: dict[str, Clause]) -> None:
    found = tasks["方案-20"].responsibility
    assert found is not None
    assert found.printed() == f"{found.source_text}合〕"
    assert found.source_note is not None
    assert "合〕" in found.source_note
    assert found.support == ("各相关镇(街道)",)


def test_3_measure_9_joins_its_roles_with_an_enumeration_comma(tasks: dict[str, Clause]) -> None:
    assert [label for label, text in phrases(tasks).items() if "负责、" in text] == ["方案-09"]
    assert named(tasks["方案-09"], Role.SUPPORT) == (TOWNS,)
    assert len(named(tasks["方案-09"], Role.SHARED)) == 6


def test_4_the_towns_are_not_always_cooperating(tasks: dict[str, Clause]) -> None:
    by_role = {
        role: [label for label, clause in tasks.items() if TOWNS in named(clause, role)]
        for role in Role
        if role in {Role.SHARED, Role.SUPPORT, Role.RESPONSIBLE}
    }
    assert by_role[Role.SHARED] == ["方案-14", "方案-16", *SAFEGUARDS]
    assert by_role[Role.SUPPORT] == ["方案-01", "方案-09", "方案-11①", "方案-13", "方案-19"]
    assert by_role[Role.RESPONSIBLE] == ["行动-02", "行动-03", "行动-07", "行动-09", "行动-11"]
    assert named(tasks["行动-03"], Role.RESPONSIBLE)[0] == TOWNS


def test_5_only_the_wording_makes_a_lead_and_never_the_first_place(tasks: dict[str, Clause]) -> None:
    leads = {label: named(clause, Role.LEAD) for label, clause in tasks.items() if named(clause, Role.LEAD)}
    assert leads.pop("方案-01") == ("区发改局", "区工信局", "区民营经济局", "区生态环境分局", "区行政审批局")
    assert leads.pop("方案-02") == ("区发改(能源)局",)
    assert list(leads) == ["方案-17", "方案-21", *SAFEGUARDS]
    assert set(leads.values()) == {("区生态环境分局",)}
    for label, clause in tasks.items():
        roles = {role for role in Role if named(clause, role)}
        assert (roles == {Role.RESPONSIBLE}) == label.startswith("行动")


def test_6_a_list_that_ends_in_deng_is_open(tasks: dict[str, Clause]) -> None:
    opened = {label for label, clause in tasks.items() if clause.responsibility and clause.responsibility.open}
    assert opened == {label for label, text in phrases(tasks).items() if "等" in text}
    assert len(opened) == 22
    assert not {label for label in opened if label.startswith("行动")}
    assert not [name for clause in tasks.values() for name in all_names(clause) if name.endswith("等")]


def test_7_two_names_of_one_bureau_meet_in_one_unit_and_the_hub_stands_in_39_of_42(
    graph: ResponsibilityGraph,
) -> None:
    written = Counter(
        found.written for task in graph.tasks for found in task.assignments if found.party == "development-reform"
    )
    assert written == {"区发改(能源)局": 8, "区发改局": 6}
    alias = graph.unit_by_id["development-reform"].aliases[0]
    assert (alias.name, alias.confirmed, bool(alias.basis)) == ("区发改(能源)局", False, True)
    hub = [task for task in graph.tasks if "ecology-environment" in {found.party for found in task.assignments}]
    assert (len(hub), len(graph.tasks)) == (39, 42)


def test_8_towns_named_once_and_an_office_named_in_no_bracket_are_units(
    loaded: LoadedProject, graph: ResponsibilityGraph, statement: dict[str, Passage]
) -> None:
    def named_in(unit: str) -> list[str]:
        return [task.label for task in graph.tasks if unit in {found.party for found in task.assignments}]

    assert named_in("beishidian") == named_in("zhongjiazhuang") == ["行动-01"]
    assert graph.name("zhongjiazhuang") == "钟家庄街道办事处"
    assert named_in("environment-committee-office") == []
    assert [name for name, found in statement.items() if "区环委办" in found.text] == ["scheme-26.1.1"]
    addressees = next(block.text for block in loaded.plans[0].head.front if block.kind == "addressees")
    known = {name for unit in graph.units for name in (unit.name, unit.full_name)} | {
        found.name for found in graph.groups
    }
    assert set(re.split("[、,]", addressees.rstrip(":"))) <= known


def test_9_a_deadline_before_the_day_of_issue_is_kept_as_it_is_written(
    loaded: LoadedProject, statement: dict[str, Passage]
) -> None:
    issued = loaded.plans[1].head.issued
    assert issued is not None
    early = {
        name: found.phrase
        for name, passage in statement.items()
        for found in passage.deadlines
        if found.end and found.end < issued
    }
    assert early == {"action-2024-07.1.4": "2024年4月底前"}


def test_10_one_measure_can_have_four_points_in_time(tasks: dict[str, Clause]) -> None:
    times = [found for passage in tasks["行动-11"].statements for found in passage.deadlines]
    dated = [found for found in times if found.kind is not DeadlineKind.ONGOING]
    assert [found.phrase for found in dated] == ["2024年8月底前", "9月底前", "10月1日起", "2024—2025年秋冬季"]
    assert [found.inferred for found in dated] == [False, True, True, True]
    assert dated[-1].season == "autumn-winter"


def test_11_scope_and_inventory_are_not_targets(statement: dict[str, Passage]) -> None:
    scopes = {
        found.phrase
        for passage in statement.values()
        for found in passage.mentions
        if found.kind is MentionKind.SCOPE
    }
    assert {
        "35蒸吨及以下",
        "35蒸吨/小时及以下",
        "10蒸吨/小时及以上",
        "4蒸吨及以下",
        "运距500公里以上",
        "年运量150万吨以上",
    } <= scopes
    boilers = [found for found in statement["action-2024-03.1.2"].mentions if found.kind is MentionKind.INVENTORY]
    counts = [int(found.phrase.split("台")[0]) for found in boilers]
    assert counts[0] == sum(counts[1:]) == 150
    assert statement["action-2024-03.1.2"].targets == ()
    roads = [(found.indicator, found.value) for found in statement["action-2024-09.1.3"].targets]
    assert roads == [("核心道路积尘", 8), ("一般道路积尘", 10), ("其他道路积尘", 15)]


def test_12_like_tasks_of_both_plans_are_linked_and_not_merged(
    loaded: LoadedProject, graph: ResponsibilityGraph, tasks: dict[str, Clause]
) -> None:
    pairs = {(link.source, link.to) for link in graph.links}
    expected = {"01": ["01"], "02": ["09"], "03": ["09"], "09": ["14"], "11": ["21"]}
    assert {(f"action-2024-{own}", f"scheme-{to}") for own, above in expected.items() for to in above} <= pairs
    assert set(all_names(tasks["行动-01"])) - set(all_names(tasks["方案-01"])) == {"北石店镇", "钟家庄办事处"}
    assert {source for source, _ in pairs} == {
        loaded.plans[1].measure_id(found) for found in loaded.plans[1].measures
    }
    assert {source for source, _ in pairs} | {to for _, to in pairs} <= set(graph.measures)
    assert {link.kind for link in graph.links} == {LinkKind.SUPPORTS}


def test_every_measure_of_the_scheme_that_the_ozone_measure_touches_is_linked(graph: ResponsibilityGraph) -> None:
    linked = {link.to.removeprefix("scheme-"): link.reason for link in graph.links_from("action-2024-07")}
    assert list(linked) == ["05", "11", "12", "13", "17", "18", "19", "21", "23"]
    shared = {"13": "油品", "18": "非正常工况", "19": "餐饮", "21": "差异化管控"}
    text = "".join(task.clause.text for task in graph.tasks_of("action-2024-07"))
    for number, words in shared.items():
        above = "".join(task.clause.text for task in graph.tasks_of(f"scheme-{number}"))
        assert words in text
        assert words in above
        assert words in linked[number]


def test_how_often_others_are_to_do_something_is_no_time_of_the_unit(statement: dict[str, Passage]) -> None:
    for place in ("scheme-17.1.2", "scheme-19.1.4"):
        passage = statement[place]
        assert "定期" not in {found.phrase for found in passage.deadlines}
        assert [found.kind for found in passage.mentions if "定期" in found.phrase] == [MentionKind.SCOPE]


def test_a_rhythm_that_holds_under_a_condition_says_so(statement: dict[str, Passage]) -> None:
    daily = next(found for found in statement["scheme-21.1.2"].deadlines if found.phrase == "每日")
    assert daily.basis == "重污染天气应对工作机制的要求"
    assert not daily.inferred


def test_zero_at_all_times_is_a_target_and_no_time(statement: dict[str, Passage]) -> None:
    passage = statement["scheme-09.1.1"]
    assert [found.phrase for found in passage.targets] == ["动态清零"]
    assert passage.deadlines == ()


def test_a_target_is_cut_out_of_its_sentence_as_the_grammar_cuts_it(statement: dict[str, Passage]) -> None:
    for place, passage in statement.items():
        read = [(found.value.phrase, found.value.indicator) for found in find_targets(passage.text)]
        assert (place, [(found.phrase, found.indicator) for found in passage.targets]) == (place, read)


def test_what_is_mentioned_is_named_by_whole_words(statement: dict[str, Passage]) -> None:
    found = {mention.phrase for mention in statement["action-2024-03.1.2"].mentions}
    assert "发现不能稳定达标的立即督促进行整改" in found
    names = {
        mention.phrase
        for passage in statement.values()
        for mention in passage.mentions
        if mention.kind is MentionKind.NAME
    }
    assert not [name for name in names if re.match("推动|完成|加强", name)]


def test_the_order_of_the_units_is_the_one_that_its_basis_tells(loaded: LoadedProject) -> None:
    basis = loaded.units.order_basis or ""
    told = re.findall(
        "区公安分局|区生态环境分局|区市场监管局|区行政审批局|区民营经济局|区税务局|区市容环卫中心|区环委办", basis
    )
    names = [unit.name for unit in loaded.units.units]
    assert sorted(told, key=names.index) == told
    assert names.index("区应急管理局") + 1 == names.index("区市场监管局")


def test_13_the_safeguards_are_one_chapter_with_one_responsibility(
    loaded: LoadedProject, tasks: dict[str, Clause]
) -> None:
    chapters = [found for section in loaded.plans[0].head.sections for found in section.chapters]
    assert [(found.number, bool(found.basis)) for found in chapters if found.safeguard] == [("八", True)]
    under = [found.number for found in loaded.plans[0].measures if found.chapter == "八"]
    assert under == list(range(25, 30))
    assert len({phrases(tasks)[label] for label in SAFEGUARDS}) == 1


def test_14_marks_of_the_extraction_are_gone_and_the_closing_lines_stand_last(loaded: LoadedProject) -> None:
    text = "".join(joined(plan, repaired=True) for plan in loaded.plans)
    assert not re.search(r"#|<sub>|\s|(?:^|。)- ", text)
    assert text.count("PM2.5") == 3
    assert "落实<空气质量持续改善行动计划>" in text
    assert [[section.number for section in plan.head.sections] for plan in loaded.plans] == [
        ["一", "二", "三"],
        ["一", "二"],
    ]
    assert [block.kind.value for block in loaded.plans[1].head.back] == ["copies", "imprint"]
    assert (ROOT / "plan/source" / str(loaded.plans[1].head.source)).is_file()
