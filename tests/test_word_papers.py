"""What the Word papers say: whole documents as text, and the rules that no golden file can tell."""

from __future__ import annotations

import pytest

from generator.analysis.tasks import TaskRow
from generator.book import Book
from generator.forms import draw_form
from generator.renderers import assessment_form, responsibility_table, task_list_word
from generator.renderers.deliverables import Item
from tests.golden_files import assert_golden
from tests.word_documents import PAPERS, ROOT, book_of, document_text, find, forms_of, part, text_of


@pytest.fixture(scope="module")
def real() -> Book:
    return book_of(ROOT)


@pytest.fixture(scope="module")
def papers() -> Book:
    """A made-up plan on which the office has decided everything."""
    return book_of(PAPERS)


@pytest.mark.parametrize("unit", ["housing-construction", "beishidian"])
def test_the_task_list_of_a_real_unit(real: Book, unit: str) -> None:
    assert_golden(f"word/task_list_{unit}.txt", document_text(task_list_word.draw_task_list(real, Item(unit))))


@pytest.mark.parametrize("unit", ["housing-construction", "dongjie"])
def test_the_assessment_form_of_a_real_unit(real: Book, unit: str) -> None:
    drawn = assessment_form.draw_assessment_form(real, Item(unit, "action-2024"))
    assert_golden(f"word/assessment_form_{unit}.txt", document_text(drawn))


def test_the_division_of_responsibility_of_the_real_plan(real: Book) -> None:
    drawn = responsibility_table.draw_responsibility_table(real, Item("all"))
    assert_golden("word/responsibility_table.txt", document_text(drawn))


@pytest.mark.parametrize("unit", ["housing", "heyuan"])
def test_the_task_list_where_the_office_has_decided(papers: Book, unit: str) -> None:
    assert_golden(
        f"word/decided_task_list_{unit}.txt", document_text(task_list_word.draw_task_list(papers, Item(unit)))
    )


@pytest.mark.parametrize("unit", ["housing", "city-team", "heyuan"])
def test_the_assessment_form_where_the_office_has_decided(papers: Book, unit: str) -> None:
    drawn = draw_form(papers, papers.forms["action-2025", unit])
    assert_golden(f"word/decided_assessment_form_{unit}.txt", document_text(drawn))


def test_every_file_has_its_chinese_name(real: Book) -> None:
    paths = {
        artifact.path
        for module in (task_list_word, responsibility_table, assessment_form)
        for artifact in module.DELIVERABLE.render(real)
    }
    assert "downloads/water/区水务局任务清单.docx" in paths
    assert "downloads/dongjie/东街街道办事处2024年度考核表.docx" in paths
    assert "downloads/all/责任分工表.docx" in paths
    assert len(paths) == 2 * len(real.units) + 1


def test_every_task_of_a_unit_stands_in_its_list_with_its_verbatim_text(real: Book) -> None:
    for unit in real.units:
        drawn = part(task_list_word.draw_task_list(real, Item(unit)))
        rows = [[text_of(cell) for cell in find(row, "w:tc")] for row in find(drawn, "//w:tbl[1]/w:tr")]
        shown = {row[1]: row[3] for row in rows if len(row) == 13}
        for duty in real.task_lists[unit].rows:
            assert duty.row.text in shown[duty.row.label]
        claims = [text_of(cell) for cell in find(drawn, "//w:tbl[2]/w:tr/w:tc[2]")][1:]
        assert claims == list(dict.fromkeys(duty.row.label for duty in real.task_lists[unit].rows))


def test_the_first_unit_named_is_never_shown_as_lead(real: Book) -> None:
    drawn = part(responsibility_table.draw_responsibility_table(real, Item("all")))
    rows = {text_of(find(row, "w:tc[2]/w:p[1]")[0]): row for row in find(drawn, "//w:tr[count(w:tc)=7]")}
    for task in real.rows:
        assert (text_of(find(rows[task.label], "w:tc[5]")[0]) == "—") == (not _has_lead(task))


def _has_lead(task: TaskRow) -> bool:
    return any(role.value == "lead" for role, _, _ in task.parties)


def test_every_inferred_time_carries_its_mark_and_its_basis(real: Book) -> None:
    text = document_text(responsibility_table.draw_responsibility_table(real, Item("all")))
    inferred = [found for row in real.rows for _, found in row.deadlines if found.inferred]
    assert len(inferred) >= 4
    for deadline in inferred:
        assert f"{deadline.phrase}※" in text
        assert (deadline.basis or "").rstrip("。") in text


def test_what_is_not_confirmed_says_so_on_every_paper(real: Book) -> None:
    listed = document_text(task_list_word.draw_task_list(real, Item("kaifaqu")))
    asked = document_text(forms_of(real)["action-2024", "kaifaqu"])
    for text in (listed, asked):
        assert "开发区街道办事处（待确认）" in text
        assert "各镇(街道)”承担（待确认）" in text
        assert "“各镇(街道)”（待确认）：" in text


def rows_of(docx: bytes, columns: int) -> list[list[str]]:
    """The rows of a paper's tables that have so many cells."""
    rows = [[text_of(cell) for cell in find(row, "w:tc")] for row in find(part(docx), "//w:tr")]
    return [row for row in rows if len(row) == columns]


def test_a_form_says_what_must_be_known_of_a_row(real: Book) -> None:
    reform = document_text(forms_of(real)["action-2024", "development-reform"])
    assert "与行动-01为同一事项的部分不重复计分" in reform
    assert "原文写作“区发改(能源)局”，是否同一单位待确认" in reform
    town = document_text(forms_of(real)["action-2024", "dongjie"])
    assert "经“各相关镇(街道)”承担（是否涉及待确认）" in town
    assert "行动-07“2024年4月底前”：早于印发日期（2024年5月9日），原文如此，待核" in town
    assert "空气质量等标“待定”的分值确定后，个性任务分值相应调整" in town
    assert "空气质量等标“待定”的分值" not in reform


def test_the_air_quality_of_a_town_has_the_figure_and_the_time_of_the_whole(real: Book) -> None:
    rows = rows_of(forms_of(real)["action-2024", "dongjie"], 13)
    targets, deadlines = zip(*[(row[3], row[4]) for row in rows[1:3]], strict=True)
    assert targets[1] == "PM2.5年均浓度：35微克/立方米以下\n（总目标）"
    assert "环境空气质量约束性指标：由上级下达" in targets[0]
    assert deadlines == ("年度※", "原文未写明")


def test_an_unconfirmed_name_of_the_unit_is_remarked_in_its_list(real: Book) -> None:
    rows = rows_of(task_list_word.draw_task_list(real, Item("development-reform")), 13)
    doubtful = [row[1] for row in rows if "原文写作“区发改(能源)局”，是否同一单位待确认" in row[12]]
    assert len(doubtful) == 8
    named = [row.label for row in real.rows if any(written == "区发改(能源)局" for _, written, _ in row.parties)]
    assert doubtful == named


def test_a_mended_bracket_is_no_silent_quotation(real: Book) -> None:
    rows = rows_of(task_list_word.draw_task_list(real, Item("agriculture-rural")), 13)
    assert [row[1] for row in rows if "来源有缺字，已补正" in row[12]] == ["方案-20"]
    text = document_text(task_list_word.draw_task_list(real, Item("agriculture-rural")))
    assert "来源有缺字，已补正 方案-20：来源文件此处缺“合〕”二字符" in text


def test_one_unit_alone_is_not_said_to_lack_a_lead(real: Book) -> None:
    rows = rows_of(task_list_word.draw_task_list(real, Item("ecology-environment")), 13)
    without = [row[1] for row in rows if row[1].startswith("行动-") and "未明确牵头单位" not in row[12]]
    assert without == ["行动-04", "行动-05", "行动-06", "行动-08"]


def test_proposed_weights_are_marked_and_sum_to_one_hundred(real: Book) -> None:
    for key, form in real.forms.items():
        drawn = part(forms_of(real)[key])
        cells = [text_of(row[5]) for row in (find(row, "w:tc") for row in find(drawn, "//w:tr")) if len(row) == 13]
        weights = [cell.split("\n") for cell in cells if cell[:1].isdigit()]
        assert all(marks == ["建议"] for _, *marks in weights)
        assert round(sum(float(weight) for weight, *_ in weights), 1) == 100
        assert len(weights) == len(form.rows)


def test_a_department_that_the_annual_plan_does_not_name_gets_a_form_of_its_scheme_tasks(real: Book) -> None:
    text = document_text(forms_of(real)["action-2024", "education-science"])
    assert "【方案-" in text
    assert "【行动-" not in text
    assert "方案任务·" in text


def test_safeguards_are_not_asked(real: Book) -> None:
    forms = [document_text(docx) for docx in forms_of(real).values()]
    assert not any(f"【方案-{number}】" in text for text in forms for number in range(25, 30))
