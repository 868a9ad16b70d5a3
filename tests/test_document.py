"""The whole document drawn from the plans, and the text that is held against the source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.source import diverging
from generator.document import (
    DocumentKind,
    PieceKind,
    chapters_called,
    document_blocks,
    joined,
    kept_offsets,
    normalised,
)
from generator.findings import Finding
from generator.model import Plan
from generator.project import Project
from generator.storage import load_project
from tests.small_plan import SMALL, copied, findings


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    """The small plans."""
    return load_project(Project(SMALL)).plans


def test_the_plans_give_the_source_back(plans: tuple[Plan, ...]) -> None:
    source = (SMALL / "plan/source/original.txt").read_text("utf-8")
    assert normalised(joined(plans, as_source=True)) == normalised(source)


def test_the_mended_text_differs_from_the_source_where_it_was_mended(plans: tuple[Plan, ...]) -> None:
    assert "让群众临水而居" in joined(plans, as_source=False)
    assert "让群众临水居" in joined(plans, as_source=True)
    assert "沿河各镇（街道）配合）" in joined(plans, as_source=False)


def test_the_order_of_plans_given_does_not_matter(plans: tuple[Plan, ...]) -> None:
    assert joined(reversed(plans), as_source=True) == joined(plans, as_source=True)


def test_an_annex_stands_before_the_copies_line(plans: tuple[Plan, ...]) -> None:
    kinds = [(block.plan.id, block.kind) for block in document_blocks(plans)]
    assert kinds.index(("base", DocumentKind.ANNEX_LINE)) < kinds.index(("annual-2024", DocumentKind.TITLE))
    assert kinds[-2:] == [("base", DocumentKind.COPIES), ("base", DocumentKind.IMPRINT)]


def test_every_measure_stands_under_its_chapter(plans: tuple[Plan, ...]) -> None:
    blocks = [block for block in document_blocks(plans) if block.plan.id == "base"]
    told = [
        block.anchor
        for block in blocks
        if block.kind in {DocumentKind.CHAPTER, DocumentKind.MEASURE, DocumentKind.CLAUSE}
    ]
    assert told == [
        "base-section-2-chapter-1",
        "base-01",
        "base-02",
        "base-02.2",
        "base-section-2-chapter-2",
        "base-03",
        "base-section-3-chapter-1",
        "base-04",
    ]


def test_anchors_are_unique_and_fit_for_an_address(plans: tuple[Plan, ...]) -> None:
    anchors = [block.anchor for block in document_blocks(plans)]
    anchors += [piece.anchor for block in document_blocks(plans) for piece in block.pieces if piece.anchor]
    assert len(anchors) == len(set(anchors))
    assert all(anchor.replace("-", "").replace(".", "").isalnum() and anchor.isascii() for anchor in anchors)


def test_a_measure_is_drawn_in_its_parts(plans: tuple[Plan, ...]) -> None:
    (block,) = [block for block in document_blocks(plans) if block.anchor == "base-02"]
    assert [piece.kind for piece in block.pieces] == [
        PieceKind.NUMBER,
        PieceKind.TITLE,
        PieceKind.TEXT,
        PieceKind.TEXT,
        PieceKind.RESPONSIBILITY,
        PieceKind.TAIL,
    ]
    assert block.pieces[2].anchor == "base-02.1.1"
    assert block.text.startswith("2.加强河道管护。每月25日前")
    assert block.text.endswith("各镇（街道）配合）。")


def test_a_measure_without_title_has_none(plans: tuple[Plan, ...]) -> None:
    (block,) = [block for block in document_blocks(plans) if block.anchor == "base-04"]
    assert block.text == "（一）各镇（街道）要落实属地责任，加强宣传引导。"


def test_a_measure_under_no_chapter_is_not_lost(plans: tuple[Plan, ...]) -> None:
    homeless = tuple(measure.model_copy(update={"chapter": None}) for measure in plans[0].measures)
    text = joined([plans[0].model_copy(update={"measures": homeless})], as_source=False)
    assert all(measure.clauses[0].text in text for measure in homeless)


def test_annexes_of_each_other_are_not_lost(plans: tuple[Plan, ...]) -> None:
    circle = tuple(
        plan.model_copy(update={"head": plan.head.model_copy(update={"annex_of": other.id})})
        for plan, other in zip(plans, reversed(plans), strict=True)
    )
    assert {block.plan.id for block in document_blocks(circle)} == {"base", "annual-2024"}


def test_a_chapter_may_be_called_by_number_or_with_its_section(plans: tuple[Plan, ...]) -> None:
    assert len(chapters_called(plans[0], "一")) == 2
    assert [chapter.title for _, chapter in chapters_called(plans[0], "三/一")] == ["组织保障"]
    assert chapters_called(plans[0], None) == ()


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("## 一、目标", "一、目标"),
        ("\f## 一、目标", "一、目标"),
        ("#一", "一"),
        ("- (一)指标", "(一)指标"),
        ("  - 1. 甲", "1.甲"),
        ("PM<sub>2.5</sub>年均", "PM2.5年均"),
        ("区生态环境分\n\n局", "区生态环境分局"),
        ("2024　年", "2024年"),
        ("5-9月", "5-9月"),
        ("甲 # 乙", "甲#乙"),
        ("<空气质量>", "<空气质量>"),
        ("-10度", "-10度"),
        ("<b>甲</b>", "<b>甲</b>"),
    ],
)
def test_normalising_takes_white_space_marks_and_sub_tags_and_nothing_else(raw: str, plain: str) -> None:
    assert normalised(raw) == plain


@given(st.text(alphabet="甲乙 #-\n\t<>/sub\u3000", max_size=60))
def test_every_kept_character_knows_where_it_stood(text: str) -> None:
    assert "".join(text[offset] for offset in kept_offsets(text)) == normalised(text)


SHORT = st.text(alphabet="甲乙丙", max_size=80)


@given(SHORT, SHORT)
def test_differences_turn_the_one_text_into_the_other(ours: str, theirs: str) -> None:
    put, here = "", 0
    for start, end, first, last in diverging(ours, theirs):
        assert ours[start:end] != theirs[first:last]
        put, here = put + ours[here:start] + theirs[first:last], end
    assert put + ours[here:] == theirs


@given(SHORT)
def test_equal_texts_have_no_differences(text: str) -> None:
    assert list(diverging(text, text)) == []


def mismatches(folder: Path, *edits: dict[str, Any]) -> list[Finding]:
    return [finding for finding in findings(copied(folder, list(edits))) if finding.rule == "source-mismatch"]


def in_source(find: str, put: str) -> dict[str, Any]:
    return {"file": "source/original.txt", "find": find, "put": put}


def test_every_difference_is_told_at_its_own_place(tmp_path: Path) -> None:
    found = mismatches(
        tmp_path,
        in_source("收集率达70%以上", "收集率达75%以上"),
        in_source("定期会商。", "不定期会商。"),
        in_source("加强宣传引导。", "引导。"),
    )
    assert [(str(finding.place), finding.message.split("；")[0]) for finding in found] == [
        (
            "plan/base/measures/01.yml:6:15",
            "“活污水集中收集率达7”之后是“0”，plan/source/original.txt 第 27 行是“5”",
        ),
        (
            "plan/base/measures/02.yml:6:15",
            "“巡查，河长制成员单位”之后缺“不”，plan/source/original.txt 第 29 行有",
        ),
        (
            "plan/base/measures/04.yml:7:9",
            "“道）要落实属地责任，”之后多出“加强宣传”，plan/source/original.txt 第 41 行没有",
        ),
    ]


def test_a_sentence_left_out_of_the_data_is_told(tmp_path: Path) -> None:
    (found,) = mismatches(
        tmp_path, {"file": "base/measures/02.yml", "find": "      - 由区河长办统一调度。\n", "put": ""}
    )
    assert "缺“由区河长办统一调度。”" in found.message


def test_a_text_after_the_end_is_told(tmp_path: Path) -> None:
    (found,) = mismatches(tmp_path, {"file": "source/original.txt", "append": "\n附注：另行通知\n"})
    assert "缺“附注：另行通知”" in found.message
    assert found.place.file == "plan/base/plan.yml"


def test_a_text_before_the_beginning_is_told(tmp_path: Path) -> None:
    (found,) = mismatches(tmp_path, in_source("## 青政发", "特急\n## 青政发"))
    assert found.message.startswith("开头缺“特急”")


def test_another_document_altogether_is_told_briefly(tmp_path: Path) -> None:
    found = mismatches(tmp_path, {"file": "source/original.txt", "write": "今天天气很好。" * 500})
    assert 1 <= len(found) <= 21
    assert all(len(finding.message) < 250 for finding in found)


def test_a_source_of_very_many_differences_is_cut_short(tmp_path: Path) -> None:
    source = (SMALL / "plan/source/original.txt").read_text("utf-8")
    spoilt = "".join(char + "◆" if number % 30 == 29 else char for number, char in enumerate(source))
    found = mismatches(tmp_path, {"file": "source/original.txt", "write": spoilt})
    assert len(found) == 21
    assert any("未逐一列出" in finding.message for finding in found)


def test_plans_without_source_are_held_against_nothing(tmp_path: Path) -> None:
    edits = [
        {"file": f"{plan}/plan.yml", "find": "source: original.txt\n", "put": ""}
        for plan in ("base", "annual-2024")
    ]
    assert mismatches(tmp_path, *edits) == []
