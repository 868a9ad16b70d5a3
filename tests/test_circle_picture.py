"""The picture of whom a unit works with: it says what the table below it says, and stays readable."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from generator.analysis.circle import Companion, SharedTask
from generator.analysis.collaboration import Partnership
from generator.book import Book
from generator.model import Role
from generator.renderers.site.circle_picture import MOST_PARTNERS, MOST_TIES, CirclePicture, circle_picture
from tests.site_pages import sources, tree


@pytest.mark.parametrize("unit", ["housing-construction", "ecology-environment", "dongjie"])
def test_every_partner_of_the_table_stands_in_the_picture_with_its_roles_and_tasks(
    real_book: Book, unit: str
) -> None:
    page = tree(sources(real_book)[f"units/{unit}.md"])
    told = {_row(row) for row in page.find_class("pb-circle")[0].iterfind("tbody/tr")}
    drawn = {text.text for text in page.find_class("pb-ego")[0].iterfind("text[@y]")}
    assert told == drawn - {real_book.graph.unit_by_id[unit].name}
    assert len(page.find_class("pb-ego-line")) == len(told)


def _row(row: Any) -> str:
    """A row of the table as the picture writes it: 区住建局 ●◆ 6项."""
    name = row.find("th/a").text
    held = {link.text[0] for link in row.find_class("pb-shared-task")}
    count = re.sub(r"\s", "", row.find_class("pb-bar-count")[0].text)
    return f"{name} {''.join(mark for mark in '▲●◆○' if mark in held)} {count}"


def test_grey_lines_lead_from_partner_to_partner_that_share_a_task(real_book: Book) -> None:
    graph = real_book.graph
    page = tree(sources(real_book)["units/housing-construction.md"])
    dots = [(int(dot.get("cx")), int(dot.get("cy"))) for dot in page.find_class("pb-ego-dot")]
    names = [link.text for link in page.xpath("//table[contains(@class, 'pb-circle')]/tbody//th/a")]
    place = dict(zip(dots, names, strict=True))
    paths = "".join(path.get("d") for path in page.find_class("pb-ego-tie"))
    lines = [[int(number) for number in re.findall(r"-?\d+", path)] for path in paths.split("M")[1:]]
    drawn = {frozenset((place[line[0], line[1]], place[line[-2], line[-1]])) for line in lines}
    shared = {frozenset((graph.name(pair.first), graph.name(pair.second))) for pair in real_book.partnerships}
    assert drawn == {pair for pair in shared if pair <= set(names)}
    assert all(len(pair) == 2 for pair in drawn)


def _companions(number: int) -> list[Companion]:
    return [
        Companion(f"unit-{at}", (SharedTask(f"unit-{at}", "方案-01", "scheme-01.1", Role.SHARED, at % 2 == 1),))
        for at in range(number)
    ]


def _picture(number: int) -> CirclePicture:
    pairs = [
        Partnership(one, other, ("方案-01",))
        for one, other in combinations([f"unit-{at}" for at in range(number)], 2)
    ]
    found = circle_picture(_companions(number), pairs)
    assert found
    return found


def test_with_very_many_partners_the_picture_keeps_those_with_the_most_tasks_and_says_how_many_are_left_out() -> (
    None
):
    found = _picture(45)
    assert len(found.partners) == MOST_PARTNERS
    assert found.left_out == 45 - MOST_PARTNERS
    assert found.few.count("M") == MOST_TIES
    assert found.ties_left_out == MOST_PARTNERS * (MOST_PARTNERS - 1) // 2 - MOST_TIES
    assert [partner.through_group for partner in found.partners[:2]] == [False, True]


def test_no_two_names_stand_on_one_line_of_a_side_and_all_stand_within_the_picture() -> None:
    found = _picture(25)
    places = {(partner.left, partner.y) for partner in found.partners}
    assert len(places) == len(found.partners)
    assert all(0 < partner.y < found.height and 0 < partner.x < found.width for partner in found.partners)


def test_one_partner_is_no_circle() -> None:
    assert circle_picture(_companions(1), ()) is None
